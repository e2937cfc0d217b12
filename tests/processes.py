"""Programs of ours as processes of their own, on the database of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any
from urllib.parse import quote

from django.db import connection

from tests.strictness import ROOT


def database_url() -> str:
    """The address of the database of the tests."""
    told = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgresql://{told['USER']}@/{told['NAME']}?host={quote(str(told['HOST']))}"
    return f"sqlite:///{told['NAME']}"


def start(*arguments: str, env: dict[str, str] | None = None, **options: Any) -> subprocess.Popen[str]:
    """Start ``python ARGUMENTS``; the caller ends it."""
    own = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | own | (env or {}),
        text=True,
        **options,
    )

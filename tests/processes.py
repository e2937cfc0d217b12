"""Programs of ours as processes of their own, on the database of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.db import connection

from tests.strictness import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The site as a server runs it, on the tables of the tests, which no migration made; prints its port.
SERVER = """
import sys
from unittest import mock
from django.conf import settings
from waitress.server import create_server
if settings.PROCONNECT:
    settings.PROCONNECT |= {"timeout": 60.0, "patience": 60.0}
with mock.patch("accroche.exploitation.operations.demarrage.check_schema"):
    from config.wsgi import application
server = create_server(application, host="127.0.0.1", port=0, threads=int(sys.argv[1]))
print(server.effective_port, flush=True)
server.run()
"""


def database_url() -> str:
    """The address of the database of the tests."""
    told = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgresql://{told['USER']}@/{told['NAME']}?host={quote(str(told['HOST']))}"
    return f"sqlite:///{told['NAME']}"


def start(*arguments: str, env: dict[str, str] | None = None, **options: Any) -> subprocess.Popen[str]:
    """Start ``python ARGUMENTS``; the caller ends it."""
    own = {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ACCROCHE_INDEX": "off",
    }
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | own | (env or {}),
        text=True,
        **options,
    )


@contextmanager
def served(*, threads: int, **env: str) -> Iterator[str]:
    """Serve the site in a process of its own; give its address."""
    with start("-c", SERVER, str(threads), env=env, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout
            port = server.stdout.readline().strip()
            assert port, "the site did not start"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()

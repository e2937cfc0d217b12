"""What every start of a program of ours waits for, a command of an operator or a worker of the server."""

from __future__ import annotations

import subprocess
import sys

from tests.strictness import ROOT

#: What is loaded by who needs it: with all operations, a start took twice as long.
NEEDED_LATER = {"accroche.actions.operations", "accroche.imports.operations", "psycopg", "pydantic"}


def test_nothing_is_loaded_before_it_is_needed() -> None:
    code = "import django, sys; django.setup(); print(*sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings", "ACCROCHE_DATA": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "accroche.actions.models" in loaded
    assert not loaded & NEEDED_LATER

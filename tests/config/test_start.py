"""What every start of a program of ours waits for, a command of an operator or a worker of the server."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.strictness import ROOT

if TYPE_CHECKING:
    from pathlib import Path

#: What is loaded by who needs it: with all operations, a start took twice as long.
NEEDED_LATER = {
    "accroche.actions.operations",
    "accroche.dossier.dossier",
    "accroche.imports.operations",
    "psycopg",
    "pydantic",
}


def loaded_by(code: str, folder: Path) -> set[str]:
    """The modules of a program that ran ``code`` once Django was ready."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", f"import django, sys; django.setup()\n{code}\nprint(*sys.modules)"],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings", "ACCROCHE_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_nothing_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    loaded = loaded_by("", tmp_path)
    assert "accroche.actions.models" in loaded
    assert not loaded & NEEDED_LATER


def test_a_command_loads_no_page(tmp_path: Path, tables: Path) -> None:
    shutil.copy(tables, tmp_path)
    code = "from config import cli; sys.argv = ['accroche', 'clean_accounts']; cli.main()"
    loaded = loaded_by(code, tmp_path)
    assert "accroche.comptes.management.commands.clean_accounts" in loaded
    assert "config.urls" not in loaded

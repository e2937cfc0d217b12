"""Run as a program: a worker that stops half-way through a job, says so, and waits to be killed.

``python -m tests.imports.recensement.killed PHASE JOB``. ``read``: half of the file is in the reader's
output. ``begun``: the way in is open, nothing is on it. ``arriving``: sheets are in the database, hidden.
``ending``: they appear, in a transaction that has not ended. ``written``: it has.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - after Django's setup

from accroche.actions.operations import arrivage  # noqa: E402 - the same
from accroche.actions.operations.livraison import Livraison  # noqa: E402 - the same
from accroche.commun import jobs  # noqa: E402 - the same
from accroche.imports.models import Depot  # noqa: E402 - the same


def stop() -> None:
    """Say it, and wait for the end."""
    sys.stdout.write("half-way\n")
    sys.stdout.flush()
    sys.stdin.read()


def cut_reading() -> Any:
    """Stop once half of the file is in the reader's output."""
    real = subprocess.run

    def run(command: list[str], **options: Any) -> Any:
        done = real(command, **options)
        path = Path(command[-1])
        os.truncate(path, path.stat().st_size // 2)
        stop()
        return done

    return mock.patch.object(subprocess, "run", run)


def cut_after(owner: Any, name: str) -> Any:
    """Stop once one call of a function has ended."""
    real = getattr(owner, name)

    def call(*arguments: Any, **options: Any) -> Any:
        found = real(*arguments, **options)
        stop()
        return found

    return mock.patch.object(owner, name, call)


def cut_cleaning() -> Any:
    """Stop once all is certain."""
    return mock.patch.object(Depot, "forget_rows", side_effect=stop)


cuts = {
    "read": cut_reading,
    "begun": lambda: cut_after(arrivage, "begin"),
    "arriving": lambda: cut_after(Livraison, "write"),
    "ending": lambda: cut_after(jobs.Handle, "finish"),
    "written": cut_cleaning,
}
with cuts[sys.argv[1]]():
    jobs.run(int(sys.argv[2]), timezone.now())

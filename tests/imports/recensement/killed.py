"""Run as a program: a worker that stops half-way through a job, says so, and waits to be killed.

``python -m tests.imports.recensement.killed PHASE JOB``. ``read``: half of the file is in the reader's
output. ``write``: sheets are in the database, in a transaction that has not ended. ``written``: it has.
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

from accroche.actions.models import Action  # noqa: E402 - the same
from accroche.commun import jobs  # noqa: E402 - the same
from accroche.imports.operations import depots  # noqa: E402 - the same


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


def cut_writing() -> Any:
    """Stop at the last word of the transaction."""
    real = jobs.Handle.finish

    def finish(handle: jobs.Handle) -> None:
        assert Action.objects.exists()
        real(handle)
        stop()

    return mock.patch.object(jobs.Handle, "finish", finish)


def cut_cleaning() -> Any:
    """Stop once all is certain."""
    return mock.patch.object(depots, "_forget_rows", side_effect=lambda _depot: stop())


with {"read": cut_reading, "write": cut_writing, "written": cut_cleaning}[sys.argv[1]]():
    jobs.run(int(sys.argv[2]), timezone.now())

"""What the workers may run: numbers in, one operation out."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accroche.actions.operations import arrivage
from accroche.commun.jobs import LONG, Handle, task
from accroche.imports.operations import depots, travaux


@task(depots.PREPARE, LONG)
def prepare(arguments: dict[str, Any], handle: Handle) -> None:
    """Read an uploaded census."""
    travaux.prepare(arguments["depot"], handle)


@task(depots.WRITE, LONG)
def write(arguments: dict[str, Any], handle: Handle) -> None:
    """Write an uploaded census."""
    travaux.write(arguments["depot"], handle)


@task(depots.CLEAR, LONG)
def clear(_arguments: dict[str, Any], _handle: Handle) -> None:
    """Take away what a killed worker left on its way in."""
    arrivage.clear(timezone.now())

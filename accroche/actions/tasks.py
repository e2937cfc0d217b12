"""What the workers may run: numbers in, one operation out."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accroche.actions.operations import preparation, retrouver
from accroche.commun.jobs import IMAGES, QUICK, Handle, task


@task(retrouver.ASK_AGAIN, QUICK)
def ask_again(arguments: dict[str, Any], handle: Handle) -> None:
    """Mail an address the links to its sheets."""
    retrouver.answer(arguments["email"], handle, at=timezone.now(), network=arguments["network"])


@task(preparation.PREPARE, IMAGES)
def prepare(arguments: dict[str, Any], handle: Handle) -> None:
    """Draw an attached image anew."""
    preparation.prepare(arguments["source"], handle, at=timezone.now())

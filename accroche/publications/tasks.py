"""What the workers may run: numbers in, one operation out."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accroche.commun.jobs import LONG, Handle, task
from accroche.publications.operations import construction


@task(construction.BUILD, LONG)
def build(arguments: dict[str, Any], handle: Handle) -> None:
    """Build the files of a synthesis."""
    construction.build(arguments["construction"], handle, at=timezone.now())

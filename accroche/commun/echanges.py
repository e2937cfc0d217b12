"""What every message between two sides begins with: words, and the same click twice."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)

#: The same words again within this time are the same click twice.
TWICE: Final = dt.timedelta(minutes=2)


def words_of(text: str) -> str:
    """What somebody wrote, without the spaces around it. Raises ``ValueError`` for nothing."""
    if not (words := text.strip()):
        raise ValueError("Écrivez votre message.")
    return words


def written_just_now(rows: QuerySet[Row], *, at: dt.datetime, **row: Any) -> Row | None:
    """The message of ``rows`` that says the same within :data:`TWICE`: who sent it twice wrote it once."""
    return rows.filter(at__gt=at - TWICE, at__lte=at, **row).first()

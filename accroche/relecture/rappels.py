"""When a person is reminded of a sheet: rarely, in one mail, and not for ever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum

#: A sheet sent, or to complete, may rest so many days.
WAIT_DAYS = 7
#: A draft may rest so many days.
DRAFT_DAYS = 14
#: Days between two mails to one person.
EVERY_DAYS = 7
#: Weeks in which one sheet may be recalled; then it is left alone.
MOST = 3
#: Sheets named in one mail; the others are counted.
NAMED = 10


class Objet(StrEnum):
    """Why a sheet is recalled, and to whom: the académie reads, the school completes or finishes."""

    TO_READ = "remind_moderator"
    TO_COMPLETE = "remind_owner"
    DRAFT = "remind_draft"


def week_of(day: dt.date) -> str:
    """The ISO week of a day: « 2026-W48 »."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def patience(objet: Objet, wait_days: int = WAIT_DAYS) -> dt.timedelta:
    """How long a sheet rests before it is recalled."""
    return dt.timedelta(days=DRAFT_DAYS if objet is Objet.DRAFT else wait_days)


def is_still_recalled(weeks: Collection[str], week: str) -> bool:
    """Whether a sheet recalled in ``weeks`` may be in ``week``: in three weeks in all, no more."""
    return len(set(weeks) - {week}) < MOST


def may_write(last: dt.date | None, day: dt.date) -> bool:
    """Whether a person last written to on ``last`` may be on ``day``."""
    return last is None or day - last >= dt.timedelta(days=EVERY_DAYS)

"""How long a sign-in lasts, and the form under which its secrets are kept.

Who says « rester connecté » does so on a device of their own: a teacher who comes once a week, and not at all
during two weeks of holidays, signs in with a code four times a year. Anybody else may be at the computer of
the staff room: the sign-in ends with the browser, after half an hour without a page, or with the day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duree:
    """How long a sign-in lasts: without a page, in all, and how often a visit is noted (``mark``)."""

    idle: dt.timedelta
    longest: dt.timedelta
    mark: dt.timedelta


#: On a device of one's own, where one asked to stay signed in.
KEPT = Duree(idle=dt.timedelta(days=30), longest=dt.timedelta(days=90), mark=dt.timedelta(days=1))
#: Everywhere else.
SHORT = Duree(idle=dt.timedelta(minutes=30), longest=dt.timedelta(hours=12), mark=dt.timedelta(minutes=5))

#: How long a device of one's own is recognised after its last visit.
RECOGNISED = dt.timedelta(days=180)


def is_over(duree: Duree, opened_at: dt.datetime, seen_at: dt.datetime, at: dt.datetime) -> bool:
    """Whether a sign-in of ``opened_at``, last used at ``seen_at``, has ended at ``at``."""
    return at - seen_at >= duree.idle or at - opened_at >= duree.longest


def digest(token: str) -> str:
    """The form under which a secret is kept: reading the table opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def device_hash(person: int, token: str) -> str:
    """The form under which a device is kept: of whose it is too, so that who shares one is not linked."""
    return digest(f"{person}:{token}")

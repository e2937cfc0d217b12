"""The vote of a journée de l'innovation: its phases by the clock, who has voted, and the ranking.

An address is kept as a keyed hash of the vote: without the instance's secret nobody can tell who voted, and
with it only whether an address one already knows did, never for what in words anybody can read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accroche.lib.libelles import Libelle


class Phase(Libelle):
    """Where a vote stands: the clock opens and closes it, a person publishes its results."""

    COMING = "a_venir", "Pas encore ouvert"
    OPEN = "ouvert", "Vote ouvert"
    CLOSED = "clos", "Vote clos, résultats à venir"
    PUBLISHED = "publie", "Résultats publiés"


#: How long the link of a mail may confirm a vote; it never outlives the vote.
LINK_LIFE = dt.timedelta(hours=48)
#: The best mark of a juror.
BEST_MARK = 20


def phase_of(
    opens_at: dt.datetime, closes_at: dt.datetime, published_at: dt.datetime | None, at: dt.datetime
) -> Phase:
    """Where a vote stands ``at``; it opens on its first instant and is closed on its last."""
    if published_at is not None and published_at <= at:
        return Phase.PUBLISHED
    if at < opens_at:
        return Phase.COMING
    return Phase.OPEN if at < closes_at else Phase.CLOSED


def expiry(at: dt.datetime, closes_at: dt.datetime) -> dt.datetime:
    """Until when a link sent ``at`` may confirm a vote."""
    return min(at + LINK_LIFE, closes_at)


def one_address(address: str) -> str:
    """The mailbox behind an address: without capitals and without what follows a « + ».

    Nothing else is guessed: dots tell two mailboxes apart almost everywhere.
    """
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def sealed(key: str, purpose: str, value: str) -> str:
    """A keyed hash of ``value``, of no use for another ``purpose``: 64 hexadecimal digits."""
    return hmac.new(key.encode(), f"accroche.scrutin:{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Resultat:
    """What one candidature got: confirmed votes, and the jury's marks out of 20."""

    candidature: int
    votes: int = 0
    marks: tuple[int, ...] = ()

    @property
    def average(self) -> float | None:
        """The jury's average, None while nobody marked."""
        return sum(self.marks) / len(self.marks) if self.marks else None


@dataclass(frozen=True, slots=True)
class Rang:
    """A candidature's place in the public vote; ``tied``: it shares it."""

    rank: int
    tied: bool
    resultat: Resultat


def ranking(results: Iterable[Resultat]) -> list[Rang]:
    """Rank by public votes: equal votes share a rank, and the next one counts them (1, 1, 3).

    Those of one rank keep the order they come in. The jury's average stands apart and decides nothing.
    """
    ordered = sorted(results, key=lambda result: -result.votes)
    counts: Sequence[int] = [result.votes for result in ordered]
    return [
        Rang(counts.index(result.votes) + 1, counts.count(result.votes) > 1, result) for result in ordered
    ]

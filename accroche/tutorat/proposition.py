"""A proposal of tutoring: whom to help, who may help, the pairs, and why each of them. Pure.

It joins what ``besoins.py`` and ``forces.py`` say of each académie to what the bureau decided
(:class:`ReglagesTutorat`), and lets ``appariement.py`` choose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from accroche.evaluation.faits import Faits
from accroche.tutorat.appariement import (
    MOST,
    Aidee,
    Alternative,
    Couple,
    Enonce,
    Mentor,
    Paire,
    best_alternatives,
    pair_up,
)
from accroche.tutorat.besoins import Besoins, CodeBesoin, besoins_of
from accroche.tutorat.forces import capacity_of, forces_of
from accroche.tutorat.rectorats import RECTORATS

#: Said between an académie and the bureau alone: the académie that accompanies does not read it.
PRIVATE: Final = frozenset({CodeBesoin.OBSTACLE, CodeBesoin.COMPTE})


@dataclass(frozen=True, slots=True)
class Situation:
    """What tutoring reads of one académie (``code``.

    Its slug): its needs, its strengths, how many it could take.
    """

    code: str
    besoins: Besoins
    forces: Mapping[CodeBesoin, str]
    capacity: int


def situation_of(
    code: str, faits: Faits, *, axes: Collection[str] | None = None, has_account: bool | None = None
) -> Situation:
    """Return where an académie stands. The arguments are those of ``besoins_of``."""
    besoins = besoins_of(faits, axes=axes, has_account=has_account)
    forces = forces_of(faits, axes=axes, has_account=has_account)
    return Situation(code, besoins, forces, capacity_of(faits, besoins, forces))


@dataclass(frozen=True, slots=True)
class ReglagesTutorat:
    """What the bureau decided, and what there is already.

    ``helped``: whether an académie is to be helped, whatever its components say. ``excluded``: pairs it wants
    not, and those that were together already or were declined. ``open_pairs``: those that run, or wait for an
    answer.
    """

    pinned: Mapping[str, str | None] = field(default_factory=dict)
    excluded: frozenset[Paire] = frozenset()
    capacities: Mapping[str, int] = field(default_factory=dict)
    helped: Mapping[str, bool] = field(default_factory=dict)
    open_pairs: frozenset[Paire] = frozenset()


@dataclass(frozen=True, slots=True)
class Raison:
    """One need that the mentor fills: the fact of the mentee (empty: unknown), that of the mentor."""

    code: CodeBesoin
    need: str
    strength: str


@dataclass(frozen=True, slots=True)
class BinomePropose:
    """One pair, explained.

    Distances in kilometres and hours, None where nobody knows or the bureau is the mentor.
    """

    couple: Couple
    raisons: tuple[Raison, ...]
    unfilled: tuple[CodeBesoin, ...]
    kilometres: int | None
    hours: float | None
    alternative: Alternative | None


def enonce_of(situations: Iterable[Situation], reglages: ReglagesTutorat | None = None) -> Enonce:
    """Return the assignment problem: who is to be helped and has nobody yet, who still has a place."""
    settings = reglages or ReglagesTutorat()
    known = sorted(situations, key=lambda one: one.code)
    served = {mentee for _, mentee in settings.open_pairs}
    mentees = [
        Aidee(one.code, _weights(one.besoins), RECTORATS.get(one.code))
        for one in known
        if settings.helped.get(one.code, one.besoins.motif.is_to_help) and one.code not in served
    ]
    here = {one.code for one in mentees}
    pinned = {mentee: mentor for mentee, mentor in settings.pinned.items() if mentee in here}
    # who is helped helps nobody, whatever it offered: one thing at a time
    busy = served | here
    mentors = [
        Mentor(
            one.code,
            dict.fromkeys(map(str, one.forces), 1.0),
            _places(one, settings, pinned),
            _taken(one.code, settings),
            RECTORATS.get(one.code),
        )
        for one in known
        if one.code not in busy
    ]
    return Enonce(mentees, mentors, settings.excluded, pinned)


def _taken(code: str, reglages: ReglagesTutorat) -> int:
    return sum(mentor == code for mentor, _ in reglages.open_pairs)


def _places(one: Situation, reglages: ReglagesTutorat, pinned: Mapping[str, str | None]) -> int:
    """How many it may take: what the bureau set; else what it could, and whom the bureau wants it to take."""
    if one.code in reglages.capacities:
        return reglages.capacities[one.code]
    wanted = _taken(one.code, reglages) + sum(mentor == one.code for mentor in pinned.values())
    return max(one.capacity, min(MOST, wanted))


def _weights(besoins: Besoins) -> dict[str, float]:
    return {str(code): weight for code, weight in besoins.weights.items()}


def proposer(
    situations: Iterable[Situation], reglages: ReglagesTutorat | None = None
) -> tuple[BinomePropose, ...]:
    """Return the proposal, a pair for each académie to help, in the order of their codes.

    Raises ``AppariementError`` when what the bureau decided contradicts itself.
    """
    known = {one.code: one for one in situations}
    enonce = enonce_of(known.values(), reglages)
    couples = pair_up(enonce)
    others = best_alternatives(enonce, couples)
    return tuple(_explained(couple, known, others[couple.mentee]) for couple in couples)


def _explained(
    couple: Couple, known: Mapping[str, Situation], alternative: Alternative | None
) -> BinomePropose:
    mentee = known[couple.mentee]
    wanted = tuple(mentee.besoins.weights)
    if couple.mentor is None:
        return BinomePropose(couple, (), wanted, None, None, alternative)
    forces = known[couple.mentor].forces
    here, there = RECTORATS.get(couple.mentor), RECTORATS.get(couple.mentee)
    told = {one.code: one for one in mentee.besoins.composantes}
    return BinomePropose(
        couple,
        tuple(
            # where nothing is known of the mentee, there is no fact to quote
            Raison(code, told[code].evidence if told[code].is_present else "", forces[code])
            for code in wanted
            if code in forces
        ),
        tuple(code for code in wanted if code not in forces),
        round(here.kilometres_to(there)) if here and there else None,
        here.hours_from(there) if here and there else None,
        alternative,
    )


def shareable(raisons: Iterable[Raison]) -> tuple[Raison, ...]:
    """What both académies of a pair may read: not what one of them told the bureau alone."""
    return tuple(one for one in raisons if one.code not in PRIVATE)

"""Suggesting axes of work: how explicit rules over the facts of a semaine are read.

A rule belongs to one axis. It fires when one of its clauses holds and none of its guards does; clauses and
guards read :class:`~accroche.evaluation.faits.Faits` alone, and which rules before them have fired. So
nothing here can know an académie, nor read prose, citations or tutoring. ``axes_regles.py`` holds the rules,
version by version.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accroche.campagne.regles import CodeAxe
from accroche.evaluation.faits import Faits

#: How many axes an académie keeps for its next edition.
MOST_AXES: Final = 4


class Voir(StrEnum):
    """Where the rows behind a piece of evidence are shown."""

    SEMAINE = "semaine"
    FICHES = "fiches"


@dataclass(frozen=True, slots=True)
class Appui:
    """One fact a suggestion rests on, in words, and where its rows are."""

    text: str
    voir: Voir = Voir.SEMAINE


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a rule, told in words before it is told in code.

    ``holds`` reads the facts. ``fired`` and ``silent`` are axes whose rules, read before, must have fired or
    not. ``reason`` says in a sentence why it speaks of these facts, and ``evidence`` what shows it.
    """

    code: str
    words: str
    holds: Callable[[Faits], bool]
    reason: Callable[[Faits], str] | None = None
    evidence: Callable[[Faits], tuple[Appui, ...]] | None = None
    fired: frozenset[CodeAxe] = frozenset()
    silent: frozenset[CodeAxe] = frozenset()

    def is_met(self, faits: Faits, fired: Container[CodeAxe]) -> bool:
        """Whether it holds of these facts, after the rules that fired."""
        return (
            all(code in fired for code in self.fired)
            and not any(code in fired for code in self.silent)
            and self.holds(faits)
        )


@dataclass(frozen=True, slots=True)
class Regle:
    """The rule of one axis: one clause is enough, one guard keeps it silent.

    ``counted`` is false for an axis that is only to be considered: too few académies ever chose it.
    """

    axe: CodeAxe
    clauses: tuple[Clause, ...]
    guards: tuple[Clause, ...] = ()
    counted: bool = True

    def clause(self, faits: Faits, fired: Container[CodeAxe], kept: Container[str] | None) -> Clause | None:
        """Return the first clause that makes it fire, None when silent (:meth:`Reglement.fired`)."""
        if any(one.is_met(faits, fired) for one in self.guards if kept is None or one.code in kept):
            return None
        chosen = (one for one in self.clauses if kept is None or one.code in kept)
        return next((one for one in chosen if one.is_met(faits, fired)), None)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An axis proposed to an académie, why, and what shows it; ``counted`` is false for « à envisager »."""

    axe: CodeAxe
    clause: str
    reason: str
    evidence: tuple[Appui, ...]
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Reglement:
    """The rules of one version, in the order they are read; ``since``: the first edition it serves."""

    version: int
    since: str
    regles: tuple[Regle, ...]

    def conditions(self) -> Iterator[Clause]:
        """Every clause and guard, in order."""
        for regle in self.regles:
            yield from regle.clauses
            yield from regle.guards

    def fired(self, faits: Faits, kept: Container[str] | None = None) -> dict[CodeAxe, Clause]:
        """Return the axes whose rules fire, with the clause that speaks; nothing where data are absent.

        ``kept`` leaves only some clauses and guards, by their codes: what a measure tries.
        """
        found: dict[CodeAxe, Clause] = {}
        if not faits.has_data:
            return found
        for regle in self.regles:
            clause = regle.clause(faits, found, kept)
            if clause:
                found[regle.axe] = clause
        return found

    def counted(self, faits: Faits, kept: Container[str] | None = None) -> frozenset[CodeAxe]:
        """The axes that are suggested, without those only to be considered."""
        found = self.fired(faits, kept)
        return frozenset(regle.axe for regle in self.regles if regle.counted and regle.axe in found)

    def suggest(self, faits: Faits) -> tuple[Suggestion, ...]:
        """Return the suggestions for one semaine: those counted first, each in the order of the rules."""
        found = self.fired(faits)
        ranked = sorted((one for one in self.regles if one.axe in found), key=lambda one: not one.counted)
        return tuple(_suggestion(regle, found[regle.axe], faits) for regle in ranked)


def _suggestion(regle: Regle, clause: Clause, faits: Faits) -> Suggestion:
    reason = clause.reason(faits) if clause.reason else clause.words
    evidence = clause.evidence(faits) if clause.evidence else ()
    return Suggestion(regle.axe, clause.code, reason, evidence, regle.counted)

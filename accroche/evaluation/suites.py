"""What an evaluation ends in: strengths in words, and what to try next, what helps most first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from accroche.evaluation.evaluation import ReponseDite, Sans

#: From this level on, a criterion is a strength; under it, there is a next step worth telling.
STRONG: Final = 3
#: Next steps told: an académie does not follow ten at once.
MOST_STEPS: Final = 5
#: Strengths told one by one.
MOST_STRENGTHS: Final = 8


@dataclass(frozen=True, slots=True)
class CritereRepondu:
    """A criterion with its sentences, its weight, the axis it leads to, and what was answered."""

    code: str
    title: str
    objectif: str
    levels: tuple[str, ...]
    weight: int
    axe: str
    dite: ReponseDite

    @property
    def words(self) -> str:
        """The sentence of its level; empty for one that has none."""
        return "" if self.dite.level is None else self.levels[self.dite.level]


@dataclass(frozen=True, slots=True)
class PasSuivant:
    """What to try next on one criterion: where one stands, and the sentence it leads to.

    That of the first strong level: one in between may tell a step nobody sets out for (« il y manque des
    nombres »).
    """

    critere: CritereRepondu
    now: str
    towards: str


@dataclass(frozen=True, slots=True)
class Suites:
    """All of it. ``later``: how many more steps there are; ``unknown``: criteria nobody can tell about.

    ``is_begun``: one criterion at least has its answer.
    """

    strengths: tuple[CritereRepondu, ...] = ()
    steps: tuple[PasSuivant, ...] = ()
    later: int = 0
    unknown: tuple[CritereRepondu, ...] = ()
    unanswered: tuple[CritereRepondu, ...] = ()
    is_begun: bool = False


def suites(criteres: Iterable[CritereRepondu]) -> Suites:
    """Return what the answers lead to; strengths in the order of the grid.

    Steps: the lowest level first, then what weighs most, then the order of the grid. What is « sans objet »
    leads nowhere.
    """
    told = list(criteres)
    strong = [one for one in told if one.dite.level is not None and one.dite.level >= STRONG]
    low = [one for one in told if one.dite.level is not None and one.dite.level < STRONG]
    ranked = sorted(low, key=lambda one: (one.dite.level or 0, -one.weight))
    steps = [PasSuivant(one, one.words, one.levels[STRONG]) for one in ranked]
    return Suites(
        strengths=tuple(strong[:MOST_STRENGTHS]),
        steps=tuple(steps[:MOST_STEPS]),
        later=max(0, len(steps) - MOST_STEPS),
        unknown=tuple(one for one in told if one.dite.sans is Sans.UNKNOWN),
        unanswered=tuple(one for one in told if not one.dite.is_chosen),
        is_begun=any(one.dite.is_chosen for one in told),
    )


def axes_of(steps: Iterable[PasSuivant]) -> dict[str, list[str]]:
    """Return the axes that steps from levels 0 and 1 lead to, each with the titles of its criteria."""
    found: dict[str, list[str]] = {}
    for step in steps:
        if (step.critere.dite.level or 0) <= 1:
            found.setdefault(step.critere.axe, []).append(step.critere.title)
    return found

"""What rules are worth against the axes that were kept: agreement, left-out académies, interval, control.

A figure in sample proves little: rules found by blind search agree as well with axes shuffled between
académies. So three figures stand beside it: each académie judged by the clauses the others alone earn, how
much the figure moves when the académies are drawn again, and what the same rules are worth on shuffled axes.
Pure, and the same each time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from accroche.campagne.regles import CodeAxe
from accroche.evaluation.axes import Reglement
from accroche.evaluation.faits import Faits
from accroche.lib.texte import NBSP

#: How many times académies are drawn again, and axes shuffled.
DRAWS: Final = 1000
SHUFFLES: Final = 200
SHUFFLES_LEFT_OUT: Final = 20
#: So that the same rules give the same figures.
SEED: Final = 2016

Axes = frozenset[CodeAxe]


@dataclass(frozen=True, slots=True)
class Accord:
    """How suggestions and kept axes agree: found by both, suggested alone, kept alone."""

    found: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """The micro F1, between 0 and 1; 1 when there is nothing to find and nothing is suggested."""
        whole = 2 * self.found + self.extra + self.missed
        return 2 * self.found / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class Intervalle:
    """The middle 95 % of a figure drawn many times, and its mean."""

    low: float
    mean: float
    high: float


@dataclass(frozen=True, slots=True)
class Mesure:
    """What rules are worth, and what their clauses earn.

    ``left_out``: each académie judged by the clauses re-earned on the others. ``shuffled``: the rules as they
    are, on shuffled axes; ``shuffled_left_out``: the same, clauses re-earned and académies left out.
    """

    academies: int
    in_sample: Accord
    in_sample_range: Intervalle
    left_out: Accord
    left_out_range: Intervalle
    shuffled: Intervalle
    shuffled_left_out: Intervalle
    by_axe: dict[CodeAxe, Accord]
    by_axe_left_out: dict[CodeAxe, Accord]
    #: how many times of ``academies`` each clause and guard is earned on the others
    earned: dict[str, int]


def agreement(suggested: Axes, kept: Axes) -> Accord:
    """Compare what is suggested to one académie with what it kept."""
    return Accord(len(suggested & kept), len(suggested - kept), len(kept - suggested))


class Regain:
    """Rules tried on académies with some of their clauses; what they suggest is kept: it is asked often."""

    def __init__(self, regles: Reglement, facts: Sequence[Faits]) -> None:
        """Try ``regles`` on ``facts``."""
        self.codes = tuple(one.code for one in regles.conditions())
        self._regles = regles
        self._facts = facts
        self._known: dict[frozenset[str], list[Axes]] = {}

    def suggested(self, codes: frozenset[str]) -> list[Axes]:
        """Return what these clauses and guards suggest to each."""
        if codes not in self._known:
            self._known[codes] = [self._regles.counted(one, codes) for one in self._facts]
        return self._known[codes]

    def earned(self, kept: Sequence[Axes], *, without: int | None = None) -> frozenset[str]:
        """Return the clauses and guards that earn their place, on all académies but one.

        From the last to the first, one whose removal does not lower the micro F1 is dropped, until none is. A
        condition that none of these académies meets has earned nothing.
        """

        def score(codes: frozenset[str]) -> float:
            pairs = enumerate(zip(self.suggested(codes), kept, strict=True))
            others = [pair for place, pair in pairs if place != without]
            found = sum(len(suggested & axes) for suggested, axes in others)
            return found / (sum(len(suggested) + len(axes) for suggested, axes in others) or 1)

        chosen = frozenset(self.codes)
        best, before = score(chosen), None
        while chosen != before:
            before = chosen
            for code in reversed(self.codes):
                fewer = chosen - {code}
                if code in chosen and (found := score(fewer)) >= best:
                    chosen, best = fewer, found
        return chosen

    def left_out(self, kept: Sequence[Axes]) -> list[tuple[Axes, frozenset[str]]]:
        """Return, for each académie, what is suggested by the clauses the others earn, and those clauses."""
        found = []
        for place in range(len(kept)):
            others = self.earned(kept, without=place)
            found.append((self.suggested(others)[place], others))
        return found


def measure(
    regles: Reglement,
    rows: Sequence[tuple[Faits, Axes]],
    *,
    draws: int = DRAWS,
    shuffles: int = SHUFFLES,
    shuffles_left_out: int = SHUFFLES_LEFT_OUT,
) -> Mesure:
    """Measure rules on académies that have data, each with the axes it kept."""
    facts, kept = [one for one, _ in rows], [axes for _, axes in rows]
    trial = Regain(regles, facts)
    suggested = trial.suggested(frozenset(trial.codes))
    alone = trial.left_out(kept)
    alone_axes = [axes for axes, _ in alone]
    inside, outside = _accords(suggested, kept), _accords(alone_axes, kept)
    chance = random.Random(SEED)  # noqa: S311 - a draw, not a secret

    def shuffled(score: Callable[[list[Axes]], float], times: int) -> Intervalle:
        return _range(score(chance.sample(kept, len(kept))) for _ in range(times))

    return Mesure(
        academies=len(rows),
        in_sample=_sum(inside),
        in_sample_range=_drawn(inside, chance, draws),
        left_out=_sum(outside),
        left_out_range=_drawn(outside, chance, draws),
        shuffled=shuffled(lambda axes: _sum(_accords(suggested, axes)).f1, shuffles),
        shuffled_left_out=shuffled(
            lambda axes: _sum(_accords([found for found, _ in trial.left_out(axes)], axes)).f1,
            shuffles_left_out,
        ),
        by_axe={code: _of(code, suggested, kept) for code in CodeAxe},
        by_axe_left_out={code: _of(code, alone_axes, kept) for code in CodeAxe},
        earned={one.code: sum(one.code in codes for _, codes in alone) for one in regles.conditions()},
    )


def _accords(suggested: Sequence[Axes], kept: Sequence[Axes]) -> list[Accord]:
    return [agreement(one, axes) for one, axes in zip(suggested, kept, strict=True)]


def _of(code: CodeAxe, suggested: Sequence[Axes], kept: Sequence[Axes]) -> Accord:
    only = frozenset({code})
    return _sum(_accords([axes & only for axes in suggested], [axes & only for axes in kept]))


def _drawn(accords: Sequence[Accord], chance: random.Random, draws: int) -> Intervalle:
    return _range(_sum(chance.choices(accords, k=len(accords))).f1 for _ in range(draws))


def _sum(accords: Iterable[Accord]) -> Accord:
    columns = zip(*((one.found, one.extra, one.missed) for one in accords), strict=True)
    return Accord(*map(sum, columns))


def _range(scores: Iterable[float]) -> Intervalle:
    ranked = sorted(scores)
    edge = len(ranked) // 40
    return Intervalle(ranked[edge], sum(ranked) / len(ranked), ranked[-1 - edge])


def lignes(mesure: Mesure) -> list[str]:
    """Tell a measure in words, one line after the other."""
    kept = mesure.in_sample.found + mesure.in_sample.missed
    told = [
        f"{mesure.academies} académies, {kept} axes retenus. F1{NBSP}: 1 quand tout concorde.",
        "",
        _line("sur les académies mêmes", mesure.in_sample, mesure.in_sample_range),
        _line("une académie mise de côté, clauses regagnées", mesure.left_out, mesure.left_out_range),
        _control("axes mélangés entre académies", mesure.shuffled),
        _control("axes mélangés, mise de côté, clauses regagnées", mesure.shuffled_left_out),
        "",
        f"{'axe':<22} trouvés  en trop  manqués   mis de côté : trouvés  en trop  manqués",
    ]
    for code, inside in mesure.by_axe.items():
        outside = mesure.by_axe_left_out[code]
        told.append(
            f"{code:<22} {inside.found:>7} {inside.extra:>8} {inside.missed:>8}"
            f" {outside.found:>21} {outside.extra:>8} {outside.missed:>8}"
        )
    told += ["", f"clauses gagnées sur les autres, sur {mesure.academies} fois :"]
    return told + [f"{code:<30} {times:>3}" for code, times in mesure.earned.items()]


def _line(label: str, accord: Accord, drawn: Intervalle) -> str:
    f1 = f"{accord.f1:.2f} [{drawn.low:.2f} ; {drawn.high:.2f}]"
    return f"{label:<48} F1 {f1}  trouvés {accord.found}, en trop {accord.extra}, manqués {accord.missed}"


def _control(label: str, drawn: Intervalle) -> str:
    return f"{label:<48} F1 {drawn.mean:.2f} [{drawn.low:.2f} ; {drawn.high:.2f}]"

"""What the components of ``besoins.py`` are worth against the académies a report wanted to help. Pure.

A score that agrees with one list of nine proves little: beside it stand what chance gives, what other
thresholds find, and what is found when each component is left out in turn. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from math import comb
from typing import Final

from accroche.lib.texte import liste
from accroche.tutorat.besoins import NEEDY, Besoins, CodeBesoin, EtatBesoin

#: Thresholds tried beside the one in use.
AROUND: Final = range(NEEDY - 2, NEEDY + 4)


@dataclass(frozen=True, slots=True)
class MesureAppui:
    """Names of académies, in the order they came: those in front, those proposed, those a report named.

    ``first`` are those it names first, ``named`` all of them, those included.
    """

    front: tuple[str, ...]
    proposed: tuple[str, ...]
    first: tuple[str, ...]
    named: tuple[str, ...]
    known: int

    @property
    def in_front(self) -> tuple[str, ...]:
        """Those it names first that are in front here."""
        return tuple(one for one in self.first if one in self.front)

    @property
    def found(self) -> tuple[str, ...]:
        """Those it names that are proposed here."""
        return tuple(one for one in self.named if one in self.proposed)

    @property
    def missed(self) -> tuple[str, ...]:
        """Those it names that are not."""
        return tuple(one for one in self.named if one not in self.proposed)

    @property
    def extra(self) -> tuple[str, ...]:
        """Those proposed that it does not name."""
        return tuple(one for one in self.proposed if one not in self.named)

    @property
    def by_chance(self) -> float:
        """How likely as many académies drawn blindly find as many of them, between 0 and 1."""
        drawn, named = len(self.proposed), len(self.named)
        ways = sum(
            comb(named, hit) * comb(self.known - named, drawn - hit)
            for hit in range(len(self.found), min(drawn, named) + 1)
        )
        return ways / comb(self.known, drawn)


def mesurer(
    besoins: Mapping[str, Besoins], first: Collection[str], also: Collection[str], *, needy: int = NEEDY
) -> MesureAppui:
    """Compare who is proposed with who a report names (``first``, then ``also``), by the académies' names.

    In front: absent data, then the most components; as many as ``first`` are, and those that equal the last.
    """
    weights = {name: _weight(one) for name, one in besoins.items()}
    ranked = sorted(weights.values(), reverse=True)
    bar = ranked[len(first) - 1] if first and len(first) <= len(ranked) else len(CodeBesoin) + 1
    return MesureAppui(
        front=tuple(name for name, weight in weights.items() if weight >= bar),
        proposed=tuple(
            name
            for name, one in besoins.items()
            if one.help_asked or not one.has_data or len(one.present) >= needy
        ),
        first=tuple(first),
        named=(*first, *also),
        known=len(besoins),
    )


def _weight(besoins: Besoins) -> int:
    return len(besoins.present) if besoins.has_data else len(CodeBesoin)


def without(besoins: Besoins, code: CodeBesoin) -> Besoins:
    """The same without one component."""
    parts = (
        replace(one, etat=EtatBesoin.INCONNU) if one.code is code else one for one in besoins.composantes
    )
    return replace(besoins, composantes=tuple(parts))


def report(besoins: Mapping[str, Besoins], first: Collection[str], also: Collection[str]) -> Iterator[str]:
    """The lines of the measure, as docs/accompagnement.md prints them."""
    one = mesurer(besoins, first, also)
    yield f"in front: {len(one.in_front)} of {len(one.first)} ({liste(one.in_front) or 'none'})"
    yield f"found: {len(one.found)} of {len(one.named)}, with {len(one.proposed)} proposed of {one.known}"
    yield f"by chance, as many or more: {one.by_chance:.4f}"
    yield f"missed: {liste(one.missed) or 'none'}"
    yield f"proposed, not named: {liste(one.extra) or 'none'}"
    yield ""
    yield "| from | proposed | found |"
    yield "|---|---|---|"
    for needy in AROUND:
        other = mesurer(besoins, first, also, needy=needy)
        yield f"| {needy} components | {len(other.proposed)} | {len(other.found)} of {len(other.named)} |"
    yield ""
    yield "| left out | in front | proposed | found |"
    yield "|---|---|---|---|"
    for code in CodeBesoin:
        if code is CodeBesoin.DONNEES:
            continue
        less = mesurer({name: without(told, code) for name, told in besoins.items()}, first, also)
        yield f"| {code} | {len(less.in_front)} | {len(less.proposed)} | {len(less.found)} |"
    yield ""
    yield "| académie | components |"
    yield "|---|---|"
    for name in (*one.proposed, *one.missed):
        present = besoins[name].present
        yield f"| {name} | {len(present)}: {', '.join(present)} |"

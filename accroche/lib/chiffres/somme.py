"""Adding figures up without making them firmer than they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accroche.lib.chiffres.modele import Chiffre, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of what was communicated, and how much of the whole that is.

    ``added`` is a count (no unit): the sum of the additive figures that have a value. What it is a sum of may
    make it a bound (:attr:`lower_bound`), or no more than a sum (:attr:`is_bare_sum`).
    Every name given to :func:`total` is in exactly one of ``counted``, ``missing`` (N.C.),
    ``uncounted_all`` (« all ») and ``unavailable`` (no answer), in the order given.
    ``partial`` are those of ``counted`` that left another perimeter without a value, ``overlapping`` those
    that gave several numbers in which the same things may stand.
    ``parts`` are the figures as given, so that a printed total can show its rows.
    """

    added: int
    counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    uncounted_all: tuple[str, ...] = ()
    unavailable: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
    overlapping: tuple[str, ...] = ()
    is_approximate: bool = False
    is_open_ended: bool = False
    parts: tuple[tuple[str, tuple[Chiffre, ...]], ...] = ()

    @property
    def answered(self) -> int:
        """How many answered, with or without a number."""
        return len(self.counted) + len(self.missing) + len(self.uncounted_all)

    @property
    def is_complete(self) -> bool:
        """Whether everyone gave a number for every perimeter asked."""
        others = (self.missing, self.uncounted_all, self.unavailable, self.partial)
        return bool(self.counted) and not any(others)

    @property
    def has_number(self) -> bool:
        """Whether there is a number to print: zero out of incomplete answers is no information."""
        return bool(self.counted) and (self.added > 0 or self.is_exact)

    @property
    def is_exact(self) -> bool:
        """Whether the sum is the number itself."""
        return self.is_complete and self.is_sure and not self.is_open_ended

    @property
    def is_sure(self) -> bool:
        """Whether what was added is surely there: nothing said roughly, nothing that may be counted twice."""
        return not self.is_approximate and not self.overlapping

    @property
    def is_bound(self) -> bool:
        """Whether there may be more than what was added."""
        return self.is_open_ended or not self.is_complete

    @property
    def is_bare_sum(self) -> bool:
        """Whether it is a sum and no more: there may be more than that, and there may be less."""
        return self.is_bound and not self.is_sure

    @property
    def lower_bound(self) -> int | None:
        """Under what the number surely is not; None for a sum that is no proven bound."""
        return self.added if self.is_sure else None

    @property
    def rough(self) -> tuple[str, ...]:
        """Who gave a number as « environ »."""
        return tuple(
            name for name, figures in self.parts if any(c.additive and c.kind is Kind.ABOUT for c in figures)
        )


def total(parts: Iterable[tuple[str, Sequence[Chiffre]]], *, repeats: bool = False) -> Total:
    """Add up the figures of each (name, figures); N.C. is never zero.

    ``repeats``: the same thing may stand in two numbers of one answer. A school takes part in the week and
    all year long; an action is organised for the week or not.

    A name without any figure did not answer. One whose only values cover another perimeter
    answered without a number for this one, and so is missing. Two parts may bear the same
    name (two schools do): they are never merged.
    """
    rows = tuple((name, tuple(figures)) for name, figures in parts)
    groups: dict[str, list[str]] = {"counted": [], "missing": [], "uncounted_all": [], "unavailable": []}
    partial: list[str] = []
    overlapping: list[str] = []
    summed: list[Chiffre] = []
    for name, figures in rows:
        values = [c for c in figures if c.additive and c.value is not None]
        group = _group(figures)
        groups[group].append(name)
        summed += values
        if repeats and len(values) > 1:
            overlapping.append(name)
        if group == "counted" and any(c.additive and c.value is None for c in figures):
            partial.append(name)
    return Total(
        added=sum(c.value or 0 for c in summed),
        counted=tuple(groups["counted"]),
        missing=tuple(groups["missing"]),
        uncounted_all=tuple(groups["uncounted_all"]),
        unavailable=tuple(groups["unavailable"]),
        partial=tuple(partial),
        overlapping=tuple(overlapping),
        is_approximate=any(c.kind is Kind.ABOUT for c in summed),
        is_open_ended=any(c.kind in {Kind.MORE_THAN, Kind.AT_LEAST} for c in summed),
        parts=rows,
    )


def counted(figures: Sequence[Chiffre]) -> int | None:
    """Return what one answer adds to a total; None, and never zero, when it gives no number."""
    values = [c.value for c in figures if c.additive and c.value is not None]
    return sum(values) if values else None


def _group(figures: tuple[Chiffre, ...]) -> str:
    additive = [c for c in figures if c.additive]
    if any(c.value is not None for c in additive):
        return "counted"
    if any(c.kind is Kind.ALL for c in additive):
        return "uncounted_all"
    # A figure for another perimeter is an answer too, only not to this question.
    if all(c.kind is Kind.UNAVAILABLE for c in figures):
        return "unavailable"
    return "missing"

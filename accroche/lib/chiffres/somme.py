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

    ``lower_bound`` is a count (no unit): the sum of the additive figures that have a value.
    Every name given to :func:`total` is in exactly one of ``counted``, ``missing`` (N.C.),
    ``uncounted_all`` (« all ») and ``unavailable`` (no answer), in the order given.
    ``partial`` are those of ``counted`` that left another perimeter without a value.
    ``parts`` are the figures as given, so that a printed total can show its rows.
    """

    lower_bound: int
    counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    uncounted_all: tuple[str, ...] = ()
    unavailable: tuple[str, ...] = ()
    partial: tuple[str, ...] = ()
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
        return bool(self.counted) and (self.lower_bound > 0 or self.is_exact)

    @property
    def is_exact(self) -> bool:
        """Whether the lower bound is the number itself."""
        return self.is_complete and not self.is_approximate and not self.is_open_ended


def total(parts: Iterable[tuple[str, Sequence[Chiffre]]]) -> Total:
    """Add up the figures of each (name, figures); N.C. is never zero.

    A name without any figure did not answer. One whose only values cover another perimeter
    answered without a number for this one, and so is missing. Two parts may bear the same
    name (two schools do): they are never merged.
    """
    rows = tuple((name, tuple(figures)) for name, figures in parts)
    groups: dict[str, list[str]] = {"counted": [], "missing": [], "uncounted_all": [], "unavailable": []}
    partial: list[str] = []
    summed: list[Chiffre] = []
    for name, figures in rows:
        values = [c for c in figures if c.additive and c.value is not None]
        group = _group(figures)
        groups[group].append(name)
        summed += values
        if group == "counted" and any(c.additive and c.value is None for c in figures):
            partial.append(name)
    return Total(
        lower_bound=sum(c.value or 0 for c in summed),
        counted=tuple(groups["counted"]),
        missing=tuple(groups["missing"]),
        uncounted_all=tuple(groups["uncounted_all"]),
        unavailable=tuple(groups["unavailable"]),
        partial=tuple(partial),
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

"""Qualified figures: numbers as the field gives them, and what they add up to.

An office writes « 110 », « Une trentaine », « N.C. » or two counts with two perimeters.
A :class:`Chiffre` keeps the value together with what was said about it, so that no
total is ever firmer than its parts, and N.C. is never taken for zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How firmly the field states a figure."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    ALL = "all"
    NOT_COMMUNICATED = "not_communicated"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One figure, its perimeter and where it comes from.

    ``value`` is a count (no unit) and is ``None`` for ALL, NOT_COMMUNICATED and UNAVAILABLE.
    ``additive`` is false for a count that covers another perimeter than the one asked for
    and so must not enter a total (Besançon's 144 sheets on Expérithèque).
    """

    kind: Kind
    value: int | None = None
    perimeter: str = ""
    note: str = ""
    source: str = ""
    additive: bool = True

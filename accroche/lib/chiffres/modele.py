"""What a figure is: a value, how firmly it is stated, and over which perimeter."""

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


class ChiffreError(ValueError):
    """A text or value that is no figure; the message is French and quotes it."""


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

    def __post_init__(self) -> None:
        """Refuse a figure that would make a total lie: no value where one is due, or a sign."""
        if (self.value is None) is not (self.kind in WITHOUT_VALUE):
            raise ChiffreError(f"La nature « {self.kind} » et la valeur « {self.value} » se contredisent.")
        if self.value is not None and self.value < 0:
            raise ChiffreError(f"Un nombre ne peut pas être négatif : « {self.value} ».")


#: The kinds that carry no number.
WITHOUT_VALUE = frozenset({Kind.ALL, Kind.NOT_COMMUNICATED, Kind.UNAVAILABLE})

#: The note of a figure already counted in the one before it (« 31 dont 17 remarquables »).
SUBSET_NOTE = "compris dans le nombre qui précède"

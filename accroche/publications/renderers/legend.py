"""What the classes of a map stand for: a number has a shade of the scale, what is not a number has none."""

from __future__ import annotations

from enum import StrEnum

from accroche.lib.texte import comparable

#: How a legend says that a number was not given, which is no shade and never zero.
_NOT_COMMUNICATED = ("n.c.", "non communique")


class ClassKind(StrEnum):
    """How a class is drawn."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    VALUE = "value"


def class_kind(rank: int, label: str) -> ClassKind:
    """Tell what a class is by its rank and its words; the first that is no « N.C. » has no data."""
    if is_not_communicated(label):
        return ClassKind.UNKNOWN
    return ClassKind.MISSING if rank == 0 else ClassKind.VALUE


def is_not_communicated(words: str) -> bool:
    """Tell whether words say that a number was not given."""
    plain = comparable(words).casefold().replace("é", "e")
    return any(sign in plain for sign in _NOT_COMMUNICATED)

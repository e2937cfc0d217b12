"""Vocabularies: codes that are stored, each with the words people read."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Libelle(StrEnum):
    """A vocabulary: each member is its code, and its words: ``LYCEE = "lycee", "Lycée"``.

    A member is its code in every way (compared, stored, in JSON), and is found by it: ``Niveau("lycee")``.
    """

    _value_: str
    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Keep the words beside the code; without any, the code says nothing to people."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

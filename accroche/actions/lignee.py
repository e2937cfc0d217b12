"""How a sheet names the one it takes up where a number of the database means nothing: in files and data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

#: « 2015-2016/caen/cafe-des-parents »: edition, académie and address of a sheet; or nothing.
PATTERN: Final = r"^([0-9]{4}-[0-9]{4}/[-a-z0-9_]{1,60}/[-a-zA-Z0-9_]{1,120})?$"
_WRITTEN: Final = re.compile(PATTERN.replace("?$", "$"))


@dataclass(frozen=True, slots=True, order=True)
class FicheReprise:
    """Where a sheet is, by the words of its public address."""

    edition: str
    academie: str
    slug: str

    def __str__(self) -> str:
        return f"{self.edition}/{self.academie}/{self.slug}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return what a file wrote; None when it says nothing or is none."""
        return cls(*text.split("/")) if _WRITTEN.match(text) else None


def en_mots(text: str) -> str:
    """Say which sheet a file named, to people, where the sheet itself is not there to be read."""
    told = FicheReprise.read(text)
    return f"une action de l’édition {told.edition}" if told else ""

"""What the bureau writes, once it is read: paragraphs, headings, lists, bold words and links.

It is kept as it was typed, in a small Markdown that ``integrations/markdown/redige.py`` alone reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Characters of one text: some fifteen printed pages.
LONGEST: Final = 50_000


@dataclass(frozen=True, slots=True)
class Bout:
    """Words, bold or not."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class LienEcrit:
    """Words that lead to an http(s) address."""

    text: str
    url: str


Bouts = tuple[Bout | LienEcrit, ...]


@dataclass(frozen=True, slots=True)
class Paragraphe:
    """A paragraph."""

    mots: Bouts


@dataclass(frozen=True, slots=True)
class Intertitre:
    """A heading within a text, in plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class ListeEcrite:
    """A list, numbered or not; an element is never empty."""

    ordonnee: bool
    elements: tuple[Bouts, ...]


Bloc = Paragraphe | Intertitre | ListeEcrite


def plain(mots: Bouts) -> str:
    """Return the words alone."""
    return "".join(mot.text for mot in mots)

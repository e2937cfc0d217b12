"""What the bureau's texts still count as a frozen version did, where sheets were corrected since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from accroche.dossier.bilan import bilan
from accroche.dossier.dossier import EditionDossier
from accroche.lib.nombres import MAX_WORDS, value_of
from accroche.lib.texte import nombre
from accroche.redaction.contenu import in_words, objectif_label, valeurs
from accroche.redaction.parties import Partie

_WORD: Final = re.compile(r"\w+")
#: What ends or parts what is said: « page 52. Des actions » counts none.
_PARTED: Final = re.compile(r"[.,;:!?()\n]")
#: Figures of each group behind the first of a large number.
THOUSANDS: Final = 3
#: How many words may stand between a number and what it counts: « 52 belles actions ».
BETWEEN: Final = 1


@dataclass(frozen=True, slots=True)
class NombreAncien:
    """A number of a part of the report that was right when a version was frozen; ``now``: what is counted."""

    partie: Partie
    label: str
    said: str
    now: str


def nombres_anciens(before: EditionDossier, now: EditionDossier) -> tuple[NombreAncien, ...]:
    """Return where texts say a total of ``before`` that is another one now, in figures or in words."""
    old, new = bilan(before), bilan(now)
    found = []
    for singular, plural, was, is_now in (
        ("action", "actions", old.actions, new.actions),
        ("établissement", "établissements", old.etablissements, new.etablissements),
    ):
        if not (was.has_number and is_now.has_number) or was.added == is_now.added:
            continue
        told = nombre(is_now.added)
        for partie in Partie:
            text = "\n".join(in_words(name, value) for name, value in valeurs(now, partie).items())
            label = (partie.objectif and objectif_label(now, partie.objectif)) or partie.label
            said = dict.fromkeys(said_in(text, was.added, {singular, plural}))
            found += [NombreAncien(partie, label, one, told) for one in said]
    return tuple(found)


def said_in(text: str, number: int, nouns: set[str]) -> Iterator[str]:
    """Yield the passages in which a text counts ``number`` of something, as they are written."""
    words = list(_WORD.finditer(text))
    plain = [word[0].lower() for word in words]
    at = 0
    while at < len(words):
        length, value = _number(plain, at)
        after = plain[at + length : at + length + BETWEEN + 1]
        there = [place for place, word in enumerate(after) if word in nouns]
        if value == number and there:
            passage = text[words[at].start() : words[at + length + there[0]].end()]
            if not _PARTED.search(passage):
                yield passage
        at += length or 1


def _number(plain: list[str], at: int) -> tuple[int, int | None]:
    """How many words from ``at`` on are one number, and which; none where none begins."""
    if plain[at].isdecimal():
        length = 1
        while (more := "".join(plain[at + length : at + length + 1])).isdecimal() and len(more) == THOUSANDS:
            length += 1
        digits = "".join(plain[at : at + length])
        return length, int(digits) if len(digits) < 10 else None  # noqa: PLR2004 - no total is longer
    if value_of(plain[at : at + 1]) is None:  # each number begins with one
        return 0, None
    for length in range(min(MAX_WORDS, len(plain) - at), 0, -1):
        if (value := value_of(plain[at : at + length])) is not None:
            return length, value
    return 0, None

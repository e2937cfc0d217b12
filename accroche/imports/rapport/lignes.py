"""Numbered lines of a report, cleaned of what is not text: controls, page headers, blanks."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from accroche.imports.rapport.problemes import LectureError, Releve
from accroche.lib.texte import typographie

#: A longer line is no line of a report (a URL of 2 000 characters still passes).
MAX_LIGNE = 20_000
#: Lines with text beyond which the file is of another nature: the 2015-2016 report has 2 300.
MAX_LIGNES = 200_000
#: A page header is short.
MAX_ENTETE = 130

# Zero-width characters and bidirectional overrides hide or reorder text; controls only separate.
_INVISIBLES: dict[int, str] = dict.fromkeys([*range(0x0C), *range(0x0D, 0x20), *range(0x7F, 0xA0)], " ")
_INVISIBLES |= dict.fromkeys(
    [
        0x00AD,
        0x061C,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFFF9, 0xFFFC),
    ],
    "",
)
_INVISIBLES |= {0x2028: " ", 0x2029: " "}
# Accents piled on one letter: normalising sorts them, in quadratic time, and no text has four.
_ACCENTS = "".join(chr(c) for c in range(0x300, 0x1E950) if unicodedata.combining(chr(c)))
_PILE = re.compile(f"([{_ACCENTS}]{{4}})[{_ACCENTS}]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_NUMERO_DE_PAGE = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True)
class Ligne:
    """A line with text: its number from 1, the blank lines just above, its page.

    ``page`` counts form feeds; it is 0 throughout when the text has none.
    """

    numero: int
    texte: str
    vides: int = 0
    page: int = 0


def sans_accents(texte: str) -> str:
    """Give ``texte`` folded for recognition: no accents or case, straight ’, single spaces."""
    decompose = unicodedata.normalize("NFKD", texte.replace("’", "'"))
    return " ".join("".join(c for c in decompose if not unicodedata.combining(c)).casefold().split())


def fait(texte: str) -> str:
    """Give a fact as it is kept: typographic apostrophes, one plain space between words."""
    return " ".join(typographie(texte).split())


def est_entete(texte: str) -> bool:
    """Tell whether a line is the running header of the report."""
    if len(texte) > MAX_ENTETE or "ynth" not in texte:
        return False
    cle = sans_accents(texte)
    return cle.startswith("semaine de la perseverance scolaire") and "synthese nationale" in cle


def decouper(text: str, releve: Releve) -> Iterator[Ligne]:
    """Yield the lines that carry text, in one pass; overlong ones are reported and left out.

    Raise :class:`LectureError` past :data:`MAX_LIGNES` of them.
    """
    page = rendues = 0
    vides = 0
    entete = False
    propre = _SURROGATES.sub("\ufffd", text)
    for numero, brute in enumerate(io.StringIO(propre, newline=None), start=1):
        if brute == "\n":
            vides += 1
            continue
        pages = brute.count("\f")
        if len(brute) > MAX_LIGNE:
            page += pages
            vides += 1
            releve.note(
                numero,
                brute,
                f"Cette ligne de {len(brute)} caractères n’est pas une ligne de rapport : elle n’est pas "
                "lue. Rétablissez les retours à la ligne.",
            )
            continue
        debut = brute.lstrip(" \t")
        if debut.startswith("\f"):
            page += pages
            pages = 0
        texte = " ".join(unicodedata.normalize("NFC", _PILE.sub(r"\1", brute.translate(_INVISIBLES))).split())
        if not texte or est_entete(texte):
            entete = entete or bool(texte)
            vides += 1
        elif entete and _NUMERO_DE_PAGE.fullmatch(texte):
            entete = False
            vides += 1
        else:
            rendues += 1
            if rendues > MAX_LIGNES:
                raise LectureError(
                    f"Ce texte a plus de {MAX_LIGNES} lignes : ce n’est pas une synthèse nationale. Vérifiez "
                    "le fichier choisi."
                )
            yield Ligne(numero, texte, vides, page)
            vides = 0
            entete = False
        page += pages

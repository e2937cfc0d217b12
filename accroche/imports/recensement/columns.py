"""Which column holds what, from the headings people write."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from accroche.imports.recensement.champs import BEGINNINGS, SYNONYMS, Champ
from accroche.lib.tableur.cellules import Cell, line_of
from accroche.lib.texte import slug

#: A heading this close to a known one is taken for it, out of 100. Under it, « Nom du chef » would be a
#: « Nom du contact »; above it, « Etablisement » would be unknown.
CLOSE: Final = 86
_MIN_LETTERS: Final = 4
_IN_PARENTHESES: Final = re.compile(r"[(\[][^)\]]*(?:[)\]]|$)")
_AGREEMENT: Final = re.compile(r"\((?:s|x|e|es|ou s)\)|[·.](?:s|e|es)\b")
_PLURAL: Final = re.compile(r"(?<=[a-z]{3})[sx]\b")
_EXACT: Final = 100
_BEGINS: Final = 90
#: A heading is a few words; a longer text that begins like one is a row.
_MOST_WORDS: Final = 8


@lru_cache(maxsize=4096)
def normal(heading: str) -> str:
    """Return a heading as headings are compared: no accents, capitals, numbers, plurals, parentheses."""
    inside = _IN_PARENTHESES.sub(" ", _AGREEMENT.sub("", heading))
    words = slug(inside if slug(inside) else heading).split("-")
    first, last = 0, len(words)
    while first < last - 1 and words[first].isdigit():
        first += 1
    while first < last - 1 and words[last - 1].isdigit():
        last -= 1
    return _PLURAL.sub("", " ".join(words[first:last])).strip()


_KNOWN: Final[dict[str, Champ]] = {
    _PLURAL.sub("", words): champ for champ, all_ in SYNONYMS.items() for words in all_
}
_WORDS: Final = tuple(_KNOWN)
_BEGINNINGS: Final = tuple((re.compile(pattern), champ) for pattern, champ in BEGINNINGS)
#: Fields whose heading may stand above several columns.
_GROUPS: Final = frozenset({Champ.NIVEAUX, Champ.DATES, Champ.CONTACT, Champ.PUBLIC, Champ.ETABLISSEMENT})
#: The words of the longest known heading: a group and what stands under it have no more, each.
_LONGEST: Final = max(len(words.split()) for words in _WORDS)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its position from 0, its heading as written, what it holds, how sure we are.

    ``score`` out of 100; ``remembered``: somebody of the académie said so before.
    """

    position: int
    heading: str
    champ: Champ
    score: float
    remembered: bool = False

    @property
    def letter(self) -> str:
        """The name spreadsheets give it: A, B… AA."""
        return letter(self.position)


def letter(position: int) -> str:
    """Return the letters of the column at ``position`` from 0."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=4096)
def guess(words: str) -> tuple[Champ, float]:
    """Return what a normal heading holds and how sure; IGNORE and 0 when nothing is close."""
    if words in _KNOWN:
        return _KNOWN[words], _EXACT
    if len(words) < _MIN_LETTERS:
        return Champ.IGNORE, 0
    return _under_a_group(words) or _by_its_beginning(words) or _close(words) or (Champ.IGNORE, 0)


def _under_a_group(words: str) -> tuple[Champ, float] | None:
    """« Niveaux concernés » above « Collège », « Dates » above « du »."""
    parts = words.split()
    if len(parts) > 2 * _LONGEST:
        return None
    for cut in range(1, len(parts)):
        group, part = " ".join(parts[:cut]), " ".join(parts[cut:])
        if _KNOWN.get(group) in _GROUPS and part in _KNOWN:
            return _KNOWN[part], _EXACT - 1
    return None


def _by_its_beginning(words: str) -> tuple[Champ, float] | None:
    if len(words.split()) > _MOST_WORDS:
        return None
    return next(((champ, _BEGINS) for pattern, champ in _BEGINNINGS if pattern.match(words)), None)


def _close(words: str) -> tuple[Champ, float] | None:
    """Misspelt: « Descripitf »."""
    found = process.extractOne(words, _WORDS, scorer=fuzz.token_sort_ratio, score_cutoff=CLOSE)
    return (_KNOWN[found[0]], float(found[1])) if found else None


def recognise(headings: Sequence[Cell], remembered: Mapping[str, str] | None = None) -> list[Column]:
    """Return what each column holds. ``remembered``: normal heading to field, from earlier corrections.

    Two columns that hold the same: the surest has it, the first between equals; the other is left aside,
    unless the field may repeat.
    """
    memory = remembered or {}
    columns = []
    for position, cell in enumerate(headings):
        heading = line_of(cell)
        words = normal(heading)
        if words in memory:
            columns.append(Column(position, heading, Champ(memory[words]), _EXACT + 1, remembered=True))
        else:
            champ, score = guess(words)
            columns.append(Column(position, heading, champ, score))
    if not any(column.champ in {Champ.ETABLISSEMENT, Champ.UAI} for column in columns):
        # « Établissement / Ville » alone names the school and its town in one cell
        columns = [
            replace(column, champ=Champ.ETABLISSEMENT)
            if column.champ is Champ.COMMUNE and normal(column.heading).startswith("etablissement")
            else column
            for column in columns
        ]
    best: dict[Champ, Column] = {}
    for column in columns:
        held = best.get(column.champ)
        if held is None or column.score > held.score:
            best[column.champ] = column
    return [
        column
        if column.champ is Champ.IGNORE or column.champ.may_repeat or best[column.champ] is column
        else Column(column.position, column.heading, Champ.IGNORE, 0)
        for column in columns
    ]

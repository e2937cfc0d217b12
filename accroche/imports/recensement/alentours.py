"""What stands around the rows of a table in its sheet: another table, rows that say how to fill it in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from accroche.imports.recensement.champs import CARRIERS, Champ
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.contenu import is_a_school
from accroche.imports.recensement.ecriture import normal
from accroche.imports.recensement.entetes import CLOSE, guess
from accroche.imports.recensement.especes import Espece, espece
from accroche.lib.tableur.cellules import Cell, is_blank, line_of, said
from accroche.lib.texte import liste, pluriel, slug

#: Rows below the headings where one may say what to write.
_FIRST_ROWS: Final = 2
_HALF: Final = 0.5
#: Rows above headings, of as many cells, that are no titles: three are a table.
_SEVERAL_ROWS: Final = 3
_FULL: Final = 3
_SEVERAL: Final = 2
#: Columns named by verbs, from which they say what to write: « Choisir son métier », « Préciser un projet ».
_MANY: Final = 3
#: What a cell begins with that says what to write in its column, as ``slug`` makes words.
_ORDERS: Final = re.compile(
    r"(?:merci-d|veuillez|exemples?(?:-|$)|ex-|format-|liste-deroulante|menu-deroulant|obligatoire$|facultatif$"
    r"|(?:ecrivez|indiquez|donnez|precisez|expliquez|decrivez|choisissez|selectionnez|cochez|renseignez"
    r"|saisissez|nommez|remplissez|mettez|ajoutez|listez|resumez|inscrivez|notez|detaillez|presentez)"
    r"(?:-(?!vous-)|$)"
    # what a column of a form to fill in takes: « Champ texte », « Champ date »
    r"|champ-(?:texte|date|heure|nombre|numerique|binaire|liste|libre|obligatoire|facultatif)(?:-|$))"
)
#: The same, as what an action is for may begin too: « Écrire un roman ».
_VERBS: Final = re.compile(
    r"(?:ecrire|indiquer|preciser|expliquer|decrire|choisir|selectionner|cocher|renseigner|saisir|detailler)-"
)
#: What an action says and nobody writes to say what to write, unless « Ex. : » stands before it.
_FACTS: Final = frozenset({
    *(Espece.DAY, Espece.STAMP, Espece.HOUR, Espece.NUMBER, Espece.MONEY, Espece.POSTAL, Espece.UAI),
    *(Espece.EMAIL, Espece.URL, Espece.PHONE),
})  # fmt: skip
#: What stands in no heading.
_OF_DATA: Final = frozenset({Espece.DAY, Espece.STAMP, Espece.EMAIL, Espece.URL, Espece.PHONE, Espece.UAI})
_OF_HEADINGS: Final = frozenset({Espece.WORDS, Espece.CODE, Espece.TICK})
#: Characters of a heading that is known.
_LONGEST: Final = 60
_WHAT_OR_WHO: Final = CARRIERS | {Champ.TITRE}
_LANGUAGES: Final = frozenset(("langue", "language", "lang", "locale"))
#: Rows of a language, at least, among those that have one; characters of its name.
_SHARE: Final = 0.2
_LONGEST_LANGUAGE: Final = 12


def guides(cells: Iterable[Cell]) -> bool:
    """Whether a row says what to write: « Écrivez un nom court », « Ex. : 8 mars », « Champ texte ».

    Titles may say the same, « Présentez votre métier »: not beside a day, a number or the name of a school.
    """
    filled = [(cell, line_of(cell)) for cell in cells if not is_blank(cell)]
    if any(espece(cell, text) in _FACTS or is_a_school(text) for cell, text in filled):
        return False
    words = [slug(text) for _, text in filled]
    orders = sum(_ORDERS.match(one) is not None for one in words)
    verbs = sum(_VERBS.match(one) is not None for one in words)
    return (orders > 0 or verbs >= _MANY) and _SEVERAL <= orders + verbs >= len(filled) * _HALF


def guides_below(number: int, heading_row: int, cells: Iterable[Cell]) -> bool:
    """Whether a row right below the headings on ``heading_row`` says what to write."""
    return number <= heading_row + _FIRST_ROWS and guides(cells)


def is_a_word(cell: Cell) -> bool:
    """Whether a cell may be a heading: no day, figure, address nor long text."""
    text = line_of(cell)
    what = espece(cell, text)
    return what in _OF_HEADINGS or (what is Espece.DAY and not any(map(str.isdigit, text)))


def are_headings(cells: Sequence[Cell], *, whole: bool = False) -> bool:
    """Whether a row is headings for sure: words, half of them known, of several fields, of what or who.

    ``whole``: all of them are, and they are more than two.
    """
    filled = [cell for cell in cells if not is_blank(cell)]
    if len(filled) < _SEVERAL + whole or not all(
        isinstance(cell, str) and len(cell) < _LONGEST for cell in filled
    ):
        return False
    if not all(map(is_a_word, filled)):
        return False
    known = [champ for champ, score in (guess(normal(line_of(cell))) for cell in filled) if score > CLOSE]
    champs = {*known} - {Champ.IGNORE}
    return (
        len(champs) > _SEVERAL - (len(filled) == _SEVERAL)
        and len(known) >= len(filled) * (1 if whole else _HALF)
        and not champs.isdisjoint(_WHAT_OR_WHO)
    )


def other_tables(
    rows: Sequence[tuple[int, list[Cell]]],
    heading_row: int,
    headings: Sequence[Cell],
) -> list[int]:
    """Return the rows where other tables of a sheet begin: headings above this one’s, or not the same.

    « Café des parents », « Projet », « Lycée », « Commune » are an action: a row of headings says nothing
    that another row says in the same column, and one that nothing parts from the rows above is known whole.
    """
    own = {line_of(cell).casefold() for cell in headings}
    others = [(number, cells) for number, cells in rows if number not in {heading_row - 1, heading_row}]
    parted = frozenset(_parted(rows))
    found = {
        number: cells
        for number, cells in others
        if are_headings(cells, whole=number not in parted)
        and (number < heading_row or not {text for _, text in _texts(cells)} <= own)
    }
    told = Counter(
        text
        for number, cells in others
        if number not in found or number not in parted
        for text in _texts(cells)
    )
    return [
        number
        for number, cells in found.items()
        if all(told[text] <= (number not in parted) for text in _texts(cells))
    ]


def _texts(cells: Sequence[Cell]) -> list[tuple[int, str]]:
    return [(at, line_of(cell).casefold()) for at, cell in said(cells)]


def _parted(rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[int]:
    """The rows below nothing, an empty row or one that says one thing."""
    last, width = -1, 0
    for number, cells in rows:
        if number > last + 1 or width <= 1:
            yield number
        last, width = number, len(said(cells))


def rows_above(above: Sequence[tuple[int, list[Cell]]], headings: Sequence[Cell]) -> list[int]:
    """Return the numbers of rows above headings that may be of a table: half as many cells say something.

    None where they are few: a title, « Fait le », « Nom », « Page », or the upper row of the headings.
    """
    enough = max(_FULL, len(said(headings)) * _HALF)
    full = [number for number, cells in above if len(said(cells)) >= enough]
    return full if len(full) >= _SEVERAL_ROWS else []


def above_told(above: Sequence[tuple[int, list[Cell]]], headings: Sequence[Cell]) -> str:
    """Return what to tell of rows above the headings that look like rows of data; nothing without."""
    full = rows_above(above, headings)
    if not full:
        return ""
    return (
        f"{len(full)} lignes remplies, de la ligne {full[0]} à la ligne {full[-1]}, sont au-dessus des "
        "en-têtes : elles ne sont pas lues. Si ce sont des actions, mettez les en-têtes à la première ligne."
    )


def headless_told(row: int, headings: Sequence[Cell]) -> str:
    """Return what to tell of headings that are a row of data, in a table that has none; nothing of others."""
    especes = {espece(cell, line_of(cell)) for _, cell in said(headings)}
    if especes.isdisjoint(_OF_DATA):
        return ""
    return (
        f"La ligne {row} est lue comme celle des en-têtes, et semble être une action : elle n’est pas "
        "reprise. Si c’en est une, écrivez au-dessus d’elle ce que contient chaque colonne."
    )


def tables_told(others: Sequence[int], heading_row: int) -> str:
    """Return what to tell of other tables of a sheet, and what to do; nothing without."""
    if not others:
        return ""
    what = pluriel(
        len(others), "Un autre tableau commence à la ligne", "D’autres tableaux commencent aux lignes"
    )
    unread = pluriel(len(others), "il n’est pas lu", "ils ne sont pas lus")
    below = "" if max(others) < heading_row else ", ni ce qui est en dessous"
    return (
        f"{what} {liste(str(number) for number in others)} : {unread}{below}. Choisissez-le parmi les "
        "tableaux du fichier pour le lire à la place, ou mettez chaque tableau dans sa feuille."
    )


def headings_told(cells: Sequence[Cell]) -> str:
    """Return the first headings of a table, for who has to know it again."""
    return ", ".join(line_of(cell) for _, cell in said(cells)[:_FULL])


def languages_told(columns: Sequence[Column], rows: Sequence[tuple[int, list[Cell]]]) -> str:
    """Return what to tell of a column that says several languages: an action may be there in each."""
    column = next((one for one in columns if normal(one.heading) in _LANGUAGES), None)
    if column is None:
        return ""
    told = [
        line_of(cells[column.position])
        for _, cells in rows
        if column.position < len(cells) and not is_blank(cells[column.position])
    ]
    several = sorted({one for one in told if told.count(one) >= len(told) * _SHARE})
    if len(several) < _SEVERAL or any(len(one) > _LONGEST_LANGUAGE for one in several):
        return ""
    return (
        f"La colonne {column.letter}, « {column.heading} », dit plusieurs langues "
        f"({liste(f'« {one} »' for one in several)}) : une action écrite dans chacune ferait autant de "
        "fiches. Si c’est le cas, ne gardez que les lignes d’une langue."
    )

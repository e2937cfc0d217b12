"""The columns we write ourselves, and a sheet of the site as their cells: what comes back is compared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from accroche.actions.champs import CHAMPS, Voie
from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.actions.saisie import Contenu
from accroche.annuaire.regles import Niveau
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.columns import Column
from accroche.imports.recensement.informations import BETWEEN, NOTHING, Informations, information_cells
from accroche.imports.recensement.row import LINES
from accroche.imports.recensement.table import Table
from accroche.lib.champs import Genre
from accroche.lib.dates import SHORT_MONTHS
from accroche.lib.tableur.cellules import CELL_TEXT, Cell, cut, is_blank, text_of, writable

#: Our columns, in their order.
_PLACED: Final = (
    Champ.IDENTIFIANT,
    Champ.VERSION,
    Champ.ETAT,
    Champ.TITRE,
    Champ.ETABLISSEMENT,
    Champ.UAI,
    Champ.DEBUT,
    Champ.FIN,
    Champ.LIEU,
    Champ.TEMPORALITE,
    Champ.NIVEAUX,
    Champ.NATURE,
    Champ.THEMES,
    Champ.CLASSES,
    Champ.EFFECTIF,
    Champ.PUBLIC,
    Champ.DESCRIPTION,
    Champ.PARTENAIRES,
    Champ.AUTORITE,
    Champ.CONTACT_PUBLIC,
    Champ.LIENS,
)
_PRIVATE: Final = (Champ.CONTACT, Champ.COURRIEL, Champ.TELEPHONE)
#: The same, with the lines of text that have no place among them, before the private ones.
COLUMNS: Final[tuple[Champ, ...]] = (
    *_PLACED,
    *(champ for champ in LINES if champ not in _PLACED),
    *_PRIVATE,
    # what nothing takes back comes last
    *(champ for champ in Champ if champ.is_information and champ not in _PLACED),
)


def columns(*, private: bool) -> tuple[Champ, ...]:
    """Return our columns, without the private ones for who may not read them."""
    return tuple(champ for champ in COLUMNS if private or not champ.is_private)


def table_of(champs: Sequence[Champ], sheet: str = "") -> Table:
    """Return the table that has these columns, as the reader of rows wants it."""
    return Table(
        sheet, 1, tuple(Column(position, champ.label, champ, 100) for position, champ in enumerate(champs))
    )


#: The columns that hold a text, a day or a number as it is.
_AS_THEY_ARE: Final = {
    Champ(one.cles(Voie.RECENSEMENT)[-1]): one.name
    for one in CHAMPS
    if one.genre in {Genre.TEXT, Genre.DAY, Genre.NUMBER} and one.goes(Voie.RECENSEMENT)
}


def cells_of(content: Contenu, champs: Sequence[Champ], about: Informations = NOTHING) -> list[Cell]:
    """Return the cells of one sheet under ``champs``: days as days, numbers as numbers."""
    told: dict[Champ, Cell] = {
        **information_cells(content, about),
        **{column: getattr(content, name) for column, name in _AS_THEY_ARE.items()},
        Champ.ETABLISSEMENT: BETWEEN.join(
            f"{one.name}, {one.commune}" if one.commune else one.name for one in content.porteurs
        ),
        Champ.UAI: BETWEEN.join(content.schools),
        Champ.TEMPORALITE: Temporalite(content.temporality).label,
        Champ.NIVEAUX: BETWEEN.join(Niveau(code).label for code in content.levels),
        Champ.NATURE: Nature(content.nature).label,
        Champ.THEMES: BETWEEN.join(CodeTheme(code).label for code in content.themes),
        Champ.PARTENAIRES: BETWEEN.join(one.name for one in content.partenaires),
        Champ.LIENS: BETWEEN.join(one.url for one in content.liens),
    }
    return [told[champ] for champ in champs]


#: What parts of a number survive a spreadsheet: « 0612 » becomes 612, a long one « 1,23457E+19 ».
_WHOLE: Final = re.compile(r"(\d+)(?:[.,]0+)?")
_DECIMAL: Final = re.compile(r"\d{1,15}[.,]\d{1,15}")
_ROUNDED: Final = re.compile(r"(\d)(?:[.,](\d+))?E\+?(\d{1,3})", re.IGNORECASE)
#: The apostrophe of ours before what would be a formula, which some programs keep and others take away.
_QUOTES: Final = re.compile(r"\A'+(?=[=+\-@\t\r\n＝＋－＠])")
#: Dates as programs write them out: « 14/03/2027 », « 04-mars ».
_FIGURES: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_IN_WORDS: Final = re.compile(r"(\d{1,2})[-/. ]([a-zéû]{3,5})\.?")
_NUMBERS: Final = re.compile(r"\d{1,4}")
_LONGEST_DAY: Final = 15
#: Columns of days, which JSON holds as texts.
DAYS: Final = (Champ.DEBUT, Champ.FIN, Champ.DECLAREE, Champ.ENVOYEE, Champ.PUBLIEE)
#: The day spreadsheets count from, when a date has lost its format.
_ZERO: Final = dt.date(1899, 12, 30)


def same_cell(cell: Cell, ours: Cell) -> bool:
    """Whether a cell is the one we wrote: without its outer spaces, as a number or a date of its own, cut."""
    if is_blank(ours) and is_blank(cell):
        return True
    if ours is None:
        return False
    if isinstance(ours, dt.date):
        day = _day(ours)
        return _day(cell) == day or text_of(cell).removesuffix(" 00:00:00") in {text_of(day), str(day)}
    told = str(ours)
    text = _bare(cell)
    if text == _bare(writable(told)):
        return True
    if len(told) > CELL_TEXT and text in {_bare(cut(writable(told))), _bare(writable(told)[:CELL_TEXT])}:
        return True
    return text[:1].isdigit() and (_same_number(text, told.strip()) or _became_a_day(text, told))


def _bare(cell: Cell) -> str:
    return _QUOTES.sub("", text_of(cell)) if isinstance(cell, str) else text_of(cell)


def _day(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, int | float) and 0 < cell < 10**6:
        return _ZERO + dt.timedelta(days=int(cell))
    return cell if isinstance(cell, dt.date) else None


def swapped(cell: Cell, ours: Cell) -> bool:
    """Whether a date is ours with its month before its day, as programs of another language save it."""
    found = _FIGURES.fullmatch(text_of(cell)) if isinstance(cell, str | dt.date) else None
    told = _day(ours)
    return bool(found and told) and [*map(int, found.groups())] == [told.month, told.day, told.year]  # type: ignore[union-attr]


def _became_a_day(text: str, told: str) -> bool:
    """Whether a program took « 3/4 », « mars 2027 » or « 2027-03-14 » for a date."""
    if len(told) > _LONGEST_DAY or not (parts := [*map(int, _NUMBERS.findall(told))]):
        return False
    if found := _FIGURES.fullmatch(text):
        one, other, year = map(int, found.groups())
        if len(parts) == 1:  # « mars 2027 »
            return parts == [year] and 1 in {one, other} and not told[0].isdigit()
        return len(parts) in {2, 3} and {one, other} <= {*parts, 1, year} and {*parts} <= {one, other, year}
    found = _IN_WORDS.fullmatch(text)
    return found is not None and parts in (
        [int(found[1]), number]
        for number, month in enumerate(SHORT_MONTHS, start=1)
        if month.rstrip(".") == found[2]
    )


def _same_number(text: str, told: str) -> bool:
    """Whether a number stands for the digits we wrote, once a spreadsheet took them for one."""
    if not told.isdecimal():
        return bool(_DECIMAL.fullmatch(told)) and _shortest(told) == _shortest(text)
    digits = told.lstrip("0")
    if rounded := _ROUNDED.fullmatch(text):
        kept = rounded[1] + (rounded[2] or "")
        size = len(digits) - len(kept)
        if len(digits) != int(rounded[3]) + 1 or size < 0:
            return False
        return bool(abs(int(kept) * 10**size - int(digits)) < 10**size)
    whole = _WHOLE.fullmatch(text)
    return whole is not None and whole[1].lstrip("0") == digits


def _shortest(text: str) -> str:
    return text.replace(",", ".").lstrip("0").rstrip("0").rstrip(".")

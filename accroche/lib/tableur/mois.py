"""Months and years told apart from their days: « mars » beside « 14 », « AVRIL 2027 » above « 9 »."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from accroche.lib.tableur.cellules import Cell, is_blank, line_of, text_of
from accroche.lib.tableur.jetons import A_MONTH
from accroche.lib.tableur.jours import months_named
from accroche.lib.texte import normalised

_SPELT: Final = str.maketrans("‐‑‒–—−’ʼ\u00ab\u00bb", "------''  ")
_ONLY_A_MONTH: Final = re.compile(rf"(?:en |mois de )?{A_MONTH}(?: ?\d{{4}})?")
_A_WEEKDAY: Final = r"(?:(?:lun|mar|mer|jeu|ven|sam|dim)[a-z]{0,5}\.? )?"
#: Days whose month is told elsewhere: « 9 », « lundi 9 », « du 9 au 13 », « 9, 10 et 12 ».
_BARE: Final = re.compile(
    rf"(?:(?:du|les?) )?{_A_WEEKDAY}\d{{1,2}}(?:er)?"
    rf"(?:(?:, ?| ?- ?| au | et )(?:le )?{_A_WEEKDAY}\d{{1,2}}(?:er)?){{0,6}}"
)
_ONLY_A_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_SAYS_A_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d/\d{1,2}/\d{2}(?!\d)")
#: A month, as it is written, that has no year, and a day in figures without one.
_AS_WRITTEN: Final = A_MONTH.replace("fev", "f[ée]v").replace("aout", "ao[uû]t").replace("dec", "d[ée]c")
_NO_YEAR_YET: Final = re.compile(
    rf"(?<![^\W\d_]){_AS_WRITTEN}(?![^\W\d_]|/)"
    r"|(?<=\d)/\d{1,2}(?![^\W_]|/)|(?<=\d)\.(?:0\d|1[0-2])(?![^\W_]|\.)",
    re.IGNORECASE,
)
#: The month of a day in figures that has no year.
_MONTH_IN_FIGURES: Final = re.compile(r"(?<![\d/])\d{1,2} ?/ ?(\d{1,2})(?!\d| ?/)")
_NAMES_A_MONTH: Final = re.compile(rf"(?<![a-z]){A_MONTH}|\d ?/ ?\d|\d{{4}}-\d")


def plain(text: str) -> str:
    """Lower case, no accents, one kind of dash and apostrophe; line ends are kept."""
    told = text.translate(_SPELT).lower()
    if not told.isascii():
        told = "".join(char for char in normalised(told, "NFKD") if not unicodedata.combining(char))
    return "\n".join(" ".join(line.split()) for line in told.split("\n")).strip(" .,;:")


def put_together(cells: Iterable[Cell]) -> Cell:
    """Return as one cell what several columns tell of a date: a month here, days there, hours in a third.

    The order of the columns does not matter: « mars » and « 8, 9 et 10 » are « 8, 9 et 10 mars ». A year told
    apart, or with the month, is the days' own, where they have none.
    """
    told = [cell for cell in cells if not is_blank(cell)]
    years = [line_of(cell) for cell in told if _ONLY_A_YEAR.fullmatch(line_of(cell))]
    if not years or len(told) == len(years):
        return _with_months(told)
    whole = _with_months([cell for cell in told if line_of(cell) not in years])
    return _of_year(whole, years[0]) if len(years) == 1 else whole


def is_a_month(cell: Cell) -> bool:
    """Whether a cell is a month, with its year or not, or a year, as lists write them above their days."""
    if is_blank(cell) or isinstance(cell, dt.date):
        return False
    text = line_of(cell)
    return bool(_ONLY_A_YEAR.fullmatch(text) or _ONLY_A_MONTH.fullmatch(plain(text)))


def says_a_year(cell: Cell) -> bool:
    """Whether a date says its year, as a day of the spreadsheet's own does."""
    return not isinstance(cell, str) or _SAYS_A_YEAR.search(line_of(cell)) is not None


class Above:
    """A month or a year written once above days that say no year: « Janvier 2026 », « 31 janvier ».

    It is theirs when they name that very month, or any under a year alone, or are bare, « 9 », under a month;
    bare days are of it until a row names another month, and then of neither for sure.
    """

    def __init__(self, cell: Cell) -> None:
        """It was just read."""
        self.cell = cell
        self._left = False

    def of_these(self, days: Sequence[Cell]) -> list[bool]:
        """Say of each day of the next row whether it is of this month or year."""
        found = [_is_of(self.cell, day) for day in days]
        if not any(found) and any(map(self._is_left_by, days)):
            self._left = True
        return [
            (one and not (self._left and _is_bare(day))) or _is_next(self.cell, day)
            for one, day in zip(found, days, strict=True)
        ]

    def _is_left_by(self, days: Cell) -> bool:
        month, named = _months_in(self.cell), frozenset[int]() if is_blank(days) else _months_in(days)
        return bool(month and named) and month.isdisjoint(named)


def _is_of(above: Cell, days: Cell) -> bool:
    if is_blank(above) or is_blank(days) or isinstance(days, dt.date) or _SAYS_A_YEAR.search(line_of(days)):
        return False
    only_a_year = _ONLY_A_YEAR.fullmatch(line_of(above)) is not None
    if _is_bare(days):
        return not only_a_year
    named = _months_in(days)
    return bool(named) and (only_a_year or named == _months_in(above))


def _is_next(above: Cell, days: Cell) -> bool:
    """« 2 février » at the end of « JANVIER 2026 » is of that year; « 2 janvier » under December is not."""
    if is_blank(days) or isinstance(days, dt.date) or not says_a_year(above) or says_a_year(days):
        return False
    months = _months_in(above)
    return len(months) == 1 and _months_in(days) == {month + 1 for month in months}


def _is_bare(days: Cell) -> bool:
    return not is_blank(days) and _BARE.fullmatch(plain(line_of(days))) is not None


def _months_in(cell: Cell) -> frozenset[int]:
    """The months that a date names, in words or in figures."""
    if isinstance(cell, dt.date):
        return frozenset({cell.month})
    text = plain(line_of(cell))
    return months_named(text) | set(map(int, _MONTH_IN_FIGURES.findall(text)))


def _with_months(told: list[Cell]) -> Cell:
    if len(told) == 1:
        return told[0]
    months = [cell for cell in told if _ONLY_A_MONTH.fullmatch(plain(line_of(cell)))]
    rest = [text_of(cell) for cell in told if cell not in months]
    if len(months) == 1 and rest and not any(_NAMES_A_MONTH.search(plain(text)) for text in rest):
        days = next((text for text in rest if re.match(r"\D*\d{1,2}(?! ?[h:\d])", text)), "")
        if days:
            others = [text for text in rest if text is not days]
            return " ; ".join([f"{days} {line_of(months[0])}", *others])
    if len(months) == 1 and rest and any(_NAMES_A_MONTH.search(plain(text)) for text in rest):
        # the days name their month themselves; « Janvier 2026 » beside « 31 janvier » has their year
        year = _SAYS_A_YEAR.search(line_of(months[0]))
        return " ; ".join(text_of(_of_year(text, year[0])) if year else text for text in rest)
    return " ; ".join([*map(text_of, months), *rest])


def _of_year(cell: Cell, year: str) -> Cell:
    """A date with the year it does not say: « 31 janvier » is « 31 janvier 2026 »."""
    text = line_of(cell)
    if not isinstance(cell, str) or _SAYS_A_YEAR.search(text):
        return cell
    return _NO_YEAR_YET.sub(
        lambda found: f"{found[0]}{found[0][0] if found[0][0] in '/.' else ' '}{year}", text
    )

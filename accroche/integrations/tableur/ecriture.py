"""Spreadsheets out: a typed, frozen, filterable workbook with a sheet that explains it; or CSV."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from accroche.lib.tableur.cellules import Cell, cut, neutral, writable

_SHEET_NAME: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_WIDE: Final = 45
_NARROW: Final = 14
_FIRST_DAY: Final = dt.date(1900, 3, 1)  # before it, spreadsheets disagree on what a number is


@dataclass(frozen=True, slots=True)
class Feuille:
    """One sheet: its headings, then its rows, taken one by one. ``wide``: columns of long texts."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    wide: frozenset[int] = frozenset()
    hidden: bool = False


def write_xlsx(path: Path, sheets: Iterable[Feuille], explanation: Sequence[Sequence[str]] = ()) -> None:
    """Write a workbook, in bounded memory however many rows there are.

    ``explanation``: the rows of a sheet « Lisez-moi », put after the tables; the first is its title.
    """
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#E6EBF6", "bottom": 1, "text_wrap": True}),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        # tells spreadsheets that the text is a text, even once somebody edits the cell
        "quoted": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    taken: set[str] = set()
    for feuille in sheets:
        sheet = book.add_worksheet(_free_name(feuille.name, taken))
        _fill(sheet, feuille, styles)
        if feuille.hidden:
            sheet.very_hidden()
    if explanation:
        sheet = book.add_worksheet("Lisez-moi")
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 90)
        for number, row in enumerate(explanation):
            for column, text in enumerate(row):
                sheet.write_string(number, column, _text(text), styles["text" if number else "title"])
    book.close()


def _free_name(name: str, taken: set[str]) -> str:
    base = _FORBIDDEN.sub(" ", name).strip(" '")[:_SHEET_NAME] or "Feuille"
    found, rank = base, 1
    while found.lower() in taken | {"history", "lisez-moi"}:
        rank += 1
        found = f"{base[: _SHEET_NAME - 4]} {rank}"
    taken.add(found.lower())
    return found


def _fill(sheet: Any, feuille: Feuille, styles: dict[str, Any]) -> None:
    for column, heading in enumerate(feuille.headings):
        sheet.set_column(column, column, _WIDE if column in feuille.wide else max(_NARROW, len(heading) + 4))
    for column, heading in enumerate(feuille.headings):
        sheet.write_string(0, column, _text(heading), styles["head"])
    last = 0
    for last, row in enumerate(feuille.rows, start=1):
        for column, cell in enumerate(row):
            _write(sheet, last, column, cell, styles)
    sheet.freeze_panes(1, 0)
    if feuille.headings:
        sheet.autofilter(0, 0, last, len(feuille.headings) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Any, row: int, column: int, cell: Cell, styles: dict[str, Any]) -> None:
    """Never the library's own ``write``, which would make formulas and links out of texts."""
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float) and abs(cell) < 10**15:
        sheet.write_number(row, column, cell)
    elif isinstance(cell, dt.date) and _day(cell) >= _FIRST_DAY:
        sheet.write_datetime(row, column, _day(cell), styles["date"])
    else:
        text = _text(cell)
        sheet.write_string(row, column, text, styles["quoted" if neutral(text) != text else "text"])


def _day(cell: dt.date) -> dt.date:
    return cell.date() if isinstance(cell, dt.datetime) else cell


def _text(cell: object) -> str:
    return cut(writable(str(cell)))


def csv_lines(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield a CSV line by line: a mark for Excel, semicolons, ISO days, texts that no spreadsheet runs."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([neutral(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([_csv_cell(cell) for cell in row])


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        # the one way of writing a day that no spreadsheet reads with its month first
        return _day(cell).isoformat()
    return neutral(writable(cell)) if isinstance(cell, str) else str(cell)


class _Echo:
    """What a CSV writer writes to, when the line itself is wanted."""

    def write(self, line: str) -> str:
        return line

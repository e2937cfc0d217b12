"""The workbook: a sheet that explains, then one typed, filterable sheet per table."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter

from accroche.lib.dates import format_date
from accroche.lib.texte import nombre, pluriel
from accroche.publications.renderers.data import rows
from accroche.publications.renderers.data.tables import ABSENT_NOTE, FORMULA_NOTE, LICENCE, TYPE_WORDS, said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accroche.publications.outline import DataField, DataTable, Document, Value

# Limits of the XLSX format.
_SHEET_NAME: Final = 31
_WIDTHS: Final = (9, 60)
_A4: Final = 9
_MANY_ROWS: Final = 20_000
#: Rows that decide how wide a column is.
_MEASURED: Final = 5_000


def write(document: Document, names: tuple[str, ...], path: Path) -> None:
    """Write the workbook of the tables of ``document``."""
    many = sum(len(table.rows) for table in document.data) > _MANY_ROWS
    # many rows go to the file as they come; few share their texts, which spreadsheets prefer
    book = xlsxwriter.Workbook(str(path), {"constant_memory": many})
    # The library stamps the clock when no date is given.
    book.set_properties(
        {
            "title": rows.cell_text(document.title),
            "subject": rows.cell_text(document.subtitle),
            "author": rows.cell_text(document.organisation),
            "company": rows.cell_text(document.organisation),
            "comments": f"Version {rows.cell_text(document.version)}. {_terms(document)}.",
            "created": dt.datetime.combine(document.date, dt.time(), tzinfo=dt.UTC).replace(tzinfo=None),
        }
    )
    styles = {
        "title": book.add_format({"bold": True, "font_size": 16, "font_color": "#22387A"}),
        "head": book.add_format(
            {
                "bold": True,
                "bg_color": "#E6EBF6",
                "font_color": "#22387A",
                "bottom": 1,
                "valign": "top",
                "text_wrap": True,
            }
        ),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "number": book.add_format({"valign": "top"}),
        "date": book.add_format({"valign": "top", "num_format": "dd/mm/yyyy", "align": "left"}),
        "link": book.add_format({"valign": "top", "underline": 1, "font_color": "#22387A"}),
    }
    titles = _sheet_titles(names)
    _read_me(book.add_worksheet("Lisez-moi"), document, titles, styles)
    for title, table in zip(titles, document.data, strict=True):
        _table_sheet(book.add_worksheet(title), table, styles)
    book.close()


def _sheet_titles(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return sheet names short enough and unique; they are slugs, hence free of forbidden characters."""
    titles: list[str] = []
    for name in names:
        # « history » is reserved by Excel, and the first sheet has its name already.
        title = name[:_SHEET_NAME]
        rank = 1
        while title in {*titles, "history", "lisez-moi"}:
            rank += 1
            title = f"{name[: _SHEET_NAME - 4]}-{rank}"
        titles.append(title)
    return tuple(titles)


def _rows(count: int) -> str:
    return f"{nombre(count)} {pluriel(count, 'ligne', 'lignes')}"


def _terms(document: Document) -> str:
    return LICENCE["title"] if document.is_public else "Document de travail, à ne pas diffuser"


def _read_me(sheet: Any, document: Document, titles: tuple[str, ...], styles: dict[str, Any]) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 26)
    sheet.set_column(2, 2, 16)
    sheet.set_column(3, 3, 70)
    sheet.write_string(0, 0, rows.cell_text(document.title), styles["title"])
    lines = (
        document.subtitle,
        f"{document.organisation} – version {document.version}, {format_date(document.date)}",
        f"{LICENCE['title']} ({LICENCE['path']})" if document.is_public else _terms(document),
        "",
        document.abstract,
        *said(document),
        "",
        "Chaque onglet est une table : une ligne d’en-tête, puis une ligne par enregistrement.",
        ABSENT_NOTE,
        "Un chiffre donné comme « au moins 30 », « environ 30 » ou « N.C. » reste un texte.",
        FORMULA_NOTE,
    )
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, rows.cell_text(line))
    start = len(lines) + 2
    for column, label in enumerate(("Onglet", "Colonne", "Type", "Ce qu’elle contient")):
        sheet.write_string(start, column, label, styles["head"])
    row = start
    for title, table in zip(titles, document.data, strict=True):
        row += 1
        sheet.write_url(row, 0, f"internal:'{title}'!A1", styles["link"], title)
        told = rows.cell_text(f"{table.title} ({_rows(len(table.rows))})")
        sheet.write_string(row, 3, told, styles["text"])
        for field in table.fields:
            row += 1
            sheet.write_string(row, 1, rows.cell_text(field.name), styles["text"])
            sheet.write_string(row, 2, TYPE_WORDS[field.type], styles["text"])
            sheet.write_string(row, 3, rows.cell_text(field.description), styles["text"])


def _table_sheet(sheet: Any, table: DataTable, styles: dict[str, Any]) -> None:
    for column, field in enumerate(table.fields):
        sheet.write_string(0, column, rows.cell_text(field.name), styles["head"])
        sheet.set_column(column, column, _width(table, column))
    if sheet.constant_memory:
        rows.stream(sheet, table, styles)
    else:
        _cells(sheet, table, styles)
    sheet.freeze_panes(1, 1)
    if table.fields:
        sheet.autofilter(0, 0, len(table.rows), len(table.fields) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _cells(sheet: Any, table: DataTable, styles: dict[str, Any]) -> None:
    for row, values in enumerate(table.rows, start=1):
        for column, (field, value) in enumerate(zip(table.fields, values, strict=True)):
            if value is not None and value != "":  # nothing is an empty cell, as it is nowhere a zero
                method, typed, style = _typed(sheet, field, value)
                method(row, column, typed, styles[style])


def _typed(sheet: Any, field: DataField, value: Value) -> tuple[Callable[..., Any], object, str]:
    """Return how to write ``value``: the method, what it takes, the style.

    Never the method ``write``, which would make formulas and links out of texts.
    """
    if isinstance(value, bool):
        return sheet.write_boolean, value, "text"
    if isinstance(value, int | float):
        return sheet.write_number, value, "number"
    if value is not None and field.type == "date":
        return sheet.write_datetime, dt.date.fromisoformat(value), "date"
    return sheet.write_string, rows.cell_text(value or ""), "text"


def _width(table: DataTable, column: int) -> int:
    seen = islice(table.rows, _MEASURED)
    longest = max((len(str(row[column])) for row in seen if row[column] is not None), default=0)
    least, most = _WIDTHS
    # Room for the filter button beside the name.
    return max(least, len(table.fields[column].name) + 4, min(most, longest + 2))

"""The rows of a long table, written into a worksheet as text: the library takes a second for ten thousand.

It keeps the rows of a worksheet in a file of their own when it is asked for constant memory. This writes
there; all else of the workbook is the library's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_col_to_name

from accroche.lib.signes import lisible

if TYPE_CHECKING:
    from accroche.publications.outline import DataField, DataTable, Value

#: Limit of the format, in characters of a cell.
CELL_TEXT: Final = 32_767
#: Day 0 of spreadsheets.
_EPOCH: Final = dt.date(1899, 12, 30)
#: What the format would read as a code for another character.
_CODE: Final = re.compile("(_x[0-9a-fA-F]{4}_)")

#: Texts up to this long are codes, kinds and names, which come again.
_SHORT: Final = 24

Write = Callable[[int, Any], str]


def cell_text(text: str) -> str:
    """Return a text as a cell may hold it."""
    text = lisible(text)
    return text if len(text) <= CELL_TEXT else text[: CELL_TEXT - 1] + "…"


def stream(sheet: Any, table: DataTable, formats: Mapping[str, Any]) -> None:
    """Write the rows of ``table`` under the heading of a worksheet that keeps none in memory.

    ``formats``: of texts, numbers and days.
    """
    last = len(table.rows)
    if not last:
        return
    styles = {name: one._get_xf_index() for name, one in formats.items()}  # noqa: SLF001 - their numbers
    sheet._write_single_row(last)  # noqa: SLF001 - the heading leaves, and the last row is the next
    columns = [_column(xl_col_to_name(n), field, styles) for n, field in enumerate(table.fields)]
    write = sheet.row_data_fh.write
    for number, values in enumerate(table.rows, start=2):
        cells = (
            column(number, value)
            for column, value in zip(columns, values, strict=True)
            if value is not None and value != ""
        )
        write(f'<row r="{number}">{"".join(cells)}</row>')
    sheet.dim_rowmax = last


def _text(value: str) -> str:
    told = escape(cell_text(value), quote=False)
    if "_x" in told:
        told = _CODE.sub(r"_x005F\1", told)
    space = ' xml:space="preserve"' if told[:1].isspace() or told[-1:].isspace() else ""
    return f"<t{space}>{told}</t>"


_short = lru_cache(8192)(_text)


def _column(name: str, field: DataField, styles: Mapping[str, int]) -> Write:
    """Return what writes a cell of a column, at a row counted from 1."""
    text, number = styles["text"], styles["number"]

    def boolean(row: int, value: Value) -> str:
        return f'<c r="{name}{row}" s="{text}" t="b"><v>{int(bool(value))}</v></c>'

    def numeric(row: int, value: Value) -> str:
        return f'<c r="{name}{row}" s="{number}"><v>{value!r}</v></c>'

    def day(row: int, value: str) -> str:
        serial = (dt.date.fromisoformat(value) - _EPOCH).days
        return f'<c r="{name}{row}" s="{styles["date"]}"><v>{serial}</v></c>'

    def string(row: int, value: str) -> str:
        told = _short(value) if len(value) <= _SHORT else _text(value)
        return f'<c r="{name}{row}" s="{text}" t="inlineStr"><is>{told}</is></c>'

    return {"boolean": boolean, "integer": numeric, "number": numeric, "date": day}.get(field.type, string)

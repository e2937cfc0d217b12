"""The merged cells of an OpenDocument sheet, which the library that reads its values does not tell."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from accroche.integrations.tableur.controle import MEGABYTE

#: First and last row and column of a merged range, from 0, as the library tells those of Excel.
Range: TypeAlias = tuple[tuple[int, int], tuple[int, int]]

_BLOCK: Final = MEGABYTE
_MARK: Final = re.compile(
    rb'<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])((?:[^<>"]|"[^"]*")*)>'
)
_NUMBER: Final = rb'="(\d{1,7})"'
_REPEATED: Final = {
    b"rows": re.compile(b"number-rows-repeated" + _NUMBER),
    b"columns": re.compile(b"number-columns-repeated" + _NUMBER),
}
_SPANNED: Final = {
    b"rows": re.compile(b"number-rows-spanned" + _NUMBER),
    b"columns": re.compile(b"number-columns-spanned" + _NUMBER),
}
_NAME: Final = re.compile(rb'table:name="([^"]*)"')


def merged_ranges(source: Path) -> dict[str, list[Range]]:
    """Return the merged ranges of each sheet of an ODS, by its name; in bounded memory."""
    found: dict[str, list[Range]] = {}
    name, row, next_row, column = "", 0, 0, 0
    for mark, attributes in _marks(source):
        if mark == b"table":
            told = _NAME.search(attributes)
            name, row, next_row = html.unescape(told[1].decode()) if told else "", 0, 0
        elif mark == b"table-row":
            row, column = next_row, 0
            next_row = row + _count(_REPEATED[b"rows"], attributes)
        else:
            down = _count(_SPANNED[b"rows"], attributes)
            across = _count(_SPANNED[b"columns"], attributes)
            if mark == b"table-cell" and (down > 1 or across > 1):
                ends = (row + down - 1, column + across - 1)
                found.setdefault(name, []).append(((row, column), ends))
            column += _count(_REPEATED[b"columns"], attributes)
    return found


def _count(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    told = pattern.search(attributes)
    return max(int(told[1]), 1) if told else 1


def _marks(source: Path) -> Iterator[tuple[bytes, bytes]]:
    """The marks of sheets, rows and cells of the content, in their order."""
    with zipfile.ZipFile(source) as archive, archive.open("content.xml") as file:
        rest = b""
        while block := file.read(_BLOCK):
            text = rest + block
            # a mark cut between two blocks is seen whole with the second
            cut = text.rfind(b"<")
            text, rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
            for found in _MARK.finditer(text):
                yield found[1], found[2]
        for found in _MARK.finditer(rest):
            yield found[1], found[2]

"""Run as a program: reads one file into a spool of lines, in bounded memory, time and disk.

``python -m accroche.integrations.tableur.lecteur KIND FILE SPOOL``. The spool is JSON lines: an object for
each sheet, then a list for each row that says something: its number, then its cells; a day is a list of
one text. A last object tells how many cells had their accents encoded twice, which are mended, with one
of them. What goes wrong is told on standard output as the last line, and by the exit status.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import math
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from accroche.integrations.tableur import texte
from accroche.integrations.tableur.controle import MEGABYTE, FileKind, RefusedError
from accroche.integrations.tableur.fusions import Range, merged_ranges
from accroche.lib.mojibake import mended

#: Address space, processor seconds and written bytes of one reading; measured in docs/adr/0015.
MEMORY: Final = 1536 * MEGABYTE
SECONDS: Final = 60
DISK: Final = 1024 * MEGABYTE
#: Rows that say something, columns, and sheets: more is another thing than a census.
MAX_ROWS: Final = 250_000
MAX_COLUMNS: Final = 300
MAX_SHEETS: Final = 100
_REFUSED: Final = 3
#: What the process says when it is not the file that is at fault, but the disk.
NO_ROOM: Final = 4
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
_HIDDEN_COLUMN: Final = re.compile(
    rb"<col\b[^<>]*\bhidden=\"(?:1|true)\"|<table:table-column\b[^<>]*visibility"
)
_HIDDEN_ROW: Final = re.compile(
    rb"<row\b[^<>]*\bhidden=\"(?:1|true)\"|<table:table-row\b[^<>]*visibility=\"(?:collapse|filter)\""
)
_BLOCK: Final = MEGABYTE
#: Characters of a mended cell that are shown.
_SHOWN: Final = 40


def main() -> int:
    """Read, and tell: 0 when done, 3 when refused with the reason as the last line, 4 on a full disk."""
    kind, source, spool = FileKind(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (DISK, DISK))
    try:
        with spool.open("w", encoding="utf-8") as out:
            sheets = _csv(source) if kind is FileKind.CSV else _workbook(source, kind)
            _write(sheets, out)
    except RefusedError as error:
        sys.stdout.write(f"{error}\n")
        return _REFUSED
    except OSError as error:
        if error.errno not in _FULL:
            raise
        return NO_ROOM
    return 0


def _write(sheets: Iterable[tuple[dict[str, Any], Iterable[tuple[int, list[Any]]]]], out: Any) -> None:
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_encoded).encode
    total = twice = 0
    example: tuple[str, str] = ("", "")
    for head, rows in sheets:
        out.write(encode(head) + "\n")
        for number, row in rows:
            while row and _is_blank(row[-1]):
                row.pop()
            if not row:
                continue
            total += 1
            if total > MAX_ROWS:
                raise RefusedError(
                    f"Ce fichier compte plus de {MAX_ROWS} lignes remplies : partagez-le en plusieurs."
                )
            if len(row) > MAX_COLUMNS:
                raise RefusedError(
                    f"La ligne {number} a plus de {MAX_COLUMNS} colonnes : retirez celles qui ne servent pas."
                )
            for told in _mend(row):
                twice, example = twice + 1, example if twice else told
            out.write(encode([number, *row]) + "\n")
    if not total:
        raise RefusedError(
            "Ce fichier ne contient aucune ligne remplie. Vérifiez que c’est le bon, et que votre tableau y "
            "est bien enregistré."
        )
    if twice:
        out.write(encode({"mended": twice, "before": example[0], "after": example[1]}) + "\n")


def _mend(row: list[Any]) -> Iterator[tuple[str, str]]:
    """Mend the accents of a row encoded twice; yield the beginning of each such cell, before and after."""
    for position, cell in enumerate(row):
        if isinstance(cell, str) and not cell.isascii() and (right := mended(cell)) != cell:
            row[position] = right
            yield cell[:_SHOWN], right[:_SHOWN]


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


@lru_cache(maxsize=512)
def _encoded(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return [value.date().isoformat() if value.time() == dt.time() else value.isoformat()]
    if isinstance(value, dt.date):
        return [value.isoformat()]
    return str(value)


def _csv(source: Path) -> Iterator[tuple[dict[str, Any], Iterable[tuple[int, list[Any]]]]]:
    yield {"sheet": "", "visible": True, "csv": True}, enumerate(texte.rows(source), start=1)


def _workbook(
    source: Path, kind: FileKind
) -> Iterator[tuple[dict[str, Any], Iterable[tuple[int, list[Any]]]]]:
    try:
        book = CalamineWorkbook.from_path(source)
        if len(book.sheets_metadata) > MAX_SHEETS:
            raise RefusedError(  # noqa: TRY301 - let through just below
                f"Ce classeur compte {len(book.sheets_metadata)} feuilles : gardez celles du recensement."
            )
        hidden = _hidden(source, kind)
        merged = merged_ranges(source) if hidden.pop("spans") else {}
        for meta in book.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            visible = meta.visible is SheetVisibleEnum.Visible
            ranges = sheet.merged_cell_ranges or merged.get(meta.name) or []
            yield {"sheet": meta.name, "visible": visible, **hidden}, _rows(sheet, ranges)
    except RefusedError:
        raise
    except MemoryError:
        raise
    except BaseException as error:  # what a Rust library panics with is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise RefusedError(
            "Ce fichier ne se lit pas : ouvrez-le dans votre tableur, enregistrez-le de nouveau, puis "
            "recommencez."
        ) from error


def _rows(sheet: CalamineSheet, ranges: Iterable[Range]) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a sheet from its column A, what is merged repeated in each of its cells."""
    if sheet.start is None:
        return
    _, first_column = sheet.start
    merged: dict[int, list[tuple[int, int, int, int]]] = {}
    for (top, left), (bottom, right) in ranges:
        if bottom - top < MAX_ROWS and right - left < MAX_COLUMNS:
            merged.setdefault(top, []).append((top, left, bottom, right))
    open_ranges: list[tuple[int, int, int, Any]] = []
    margin = [""] * first_column
    # rows come from the first of the sheet, cells from the first column that says something
    for row_number, cells in enumerate(sheet.iter_rows()):
        row = margin + [_clean(cell) if type(cell) is float else cell for cell in cells]
        for _, left, bottom, right in merged.get(row_number, ()):
            if left < len(row) and row[left] not in ("", None):
                open_ranges.append((left, bottom, right, row[left]))
        if open_ranges:
            for left, _, right, value in open_ranges:
                row += [""] * (right + 1 - len(row))
                row[left : right + 1] = [value] * (right + 1 - left)
            open_ranges = [one for one in open_ranges if one[1] > row_number]
        yield row_number + 1, row


def _clean(cell: float) -> Any:
    return cell if math.isfinite(cell) else ""


def _hidden(source: Path, kind: FileKind) -> dict[str, Any]:
    """How many columns and rows somebody hid, in all sheets: they are read, and it is said.

    ``spans``: whether an ODS may have merged cells, which then are looked for.
    """
    columns = rows = 0
    spans = False
    with zipfile.ZipFile(source) as archive:
        for part in archive.infolist():
            if (kind is FileKind.XLSX and not part.filename.startswith("xl/worksheets/sheet")) or (
                kind is FileKind.ODS and part.filename != "content.xml"
            ):
                continue
            with archive.open(part) as file:
                rest = b""
                while block := file.read(_BLOCK):
                    text = rest + block
                    # a mark cut between two blocks is seen whole with the second
                    cut = text.rfind(b"<")
                    text, rest = (text[:cut], text[cut:]) if cut > 0 else (text, b"")
                    if b"hidden=" in text or b"visibility" in text:  # few files have any
                        columns += len(_HIDDEN_COLUMN.findall(text))
                        rows += len(_HIDDEN_ROW.findall(text))
                    spans = spans or (kind is FileKind.ODS and b"-spanned=" in text)
    return {"hidden_columns": columns, "hidden_rows": rows, "spans": spans}


if __name__ == "__main__":
    sys.exit(main())

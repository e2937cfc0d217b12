"""CSV as people send it: found encoding, found separator, rows one by one."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from accroche.integrations.tableur.controle import ADVICE, RefusedError
from accroche.lib.tableur.cellules import bound_csv_cells

_BLOCK: Final = 64 * 1024
_SEPARATORS: Final = ";,\t|"
#: Those that sentences hold as well.
_OF_PROSE: Final = ",|"
#: What programs write where there is nothing: « NULL » would be a commune.
_NOTHING: Final = frozenset(("NULL", "null", "NaN", "nan", "<NA>", "#N/A", "#N/D", "undefined"))


def rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows. Raise :class:`RefusedError` when this is no CSV."""
    encoding = encoding_of(path)
    # bytes that Windows-1252 leaves undefined become what Latin-1 calls them
    errors = "latin1" if encoding == "cp1252" else "strict"
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        sample = file.read(_BLOCK)
        separator = separator_of(sample)
        style = _style(sample, separator)
        _check_columns(sample, style)
        file.seek(0)
        bound_csv_cells()
        taken: list[str] = []
        reader = csv.reader(_noted(file, taken), **style)
        first = True
        try:
            for row in reader:
                # a quote that nobody closed ends at the next one, rows below: they would be lost in one cell
                if len(taken) > 1:
                    _check_quotes(taken, style)
                taken.clear()
                if first and len(row) == 1 and row[0].lower().startswith("sep="):
                    continue
                if first and row:
                    row[0] = row[0].removeprefix("\ufeff")
                first = False
                yield row if _NOTHING.isdisjoint(row) else ["" if cell in _NOTHING else cell for cell in row]
        except (csv.Error, UnicodeError) as error:
            raise RefusedError(
                f"La ligne {reader.line_num} de ce fichier ne se lit pas : un guillemet n’y est peut-être "
                "pas refermé. Ouvrez-le dans votre tableur et enregistrez-le au format .xlsx."
            ) from error


def _noted(file: Iterable[str], taken: list[str]) -> Iterator[str]:
    """The lines of a file, each noted in ``taken``; a zero is left by programs that count wrong."""
    for line in file:
        told = line.replace("\0", "")
        taken.append(told)
        yield told


def _style(sample: str, separator: str) -> dict[str, Any]:
    """How the cells are parted; quotes behind a space open a cell only where each such cell is whole.

    « a; "b" » is what programs write; « a; "Le Cid" au collège » is what people do, quotes and all.
    """
    sign = re.escape(separator)
    opened = len(re.findall(rf'{sign} +"', sample))
    whole = len(re.findall(rf'{sign} +"(?:[^"]|"")*+"(?= *(?:{sign}|[\r\n]|\Z))', sample))
    return {"delimiter": separator, "skipinitialspace": 0 < opened == whole}


def _check_quotes(lines: list[str], style: dict[str, Any]) -> None:
    """Refuse a row of several lines that is not one to who reads strictly. Raise ``csv.Error``."""
    sign = re.escape(style["delimiter"])
    text = re.sub(rf'" +(?={sign}|[\r\n])', '"', "".join(lines))
    deque(csv.reader(io.StringIO(text, newline=""), strict=True, **style), maxlen=0)


def encoding_of(path: Path) -> str:
    """Return how a text file is encoded: UTF-8 or UTF-16 (with or without mark), else Windows-1252."""
    with path.open("rb") as file:
        head = file.read(_BLOCK)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("latin1", _as_latin1)


def _check_columns(sample: str, style: dict[str, Any]) -> None:
    """Refuse prose: nothing parts its lines, or commas part them anyhow. Raise :class:`RefusedError`."""
    lines: Counter[int] = Counter()
    tables: set[int] = set()
    with suppress(csv.Error):  # the reader says where
        for row in csv.reader(_lines_of(sample), **style):
            filled = sum(bool(cell.strip()) for cell in row)
            if filled:
                lines[len(row)] += 1
            if filled > 1:
                tables.add(len(row))
    same = max((lines[width] for width in tables), default=0)
    # titles stand above a table; nobody writes prose with tabs
    if lines and same * (2 if style["delimiter"] in _OF_PROSE else lines.total()) < lines.total():
        raise RefusedError(f"Ce fichier est un texte, pas un tableau : il n’a pas de colonnes. {ADVICE}")


def _lines_of(sample: str) -> io.StringIO:
    """The lines of a text, whatever ends them: some end on a carriage return alone."""
    return io.StringIO(sample.replace("\0", ""), newline="")


def separator_of(sample: str) -> str:
    """Return the character that parts the cells: the one that parts most of the rows in the same number.

    Most, and not many: a cell of ten lines is ten rows to a character that stands inside it. Rows may also be
    cut short behind their headings, which are then the widest.
    """
    best, separator = (0.0, 0, 0), ";"
    for candidate in _SEPARATORS:
        try:
            parted = csv.reader(_lines_of(sample), **_style(sample, candidate))
            widths = [len(row) for row in parted if row]
        except csv.Error:
            continue
        same = [(lines, width) for width, lines in Counter(widths).items() if width > 1]
        if same:
            lines, width = max(same)
            if (found := (max(lines, _cut_short(widths)) / len(widths), lines, width)) > best:
                best, separator = found, candidate
    return separator


def _cut_short(widths: list[int]) -> int:
    """How many rows stand under the widest and have several cells, when all of them do; else none."""
    under = widths[widths.index(max(widths)) :]
    return len(under) if min(under) > 1 else 0

"""What a cell of a spreadsheet holds, and how it reads as text, as a number, as one of several answers.

Also the writing side: a text that a spreadsheet would run as a formula is neutralised, and back.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from accroche.lib.dates import format_figures
from accroche.lib.texte import plain_separators

#: The longest cell of a CSV file that is taken, in characters: an action's whole text fits a hundred times.
LONGEST_CELL: Final = 200_000
#: What a cell holds once read: formulas are their result, errors and blanks are None.
Cell: TypeAlias = str | int | float | bool | dt.date | dt.datetime | None

#: Characters that XML, CSV and databases refuse, and those nobody sees; line breaks are kept.
_JUNK: Final = re.compile(
    "[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200d\u2060\ufeff\ud800-\udfff\ufffe\uffff]"
)
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NEUTRALISED: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_NOTHING: Final = frozenset({"", "-", "–", "—", "/", "."})
_NUMBER: Final = re.compile(r"\D{0,20}?(\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d+)(?:[.,]0+)?(?!\d)")
#: What workbooks cannot hold, and how many characters a cell of theirs takes.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
CELL_TEXT: Final = 32_767
#: A million is absurd; Python itself refuses to read a number of thousands of digits.
_MOST_DIGITS: Final = 6
_SEVERAL: Final = re.compile(r"(?:(?<!\s)\s+)?[;\n|•●▪]\s*|(?<!\s)\s+/\s+")


def text_of(cell: Cell) -> str:
    """Return a cell as one clean text: no outer spaces, no invisible characters, line breaks kept.

    Whole numbers lose the « .0 » spreadsheets give them; a day is written 14/03/2016.
    """
    # most cells: what is printable has neither another blank than the space, nor anything refused
    if type(cell) is str and cell.isprintable():
        return cell if "  " not in cell and cell[:1] != " " != cell[-1:] else " ".join(cell.split())
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else str(cell)
    if isinstance(cell, dt.date):  # a datetime is one
        return format_figures(cell)
    # a line that Word ends without ending the paragraph
    written = str(cell).replace("\v", "\n")
    lines = _JUNK.sub("", plain_separators(written)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def bound_csv_cells() -> None:
    """Have CSV readers refuse an endless cell, with ``csv.Error``: before each file that is read.

    The limit is one for the whole process, and any library may have lifted it.
    """
    csv.field_size_limit(LONGEST_CELL)


def line_of(cell: Cell) -> str:
    """Return a cell as a text of one line."""
    text = text_of(cell)
    return " ".join(text.split()) if "\n" in text else text


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, spaces, or the dashes people put for « nothing »."""
    if cell is None:
        return True
    return isinstance(cell, str) and not cell[:1].isalnum() and text_of(cell) in _NOTHING


def said(cells: Sequence[Cell]) -> list[tuple[int, Cell]]:
    """Return the cells of a row that say something, and where each is."""
    return [
        (position, cell)
        for position, cell in enumerate(cells)
        # most are told without a call
        if (cell[:1].isalnum() or not is_blank(cell) if isinstance(cell, str) else cell is not None)
    ]


def number_of(cell: Cell) -> int | None:
    """Return the whole number of a cell, « environ 1 200 élèves » too; None when there is none or several.

    Negative and absurd numbers (over a million) are none.
    """
    if isinstance(cell, bool) or cell is None or isinstance(cell, dt.date):
        return None
    if isinstance(cell, int | float):
        return int(cell) if 0 <= cell < 10**6 and float(cell).is_integer() else None
    text = text_of(cell)
    found = _NUMBER.match(text)
    if not found or text.startswith("-") or re.search(r"\d", text[found.end() :]):
        return None
    digits = re.sub(r"\D", "", found[1]).lstrip("0")
    return int(digits or 0) if len(digits) <= _MOST_DIGITS else None


def is_ticked(cell: Cell) -> bool | None:
    """Whether a box is ticked: « x », « oui », 1; None for a text that is neither yes nor no."""
    if isinstance(cell, bool):
        return cell
    word = line_of(cell).lower()
    if word in {"x", "xx", "oui", "o", "yes", "y", "1", "vrai", "true", "✓", "✔", "☑", "☒", "ok", "•", "v"}:
        return True
    if is_blank(cell) or word in {"non", "no", "n", "0", "faux", "false", "☐", "nc", "n.c."}:
        return False
    return None


def several(cell: Cell) -> list[str]:
    """Split a cell that lists things: by semicolons, line breaks, bullets or spaced slashes; each once."""
    return list(_parts(text_of(cell)))


@lru_cache(maxsize=4096)
def _parts(text: str) -> tuple[str, ...]:
    """The parts of a list; the same few lists come back on most rows of a census."""
    parts = (" ".join(part.split()).strip(" -–•,") for part in _SEVERAL.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def writable(text: str) -> str:
    """Return a text without what no file may hold; what parts lines and words stays a separator."""
    return _UNWRITABLE.sub("", plain_separators(text))


def cut(text: str) -> str:
    """Return a text as long as a cell of a workbook takes, « … » for the rest."""
    return text if len(text) <= CELL_TEXT else f"{text[: CELL_TEXT - 1]}…"


def neutral(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before =, +, -, @, tab, CR."""
    return f"'{text}" if _FORMULA.match(text) else text


def unneutral(text: str) -> str:
    """Undo :func:`neutral`; any other text is left alone."""
    return text[1:] if _NEUTRALISED.match(text) else text

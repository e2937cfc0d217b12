"""Two columns that an extractor gives side by side, put one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

#: A numbered line of the file, its end included.
Row = tuple[int, str]
_GAP = re.compile(r"(?<=\S) {3,12}(?=\S)|(?<=\S) {13,120}(?=\S)")
#: Fewer lines with a gap at one place are an accident.
MIN_ROWS: Final = 6
#: So many blocks of a few rows with both columns, and as many with the right one alone, are a habit.
_HABIT: Final = 5
_FEW_ROWS: Final = 2
_MIN_LEFT: Final = 30
_MAX_ROW: Final = 300
#: So many blank lines end a block.
_MAX_BLANKS: Final = 4
#: Rows of a block, and those of one column before the other begins.
_MAX_BLOCK: Final = 200
_MAX_ALONE: Final = 20


def has_columns(text: str) -> bool:
    """Tell whether a text may have two columns: a gap inside several lines."""
    return sum(1 for _ in islice(_GAP.finditer(text), MIN_ROWS)) == MIN_ROWS


def in_one_column(rows: Iterable[Row], found: list[int]) -> Iterator[Row]:
    """Yield the rows in reading order: of each block of two columns, the left one, then the right one.

    The number of the first line of each block is added to ``found``.
    """
    given = list(rows)
    blocks = _blocks(given)
    rank = 0
    for first, end, place in blocks:
        yield from given[rank:first]
        block = given[first:end]
        found.append(block[0][0])
        yield from ((number, f"{row[:place].rstrip()}\n") for number, row in block)
        yield from ((number, f"{row[place:].rstrip()}\n") for number, row in block)
        rank = end
    yield from given[rank:]


def _blocks(rows: Sequence[Row]) -> list[tuple[int, int, int]]:
    """The blocks of two columns: where each begins, ends and is parted.

    Blocks of a few rows are some where the file has several of them.
    """
    few: list[tuple[int, int, int]] = []
    whole: list[tuple[int, int, int]] = []
    for enough, blocks in ((_FEW_ROWS, few), (MIN_ROWS, whole)):
        rank = 0
        while rank < len(rows):
            place = _place(rows[rank][1])
            end = _end(rows, rank, place, enough) if place else rank
            if end > rank:
                blocks.append((rank, end, place))
            rank = max(end, rank + 1)
    return few if len(few) >= _HABIT else whole


def _place(row: str) -> int:
    """Give the place where a second column would start in a row; zero when there is none."""
    if len(row) > _MAX_ROW or "   " not in row:
        return 0
    indent = len(row) - len(row.lstrip(" "))
    if indent >= _MIN_LEFT and row.strip():
        return indent  # the left column may begin lower
    return next((found.end() for found in _GAP.finditer(row.rstrip()) if found.end() >= _MIN_LEFT), 0)


def _end(rows: Sequence[Row], rank: int, place: int, enough: int) -> int:
    """Give the rank after the block of two columns that starts here, the same rank when there is none."""
    both = right = blanks = 0
    end = rank
    for at in range(rank, min(len(rows), rank + _MAX_BLOCK)):
        if not both and at - rank > _MAX_ALONE:
            break
        row = rows[at][1].rstrip()
        if not row.strip():
            blanks += 1
            if blanks > _MAX_BLANKS:
                break
            continue
        if "\f" in row or row[place - 2 : place].strip() or len(row) > _MAX_ROW:
            break
        blanks = 0
        end = at + 1
        beside = bool(row[place : place + 1].strip())
        both += beside and bool(row[:place].strip())
        right += beside and not row[:place].strip()
    return end if both >= MIN_ROWS or (both >= enough and right >= enough) else rank

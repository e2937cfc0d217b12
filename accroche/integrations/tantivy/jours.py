"""The days on which an action goes on, as few numbers, so that those of a day are found in lists.

A stretch of days is cut into blocks of 1, 2, 4 … days that begin at a multiple of their length: two of a
length at most, but for the longest. A day is in one block of each length.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from accroche.integrations.tantivy.schema import BEGINS, ENDS

#: Lengths there are: the longest block is of five and a half years.
LENGTHS: Final = 12


def _block(level: int, day: int) -> int:
    """The number of the block of ``2 ** level`` days that holds a day (an ordinal)."""
    return level << 32 | day >> level


def blocks(first: int, last: int) -> list[int]:
    """The blocks that hold the days from ``first`` to ``last``, each day once; none where there is none."""
    found = []
    while first <= last:
        fits = (last - first + 1).bit_length() - 1
        begins = (first & -first).bit_length() - 1 if first else fits
        level = min(fits, begins, LENGTHS - 1)
        found.append(_block(level, first))
        first += 1 << level
    return found


def blocks_around(day: int) -> list[int]:
    """All the blocks that hold a day."""
    return [_block(level, day) for level in range(LENGTHS)]


def days_after(fields: Mapping[str, Iterable[Any]]) -> list[int]:
    """The blocks of the days on which an action goes on after its first; of most, none."""
    begins, ends = list(fields.get(BEGINS, ())), list(fields.get(ENDS, ()))
    return blocks(begins[0] + 1, ends[0]) if begins and ends else []

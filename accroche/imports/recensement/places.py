"""Where a file says each thing first, in a few bytes each: it has a hundred thousand rows; pure."""

from __future__ import annotations

from typing import Final

Place = tuple[str, int, int]

#: Above the last row of any file, blank lines and all, and above the actions of one row.
_ROWS: Final = 2**26
_ACTIONS: Final = 2**10
#: Above the number of any day.
_DAYS: Final = 2**22


class Places:
    """The first row of each mark: a number, from 64 bits of a fingerprint or told otherwise."""

    def __init__(self) -> None:
        """Nothing was met yet."""
        self._first: dict[int, int] = {}
        self._sheets: dict[str, int] = {}

    def first(self, mark: int, place: Place, day: int = 0) -> Place:
        """Return where ``mark`` was met first: at ``place`` itself, unless it was before.

        ``day``: the number of the day it is told of there, kept with it.
        """
        sheet, number, action = place
        rank = self._sheets.setdefault(sheet, len(self._sheets))
        here = ((rank * _ROWS + number) * _ACTIONS + action) * _DAYS + day
        met = self._first.setdefault(mark, here)
        if met == here:
            return place
        rows, action = divmod(met // _DAYS, _ACTIONS)
        rank, number = divmod(rows, _ROWS)
        return list(self._sheets)[rank], number, action

    def day(self, mark: int) -> int:
        """Return the number of the day ``mark`` was first met with, 0 for none."""
        return self._first[mark] % _DAYS

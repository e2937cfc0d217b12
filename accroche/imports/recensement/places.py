"""Where a file says each thing first, in a few bytes each: it has a hundred thousand rows; pure."""

from __future__ import annotations

from typing import Final

from accroche.imports.recensement.row import Row

Place = tuple[str, int, int]

#: Above the last row of any file, blank lines and all, and above the actions of one row.
_ROWS: Final = 2**26
_ACTIONS: Final = 2**10
#: Above the number of any days, and the days of a school year and of a stretch within it.
_DAYS: Final = 2**20
_A_YEAR: Final = 2**9


class Places:
    """The first row of each mark: a number, from 64 bits of a fingerprint or told otherwise."""

    def __init__(self) -> None:
        """Nothing was met yet."""
        self._first: dict[int, int] = {}
        self._sheets: dict[str, int] = {}

    def first(self, mark: int, place: Place, days: int = 0) -> Place:
        """Return where ``mark`` was met first: at ``place`` itself, unless it was before.

        ``days``: those it is told of there, as ``days_of`` numbers them, kept with it.
        """
        sheet, number, action = place
        rank = self._sheets.setdefault(sheet, len(self._sheets))
        here = ((rank * _ROWS + number) * _ACTIONS + action) * _DAYS + days
        met = self._first.setdefault(mark, here)
        if met == here:
            return place
        rows, action = divmod(met // _DAYS, _ACTIONS)
        rank, number = divmod(rows, _ROWS)
        return list(self._sheets)[rank], number, action

    def days(self, mark: int) -> int:
        """Return the number of the days ``mark`` was first met with, 0 for none."""
        return self._first[mark] % _DAYS


def days_of(row: Row) -> int:
    """Return one number for the first and the last day of a row, 0 for none: two of a school year differ."""
    if not row.starts:
        return 0
    length = min(((row.ends or row.starts) - row.starts).days, _A_YEAR - 1)
    return 1 + row.starts.toordinal() % _A_YEAR * _A_YEAR + length

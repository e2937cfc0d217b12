"""One column of a table: where it is, what it holds, how sure that is and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accroche.imports.recensement.champs import Champ

#: A column under this score is left aside, and said: no value is better than a wrong one.
TAKEN: Final = 50


@dataclass(frozen=True, slots=True)
class Candidat:
    """One field a column may hold, with its score and why."""

    position: int
    champ: Champ
    score: float
    why: str
    remembered: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its position from 0, its heading as written, what it holds, how sure we are.

    ``score`` out of 100; ``reason``: why, in a short French sentence; ``remembered``: somebody of the
    académie said so before; ``month_first``: its days in figures are written as in English, 11/18/2026.
    ``choice``: what a tick in it says, when one answer of several has the column to itself.
    ``action``: of which action of its row, from 1, where a row describes several; 0: of all of them.
    """

    position: int
    heading: str
    champ: Champ
    score: float
    remembered: bool = False
    reason: str = ""
    month_first: bool = False
    choice: str = ""
    action: int = 0

    @property
    def may_repeat(self) -> bool:
        """Whether other columns of the table may say the same field, put together."""
        return self.champ.may_repeat or bool(self.choice)

    def goes_with(self, other: Column) -> bool:
        """Whether both may be of one action."""
        return not self.action or not other.action or self.action == other.action

    @property
    def letter(self) -> str:
        """The name spreadsheets give it: A, B… AA."""
        return letter(self.position)


def letter(position: int) -> str:
    """Return the letters of the column at ``position`` from 0."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

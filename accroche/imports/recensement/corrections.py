"""The file of the rows to correct: their columns, what the whole list was asked, what to correct in each.

It imports again, on any day and by anybody: what was answered for all the rows is in the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from accroche.actions.regles import Temporalite
from accroche.imports.recensement.answers import PORTEUR, QUESTION_OF
from accroche.imports.recensement.champs import CARRIERS, Champ
from accroche.imports.recensement.differences import ATTRIBUTES
from accroche.imports.recensement.table import Table
from accroche.imports.recensement.tables import Tables, its_own
from accroche.imports.recensement.words import UAI
from accroche.integrations.tableur.ecriture import Feuille
from accroche.lib.tableur.cellules import Cell, is_blank

CORRECT: Final = "À corriger"

#: Sheet, number, cells as they were, what to correct.
Refused = tuple[str, int, list[Any], str]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an answer writes: the words, where, and the columns whose cells say it already.

    ``of``: the columns of the action it is told of, one of several of its row; none, it holds for the row.
    """

    position: int
    words: str
    sources: tuple[int, ...]
    of: tuple[int, ...] = ()

    def write(self, cells: list[Cell]) -> None:
        """Say it in a row whose own cells do not, of an action that says something."""
        there = not self.of or any(not is_blank(cells[position]) for position in self.of)
        if there and all(is_blank(cells[position]) for position in self.sources):
            cells[self.position] = self.words


def correction_sheets(
    tables: Tables, answers: Mapping[str, str], refused: Callable[[], Iterable[Refused]]
) -> list[Feuille]:
    """Return the sheets of the file to correct.

    ``answers``: what the whole list was asked, see ``answers``; ``refused`` gives its rows once more.
    """
    sheets = []
    for table in tables.tables:
        width = max((column.position for column in table.columns), default=-1) + 1
        headings = [""] * width
        for column in table.columns:
            headings[column.position] = column.heading
        written = [one for key, told in answers.items() for one in _written(table, key, told, headings)]
        rows = _rows(refused(), table.sheet, width, len(headings), written)
        sheets.append(Feuille(table.sheet or CORRECT, [*headings, CORRECT], rows, frozenset({len(headings)})))
    return sheets


def _written(table: Table, key: str, told: str, headings: list[str]) -> Iterator[_Answer]:
    """Return what an answer writes; ``headings`` gains one, where no column is for it."""
    champ, words = _told(key, told)
    own = [one for one in table.columns if one.champ is champ and not one.choice]
    each = table.each_action
    if len(each) > 1 and own and all(one.action for one in own):
        for action in each:
            for one in own:
                if one in action.columns:
                    yield _Answer(one.position, words, _sources(action, key), tuple(its_own(action)))
        return
    if not own:
        headings.append(champ.label)
    yield _Answer(own[0].position if own else len(headings) - 1, words, _sources(table, key))


def _told(key: str, answer: str) -> tuple[Champ, str]:
    """Return the column an answer goes to, and how people write it there."""
    if key == PORTEUR:
        return (Champ.UAI if UAI.fullmatch(answer) else Champ.ETABLISSEMENT), answer
    column = next(champ for champ, names in ATTRIBUTES.items() if names == (QUESTION_OF[key].field,))
    return column, Temporalite(answer).label if column is Champ.TEMPORALITE else answer


def _sources(table: Table, key: str) -> tuple[int, ...]:
    """Where a row says itself what is asked, or that it is a sheet of the site, which keeps its own."""
    field = QUESTION_OF[key].field
    saying = CARRIERS if key == PORTEUR else {champ for champ, names in ATTRIBUTES.items() if field in names}
    return tuple(
        column.position
        for column in table.columns
        if column.champ in saying or column.champ is Champ.IDENTIFIANT
    )


def _rows(
    refused: Iterable[Refused], wanted: str, width: int, whole: int, answers: Sequence[_Answer]
) -> Iterator[list[Cell]]:
    for (sheet, _), those in groupby(refused, key=itemgetter(0, 1)):
        if sheet == wanted:
            # each action of a row is refused by itself: their row is one, and says all of it
            _, _, cells, words = next(those)
            lines = dict.fromkeys(
                line for text in (words, *(one[-1] for one in those)) for line in text.split("\n")
            )
            row = [*cells[:width], *[None] * (whole - min(width, len(cells)))]
            for answer in answers:
                answer.write(row)
            yield [*row, "\n".join(lines)]

"""The file of the rows to correct: their columns, what the whole list was asked, what to correct in each.

It imports again, on any day and by anybody: what was answered for all the rows is in the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from accroche.actions.regles import Temporalite
from accroche.imports.recensement.answers import PORTEUR, QUESTION_OF
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.differences import ATTRIBUTES
from accroche.imports.recensement.table import CARRIERS, Table
from accroche.imports.recensement.tables import Tables
from accroche.imports.recensement.words import UAI
from accroche.integrations.tableur.ecriture import Feuille
from accroche.lib.tableur.cellules import Cell, is_blank

CORRECT: Final = "À corriger"

#: Sheet, number, cells as they were, what to correct.
Refused = tuple[str, int, list[Any], str]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an answer writes: the words, where, and the columns whose cells say it already."""

    position: int
    words: str
    sources: tuple[int, ...]

    def write(self, cells: list[Cell]) -> None:
        """Say it in a row whose own cells do not."""
        if all(is_blank(cells[position]) for position in self.sources):
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
        written = []
        for key, told in answers.items():
            champ, words = _told(key, told)
            own = [
                one.position for one in table.columns if one.champ is champ and not (one.action or one.choice)
            ]
            if not own:
                headings.append(champ.label)
            written.append(_Answer(own[0] if own else len(headings) - 1, words, _sources(table, key)))
        rows = _rows(refused(), table.sheet, width, len(headings), written)
        sheets.append(Feuille(table.sheet or CORRECT, [*headings, CORRECT], rows, frozenset({len(headings)})))
    return sheets


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
    for sheet, _, cells, words in refused:
        if sheet == wanted:
            row = [*cells[:width], *[None] * (whole - min(width, len(cells)))]
            for answer in answers:
                answer.write(row)
            yield [*row, words]

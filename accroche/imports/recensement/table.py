"""Where the table is in a sheet, and its rows one by one, without titles, repeats, sections and totals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.columns import Column, recognise
from accroche.lib.libelles import Libelle
from accroche.lib.tableur.cellules import Cell, is_blank, line_of
from accroche.lib.texte import slug

#: Headings are looked for in the first rows that say something.
HEAD_ROWS: Final = 40
#: A table names at least this many of our fields, one of which says what or who.
MIN_FIELDS: Final = 2
_TOTAL: Final = re.compile(
    r"(?:sous-)?tota(?:l|ux)(?:-|$)|nombre-total|nombre-d-(?:actions|etablissements)(?:-|$)|moyenne$"
)
#: What those words begin with: most titles need no closer look.
_TOTAL_LETTERS: Final = frozenset("tsnm")
_SECTION_WIDTH: Final = 3
_WHAT_OR_WHO: Final = frozenset({Champ.TITRE, Champ.ETABLISSEMENT, Champ.UAI})


class LeftOut(Libelle):
    """Why a row is no action."""

    TOTAL = "total", "ligne de total"
    SECTION = "section", "intertitre"
    HEADING = "heading", "en-tête répété"


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet: the row its headings end on, numbered as in the file, and its columns."""

    sheet: str
    heading_row: int
    columns: tuple[Column, ...]
    looks_right: bool = True

    @property
    def fields(self) -> frozenset[Champ]:
        """What it says."""
        return frozenset(column.champ for column in self.columns) - {Champ.IGNORE}

    def with_fields(self, chosen: Mapping[int, Champ]) -> Table:
        """The same table with other answers: position to field."""
        columns = tuple(
            Column(one.position, one.heading, chosen.get(one.position, one.champ), one.score, one.remembered)
            for one in self.columns
        )
        return Table(self.sheet, self.heading_row, columns, self.looks_right)


def _is_total(text: str) -> bool:
    return text[:1].lower() in _TOTAL_LETTERS and bool(_TOTAL.match(slug(text)))


def find_table(
    sheet: str, rows: Iterable[tuple[int, list[Cell]]], remembered: Mapping[str, str] | None = None
) -> Table | None:
    """Return the table of a sheet, or the row that most resembles headings; None for an empty sheet.

    Headings may take two rows, the upper of which says several columns.
    """
    head = list(islice(rows, HEAD_ROWS))
    best: tuple[tuple[int, int, int], Table] | None = None
    for index, (number, cells) in enumerate(head):
        candidates = [(number, cells)]
        # two rows of headings only where a row of data could still follow
        if index + 1 < len(head):
            below_number, below = head[index + 1]
            candidates.append((below_number, _stacked(cells, below)))
        for double, (row, headings) in enumerate(candidates):
            texts = {line_of(cell) for cell in headings if not is_blank(cell)}
            columns = recognise(headings, remembered)
            known = [one for one in columns if one.champ is not Champ.IGNORE]
            # long sentences are no headings, nor are numbers
            if any(len(one.heading) > 120 for one in known):  # noqa: PLR2004 - no heading is
                continue
            rank = (len({one.champ for one in known}), len(texts) if not double else 0, -index - double)
            table = Table(sheet, row, tuple(one for one in columns if one.heading))
            if best is None or rank > best[0]:
                best = (rank, table)
    if best is None:
        return None
    table = best[1]
    right = len(table.fields) >= MIN_FIELDS and bool(table.fields & _WHAT_OR_WHO)
    if right:
        return table
    # nothing is recognised: the widest row of the head, for the person to say what it holds
    number, cells = max(head, key=lambda row: (sum(not is_blank(cell) for cell in row[1]), -row[0]))
    return Table(
        sheet, number, tuple(one for one in recognise(cells, remembered) if one.heading), looks_right=False
    )


def _stacked(upper: list[Cell], lower: list[Cell]) -> list[Cell]:
    """The headings of two rows as one: the upper word stands for the columns to its right."""
    width = max(len(upper), len(lower))
    held, stacked = "", []
    for position in range(width):
        above = line_of(upper[position]) if position < len(upper) else ""
        below = line_of(lower[position]) if position < len(lower) else ""
        if above:
            held = above
        elif not below:
            held = ""
        stacked.append(below if above == below else " ".join(filter(None, (held, below))))
    return list(stacked)


def lines(
    table: Table, rows: Iterable[tuple[int, list[Cell]]], left_out: list[tuple[int, LeftOut]]
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows of a table that are actions; ``left_out`` gains the others.

    ``rows``: all those of the sheet. Empty rows are silently passed.
    """
    headings = {one.position: one.heading.casefold() for one in table.columns}
    lead = [one.position for one in table.columns if one.champ in _WHAT_OR_WHO]
    for number, cells in rows:
        if number <= table.heading_row:
            continue
        filled = [(position, cell) for position, cell in enumerate(cells) if not is_blank(cell)]
        if not filled:
            continue
        leads = [cells[position] for position in lead if position < len(cells)]
        if any(isinstance(cell, str) and _is_total(line_of(cell)) for cell in (filled[0][1], *leads)):
            left_out.append((number, LeftOut.TOTAL))
        elif len(filled) >= _SECTION_WIDTH and all(cell == filled[0][1] for _, cell in filled):
            left_out.append((number, LeftOut.SECTION))
        elif len(filled) > 1 and all(headings.get(at) == line_of(cell).casefold() for at, cell in filled):
            left_out.append((number, LeftOut.HEADING))
        else:
            yield number, cells

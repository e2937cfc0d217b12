"""Where the table is in a sheet, and its rows one by one, without titles, repeats, sections and totals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from accroche.imports.recensement.alentours import (
    above_told,
    guides,
    guides_below,
    headings_told,
    headless_told,
    is_a_word,
    languages_told,
    other_tables,
    rows_above,
    tables_told,
)
from accroche.imports.recensement.champs import CARRIERS, Champ
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.columns import recognise
from accroche.imports.recensement.contenu import SAMPLE, cases_of
from accroche.imports.recensement.especes import Espece, espece
from accroche.imports.recensement.lieux import place_told
from accroche.imports.recensement.mois import doubt_of, months_told
from accroche.imports.recensement.plusieurs import notice_of
from accroche.imports.recensement.raisons import already
from accroche.imports.recensement.replis import carrier_untold, days_untold, title_assumed
from accroche.imports.recensement.ressemblance import strangeness
from accroche.imports.recensement.sections import given_days, lost_days
from accroche.lib.libelles import Libelle
from accroche.lib.tableur.cellules import Cell, is_blank, line_of, said
from accroche.lib.texte import slug

#: Headings are looked for in the first rows that say something.
HEAD_ROWS: Final = 40
#: A table names at least this many of our fields, one of which says what or who.
MIN_FIELDS: Final = 2
#: How many fields more a row has to name to be the headings, under rows of data, or as an answer.
_A_ROW: Final = 2
_AN_ANSWER: Final = 5
_TOTAL: Final = re.compile(
    r"(?:sous-)?tota(?:l|ux)(?:-|$)|nombre-total|nombre-d-(?:actions|etablissements)(?:-|$)|moyenne$"
)
#: « 12 », « 3,5 % », « 12 actions »; no day.
_FIGURE: Final = re.compile(r"\d[\d\s.,]*(?:%|€|[^\W\d_][^\d]{0,30})?")
#: What those words begin with: most titles need no closer look.
_TOTAL_LETTERS: Final = frozenset("tsnm")
_SECTION_WIDTH: Final = 3
#: Characters of a heading, and of a question that a form puts above its answers.
_LONGEST_HEADING: Final = 120
_LONGEST_QUESTION: Final = 400
#: The share of longer ones, in the first row, from which it is none of headings.
_FEW: Final = 0.3
#: The score of what a person said.
CHOSEN: Final = 101
BY_HAND: Final = "choisi à la main"
_WHAT_OR_WHO: Final = CARRIERS | {Champ.TITRE}


class LeftOut(Libelle):
    """Why a row is no action."""

    TOTAL = "total", "ligne de total"
    SECTION = "section", "intertitre"
    HEADING = "heading", "en-tête répété"
    GUIDE = "guide", "consigne pour remplir le tableau"


class Absence(Libelle):
    """What no column of a table says, though every action has it; ``advice``: how else to say it."""

    TITLE = "title", "le titre de l’action"
    CARRIER = "carrier", "ni l’établissement ni son UAI"

    @property
    def what(self) -> str:
        """What is missing, as the end of « Aucune colonne ne donne »."""
        return self.label

    @property
    def advice(self) -> str:
        """What to do."""
        if self is Absence.TITLE:
            return (
                "Dites quelle colonne le contient, ou un titre pour toutes les lignes : d’un même porteur, "
                "elles ne font alors qu’une fiche."
            )
        return "Dites quelle colonne le contient, ou qui porte les actions de tout le fichier."


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a sheet: the row its headings end on, numbered as in the file, and its columns.

    ``doubts``: what to look at, and what to do: how its days are written, where nothing proves it; a title
    that is assumed; several actions on one row. ``strange``: why it may be no list of actions, until
    somebody says what its columns hold. ``sampled``: how many of its rows were looked at; ``ends``: the row
    where another table begins below, 0: nowhere. ``others``: the other tables of its sheet, by the row of
    their headings and what these say.
    """

    sheet: str
    heading_row: int
    columns: tuple[Column, ...]
    looks_right: bool = True
    doubts: tuple[str, ...] = ()
    strange: str = ""
    sampled: int = field(default=0, compare=False)
    ends: int = 0
    others: tuple[tuple[int, str], ...] = field(default=(), compare=False)

    @property
    def fields(self) -> frozenset[Champ]:
        """What it says."""
        return frozenset(column.champ for column in self.columns) - {Champ.IGNORE}

    @property
    def is_ours(self) -> bool:
        """Whether our export wrote the headings."""
        return {Champ.IDENTIFIANT, Champ.VERSION} <= self.fields

    @property
    def missing(self) -> tuple[Absence, ...]:
        """What no column says, and can be told for all of its rows."""
        return (
            *(() if Champ.TITRE in self.fields else (Absence.TITLE,)),
            *(() if self.fields & CARRIERS else (Absence.CARRIER,)),
        )

    def with_fields(self, chosen: Mapping[int, Champ]) -> Table:
        """The same table with other answers: position to field.

        A field that one column alone may hold is held by the one just chosen, the first of them. Who says
        what columns hold says that its rows are actions.
        """
        columns = [
            replace(one, champ=chosen[one.position], score=CHOSEN, reason=BY_HAND)
            if chosen.get(one.position, one.champ) is not one.champ
            else one
            for one in self.columns
        ]
        holders: dict[Champ, list[Column]] = {}
        for one in sorted(columns, key=lambda one: (one.reason != BY_HAND, one.position)):
            holders.setdefault(one.champ, []).append(one)
        return replace(
            self,
            columns=tuple(_alone(one, holders[one.champ]) for one in columns),
            strange="" if chosen else self.strange,
        )

    @property
    def each_action(self) -> tuple[Table, ...]:
        """The same table as each action of its rows has it: most have one, and so has one without titles."""
        ranks = sorted({one.action for one in self.columns if one.action and one.champ is Champ.TITRE})
        if not ranks:
            return (self,)
        return tuple(
            replace(self, columns=tuple(one for one in self.columns if one.action in {0, rank}))
            for rank in ranks
        )


def _alone(one: Column, holders: list[Column]) -> Column:
    """A column, left aside when one of ``holders`` before it says the same of the same action."""
    if one.champ is Champ.IGNORE or one.may_repeat:
        return one
    first = next(other for other in holders if other is one or other.goes_with(one))
    if first is one:
        return one
    return replace(one, champ=Champ.IGNORE, score=0, reason=already(one.champ, first.position))


def _is_total(cell: Cell) -> bool:
    """Whether a cell begins as totals do; so do titles: « Total respect »."""
    if not isinstance(cell, str) or (cell[:1].isalpha() and cell[0].lower() not in _TOTAL_LETTERS):
        return False  # most, told by their first letter
    text = line_of(cell)
    return text[:1].lower() in _TOTAL_LETTERS and bool(_TOTAL.match(slug(text)))


def _is_figure(cell: Cell) -> bool:
    """Whether a cell may stand in a row of totals: « 12 actions », never a school or a day."""
    if isinstance(cell, int | float):
        return True
    return _is_total(cell) or bool(_FIGURE.fullmatch(line_of(cell)))


def find_table(
    sheet: str,
    rows: Iterable[tuple[int, list[Cell]]],
    remembered: Mapping[str, str] | None = None,
    communes: frozenset[str] = frozenset(),
) -> Table | None:
    """Return the table of a sheet, or the row that most resembles headings; None for an empty sheet.

    Headings may take two rows, the upper of which says several columns. Which row they are is told by the
    words of headings alone; what each column holds, by its cells as well.
    """
    sample = list(islice(rows, HEAD_ROWS + SAMPLE))
    head = sample[:HEAD_ROWS]
    best: tuple[tuple[int, int, int], int, list[Cell]] | None = None
    for index, (number, cells) in enumerate(head):
        if index and guides(cells) and len(said(head[index - 1][1])) > 1:
            continue  # « Écrivez un nom court », under « Titre »
        less = _like_a_row(head[:index], cells)
        candidates = [(number, cells)]
        # two rows of headings only where a row of data could still follow
        if index + 1 < len(head):
            below_number, below = head[index + 1]
            if _may_stand_above(cells, below) and not guides(below):
                candidates.append((below_number, _stacked(cells, below)))
        for double, (row, headings) in enumerate(candidates):
            texts = {line_of(cell) for cell in headings if not is_blank(cell)}
            columns = recognise(headings, remembered)
            known = [one for one in columns if one.champ is not Champ.IGNORE]
            # long sentences are no headings, nor are numbers; questions of a form are, in the first row
            longest = _LONGEST_HEADING if index else _LONGEST_QUESTION
            if sum(len(one.heading) > longest for one in known) > (0 if index else len(known) * _FEW):
                continue
            rank = (
                len({one.champ for one in known}) - less,
                len(texts) if not double else 0,
                -index - double,
            )
            if best is None or rank > best[0]:
                best = (rank, row, headings)
    if best is None:
        return None
    table = _table(sheet, best[1], best[2], sample, remembered, communes)
    if len(table.fields) >= MIN_FIELDS or best[0][0] >= MIN_FIELDS:
        # days and places without what nor who, or two words of headings: these are its headings all the same
        return table if table.fields & _WHAT_OR_WHO else replace(table, looks_right=False)
    # nothing is recognised: the widest row of the head, for the person to say what it holds
    number, cells = max(head, key=lambda row: (sum(not is_blank(cell) for cell in row[1]), -row[0]))
    return replace(_table(sheet, number, cells, sample, remembered, communes), looks_right=False)


def _like_a_row(above: Sequence[tuple[int, list[Cell]]], cells: Sequence[Cell]) -> int:
    """How many fields more a row has to name to be the headings, for looking like one of data.

    Under rows as wide as it, one that says no more is one like them: « When your app is asleep »; so is one
    that holds the moment a form was sent.
    """
    answers = any(espece(cell, line_of(cell)) is Espece.STAMP for _, cell in said(cells))
    return (_A_ROW if rows_above(above, cells) else 0) + (_AN_ANSWER if answers else 0)


def table_at(
    row: int,
    sheet: str,
    rows: Iterable[tuple[int, list[Cell]]],
    remembered: Mapping[str, str] | None = None,
    communes: frozenset[str] = frozenset(),
) -> Table | None:
    """Return the table of a sheet whose headings are on ``row``, as somebody said; None below its rows."""
    sample = list(islice((one for one in rows if one[0] >= row), HEAD_ROWS + SAMPLE))
    return _table(sheet, *sample[0], sample, remembered, communes) if sample else None


def _table(
    sheet: str,
    row: int,
    headings: list[Cell],
    sample: list[tuple[int, list[Cell]]],
    remembered: Mapping[str, str] | None,
    communes: frozenset[str],
) -> Table:
    """The table whose headings end on ``row``, its columns told by them and by the cells below."""
    below = [cells for number, cells in sample if number > row and not guides_below(number, row, cells)][
        :SAMPLE
    ]
    held = cases_of(below, communes) if below else None
    columns = recognise(headings, remembered, held)
    told = [*(held or ()), *[None] * len(columns)]
    kept = tuple(one for one in columns if one.heading)
    fields = {one.champ for one in kept} - {Champ.IGNORE}
    others = other_tables(sample, row, headings)
    ends = next((number for number in others if number > row), 0)
    under = [(number, cells) for number, cells in sample if number > row and (not ends or number < ends)]
    doubts = (
        tables_told(others, row),
        above_told([(number, cells) for number, cells in sample if number < row], headings),
        "" if len(fields) >= MIN_FIELDS else headless_told(row, headings),
        doubt_of(columns, told),
        months_told(columns, told),
        lost_days(columns, under),
        given_days(columns, under),
        languages_told(kept, under),
        *told_of(kept),
    )
    return Table(
        sheet,
        row,
        kept,
        doubts=tuple(filter(None, doubts)),
        strange=strangeness(sheet, kept),
        sampled=len(under),
        ends=ends,
        others=tuple((number, headings_told(cells)) for number, cells in sample if number in others),
    )


def told_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """What is told of columns as they are taken, and no more once they are taken otherwise."""
    told = (
        *(title_assumed(columns), carrier_untold(columns), days_untold(columns)),
        *(notice_of(columns), place_told(columns)),
    )
    return tuple(filter(None, told))


def _may_stand_above(upper: list[Cell], lower: list[Cell]) -> bool:
    """Whether two rows may be one heading: the upper leaves cells to the lower, which is made of words."""
    filled = [line_of(cell) for cell in upper if not is_blank(cell)]
    gaps = len(set(filled)) < max(len(lower), len(filled))
    return gaps and all(is_a_word(cell) for cell in lower if not is_blank(cell))


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
        stacked.append(below if above == below else " – ".join(filter(None, (held, below))))
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
        filled = said(cells)
        if not filled:
            continue
        leads = [cells[position] for position in lead if position < len(cells)]
        first = filled[0][1]
        if any(map(_is_total, (first, *leads))) and all(_is_figure(cell) for _, cell in filled):
            left_out.append((number, LeftOut.TOTAL))
        elif len(filled) >= _SECTION_WIDTH and filled[1][1] == first and _is_one(filled):
            left_out.append((number, LeftOut.SECTION))
        elif len(filled) > 1 and _is_heading(filled[0], headings) and _are_headings(filled, headings):
            left_out.append((number, LeftOut.HEADING))
        elif guides_below(number, table.heading_row, cells):
            left_out.append((number, LeftOut.GUIDE))
        else:
            yield number, cells


def _is_one(filled: list[tuple[int, Cell]]) -> bool:
    """Whether all cells say the same."""
    return all(cell == filled[0][1] for _, cell in filled)


def _is_heading(told: tuple[int, Cell], headings: Mapping[int, str]) -> bool:
    """Whether a cell says again what stands above its column."""
    return headings.get(told[0]) == line_of(told[1]).casefold()


def _are_headings(filled: list[tuple[int, Cell]], headings: Mapping[int, str]) -> bool:
    return all(_is_heading(told, headings) for told in filled)

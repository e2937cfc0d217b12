"""What a person is shown of an import, before and after: counts, first rows, cells to correct, differences.

Bounded: a file of 100 000 rows gives a page, not 100 000 lines of it.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TextIO

from accroche.actions.saisie import EMPTY
from accroche.imports.recensement.differences import CellDifference
from accroche.imports.recensement.row import CellRemark, Row
from accroche.imports.recensement.tables import LeftOutRow, LeftOutRows
from accroche.imports.recensement.verdicts import Fate, Verdict
from accroche.lib.dates import format_window
from accroche.lib.tableur.cellules import Cell
from accroche.lib.texte import liste, nombre, pluriel

#: How many rows of each kind a page shows.
SHOWN: Final = {
    Fate.NEW: 10,
    Fate.REFUSED: 100,
    Fate.CHANGED: 200,
    Fate.TWICE: 20,
    Fate.SAME: 0,
}
#: Cells to choose on one page: a form has a bounded number of answers.
CONFLICTS_SHOWN: Final = 600
#: Characters of a text that says something else than another: where they part, with what is around.
_SHOWN_TEXT: Final = 400
_AROUND: Final = 80
REMARKS_SHOWN: Final = 50
LEFT_OUT_SHOWN: Final = 30
#: Rows named under each thing that keeps them from being published; the others are counted.
MISSING_SHOWN: Final = 12


@dataclass(slots=True)
class RowsNamed:
    """The new sheets that one thing is to be told of: how many, and the first rows of the file they are in.

    ``more``: there are others.
    """

    count: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    more: bool = False

    def add(self, verdict: Verdict) -> None:
        """Count a sheet; its row is kept once, however many actions it tells of."""
        self.count += 1
        row = {"sheet": verdict.row.sheet, "number": verdict.row.number}
        if row in self.rows[-1:]:
            return
        if len(self.rows) < MISSING_SHOWN:
            self.rows.append(row)
        else:
            self.more = True

    @property
    def where(self) -> str:
        """How many sheets, and their lines: « 3 fiches (lignes 2, 4, 5) »."""
        numbers = dict.fromkeys(str(row["number"]) for row in self.rows)  # two sheets may have a line 2
        some = ", ".join(numbers) + "…" * self.more
        count = f"{nombre(self.count)} {pluriel(self.count, 'fiche', 'fiches')}"
        return f"{count} ({pluriel(len(numbers), 'ligne', 'lignes')} {some})"

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {"count": self.count, "rows": self.rows, "more": self.more}


@dataclass(slots=True)
class Review:
    """What an import did, or would do. ``rows``: the first of each kind, as JSON values.

    ``conflicts``: cells that the site changed too; ``taken``: those among them where the file won.
    ``untitled``: rows without a title, which the file may be given.
    ``skipped``: all the rows that are no action.
    """

    counts: Counter[str] = field(default_factory=Counter)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    advice: list[dict[str, Any]] = field(default_factory=list)
    missing: dict[tuple[str, str], RowsNamed] = field(default_factory=dict)
    inferred: RowsNamed = field(default_factory=RowsNamed)
    untitled: int = 0
    conflicts: int = 0
    taken: int = 0
    skipped: list[LeftOutRow] = field(default_factory=list)
    _to_choose: int = 0
    left_out: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    carriers: dict[str, Any] = field(default_factory=dict)

    def add(self, verdict: Verdict) -> None:
        """Count a row, keep it when it is among the first of its kind, and tell what a new sheet lacks."""
        self.counts[verdict.fate] += 1
        for told in verdict.missing:
            self.missing.setdefault(told, RowsNamed()).add(verdict)
        self.conflicts += verdict.conflicts
        held = self.rows.setdefault(verdict.fate, [])
        if len(held) < SHOWN[verdict.fate] and self._to_choose + verdict.conflicts <= CONFLICTS_SHOWN:
            held.append(_as_json(verdict))
            self._to_choose += verdict.conflicts
        if verdict.row.moment_is_inferred and verdict.fate is Fate.NEW:
            self.inferred.add(verdict)
        if verdict.fate is Fate.REFUSED:
            self.untitled += not verdict.row.title and not verdict.row.identifiant
        else:
            for remark in verdict.row.remarks:
                self.counts["advice"] += 1
                if len(self.advice) < REMARKS_SHOWN:
                    self.advice.append(
                        {"sheet": verdict.row.sheet, "number": verdict.row.number} | remark_as_json(remark)
                    )

    def close(self, skipped: LeftOutRows, notes: tuple[str, ...], carriers: dict[str, Any]) -> None:
        """Add what is known at the end; ``carriers``: see ``recensement.inconnus``."""
        self.carriers = carriers
        self.counts["left_out"] = len(skipped.left_out)
        self.skipped = skipped.left_out
        self.left_out = [
            {"sheet": one.sheet, "number": one.number, "why": one.why.label}
            for one in skipped.left_out[:LEFT_OUT_SHOWN]
        ]
        self.notes = list(notes)

    def head(self) -> dict[str, Any]:
        """Return what a report of every row says above them."""
        told = self.as_json()
        return {name: told[name] for name in told if name not in {"rows", "advice", "left_out"}}

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON values."""
        return {
            "counts": {name: self.counts[name] for name in (*Fate, "advice", "left_out")},
            "rows_read": sum(self.counts[fate] for fate in Fate),
            "conflicts": self.conflicts,
            "taken": self.taken,
            "rows": self.rows,
            "advice": self.advice,
            "missing": [
                {"field": name, "message": message} | one.as_json()
                for (name, message), one in self.missing.items()
            ],
            "untitled": self.untitled,
            "inferred": self.inferred.as_json(),
            "left_out": self.left_out,
            "notes": self.notes,
            "carriers": self.carriers,
        }

    def missing_lines(self) -> list[str]:
        """Return what the new sheets lack to be published, one line for each thing, in French."""
        lines = [f"Avant publication, {one.where} : {message}" for (_, message), one in self.missing.items()]
        if self.inferred.count:
            lines.insert(0, f"Pendant la semaine d’après leurs dates : {self.inferred.where}.")
        return lines

    def summary(self) -> str:
        """Return the counts in one French sentence."""
        new, changed, same = self.counts[Fate.NEW], self.counts[Fate.CHANGED], self.counts[Fate.SAME]
        refused, twice = self.counts[Fate.REFUSED], self.counts[Fate.TWICE]
        return (
            f"{new} {pluriel(new, 'fiche nouvelle', 'fiches nouvelles')}, "
            f"{changed} {pluriel(changed, 'différente', 'différentes')} du site, "
            f"{same} déjà sur le site, {refused} à corriger, {twice} en double, "
            f"{self.counts['left_out']} {pluriel(self.counts['left_out'], 'ligne', 'lignes')} "
            "sans action (totaux, intertitres)."
        )


def _as_json(verdict: Verdict) -> dict[str, Any]:
    row = verdict.row
    return {
        "key": verdict.key,
        "sheet": row.sheet,
        "number": row.number,
        "title": row.title,
        "carriers": [str(one) for one in verdict.porteurs] or [*row.mentions, *row.codes],
        "told": " ; ".join(_understood(row)),
        "action": verdict.action,
        "version": verdict.version,
        "conflict": verdict.has_conflict,
        "remarks": [remark_as_json(remark) for remark in row.remarks],
        "conflicts": verdict.conflicts,
        "differences": [
            difference_as_json(one) | {"key": verdict.key_of(one.champ)} | _three(one)
            for one in verdict.differences
        ],
    }


def _understood(row: Row) -> Iterator[str]:
    """When and for which levels, as it was understood: what people write in the most different ways."""
    if row.starts and row.ends:
        yield format_window((row.starts, row.ends))
    if row.temporality:
        yield row.temporality.label.lower()
    if row.levels:
        yield liste(level.label for level in row.levels)


def difference_as_json(one: CellDifference) -> dict[str, Any]:
    """A difference as JSON values, its texts whole."""
    return {
        "label": one.champ.label,
        "before": one.before,
        "site": one.site,
        "file": one.file,
        "conflict": one.conflict,
    }


def _three(one: CellDifference) -> dict[str, str | None]:
    """What a cell was, is on the site and in the file; long texts from a little before they part."""
    told = {"before": one.before, "site": one.site, "file": one.file}
    if max(len(text or "") for text in told.values()) <= _SHOWN_TEXT:
        return told
    pairs = zip(one.site, one.file, strict=False)
    shorter = min(len(one.site), len(one.file))
    parted = next((at for at, (mine, theirs) in enumerate(pairs) if mine != theirs), shorter)
    first = parted - _AROUND if parted > _SHOWN_TEXT - _AROUND else 0
    return {name: text if text is None else _part(text, first) for name, text in told.items()}


def _part(text: str, first: int) -> str:
    start = "…" if first else ""
    end = "…" if len(text) > first + _SHOWN_TEXT else ""
    return f"{start}{text[first : first + _SHOWN_TEXT]}{end}" or EMPTY


def remark_as_json(remark: CellRemark) -> dict[str, Any]:
    """A remark as JSON values."""
    return {
        "column": remark.column,
        "label": remark.champ.label,
        "message": remark.message,
        "suggestion": remark.suggestion,
        "blocks": remark.blocks,
    }


@contextmanager
def rows_to(path: Path | None) -> Iterator[TextIO | None]:
    """Open where rows are kept, None: nowhere. Who reads it finds the old ones, or all the new."""
    if path is None:
        yield None
        return
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with aside.open("w", encoding="utf-8") as out:
            yield out
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def note_refused(verdict: Verdict, out: TextIO) -> None:
    """Write a refused row, with its cells as they were and what to correct, for the file to correct."""
    row = verdict.row
    words = [
        f"{remark.column + ' : ' if remark.column else ''}{remark.message} {remark.suggestion}".strip()
        for remark in row.remarks
        if remark.blocks
    ]
    cells = [_cell(cell) for cell in row.cells]
    out.write(json.dumps([row.sheet, row.number, cells, "\n".join(words)], ensure_ascii=False) + "\n")


def _cell(cell: Cell) -> Any:
    # a day stays a day in the file to correct
    return [cell.isoformat()] if isinstance(cell, dt.date) else cell

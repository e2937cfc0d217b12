"""Every row of an import as data, one after the other: what became of it, what was read, what to tell."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TextIO

from accroche.actions.saisie import as_value
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.differences import ATTRIBUTES
from accroche.imports.recensement.review import difference_as_json, remark_as_json
from accroche.imports.recensement.round_trip import COLUMNS
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.tables import LeftOutRow
from accroche.imports.recensement.verdicts import Verdict

#: What became of a row that is no action.
LEFT_OUT: Final = "left_out"


def note_row(verdict: Verdict, out: TextIO, taken: Collection[Champ] = ()) -> None:
    """Write a row as a line. ``taken``: the cells in conflict where the file won."""
    row = verdict.row
    told = {
        "sheet": row.sheet,
        "number": row.number,
        "fate": verdict.fate.value,
        "title": row.title,
        "action": verdict.action,
        "slug": verdict.slug,
        "carriers": [str(one) for one in verdict.porteurs],
        "read": _read(row),
        "remarks": [remark_as_json(remark) for remark in row.remarks],
        "missing": [message for _, message in verdict.missing],
        "differences": [
            difference_as_json(one) | {"taken": not one.conflict or one.champ in taken}
            for one in verdict.differences
        ],
    }
    out.write(json.dumps(told, ensure_ascii=False) + "\n")


def _read(row: Row) -> dict[str, Any]:
    """What was understood, under the columns of our exports: levels told by crosses are « Niveaux »."""
    values = ((champ, getattr(row, name)) for champ in COLUMNS for name in ATTRIBUTES.get(champ, ()))
    return {champ.value: as_value(value) for champ, value in values if value not in ("", None, ())}


def rows_told(lines: Path, left_out: Iterable[LeftOutRow]) -> Iterator[dict[str, Any]]:
    """Yield every row in the order of the file, those left aside among them.

    ``lines``: see :func:`note_row`.
    """
    aside: dict[str, deque[LeftOutRow]] = {}
    for one in left_out:
        aside.setdefault(one.sheet, deque()).append(one)
    sheet = ""
    with lines.open(encoding="utf-8") as rows:
        for line in rows:
            told = json.loads(line)
            if told["sheet"] != sheet:
                yield from _aside(aside.pop(sheet, deque()))
                sheet = told["sheet"]
            yield from _aside(aside.get(sheet, deque()), told["number"])
            yield told
    for rest in aside.values():
        yield from _aside(rest)


def _aside(rows: deque[LeftOutRow], before: int | None = None) -> Iterator[dict[str, Any]]:
    while rows and (before is None or rows[0].number < before):
        one = rows.popleft()
        yield {"sheet": one.sheet, "number": one.number, "fate": LEFT_OUT, "why": one.why.label}


def document(head: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a whole report as JSON text, piece by piece: ``head``, then the rows, one a line."""
    start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{start},\n "rows": ['
    for number, row in enumerate(rows):
        yield f"{',' if number else ''}\n  {json.dumps(row, ensure_ascii=False)}"
    yield "\n ]\n}\n"

"""What the pages of an import show, and the file to correct."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accroche.commun.models import JobState
from accroche.imports.models import Depot
from accroche.imports.operations.depots import refused_rows
from accroche.imports.recensement.examen import Sort
from accroche.imports.recensement.fichier import from_json
from accroche.integrations.tableur.ecriture import Feuille
from accroche.lib.tableur.cellules import Cell

CORRECT = "À corriger"


def steps_of(depot: Depot) -> dict[str, Any]:
    """Return what the page of an upload says: where it stands, and the report it shows."""
    job = depot.job
    report = depot.result or depot.report
    counts = report.get("counts", {})
    rows = report.get("rows", {})
    return {
        "running": bool(job and not job.is_over),
        "writing": bool(job and job.kind.endswith("write")),
        "failed": job.error if job and job.state == JobState.FAILED and depot.is_open else "",
        "unreadable": bool(
            depot.tables and not report and depot.is_open and job and job.is_over and not job.error
        ),
        "report": report,
        "counts": counts,
        "to_write": counts.get(Sort.NEW, 0) + counts.get(Sort.CHANGED, 0),
        "new": rows.get(Sort.NEW, []),
        "refused": rows.get(Sort.REFUSED, []),
        "changed": rows.get(Sort.CHANGED, []),
        "has_correction": bool(counts.get(Sort.REFUSED)) and depot.refused.exists(),
    }


def correction_sheets(depot: Depot) -> list[Feuille]:
    """Return the sheets of the file to correct: the same columns, then what to correct in each row."""
    sheets = []
    for table in from_json(depot.tables).tables:
        width = max((column.position for column in table.columns), default=-1) + 1
        headings = [""] * width
        for column in table.columns:
            headings[column.position] = column.heading
        sheets.append(
            Feuille(
                table.sheet or "À corriger",
                [*headings, CORRECT],
                _rows(depot, table.sheet, width),
                frozenset({width}),
            )
        )
    return sheets


def _rows(depot: Depot, wanted: str, width: int) -> Iterator[list[Cell]]:
    for sheet, _, cells, words in refused_rows(depot):
        if sheet == wanted:
            yield [*cells[:width], *[None] * (width - len(cells)), words]

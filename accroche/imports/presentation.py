"""What the pages of an import show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from accroche.commun.models import JobState
from accroche.imports.models import Depot
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.columns import guess, letter, normal
from accroche.imports.recensement.table import Absence
from accroche.imports.recensement.tables import Tables, from_json
from accroche.imports.recensement.verdicts import Fate

#: How many of the columns left aside are named; the others are counted.
NAMED: Final = 8
_BY_LABEL: Final = {champ.label: champ.value for champ in Champ}
#: What is understood of a heading that numbers rows: left aside on purpose, nobody misses it.
_NUMBERS: Final = guess("numero")


def steps_of(depot: Depot, everywhere: str = "") -> dict[str, Any]:
    """Return what the page of an upload says: where it stands, and the report it shows.

    ``everywhere``: « site » or « fichier », what is ticked first where the two are in conflict.
    """
    job = depot.job
    report = depot.result or depot.report
    tables = from_json(depot.tables) if depot.tables else Tables((), ())
    failed = job.error if job and job.state == JobState.FAILED and depot.is_open else ""
    return {
        "running": bool(job and not job.is_over),
        "waiting": bool(job and job.state == JobState.WAITING),
        "writing": bool(job and job.kind.endswith("write")),
        "failed": failed,
        "lost": bool(failed and not report),
        "unreadable": bool(
            depot.tables and not report and depot.is_open and job and job.is_over and not job.error
        ),
        "strange": tables.strange,
        "missing": list(_missing(tables)),
        "untitled": list(_missing(tables, Absence.TITLE)) if report.get("untitled") else [],
        "notes": tables.notes,
        **_ignored(tables),
        "nameless": list(_nameless(tables, depot.tables.get("samples", {}))),
        **_shown(report),
        "prefers_file": everywhere == "fichier",
        "has_correction": bool(report.get("counts", {}).get(Fate.REFUSED)) and depot.refused.exists(),
        "several_sheets": len(tables.tables) > 1,
    }


def _shown(report: Mapping[str, Any]) -> dict[str, Any]:
    counts, rows = report.get("counts", {}), report.get("rows", {})
    changed = list(_to_choose(rows.get(Fate.CHANGED, [])))
    return {
        "report": report,
        "counts": counts,
        "to_write": counts.get(Fate.NEW, 0) + counts.get(Fate.CHANGED, 0),
        "new": rows.get(Fate.NEW, []),
        "refused": rows.get(Fate.REFUSED, []),
        "changed": changed,
        "settled": report.get("conflicts", 0) if "taken" in report else 0,
        "kept": report.get("conflicts", 0) - report.get("taken", 0),
        "other_conflicts": report.get("conflicts", 0)
        - sum(row.get("conflicts", row["conflict"]) for row in changed),
        "left_out": _by_reason(report.get("left_out", [])),
        "advice": _by_advice(report.get("advice", [])),
        "lacking": report.get("missing", []),
        "inferred": report.get("inferred", {"count": 0, "rows": []}),
        "advice_shown": len(report.get("advice", [])),
    }


def _to_choose(changed: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows that differ, each difference with what a form calls it and a rank for its labels."""
    for number, row in enumerate(changed, start=1):
        told = [
            # a reading of before the choice of each cell says no key
            {"key": f"{row['key']}:{_BY_LABEL.get(one['label'], '')}", **one, "rank": f"{number}-{rank}"}
            for rank, one in enumerate(row["differences"], start=1)
        ]
        yield {**row, "differences": told}


def _missing(tables: Tables, *wanted: Absence) -> Iterator[dict[str, str]]:
    """What no column says of each table; ``wanted``: of these alone."""
    for table in tables.tables:
        for missing in table.missing:
            if wanted and missing not in wanted:
                continue
            yield {
                "sheet": table.sheet if len(tables.tables) > 1 else "",
                "what": missing.what,
                "advice": missing.advice,
            }


#: Characters of a heading that a page may be given.
LONGEST_HEADING = 120


def _ignored(tables: Tables) -> dict[str, Any]:
    """The columns left aside, to be named; those that number rows are not."""
    found = {
        # the page shows a few words of each, and the filter that cuts them takes long over piled accents
        column.heading[:LONGEST_HEADING]: column.letter
        for table in reversed(tables.tables)  # two sheets often have the same columns: those of the first
        for column in table.columns
        if (column.champ is Champ.IGNORE and guess(normal(column.heading)) != _NUMBERS)
        or (column.champ.is_information and not table.is_ours)
    }
    return {"ignored": list(found.items())[:NAMED], "ignored_count": len(found)}


def _nameless(tables: Tables, samples: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The columns that hold something under no heading: they are not read."""
    for table in tables.tables:
        named = {column.position for column in table.columns}
        for position in sorted(set(map(int, samples.get(table.sheet, {}))) - named):
            where = f" de la feuille « {table.sheet} »" if len(tables.tables) > 1 else ""
            yield f"{letter(position)}{where}"


def _by_reason(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The rows that are no action, under why."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["why"], []).append(row)
    return found


def _by_advice(remarks: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The remarks that give the same advice, under it: the list of the themes is told once."""
    found: dict[tuple[str, str], dict[str, list[Mapping[str, Any]]]] = {}
    for one in remarks:
        held = found.setdefault((one["label"], one["suggestion"]), {})
        held.setdefault(one["message"], []).append(one)
    return [
        {"label": label, "suggestion": suggestion, "messages": held.items()}
        for (label, suggestion), held in found.items()
    ]

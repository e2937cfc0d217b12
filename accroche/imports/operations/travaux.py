"""What workers do with an uploaded census: read it, and write it once that is confirmed (``depots.py``)."""

from __future__ import annotations

import shutil
from itertools import islice
from typing import Any, Final

from django.db import OperationalError, transaction
from django.utils import timezone

from accroche.actions.operations import arrivage
from accroche.commun import jobs
from accroche.commun.models import Job
from accroche.comptes.permissions import Access, access_of
from accroche.comptes.regles import Right
from accroche.imports.models import Depot
from accroche.imports.operations.recensement import BUSY, InterruptedImportError, examine, import_rows
from accroche.imports.queries.confrontation import Confrontation
from accroche.imports.queries.memoire import communes, remembered
from accroche.imports.recensement.answers import TITRE
from accroche.imports.recensement.review import Review
from accroche.imports.recensement.tables import NO_TABLE, Tables, as_json, from_json, tables_of
from accroche.imports.recensement.verdicts import Fate
from accroche.integrations.tableur import RefusedError, read_rows, unpack
from accroche.lib.tableur.cellules import line_of

_SAMPLE: Final = 60


def prepare(number: int, handle: jobs.Handle) -> None:
    """Read a file and say what importing it would do. Raises ``jobs.JobError`` with what to tell."""
    depot, access = _asked(number)
    if not depot.spool.exists():
        try:
            unpack(depot.source, depot.spool)
        except RefusedError as error:
            shutil.rmtree(depot.folder, ignore_errors=True)
            raise jobs.JobError(str(error)) from error
    handle.tick(0)
    if depot.tables.get("corrected"):
        tables = from_json(depot.tables)
    else:
        chosen = depot.tables.get("chosen", {})
        tables = tables_of(depot.spool, remembered(depot.academie), communes(), chosen)
        # all there were, the first time: of one that is not read, its others are not looked for
        there = {"there": depot.tables["there"]} if chosen else {}
        read = {"samples": _samples(depot, tables), "chosen": chosen}
        depot.tables = as_json(tables) | read | there
    if not tables.tables:
        shutil.rmtree(depot.folder, ignore_errors=True)
        raise jobs.JobError(NO_TABLE)
    if tables.are_readable or TITRE in depot.answers:
        report = examine(_confrontation(depot, tables, access, handle), refused=depot.refused).as_json()
    else:
        report = {}
    # a worker that slept too long may come after another, and after what was decided since
    held = Depot.objects.filter(pk=depot.pk, job=handle.pk, written_at=None, closed_at=None)
    with transaction.atomic():
        held.update(tables=depot.tables, report=report)
        handle.finish()


def write(number: int, handle: jobs.Handle) -> None:
    """Write a file whose import was confirmed. Raises ``jobs.JobError``; nothing is then written.

    The sheets that appear, the upload that is written and the job that is done are one transaction: it ends
    once, whatever other worker was given the same job.
    """
    arrivage.clear(timezone.now())  # what an attempt before this one left
    depot, access = _asked(number)
    tables = from_json(depot.tables)

    def conclude(report: Review) -> None:
        written = Depot.objects.filter(pk=depot.pk, job=handle.pk, written_at=None, closed_at=None)
        if not written.update(written_at=timezone.now(), result=report.as_json()):
            raise jobs.Cancelled
        _access_now(depot)  # as when it began
        handle.finish()

    try:
        import_rows(
            lambda: _confrontation(depot, tables, access, handle),
            source=depot.name,
            choices=depot.choices,
            shown=_shown(depot),
            refused=depot.refused,
            handle=handle,
            conclude=conclude,
        )
    except arrivage.AbandonedError as error:
        raise jobs.Cancelled from error
    except InterruptedImportError as error:
        raise jobs.JobError(str(error)) from error
    except OperationalError as error:
        raise jobs.JobError(BUSY) from error
    depot.forget_rows()


def _shown(depot: Depot) -> dict[str, int]:
    """The version of each sheet whose differences the person was shown, by row."""
    rows = depot.report.get("rows", {}).get(Fate.CHANGED, [])
    return {row["key"]: row["version"] for row in rows if "version" in row}


def _asked(number: int) -> tuple[Depot, Access]:
    """The upload of a job and what its owner may do today."""
    depot = Depot.objects.select_related("academie", "edition", "job__owner").filter(pk=number).first()
    if depot is None or not depot.is_open:
        raise jobs.Cancelled
    return depot, _access_now(depot)


def _access_now(depot: Depot) -> Access:
    """What the owner of the upload's job may do at this moment: a role may have ended meanwhile."""
    access = access_of(_owner(depot.job), timezone.now())
    if not depot.may(access, Right.MODERATE):
        raise jobs.JobError("Vous n’avez plus le droit d’importer pour cette académie : rien n’a été écrit.")
    return access


def _owner(job: Job | None) -> Any:
    return job.owner if job else None


def _confrontation(depot: Depot, tables: Tables, access: Access, handle: jobs.Handle) -> Confrontation:
    total = int(depot.report.get("rows_read", 0)) if depot.report else 0
    return Confrontation(
        depot.spool,
        tables,
        depot.edition,
        depot.academie,
        access,
        timezone.now(),
        tick=lambda done: handle.tick(done, total),
        answers=depot.answers,
    )


def _samples(depot: Depot, tables: Tables) -> dict[str, dict[str, str]]:
    """The first word of each column, for who has to say what it holds."""
    found: dict[str, dict[str, str]] = {}
    for table in tables.tables:
        held: dict[str, str] = {}
        rows = (row for row in read_rows(depot.spool, table.sheet) if row[0] > table.heading_row)
        for _, cells in islice(rows, 20):
            for position, cell in enumerate(cells):
                text = line_of(cell)
                if text:
                    held.setdefault(str(position), text[:_SAMPLE])
        found[table.sheet] = held
    return found

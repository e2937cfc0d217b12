"""What people do with an uploaded census: send, correct, confirm or give it up; its file then goes.

What workers do with it: ``travaux.py``.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Sum

from accroche.actions.models import Arrivage
from accroche.actions.operations import arrivage
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.commun import jobs
from accroche.commun.models import JobState
from accroche.commun.reserves import hold
from accroche.commun.stockage import DiskFullError, TooManyBytesError, keeping, write_private
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right
from accroche.imports.models import Depot, MemoireColonne
from accroche.imports.operations.porteurs import Reponse, remember_answers
from accroche.imports.recensement.answers import answers_of
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.columns import Column, guess, normal
from accroche.imports.recensement.tables import as_json, from_json, with_fields
from accroche.integrations.tableur.controle import LIGHTER, MAX_BYTES, MEGABYTE
from accroche.lib.texte import pluriel

PREPARE: Final = "recensement.prepare"
WRITE: Final = "recensement.write"
CLEAR: Final = "recensement.clear"
#: A file this small is read within the page that receives it, in bytes.
AT_ONCE: Final = 200 * 1024
#: How long an upload nobody decided about is kept.
KEPT: Final = dt.timedelta(days=7)
#: Longer than receiving a file takes: a folder this old that no upload knows was left by a killed program.
RECEIVED: Final = dt.timedelta(days=1)
#: Uploads of an académie that wait for a decision, and their bytes.
MAX_WAITING: Final = 30
MAX_WAITING_BYTES: Final = 10 * MAX_BYTES
_CLOSED: Final = "Ce fichier est déjà importé, abandonné, ou en cours de lecture."


class NotTakenError(ValueError):
    """The file is too large, too many wait, or no room is left; the message is French."""


class ClosedError(ValueError):
    """The upload is not as the person saw it: written, given up, or read again; the message is French."""


def receive(
    chunks: Iterable[bytes],
    *,
    name: str,
    size: int,
    academie: Academie,
    edition: Edition,
    access: Access,
    at: dt.datetime,
) -> Depot:
    """Keep an uploaded file and ask for its reading.

    Raises ``PermissionDenied`` and :class:`NotTakenError`; nothing is then kept.
    """
    if not access.allows(Right.MODERATE, Place(academie=academie.pk)):
        raise PermissionDenied
    if size > MAX_BYTES:
        raise NotTakenError(_too_large(size))
    depot = Depot(
        owner=access.user,
        academie=academie,
        edition=edition,
        name=name[:200],
        size=size,
        token=secrets.token_urlsafe(24),
        created_at=at,
    )
    try:
        with keeping(size):
            depot.size, _ = write_private(depot.source, chunks, most=MAX_BYTES)
        with transaction.atomic():
            _check_room(depot, at)
            depot.save()
            _ask(depot, PREPARE, access, at)
    except BaseException as error:  # the disk is full, the visitor is gone: nobody knows of this folder
        shutil.rmtree(depot.folder, ignore_errors=True)
        if isinstance(error, DiskFullError):
            raise NotTakenError(str(error)) from error
        if isinstance(error, TooManyBytesError):  # more than was announced
            raise NotTakenError(_too_large(MAX_BYTES + MEGABYTE)) from error
        raise
    return depot


def _too_large(size: int) -> str:
    return f"Ce fichier pèse {size // MEGABYTE} Mo, {MAX_BYTES // MEGABYTE} Mo au plus. {LIGHTER}"


def _check_room(depot: Depot, at: dt.datetime) -> None:
    """Refuse more than an académie may have waiting. Raises :class:`NotTakenError`."""
    hold([f"academie:{depot.academie_id}"], at=at)
    waiting = Depot.objects.filter(academie=depot.academie, written_at=None, closed_at=None)
    held = waiting.aggregate(files=Count("pk"), bytes=Sum("size", default=0))
    if held["files"] >= MAX_WAITING or held["bytes"] + depot.size > MAX_WAITING_BYTES:
        tables = pluriel(held["files"], "tableau", "tableaux")
        raise NotTakenError(
            f"L’académie a déjà {held['files']} {tables} sans décision "
            f"({held['bytes'] // MEGABYTE} Mo ; {MAX_WAITING} tableaux et {MAX_WAITING_BYTES // MEGABYTE} Mo "
            "au plus). Importez ou abandonnez dans la liste ci-dessous, puis recommencez."
        )


def launch(depot: Depot) -> None:
    """Start what was asked for, once it is committed: at once when the file is small."""
    if depot.job:
        jobs.start(depot.job, at_once=depot.size <= AT_ONCE)


@transaction.atomic
def choose_columns(
    depot: Depot, chosen: Mapping[str, Mapping[int, Champ]], *, access: Access, at: dt.datetime
) -> None:
    """Take the person's word for what the columns hold, remember it, and read again.

    ``chosen``: by sheet, the field of each column by its position from 0.
    """
    _check(depot, access)
    if not depot.tables:
        raise ClosedError("Ce fichier n’a pas encore été lu.")
    told = from_json(depot.tables)
    tables = with_fields(told, chosen)
    for before, after in zip(told.tables, tables.tables, strict=True):
        _remember(depot.academie, before.columns, after.columns, at)
    depot.tables = depot.tables | as_json(tables) | {"corrected": True}
    depot.report = {}
    depot.save(update_fields=["tables", "report"])
    _ask(depot, PREPARE, access, at)


@transaction.atomic
def choose_tables(depot: Depot, chosen: Mapping[str, int], *, access: Access, at: dt.datetime) -> None:
    """Take the person's word for which tables of the file are read, and read again.

    ``chosen``: by sheet, the row of the headings of its table. Raises as :func:`choose_columns`.
    """
    _check(depot, access)
    if not depot.tables:
        raise ClosedError("Ce fichier n’a pas encore été lu.")
    depot.tables = depot.tables | {"chosen": dict(chosen), "corrected": False}
    depot.report = {}
    depot.save(update_fields=["tables", "report"])
    _ask(depot, PREPARE, access, at)


@transaction.atomic
def answer(depot: Depot, told: Mapping[str, str], *, access: Access, at: dt.datetime) -> None:
    """Take what holds for all the rows that do not say it, and read again.

    ``told``: answers by key, see ``recensement.answers``; an empty one is taken back, the others stay.

    Raises ``PermissionDenied``, :class:`ClosedError` and ``AnswerError``.
    """
    _check(depot, access)
    if not depot.tables:
        raise ClosedError("Ce fichier n’a pas encore été lu.")
    depot.answers = answers_of({**depot.answers, **told})
    depot.report = {}
    depot.save(update_fields=["answers", "report"])
    _ask(depot, PREPARE, access, at)


@transaction.atomic
def name_carriers(
    depot: Depot, told: Mapping[str, str], given: Iterable[Reponse], *, access: Access, at: dt.datetime
) -> list[str]:
    """Take who carries the rows that name nobody and who the names are, and read again.

    ``told``: as :func:`answer` takes it. Returns the names of which somebody else said something else
    meanwhile: their answer is kept. Raises as :func:`answer`.
    """
    _check(depot, access)
    others = remember_answers(depot.academie, given, at=at, by=access.user)
    answer(depot, told, access=access, at=at)
    return others


@transaction.atomic
def confirm(
    depot: Depot, choices: Mapping[str, bool], *, seen: str = "", access: Access, at: dt.datetime
) -> None:
    """Ask for the writing. ``choices``: see ``import_rows``; ``OTHERS`` there is for cells nobody saw.

    ``seen``: the reading whose preview was shown, by the number of its job; empty when nobody tells. What
    was chosen about one reading says nothing of another. Raises as :func:`answer`.
    """
    _check(depot, access)
    if seen and seen != str(depot.job_id):
        raise ClosedError(
            "Ce fichier a été relu depuis, dans un autre onglet ou par quelqu’un d’autre. Vérifiez "
            "l’aperçu, puis confirmez."
        )
    if not depot.report:
        raise ClosedError("Ce fichier n’a pas encore été lu.")
    depot.choices = dict(choices)
    depot.save(update_fields=["choices"])
    _ask(depot, WRITE, access, at)


def give_up(depot: Depot, *, access: Access, at: dt.datetime) -> None:
    """Forget a file; nothing of it was written. What runs is stopped.

    Raises ``PermissionDenied``, and :class:`ClosedError` when all of it was written just before.
    """
    if not depot.may(access, Right.MODERATE):
        raise PermissionDenied
    depot.refresh_from_db(fields=["job"])  # it may have been confirmed meanwhile
    if depot.job:
        jobs.cancel(depot.job, at)
    waiting = Depot.objects.filter(pk=depot.pk, written_at=None, closed_at=None)
    if waiting.update(closed_at=at):
        shutil.rmtree(depot.folder, ignore_errors=True)
        # a killed worker's: too many for a page to remove
        if Arrivage.objects.filter(job=depot.job).exists():
            jobs.start(jobs.add(CLEAR, {}, owner=access.user, at=at), at_once=False)
    elif Depot.objects.filter(pk=depot.pk, written_at__isnull=False).exists():
        raise ClosedError(
            "Trop tard pour abandonner : tout était déjà écrit. Les fiches attendent la relecture, où elles "
            "peuvent être refusées."
        )


def purge(at: dt.datetime) -> int:
    """Close the uploads nobody decided about for a week; remove what no upload needs; return how many closed.

    What is removed is found on the disk: files whose upload is written, given up or unknown, as a program
    that was killed leaves them, and the rows to correct of imports older than a week. Sheets that never
    arrived go as well.
    """
    arrivage.clear(at)
    old = Depot.objects.filter(created_at__lte=at - KEPT, written_at=None, closed_at=None)
    closed = old.exclude(job__state__in=(JobState.WAITING, JobState.RUNNING)).update(closed_at=at)
    for folder in sorted(Depot.root().glob("*")):
        depot = Depot.objects.filter(token=folder.name).first()
        if depot is None:
            left = at.timestamp() - folder.stat().st_mtime > RECEIVED.total_seconds()
        else:
            left = not depot.is_open and (depot.written_at is None or depot.created_at <= at - KEPT)
        if left:
            shutil.rmtree(folder, ignore_errors=True)
        elif depot and depot.written_at:
            depot.forget_rows()
    return closed


def _check(depot: Depot, access: Access) -> None:
    if not depot.may(access, Right.MODERATE):
        raise PermissionDenied
    if not depot.is_open or (depot.job and not depot.job.is_over):
        raise ClosedError(_CLOSED)


def _ask(depot: Depot, kind: str, access: Access, at: dt.datetime) -> None:
    """Add a job, unless another was asked for, or the file was written or given up, since it was read."""
    held = Depot.objects.filter(pk=depot.pk, job=depot.job_id, written_at=None, closed_at=None)
    job = jobs.add(kind, {"depot": depot.pk}, owner=access.user, at=at)
    if not held.update(job=job):
        raise ClosedError(_CLOSED)
    depot.job = job


def _remember(academie: Academie, before: Iterable[Column], after: Iterable[Column], at: dt.datetime) -> None:
    """Keep what the person changed; forget what they take back, where our own guess says it again."""
    for was, column in zip(before, after, strict=True):
        heading = normal(column.heading)[:200]
        # « Action 2 » is left aside in this file: without its number, it would be the title of the next ones
        if not heading or was.champ is column.champ or column.action > 1:
            continue
        if was.remembered and guess(heading)[0] is column.champ:
            MemoireColonne.objects.filter(academie=academie, heading=heading).delete()
        else:
            MemoireColonne.objects.update_or_create(
                academie=academie, heading=heading, defaults={"champ": column.champ, "chosen_at": at}
            )


def refused_rows(depot: Depot) -> Iterator[tuple[str, int, list[Any], str]]:
    """The rows to correct: sheet, number, cells as they were, what to correct."""
    if depot.refused.exists():
        with depot.refused.open(encoding="utf-8") as lines:
            for line in lines:
                sheet, number, cells, words = json.loads(line)
                yield sheet, number, [_cell(cell) for cell in cells], words


def _cell(cell: Any) -> Any:
    return dt.date.fromisoformat(cell[0][:10]) if isinstance(cell, list) else cell

"""Jobs: numbers in, one operation out, progress in a file, cancelled between two batches.

An app registers what it can run with :func:`task`, from its ``tasks.py``; ``commun/worker.py`` runs it. These
are read once there is a job: they import most operations, for which no start has to wait. See
docs/adr for why this and not a task queue. A worker that is only slow may lose its job to another: whoever
holds it is told by the number of the attempt, and work that writes ends with :meth:`Handle.finish`, in the
transaction it writes in.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from accroche.commun import lanes
from accroche.commun.lanes import Lane
from accroche.commun.logs import of_job
from accroche.commun.models import Job, JobState
from accroche.commun.pannes import panne_of

logger = logging.getLogger(__name__)

#: A running job that told nothing for this long was killed: longer than its longest silence.
STALE: Final = dt.timedelta(minutes=5)
#: A job killed this often is given up.
ATTEMPTS: Final = 2
#: Seconds between two words about how far it is.
EVERY: Final = 0.5
_FAILED: Final = "Une erreur imprévue a tout arrêté : rien n’a été écrit. Le serveur l’a notée."
_PASSES: Final = "Le site est plein ou trop occupé : rien n’a été écrit. Recommencez dans quelques minutes."
_KILLED: Final = (
    "Ce travail a été interrompu deux fois. Rien n’a été écrit : recommencez, avec moins de lignes si c’est "
    "un tableau ; si cela dure, prévenez l’exploitant du site."
)

#: How long a job that is over is kept.
KEPT: Final = dt.timedelta(days=30)
#: A folder this old whose job is over was left by a killed program.
LEFT: Final = dt.timedelta(days=1)

QUICK: Final = Lane.QUICK
IMAGES: Final = Lane.IMAGES
LONG: Final = Lane.LONG

Run = Callable[[dict[str, Any], "Handle"], None]
Stop = Callable[[], bool]
_tasks: dict[str, Run] = {}
#: The lane of each kind that has one; any other, known or not, may take minutes.
_lanes: dict[str, Lane] = {}


class Cancelled(Exception):  # noqa: N818 - somebody's wish, no error
    """The person does not want it any more."""


class GivenBackError(Cancelled):
    """The worker stops: the job goes to the next one, as if it had not begun."""


class JobError(Exception):
    """The job cannot be done; the message is French, for the person who asked."""


def task(kind: str, lane: Lane = QUICK) -> Callable[[Run], Run]:
    """Register what runs the jobs of a kind, and the lane it runs in: work of minutes says ``LONG``."""

    def mark(run: Run) -> Run:
        _tasks[kind] = run
        if lane is not LONG:
            _lanes[kind] = lane
        return run

    return mark


@cache
def register() -> None:
    """Read the ``tasks.py`` of every app, once: what needs the kinds of jobs asks it first."""
    autodiscover_modules("tasks")


@dataclass(slots=True)
class Handle:
    """What a running job tells and is told, through its folder: progress, and the wish to stop."""

    pk: int
    attempt: int = 0
    is_stopping: Stop = field(default=lambda: False)
    _last: float = field(default=0.0)
    has_finished: bool = field(default=False)

    @property
    def folder(self) -> Path:
        """Shared by the web processes and the workers."""
        return Path(settings.DATA) / "jobs" / str(self.pk)

    def tick(self, done: int, total: int = 0) -> None:
        """Tell how far it is (``total`` 0: unknown). Raise :class:`Cancelled` when it is to stop."""
        if self.is_unwanted:
            raise Cancelled
        if self.is_stopping():
            raise GivenBackError
        now = time.monotonic()
        if now - self._last >= EVERY:
            self._last = now
            self._tell(done, total)

    @property
    def is_unwanted(self) -> bool:
        """Whether somebody asked to stop."""
        return (self.folder / "cancel").exists()

    def finish(self) -> None:
        """Say that it is done, in the transaction of what it wrote: both are certain, or neither.

        Raise :class:`Cancelled` when another worker was given the job meanwhile, or it was given up.
        """
        if not _end(self, JobState.DONE):
            raise Cancelled
        self.has_finished = True

    def _tell(self, done: int, total: int) -> None:
        # nothing depends on it: a full disk, or a folder that whoever gave the job up removes at this moment
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = self.folder / "progress.new"
            aside.write_text(json.dumps([done, total]), encoding="ascii")
            aside.replace(self.folder / "progress")

    def progress(self) -> tuple[int, int]:
        """How far it is: done and total, 0 when unknown."""
        try:
            done, total = json.loads((self.folder / "progress").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return 0, 0
        return int(done), int(total)

    def heard_at(self) -> dt.datetime | None:
        """When it last told something."""
        try:
            seconds = (self.folder / "progress").stat().st_mtime
        except OSError:
            return None
        return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)

    def ask_to_stop(self) -> None:
        """Leave the wish to stop, seen between two batches."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "cancel").touch()

    def clean(self) -> None:
        """Remove the folder; another program may do the same, or have done it, at any moment."""
        shutil.rmtree(self.folder, ignore_errors=True)


def add(kind: str, arguments: dict[str, Any], *, owner: Any, at: dt.datetime) -> Job:
    """Write a job that waits; :func:`start` it once that is committed."""
    job = Job.objects.create(kind=kind, arguments=arguments, owner=owner, created_at=at)
    # the line that links the request to those of the job
    logger.info("job added", extra={"facts": {"job": f"job-{job.pk}", "kind": kind}})
    return job


def start(job: Job, *, at_once: bool) -> None:
    """Run a small job now, or let the worker have it."""
    if at_once:
        run(job.pk, timezone.now())
    else:
        register()
        lane = _lanes.get(job.kind, LONG)
        transaction.on_commit(lambda: lanes.wake(lane))


def run(pk: int, at: dt.datetime, *, stop: Stop = lambda: False) -> bool:
    """Claim and run one job; return whether it was ours to run. ``stop``: whether the worker is to end."""
    register()
    claimed = Job.objects.filter(pk=pk, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=at, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    job = Job.objects.get(pk=pk)
    handle = Handle(pk, job.attempts, stop)
    state, error = JobState.DONE, ""
    try:
        handle.tick(0)
        with of_job(pk):
            _tasks[job.kind](job.arguments, handle)
    except GivenBackError:
        _held(handle).update(state=JobState.WAITING, attempts=F("attempts") - 1)
        return True
    except Cancelled:
        state = JobState.CANCELLED
    except JobError as refusal:
        state, error = JobState.FAILED, str(refusal)
    except Exception as unforeseen:
        if handle.is_unwanted:  # what it worked on may have been taken away already
            state = JobState.CANCELLED
        else:
            with of_job(pk):
                logger.exception("job %s (%s) failed", pk, job.kind)
            passes = panne_of(unforeseen) is not None
            state, error = JobState.FAILED, _PASSES if passes else _FAILED
    if state is JobState.FAILED and not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()  # the database may have gone and come back meanwhile
    if _end(handle, state, error) or handle.has_finished:
        handle.clean()
    return True


def _end(handle: Handle, state: JobState, error: str = "") -> bool:
    """Write how a job ended, and forget what it was asked; False when this attempt lost it to another."""
    return bool(_held(handle).update(state=state, error=error, finished_at=timezone.now(), arguments={}))


def _held(handle: Handle) -> QuerySet[Job]:
    """The job, while this attempt is the one that runs it."""
    return Job.objects.filter(pk=handle.pk, state=JobState.RUNNING, attempts=handle.attempt)


def cancel(job: Job, at: dt.datetime) -> None:
    """Stop a job: at once when it waits, between two batches when it runs."""
    if job.is_over:
        return
    handle = Handle(job.pk)
    # the file first: on SQLite, the row cannot be written before what runs has ended
    handle.ask_to_stop()
    Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(state=JobState.CANCELLED, finished_at=at)
    job.refresh_from_db()
    if job.is_over:
        handle.clean()


def run_waiting(
    now: Callable[[], dt.datetime] = timezone.now, *, lane: Lane | None = None, stop: Stop = lambda: False
) -> int:
    """Run what waits, oldest first, until nothing does; return how many. Takes over what was killed.

    ``lane``: only what runs there. ``stop``: asked between two jobs, and by those that tell how far they are.
    """
    recover(now())
    done = 0
    while not stop():
        pk = _waiting(lane).values_list("pk", flat=True).first()
        if pk is None:
            break
        done += run(pk, now(), stop=stop)
    return done


def _waiting(lane: Lane | None) -> QuerySet[Job]:
    waiting = Job.objects.filter(state=JobState.WAITING)
    return waiting if lane is None else _of(waiting, lane)


def _of(jobs: QuerySet[Job], lane: Lane) -> QuerySet[Job]:
    register()
    if lane is LONG:
        return jobs.exclude(kind__in=list(_lanes))
    return jobs.filter(kind__in=[kind for kind, its in _lanes.items() if its is lane])


def recover(now: dt.datetime) -> None:
    """Put back, or give up, the jobs whose worker was killed: none of them wrote anything."""
    for job in Job.objects.filter(state=JobState.RUNNING):
        if now - _heard_at(job) < STALE:
            continue
        handle = Handle(job.pk, job.attempts)
        if job.attempts < ATTEMPTS:
            _held(handle).update(state=JobState.WAITING)
        elif _end(handle, JobState.FAILED, _KILLED):
            handle.clean()


def _heard_at(job: Job) -> dt.datetime:
    return max(filter(None, (job.started_at, Handle(job.pk).heard_at())))


def last_heard(lane: Lane) -> dt.datetime | None:
    """When a job that runs in a lane last said how far it is; None when none runs."""
    running = _of(Job.objects.filter(state=JobState.RUNNING), lane)
    return max(map(_heard_at, running), default=None)


def waiting_since() -> dt.datetime | None:
    """When the oldest job that waits was asked for; None when none does."""
    return Job.objects.filter(state=JobState.WAITING).values_list("created_at", flat=True).first()


def purge(at: dt.datetime) -> int:
    """Remove the jobs that are over for :data:`KEPT`, and what killed ones left; return how many jobs."""
    count, _ = Job.objects.filter(finished_at__lte=at - KEPT).delete()
    root = Path(settings.DATA) / "jobs"
    unfinished = Job.objects.filter(state__in=(JobState.WAITING, JobState.RUNNING))
    needed = set(map(str, unfinished.values_list("pk", flat=True)))
    for folder in sorted(root.glob("*")):
        with suppress(OSError):
            is_old = at.timestamp() - folder.stat().st_mtime > LEFT.total_seconds()
            if is_old and folder.name not in needed:
                shutil.rmtree(folder)
    return count

"""Jobs: numbers in, one operation out, progress in a file, cancelled between two batches.

An app registers what it can run with :func:`task`, from its ``tasks.py``. See docs/adr for why this and
not a task queue.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accroche.commun.models import Job, JobState

logger = logging.getLogger(__name__)

#: A running job that told nothing for this long was killed: longer than its longest silence.
STALE: Final = dt.timedelta(minutes=5)
#: A job killed this often is given up.
ATTEMPTS: Final = 2
#: Seconds between two words about how far it is.
EVERY: Final = 0.5

Run = Callable[[dict[str, Any], "Handle"], None]
_tasks: dict[str, Run] = {}
_lock = threading.Lock()
_worker: threading.Thread | None = None


class Cancelled(Exception):  # noqa: N818 - somebody's wish, no error
    """The person does not want it any more."""


class JobError(Exception):
    """The job cannot be done; the message is French, for the person who asked."""


def task(kind: str) -> Callable[[Run], Run]:
    """Register what runs the jobs of a kind."""

    def mark(run: Run) -> Run:
        _tasks[kind] = run
        return run

    return mark


@dataclass(slots=True)
class Handle:
    """What a running job tells and is told, through its folder: progress, and the wish to stop."""

    pk: int
    _last: float = field(default=0.0)

    @property
    def folder(self) -> Path:
        """Shared by the web processes and the workers."""
        return Path(settings.DATA) / "jobs" / str(self.pk)

    def tick(self, done: int, total: int = 0) -> None:
        """Tell how far it is (``total`` 0: unknown). Raise :class:`Cancelled` when it is to stop."""
        if (self.folder / "cancel").exists():
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= EVERY:
            self._last = now
            self._tell(done, total)

    def _tell(self, done: int, total: int) -> None:
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
        """Remove the folder."""
        for name in ("progress", "progress.new", "cancel"):
            (self.folder / name).unlink(missing_ok=True)
        if self.folder.is_dir():
            self.folder.rmdir()


def add(kind: str, arguments: dict[str, Any], *, owner: Any, at: dt.datetime) -> Job:
    """Write a job that waits; :func:`start` it once that is committed."""
    return Job.objects.create(kind=kind, arguments=arguments, owner=owner, created_at=at)


def start(job: Job, *, at_once: bool) -> None:
    """Run a small job now, or let a worker have it: the web process's own, or ``accroche work``."""
    if at_once:
        run(job.pk, timezone.now())
    else:
        wake()


def run(pk: int, at: dt.datetime) -> bool:
    """Claim and run one job; return whether it was ours to run."""
    claimed = Job.objects.filter(pk=pk, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=at, attempts=F("attempts") + 1
    )
    if not claimed:
        return False
    job, handle = Job.objects.get(pk=pk), Handle(pk)
    state, error = JobState.DONE, ""
    try:
        handle.tick(0)
        _tasks[job.kind](job.arguments, handle)
    except Cancelled:
        state = JobState.CANCELLED
    except JobError as refusal:
        state, error = JobState.FAILED, str(refusal)
    except Exception:
        logger.exception("job %s (%s) failed", pk, job.kind)
        state = JobState.FAILED
        error = "Une erreur imprévue a tout arrêté : rien n’a été écrit. Le serveur l’a notée."
    _over(pk, state, error)
    handle.clean()
    return True


def _over(pk: int, state: JobState, error: str) -> None:
    Job.objects.filter(pk=pk, state=JobState.RUNNING).update(
        state=state, error=error, finished_at=timezone.now()
    )


def cancel(job: Job, at: dt.datetime) -> None:
    """Stop a job: at once when it waits, between two batches when it runs."""
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    if not waiting.update(state=JobState.CANCELLED, finished_at=at) and not job.is_over:
        Handle(job.pk).ask_to_stop()


def run_waiting(now: Callable[[], dt.datetime] = timezone.now) -> int:
    """Run what waits, oldest first, until nothing does; return how many. Takes over what was killed."""
    recover(now())
    done = 0
    while (pk := Job.objects.filter(state=JobState.WAITING).values_list("pk", flat=True).first()) is not None:
        done += run(pk, now())
    return done


def recover(now: dt.datetime) -> None:
    """Put back, or give up, the jobs whose worker was killed: none of them wrote anything."""
    for job in Job.objects.filter(state=JobState.RUNNING):
        heard = max(filter(None, (job.started_at, Handle(job.pk).heard_at())))
        if now - heard < STALE:
            continue
        held = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
        if job.attempts < ATTEMPTS:
            held.update(state=JobState.WAITING)
        else:
            held.update(
                state=JobState.FAILED,
                finished_at=now,
                error="Ce travail a été interrompu deux fois. Rien n’a été écrit : essayez moins de lignes.",
            )


def wake() -> None:
    """Let the web process's own worker take what waits, unless another program does it."""
    global _worker  # noqa: PLW0603 - one thread for the process
    if settings.WORKER != "embedded":
        return
    with _lock:
        if _worker is None or not _worker.is_alive():
            _worker = threading.Thread(target=_work, name="accroche-worker", daemon=True)
            _worker.start()


def _work() -> None:
    try:
        run_waiting()
    except Exception:
        logger.exception("the embedded worker stopped")
    finally:
        connection.close()

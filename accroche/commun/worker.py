"""The worker: one thread a lane, in the web process or in ``accroche work``, that never stops for an error.

It is woken when something is written, and looks by itself every few seconds for what other processes left.
Several workers at once are safe: each mail and each job is claimed by a conditional update.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections
from django.utils import timezone

from accroche.commun import delivery, jobs, lanes
from accroche.commun.lanes import Lane

logger = logging.getLogger(__name__)

#: Seconds between two looks of a lane, a quarter more or less: processes do not all look together.
EVERY: Final = 5.0
#: Seconds between two looks of a lane that only meets errors, at most.
AT_MOST: Final = 60.0
#: A lane that gave no sign of life for this long runs nowhere.
SILENT: Final = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class LaneState:
    """When a lane last gave a sign of life, in any process, and whether that is too long ago."""

    lane: Lane
    seen_at: dt.datetime | None
    is_silent: bool


def turn(
    lane: Lane, now: Callable[[], dt.datetime] = timezone.now, *, stop: Callable[[], bool] = lambda: False
) -> int:
    """Do what waits in a lane; return how many mails left or jobs ended."""
    if lane is not Lane.MAIL:
        done = jobs.run_waiting(now, lane=lane, stop=stop)
    else:
        done = delivery.deliver(now, stop=stop, told=lambda: _beat(lane)).sent
    _beat(lane)
    return done


def state(now: dt.datetime) -> tuple[LaneState, ...]:
    """How each lane is; what tells that nobody runs the worker."""
    found = []
    for lane in Lane:
        signs = [_beat_at(lane), jobs.last_heard(lane) if lane is not Lane.MAIL else None]
        seen = max(filter(None, signs), default=None)
        found.append(LaneState(lane, seen, is_silent=seen is None or now - seen > SILENT))
    return tuple(found)


class Worker:
    """Threads that run the lanes until they are told to stop."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._stop = threading.Event()
        self._threads: dict[Lane, threading.Thread] = {}
        self._lock = threading.Lock()

    def start(self, *, delay: float = 0.0) -> None:
        """Start the lanes that do not run; the first look comes after ``delay`` seconds."""
        jobs.register()  # here and not in the threads, where the first request would load the same beside
        with self._lock:
            for lane in Lane:
                thread = self._threads.get(lane)
                if thread is None or not thread.is_alive():
                    name = f"accroche-{lane}"
                    thread = threading.Thread(target=self._run, args=(lane, delay), name=name, daemon=True)
                    self._threads[lane] = thread
                    thread.start()

    def stop(self) -> None:
        """Ask the lanes to stop: a mail is finished, a long job is given back."""
        self._stop.set()
        for lane in Lane:
            lanes.wake(lane)

    def join(self) -> None:
        """Wait until all of them stopped."""
        for thread in self._threads.values():
            thread.join()

    def _run(self, lane: Lane, delay: float) -> None:
        self._stop.wait(delay)
        failures = 0
        while not self._stop.is_set():
            try:
                turn(lane, stop=self._stop.is_set)
                failures = 0
            except BaseException:  # the lane lives as long as the process
                failures += 1
                logger.exception("lane %s: a turn failed", lane)
            finally:
                connections.close_all()
            wait = min(EVERY * 2 ** min(failures, 10), AT_MOST)
            lanes.wait(lane, wait * random.uniform(0.75, 1.25))  # noqa: S311 - not a secret


_embedded: Worker | None = None


def embed() -> None:
    """Run the lanes in this web process, unless ``accroche work`` does; again, it starts what died."""
    global _embedded  # noqa: PLW0603 - one worker for the process
    if settings.WORKER != "embedded":
        return
    if _embedded is None:
        _embedded = Worker()
    # a server that forks its processes does so at once: no connection is open yet at that moment
    _embedded.start(delay=1.0)


def _forget_threads() -> None:
    """A process that was forked has none of them."""
    global _embedded  # noqa: PLW0603 - the same
    _embedded = None


os.register_at_fork(after_in_child=_forget_threads)


def _sign(lane: Lane) -> Path:
    return Path(settings.DATA) / "worker" / lane


def _beat(lane: Lane) -> None:
    """Leave a sign of life, in the folder that all processes share; a full disk does not stop the work."""
    try:
        _sign(lane).parent.mkdir(exist_ok=True)
        _sign(lane).touch()
    except OSError:
        logger.warning("lane %s: no sign of life can be left", lane, exc_info=True)


def _beat_at(lane: Lane) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(_sign(lane).stat().st_mtime, tz=dt.UTC)
    except OSError:
        return None

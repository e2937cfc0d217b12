"""The thread of a web process that keeps the index of its node up to date.

It looks three times a second whether something changed: one query by an index when nothing did. So whoever
changes it, a page, a command, the worker, another machine, what is published is found within a second. Then
it asks the index what visitors asked of it until now: none of them waits because somebody changed a sheet.
"""

from __future__ import annotations

import logging
import os
import threading
from typing import Final

from django.conf import settings
from django.db import connections
from django.utils import timezone

from accroche.catalogue.operations import indexation
from accroche.catalogue.queries import lecteur

logger = logging.getLogger(__name__)

#: Seconds between two looks, and between two that fail, at most.
EVERY: Final = 0.3
AT_MOST: Final = 60.0


class Veilleur:
    """The thread, until it is told to stop; no failure ends it."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start it, unless it runs."""
        with self._lock:  # each request asks for it
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="accroche-index", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop it, and wait until it has."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        failures = 0
        # a server that forks its processes does so at once: no connection is open yet at that moment
        wait = 2 * EVERY
        while not self._stop.wait(wait):
            try:
                indexation.feed(timezone.now)
                lecteur.ask_again()
                failures = 0
            except BaseException:  # the thread lives as long as the process
                failures += 1
                logger.exception("search index: it could not be followed")
                connections.close_all()
            wait = min(EVERY * 2 ** min(failures, 10), AT_MOST)
        connections.close_all()


_embedded: Veilleur | None = None


def embed() -> None:
    """Run it in this process; again, it starts what died. Nothing where the settings want no index."""
    global _embedded  # noqa: PLW0603 - one for the process
    if settings.INDEX is None:
        return
    if _embedded is None:
        _embedded = Veilleur()
    _embedded.start()


def _forget_thread() -> None:
    """A process that was forked has none."""
    global _embedded  # noqa: PLW0603 - the same
    _embedded = None


os.register_at_fork(after_in_child=_forget_thread)

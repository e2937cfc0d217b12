"""Who may talk to ProConnect at this moment: few at once, and one alone while it does not answer.

Shared by the threads of a process. Nobody waits here: who may not talk is told so at once, and the pages that
need nothing of ProConnect keep their threads.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from accroche.integrations.proconnect.errors import BusyError, UnavailableError

#: Threads that may wait for ProConnect at once; a server has four or more.
AT_ONCE: Final = 3
#: Seconds ProConnect is left alone after it did not answer, longer each time; then one tries, for all.
PAUSES: Final = (10.0, 20.0, 40.0, 80.0, 160.0, 300.0)


class Guard:
    """What is known of one provider: how many talk to it, and whether it answers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` gives seconds, of any origin."""
        self._clock = clock
        self._lock = threading.Lock()
        self._talking = 0
        self._failures = 0
        self._retry_at = 0.0
        self._is_tried = False

    @property
    def is_suspect(self) -> bool:
        """Whether it did not answer the last time."""
        return self._failures > 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Talk to it, and remember whether it answered: ``UnavailableError`` within says that it did not.

        Raises :class:`BusyError` when enough others do, ``UnavailableError`` when it is not to be asked yet.
        """
        failures = self._enter()
        try:
            yield
        except UnavailableError:
            self._leave(failures, answered=False)
            raise
        except BaseException:
            self._leave(failures, answered=True)
            raise
        self._leave(failures, answered=True)

    def _enter(self) -> int:
        with self._lock:
            if self._failures and (self._is_tried or self._clock() < self._retry_at):
                raise UnavailableError("It did not answer a moment ago, and is not asked again yet.")
            if self._talking >= AT_ONCE:
                raise BusyError("Enough others wait for it.")
            self._is_tried = self._failures > 0
            self._talking += 1
            return self._failures

    def _leave(self, failures: int, *, answered: bool) -> None:
        with self._lock:
            self._talking -= 1
            if answered:
                self._failures, self._is_tried = 0, False
            elif failures == self._failures:  # of several that began together, one counts
                self._retry_at = self._clock() + PAUSES[min(self._failures, len(PAUSES) - 1)]
                self._failures, self._is_tried = self._failures + 1, False


_guards: dict[str, Guard] = {}
_lock = threading.Lock()


def guard_of(issuer: str) -> Guard:
    """The one guard of a provider in this process."""
    with _lock:
        return _guards.setdefault(issuer, Guard())


def forget() -> None:
    """Forget what is known of every provider, as at the start."""
    with _lock:
        _guards.clear()

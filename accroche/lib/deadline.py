"""A total time for talking to another machine.

The timeout of a socket is for each read: a machine that sends one byte now and then is waited for without
end. Here the connection is cut when the time is over, whatever it was doing, TLS included.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self


class Deadline:
    """``with Deadline(seconds) as deadline``: what it watches is cut off after ``seconds``."""

    def __init__(self, seconds: float) -> None:
        """Start counting at once."""
        self._end = time.monotonic() + seconds
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self.has_expired = False

    @property
    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Raise ``TimeoutError`` when the time is over."""
        if self.has_expired:
            raise TimeoutError

    def watch(self, connection: socket.socket) -> None:
        """Cut this connection too when the time is over; a socket that was connected, before TLS or after."""
        # a second handle on the same connection: wrapping a socket in TLS takes its own away
        own = connection.dup()
        with self._lock:
            self._watched.append(own)
        if self.has_expired:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            self.has_expired = True
            for connection in self._watched:
                with suppress(OSError):  # closed already
                    connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for connection in self._watched:
                connection.close()
            self._watched.clear()

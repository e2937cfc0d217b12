"""The lanes of the worker: what runs in one never waits for what runs in another."""

from __future__ import annotations

import os
import threading
from enum import StrEnum


class Lane(StrEnum):
    """What a thread of the worker takes: mails, work of an instant, images, work of minutes (imports).

    Images have their own: a hundred photographs take minutes, and somebody waits for the link of a mail.
    """

    MAIL = "mail"
    QUICK = "quick"
    IMAGES = "images"
    LONG = "long"


_awake: dict[Lane, threading.Event] = {}


def _renew() -> None:
    """A process that was forked has no threads, and events that may have been held."""
    _awake.update({lane: threading.Event() for lane in Lane})


_renew()
os.register_at_fork(after_in_child=_renew)


def wake(lane: Lane) -> None:
    """Have the lane of this process look at once; it looks by itself too, for what others left."""
    _awake[lane].set()


def wait(lane: Lane, seconds: float) -> None:
    """Wait until somebody wakes the lane, ``seconds`` at most."""
    _awake[lane].wait(seconds)
    _awake[lane].clear()

"""While an instance is backed up, no attachment goes from its disk: the copy's rows name them still.

What is taken away meanwhile goes later, with the files that no sheet shows.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

#: Where a backup is prepared, in the instance's folder; who holds its lock is backing up.
PREPARED: Final = "sauvegarde.tmp"
#: How often, and how many seconds apart, the lock is asked for: who only looks holds it for an instant.
_TRIES: Final = 20
_APART: Final = 0.1


class CopyingError(Exception):
    """Another backup runs."""


@contextmanager
def copying() -> Iterator[Path]:
    """Hold the folder in which one backup at a time is prepared. Raises :class:`CopyingError`."""
    place = _place()
    place.mkdir(mode=0o700, exist_ok=True)
    held = os.open(place, os.O_RDONLY)
    try:
        for left in range(_TRIES, 0, -1):
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if left == 1:
                    raise CopyingError from error
                time.sleep(_APART)
            else:
                break
        yield place
    finally:
        os.close(held)


def is_copied() -> bool:
    """Whether a backup runs at this moment, in any process that shares the instance's folder."""
    try:
        looked = os.open(_place(), os.O_RDONLY)
    except FileNotFoundError:  # never backed up
        return False
    try:
        fcntl.flock(looked, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(looked)
    return False


def _place() -> Path:
    return Path(settings.DATA) / PREPARED

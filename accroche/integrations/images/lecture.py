"""Having an image drawn anew by a bounded process, few at once on a machine."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from accroche.lib import doors

MEGABYTE: Final = 1024 * 1024
#: Address space and processor seconds of one drawing, measured in docs/adr/0012; seconds of the clock.
MEMORY: Final = 640 * MEGABYTE
CPU_SECONDS: Final = 60
TIMEOUT: Final = 150
#: Images drawn at once on a machine, whatever its programs and threads.
SLOTS: Final = 2
#: The size limit of the format is the program's own (:mod:`accroche.integrations.images.dessin`).
NO_LIMIT: Final = 2**62
#: How a process that somebody stopped ends; the image is not to blame.
_STOPPED: Final = frozenset({-signal.SIGTERM, -signal.SIGINT, -signal.SIGKILL, -signal.SIGHUP})
#: How one ends that took too much time.
_TOO_LONG: Final = frozenset({-signal.SIGXCPU})


class BrokenImageError(ValueError):
    """The bytes cannot be read as the image they say they are."""


class TooManyPixelsError(ValueError):
    """The image announces more pixels than are decoded; the message is its sides."""


class TooHeavyError(ValueError):
    """Drawing the image took more memory or time than one image may."""


class NoSlotError(RuntimeError):
    """As many images as may be are being drawn; come back later."""


class Status(IntEnum):
    """How the program ends."""

    DONE = 0
    BROKEN = 3
    TOO_LARGE = 4
    NO_ROOM = 5
    TOO_HEAVY = 6


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image of ours, in a file: its format (``jpeg`` or ``webp``), its sides in pixels."""

    format: str
    width: int
    height: int


def drawn(
    source: Path, kind: str, out: Path, *, slots: Path, waits: bool = True, most: int = NO_LIMIT
) -> Drawn:
    """Draw the image of ``source`` into ``out``, which is new; see ``dessin.reencode``.

    ``kind``: ``jpeg``, ``png``, ``webp`` or ``gif``. ``slots``: the folder where the programs of the machine
    meet. ``waits``: for a slot; otherwise :class:`NoSlotError` when none is free. ``most``: pixels.

    Raises :class:`BrokenImageError`, :class:`TooManyPixelsError`, :class:`TooHeavyError`, and ``OSError``: no
    room left, or the program was stopped. No file is then left.
    """
    doors.passing("an image is decoded")
    with _slot(slots, waits=waits) as held:
        command = [
            sys.executable,
            "-m",
            "accroche.integrations.images.lecteur",
            kind,
            str(source),
            str(out),
            str(most),
        ]
        try:
            done = subprocess.run(  # noqa: S603 - our own program
                command,
                capture_output=True,
                text=True,
                timeout=TIMEOUT,
                check=False,
                pass_fds=[held],  # the slot is free once the program is gone, even when we are killed
                env=_environment(),
            )
            return _told(done)
        except subprocess.TimeoutExpired as error:
            out.unlink(missing_ok=True)
            raise TooHeavyError from error
        except BaseException:
            out.unlink(missing_ok=True)
            raise


def _told(done: subprocess.CompletedProcess[str]) -> Drawn:
    status = done.returncode
    if status in _STOPPED:
        raise InterruptedError(errno.EINTR, "the program that draws images was stopped")
    if status in _TOO_LONG or status == Status.TOO_HEAVY:
        raise TooHeavyError
    if status == Status.BROKEN or status < 0:  # what made it fall is in the image
        raise BrokenImageError
    if status == Status.NO_ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if status not in {Status.DONE, Status.TOO_LARGE}:
        raise RuntimeError(done.stderr[-2000:])
    told: dict[str, Any] = json.loads(done.stdout)
    if status == Status.TOO_LARGE:
        raise TooManyPixelsError(told["sides"])
    return Drawn(told["format"], told["width"], told["height"])


def _environment() -> dict[str, str]:
    """What the program needs, and none of our secrets: it reads what strangers send."""
    return {"LANG": "C.UTF-8"} | {
        name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ
    }


@contextmanager
def _slot(folder: Path, *, waits: bool) -> Iterator[int]:
    """Hold one of the slots of the machine; the system frees it, whatever becomes of us."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held: list[int] = []
    try:
        for number in range(SLOTS):
            descriptor = os.open(folder / f"slot-{number}", os.O_RDWR | os.O_CREAT, 0o600)
            held.append(descriptor)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield descriptor
            return
        if not waits:
            raise NoSlotError
        fcntl.flock(held[0], fcntl.LOCK_EX)
        yield held[0]
    finally:
        for descriptor in held:
            os.close(descriptor)

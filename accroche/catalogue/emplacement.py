"""Where this node keeps its index, and who may write there at a moment: names of files and locks, no more.

``courant`` names the folder that answers; a rebuild makes another beside it and changes that one word. Beside
each folder, its ``repere`` tells up to where of the changes it knows. All of it may be deleted at any moment.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Verrou(StrEnum):
    """What one program does at a time; the system opens a lock again when its holder is killed."""

    FEED = "ecriture.verrou"
    REBUILD = "refonte.verrou"


@dataclass(frozen=True, slots=True)
class Emplacement:
    """The folder of all that belongs to the index of a node."""

    root: Path

    @property
    def pointer(self) -> Path:
        """The file that names the folder that answers."""
        return self.root / "courant"

    def current(self) -> str:
        """The name of the folder that answers; nothing when there is none."""
        try:
            return self.pointer.read_text("utf-8").strip()
        except OSError:
            return ""

    def folder(self, name: str) -> Path:
        """The folder of an index."""
        return self.root / name

    def answer_from(self, name: str) -> None:
        """Have the index of that name answer from now on."""
        _write(self.pointer, name)

    def repere(self, name: str) -> str:
        """Up to where of the changes an index knows; nothing when that cannot be read."""
        try:
            return (self.root / f"{name}.repere").read_text("utf-8")
        except OSError:
            return ""

    def remembered(self, name: str) -> dt.datetime:
        """When that was last written; long ago when it never was."""
        try:
            stamp = (self.root / f"{name}.repere").stat().st_mtime
        except OSError:
            stamp = 0.0
        return dt.datetime.fromtimestamp(stamp, tz=dt.UTC)

    def remember(self, name: str, repere: str, at: dt.datetime) -> None:
        """Keep up to where it knows; written after the index itself: to read twice is the worst of a kill."""
        path = self.root / f"{name}.repere"
        _write(path, repere)
        os.utime(path, (at.timestamp(), at.timestamp()))

    def is_broken(self, name: str) -> bool:
        """Whether somebody could not read it."""
        return (self.root / f"{name}.casse").exists()

    def tell_broken(self, name: str) -> None:
        """Have it made again."""
        with suppress(OSError):
            (self.root / f"{name}.casse").touch()

    def tidy(self, kept: str) -> None:
        """Remove all indexes but one: those that were replaced, or whose making was interrupted."""
        for path in self.root.iterdir():
            name = path.name.removesuffix(".repere").removesuffix(".casse")
            if "-" in name and name != kept:
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    path.unlink(missing_ok=True)

    @contextmanager
    def alone(self, verrou: Verrou, *, wait: bool = False) -> Iterator[bool]:
        """Hold a lock among all programs of this machine; false when another holds it and nobody waits."""
        self.root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.root / verrou, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True
        finally:
            os.close(descriptor)


def _write(path: Path, text: str) -> None:
    """Write a small file that is there whole, or as it was."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as made:
        made.write(text)
    Path(made.name).replace(path)

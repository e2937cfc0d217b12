"""Files of visitors: none is received when little room is left, and what fails leaves no part behind."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from accroche.commun import disque
from accroche.commun.pannes import DISK, panne_of
from accroche.lib import doors

logger = logging.getLogger(__name__)

FULL = (
    "Le site manque de place : il ne peut garder aucun fichier pour l’instant. Rien d’autre n’est perdu. "
    "Recommencez dans quelques heures ; si cela dure, prévenez votre académie."
)


class DiskFullError(RuntimeError):
    """No file can be kept; the message is French and says what to do."""

    def __init__(self) -> None:
        """Say it in one way."""
        super().__init__(FULL)


@contextmanager
def keeping(size: int = 0) -> Iterator[None]:
    """Write files of visitors within: refused when ``size`` more bytes would leave too little room.

    Raises :class:`DiskFullError`, also when the disk is full, or read-only, before the block ends.
    """
    try:
        if disque.is_short(size):
            logger.error("uploads are refused: less than ACCROCHE_MIN_FREE is left on the disk")
            raise DiskFullError
        yield
    except OSError as error:
        if panne_of(error) is DISK:
            logger.exception("a file could not be written")
            raise DiskFullError from error
        raise


class TooManyBytesError(ValueError):
    """There are more bytes than may be."""


def write_private(path: Path, chunks: Iterable[bytes], *, most: int) -> tuple[int, str]:
    """Write a new file for this program alone; return its size in bytes and its SHA-256.

    Raises :class:`TooManyBytesError` beyond ``most`` bytes, and ``OSError``; no file is then left.
    """
    doors.passing("a file is written")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    size, digest = 0, hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for chunk in _bounded(chunks, most):
                size += len(chunk)
                digest.update(chunk)
                file.write(chunk)
    except BaseException:  # the disk is full, the visitor is gone
        path.unlink(missing_ok=True)
        raise
    return size, digest.hexdigest()


def _bounded(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    for chunk in chunks:
        most -= len(chunk)
        if most < 0:
            raise TooManyBytesError
        yield chunk


class MovedFile(File):  # type: ignore[type-arg]  # generic for the checker alone
    """A file of ours that goes into a storage: renamed where that can be, so that it appears whole."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened unless the storage has to copy it."""
        super().__init__(None, str(path))
        self._path = path

    def temporary_file_path(self) -> str:
        """Where it is; storages on this machine ask."""
        return str(self._path)


class StaticStorage(StaticFilesStorage):
    """The program's own files: the address of each, which a page asks for by the dozen, is made once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the addresses of this storage, which is made anew where they change."""
        super().__init__(*args, **kwargs)
        self.url = lru_cache(maxsize=1024)(super().url)  # type: ignore[method-assign]


class MediaStorage(FileSystemStorage):
    """Where attachments are kept: whole or not at all, and never touched inside a transaction."""

    def _save(self, name: str, content: File[bytes]) -> str:
        doors.passing("a file is kept")
        try:
            return str(super()._save(name, content))  # type: ignore[misc]  # what Django documents to extend
        except BaseException:
            # whoever calls gives a name nobody else has: this is a part of our own
            Path(self.path(name)).unlink(missing_ok=True)
            raise

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        doors.passing("a file is read")
        found: File[bytes] = super()._open(name, mode)  # type: ignore[misc]  # the same
        return found

    def delete(self, name: str) -> None:
        """Remove a file; none there is no error."""
        doors.passing("a file is removed")
        super().delete(name)

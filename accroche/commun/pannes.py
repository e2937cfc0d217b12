"""Failures that pass by themselves: a database that is busy or away, a disk that is full or read-only.

They are told from what is broken, which nobody mends by coming back: only the first are a 503.
"""

from __future__ import annotations

import errno
import sqlite3
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Panne:
    """A passing failure: how logs name it, and after how many seconds to come back."""

    name: str
    retry_after: int


BUSY = Panne("busy", 10)
AWAY = Panne("away", 30)
DISK = Panne("disk", 120)

_ERRNO = frozenset({errno.ENOSPC, errno.EROFS, errno.EDQUOT})
#: Primary result codes of SQLite (https://sqlite.org/rescode.html).
_SQLITE = {
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: DISK,
    sqlite3.SQLITE_READONLY: DISK,
    sqlite3.SQLITE_IOERR: DISK,
    # the files beside the database cannot be made
    sqlite3.SQLITE_CANTOPEN: DISK,
}
#: States, or classes of states, of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRESQL = {
    "55P03": BUSY,  # a lock was waited for too long
    "57014": BUSY,  # so was a statement
    "40001": BUSY,  # serialization
    "40P01": BUSY,  # deadlock
    "25P03": BUSY,  # idle for too long in a transaction
    "25P04": BUSY,  # a transaction that lasted too long
    "53300": BUSY,  # too many connections
    "57P01": AWAY,  # stopped by its administrator
    "57P02": AWAY,
    "57P03": AWAY,  # starting
    "57P05": AWAY,
    "08": AWAY,  # connection
    "53100": DISK,
    "25006": DISK,  # read-only: a standby, or a server whose disk is full
    "58030": DISK,  # input and output
}


def panne_of(error: BaseException | None) -> Panne | None:
    """The passing failure behind ``error``, or behind what it was raised from; None for what is broken."""
    seen = 0
    while error is not None and seen < 10:  # noqa: PLR2004 - deeper than any library wraps
        if found := _panne(error):
            return found
        error, seen = error.__cause__, seen + 1
    return None


def _panne(error: BaseException) -> Panne | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)  # None when the module itself refuses
        return None if code is None else _SQLITE.get(code & 0xFF)
    if isinstance(error, OSError):
        return DISK if error.errno in _ERRNO else None
    return _panne_of_postgresql(error) if "psycopg" in sys.modules else None


def _panne_of_postgresql(error: BaseException) -> Panne | None:
    import psycopg  # noqa: PLC0415 - loaded already if it failed; on SQLite, no start has to wait for it

    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate
    if state is None:  # no answer of a server: it cannot be reached, or left in the middle
        return AWAY if isinstance(error, psycopg.OperationalError) else None
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])

"""Django's SQLite, which goes on being read when its disk is full or became read-only.

In WAL mode SQLite reads through two files beside the database, ``-wal`` and ``-shm``. It makes them with the
first connection and removes them with the last, and Django closes its connection after each request: a disk
without space, on which they cannot be made, would then stop readers as well as writers.

A connection is kept for the next requests of its thread (``CONN_MAX_AGE``): making one, and some sixty
functions known to it, costs as much processor as a third of a page.
"""

from __future__ import annotations

import atexit
import os
import sqlite3
import threading
import time
from pathlib import Path
from random import uniform
from typing import Any, Final
from urllib.parse import quote
from weakref import WeakSet

from django.db.backends.sqlite3 import base
from django.db.models.fields.tuple_lookups import TupleIn
from django.db.models.lookups import In

from accroche.commun import tri
from accroche.commun.pannes import BUSY, DISK, panne_of

#: Seconds after which who waits looks again: by chance, so that nobody comes always at the wrong moment.
LOOK_AGAIN: Final = (0.005, 0.03)
#: Signs of a statement that is remembered as SQLite reads it, and how many are.
SHORT, STATEMENTS = 8_192, 512
_lock = threading.Lock()
_converted: dict[str, str] = {}
#: One idle connection a process and database, which keeps the two files there: by process, path and inode.
_kept: dict[tuple[int, str, int], sqlite3.Connection] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that needs no room on the disk to read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Know no file yet."""
        super().__init__(*args, **kwargs)
        #: The file it is connected to; None: the next request looks again for what can be had.
        self._file: tuple[int, int] | None = None
        self._cursors: WeakSet[PatientCursor] = WeakSet()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; a list is then sorted as in Python (``commun/tri.py``)."""
        self._cursors.clear()  # of a connection that was closed: SQLite closes none of them again
        connection = self._connected(conn_params)
        connection.create_function(tri.FUNCTION, 1, tri.of_sqlite, deterministic=True)
        return connection

    def _connected(self, conn_params: dict[str, Any]) -> Any:
        """Connect as usual; to a database at rest that nobody can write, as to a file that never changes."""
        # looked at before: one that is put in its place meanwhile is found to be another by the next request
        found = _file(str(conn_params["database"]))
        try:
            connection = super().get_new_connection(conn_params)
        except sqlite3.OperationalError as error:
            path = str(conn_params["database"])
            if panne_of(error) is not DISK or not _is_at_rest(path):
                raise
            # true until the disk takes writes again, which the connection of the next request finds out
            unchanging = f"file:{quote(path)}?mode=ro&immutable=1"
            self._file = None
            return super().get_new_connection({**conn_params, "database": unchanging, "uri": True})
        self._file = found or _file(str(conn_params["database"]))
        _keep_open(str(conn_params["database"]))
        connection.execute("PRAGMA busy_timeout = 0")  # whoever waits does it in ``PatientCursor``
        return connection

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 - Django's signature
        """Give a cursor that waits for who writes."""
        cursor = self.connection.cursor(factory=PatientCursor)
        cursor.patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        self._cursors.add(cursor)
        return cursor

    def close_if_unusable_or_obsolete(self) -> None:
        """Between two requests: let go of what the last read, and of a file that is the database no more.

        A cursor that somebody left half-way would have the next request read what was true then.
        """
        if self.connection is not None and not self.in_atomic_block:
            for cursor in list(self._cursors):
                cursor.close()
            if self._file is None or self._file != _file(str(self.settings_dict["NAME"])):
                self.close()
                return
        super().close_if_unusable_or_obsolete()


class PatientCursor(base.SQLiteCursorWrapper):
    """Waits for who writes here, and not within SQLite.

    Who waits within SQLite holds the mutex of their connection. The thread that writes may need it: Python
    frees cursors of any connection in whichever thread happens to collect garbage. Both then wait for each
    other, until the one that waits is refused. Within a transaction nobody waits: its first statement has the
    lock.
    """

    patience = 0.0

    def execute(self, query: str, params: Any = None) -> Any:
        """Execute a statement, again and again while somebody else writes, for ``patience`` seconds."""
        end = time.monotonic() + self.patience
        while True:
            try:
                return super().execute(query, params)
            except sqlite3.OperationalError as error:
                if self.connection.in_transaction or panne_of(error) is not BUSY or time.monotonic() > end:
                    raise
            time.sleep(uniform(*LOOK_AGAIN))  # noqa: S311 - no secret

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """Write a statement with SQLite's signs for values, once for the same short one."""
        if param_names is not None or len(query) > SHORT:
            converted: str = super().convert_query(query, param_names=param_names)
            return converted
        found = _converted.get(query)
        if found is None:
            if len(_converted) >= STATEMENTS:
                _converted.clear()
            found = _converted[query] = super().convert_query(query)
        return found

    def executemany(self, query: str, param_list: Any) -> Any:
        """Execute a statement many times; outside of a transaction each is one of its own, none twice."""
        if self.connection.in_transaction:
            return super().executemany(query, param_list)
        self.connection.execute(f"PRAGMA busy_timeout = {round(1000 * self.patience)}")
        try:
            return super().executemany(query, param_list)
        finally:
            self.connection.execute("PRAGMA busy_timeout = 0")


def _file(path: str) -> tuple[int, int] | None:
    """Which file is found there; None when none is that can be written."""
    try:
        status = os.stat(path)  # noqa: PTH116 - twice a request: a ``Path`` takes ten times as long
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if os.access(path, os.W_OK) else None


def _is_at_rest(path: str) -> bool:
    """Whether the database itself holds all that was written: otherwise one would read an older state."""
    aside = Path(f"{path}-wal")
    return Path(path).is_file() and not (aside.exists() and aside.stat().st_size)


def _keep_open(path: str) -> None:
    """Hold the database open until the process ends, if it is a file; without it nothing is lost."""
    try:
        key = (os.getpid(), path, Path(path).stat().st_ino)
    except OSError:  # a database in memory
        return
    if key in _kept:
        return
    with _lock:
        if key in _kept:
            return
        for other in [other for other in _kept if other[:2] == key[:2]]:  # another file took its place
            _kept.pop(other).close()
        connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        try:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
        except sqlite3.Error:
            connection.close()
        else:
            _kept[key] = connection


@atexit.register
def _close() -> None:
    for key in [key for key in _kept if key[0] == os.getpid()]:
        _kept.pop(key).close()


def _tuple_in(lookup: Any, compiler: Any, connection: Any) -> Any:
    """Ask for many rows by one column as ``IN (…)``; by several, as Django does.

    Django asks for what foreign keys of many rows lead to as « a = 1 OR a = 2 OR … », since this SQLite
    compares no tuples, and SQLite refuses more than a thousand of these.
    """
    if len(lookup.lhs) != 1 or not lookup.rhs_is_direct_value():
        return lookup.as_sql(compiler, connection)
    (column,) = lookup.lhs
    return compiler.compile(In(column, [value for (value,) in lookup.rhs]))


# how Django has a database of others say something in its own way
TupleIn.as_sqlite = _tuple_in  # type: ignore[attr-defined]  # looked up by this name

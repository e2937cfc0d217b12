"""The revision of the public site: one number, which is another as soon as the public sees something else.

Triggers of the database raise it in the transaction that changes something
(``catalogue/operations/declencheurs.py``); nothing that writes has to think of it.

It is no counter. Each transaction that changes something adds a number of chance, and the revision is all of
them put together by XOR: a name of the *set* of transactions that whoever reads can see. Two readers who have
the same revision see the same, in whatever order transactions ended; and a number never comes back, be it
after a transaction that was undone or a backup that was restored.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path
from typing import Any, Final

from django.db import connection

#: What a site says to which nothing was written yet.
NONE: Final = 0

_READ: Final = {
    "sqlite": "SELECT mark FROM commun_revision",
    "postgresql": "SELECT bit_xor(mark) FROM commun_revision",
}
_RAISE: Final = {
    "sqlite": (
        "UPDATE commun_revision SET mark = random()",
        "INSERT INTO commun_revision (mark) SELECT random() WHERE NOT EXISTS (SELECT 1 FROM commun_revision)",
    ),
    "postgresql": ("SELECT visible_raise()",),
}
_own = threading.local()


def revision() -> int:
    """Return the revision that this connection sees; one short read. Raises ``DatabaseError``."""
    if (quick := _beside()) is not None:
        return quick
    with connection.cursor() as cursor:
        cursor.execute(_READ[connection.vendor])
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else NONE


def raise_revision() -> None:
    """Raise it for what is no row: a file that the public may fetch from now on. Raises ``DatabaseError``."""
    with connection.cursor() as cursor:
        for statement in _RAISE[connection.vendor]:
            cursor.execute(statement)


def is_settled() -> bool:
    """Whether what one reads is what everybody reads: inside a transaction it may never come to be.

    The transaction in which Django's tests run is none.
    """
    return not connection.in_atomic_block or all(
        getattr(block, "_from_testcase", False) for block in connection.atomic_blocks
    )


def _beside() -> int | None:
    """Read it from a SQLite file by a connection that this thread keeps for nothing else.

    Django opens a connection for each request, and makes some sixty functions known to it: that alone costs
    more than a page that is kept. None where Django's has to be asked: it is open already and may see
    more, or the database is elsewhere.
    """
    if connection.vendor != "sqlite" or connection.connection is not None:
        return None
    path = str(connection.settings_dict["NAME"])
    try:
        status = Path(path).stat()
        key = (os.getpid(), path, status.st_ino, status.st_dev)
        if getattr(_own, "key", None) != key:
            _forget()
            opened = sqlite3.connect(path, isolation_level=None, timeout=0)
            _own.key, _own.connection = key, opened
        row: Any = _own.connection.execute(_READ["sqlite"]).fetchone()
    except (OSError, sqlite3.Error):
        _forget()
        return None
    return int(row[0]) if row else NONE


def _forget() -> None:
    opened = getattr(_own, "connection", None)
    _own.key = _own.connection = None
    if opened is not None:
        opened.close()

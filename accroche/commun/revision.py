"""The revision of the public site: one number, which is another as soon as the public sees something else.

Two more are another where less changes: what is public apart from sheets, which come and change all day long,
and carriers that no directory holds. What is made of that alone outlives a sheet.

Triggers of the database raise it in the transaction that changes something
(``catalogue/operations/declencheurs.py``); nothing that writes has to think of it.

It is no counter. Each transaction that changes something adds a number of chance, and the revision is all of
them put together by XOR: a name of the *set* of transactions that whoever reads can see. Two readers who have
the same revision see the same, in whatever order transactions ended; and a number never comes back, be it
after a transaction that was undone or a backup that was restored.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Final, NamedTuple, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections

#: What a site says to which nothing was written yet.
NONE: Final = 0

_READ: Final = {
    "sqlite": "SELECT mark, apart, outside FROM commun_revision",
    "postgresql": "SELECT bit_xor(mark), bit_xor(apart), bit_xor(outside) FROM commun_revision",
}
#: The first of them alone, which is all that a kept page asks.
_READ_WHOLE: Final = "SELECT mark FROM commun_revision"
_RAISE: Final = {
    "sqlite": (
        "UPDATE commun_revision SET mark = random(), apart = random(), outside = random()",
        (
            "INSERT INTO commun_revision (mark, apart, outside) SELECT random(), random(), random() "
            "WHERE NOT EXISTS (SELECT 1 FROM commun_revision)"
        ),
    ),
    "postgresql": ("SELECT visible_raise(6)",),
}


class Revisions(NamedTuple):
    """The revision of all that is public, of what is no sheet's, of carriers outside the directory."""

    whole: int
    apart: int
    outside: int


def revision() -> int:
    """Return the revision that this connection sees; one short read. Raises ``DatabaseError``."""
    rows = _at_once(connections[DEFAULT_DB_ALIAS], _READ_WHOLE)
    if rows is None:
        return revisions().whole
    return int(rows[0][0]) if rows else NONE


def revisions() -> Revisions:
    """Return it with those of its parts; the same read. Raises ``DatabaseError``."""
    mine = connections[DEFAULT_DB_ALIAS]
    rows = _at_once(mine, _READ["sqlite"])
    if rows is None:
        with mine.cursor() as cursor:
            cursor.execute(_READ[mine.vendor])
            rows = cursor.fetchall()
    return Revisions._make([NONE if mark is None else int(mark) for mark in rows[0]]) if rows else _NOTHING


_NOTHING: Final = Revisions(NONE, NONE, NONE)


def _at_once(mine: Any, asked: str) -> list[Any] | None:
    """Ask SQLite itself: what Django puts around a query takes ten times as long as this one.

    None where it has to be asked as usual: not connected yet, watched by somebody, or somebody is writing.
    """
    if mine.vendor != "sqlite" or mine.connection is None or mine.execute_wrappers or mine.queries_logged:
        return None
    try:
        # to its end: a cursor left half-way would hold the state it read
        return cast("list[Any]", mine.connection.execute(asked).fetchall())
    except sqlite3.Error:
        return None


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

"""Nothing slow happens inside a transaction: whoever writes waits for it, and on SQLite everybody does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


class SlowWorkError(RuntimeError):
    """A file, an image, a document, a mail or another machine was asked for inside a transaction."""


def outside_transaction(what: str) -> None:
    """Refuse to do ``what`` inside a transaction. Raises :class:`SlowWorkError`.

    In every environment, not in the tests alone: work that passes here inside a transaction is a mistake of
    ours, and one page that says so costs less than every page waiting for its lock. The transaction in which
    Django's tests run is none: nobody waits for it.
    """
    if connection.in_atomic_block and not all(
        getattr(block, "_from_testcase", False) for block in connection.atomic_blocks
    ):
        raise SlowWorkError(f"Inside a transaction: {what}. Do it before or after.")


@contextmanager
def one_moment() -> Iterator[None]:
    """Read many rows as they are at one moment, without keeping anybody from writing; write nothing.

    Inside a transaction, its moment is that one's.
    """
    if connection.in_atomic_block:
        yield
        return
    with _deferred(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Have SQLite begin its transactions without the write lock, which the others wait for."""
    if connection.vendor != "sqlite":
        yield
        return
    own: Any = connection
    mode, own.transaction_mode = own.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        own.transaction_mode = mode

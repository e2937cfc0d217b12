"""Threads that share a process and an SQLite database: who waits never keeps who writes from ending."""

from __future__ import annotations

import gc
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection, transaction

from accroche.commun.models import JournalEntry
from accroche.commun.sqlite3.base import DatabaseWrapper
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.django_db(transaction=True)


def in_a_transaction() -> JournalEntry:
    with transaction.atomic():
        return alone()


def alone() -> JournalEntry:
    return JournalEntry.objects.create(subject="x:1", verb="x", at=NOW)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time")
@pytest.mark.parametrize("write", [in_a_transaction, alone])
def test_who_writes_may_free_the_cursors_of_who_waits(
    write: Callable[[], JournalEntry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Garbage is collected in any thread; a cursor needs its connection, where somebody waits."""
    # long enough for a busy machine; only the test that fails waits for it
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 30)
    left, begins = threading.Event(), threading.Event()
    found: list[object] = []

    def wait() -> None:
        try:
            connection.ensure_connection()
            raw = connection.connection
            cursor = raw.execute("SELECT 1 UNION SELECT 2")  # not read to its end
            cycle: list[object] = [cursor]
            cycle.append(cycle)
            del cursor, cycle
            left.set()
            begins.wait(60)
            found.append(write())
        except Exception as error:  # noqa: BLE001 - the test looks at it
            found.append(error)
        finally:
            connection.close()

    gc.disable()
    waiting = threading.Thread(target=wait)
    try:
        waiting.start()
        assert left.wait(60)
        with transaction.atomic():
            begins.set()
            waiting.join(0.3)  # by now it waits for the lock
            gc.collect()
    finally:
        gc.enable()
        waiting.join(60)
    assert [type(one).__name__ for one in found] == ["JournalEntry"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time")
def test_who_waited_long_enough_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once, with nothing written; then the connection works as before."""
    found: list[str] = []

    def wait() -> None:
        try:
            for write in (alone, in_a_transaction):
                with pytest.raises(OperationalError, match="locked"):
                    write()
            found.append("told")
        finally:
            connection.close()

    with monkeypatch.context() as impatient, transaction.atomic():
        alone()
        impatient.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
        waiting = threading.Thread(target=wait)
        waiting.start()
        waiting.join(60)
    assert found == ["told"]
    assert JournalEntry.objects.count() == 1
    assert alone().pk


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time")
def test_many_rows_outside_of_a_transaction_are_written_once() -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO commun_compteur (name, key, count, ends_at) VALUES (%s, %s, 0, %s)",
            [("essai", str(number), NOW.isoformat()) for number in range(5)],
        )
        cursor.execute("SELECT COUNT(*) FROM commun_compteur")
        assert cursor.fetchone() == (5,)


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    """A connection that is kept between requests, to a file of the test's own."""
    own = {**connection.settings_dict, "NAME": str(tmp_path / "a.sqlite3"), "CONN_MAX_AGE": 60}
    wrapper = DatabaseWrapper(own, "essai")
    with wrapper.cursor() as cursor:
        cursor.execute("CREATE TABLE t (n integer)")
        cursor.executemany("INSERT INTO t VALUES (%s)", [(1,), (1,)])
    yield wrapper
    wrapper.close()


def read(wrapper: DatabaseWrapper) -> list[tuple[int]]:
    with wrapper.cursor() as cursor:
        return list(cursor.execute("SELECT n FROM t"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its connections")
def test_a_connection_that_is_kept_reads_what_is_true_now(beside: DatabaseWrapper) -> None:
    """Even after somebody who left what they read half-way, which holds what they saw."""
    half = beside.create_cursor()
    half.execute("SELECT n FROM t")
    half.fetchmany(1)
    with closing(sqlite3.connect(beside.settings_dict["NAME"])) as other, other:
        other.execute("UPDATE t SET n = 2")
    first = beside.connection
    beside.close_if_unusable_or_obsolete()
    assert read(beside) == [(2,), (2,)]
    assert beside.connection is first


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its connections")
def test_a_connection_that_is_kept_follows_the_database_to_another_file(
    beside: DatabaseWrapper, tmp_path: Path
) -> None:
    """Restored or put in its place while the site runs."""
    place = Path(beside.settings_dict["NAME"])
    with closing(sqlite3.connect(tmp_path / "b.sqlite3")) as other, other:
        other.execute("CREATE TABLE t AS SELECT 3 AS n")
    for file in tmp_path.glob("a.sqlite3*"):
        file.rename(tmp_path / file.name.replace("a.", "aside."))
    (tmp_path / "b.sqlite3").rename(place)
    beside.close_if_unusable_or_obsolete()
    assert read(beside) == [(3,)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its connections")
def test_a_cursor_of_a_connection_that_was_closed_keeps_no_request_from_beginning(
    beside: DatabaseWrapper,
) -> None:
    left = beside.create_cursor()
    beside.close()
    assert read(beside) == [(1,), (1,)]
    beside.close_if_unusable_or_obsolete()
    assert left is not None
    assert read(beside) == [(1,), (1,)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its connections")
def test_a_file_that_is_replaced_while_one_connects_is_found_by_the_next_request(
    beside: DatabaseWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Path(beside.settings_dict["NAME"])
    with closing(sqlite3.connect(tmp_path / "b.sqlite3")) as other, other:
        other.execute("CREATE TABLE t AS SELECT 3 AS n")
    beside.close()
    connect = sqlite3.connect

    def replaced(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        found: sqlite3.Connection = connect(*args, **kwargs)
        found.execute("SELECT 1 FROM t").fetchall()
        if (tmp_path / "b.sqlite3").exists():
            for file in tmp_path.glob("a.sqlite3*"):
                file.rename(tmp_path / file.name.replace("a.", "aside."))
            (tmp_path / "b.sqlite3").rename(place)
        return found

    monkeypatch.setattr("django.db.backends.sqlite3.base.Database.connect", replaced)
    assert read(beside) == [(1,), (1,)]
    beside.close_if_unusable_or_obsolete()
    assert read(beside) == [(3,)]

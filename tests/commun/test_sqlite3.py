"""Threads that share a process and an SQLite database: who waits never keeps who writes from ending."""

from __future__ import annotations

import gc
import threading
from typing import Any

import pytest
from django.db import connection, transaction

from accroche.commun.models import JournalEntry
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer at a time")
def test_who_writes_may_free_the_cursors_of_who_waits(settings: Any) -> None:
    """Garbage is collected in any thread; a cursor needs its connection, where somebody waits."""
    # long enough to be met, short enough for the test that fails
    connection.settings_dict["OPTIONS"]["timeout"] = 3
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
            with transaction.atomic():
                found.append(JournalEntry.objects.create(subject="x:1", verb="x", at=NOW))
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
        connection.settings_dict["OPTIONS"]["timeout"] = settings.DATABASES["default"]["OPTIONS"]["timeout"]
    assert [type(one).__name__ for one in found] == ["JournalEntry"]

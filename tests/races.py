"""The same thing done by several threads at once, each with its own connection to the database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import connection, transaction

Result = TypeVar("Result")


def at_once(count: int, act: Callable[[int], Result]) -> list[Result | Exception]:
    """Call ``act`` with each number under ``count``, all at the same moment; return what each gave."""
    start = threading.Barrier(count)
    results: list[Result | Exception] = []

    def run(number: int) -> None:
        try:
            start.wait()
            results.append(act(number))
        except Exception as error:  # noqa: BLE001 - the test looks at each
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def passed(results: list[Result | Exception], refusal: type[Exception]) -> int:
    """How many were done; fails on any other error than ``refusal``."""
    others = [
        result for result in results if isinstance(result, Exception) and not isinstance(result, refusal)
    ]
    assert not others, others
    return sum(not isinstance(result, Exception) for result in results)


@contextmanager
def at_once_or_never() -> Iterator[None]:
    """A transaction that is refused (``OperationalError``) where it would wait for another."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20ms'")
            yield
        return
    patience, options["timeout"] = options["timeout"], 0
    try:
        with transaction.atomic():
            yield
    finally:
        options["timeout"] = patience

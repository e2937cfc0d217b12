"""Which tests ask PostgreSQL what no other test asks: a plugin that writes the list of those that do not.

Both databases answer the code in Python alike; what may differ is a statement. This runs the tests that may
use the database, notes every statement each sends, without its values, and keeps tests until every statement
is sent: those that commit, race or are marked ``each_database`` first, whose values and moment count; then
whichever adds most for its time. The others are named in ``tests/sqlite_alone.txt``, one function a line, and
``scripts/test`` leaves them out on PostgreSQL. A test written since is not in the list: it runs on both.

    python scripts/postgres.py --volatile .venv/bin/python -m pytest -q -p tests.statements --migrations \\
        --database-only -m "not browser and not verapdf"
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, partialmethod
from pathlib import Path
from typing import Any, Final

import pytest

NAME: Final = "statements of tests"
LIST: Final = Path(__file__).with_name("sqlite_alone.txt")
#: What differs from one sending to the next: savepoints, made-up names, literals, how many values.
_NAMES: Final = re.compile(r'"?s\d+_x\d+"?|\baccroche_[0-9a-f]+')
_LITERALS: Final = re.compile(r"'[^']*'|\b\d+\b")
_VALUES: Final = re.compile(r"%s(?:, ?%s)*")
_ROWS: Final = re.compile(r"\(\?\)(?:, ?\(\?\))*")
#: Seconds a test takes besides what it does itself.
_ALWAYS: Final = 0.02


def shape(sql: str) -> str:
    """A statement without its values."""
    return _ROWS.sub("(?)", _VALUES.sub("?", _LITERALS.sub("0", _NAMES.sub("x", sql))))


def alone(seen: dict[str, set[str]], cost: dict[str, float], kept: Iterable[str]) -> set[str]:
    """The tests all of whose statements others send: ``kept`` do, and whoever adds most for its time."""
    others = set(seen) - set(kept)
    wanted = set().union(*seen.values()).difference(*(seen[test] for test in kept))
    while wanted:
        best = max(sorted(others), key=lambda test: len(seen[test] & wanted) / (cost[test] + _ALWAYS))
        wanted -= seen[best]
        others.remove(best)
    return others


def is_listed(nodeid: str) -> bool:
    """Whether the list names the function of a test."""
    return function_of(nodeid) in listed()


def function_of(nodeid: str) -> str:
    """A test without its parameters."""
    return nodeid.partition("[")[0]


@cache
def listed() -> frozenset[str]:
    """The functions of the list."""
    return frozenset(LIST.read_text(encoding="utf-8").split("\n")) - {""}


class _Notes:
    """The statements of each function, and its processor time."""

    def __init__(self) -> None:
        self.seen: dict[str, set[str]] = defaultdict(set)
        self.cost: dict[str, float] = defaultdict(float)
        self.kept: set[str] = set()
        self.current = ""


def _sent(cursor: Any, sql: Any, *values: Any, usual: Any, notes: _Notes) -> Any:
    if notes.current:
        notes.seen[notes.current].add(shape(str(sql)))
    return usual(cursor, sql, *values)


class Plugin:
    """Notes, and writes the list at the end of a run in which nothing failed."""

    def __init__(self) -> None:
        self.notes = _Notes()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            marker = item.get_closest_marker("django_db")
            commits = marker and marker.kwargs.get("transaction")
            if commits or item.get_closest_marker("each_database") or COMMITTING & set(item.fixturenames):  # type: ignore[attr-defined]
                self.notes.kept.add(function_of(item.nodeid))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self.notes.current, begun = function_of(item.nodeid), time.process_time()
        self.notes.seen[self.notes.current].update()
        try:
            return (yield)
        finally:
            self.notes.cost[self.notes.current] += time.process_time() - begun
            self.notes.current = ""

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.testsfailed or not self.notes.seen:
            return
        found = alone(self.notes.seen, self.notes.cost, self.notes.kept & set(self.notes.seen))
        LIST.write_text("\n".join([*sorted(found), ""]), encoding="utf-8")


#: Fixtures of tests that commit.
COMMITTING: Final = {"transactional_db", "live_server"}


def pytest_configure(config: pytest.Config) -> None:
    """Begin to note; of no use without the database of a run that is complete."""
    from django.db.backends.utils import CursorWrapper  # noqa: PLC0415 - after Django's setup

    plugin = Plugin()
    config.pluginmanager.register(plugin, NAME)
    for name in ("execute", "executemany"):
        usual = getattr(CursorWrapper, name)
        setattr(CursorWrapper, name, partialmethod(_sent, usual=usual, notes=plugin.notes))

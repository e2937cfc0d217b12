"""How the database finds what a page asks: by which index of which table, or by reading all of it."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STEP = re.compile(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?(?:INDEX (\w+)|INTEGER (PRIMARY KEY)))?")
#: A table and what a subquery calls it.
_CALLED = re.compile(r'"(\w+)" ([A-Z]+[0-9]+)\b')


@contextmanager
def plans() -> Iterator[set[tuple[str, str]]]:
    """Gather a table and its index for each way in of each question; « all » where there is none."""
    found: set[tuple[str, str]] = set()
    read = _postgresql if connection.vendor == "postgresql" else _sqlite

    def ask(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not many and sql.lstrip().startswith(("SELECT", "WITH")):
            found.update(read(sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        yield found


def as_of_many(*tables: str) -> None:
    """Have PostgreSQL plan as for a million rows, whatever it saw of these tables; SQLite always does."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM pg_statistic WHERE starelid = ANY(%s::regclass[])", [list(tables)])
            cursor.execute(
                "UPDATE pg_class SET relpages = 1, reltuples = 1000000 WHERE oid = ANY(%s::regclass[])",
                [list(tables)],
            )


def _sqlite(sql: str, params: Any) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        # by the driver's own cursor: what is explained is no question of the page
        rows = cursor.cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params or ()).fetchall()
    called = {alias: table for table, alias in _CALLED.findall(sql)}
    for *_, told in rows:
        if step := _STEP.match(told):
            alias = str(step[2])
            yield called.get(alias, alias), step[3] or ("primary key" if step[4] else "all")


def _postgresql(sql: str, params: Any) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        raw = cursor.cursor
        # a few rows are read at once by whoever may
        raw.execute("SET LOCAL enable_seqscan = off")
        raw.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        [[told]] = raw.fetchall()
        raw.execute("SET LOCAL enable_seqscan = on")
    yield from _nodes(json.loads(told) if isinstance(told, str) else told)


def _nodes(told: Any, table: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(told, list):
        for one in told:
            yield from _nodes(one, table)
    elif isinstance(told, dict):
        table = told.get("Relation Name", table)
        if "Index Name" in told:
            # without a condition it is walked from end to end
            yield table, told["Index Name"] if "Index Cond" in told else "all"
        elif told.get("Node Type") == "Seq Scan":
            yield table, "all"
        for one in told.values():
            yield from _nodes(one, table)

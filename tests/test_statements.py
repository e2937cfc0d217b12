"""The list of what PostgreSQL is not asked again, and how it is made."""

from __future__ import annotations

import ast

from tests.statements import alone, function_of, listed, shape
from tests.strictness import ROOT


def test_a_statement_is_known_without_its_values() -> None:
    some = 'SELECT "a" FROM "b" WHERE "c" IN (%s, %s, %s) AND "d" = 12 LIMIT 21'
    more = 'SELECT "a" FROM "b" WHERE "c" IN (%s) AND "d" = 7 LIMIT 1'
    assert shape(some) == shape(more)
    assert shape("INSERT INTO t VALUES (%s, %s), (%s, %s)") == shape("INSERT INTO t VALUES (%s, %s)")
    assert shape('SAVEPOINT "s140_x1"') == shape('SAVEPOINT "s99_x27"')
    assert shape('SELECT "a" FROM "b"') != shape('SELECT "a" FROM "c"')


def test_every_statement_is_still_sent() -> None:
    seen = {"slow": {"a", "b"}, "quick": {"a"}, "other": {"b"}, "race": {"c"}, "again": {"c"}}
    cost = {"slow": 9.0, "quick": 0.1, "other": 0.1, "race": 5.0, "again": 0.1}
    assert alone(seen, cost, {"race"}) == {"slow", "again"}
    assert alone(seen, cost, set(seen)) == set()
    assert alone({"one": set(), "two": {"a"}}, {"one": 0.0, "two": 1.0}, ()) == {"one"}


def test_what_is_listed_is_there() -> None:
    """A test that was renamed or removed leaves the list: ``tests/statements.py`` makes it again."""
    there = set()
    for path in {function.partition("::")[0] for function in listed()}:
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                there.add((path, node.name))
    gone = [one for one in sorted(listed()) if (one.partition("::")[0], one.rpartition("::")[2]) not in there]
    assert gone == []
    assert function_of("tests/a.py::Walks::test_b[1-c]") == "tests/a.py::Walks::test_b"

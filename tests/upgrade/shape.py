"""What the tables of a database are made of, whatever made them and in whatever order."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import psycopg

if TYPE_CHECKING:
    from pathlib import Path

#: A table, and one thing it has: a column, a constraint or an index, as the database words it.
Shape = set[tuple[str, str]]

_POSTGRESQL: Final = """
SELECT table_name, concat_ws(' ', column_name, data_type, character_maximum_length, is_nullable,
       column_default, identity_generation) FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace
"""


def of_postgresql(address: str) -> Shape:
    """Read it at ``address``."""
    with psycopg.connect(address) as opened:
        return set(opened.execute(_POSTGRESQL).fetchall())


def of_sqlite(path: Path) -> Shape:
    """Read it in a file."""
    found: Shape = set()
    with closing(sqlite3.connect(path)) as opened:
        told = opened.execute("SELECT type, tbl_name, sql FROM sqlite_master WHERE sql > ''")
        for kind, table, sql in told:
            if kind == "table":
                found |= {(table, part) for part in _parts(sql[sql.index("(") + 1 : sql.rindex(")")])}
            else:
                found.add((table, sql))
    return found


def _parts(columns: str) -> list[str]:
    """Cut at the commas that stand in no parentheses and no quotes."""
    parts, depth, quote = [""], 0, ""
    for letter in columns:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        else:
            depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth and not quote:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]

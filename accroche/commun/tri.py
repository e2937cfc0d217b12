"""The one order of every list that is sorted by a French text, in both databases and in Python.

``order_by(alphabetical("name"), "pk")`` in queries and in ``Meta.ordering``; ``sorted(…, key=sort_key)`` for
what is sorted in memory. Why no collation of the database: docs/adr/0030-one-alphabetical-order.md.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from django.db.models import CharField, Func

from accroche.lib.texte import SORT_END, SORTED_AS_TWO, SORTED_FROM, SORTED_TO, sort_key

#: What SQLite knows :func:`accroche.lib.texte.sort_key` by, on each connection (``commun/sqlite3``).
FUNCTION: Final = "ACCROCHE_SORT_KEY"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def in_postgresql(column: str) -> str:
    """The same key in PostgreSQL's words; ``COLLATE "C"``: by code points, whatever the database's locale.

    A migration that changes it makes the indexes on it anew (annuaire, ``migrations/_by_commune.py``).
    """
    letters = column
    for letter, two in SORTED_AS_TWO.items():
        letters = f"REPLACE({letters}, '{letter}', '{two}')"
    words = f"LTRIM(TRANSLATE({letters}, {_quoted(SORTED_FROM)}, {_quoted(SORTED_TO)}))"
    return f'({words} || {_quoted(SORT_END)} || {column}) COLLATE "C"'


class SortKey(Func):
    """The key of a text; NULL for NULL. Made by :func:`alphabetical`."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Call the function of the connection."""
        return self.as_sql(compiler, connection, function=FUNCTION, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """Say the key in SQL: a hosted database takes no function of ours."""
        return self.as_sql(compiler, connection, template=_POSTGRESQL, **more)


_POSTGRESQL: Final = in_postgresql("%(expressions)s")


def alphabetical(name: str) -> SortKey:
    """Order by the text in column ``name``: ``alphabetical("commune")``; ``.desc()`` for the other way."""
    return SortKey(name)


@lru_cache(maxsize=20_000)
def of_sqlite(text: str | None) -> str | None:
    """Answer SQLite; the same names come again and again, and a few megabytes keep them."""
    return None if text is None else sort_key(text)

"""What changed for the search index since somebody last looked: each node looks for itself."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

#: How long a row waits for the slowest node; who comes later reads all again.
KEPT: Final = dt.timedelta(days=7)

# By number: SQLite has one writer, so that numbers come in the order in which transactions end.
_SQLITE: Final = """
SELECT coalesce(max(id), 0), json_group_array(DISTINCT action_id),
    (SELECT seq FROM sqlite_sequence WHERE name = 'catalogue_aindexer') < %s
FROM catalogue_aindexer WHERE id > %s
"""
# On PostgreSQL a smaller number may come later. What was there is what the last look saw: its snapshot. That
# never names the transaction that took it, which may go on writing: what it wrote is told again.
_POSTGRESQL: Final = """
SELECT pg_current_snapshot()::text, coalesce((
    SELECT json_agg(DISTINCT action_id) FROM catalogue_aindexer
    WHERE tx > 0 AND tx >= pg_snapshot_xmin(%s::pg_snapshot)::text::bigint
    AND (NOT pg_visible_in_snapshot(tx::text::xid8, %s::pg_snapshot)
        OR tx = pg_current_xact_id_if_assigned()::text::bigint)
), '[]'::json)::text, pg_snapshot_xmax(pg_current_snapshot()) < pg_snapshot_xmax(%s::pg_snapshot)
"""


@dataclass(frozen=True, slots=True)
class Nouveautes:
    """The sheets to read again (``actions``), or all of them; ``repere``: where to go on from."""

    actions: frozenset[int]
    everything: bool
    repere: str

    def __bool__(self) -> bool:
        return self.everything or bool(self.actions)


def here(at: dt.datetime) -> str:
    """Where somebody stands who is about to read every sheet; ask it before. Raises ``DatabaseError``."""
    statement = (
        "SELECT pg_current_snapshot()::text"
        if connection.vendor == "postgresql"
        else "SELECT coalesce(max(id), 0) FROM catalogue_aindexer"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return _repere(cursor.fetchone()[0], at)


def since(repere: str, at: dt.datetime) -> Nouveautes:
    """What changed since ``repere``, which :func:`here` or a look before gave; one query by an index.

    A look may be asked for again: nothing is taken away. Everything, when ``repere`` is none of ours or rows
    of then may be gone. Raises ``DatabaseError``.
    """
    told = _read(repere)
    if told is None or at - told[1] >= KEPT:
        return Nouveautes(frozenset(), everything=True, repere=here(at))
    place = told[0]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL, [place, place, place])
        else:
            cursor.execute(_SQLITE, [place, place])
        now, listed, is_of_another = cursor.fetchone()
    if is_of_another:  # an older database was put back
        return Nouveautes(frozenset(), everything=True, repere=here(at))
    found = json.loads(listed)
    if connection.vendor == "sqlite":
        now = max(now, place)
    return Nouveautes(frozenset(pk for pk in found if pk is not None), None in found, _repere(now, at))


def _repere(place: Any, at: dt.datetime) -> str:
    return json.dumps([place, connection.vendor, at.isoformat()])


def _read(repere: str) -> tuple[Any, dt.datetime] | None:
    try:
        place, vendor, at = json.loads(repere)
        return (place, dt.datetime.fromisoformat(at)) if vendor == connection.vendor else None
    except (TypeError, ValueError):
        return None

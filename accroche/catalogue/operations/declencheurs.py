"""The triggers of what the public sees, put in the database after each migration.

SQLite loses those of a table that a migration makes again, and refuses to rename a table that a trigger of
another names: they are taken away before, and put back after (docs/adr).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import connection, transaction

from accroche.catalogue import declencheurs, declencheurs_comptage
from accroche.catalogue.declencheurs import Trigger
from accroche.catalogue.visible import VISIBLE, Vue
from accroche.commun import schema
from accroche.commun.revision import raise_revision

_PRESENT: Final = {
    "sqlite": (
        "SELECT name, tbl_name FROM sqlite_master "
        "WHERE type = 'trigger' AND name LIKE 'visible!_%' ESCAPE '!'"
    ),
    "postgresql": (
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE t.tgname LIKE 'visible!_%' ESCAPE '!' AND c.relnamespace = current_schema()::regnamespace"
    ),
}
_MAKE: Final[dict[str, Callable[[str, Vue, Sequence[str]], Iterator[Trigger]]]] = {
    "sqlite": declencheurs.sqlite,
    "postgresql": declencheurs.postgresql,
}
_COUNT: Final[dict[str, tuple[Callable[[], Iterator[Trigger]], ...]]] = {
    "sqlite": (declencheurs.comptage_sqlite, declencheurs.presence_sqlite),
    "postgresql": (declencheurs.comptage_postgresql, declencheurs.presence_postgresql),
}
_ALL_CHANGED: Final = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now'), 0",
    "postgresql": "clock_timestamp(), pg_current_xact_id()::text::bigint",
}


@cache
def wanted() -> dict[str, Trigger]:
    """Every trigger of this code, by its name."""
    make = _MAKE[connection.vendor]
    found = {}
    for label, vue in VISIBLE.items():
        meta = apps.get_model(label)._meta  # noqa: SLF001 - Django's own name for it
        columns = [str(field.column) for field in meta.concrete_fields]
        for trigger in make(meta.db_table, vue, columns):
            found[trigger.name] = trigger
    return found | {trigger.name: trigger for make in _COUNT[connection.vendor] for trigger in make()}


def present() -> dict[str, str]:
    """The triggers of ours that the database has, by name, with their table; one query.

    Raises ``DatabaseError``.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        return dict(cursor.fetchall())


def are_missing() -> bool:
    """Whether something may change without the revision being raised. Raises ``DatabaseError``."""
    return present().keys() != wanted().keys()


def install() -> bool:
    """Put them in the database; False when they are there already, which costs one query.

    What was written without them is unknown: sheets are added up again, the revision is raised, and the index
    reads all again.
    Raises ``DatabaseError``.
    """
    if not are_missing():
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        _remove(cursor)
        if connection.vendor == "postgresql":
            for statement in declencheurs.POSTGRESQL_RAISE:
                cursor.execute(statement)
        for trigger in wanted().values():
            for statement in trigger.statements:
                cursor.execute(statement)
        for statement in declencheurs_comptage.RECOUNT:
            cursor.execute(statement)
        raise_revision()
        cursor.execute(
            "INSERT INTO catalogue_aindexer (action_id, at, tx) "  # noqa: S608 - our own words
            f"VALUES (NULL, {_ALL_CHANGED[connection.vendor]})"
        )
    return True


def remove() -> None:
    """Take them away."""
    with transaction.atomic(), connection.cursor() as cursor:
        _remove(cursor)


def _remove(cursor: Any) -> None:
    for name, table in present().items():
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER {name} ON {table}")
            cursor.execute(f"DROP FUNCTION {name}()")
        else:
            cursor.execute(f"DROP TRIGGER {name}")


def before_migrations(**told: Any) -> None:
    """Answer to ``pre_migrate``: SQLite's go, when a table may be made again."""
    if connection.vendor == "sqlite" and told.get("plan"):
        remove()


def after_migrations(**_told: Any) -> None:
    """Answer to ``post_migrate``, and to each flush: they are there, unless some migrations wait."""
    if are_missing() and _has_tables() and not schema.is_behind():
        install()


def _has_tables() -> bool:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    written = {"actions.ComptageSemaine", "actions.PresencePorteur", "catalogue.AIndexer", "commun.Revision"}
    return {apps.get_model(label)._meta.db_table for label in {*VISIBLE, *written}} <= tables  # noqa: SLF001 - the same

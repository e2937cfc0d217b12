"""The database's tables: made at first use, never changed behind an operator's back."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

#: Any content needs an edition or the directory of académies: without both, there is nothing to lose.
_CONTENT = ("campagne_edition", "annuaire_academie")


def ensure_schema() -> None:
    """Create the tables of an empty database; ask for ``accroche migrate`` when others are behind.

    A database whose tables were left unfinished, by Ctrl+C say, is still empty: they are finished.
    Raises ``CommandError``, also when the database does not answer.
    """
    try:
        if not _behind():
            return
        with _alone():
            if not _behind():
                return
            if _holds_content():
                raise CommandError(
                    f"La base « {DEFAULT_DB_ALIAS} » attend une mise à jour. Sauvegardez-la, "
                    "puis : accroche migrate"
                )
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise CommandError(
            f"La base de données ne répond pas : {error}. Vérifiez DATABASE_URL et que le serveur tourne."
        ) from error


def _behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _holds_content() -> bool:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in _CONTENT:
            if table in tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - our own names
                if cursor.fetchone():
                    return True
    return False


@contextmanager
def _alone() -> Iterator[None]:
    """Keep a second first command waiting while the tables are made; leaves no file behind."""
    folder = os.open(settings.DATA, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)

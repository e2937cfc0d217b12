"""The database's tables: made at first use, never changed behind an operator's back."""

from __future__ import annotations

from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


def ensure_schema() -> None:
    """Create the tables of an empty database; ask for ``accroche migrate`` when others are behind.

    Raises ``CommandError``, also when the database does not answer.
    """
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        raise CommandError(
            f"La base de données ne répond pas : {error}. Vérifiez DATABASE_URL et que le serveur tourne."
        ) from error
    if not tables:
        call_command("migrate", verbosity=0, interactive=False)
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError(
            f"La base « {DEFAULT_DB_ALIAS} » attend une mise à jour. Sauvegardez-la, puis : accroche migrate"
        )

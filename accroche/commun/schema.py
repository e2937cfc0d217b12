"""The database's tables: made at first use, never changed behind an operator's back."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from pkgutil import iter_modules

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.loader import MIGRATIONS_MODULE_NAME, MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

#: Any content needs an edition or the directory of académies: without both, there is nothing to lose.
_CONTENT = ("campagne_edition", "annuaire_academie")
_BEHIND = f"La base « {DEFAULT_DB_ALIAS} » attend une mise à jour. Sauvegardez-la, puis : accroche migrate"


class SchemaError(Exception):
    """The database cannot be served from; the message is French, for the operator.

    ``passes``: it may get better by itself, as a database that starts later than the site does.
    """

    def __init__(self, message: str, *, passes: bool) -> None:
        """Keep both."""
        super().__init__(message)
        self.passes = passes


def check_schema() -> None:
    """Make sure that the database answers and its tables are those of this code, changing nothing.

    Raises :class:`SchemaError`.
    """
    try:
        behind = is_behind()
    except DatabaseError as error:
        raise _silent(error) from error
    if behind:
        raise SchemaError(_BEHIND, passes=False)


def ensure_schema() -> None:
    """Create the tables of an empty database; ask for ``accroche migrate`` when others are behind.

    A database whose tables were left unfinished, by Ctrl+C say, is still empty: they are finished.
    Raises ``CommandError``, also when the database does not answer.
    """
    try:
        if not is_behind():
            return
        with _alone():
            if not is_behind():
                return
            if _holds_content():
                raise CommandError(_BEHIND)
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise CommandError(str(_silent(error))) from error


def is_behind() -> bool:
    """Whether tables lack what this code expects. Raises ``DatabaseError``.

    When each file of a step is told by the database, none has to be read, which every command would wait for.
    One that is not told may replace steps that are: the loader counts it as applied.
    """
    if _on_disk() <= MigrationRecorder(connection).applied_migrations().keys():
        return False
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    return any(leaf not in loader.applied_migrations for leaf in loader.graph.leaf_nodes())


def _on_disk() -> set[tuple[str, str]]:
    """The steps of each app by the names of their files, as Django finds them."""
    return {
        (app.label, step.name)
        for app in apps.get_app_configs()
        if MigrationLoader.migrations_module(app.label)[0]
        for step in iter_modules([str(Path(app.path) / MIGRATIONS_MODULE_NAME)])
        if not step.ispkg and step.name[0] not in "_~"
    }


def unknown(applied: Iterable[str]) -> list[str]:
    """Those of some applied migrations (« app.name ») that this code does not have: a newer one made them.

    What replaced steps is noted beside them, and says nothing more: those of ours are gone (docs/adr 38).
    """
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = loader.disk_migrations.keys() | {
        old for new in loader.replacements.values() for old in new.replaces
    }
    newer = set(applied) - {f"{app}.{name}" for app, name in ours}
    return sorted(step for step in newer if "_squashed_" not in step)


def applied_migrations() -> list[str]:
    """What was applied to the database, as « app.name ». Raises ``DatabaseError``."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _silent(error: DatabaseError) -> SchemaError:
    return SchemaError(
        f"La base de données ne répond pas : {error}. Vérifiez DATABASE_URL et que le serveur tourne.",
        passes=True,
    )


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

"""The tables of a new instance, made at once from the models (docs/adr/0038-a-new-instance-at-once.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.operations.base import Operation
    from django.db.migrations.state import StateApps
    from django.db.models import Model

#: Names, among PostgreSQL's own locks, the one of who makes the tables.
_LOCK: Final = 0x5441424C


def are_none(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has none of ours; those of others may be in it. Raises ``DatabaseError``."""
    models: list[type[Model]] = [MigrationRecorder.Migration, *apps.get_models(include_auto_created=True)]
    ours = {model._meta.db_table for model in models}  # noqa: SLF001 - Django's own name for it
    with connection.cursor() as cursor:
        return ours.isdisjoint(connection.introspection.table_names(cursor))


def make_at_once(connection: BaseDatabaseWrapper) -> bool:
    """Make all of them, or none when something fails, and note that no step is left to do.

    What the steps do that no model tells is done as well. False when somebody else made them meanwhile: who
    comes second waits, as long as the first needs. Raises ``DatabaseError``.
    """
    loader = MigrationLoader(None)
    graph = loader.graph
    steps = dict.fromkeys(step for leaf in graph.leaf_nodes() for step in graph.forwards_plan(leaf))
    recorder = MigrationRecorder(connection)
    models: list[type[Model]] = [recorder.Migration, *apps.get_models()]
    today = ProjectState()
    today.apps = cast("StateApps", apps)
    with connection.schema_editor() as editor:
        # on SQLite the transaction itself waits for who writes
        if connection.vendor == "postgresql":
            editor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if not are_none(connection):
            return False
        for model in models:
            if model._meta.can_migrate(connection):  # noqa: SLF001 - the same
                editor.create_model(model)
        for app, name in steps:
            for operation in beside_models(loader.disk_migrations[app, name].operations):
                operation.database_forwards(app, editor, today, today)
        recorder.migration_qs.bulk_create(
            recorder.Migration(app=app, name=name) for app, name in loader.disk_migrations
        )
    return True


def beside_models(operations: Sequence[Operation]) -> Iterator[Operation]:
    """Those that a database of today's models still needs: not what Django calls ``elidable``.

    That is what moves rows, and has none to move.
    """
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from beside_models(operation.database_operations)
        elif isinstance(operation, RunPython | RunSQL) and not operation.elidable:
            yield operation

"""Run as a program: make the tables of an older product in an empty instance, and put back what it held.

``python -m tests.upgrade.fill``. ``before_votes.json`` is what an instance of that product held after its own
operations: rows by historic model, files by their place. Nothing of today's models is used, so that it stays
true as they change.
"""

from __future__ import annotations

import base64
import gc
import json
import os
from pathlib import Path
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after Django's setup
from django.core.management.color import no_style  # noqa: E402 - the same
from django.core.management.sql import emit_post_migrate_signal  # noqa: E402 - the same
from django.db import connection, transaction  # noqa: E402 - the same
from django.db.migrations.executor import MigrationExecutor  # noqa: E402 - the same
from django.db.migrations.loader import MigrationLoader  # noqa: E402 - the same

RECORDED: Final = Path(__file__).with_name("before_votes.json")
#: The last migrations of our apps in the product that wrote :data:`RECORDED`.
LAST: Final = [
    ("actions", "0006_pieces_in_preparation"),
    ("annuaire", "0003_reponse_reconnaissance"),
    ("campagne", "0002_declaration_days"),
    ("commun", "0005_reserves"),
    ("comptes", "0005_invitation_of_an_address"),
    ("imports", "0001_initial"),
    ("pilotage", "0002_refus"),
    ("publications", "0001_initial"),
]

#: Apps that came since: then, their tables were not there.
SINCE: Final = {"votes", "evaluation", "tutorat", "redaction", "catalogue"}


def old_tables() -> Any:
    """Make them, step by step as then and not at once, and return the models of then."""
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    ours = {app for app, _ in LAST}
    others = [(app, name) for app, name in executor.loader.graph.leaf_nodes() if app not in ours | SINCE]
    state = executor.migrate([*LAST, *others])
    emit_post_migrate_signal(0, interactive=False, db="default", apps=state.apps, plan=[])
    return state.apps


def fill(apps: Any, recorded: dict[str, Any]) -> None:
    """Put back every row, numbers included, and every file."""
    models = []
    with transaction.atomic():
        for label, table in recorded["tables"].items():
            model = apps.get_model(label)
            fields = {field.attname: field for field in model._meta.concrete_fields}
            assert set(fields) == set(table["columns"]), label
            rows = [
                model(
                    **{
                        name: fields[name].to_python(value)
                        for name, value in zip(table["columns"], row, strict=True)
                    }
                )
                for row in table["rows"]
            ]
            model._base_manager.bulk_create(rows)
            models.append(model)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
    for name, content in recorded["files"].items():
        path = Path(settings.DATA) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


if __name__ == "__main__":
    gc.set_threshold(50_000, 20, 50)  # as every command
    fill(old_tables(), json.loads(RECORDED.read_text(encoding="utf-8")))

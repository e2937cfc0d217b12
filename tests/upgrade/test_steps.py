"""The tables of a new instance are made at once from the models; older instances go on step by step."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

import pytest
from django.apps import apps
from django.db import OperationalError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accroche.annuaire.models import Academie
from accroche.commun import schema, tables
from config.env import database

if TYPE_CHECKING:
    from pathlib import Path

Step = tuple[str, str]

#: What once made an app's tables in place of its steps, and was noted beside them: (app, last of its steps).
REPLACED: Final = {
    ("actions", "0001_squashed_0012_answers"): "0012_answers",
    ("annuaire", "0001_squashed_0002_directory"): "0002_directory",
    ("annuaire", "0003_squashed_0005_office_of_an_academie"): "0005_office_of_an_academie",
    ("campagne", "0001_squashed_0008_axes_catalogue"): "0008_axes_catalogue",
    ("commun", "0001_squashed_0007_replies_and_returns"): "0007_replies_and_returns",
    ("comptes", "0001_squashed_0006_changement_adresse"): "0006_changement_adresse",
    ("imports", "0001_squashed_0002_headings_of_any_field"): "0002_headings_of_any_field",
    ("pilotage", "0001_squashed_0002_refus"): "0002_refus",
}
#: Steps that do what no model tells, also in tables made at once. Of ours, one that only moves rows says
#: ``elidable``; those of libraries have none to move there.
BESIDE_MODELS: Final = [
    ("account", "0006_emailaddress_lower", "forwards"),
    ("account", "0008_emailaddress_unique_primary_email_fixup", "forwards"),
    ("annuaire", "0004_alphabetical_order", "index"),
    ("auth", "0011_update_proxy_permissions", "update_proxy_model_permissions"),
    ("contenttypes", "0002_remove_content_type_name", "noop"),
]


@pytest.fixture(autouse=True)
def _real_migrations(settings: Any) -> None:
    """Elsewhere the tests make their tables without them."""
    settings.MIGRATION_MODULES = {}


def applied(steps: set[Step]) -> Any:
    """A database that tells these."""
    return mock.patch.object(MigrationRecorder, "applied_migrations", return_value=dict.fromkeys(steps))


def left(steps: set[Step]) -> set[Step]:
    """What ``accroche migrate`` does there."""
    with applied(steps):
        loader = MigrationLoader(connection)
    plan = {step for leaf in loader.graph.leaf_nodes() for step in loader.graph.forwards_plan(leaf)}
    return plan - loader.applied_migrations.keys()


def test_what_steps_do_beside_the_models_is_known() -> None:
    disk = MigrationLoader(None).disk_migrations
    told = [
        (*step, getattr(one, "code", one.describe()))
        for step in sorted(disk)
        for one in tables.beside_models(disk[step].operations)
    ]
    told = [(app, name, getattr(code, "__name__", code)) for app, name, code in told]
    assert told == BESIDE_MODELS
    assert not [step for step in disk if disk[step].replaces], "a new instance needs none"


def test_an_instance_whose_steps_were_replaced_for_a_time_goes_on_from_there() -> None:
    loader = MigrationLoader(None)
    steps: set[Step] = set()
    for (app, _), last in REPLACED.items():
        steps |= set(loader.graph.forwards_plan((app, last)))
    assert left(steps | REPLACED.keys()) == loader.disk_migrations.keys() - steps
    whole = {*loader.disk_migrations, *REPLACED}
    assert left(whole) == set()
    with applied(whole):
        assert not schema.is_behind()
    names = [f"{app}.{name}" for app, name in whole]
    assert schema.unknown([*names, "actions.9999_later"]) == ["actions.9999_later"]


def test_an_instance_up_to_date_is_known_by_the_names_of_the_files() -> None:
    """No step is read for it."""
    whole = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    assert schema._on_disk() == whole
    with applied(whole), mock.patch.object(MigrationLoader, "build_graph") as read:
        assert not schema.is_behind()
    assert not read.called
    with applied(whole - {max(step for step in whole if step[0] == "actions")}):
        assert schema.is_behind()


def test_tables_made_at_once_are_all_made_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> None:
    told = connection.settings_dict | database(f"sqlite:///{tmp_path}/new.sqlite3", tmp_path)
    monkeypatch.setitem(connections.settings, "new", told)
    monkeypatch.setattr(apps, "get_models", lambda **_: [Academie])  # the others would take longer
    with django_db_blocker.unblock(), closing(connections["new"]) as new:
        assert tables.are_none(new)
        with (
            mock.patch.object(tables, "beside_models", side_effect=OperationalError("full")),
            pytest.raises(OperationalError, match="full"),
        ):
            tables.make_at_once(new)
        assert new.introspection.table_names() == []
        with new.schema_editor() as editor:
            editor.create_model(Academie)
        assert not tables.are_none(new)
        assert not tables.make_at_once(new), "somebody else was first"
    del connections["new"]

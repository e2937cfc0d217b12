"""One migration replaces the steps of an older product: one that stopped anywhere among them goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accroche.commun import schema

if TYPE_CHECKING:
    from collections.abc import Iterator

Step = tuple[str, str]


@pytest.fixture(autouse=True)
def _real_migrations(settings: Any) -> None:
    """Elsewhere the tests make their tables without them."""
    settings.MIGRATION_MODULES = {}


def loader_where(applied: set[Step]) -> MigrationLoader:
    """The migrations as an instance sees them that has done some steps."""
    with mock.patch.object(MigrationRecorder, "applied_migrations", return_value=dict.fromkeys(applied)):
        return MigrationLoader(connection)


def old_steps() -> tuple[MigrationLoader, list[Step]]:
    """All steps, none replaced, in an order they may be done in."""
    loader = MigrationLoader(None, load=False, replace_migrations=False)
    loader.build_graph()
    replacing = {step for step, migration in loader.disk_migrations.items() if migration.replaces}
    done: dict[Step, None] = {}
    for step in sorted(loader.disk_migrations.keys() - replacing):
        done |= dict.fromkeys(loader.graph.forwards_plan(step))
    return loader, list(done)


def stops() -> Iterator[tuple[str, set[Step]]]:
    """Instances that stopped early (a step and what it needs) or late (all but a step and what needs it)."""
    loader, steps = old_steps()
    yield "new", set()
    yield "all", set(steps)
    for step in steps:
        yield f"just {step}", set(loader.graph.forwards_plan(step))
        yield f"all but {step}", set(steps) - set(loader.graph.backwards_plan(step))


def left(applied: set[Step]) -> list[Step]:
    """What ``accroche migrate`` does there, in its order; what replaces steps, as these steps."""
    loader = loader_where(applied)
    assert not loader.detect_conflicts()
    plan: dict[Step, None] = {}
    for leaf in loader.graph.leaf_nodes():
        plan |= dict.fromkeys(loader.graph.forwards_plan(leaf))
    done = [step for step in plan if step not in loader.applied_migrations]
    return [one for step in done for one in loader.disk_migrations[step].replaces or [step]]


def test_from_wherever_it_stopped_an_instance_does_what_is_left_and_nothing_twice() -> None:
    _, steps = old_steps()
    assert ("actions", "0012_answers") in steps
    for name, applied in stops():
        todo = left(applied)
        assert sorted(todo) == sorted(set(steps) - applied), name


def test_a_new_instance_does_each_app_at_once() -> None:
    loader = loader_where(set())
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    assert len(replaced) > 40
    assert not replaced & set(loader.graph.nodes)


def test_tables_made_step_by_step_are_not_behind() -> None:
    loader, steps = old_steps()
    applied = dict.fromkeys(steps)
    with mock.patch.object(MigrationRecorder, "applied_migrations", return_value=applied):
        assert not schema.is_behind()
        for step in loader.graph.backwards_plan(("actions", "0012_answers")):
            del applied[step]
        assert schema.is_behind()


def test_an_instance_up_to_date_is_known_by_the_names_of_the_files() -> None:
    """No step is read for it; one that is not told is looked for among what replaces it."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    assert schema._on_disk() == loader.disk_migrations.keys()
    applied = dict.fromkeys(loader.disk_migrations)
    with (
        mock.patch.object(MigrationRecorder, "applied_migrations", return_value=applied),
        mock.patch.object(MigrationLoader, "build_graph") as read,
    ):
        assert not schema.is_behind()
    assert not read.called
    del applied["actions", max(name for app, name in applied if app == "actions")]
    with mock.patch.object(MigrationRecorder, "applied_migrations", return_value=applied):
        assert schema.is_behind()

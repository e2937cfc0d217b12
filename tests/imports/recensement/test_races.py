"""Imports against each other, against the site, against their own end: each sheet once, each person told."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from accroche.actions.models import Action, Arrivage
from accroche.actions.operations import StaleError, save
from accroche.actions.operations.declaration import Saved
from accroche.actions.operations.livraison import Livraison
from accroche.actions.queries import content_of
from accroche.commun import jobs
from accroche.commun.models import Job, JobState
from accroche.comptes.models import Role
from accroche.comptes.regles import TypeRole
from accroche.imports.operations import depots, travaux
from accroche.imports.operations import recensement as writing
from accroche.imports.recensement.verdicts import Fate
from tests import factories
from tests.factories import NOW
from tests.imports.recensement.concurrence import (
    LONG,
    Meanwhile,
    confirmed,
    deposited,
    fresh,
    imports_told,
    nothing_is_there,
    state,
)
from tests.imports.recensement.nasty import PLAIN, TITLES, csv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_other_worker")]

TICK = jobs.Handle.tick


def on_tick(monkeypatch: pytest.MonkeyPatch, call: Callable[[jobs.Handle], None]) -> None:
    """Do ``call`` in the middle of a job, each time rows were looked at."""

    def tick(handle: jobs.Handle, done: int, total: int = 0) -> None:
        if done:
            call(handle)
        TICK(handle, done, total)

    monkeypatch.setattr(jobs.Handle, "tick", tick)


def meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each waits at its first batch until the other has looked too."""
    ready = threading.Barrier(2, timeout=LONG)
    met: set[int] = set()

    def together(handle: jobs.Handle) -> None:
        if handle.pk not in met:
            met.add(handle.pk)
            ready.wait()

    on_tick(monkeypatch, together)


def test_the_same_file_by_two_at_once_is_written_once(
    where: Territory, moderator: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.person(TypeRole.MODERATEUR, "m2@ac-dijon.fr", academie=where.academie)
    uploads = [deposited(where, person, csv(), tmp_path) for person in (moderator, other)]
    work = [confirmed(depot, person) for depot, person in zip(uploads, (moderator, other), strict=True)]
    meet(monkeypatch)
    both = [Meanwhile(partial(jobs.run, job.pk, NOW)) for job in work]
    assert [one.result() for one in both] == [True, True]
    assert sorted(Action.objects.values_list("title", flat=True)) == sorted(TITLES)
    told = sorted(
        (fresh(depot).result["counts"][Fate.NEW], fresh(depot).result["counts"][Fate.SAME])
        for depot in uploads
    )
    assert told == [(0, 3), (3, 0)], "one wrote all, the other is told that all is there"
    assert {state(depot) for depot in uploads} == {JobState.DONE}
    assert imports_told() == 1


def test_two_files_that_cross_end_whole_or_told(
    where: Territory, moderator: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From first to last, from last to first: each holds what the other wants, and PostgreSQL stops one."""
    # the carrier is there already: its insertion would make the second wait before it holds anything
    factories.action(where, where.departement.etablissements.order_by("uai")[0], title="Autre")
    rows = [(f"Action {n}", "", PLAIN[1][2], "", "", "") for n in range(1200)]
    files = ((PLAIN[0], *rows), (PLAIN[0], *reversed(rows)))
    uploads = [deposited(where, moderator, csv(file), tmp_path) for file in files]
    work = [confirmed(depot, moderator) for depot in uploads]
    meet(monkeypatch)
    both = [Meanwhile(partial(jobs.run, job.pk, NOW)) for job in work]
    assert [one.result() for one in both] == [True, True]
    assert Action.objects.count() == 1201
    ends = {fresh(depot).job for depot in uploads}
    assert {job.state for job in ends if job} in ({JobState.DONE}, {JobState.DONE, JobState.FAILED})
    assert all("rien n’a été écrit. Recommencez" in job.error for job in ends if job and job.error)


def test_a_sheet_written_on_the_site_while_the_import_changes_it(
    where: Territory, moderator: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes second is told, and nothing is written over unseen: the choice was of another version."""
    sheet = factories.action(where, where.departement.etablissements.order_by("uai")[0], title=TITLES[0])
    depot = deposited(where, moderator, csv(PLAIN[:2]), tmp_path)
    [row] = depot.report["rows"][Fate.CHANGED]
    job = confirmed(depot, moderator, **{one["key"]: True for one in row["differences"]})
    access = factories.access(moderator)
    real = writing._change
    started: list[Meanwhile] = []

    def edit() -> Any:
        held = Action.objects.get(pk=sheet.pk)
        content = replace(content_of(held), audience_size=77, classes="4e A")
        return save(held, content, access=access, at=NOW, version=sheet.version)

    def change(*arguments: Any, **options: Any) -> None:
        if not started:
            started.append(Meanwhile(edit))
            started[0].queue()
        real(*arguments, **options)

    monkeypatch.setattr(writing, "_change", change)
    assert jobs.run(job.pk, NOW)
    edited = started[0].result()
    held = Action.objects.get(pk=sheet.pk)
    assert state(depot) == JobState.DONE
    assert held.version == 1, "written once"
    if connection.vendor == "postgresql":
        assert isinstance(edited, Saved)
        assert (held.audience_size, held.classes) == (77, "4e A")
        assert "a changé sur le site après l’aperçu" in str(fresh(depot).result["advice"])
    else:
        assert isinstance(edited, StaleError)
        assert (held.audience_size, held.classes) == (120, "")


def test_confirmed_twice_at_once_is_asked_and_written_once(
    where: Territory, moderator: User, tmp_path: Path
) -> None:
    depot = deposited(where, moderator, csv(), tmp_path)
    ready = threading.Barrier(2, timeout=LONG)

    def click() -> Any:
        seen = fresh(depot)
        ready.wait()
        depots.confirm(seen, {}, access=factories.access(moderator), at=NOW)
        return seen.job

    found = [one.result() for one in (Meanwhile(click), Meanwhile(click))]
    assert sorted(type(one).__name__ for one in found) == ["ClosedError", "Job"]
    job = Job.objects.get(kind=depots.WRITE)
    ran = [one.result() for one in (Meanwhile(partial(jobs.run, job.pk, NOW)) for _ in range(2))]
    assert sorted(ran) == [False, True]
    assert Action.objects.count() == 3
    assert imports_told() == 1


def test_two_choices_of_columns_at_once_are_read_once(
    where: Territory, moderator: User, tmp_path: Path
) -> None:
    depot = deposited(where, moderator, csv(), tmp_path)
    seen = [fresh(depot), fresh(depot)]
    depots.choose_columns(seen[0], {}, access=factories.access(moderator), at=NOW)
    with pytest.raises(depots.ClosedError):
        depots.confirm(seen[1], {}, access=factories.access(moderator), at=NOW)
    assert Job.objects.filter(state=JobState.WAITING).count() == 1
    assert fresh(depot).choices == {}


@pytest.fixture
def asked_to_stop(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when somebody has asked a job to stop."""
    event, real = threading.Event(), jobs.Handle.ask_to_stop

    def ask(handle: jobs.Handle) -> None:
        real(handle)
        event.set()

    monkeypatch.setattr(jobs.Handle, "ask_to_stop", ask)
    return event


def test_given_up_while_it_writes_nothing_is_written(
    where: Territory,
    moderator: User,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked_to_stop: threading.Event,
) -> None:
    rows = (PLAIN[0], *((f"Action {n}", "", PLAIN[1][2], "", "", "") for n in range(1200)))
    depot = deposited(where, moderator, csv(rows), tmp_path)
    shown = fresh(depot)  # what the page that gives up knows: the job that read, not the one that writes
    job = confirmed(depot, moderator)
    started: list[Meanwhile] = []

    def give_up(_handle: jobs.Handle) -> None:
        if not started and Action.with_arriving.exists():
            call = partial(depots.give_up, shown, access=factories.access(moderator), at=NOW)
            started.append(Meanwhile(call))
            assert asked_to_stop.wait(LONG), "the wish to stop waits for the writing itself"

    on_tick(monkeypatch, give_up)
    assert jobs.run(job.pk, NOW)
    assert started[0].result() is None
    nothing_is_there()
    assert fresh(depot).closed_at
    assert state(depot) == JobState.CANCELLED
    assert not depot.folder.exists()
    assert not jobs.Handle(job.pk).folder.exists()


def test_given_up_too_late_is_told(
    where: Territory,
    moderator: User,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    asked_to_stop: threading.Event,
) -> None:
    depot = deposited(where, moderator, csv(), tmp_path)
    job = confirmed(depot, moderator)
    real = jobs.Handle.finish
    started: list[Meanwhile] = []

    def finish(handle: jobs.Handle) -> None:
        call = partial(depots.give_up, fresh(depot), access=factories.access(moderator), at=NOW)
        started.append(Meanwhile(call))
        assert asked_to_stop.wait(LONG)
        real(handle)

    monkeypatch.setattr(jobs.Handle, "finish", finish)
    assert jobs.run(job.pk, NOW)
    told = started[0].result()
    assert isinstance(told, depots.ClosedError)
    assert "Trop tard" in str(told)
    assert Action.objects.count() == 3
    assert (fresh(depot).closed_at, state(depot)) == (None, JobState.DONE)
    assert not jobs.Handle(job.pk).folder.exists()


def test_a_role_that_ends_while_it_writes(
    where: Territory, moderator: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written for who has no right any more when it is."""
    depot = deposited(where, moderator, csv(), tmp_path)
    job = confirmed(depot, moderator)

    def end(_handle: jobs.Handle) -> None:
        assert Meanwhile(lambda: Role.objects.update(ended_at=NOW)).result() == 1

    on_tick(monkeypatch, end)
    assert jobs.run(job.pk, NOW)
    job.refresh_from_db()
    assert "Vous n’avez plus le droit" in job.error
    nothing_is_there()
    assert fresh(depot).is_open


@pytest.mark.parametrize(
    "where_it_sleeps", [(travaux, "_confrontation"), (Livraison, "write")], ids=["before", "half-way"]
)
@pytest.mark.parametrize("first", ["new worker", "old worker"])
def test_a_worker_that_slept_and_another_that_took_its_job_write_once(
    where: Territory,
    moderator: User,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    first: str,
    where_it_sleeps: tuple[Any, str],
) -> None:
    depot = deposited(where, moderator, csv(), tmp_path)
    job = confirmed(depot, moderator)
    asleep, awake = threading.Event(), threading.Event()
    real = getattr(*where_it_sleeps)

    def sleep_once(*arguments: Any) -> Any:
        found = real(*arguments)
        if not asleep.is_set():
            asleep.set()
            assert awake.wait(LONG)
        return found

    monkeypatch.setattr(*where_it_sleeps, sleep_once)
    old = Meanwhile(partial(jobs.run, job.pk, NOW))
    assert asleep.wait(LONG)
    jobs.recover(timezone.now() + jobs.STALE)
    assert state(depot) == JobState.WAITING
    if first == "new worker":
        assert jobs.run(job.pk, timezone.now())
        awake.set()
        assert old.result() is True
    else:

        def let_old_end(handle: jobs.Handle) -> None:
            if handle.attempt == 2:
                awake.set()
                old.result()

        on_tick(monkeypatch, let_old_end)
        assert jobs.run(job.pk, timezone.now())
        assert old.result() is True
    assert Action.objects.count() == Action.with_arriving.count() == 3
    assert not Arrivage.objects.exists()
    assert imports_told() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.DONE, 2, "")
    assert fresh(depot).result["counts"][Fate.NEW] == 3

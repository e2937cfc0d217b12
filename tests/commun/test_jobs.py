"""Long work: claimed once, told as it goes, stopped between two batches, taken over when killed."""

from __future__ import annotations

import datetime as dt
import errno
import logging
import os
import shutil
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from accroche.commun import jobs, logs
from accroche.commun.models import Job, JobState
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

Run = jobs.Run


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run], Job]:
    """A waiting job of a kind of its own."""

    def make(run: Run) -> Job:
        monkeypatch.setitem(jobs._tasks, "essai", run)
        return jobs.add("essai", {"n": 1}, owner=None, at=NOW)

    return make


def state(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.state, job.error


def test_a_job_runs_once_with_its_arguments(made: Callable[[Run], Job]) -> None:
    told: list[dict[str, Any]] = []
    job = made(lambda arguments, _handle: told.append(arguments))
    assert jobs.run(job.pk, NOW)
    assert not jobs.run(job.pk, NOW)
    assert told == [{"n": 1}]
    assert state(job) == (JobState.DONE, "")
    assert job.is_over
    assert not jobs.Handle(job.pk).folder.exists()


def test_a_refusal_is_told_and_a_crash_is_not(made: Callable[[Run], Job]) -> None:
    def refuse(_arguments: dict[str, Any], _handle: jobs.Handle) -> None:
        raise jobs.JobError("Trop grand.")

    def crash(_arguments: dict[str, Any], _handle: jobs.Handle) -> None:
        raise ZeroDivisionError("secret")

    job = made(refuse)
    jobs.run(job.pk, NOW)
    assert state(job) == (JobState.FAILED, "Trop grand.")
    job = made(crash)
    jobs.run(job.pk, NOW)
    assert job.pk
    found, error = state(job)
    assert found == JobState.FAILED
    assert "secret" not in error


def test_a_job_that_met_a_full_disk_says_so(made: Callable[[Run], Job]) -> None:
    def write(_arguments: dict[str, Any], _handle: jobs.Handle) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    job = made(write)
    assert jobs.run(job.pk, NOW)
    assert state(job) == (JobState.FAILED, jobs._PASSES)


def test_the_lines_of_a_job_are_linked_to_the_request_that_asked_for_it(
    made: Callable[[Run], Job], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    seen = []

    def look(_arguments: dict[str, Any], _handle: jobs.Handle) -> None:
        seen.append(logs.current.get())

    token = logs.current.set(logs.Trajet("abc123"))
    job = made(look)
    logs.current.reset(token)
    assert jobs.run(job.pk, NOW)
    assert seen[0] is not None
    assert seen[0].number == f"job-{job.pk}"
    assert [entry.facts for entry in caplog.records] == [{"job": f"job-{job.pk}", "kind": "essai"}]  # type: ignore[attr-defined]


def test_a_running_job_tells_how_far_it_is_and_stops_when_asked(made: Callable[[Run], Job]) -> None:
    seen: list[tuple[int, int]] = []

    def work(_arguments: dict[str, Any], handle: jobs.Handle) -> None:
        handle._last = 0.0
        handle.tick(3, 10)
        seen.append(jobs.Handle(handle.pk).progress())
        jobs.cancel(Job.objects.get(pk=handle.pk), NOW)
        handle.tick(4, 10)
        seen.append((99, 99))

    job = made(work)
    jobs.run(job.pk, NOW)
    assert seen == [(3, 10)]
    assert state(job) == (JobState.CANCELLED, "")


def test_a_waiting_job_is_cancelled_at_once(made: Callable[[Run], Job]) -> None:
    job = made(lambda _arguments, _handle: None)
    jobs.cancel(job, NOW)
    assert state(job)[0] == JobState.CANCELLED
    assert not jobs.run(job.pk, NOW)


def test_what_was_killed_is_taken_over_once_then_given_up(made: Callable[[Run], Job]) -> None:
    ran: list[int] = []
    job = made(lambda _arguments, handle: ran.append(handle.pk))
    killed = {"state": JobState.RUNNING, "started_at": NOW}
    Job.objects.filter(pk=job.pk).update(attempts=1, **killed)
    assert jobs.run_waiting(lambda: NOW + dt.timedelta(minutes=1)) == 0  # it may only be slow
    assert jobs.run_waiting(lambda: NOW + jobs.STALE) == 1
    assert ran == [job.pk]
    Job.objects.filter(pk=job.pk).update(attempts=jobs.ATTEMPTS, **killed)
    assert jobs.run_waiting(lambda: NOW + jobs.STALE) == 0
    found, error = state(job)
    assert found == JobState.FAILED
    assert "Rien n’a été écrit" in error


def test_a_worker_that_lost_its_job_says_nothing_of_it(made: Callable[[Run], Job]) -> None:
    """It slept too long, another took the job over: how this one ends is of no interest any more."""
    lost: list[bool] = []

    def slow(_arguments: dict[str, Any], handle: jobs.Handle) -> None:
        jobs.recover(NOW + jobs.STALE + dt.timedelta(days=3650))
        Job.objects.filter(pk=handle.pk, state=JobState.WAITING).update(state=JobState.RUNNING, attempts=2)
        handle.tick(1)
        with pytest.raises(jobs.Cancelled):
            handle.finish()
        lost.append(True)
        raise ZeroDivisionError

    job = made(slow)
    assert jobs.run(job.pk, NOW)
    assert lost == [True]
    assert state(job) == (JobState.RUNNING, "")
    assert jobs.Handle(job.pk).folder.exists(), "the other tells how far it is there"
    jobs.Handle(job.pk).clean()


def test_what_fails_once_nobody_wants_it_is_no_failure(made: Callable[[Run], Job]) -> None:
    def work(_arguments: dict[str, Any], handle: jobs.Handle) -> None:
        jobs.cancel(Job.objects.get(pk=handle.pk), NOW)
        raise FileNotFoundError

    job = made(work)
    assert jobs.run(job.pk, NOW)
    assert state(job) == (JobState.CANCELLED, "")
    jobs.cancel(Job.objects.get(pk=job.pk), NOW)
    assert not jobs.Handle(job.pk).folder.exists()


def test_the_command_runs_what_waits(made: Callable[[Run], Job]) -> None:
    job = made(lambda _arguments, _handle: None)
    out = StringIO()
    call_command("work", once=True, stdout=out)
    assert "Travaux terminés : 1." in out.getvalue()
    assert state(job)[0] == JobState.DONE


def test_a_small_job_runs_at_once_and_a_large_one_is_left(made: Callable[[Run], Job], settings: Any) -> None:
    settings.WORKER = "separate"
    job = made(lambda _arguments, _handle: None)
    jobs.start(job, at_once=False)
    assert state(job)[0] == JobState.WAITING
    jobs.start(job, at_once=True)
    assert state(job)[0] == JobState.DONE


def test_a_folder_that_is_gone_is_clean(made: Callable[[Run], Job]) -> None:
    """Who gives a job up and who runs it clean at the same time."""

    def work(_arguments: dict[str, Any], handle: jobs.Handle) -> None:
        handle._last = 0.0
        handle.tick(1)
        shutil.rmtree(handle.folder)
        handle.clean()
        handle._last = 0.0
        handle.tick(2)

    job = made(work)
    assert jobs.run(job.pk, NOW)
    assert state(job) == (JobState.DONE, "")
    assert not jobs.Handle(job.pk).folder.exists()
    jobs.Handle(job.pk).clean()


def test_a_folder_taken_away_between_two_steps_of_cleaning(
    made: Callable[[Run], Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = made(lambda _arguments, _handle: None)
    handle = jobs.Handle(job.pk)
    handle.ask_to_stop()
    real = os.unlink

    def unlink(path: Any, *args: Any, **options: Any) -> None:
        real(path, *args, **options)
        handle.folder.rmdir()

    monkeypatch.setattr(os, "unlink", unlink)
    handle.clean()
    assert not handle.folder.exists()


def test_progress_that_cannot_be_written_stops_nothing(
    made: Callable[[Run], Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    job = made(lambda _arguments, handle: handle.tick(1))
    assert jobs.run(job.pk, NOW)
    assert state(job) == (JobState.DONE, "")


def test_what_is_over_is_forgotten_in_time(made: Callable[[Run], Job]) -> None:
    job = made(lambda _arguments, _handle: None)
    waiting = made(lambda _arguments, _handle: None)
    jobs.run(job.pk, NOW)
    job.refresh_from_db()
    assert job.arguments == {}, "an address may be in it"
    assert job.finished_at
    left = jobs.Handle(job.pk)
    for handle in (left, jobs.Handle(waiting.pk), jobs.Handle(10**9)):
        handle.ask_to_stop()
        os.utime(handle.folder, (0, 0))
    (left.folder.parent / "not a number").mkdir()
    os.utime(left.folder.parent / "not a number", (0, 0))
    assert jobs.purge(job.finished_at + jobs.KEPT - dt.timedelta(seconds=1)) == 0
    assert [folder.name for folder in left.folder.parent.iterdir()] == [str(waiting.pk)]
    assert jobs.purge(job.finished_at + jobs.KEPT) == 1
    assert list(Job.objects.all()) == [waiting]
    jobs.Handle(waiting.pk).clean()

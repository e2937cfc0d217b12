"""The worker: lanes that do not wait for each other, that no error ends, that stop when told."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accroche.commun import delivery, jobs, lanes, mail, worker
from accroche.commun.lanes import Lane
from accroche.commun.models import Job, JobState, Message
from tests import processes
from tests.commun.sink import sink
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.commun.sink import Sink

__all__ = ["sink"]

WAIT = 30
#: The command, on the tables of the tests, which no migration made.
PROGRAM = """
from unittest import mock
from config.cli import main
with mock.patch("accroche.commun.commande.ensure_schema"):
    main()
"""


@pytest.fixture
def threads(transactional_db: None) -> Iterator[worker.Worker]:
    """Return a worker that stops at the end, on a database that threads share."""
    made = worker.Worker()
    yield made
    made.stop()
    made.join()


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Job]:
    """Return a function that asks for a job of its own kind."""

    def ask(run: jobs.Run, lane: Lane = Lane.LONG) -> Job:
        kind = f"essai {lane}"
        monkeypatch.setitem(jobs._tasks, kind, run)
        monkeypatch.setattr(jobs, "_lanes", jobs._lanes | ({kind: lane} if lane is not Lane.LONG else {}))
        job = jobs.add(kind, {}, owner=None, at=NOW)
        jobs.start(job, at_once=False)
        return job

    return ask


def queue(key: str = "a") -> Message:
    mail.queue(key=key, to="a@exemple.fr", subject="Un objet", body="Oui.", at=timezone.now())
    return Message.objects.get(key=key)


def test_a_long_job_delays_neither_a_code_nor_an_image(
    sink: Sink, threads: worker.Worker, runs: Callable[..., Job]
) -> None:
    began, end, quick, left = (threading.Event() for _ in range(4))

    def long(_arguments: dict[str, Any], _handle: jobs.Handle) -> None:
        began.set()
        assert end.wait(WAIT)

    sink.on = lambda step, _who, _to: left.set() if step == "reply" else None
    threads.start()
    slow = runs(long)
    assert began.wait(WAIT)
    try:
        queue()
        runs(lambda _arguments, _handle: quick.set(), Lane.QUICK)
        assert quick.wait(WAIT)
        assert left.wait(WAIT)
        slow.refresh_from_db()
        assert slow.state == JobState.RUNNING
    finally:
        end.set()
    threads.stop()
    threads.join()
    slow.refresh_from_db()
    assert slow.state == JobState.DONE


def test_no_error_ends_a_lane(
    sink: Sink, threads: worker.Worker, runs: Callable[..., Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failed = delivery.deliver, threading.Event()

    def deliver(*args: Any, **options: Any) -> delivery.Delivered:
        if not failed.is_set():
            failed.set()
            raise SystemExit
        return real(*args, **options)

    monkeypatch.setattr(delivery, "deliver", deliver)
    left, again = threading.Event(), threading.Event()
    sink.on = lambda step, _who, _to: left.set() if step == "reply" else None
    threads.start()
    assert failed.wait(WAIT)
    queue()
    assert left.wait(WAIT)

    def crash(_arguments: dict[str, Any], _handle: jobs.Handle) -> None:
        raise SystemExit

    crashed = runs(crash, Lane.QUICK)
    runs(lambda _arguments, _handle: again.set(), Lane.LONG)
    assert again.wait(WAIT)
    threads.stop()
    threads.join()
    crashed.refresh_from_db()
    assert crashed.state != JobState.DONE


def test_a_lane_outlives_an_outage_of_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it failed, it waits a minute at most, and looks again."""
    waits: list[float] = []
    one = worker.Worker()

    def fails(*_: Any, **__: Any) -> int:
        raise OSError

    def wait(_lane: Lane, seconds: float) -> None:
        waits.append(seconds)
        if len(waits) > 1_100:
            one.stop()

    monkeypatch.setattr(worker, "turn", fails)
    monkeypatch.setattr(worker.logger, "exception", lambda *_: None)
    monkeypatch.setattr(lanes, "wait", wait)
    thread = threading.Thread(target=one._run, args=(Lane.MAIL, 0.0))
    thread.start()
    thread.join(WAIT)
    assert len(waits) > 1_024
    assert max(waits) <= worker.AT_MOST * 1.25


def test_what_is_under_way_is_given_back_when_the_worker_stops(
    threads: worker.Worker, runs: Callable[..., Job]
) -> None:
    began, told = threading.Event(), threading.Event()

    def long(_arguments: dict[str, Any], handle: jobs.Handle) -> None:
        began.set()
        assert told.wait(WAIT)
        handle.tick(1)
        raise AssertionError("it was to stop")

    threads.start()
    job = runs(long)
    assert began.wait(WAIT)
    threads.stop()
    told.set()
    threads.join()
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (JobState.WAITING, 0, "")


@pytest.mark.django_db
def test_a_killed_job_is_taken_over_by_the_lane_alone(runs: Callable[..., Job]) -> None:
    job = runs(lambda _arguments, _handle: None)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=1, started_at=NOW)
    assert worker.turn(Lane.LONG, lambda: NOW + jobs.STALE) == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.django_db
def test_each_lane_takes_its_own_and_an_unknown_kind_fails_in_the_long_one(runs: Callable[..., Job]) -> None:
    quick = runs(lambda _arguments, _handle: None, Lane.QUICK)
    unknown = jobs.add("of another version", {}, owner=None, at=NOW)
    assert worker.turn(Lane.QUICK) == 1
    quick.refresh_from_db()
    unknown.refresh_from_db()
    assert (quick.state, unknown.state) == (JobState.DONE, JobState.WAITING)
    worker.turn(Lane.LONG)
    unknown.refresh_from_db()
    assert unknown.state == JobState.FAILED


@pytest.mark.django_db
def test_who_runs_the_lanes_is_seen(settings: Any, tmp_path: Any, runs: Callable[..., Job]) -> None:
    settings.DATA = tmp_path
    assert [one.is_silent for one in worker.state(timezone.now())] == [True] * len(Lane)
    for lane in Lane:
        worker.turn(lane)
    now = timezone.now()
    assert [one.is_silent for one in worker.state(now)] == [False] * len(Lane)
    later = now + worker.SILENT + dt.timedelta(minutes=1)
    assert [one.is_silent for one in worker.state(later)] == [True] * len(Lane)
    # a long job is a sign of life by itself
    job = runs(lambda _arguments, _handle: None)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=1, started_at=later)
    assert [one.lane for one in worker.state(later) if not one.is_silent] == [Lane.LONG]


def test_nothing_runs_by_itself_where_another_program_does(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_embedded", None)
    worker.embed()
    assert worker._embedded is None
    settings.WORKER = "embedded"
    started: list[float] = []
    monkeypatch.setattr(worker.Worker, "start", lambda _self, *, delay: started.append(delay))
    worker.embed()
    worker.embed()
    assert len(started) == 2, "what died is started again"


@pytest.mark.django_db(transaction=True)
def test_a_dead_lane_is_started_again(threads: worker.Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "_run", lambda _lane, _delay: None)
    threads.start()
    threads.join()
    monkeypatch.undo()
    threads.start()
    assert all(thread.is_alive() for thread in threads._threads.values())


def test_a_forked_process_starts_its_own() -> None:
    lanes.wake(Lane.MAIL)
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        fresh = worker._embedded is None and not lanes._awake[Lane.MAIL].is_set()
        os.write(write, b"1" if fresh else b"0")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 1) == b"1"
    os.close(read)
    os.close(write)
    lanes.wait(Lane.MAIL, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_program_sends_and_stops_when_told(sink: Sink, number: signal.Signals) -> None:
    left = threading.Event()
    sink.on = lambda step, _who, _to: left.set() if step == "reply" else None
    message = queue()
    env = {"ACCROCHE_MAIL_URL": f"smtp://127.0.0.1:{sink.port}", "ACCROCHE_WORKER": "separate"}
    with processes.start("-c", PROGRAM, "work", env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline().startswith("En marche")
        assert left.wait(WAIT)
        process.send_signal(number)
        assert process.wait(WAIT) == 0
        assert "Arrêté." in process.stdout.read()
    message.refresh_from_db()
    assert message.sent_at


@pytest.mark.django_db
def test_the_command_does_all_lanes_once(sink: Sink, runs: Callable[..., Job], capsys: Any) -> None:
    queue()
    runs(lambda _arguments, _handle: None)
    runs(lambda _arguments, _handle: None, Lane.QUICK)
    call_command("work", once=True)
    assert "Courriels envoyés : 1. Travaux terminés : 2." in capsys.readouterr().out

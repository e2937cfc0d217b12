"""Workers killed at every stage: nothing is shown by halves, somebody else ends it, nothing stays hidden."""

from __future__ import annotations

import datetime as dt
import subprocess
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accroche.actions.models import Action, Arrivage
from accroche.commun import jobs
from accroche.commun.models import Job, JobState, JournalEntry
from accroche.imports.models import Depot
from accroche.imports.operations import depots
from accroche.imports.recensement.verdicts import Fate
from tests import factories, processes
from tests.factories import NOW
from tests.imports.recensement.concurrence import confirmed, deposited, fresh, nothing_is_there, state
from tests.imports.recensement.nasty import csv

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_other_worker")]


def page(depot: Depot, person: User) -> str:
    client = Client()
    client.force_login(person, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    return client.get(reverse("imports:depot", args=[depot.pk])).content.decode()


def worker(phase: str, job: Job) -> None:
    """Run a job in a process of its own, killed half-way."""
    process = processes.start(
        "-m",
        "tests.imports.recensement.killed",
        phase,
        str(job.pk),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        assert process.stdout
        line = process.stdout.readline()
        process.kill()
    assert line == "half-way\n"


#: What is half written when it is killed is in both databases; before and after it, in one.
PHASES = (
    pytest.param("begun", marks=pytest.mark.any_database),
    "arriving",
    pytest.param("ending", marks=pytest.mark.any_database),
)


@pytest.mark.parametrize("phase", PHASES)
def test_a_worker_killed_while_it_writes_shows_nothing_and_is_taken_over_once(
    where: Territory, moderator: User, tmp_path: Path, phase: str
) -> None:
    depot = deposited(where, moderator, csv(), tmp_path)
    job = confirmed(depot, moderator)
    worker(phase, job)
    assert not Action.objects.exists()
    assert Action.with_arriving.count() == (0 if phase == "begun" else 3)
    assert fresh(depot).is_open
    assert "Écriture des fiches" in page(depot, moderator)
    now = timezone.now()
    assert jobs.run_waiting(lambda: now + dt.timedelta(minutes=1)) == 0, "it may only be slow"
    assert jobs.run_waiting(lambda: now + jobs.STALE) == 1
    assert Action.objects.count() == Action.with_arriving.count() == 3
    assert not Arrivage.objects.exists()
    assert JournalEntry.objects.filter(verb="import").count() == 4
    assert "L’import est terminé" in page(depot, moderator)


# what came last is taken away as what came first
@pytest.mark.parametrize("phase", PHASES[:2])
def test_what_a_killed_worker_hid_goes_when_the_file_is_given_up_or_in_the_night(
    where: Territory, moderator: User, tmp_path: Path, phase: str
) -> None:
    depot = deposited(where, moderator, csv(), tmp_path)
    job = confirmed(depot, moderator)
    worker(phase, job)
    Job.objects.filter(pk=job.pk).update(attempts=jobs.ATTEMPTS)
    Arrivage.objects.update(attempt=jobs.ATTEMPTS)
    depots.purge(NOW)
    assert Arrivage.objects.exists(), "it may only be slow"
    jobs.recover(timezone.now() + jobs.STALE)
    if phase == "begun":
        depots.purge(NOW)
    else:
        depots.give_up(fresh(depot), access=factories.access(moderator), at=NOW)
        assert jobs.run_waiting(timezone.now) == 1
    nothing_is_there()


def test_a_worker_killed_twice_is_given_up_and_the_page_says_so(
    where: Territory, moderator: User, tmp_path: Path
) -> None:
    depot = deposited(where, moderator, csv(), tmp_path)
    job = confirmed(depot, moderator)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=jobs.ATTEMPTS, started_at=NOW)
    jobs.Handle(job.pk).tick(1)
    jobs.recover(timezone.now() + jobs.STALE)
    assert not Action.objects.exists()
    told = page(depot, moderator)
    assert "L’import n’a pas abouti" in told
    assert "interrompu deux fois. Rien n’a été écrit" in told
    assert not jobs.Handle(job.pk).folder.exists()


def test_a_worker_killed_while_it_reads_leaves_no_half_file(
    where: Territory, moderator: User, tmp_path: Path
) -> None:
    csv()(tmp_path / "r.csv")
    depot = depots.receive(
        [(tmp_path / "r.csv").read_bytes()],
        name="r.csv",
        size=1,
        academie=where.academie,
        edition=where.semaine.edition,
        access=factories.access(moderator),
        at=NOW,
    )
    assert depot.job
    worker("read", depot.job)
    assert not depot.spool.exists()
    assert jobs.run_waiting(lambda: timezone.now() + jobs.STALE) == 1
    assert fresh(depot).report["counts"][Fate.NEW] == 3


def test_a_worker_killed_after_the_last_word_is_not_run_again(
    where: Territory, moderator: User, tmp_path: Path
) -> None:
    depot = deposited(where, moderator, csv(), tmp_path)
    job = confirmed(depot, moderator)
    worker("written", job)
    assert (Action.objects.count(), state(depot)) == (3, JobState.DONE)
    assert jobs.run_waiting(lambda: timezone.now() + jobs.STALE) == 0
    assert depot.source.exists()
    depots.purge(NOW)
    assert not depot.source.exists(), "what the killed one left"

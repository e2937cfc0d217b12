"""What the night removes of uploaded files, and what it leaves."""

from __future__ import annotations

import datetime as dt
import os
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.utils import timezone

from accroche.commun import jobs
from accroche.commun.models import JobState
from accroche.comptes.regles import TypeRole
from accroche.imports.models import Depot
from accroche.imports.operations import depots
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from tests.factories import Territory

pytestmark = pytest.mark.django_db

OLD = NOW - depots.KEPT


def kept(where: Territory, token: str, created_at: dt.datetime, **columns: object) -> Depot:
    """An upload with all its files."""
    made = Depot.objects.create(
        academie=where.academie,
        edition=where.semaine.edition,
        name="a.csv",
        size=1,
        token=token,
        created_at=created_at,
        **columns,
    )
    made.folder.mkdir(parents=True, exist_ok=True)
    for path in (made.source, made.spool, made.refused):
        path.touch()
    return made


def files(depot: Depot) -> set[str]:
    return {path.name for path in depot.folder.glob("*")}


def test_what_nobody_decided_about_for_a_week_is_closed_and_erased(where: Territory) -> None:
    old, young = kept(where, "old", OLD), kept(where, "young", OLD + dt.timedelta(seconds=1))
    job = jobs.add(depots.WRITE, {}, owner=None, at=NOW)
    busy = kept(where, "busy", OLD, job=job)
    assert depots.purge(NOW) == 1
    assert not old.folder.exists()
    assert files(young) == files(busy) == {"fichier", "lignes", "refusees"}
    assert list(Depot.objects.filter(closed_at=None).values_list("token", flat=True)) == ["young", "busy"]
    job.state = JobState.FAILED
    job.save()
    assert depots.purge(NOW) == 1
    assert not busy.folder.exists()


def test_the_rows_to_correct_of_a_written_file_stay_a_week(where: Territory) -> None:
    young = kept(where, "young", OLD + dt.timedelta(seconds=1), written_at=NOW)
    old = kept(where, "old", OLD, written_at=NOW)
    given_up = kept(where, "given-up", NOW, closed_at=NOW)
    assert depots.purge(NOW) == 0
    assert files(young) == {"refusees"}
    assert not old.folder.exists()
    assert not given_up.folder.exists()
    assert Depot.objects.filter(written_at=NOW, closed_at=None).count() == 2


def test_a_folder_no_upload_knows_goes_once_it_is_old(where: Territory) -> None:
    receiving, left = Depot.root() / "receiving", Depot.root() / "left"
    for folder, at in ((receiving, NOW), (left, NOW - depots.RECEIVED - dt.timedelta(seconds=1))):
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder, (at.timestamp(), at.timestamp()))
    depots.purge(NOW)
    assert receiving.exists()
    assert not left.exists()
    receiving.rmdir()


def test_the_command_says_how_many(where: Territory) -> None:
    kept(where, "a", timezone.now() - depots.KEPT)
    out = StringIO()
    call_command("clean_imports", stdout=out)
    assert out.getvalue() == "Dépôts abandonnés : 1.\n"


def test_a_file_that_could_not_be_kept_leaves_nothing(where: Territory) -> None:
    person = factories.person(TypeRole.MODERATEUR, academie=where.academie)

    def chunks() -> object:
        yield b"titre;uai\n"
        raise OSError("no room left")

    before = set(Depot.root().glob("*"))
    with pytest.raises(OSError, match="no room"):
        depots.receive(
            chunks(),  # type: ignore[arg-type]
            name="a.csv",
            size=10,
            academie=where.academie,
            edition=where.semaine.edition,
            access=factories.access(person),
            at=NOW,
        )
    assert set(Depot.root().glob("*")) == before
    assert not Depot.objects.exists()


def test_nothing_uploaded_yet(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    assert depots.purge(NOW) == 0

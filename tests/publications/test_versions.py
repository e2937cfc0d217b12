"""Frozen versions: the bureau's alone until they are published, taken back with a reason."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError

from accroche.campagne.models import Edition, Semaine
from accroche.commun import journal
from accroche.comptes.regles import TypeRole
from accroche.publications.models import Synthese
from accroche.publications.operations import VersionError, freeze, publish, withdraw
from accroche.publications.queries import (
    frozen_document,
    public_document,
    public_versions,
    working_document,
)
from tests import factories
from tests.races import at_once, passed

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

AT = dt.datetime(2016, 9, 1, 9, 0, tzinfo=dt.UTC)
PAGE = "/editions/2015-2016/synthese/"


def narrate(edition: Edition, words: str) -> None:
    Semaine.objects.filter(edition=edition, academie__name="Lyon").update(narrative=words)


def test_what_is_frozen_is_the_bureaus_until_it_is_published(client: Client, edition_2015: Edition) -> None:
    version = freeze(edition_2015, at=AT, name="Version pour le cabinet")
    assert version.name == "Version pour le cabinet"
    assert public_versions(edition_2015) == []
    assert client.get(f"{PAGE}1/").status_code == 404
    assert "version de travail" in client.get(PAGE).content.decode()
    publish(version, at=AT)
    told = client.get(PAGE).content.decode()
    assert "arrêtée" in told
    assert "cabinet" not in told
    assert client.get(f"{PAGE}1/").status_code == 200
    with pytest.raises(VersionError, match="déjà publiée"):
        publish(version, at=AT)


def test_what_is_taken_back_says_why(client: Client, edition_2015: Edition) -> None:
    version = freeze(edition_2015, at=AT)
    publish(version, at=AT)
    with pytest.raises(VersionError, match="Dites pourquoi"):
        withdraw(version, "  ", at=AT)
    withdraw(version, "Un total y est faux.", at=AT)
    gone = client.get(f"{PAGE}1/")
    assert gone.status_code == 410
    assert "Un total y est faux." in gone.content.decode()
    assert "Cache-Control" in gone.headers
    file = client.get(f"{PAGE}1/synthese.pdf")
    assert (file.status_code, "Un total y est faux." in file.content.decode()) == (410, True)
    with pytest.raises(VersionError, match="n’est pas publiée"):
        withdraw(version, "Encore.", at=AT)
    publish(version, at=AT)
    assert client.get(f"{PAGE}1/").status_code == 200
    assert [one.verb for one in journal.entries(version)] == ["publish", "withdraw", "publish", "freeze"]


@pytest.mark.any_database
def test_no_document_quotes_what_the_public_may_not_read(edition_2015: Edition) -> None:
    narrate(edition_2015, "Un nom de trop.")
    first = freeze(edition_2015, at=AT)
    narrate(edition_2015, "Corrigé.")
    second = freeze(edition_2015, at=AT)
    assert "Un nom de trop" not in repr(frozen_document(second))
    publish(first, at=AT)
    assert "Un nom de trop" in repr(frozen_document(second))
    withdraw(first, "Un nom de trop.", at=AT)
    assert "Un nom de trop" not in repr(frozen_document(second))
    assert "Un nom de trop" not in repr(working_document(edition_2015))


@pytest.mark.any_database
def test_what_the_bureau_is_writing_is_read_once_a_version_is_published(edition_2015: Edition) -> None:
    said = "On mesure mal"
    assert said in repr(public_document(edition_2015, None))
    edition_2015.declaration_opens = dt.date(2015, 9, 1)
    edition_2015.save()
    assert said not in repr(public_document(edition_2015, None))
    assert said in repr(working_document(edition_2015))
    assert said in repr(public_document(edition_2015, freeze(edition_2015, at=AT)))


@pytest.mark.any_database
def test_who_does_not_steer_publishes_nothing(edition_2015: Edition) -> None:
    version = freeze(edition_2015, at=AT)
    where = Semaine.objects.filter(edition=edition_2015)[0].academie
    for kind in (TypeRole.LECTEUR, TypeRole.MODERATEUR):
        access = factories.access(factories.person(kind, academie=where))
        for act in (publish, lambda *a, **b: withdraw(a[0], "Motif", **b)):
            with pytest.raises(PermissionDenied):
                act(version, at=AT, access=access)


@pytest.mark.any_database
def test_an_archived_edition_keeps_its_synthesis(edition_2015: Edition) -> None:
    version = freeze(edition_2015, at=AT)
    Edition.objects.filter(pk=edition_2015.pk).update(closed_at=AT, archived_at=AT)
    with pytest.raises(VersionError, match="archivée"):
        freeze(edition_2015, at=AT)
    with pytest.raises(VersionError, match="archivée"):
        publish(version, at=AT)


@pytest.mark.django_db(transaction=True)
def test_two_who_freeze_at_once_make_one_version(edition_2015: Edition) -> None:
    made = at_once(2, lambda _: freeze(Edition.objects.get(pk=edition_2015.pk), at=AT).number)
    assert made == [1, 1]
    assert Synthese.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_are_told(edition_2015: Edition) -> None:
    version = freeze(edition_2015, at=AT)

    made = at_once(2, lambda _: publish(Synthese.objects.get(pk=version.pk), at=AT))
    assert passed(made, VersionError) == 1


@pytest.mark.any_database
def test_the_command_publishes_and_takes_back(edition_2015: Edition, tmp_path: Path, settings: Any) -> None:
    settings.OUTPUTS_ROOT = tmp_path

    def run(*args: object, **options: object) -> str:
        out = io.StringIO()
        call_command("publish_synthese", "2015-2016", *args, stdout=out, **options)
        return out.getvalue()

    with pytest.raises(CommandError, match="accroche build_synthese 2015-2016 --freeze"):
        run()
    freeze(edition_2015, at=AT)
    assert run() == "Version 1 publiée.\n"
    built = tmp_path / "2015-2016" / "1"
    built.mkdir(parents=True)  # by a program that did not say what it quotes
    with pytest.raises(CommandError, match="Dites pourquoi"):
        run(withdraw=True)
    told = run("1", withdraw=True, reason="Un total y est faux.")
    assert "retirée" in told
    assert f"accroche build_synthese 2015-2016 --frozen 1 --out {built}" in told
    with pytest.raises(CommandError, match="pas de version 7"):
        run("7")

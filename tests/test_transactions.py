"""Real journeys: no file, image, document, mail or other machine inside a transaction, on either database.

The doors refuse it by themselves (``accroche.lib.doors``), in every test; here what passes beside them is
seen too, and each journey is shown to pass the doors it should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.actions.operations import move, remove_piece
from accroche.actions.operations.oubli import delete_person
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.commun import delivery, jobs
from accroche.commun.models import Job
from accroche.comptes.regles import TypeRole
from accroche.exploitation.operations.nuit import run_all
from accroche.imports.models import Depot
from accroche.lib import doors
from accroche.portail.operations import load_demonstration
from accroche.relecture.operations.fusion import merge, split
from accroche.votes.operations.vote import confirm_vote
from tests import factories
from tests.actions.attaching import LARGE, SMALL, add
from tests.actions.declaring import begin, signed_in
from tests.comptes import test_connexion
from tests.factories import NOW
from tests.imports.recensement.nasty import PLAIN, xlsx
from tests.lenteurs import slow_work
from tests.votes.operations import test_vote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# where slow work begins is for our code to say; what the journeys write is tried on both where it is written
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _instance(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT, settings.DATA, settings.WORKER = tmp_path / "media", tmp_path, "separate"
    # a mail server that nobody is: what counts is that the door was passed
    settings.MAIL_ENABLED, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", 9


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The doors that were passed; at the end, nothing slow happened inside a transaction."""
    found: set[str] = set()
    monkeypatch.setattr(doors, "_watches", [*doors._watches, found.add])
    with slow_work() as inside:
        yield found
    assert inside == []


def work() -> None:
    """What the worker does meanwhile."""
    jobs.run_waiting()
    delivery.deliver(timezone.now)


def test_what_passes_beside_the_doors_is_seen(tmp_path: Path) -> None:
    with slow_work() as inside, transaction.atomic():
        (tmp_path / "a").write_bytes(b"x")
        (tmp_path / "a").unlink()
    assert [line.split()[0] for line in inside] == ["open", "os.remove"]
    with slow_work() as inside:
        (tmp_path / "a").write_bytes(b"x")
    assert inside == []


def test_a_sheet_from_its_declaration_to_its_merge(passed: set[str]) -> None:
    where = factories.territory()
    Edition.objects.update(declaration_opens="2020-01-01", declaration_closes="2100-01-01")
    school = factories.school(where)
    owner = factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school)
    person = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    client, moderator = signed_in(owner), factories.access(person)
    action = begin(client, school)
    sent = [SimpleUploadedFile("a.png", LARGE), SimpleUploadedFile("b.png", SMALL)]
    client.post(reverse("actions:pieces", args=[action.pk]), {"fichiers": sent})
    work()
    for piece in action.pieces.all():
        change = reverse("actions:modifier_piece", args=[piece.pk])
        client.post(change, {"faire": "decrire", "caption": "Un stand", "consent": "nobody"})
        assert client.get(reverse("actions:piece", args=[piece.pk])).getvalue()
    Action.objects.filter(pk=action.pk).update(college=True, temporality="semaine")
    now = timezone.now()
    for step, access in (
        (Step.SUBMIT, factories.access(owner)),
        (Step.PUBLISH, moderator),
        (Step.UNPUBLISH, moderator),
    ):
        move(Action.objects.get(pk=action.pk), step, access=access, at=now, reason="À relire.")
        work()
    other = factories.action(where, school)
    action = Action.objects.get(pk=action.pk)
    merge(action, other, access=moderator, at=now)
    split(Action.objects.get(pk=action.pk), access=moderator, at=now)
    for piece in Action.objects.get(pk=action.pk).pieces.all():
        remove_piece(piece, access=moderator, at=now)
    work()
    delete_person(owner, at=now)
    list(run_all(now))
    assert passed >= {
        "a file is written",
        "an image is decoded",
        "a file is kept",
        "a file is read",
        "a file is removed",
        "a mail is sent",
    }


def test_a_visitor_without_account_and_signing_in(passed: set[str], client: Client) -> None:
    where = factories.territory()
    Edition.objects.update(declaration_opens="2020-01-01", declaration_closes="2100-01-01")
    action = begin(client, factories.school(where), email="prof@example.fr")
    add(action, factories.access(None, sheets=frozenset({action.pk})), SMALL)
    client.post(reverse("actions:retrouver"), {"email": "prof@example.fr"})
    work()
    assert action.pieces.get().is_ready
    browser = Client()
    test_connexion.ask(browser)
    work()
    test_connexion.give(browser, test_connexion.code_sent_to(test_connexion.ADDRESS))
    assert "_auth_user_id" in browser.session
    assert "a mail is sent" in passed


def test_a_census_from_its_file_to_the_queue(passed: set[str], tmp_path: Path) -> None:
    where = factories.territory()
    for number in (1, 2):
        factories.school(where, number)
    person = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    client, path = signed_in(person), tmp_path / "r.xlsx"
    xlsx((*PLAIN, ("Sans école", None, None, "30 février", None, None)))(path)
    form = {"academie": where.academie.pk, "edition": where.semaine.edition.pk}
    file = SimpleUploadedFile("r.xlsx", path.read_bytes())
    client.post(reverse("imports:recensement"), form | {"fichier": file})
    depot = Depot.objects.get()
    work()
    client.post(reverse("imports:importer", args=[depot.pk]))
    work()
    assert Action.objects.filter(etat=Etat.SUBMITTED).exists()
    assert client.get(reverse("imports:a_corriger", args=[depot.pk])).getvalue()
    list(run_all(timezone.now()))
    assert {"a file is written", "a spreadsheet is read"} <= passed


def test_an_edition_from_its_pack_to_its_frozen_synthesis(passed: set[str], tmp_path: Path) -> None:
    call_command("load_edition", "2015-2016", verbosity=0)
    call_command("build_synthese", "2015-2016", out=tmp_path / "out", formats="html,data,pdf", freeze=True)
    assert {"a document is drawn", "a PDF is typeset", "a file is read"} <= passed


def test_the_demo(passed: set[str]) -> None:
    call_command("load_edition", "2015-2016", verbosity=0)
    assert load_demonstration(at=NOW)
    assert Academie.objects.exists()
    assert "files are read" in passed


def test_a_vote(passed: set[str]) -> None:
    candidates = test_vote.make_vote()
    confirm_vote(test_vote.ask(candidates[0]), at=NOW)
    work()
    assert candidates[0].bulletins.exists()
    assert passed <= {"a mail is sent"}


def test_an_interrupted_image_and_the_night(passed: set[str]) -> None:
    where = factories.territory()
    action = factories.action(where, factories.school(where), Etat.DRAFT)
    sheet = factories.access(None, sheets=frozenset({action.pk}))
    add(action, sheet)
    Job.objects.all().delete()
    list(run_all(timezone.now()))
    work()
    assert action.pieces.get().is_ready
    assert "an image is decoded" in passed

"""Photographs and documents chosen with the rest of a sheet, without any script: none is chosen twice."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accroche.actions import operations
from accroche.actions.cycle import Etat
from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations import PieceError, add_piece
from accroche.actions.operations.brouillons import UNCONFIRMED_DAYS, purge_unconfirmed
from accroche.actions.queries import pieces as shares
from accroche.actions.quotas import ALL_UNCONFIRMED, PERSON, UNCONFIRMED
from accroche.actions.regles import Consentement
from accroche.commun import jobs
from accroche.commun.models import Reserve
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.attaching import LARGE, SMALL, add, files
from tests.actions.declaring import START, begin, fields, html, sheet_address, signed_in
from tests.factories import NOW
from tests.strictness import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_today")]
PDF = b"%PDF-1.4\n"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT, settings.DATA, settings.WORKER = tmp_path / "media", tmp_path, "separate"
    return tmp_path


def sent(name: str = "photo.png", content: bytes = SMALL) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def first_page(school: Etablissement, **more: Any) -> dict[str, Any]:
    return {**START, "etablissement": school.uai, "email": "a@example.fr", **more}


def told(client: Client, address: str) -> list[str]:
    return [str(message) for message in client.get(address).context["messages"]]


@pytest.mark.any_database
def test_the_first_page_takes_files_nobody_else_sees(where: Territory, school: Etablissement) -> None:
    visitor = Client()
    heic = sent("IMG.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0")
    answer = visitor.post(reverse("actions:declarer"), first_page(school, fichiers=[sent(), heic]))
    piece = PieceJointe.objects.get()
    there = sheet_address(piece.action)
    assert answer.headers["Location"] == f"{there}#id_pieces"
    assert any("IMG.HEIC" in words and "Envoyez-la en JPEG" in words for words in told(visitor, there))
    page = html(visitor, there)
    assert f'name="piece-{piece.pk}-caption"' in page
    alone = reverse("actions:piece", args=[piece.pk])
    list_ = reverse("actions:pieces", args=[piece.action_id])
    assert visitor.get(alone).getvalue()
    assert visitor.get(list_).status_code == 200
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    porteur = factories.person(TypeRole.PORTEUR, "p@ac-dijon.fr", etablissement=school)
    for other, unseen in ((Client(), 302), (signed_in(moderator), 404), (signed_in(porteur), 404)):
        assert (other.get(alone).status_code, other.get(list_).status_code) == (404, unseen)
        assert other.post(list_, {"fichiers": sent("autre.png")}).status_code == 404


@pytest.mark.any_database
def test_a_first_page_that_is_given_back_keeps_its_files(school: Etablissement, data: Path) -> None:
    visitor = Client()
    refused = visitor.post(
        reverse("actions:declarer"), first_page(school, title="", fichiers=[sent(), sent("a.pdf", PDF)])
    )
    kept = refused.context["gardees"]
    assert [one.name for one in kept] == ["photo.png", "a.pdf"]
    assert all(f'value="{one.word}"' in refused.content.decode() for one in kept)
    assert len(files(data)) == 2
    # again refused, then accepted without the second: unticked, it is not wanted any more
    words = [one.word for one in kept]
    again = visitor.post(reverse("actions:declarer"), first_page(school, description="", garde=words))
    assert [one.word for one in again.context["gardees"]] == words
    visitor.post(reverse("actions:declarer"), first_page(school, garde=[words[0], "un.mot:faux"]))
    piece = PieceJointe.objects.get()
    assert piece.name.startswith("photo.")
    assert files(data) == sorted([f"media/{piece.file}", f"pieces/{kept[1].path.name}"])


@pytest.mark.any_database
def test_what_is_said_of_files_is_saved_with_the_sheet(school: Etablissement) -> None:
    visitor = Client()
    sheet = begin(visitor, school, email="a@example.fr")
    address = sheet_address(sheet)
    visitor.post(address, {**fields(visitor, sheet), "fichiers": [sent(), sent("a.pdf", PDF)]})
    image, document = sheet.pieces.all()
    said = {f"piece-{image.pk}-caption": "Un stand", f"piece-{image.pk}-consent": Consentement.NOBODY.value}
    said |= {f"piece-{document.pk}-caption": "Le programme"}
    script = {**fields(visitor, sheet), **said, f"piece-{document.pk}-retirer": "on"}
    assert visitor.post(reverse("actions:enregistrer", args=[sheet.pk]), script).status_code == 200
    image.refresh_from_db()
    assert (image.caption, image.consent) == ("Un stand", Consentement.NOBODY)
    assert sheet.pieces.count() == 2, "nothing is removed while one types"
    visitor.post(address, script)
    assert sheet.pieces.get() == image


@pytest.mark.any_database
def test_a_file_that_comes_while_the_text_saves_itself_is_asked_about(
    where: Territory, school: Etablissement, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = factories.person(TypeRole.PORTEUR, etablissement=school)
    visitor, sheet = signed_in(owner), factories.action(where, school, Etat.DRAFT, declarant=owner)
    save = operations.save

    def saved(*given: Any, **more: Any) -> Any:
        made = save(*given, **more)
        add(sheet, factories.access(owner), SMALL)
        return made

    monkeypatch.setattr(operations, "save", saved)
    answer = visitor.post(reverse("actions:enregistrer", args=[sheet.pk]), fields(visitor, sheet))
    assert [told["champ"] for told in answer.json()["remarques"]] == [f"piece-{sheet.pieces.get().pk}"]


@pytest.mark.any_database
def test_a_text_that_is_refused_loses_no_file_and_none_is_sent_undescribed(school: Etablissement) -> None:
    visitor = Client()
    sheet = begin(visitor, school, email="a@example.fr", temporality="semaine")
    address = sheet_address(sheet)
    refused = visitor.post(address, {**fields(visitor, sheet), "title": "", "fichiers": [sent()]})
    assert (refused.status_code, sheet.pieces.count()) == (200, 1)
    assert f"piece-{sheet.pieces.get().pk}-caption" in refused.content.decode()
    whole = fields(visitor, sheet)
    asked = visitor.post(address, {**whole, "envoyer": "1", "photo": [sent("deux.png", LARGE)]})
    assert asked.headers["Location"] == f"{address}?envoi=1"
    page = visitor.get(address)
    assert page.content.decode().count("Dites si les personnes visibles") == 2, "above, and beside its image"
    gone = visitor.post(address, {**fields(visitor, sheet), "envoyer": page.context["lu"]})
    assert gone.headers["Location"] == reverse("actions:envoyee", args=[sheet.pk])


@pytest.mark.any_database
def test_a_file_that_is_refused_is_told_before_the_sheet_leaves(school: Etablissement) -> None:
    visitor = Client()
    sheet = begin(visitor, school, email="a@example.fr", temporality="semaine")
    address = sheet_address(sheet)
    whole = {**fields(visitor, sheet), "envoyer": "1", "fichiers": [sent("a.rtf", b"{\\rtf1 }")]}
    assert visitor.post(address, whole).headers["Location"] == f"{address}#id_pieces"
    assert any("Relisez ses fichiers" in words for words in told(visitor, address))


def test_an_image_drawn_meanwhile_is_no_conflict(where: Territory, school: Etablissement) -> None:
    owner = factories.user()
    sheet = factories.action(where, school, Etat.SUBMITTED, declarant=owner)
    client = signed_in(owner)
    read = fields(client, sheet)
    client.post(reverse("actions:pieces", args=[sheet.pk]), {"fichiers": [sent("grande.png", LARGE)]})
    jobs.run_waiting()
    sheet.refresh_from_db()
    assert sheet.version > read["version"]
    assert client.post(sheet_address(sheet), {**read, "title": "Un autre titre"}).status_code == 302
    sheet.refresh_from_db()
    assert sheet.title == "Un autre titre"


def test_a_script_sends_one_file_at_a_time_and_again_when_the_answer_was_lost(school: Etablissement) -> None:
    visitor = Client()
    sheet = begin(visitor, school, email="a@example.fr")
    address = reverse("actions:pieces", args=[sheet.pk])

    def send(name: str, content: bytes, **more: str) -> Any:
        form = {"fichiers": sent(name, content), "consent": "pending", **more}
        return visitor.post(address, form, headers={"accept": "application/json"})

    first = send("photo.png", SMALL, caption="Un stand", consent="nobody")
    piece = PieceJointe.objects.get()
    assert (first.status_code, first.json()["piece"]) == (200, piece.pk)
    assert 'value="Un stand"' in first.json()["html"]
    assert (piece.caption, piece.consent) == ("Un stand", Consentement.NOBODY)
    assert send("photo.png", SMALL).json()["piece"] == piece.pk
    refused = send("Lettre.rtf", b"{\\rtf1 }")
    assert refused.status_code == 422
    assert "document RTF" in refused.json()["message"]
    assert PieceJointe.objects.count() == 1


def test_who_is_not_known_yet_has_a_room_of_their_own(
    where: Territory, school: Etablissement, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What strangers send takes nothing of a school's room, nor of the person whose address they typed."""
    monkeypatch.setattr(shares, "PERSON", replace(PERSON, files=1))
    monkeypatch.setattr(shares, "SCHOOL", replace(PERSON, files=2))
    monkeypatch.setattr(shares, "UNCONFIRMED", replace(UNCONFIRMED, files=2))
    monkeypatch.setattr(shares, "ALL_UNCONFIRMED", replace(ALL_UNCONFIRMED, files=3))

    def attach(email: str, number: int, *, unconfirmed: bool = True) -> PieceJointe:
        sheet = factories.action(
            where, school, Etat.DRAFT, declarant_email=email, unconfirmed=unconfirmed, slug=f"f-{number}"
        )
        access = factories.access(None, sheets=frozenset({sheet.pk}))
        return add_piece(sheet, "a.pdf", [PDF + str(number).encode()], access=access, at=NOW)

    attach("a@example.fr", 1)
    attach("a@example.fr", 2)
    with pytest.raises(PieceError, match="Confirmez d’abord votre adresse"):
        attach("a@example.fr", 3)
    attach("b@example.fr", 4)
    with pytest.raises(PieceError, match="Envoyez votre fiche sans celui-ci"):
        attach("c@example.fr", 5)
    attach("a@example.fr", 6, unconfirmed=False)
    assert not [row for row in Reserve.objects.order_by("pk") if "example" in row.holder]


def test_the_files_go_with_a_draft_nobody_confirmed(
    school: Etablissement, data: Path, django_capture_on_commit_callbacks: Any
) -> None:
    visitor = Client()
    sheet = begin(visitor, school, email="a@example.fr")
    visitor.post(sheet_address(sheet), {**fields(visitor, sheet), "fichiers": [sent(), sent("g.png", LARGE)]})
    assert len(files(data)) == 2
    Action.with_unconfirmed.update(updated_at=NOW - dt.timedelta(days=UNCONFIRMED_DAYS + 1))
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_unconfirmed(NOW) == 1
    assert files(data) == []


@pytest.mark.any_database
def test_every_way_out_leaves_no_photograph_on_the_device() -> None:
    """What signs out, or forgets a browser's sheets, says so to the script that empties what it keeps."""
    ways, silent = 0, []
    for page in ROOT.glob("accroche/*/templates/**/*.html"):
        for form in re.findall(r"<form[^>]*(?:deconnexion|refermer)[^>]*>", page.read_text(encoding="utf-8")):
            ways += 1
            silent += [] if "data-sortie" in form else [f"{page.name}: {form}"]
    assert ways > 3
    assert not silent

"""The page of attachments, and who gets which file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations import PieceError, add_piece, preparation
from accroche.actions.regles import Consentement
from accroche.commun import jobs
from accroche.commun.models import Job, JobState
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.actions.attaching import LARGE
from tests.actions.operations.test_pieces import PDF, photograph
from tests.factories import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.comptes.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT, settings.DATA, settings.WORKER = tmp_path, tmp_path / "data", "separate"
    return tmp_path


@pytest.fixture
def action() -> Action:
    where = factories.territory()
    return factories.action(where, factories.school(where))


@pytest.fixture
def owner(action: Action) -> User:
    school = action.porteurs.get().etablissement
    return factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school)


def client_of(person: User | None = None, *sheets: int) -> Client:
    client = factories.browser_of(*(factories.followed(Action.objects.get(pk=sheet)) for sheet in sheets))
    if person:
        client.force_login(person, backend=project.AUTHENTICATION_BACKENDS[0])
    return client


def page(action: Action) -> str:
    return reverse("actions:pieces", args=[action.pk])


def attach(action: Action, owner: User, content: bytes, name: str = "photo.jpg") -> PieceJointe:
    return add_piece(action, name, [content], access=factories.access(owner), at=NOW)


def test_files_are_sent_together_and_each_is_told_its_fate(action: Action, owner: User) -> None:
    sent = [
        SimpleUploadedFile("photo.jpg", photograph(), "image/jpeg"),
        SimpleUploadedFile("tableau.pdf", PDF, "image/jpeg"),
        SimpleUploadedFile("photo.jpg.svg", b"<svg/>", "image/jpeg"),
        SimpleUploadedFile("rien.pdf", b"", "application/pdf"),
    ]
    answer = client_of(owner).post(page(action), {"fichiers": sent}, follow=True)
    told = [str(message) for message in answer.context["messages"]]
    assert any("photo.jpg.svg" in text and "SVG" in text for text in told)
    assert any("rien.pdf" in text and "vide" in text for text in told)
    assert any("ce que montre chaque image" in text for text in told)
    assert [piece.name for piece in action.pieces.all()] == ["photo.jpg", "tableau.pdf"]
    assert "Une image attend votre réponse" in answer.content.decode()


def test_a_file_too_big_is_told_and_not_kept(action: Action, owner: User, monkeypatch: Any) -> None:
    monkeypatch.setattr("accroche.actions.formats.MAX_BYTES", 20)
    monkeypatch.setattr("accroche.actions.operations.pieces.MAX_BYTES", 20)
    sent = SimpleUploadedFile("gros.pdf", PDF + b"0" * 100, "application/pdf")
    answer = client_of(owner).post(page(action), {"fichiers": sent}, follow=True)
    assert "10 Mo" in answer.content.decode()
    assert not action.pieces.exists()


def test_sending_nothing_says_what_to_do(action: Action, owner: User) -> None:
    answer = client_of(owner).post(page(action), {})
    assert "Choisissez au moins un fichier." in answer.content.decode()


def test_describing_ordering_and_removing_without_any_script(action: Action, owner: User) -> None:
    one, two = attach(action, owner, photograph()), attach(action, owner, PDF, "b.pdf")
    client = client_of(owner)

    def send(piece: PieceJointe, faire: str, **data: str) -> Any:
        address = reverse("actions:modifier_piece", args=[piece.pk])
        return client.post(address, {"faire": faire} | data, follow=True)

    answer = send(one, "decrire", caption="Un stand", consent="nobody")
    assert "C’est enregistré" in answer.content.decode()
    assert answer.redirect_chain[0][0].endswith(f"#piece-{one.pk}")
    one.refresh_from_db()
    assert (one.caption, one.consent) == ("Un stand", Consentement.NOBODY)
    assert send(one, "decrire", caption="Un stand", consent="peut-être").status_code == 400
    send(two, "monter")
    assert list(action.pieces.all()) == [two, one]
    send(two, "descendre")
    assert list(action.pieces.all()) == [one, two]
    send(one, "retirer")
    assert list(action.pieces.all()) == [two]


def test_a_wrong_answer_keeps_what_was_typed(action: Action, owner: User) -> None:
    piece = attach(action, owner, photograph())
    answer = client_of(owner).post(
        reverse("actions:modifier_piece", args=[piece.pk]), {"caption": "Tapé avec soin", "faire": "decrire"}
    )
    assert "Tapé avec soin" in answer.content.decode()


def test_what_keeps_a_file_from_the_site_is_told_beside_it(action: Action, owner: User) -> None:
    piece = attach(action, owner, photograph())
    PieceJointe.objects.filter(pk=piece.pk).update(caption="Appelez le 06 12 34 56 78")
    (row,) = client_of(owner).get(page(action)).context["lignes"]
    assert [remark.excerpt for remark in row[2]] == ["", "06 12 34 56 78"]


def test_a_published_sheet_tells_its_school_how_to_change_it(action: Action, owner: User) -> None:
    piece = attach(action, owner, photograph())
    Action.objects.update(etat=Etat.PUBLISHED)
    client = client_of(owner)
    assert "reprenez-la d’abord" in client.get(page(action)).content.decode()
    sent = SimpleUploadedFile("b.pdf", PDF)
    assert client.post(page(action), {"fichiers": sent}).status_code == 403
    retire = reverse("actions:modifier_piece", args=[piece.pk])
    assert client.post(retire, {"faire": "retirer"}).status_code == 403
    assert action.pieces.count() == 1
    academie = action.semaine.academie
    moderator = client_of(factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=academie))
    assert moderator.post(retire, {"faire": "retirer"}).status_code == 302
    assert not action.pieces.exists()


def test_the_page_asks_as_much_of_the_database_with_one_file_and_with_three(
    action: Action, owner: User
) -> None:
    client = client_of(owner)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(action)).status_code == 200
        return len(captured)

    attach(action, owner, photograph())
    one = count()
    for number in range(2):
        attach(action, owner, PDF + bytes([number]))
    assert count() == one


def got(client: Client, piece: PieceJointe) -> tuple[int, str]:
    """The status, and how it may be cached; the file is read to its end, which closes it."""
    answer = client.get(reverse("actions:piece", args=[piece.pk]))
    if answer.streaming:
        assert answer.getvalue()
    return answer.status_code, answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("etat", [Etat.DRAFT, Etat.SUBMITTED, Etat.PUBLISHED, Etat.WITHDRAWN])
def test_who_gets_a_file(action: Action, owner: User, etat: Etat) -> None:
    """The public: of published sheets, documents and images with consent. Who follows the sheet: all."""
    image, document = attach(action, owner, photograph()), attach(action, owner, PDF)
    Action.objects.update(etat=etat)
    away = factories.territory("Lyon", "69").academie
    strangers = [
        client_of(),
        client_of(factories.person(TypeRole.MODERATEUR, "lyon@ac-lyon.fr", academie=away)),
    ]
    where = action.semaine.academie
    reader = factories.person(TypeRole.LECTEUR, academie=where)
    followers = [client_of(owner), client_of(None, action.pk), client_of(reader)]
    for consent in Consentement:
        PieceJointe.objects.update(consent=consent)
        for piece in (image, document):
            consented = piece == document or consent is not Consentement.PENDING
            shown = 200 if etat is Etat.PUBLISHED and consented else 404
            assert {got(stranger, piece)[0] for stranger in strangers} == {shown}
            assert {got(one, piece) for one in followers} == {(200, "no-store, private")}


def test_a_sheet_of_an_edition_that_is_not_public_shows_no_file(action: Action, owner: User) -> None:
    piece = attach(action, owner, PDF)
    Action.objects.update(etat=Etat.PUBLISHED)
    edition = action.semaine.edition
    edition.published_at = None
    edition.save()
    assert client_of().get(reverse("actions:piece", args=[piece.pk])).status_code == 404


def test_files_are_sent_so_that_nothing_in_them_runs(action: Action, owner: User) -> None:
    image, document = attach(action, owner, photograph()), attach(action, owner, PDF, "L’été à l’école.pdf")
    client = client_of(owner)
    shown = client.get(reverse("actions:piece", args=[image.pk]))
    sent = client.get(reverse("actions:piece", args=[document.pk]))
    for answer in (shown, sent):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert sent.headers["Content-Type"] == "application/pdf"
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert sent.getvalue() == PDF
    assert shown.getvalue().startswith(b"\xff\xd8")


def test_a_file_lost_on_the_server_is_told(
    action: Action, owner: User, media: Path, caplog: pytest.LogCaptureFixture
) -> None:
    piece = attach(action, owner, PDF)
    (media / str(piece.file)).unlink()
    answer = client_of(owner).get(reverse("actions:piece", args=[piece.pk]))
    assert answer.status_code == 410
    assert "manque" in answer.content.decode()
    assert str(piece.pk) in caplog.text


def test_a_page_waits_for_an_image_and_takes_answers_meanwhile(action: Action, owner: User) -> None:
    client = client_of(owner)
    sent = SimpleUploadedFile("Grande photo.png", LARGE, "image/png")
    answer = client.post(page(action), {"fichiers": sent}, follow=True)
    text = answer.content.decode()
    assert "Les grandes images se préparent" in text
    assert "Cette image est en préparation" in text
    assert "data-preparation" in text
    piece = action.pieces.get()
    assert client.get(reverse("actions:piece", args=[piece.pk])).status_code == 404
    change = reverse("actions:modifier_piece", args=[piece.pk])
    client.post(change, {"faire": "decrire", "caption": "Un stand", "consent": "nobody"})
    academie = action.semaine.academie
    moderator = client_of(factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=academie))
    sheet = reverse("relecture:fiche", args=[action.pk])
    assert "En préparation" in moderator.get(sheet).content.decode()
    jobs.run_waiting()
    text = client.get(page(action)).content.decode()
    assert "en préparation" not in text
    assert "data-preparation" not in text
    assert 'alt="Un stand"' in text
    assert got(client, piece)[0] == 200


def test_a_broken_image_is_named_with_what_to_do(action: Action, owner: User) -> None:
    client = client_of(owner)
    broken = LARGE[:200].ljust(preparation.AT_ONCE_BYTES + 1, b"0")
    client.post(page(action), {"fichiers": SimpleUploadedFile("Grande photo.png", broken, "image/png")})
    jobs.run_waiting()
    text = client.get(page(action)).content.decode()
    assert "Cette image est abîmée" in text
    assert "ne s’ouvre pas : retirez-la" in text
    piece = action.pieces.get()
    client.post(reverse("actions:modifier_piece", args=[piece.pk]), {"faire": "retirer"})
    assert not action.pieces.exists()


def test_an_interrupted_image_is_taken_up_by_a_button(action: Action, owner: User) -> None:
    client = client_of(owner)
    client.post(page(action), {"fichiers": SimpleUploadedFile("a.png", LARGE, "image/png")})
    Job.objects.update(state=JobState.FAILED)
    text = client.get(page(action)).content.decode()
    assert "s’est interrompue" in text
    assert "data-preparation" not in text, "nobody prepares it: the page does not wait"
    piece = action.pieces.get()
    client.post(reverse("actions:modifier_piece", args=[piece.pk]), {"faire": "reprendre"})
    assert "data-preparation" in client.get(page(action)).content.decode()
    jobs.run_waiting()
    assert got(client, piece)[0] == 200


def test_large_requests_are_never_whole_in_memory(
    action: Action, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[type, int]] = []

    def note(_action: Action, _name: str, chunks: Any, **_: Any) -> PieceJointe:
        seen.append((type(chunks.gi_frame.f_locals["self"]), max(map(len, chunks))))
        raise PieceError("Vu.")

    monkeypatch.setattr("accroche.actions.operations.add_piece", note)
    sent = [SimpleUploadedFile(f"{number}.pdf", PDF + b"0" * 2 * 1024 * 1024) for number in range(2)]
    client_of(owner).post(page(action), {"fichiers": sent})
    assert [kind for kind, _ in seen] == [TemporaryUploadedFile] * 2
    assert max(size for _, size in seen) <= 64 * 1024

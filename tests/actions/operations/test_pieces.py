"""Attachments: who may write them and when, what is kept, what the journal tells."""

from __future__ import annotations

import threading
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from PIL import Image

from accroche.actions.cycle import Etat, Step
from accroche.actions.formats import MAX_PIECES, Format
from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations import (
    PieceError,
    StaleError,
    add_piece,
    describe_piece,
    move,
    remove_piece,
    shift_piece,
)
from accroche.actions.regles import Consentement, TypePiece
from accroche.commun import journal
from accroche.commun.transactions import SlowWorkError
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.comptes.permissions import Access

pytestmark = pytest.mark.django_db


def photograph(colour: str = "red", **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG", **options)
    return out.getvalue()


PDF = b"%PDF-1.4\n%the programme\n"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "media"
    settings.MEDIA_ROOT, settings.DATA = folder, tmp_path
    return folder


@pytest.fixture
def action() -> Action:
    where = factories.territory()
    return factories.action(where, factories.school(where), Etat.DRAFT)


def stored(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def add(action: Action, access: Access, content: bytes = PDF, name: str = "programme.pdf") -> PieceJointe:
    return add_piece(action, name, [content], access=access, at=NOW)


def verbs(action: Action) -> list[str]:
    return [entry.verb for entry in journal.entries(action)]


def test_an_image_is_kept_as_ours_and_waits_for_its_consent(
    action: Action, owner: Access, media: Path
) -> None:
    gps = Image.Exif()
    gps[0x8825] = {1: "N", 2: (47.0, 19.0, 18.0)}
    piece = add(action, owner, photograph(exif=gps), "Fête de la semaine.PNG")
    piece.refresh_from_db()
    assert (piece.kind, piece.consent) == (TypePiece.IMAGE, Consentement.PENDING)
    assert (piece.name, piece.width, piece.height) == ("Fête de la semaine.jpg", 40, 30)
    (name,) = stored(media)
    assert piece.file.name == f"pieces/{name}"
    assert "te" not in name.rpartition(".")[0], "nothing of the sender's name reaches the disk"
    kept = (media / "pieces" / name).read_bytes()
    assert piece.size == len(kept)
    assert not dict(Image.open(BytesIO(kept)).getexif())
    assert verbs(action) == ["add_piece"]


def test_a_pdf_keeps_its_bytes(action: Action, owner: Access, media: Path) -> None:
    piece = add(action, owner)
    assert piece.kind == TypePiece.DOCUMENT
    assert (media / str(piece.file)).read_bytes() == PDF


def test_the_same_file_twice_is_told_and_kept_once(action: Action, owner: Access, media: Path) -> None:
    add(action, owner, photograph(), "a.jpg")
    with pytest.raises(PieceError, match=r"déjà là, sous le nom « a\.jpg »"):
        add(action, owner, photograph(), "b.jpg")
    add(action, owner, photograph("blue"), "b.jpg")
    assert len(stored(media)) == action.pieces.count() == 2
    assert verbs(action) == ["add_piece"] * 2


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"<svg>", "SVG"), (b"", "vide"), (b"\x89PNG\r\n\x1a\n broken", "abîmée")],
)
def test_what_is_refused_leaves_nothing(
    action: Action, owner: Access, media: Path, content: bytes, words: str
) -> None:
    with pytest.raises(PieceError, match=words):
        add(action, owner, content)
    assert stored(media) == verbs(action) == []
    assert not action.pieces.exists()


def test_a_sheet_takes_a_bounded_number(action: Action, owner: Access) -> None:
    for number in range(MAX_PIECES):
        add(action, owner, PDF + bytes([number]))
    with pytest.raises(PieceError, match="a déjà 12 fichiers"):
        add(action, owner)


def test_nothing_is_received_inside_a_transaction(action: Action, owner: Access, media: Path) -> None:
    with transaction.atomic(), pytest.raises(SlowWorkError, match="a file is written"):
        add(action, owner)
    assert not PieceJointe.objects.exists()
    assert verbs(action) == stored(media) == []


def test_a_removed_file_goes_once_that_is_certain(
    action: Action,
    owner: Access,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    piece = add(action, owner)
    with django_capture_on_commit_callbacks() as later:
        remove_piece(piece, access=owner, at=NOW)
    assert not action.pieces.exists()
    assert len(stored(media)) == 1, "a rollback would still need it"
    for callback in later:
        callback()
    assert stored(media) == []
    assert verbs(action) == ["remove_piece", "add_piece"]
    remove_piece(piece, access=owner, at=NOW)
    assert verbs(action) == ["remove_piece", "add_piece"], "what is gone is not removed twice"


def test_a_file_that_two_rows_show_stays_for_the_second(
    action: Action,
    owner: Access,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    piece = add(action, owner)
    other = factories.action(factories.territory(), etat=Etat.DRAFT)
    PieceJointe.objects.create(
        action=other,
        position=0,
        kind=piece.kind,
        file=piece.file.name,
        name="x",
        size=1,
        sha256="x",
        added_at=NOW,
    )
    with django_capture_on_commit_callbacks(execute=True):
        remove_piece(piece, access=owner, at=NOW)
    assert len(stored(media)) == 1


def test_consent_keeps_who_answered_and_when(action: Action, owner: Access) -> None:
    piece = add(action, owner, photograph())
    assert describe_piece(piece, caption="Un stand", consent=Consentement.RECORDED, access=owner, at=NOW)
    piece.refresh_from_db()
    assert (piece.consent, piece.consent_at, piece.caption) == (Consentement.RECORDED, NOW, "Un stand")
    assert piece.consent_by == str(owner.user)
    told = journal.entries(action).get(verb="consent_piece")
    assert told.actor == owner.user
    assert "Autorisations écrites" in told.note
    assert not describe_piece(piece, caption="Un stand", consent=Consentement.RECORDED, access=owner, at=NOW)
    assert sorted(verbs(action)) == ["add_piece", "caption_piece", "consent_piece"]


def test_a_document_is_asked_no_consent(action: Action, owner: Access) -> None:
    piece = add(action, owner)
    describe_piece(piece, caption="Programme", consent=Consentement.RECORDED, access=owner, at=NOW)
    piece.refresh_from_db()
    assert piece.consent == Consentement.PENDING


def test_pieces_change_places(action: Action, owner: Access) -> None:
    a, b, c = (add(action, owner, PDF + name, f"{name.decode()}.pdf") for name in (b"a", b"b", b"c"))
    shift_piece(c, -1, access=owner, at=NOW)
    assert list(action.pieces.all()) == [a, c, b]
    shift_piece(a, -1, access=owner, at=NOW)
    shift_piece(a, 1, access=owner, at=NOW)
    assert list(action.pieces.all()) == [c, a, b]
    assert verbs(action).count("order_pieces") == 2, "where nothing moved, nothing is told"


@pytest.mark.parametrize("etat", [e for e in Etat if e is not Etat.MERGED])
def test_what_is_published_is_its_academie_s_to_mend(
    action: Action, owner: Access, moderating: Access, etat: Etat
) -> None:
    # how it came there is not the question here
    Action.objects.filter(pk=action.pk).update(etat=etat)
    action.refresh_from_db()
    if etat.is_editable:
        add(action, owner)
    else:
        with pytest.raises(PermissionDenied):
            add(action, owner)
    if etat.is_editable or etat is Etat.PUBLISHED:
        add(action, moderating, PDF + b"2")
    else:
        with pytest.raises(PermissionDenied):
            add(action, moderating, PDF + b"2")


def test_strangers_write_nothing(action: Action, owner: Access, media: Path) -> None:
    piece = add(action, owner, photograph())
    away = factories.territory("Lyon", "69")
    strangers = [
        factories.access(None),
        factories.access(factories.person(TypeRole.MODERATEUR, "lyon@ac-lyon.fr", academie=away.academie)),
        factories.access(factories.person(TypeRole.LECTEUR, academie=action.semaine.academie)),
    ]
    for access in strangers:
        with pytest.raises(PermissionDenied):
            add(action, access)
        with pytest.raises(PermissionDenied):
            remove_piece(piece, access=access, at=NOW)
        with pytest.raises(PermissionDenied):
            shift_piece(piece, 1, access=access, at=NOW)
        with pytest.raises(PermissionDenied):
            describe_piece(piece, caption="x", consent=Consentement.NOBODY, access=access, at=NOW)
    assert len(stored(media)) == 1
    by_link = factories.access(None, sheets=frozenset({action.pk}))
    add(action, by_link)
    assert action.pieces.count() == 2


def test_a_moderator_does_not_publish_a_file_added_since_they_read(
    action: Action, owner: Access, moderating: Access
) -> None:
    move(action, Step.SUBMIT, access=owner, at=NOW)
    read = Action.objects.get(pk=action.pk)
    piece = add(action, owner, photograph())
    describe_piece(piece, caption="", consent=Consentement.NOBODY, access=owner, at=NOW)
    with pytest.raises(StaleError):
        move(read, Step.PUBLISH, access=moderating, at=NOW)
    assert (
        move(Action.objects.get(pk=action.pk), Step.PUBLISH, access=moderating, at=NOW).etat == Etat.PUBLISHED
    )


def test_a_file_for_a_sheet_that_moved_meanwhile_is_not_attached(
    action: Action, owner: Access, media: Path, moderating: Access
) -> None:
    move(action, Step.SUBMIT, access=owner, at=NOW)
    old = Action.objects.get(pk=action.pk)
    move(action, Step.PUBLISH, access=moderating, at=NOW)
    with pytest.raises(StaleError):
        add(old, owner)
    assert stored(media) == []


def test_writing_a_draft_s_files_leaves_its_form_usable(action: Action, owner: Access) -> None:
    before = action.version
    add(action, owner)
    action.refresh_from_db()
    assert action.version == before


@pytest.mark.django_db(transaction=True)
def test_two_uploads_at_once_stay_within_the_bound(action: Action, owner: Access) -> None:
    for number in range(MAX_PIECES - 1):
        add(action, owner, PDF + bytes([number]))
    ready, results = threading.Barrier(2), []

    def upload(name: bytes) -> None:
        held = Action.objects.get(pk=action.pk)
        ready.wait()
        try:
            add(held, owner, PDF + name)
            results.append("kept")
        except PieceError:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=upload, args=(name,)) for name in (b"x", b"y")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["kept", "refused"]
    assert action.pieces.count() == MAX_PIECES


def test_formats_of_images_are_those_pillow_is_given() -> None:
    assert {kind.name.lower() for kind in Format if kind.is_image} == {"jpeg", "png", "webp", "gif"}
    assert settings.MEDIA_ROOT

"""Images in preparation: nobody waits for them, nobody sees them before, nothing is left when it fails."""

from __future__ import annotations

import errno
import os
import subprocess
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from accroche.actions.controle import obstacles
from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations import (
    StaleError,
    declare,
    describe_piece,
    move,
    preparation,
    remove_piece,
    resume_piece,
)
from accroche.actions.operations.cycle import NotReadyError
from accroche.actions.queries import fiche_of, piece_for, public_pieces
from accroche.actions.regles import Consentement, EtatPiece
from accroche.actions.saisie import Contenu, PorteurSaisi
from accroche.commun import jobs
from accroche.commun.models import Job, JobState
from accroche.integrations import images
from accroche.integrations.images import lecture
from accroche.relecture.operations.fusion import merge
from tests import factories
from tests.actions.attaching import LARGE, SMALL, add, files, picture
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from accroche.comptes.permissions import Access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]
LATER = NOW + preparation.LEFT


@pytest.fixture
def action() -> Action:
    where = factories.territory()
    return factories.action(where, factories.school(where), Etat.SUBMITTED)


#: What says it is a PNG, and is as large as one that waits.
BROKEN = b"\x89PNG\r\n\x1a\n" + b"\0" * preparation.AT_ONCE_BYTES


def forum(title: str, school: Any) -> Contenu:
    """A sheet as somebody declares it."""
    porteur = PorteurSaisi(school.uai)
    return Contenu(title=title, description="Des métiers, en vrai.", porteurs=(porteur,))


def run() -> PieceJointe:
    """Have the worker do what waits; return the last attachment."""
    jobs.run_waiting()
    return PieceJointe.objects.order_by("pk")[0]


def test_a_large_image_is_attached_at_once_and_drawn_by_the_worker(
    action: Action, owner: Access, data: Path
) -> None:
    piece = add(action, owner)
    assert (piece.state, piece.file.name, piece.size) == (EtatPiece.PREPARING, "", len(LARGE))
    assert files(data) == [f"pieces/{piece.source}"]
    assert piece.received.stat().st_mode & 0o777 == 0o600
    assert piece.received.parent.stat().st_mode & 0o777 == 0o700
    describe_piece(piece, caption="Un stand", consent=Consentement.NOBODY, access=owner, at=NOW)
    done = run()
    assert (done.state, done.width, done.height) == (EtatPiece.READY, 2000, 1500)
    assert (done.caption, done.consent) == ("Un stand", Consentement.NOBODY), "said while it was prepared"
    assert (done.name, done.source) == ("photo.jpg", "")
    assert done.size == done.file.size
    assert files(data) == [f"media/{done.file}"]
    assert Job.objects.get().state == JobState.DONE


def test_a_small_image_is_ready_with_the_page_unless_others_are_being_drawn(
    action: Action, owner: Access, data: Path
) -> None:
    assert add(action, owner, SMALL).is_ready
    with lecture._slot(data / "images", waits=False), lecture._slot(data / "images", waits=False):
        piece = add(action, owner, picture((50, 30)))
        assert piece.state == EtatPiece.PREPARING
    run()
    piece.refresh_from_db()
    assert piece.is_ready


def test_nobody_sees_or_publishes_an_image_in_preparation(
    action: Action, owner: Access, moderating: Access
) -> None:
    piece = add(action, owner)
    describe_piece(piece, caption="", consent=Consentement.NOBODY, access=owner, at=NOW)
    assert piece_for(piece.pk, owner) is None
    assert not public_pieces().exists()
    (told,) = obstacles(fiche_of(Action.objects.get(pk=action.pk)))
    assert "en préparation" in told.message
    read = Action.objects.get(pk=action.pk)
    with pytest.raises(NotReadyError, match="en préparation"):
        move(read, Step.PUBLISH, access=moderating, at=NOW)
    run()
    assert piece_for(piece.pk, owner)
    with pytest.raises(StaleError):  # what the moderator read did not show it yet
        move(read, Step.PUBLISH, access=moderating, at=NOW)
    move(Action.objects.get(pk=action.pk), Step.PUBLISH, access=moderating, at=NOW)


def test_a_broken_image_stays_named_says_why_and_goes_when_asked(
    action: Action,
    owner: Access,
    moderating: Access,
    data: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    add(action, owner, BROKEN)
    piece = run()
    assert (piece.state, piece.name) == (EtatPiece.BROKEN, "photo.png")
    assert "abîmée" in piece.problem
    assert files(data) == []
    with pytest.raises(NotReadyError, match=r"ne s’ouvre pas"):
        move(Action.objects.get(pk=action.pk), Step.PUBLISH, access=moderating, at=NOW)
    piece.action.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        remove_piece(piece, access=owner, at=NOW)
    move(Action.objects.get(pk=action.pk), Step.PUBLISH, access=moderating, at=NOW)


def test_an_image_removed_while_it_waits_is_not_drawn(
    action: Action, owner: Access, data: Path, django_capture_on_commit_callbacks: Any
) -> None:
    piece = add(action, owner)
    with django_capture_on_commit_callbacks(execute=True):
        remove_piece(piece, access=owner, at=NOW)
    jobs.run_waiting()
    assert Job.objects.get().state == JobState.DONE
    assert files(data) == []


def test_an_image_removed_while_it_is_drawn_leaves_no_file(
    action: Action, owner: Access, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece, draw = add(action, owner), images.drawn

    def drawn(*args: Any, **options: Any) -> images.Drawn:
        PieceJointe.objects.filter(pk=piece.pk).delete()
        return draw(*args, **options)

    monkeypatch.setattr(images, "drawn", drawn)
    jobs.run_waiting()
    assert files(data) == []


def test_a_merged_copy_becomes_ready_with_its_original(
    action: Action, owner: Access, moderating: Access, data: Path
) -> None:
    other = factories.action(factories.territory(), action.porteurs.get().etablissement)
    add(action, owner)
    merge(Action.objects.get(pk=action.pk), other, access=moderating, at=NOW)
    jobs.run_waiting()
    assert {piece.state for piece in PieceJointe.objects.order_by("pk")} == {EtatPiece.READY}
    assert len({str(piece.file) for piece in PieceJointe.objects.order_by("pk")}) == 1
    assert len(files(data)) == 1


def stop(*_args: Any, **_options: Any) -> images.Drawn:
    """The program that draws is stopped with the service."""
    raise InterruptedError(errno.EINTR, "stopped")


def test_what_was_interrupted_is_taken_up_again(
    action: Action, owner: Access, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piece = add(action, owner)
    with monkeypatch.context() as stopped:
        stopped.setattr(images, "drawn", stop)
        run()
    piece.refresh_from_db()
    assert piece.is_stuck
    assert files(data) == [f"pieces/{piece.source}"], "nothing is lost"
    with pytest.raises(PermissionDenied):
        resume_piece(piece, access=factories.access(None), at=NOW)
    resume_piece(piece, access=owner, at=NOW)
    resume_piece(piece, access=owner, at=NOW)
    assert Job.objects.filter(state=JobState.WAITING).count() == 1, "asked twice, it is done once"
    assert run().is_ready


def test_the_night_takes_up_what_was_interrupted_and_removes_what_was_left(
    action: Action, owner: Access, data: Path
) -> None:
    waiting = add(action, owner)
    Job.objects.all().delete()  # old ones are purged, and a backup may come without them
    orphan = data / "pieces" / "orphan"
    orphan.write_bytes(b"x")
    for path in (orphan, waiting.received):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert preparation.purge(LATER) == 0, "what is being received is left alone"
    assert preparation.purge(LATER.replace(hour=23)) == 1
    assert files(data) == [f"pieces/{waiting.source}"]
    jobs.run_waiting()
    waiting.refresh_from_db()
    assert waiting.is_ready


def test_a_lost_original_is_told(action: Action, owner: Access) -> None:
    add(action, owner).received.unlink()
    piece = run()
    assert piece.state == EtatPiece.BROKEN
    assert "de nouveau" in piece.problem


# -- nobody waits --------------------------------------------------------------------------------


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """The decoder says that it began, then waits to be let go."""
    began, go, draw = threading.Event(), threading.Event(), images.drawn

    def drawn(*args: Any, **options: Any) -> images.Drawn:
        began.set()
        assert go.wait(60)
        return draw(*args, **options)

    monkeypatch.setattr(images, "drawn", drawn)
    yield began, go
    go.set()


def in_thread(work: Any, *args: Any) -> threading.Thread:
    def all_of_it() -> None:
        try:
            work(*args)
        finally:
            connection.close()

    thread = threading.Thread(target=all_of_it)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sent", [SMALL, LARGE], ids=["within the page", "in a job"])
def test_others_write_while_an_image_is_decoded(
    action: Action, owner: Access, held: tuple[threading.Event, threading.Event], sent: bytes
) -> None:
    began, go = held
    if sent is LARGE:
        with pytest.MonkeyPatch.context() as small:
            small.setattr(preparation, "AT_ONCE_BYTES", 0)
            add(action, owner, sent)
        thread = in_thread(jobs.run_waiting)
    else:
        thread = in_thread(add, action, owner, sent)
    assert began.wait(60)
    # the decoder is at work, and whoever writes does not wait for it
    edition = action.semaine.edition
    school = action.porteurs.get().etablissement
    made = declare(forum("Forum", school), edition=edition, access=owner, at=NOW)
    Action.objects.filter(pk=action.pk).update(title="Écrit pendant ce temps")
    assert not PieceJointe.objects.filter(state=EtatPiece.READY).exists()
    go.set()
    thread.join()
    assert PieceJointe.objects.get().is_ready
    assert Action.objects.filter(pk=made.pk).exists()


# on a database that takes several writers at once, they wait for nobody
@pytest.mark.any_database
@pytest.mark.django_db(transaction=True)
def test_declarers_get_through_beside_many_large_images(
    action: Action, owner: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six photographs of 12 Mpx, three workers, ten declarers: none refused, two drawn at once."""
    school, edition = action.porteurs.get().etablissement, action.semaine.edition
    sheets = [factories.action(factories.territory(), school, Etat.DRAFT) for _ in range(6)]
    sent = picture((4000, 3000))
    drawing, most, lock, failed = 0, 0, threading.Lock(), []
    command = subprocess.run

    def counted(*args: Any, **options: Any) -> Any:
        nonlocal drawing, most
        with lock:
            drawing += 1
            most = max(most, drawing)
        try:
            return command(*args, **options)
        finally:
            with lock:
                drawing -= 1

    monkeypatch.setattr(subprocess, "run", counted)

    def noted(work: Any, *args: Any) -> None:
        try:
            work(*args)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)

    def declared(number: int) -> None:
        declare(forum(f"Forum {number}", school), edition=edition, access=owner, at=NOW)

    threads = [in_thread(noted, add, sheet, owner, sent) for sheet in sheets]
    threads += [in_thread(noted, declared, number) for number in range(10)]
    for thread in threads:
        thread.join()
    workers = [in_thread(noted, jobs.run_waiting) for _ in range(3)]
    for thread in workers:
        thread.join()
    assert failed == []
    assert Action.objects.filter(title__startswith="Forum ").count() >= 10
    assert [piece.state for piece in PieceJointe.objects.order_by("pk")] == [EtatPiece.READY] * 6
    assert 1 <= most <= lecture.SLOTS

"""Room for attachments: counted for a person and for a school, whatever is sent at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations import PieceError, add_piece, remove_piece
from accroche.actions.quotas import ALL_UNCONFIRMED, MEGABYTE, PERSON, SCHOOL, UNCONFIRMED
from accroche.commun import plafonds, reserves
from accroche.commun.limites import LimitError
from accroche.commun.models import Reserve
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]
QUOTAS = {"PERSON": PERSON, "SCHOOL": SCHOOL}
UNKNOWN = {"UNCONFIRMED": UNCONFIRMED, "ALL_UNCONFIRMED": ALL_UNCONFIRMED}
PDF = b"%PDF-1.4\n"


@pytest.fixture
def owner(school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school)


def small(monkeypatch: pytest.MonkeyPatch, name: str, **bounds: Any) -> None:
    """Give a quota bounds a test can reach."""
    monkeypatch.setattr(
        f"accroche.actions.queries.pieces.{name}", replace((QUOTAS | UNKNOWN)[name], **bounds)
    )


def send(action: Action, size: int, number: int = 0, **access: Any) -> PieceJointe:
    """Attach a document of ``size`` bytes; nobody else may, where ``access`` says who."""
    content = (PDF + str(number).encode() + b"\n").ljust(size, b"0")
    may = factories.access(access.pop("user", None), sheets=frozenset({action.pk}))
    return add_piece(Action.with_unconfirmed.get(pk=action.pk), "a.pdf", [content], access=may, at=NOW)


def taken() -> int:
    return sum(PieceJointe.objects.order_by("pk").values_list("size", flat=True))


def test_what_a_new_account_stored_in_two_seconds_is_refused(
    where: Territory, school: Etablissement, owner: User
) -> None:
    """239 MB: twelve sheets of two documents of 10 MB each."""
    sheets = [factories.action(where, school, Etat.DRAFT, declarant=owner) for _ in range(12)]
    refused = ""
    for sheet in sheets:
        for number in range(2):
            try:
                send(sheet, 10 * MEGABYTE, number, user=owner)
            except PieceError as error:
                refused = str(error)
    assert taken() <= PERSON.bytes
    assert "gardent déjà 150 Mo" in refused
    assert "et celui-ci en fait 10" in refused
    assert "Retirez" in refused


@pytest.mark.parametrize("name", QUOTAS)
@pytest.mark.parametrize("bound", [{"bytes": 250}, {"files": 2}])
def test_a_quota_is_for_all_the_sheets_of_a_person_and_of_a_school(
    where: Territory,
    school: Etablissement,
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    bound: dict[str, int],
) -> None:
    small(monkeypatch, name, **bound)
    whose = {"declarant": owner} if name == "PERSON" else {}
    sheets = [factories.action(where, school, Etat.DRAFT, **whose) for _ in range(3)]
    first, _ = send(sheets[0], 100), send(sheets[1], 100)
    with pytest.raises(PieceError, match="Retirez ceux qui ne servent plus"):
        send(sheets[2], 100)
    # another person's, in another school, is not concerned
    other = factories.school(where, 2)
    send(factories.action(where, other, Etat.DRAFT, declarant_email="x@example.fr"), 100)
    first.action.refresh_from_db()
    remove_piece(first, access=factories.access(None, sheets=frozenset({first.action_id})), at=NOW)
    send(sheets[2], 100)


def test_who_has_no_account_is_known_by_their_address(
    where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch, "PERSON", files=1)
    sheets = [factories.action(where, None, Etat.DRAFT, declarant_email="a@example.fr") for _ in range(2)]
    send(sheets[0], 100)
    with pytest.raises(PieceError):
        send(sheets[1], 100)
    assert "example" not in Reserve.objects.get().holder


def test_last_year_s_files_leave_this_year_its_room(
    where: Territory, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch, "PERSON", files=1)
    send(factories.action(factories.territory(year="2025-2026"), None, Etat.DRAFT, declarant=owner), 100)
    send(factories.action(where, None, Etat.DRAFT, declarant=owner), 100)


def test_a_network_and_everybody_together_send_a_bounded_amount(
    where: Territory, owner: User, monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    sheet = factories.action(where, None, Etat.DRAFT, declarant=owner)
    for name in ("ROOM_NETWORK", "ROOM_ALL"):
        with monkeypatch.context() as bound:
            bound.setattr(plafonds, name, replace(getattr(plafonds, name), name=name, most=1))
            there = replace(factories.access(owner), network="192.0.2.0/24", sheets=frozenset({sheet.pk}))
            add_piece(sheet, "a.pdf", [PDF + name.encode()], access=there, at=NOW)
            with pytest.raises(LimitError, match=r"Réessayez à partir du 25\u00a0novembre à 10.h ."):
                add_piece(sheet, "b.pdf", [PDF + b"b"], access=there, at=NOW)
    kept = [path for path in data.rglob("*") if path.is_file()]
    assert len(kept) == PieceJointe.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [*QUOTAS, "UNCONFIRMED"])
def test_what_is_sent_at_once_never_exceeds_a_quota(
    where: Territory, school: Etablissement, owner: User, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Eight requests for as many sheets, so that no sheet makes them queue, and room for three."""
    small(monkeypatch, name, bytes=350)
    whose: dict[str, Any] = {"declarant": owner} if name == "PERSON" else {}
    if name == "UNCONFIRMED":
        whose = {"declarant_email": "a@example.fr", "unconfirmed": True}
    sheets = [factories.action(where, school, Etat.DRAFT, **whose) for _ in range(8)]
    ready, results = threading.Barrier(len(sheets)), []

    def upload(sheet: Action) -> None:
        ready.wait()
        try:
            send(sheet, 100)
            results.append("kept")
        except PieceError:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=upload, args=(sheet,)) for sheet in sheets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["kept"] * 3 + ["refused"] * 5
    assert taken() == 300


def test_rows_that_were_held_go_at_night() -> None:
    reserves.hold(["ecole:1", "ecole:1", "personne:2"], at=NOW)
    reserves.hold(["ecole:1"], at=NOW.replace(day=26))
    assert reserves.purge(NOW.replace(day=25)) == 1
    assert Reserve.objects.get().holder == "ecole:1"

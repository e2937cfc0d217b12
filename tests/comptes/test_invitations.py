"""An invitation belongs to the address it was sent to, or asks who sent it."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accroche.commun.models import JournalEntry, Message
from accroche.comptes import operations
from accroche.comptes.models import DemandeInvitation, Invitation, Role, User
from accroche.comptes.operations import answer_for_invitation, ask_for_invitation
from accroche.comptes.queries import invitation_requests_for
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.comptes.test_operations import token_of
from tests.comptes.test_pages import signed_in

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

INVITED, OTHER = "nouvelle@ac-dijon.fr", "personnelle@exemple.fr"


@pytest.fixture
def token(where: Territory, moderator: User) -> str:
    access = factories.access(moderator, timezone.now())
    operations.invite(INVITED, TypeRole.LECTEUR, access=access, at=timezone.now(), academie=where.academie)
    return token_of(INVITED)


def address(token: str) -> str:
    return reverse("comptes:invitation", args=[token])


def answer(client: Client, reponse: str = "oui") -> str:
    asked = DemandeInvitation.objects.get()
    sent = {"reponse": reponse}
    response = client.post(reverse("comptes:repondre_invitation", args=[asked.pk]), sent, follow=True)
    return response.content.decode()


def test_the_invited_address_accepts_and_no_other(token: str) -> None:
    other = factories.user(OTHER)
    with pytest.raises(operations.OtherAddressError):
        operations.accept_invitation(token, other, at=timezone.now())
    page = signed_in(other).post(address(token), follow=True).content.decode()
    assert "rien n’a changé" in page
    assert not Role.objects.filter(user=other).exists()
    assert Invitation.objects.get().accepted_at is None
    mine = factories.user(INVITED)
    assert "Accepter, en tant que" in signed_in(mine).get(address(token)).content.decode()
    signed_in(mine).post(address(token))
    assert Role.objects.get(user=mine).kind == TypeRole.LECTEUR


@pytest.mark.parametrize("who", [None, OTHER])
def test_a_forwarded_link_tells_nobody_s_address_and_signs_nobody_in(
    token: str, moderator: User, who: str | None
) -> None:
    client = signed_in(factories.user(who)) if who else Client()
    for response in (client.get(address(token)), client.post(address(token), follow=True)):
        page = response.content.decode()
        assert INVITED not in page
        assert moderator.email not in page
        assert "Lecteur académique" in page
    assert client.session.get("_auth_user_id") == (str(User.objects.get(email=who).pk) if who else None)
    assert not Role.objects.filter(user__email__in=[INVITED, OTHER]).exists()


def test_the_code_brings_back_to_the_invitation(token: str) -> None:
    page = Client().get(address(token)).content.decode()
    assert f"next={address(token)}" in page


def test_somebody_else_asks_and_nothing_is_given_before_the_answer(token: str, moderator: User) -> None:
    other = factories.user(OTHER)
    client = signed_in(other)
    Message.objects.all().delete()
    page = client.post(address(token), {"demander": "1"}, follow=True).content.decode()
    assert "Votre demande est partie" in page
    mail = Message.objects.get()
    assert mail.to == moderator.email
    assert OTHER in mail.body
    assert "Camille" not in mail.body, "no words of who asks"
    assert not Role.objects.filter(user=other).exists()
    # once
    assert "déjà demandé" in client.post(address(token), {"demander": "1"}, follow=True).content.decode()
    assert Message.objects.count() == 1
    told = signed_in(moderator).get(reverse("comptes:demandes")).content.decode()
    assert OTHER in told
    assert INVITED in told
    assert "demande attend" in signed_in(moderator).get(reverse("portail:tableau")).content.decode()
    assert f"{OTHER} a maintenant ce rôle (" in answer(signed_in(moderator))
    role = Role.objects.get(user=other)
    assert (role.kind, role.granted_by) == (TypeRole.LECTEUR, moderator)
    assert Message.objects.filter(to=OTHER).count() == 1
    verbs = JournalEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["invite", "ask_for_invitation", "accept_invitation"]
    assert "déjà servi" in client.get(address(token)).content.decode()


def test_a_refusal_is_told_and_leaves_the_invitation_to_its_address(token: str, moderator: User) -> None:
    other = factories.user(OTHER)
    client = signed_in(other)
    client.post(address(token), {"demander": "1"})
    answer(signed_in(moderator), "non")
    assert not Role.objects.filter(user=other).exists()
    assert "n’a pas souhaité" in client.get(address(token)).content.decode()
    assert "déjà demandé" in client.post(address(token), {"demander": "1"}, follow=True).content.decode()
    mine = factories.user(INVITED)
    assert operations.accept_invitation(token, mine, at=timezone.now()).user == mine


def test_an_answer_that_says_nothing_changes_nothing(token: str, moderator: User) -> None:
    signed_in(factories.user(OTHER)).post(address(token), {"demander": "1"})
    assert "incomplète" in answer(signed_in(moderator), "peut-être")
    assert DemandeInvitation.objects.get().decided_at is None


def test_who_may_not_give_the_role_answers_nothing(token: str, where: Territory) -> None:
    asked_by = factories.user(OTHER)
    ask_for_invitation(token, asked_by, at=timezone.now())
    asked = DemandeInvitation.objects.get()
    away = factories.territory("Lyon", "69")
    stranger = factories.person(TypeRole.MODERATEUR, "lyon@ac-lyon.fr", academie=away.academie)
    access = factories.access(stranger, timezone.now())
    assert not invitation_requests_for(access).exists()
    with pytest.raises(PermissionDenied):
        answer_for_invitation(asked, accepted=True, access=access, at=timezone.now())
    assert where.academie != away.academie


@pytest.mark.parametrize("gone", ["accepted", "cancelled", "deleted"])
def test_what_happened_meanwhile_counts(token: str, moderator: User, gone: str) -> None:
    other, now = factories.user(OTHER), timezone.now()
    ask_for_invitation(token, other, at=now)
    asked = DemandeInvitation.objects.select_related("invitation", "user").get()
    access = factories.access(moderator, now)
    if gone == "accepted":
        operations.accept_invitation(token, factories.user(INVITED), at=now)
    elif gone == "cancelled":
        operations.cancel_invitation(asked.invitation, access=access, at=now)
    else:
        operations.delete_account(other, at=now)
    assert not invitation_requests_for(access).exists()
    if gone == "deleted":
        assert not answer_for_invitation(asked, accepted=True, access=access, at=now)
    else:
        with pytest.raises(operations.LinkError):
            answer_for_invitation(asked, accepted=True, access=access, at=now)
    assert not Role.objects.filter(user=other).exists()


def test_a_link_that_is_over_is_asked_about_by_nobody(token: str) -> None:
    later = timezone.now() + dt.timedelta(days=operations.INVITATION_DAYS)
    with pytest.raises(operations.LinkError, match="expiré"):
        ask_for_invitation(token, factories.user(OTHER), at=later)


def test_one_person_asks_so_much_a_day(where: Territory, moderator: User) -> None:
    now, access = timezone.now(), factories.access(moderator, timezone.now())
    client = signed_in(factories.user(OTHER))
    statuses = []
    for number in range(6):
        to = f"n{number}@ac-dijon.fr"
        operations.invite(to, TypeRole.LECTEUR, access=access, at=now, academie=where.academie)
        statuses.append(client.post(address(token_of(to)), {"demander": "1"}).status_code)
    assert statuses == [302] * 5 + [429]
    assert DemandeInvitation.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_of_the_invited_and_of_who_is_agreed_to_at_once_one_gets_the_role() -> None:
    where = factories.territory()
    boss = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    now, access = timezone.now(), factories.access(boss, timezone.now())
    operations.invite(INVITED, TypeRole.LECTEUR, access=access, at=now, academie=where.academie)
    token, mine, other = token_of(INVITED), factories.user(INVITED), factories.user(OTHER)
    ask_for_invitation(token, other, at=now)
    asked = DemandeInvitation.objects.select_related("invitation__academie", "user").get()
    ready, results = threading.Barrier(2), []

    def accept() -> None:
        operations.accept_invitation(token, mine, at=now)

    def agree() -> None:
        answer_for_invitation(asked, accepted=True, access=access, at=now)

    def run(what: object) -> None:
        ready.wait()
        try:
            what()  # type: ignore[operator]
            results.append("given")
        except operations.LinkError:
            results.append("too late")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[what]) for what in (accept, agree)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["given", "too late"]
    assert Role.objects.filter(user__in=[mine, other]).count() == 1

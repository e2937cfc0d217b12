"""Accounts as somebody with bad intentions, or two people at once, would use them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accroche.commun import plafonds
from accroche.commun.limites import LimitError
from accroche.commun.models import JournalEntry, Message
from accroche.comptes import operations
from accroche.comptes.models import DemandeRattachement, Invitation, Role, User
from accroche.comptes.queries import life_of
from accroche.comptes.regles import Right, TypeRole
from accroche.comptes.sessions import digest
from tests import factories
from tests.comptes.test_operations import token_of
from tests.comptes.test_pages import queries, signed_in
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def porteur(school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school)


# -- invitations -----------------------------------------------------------------------------------


def test_of_two_acceptances_at_once_one_gets_the_role(
    moderator: User, where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both read the invitation before either took it."""
    access = factories.access(moderator)
    operations.invite("n@ac-dijon.fr", TypeRole.LECTEUR, access=access, at=NOW, academie=where.academie)
    token = token_of("n@ac-dijon.fr")
    read = operations.open_invitation(token, NOW)
    person = factories.user("n@ac-dijon.fr")
    operations.accept_invitation(token, person, at=NOW)
    monkeypatch.setattr(operations, "open_invitation", lambda *_: read)
    with pytest.raises(operations.LinkError, match="déjà servi"):
        operations.accept_invitation(token, person, at=NOW)
    assert Role.objects.filter(user=person).count() == 1


def test_an_invitation_at_its_last_moment_still_serves_and_no_longer(
    moderator: User, where: Territory
) -> None:
    access = factories.access(moderator)
    operations.invite("n@ac-dijon.fr", TypeRole.LECTEUR, access=access, at=NOW, academie=where.academie)
    token, end = token_of("n@ac-dijon.fr"), NOW + dt.timedelta(days=operations.INVITATION_DAYS)
    assert operations.open_invitation(token, end - dt.timedelta(seconds=1))
    with pytest.raises(operations.LinkError, match="expiré"):
        operations.open_invitation(token, end)


def test_opening_an_invitation_accepts_nothing(moderator: User, where: Territory) -> None:
    """A mail scanner follows every link."""
    access = factories.access(moderator)
    operations.invite(
        "n@ac-dijon.fr", TypeRole.LECTEUR, access=access, at=timezone.now(), academie=where.academie
    )
    address = reverse("comptes:invitation", args=[token_of("n@ac-dijon.fr")])
    assert Client().get(address).status_code == 200
    assert Client().post(address).status_code == 200
    assert signed_in(factories.user("n@ac-dijon.fr")).get(address).status_code == 200
    assert Invitation.objects.get().accepted_at is None


def test_who_is_put_out_cannot_have_prepared_a_way_back(
    moderator: User, where: Territory, porteur: User
) -> None:
    own, boss = factories.access(moderator), factories.access(factories.person(TypeRole.ADMINISTRATEUR))
    for address, kind in (("retour@exemple.fr", TypeRole.MODERATEUR), ("lit@exemple.fr", TypeRole.LECTEUR)):
        operations.invite(address, kind, access=own, at=NOW, academie=where.academie)
    other = factories.person(TypeRole.PORTEUR, "cardie@ac-dijon.fr", etablissement=factories.school(where, 2))
    kept = operations.invite(
        "collegue@exemple.fr",
        TypeRole.PORTEUR,
        access=factories.access(other),
        at=NOW,
        etablissement=Role.objects.get(user=other, kind=TypeRole.PORTEUR).etablissement,
    )
    operations.end_role(Role.objects.get(user=moderator, kind=TypeRole.MODERATEUR), access=boss, at=NOW)
    assert set(Invitation.objects.filter(cancelled_at=None)) == {kept}
    with pytest.raises(operations.LinkError, match="annulée"):
        operations.accept_invitation(token_of("retour@exemple.fr"), moderator, at=NOW)


def test_an_invitation_to_a_role_one_has_makes_no_second_one_unless_it_lasts_longer(
    moderator: User, where: Territory
) -> None:
    until = NOW + dt.timedelta(days=30)
    reader = factories.person(TypeRole.LECTEUR, "n@ac-dijon.fr", academie=where.academie, expires_at=until)
    access = factories.access(moderator)
    for days, roles in ((10, 1), (60, 2), (60, 2), (None, 3)):
        lasts = NOW + dt.timedelta(days=days) if days else None
        operations.invite(
            "n@ac-dijon.fr",
            TypeRole.LECTEUR,
            access=access,
            at=NOW,
            role_expires_at=lasts,
            academie=where.academie,
        )
        operations.accept_invitation(token_of("n@ac-dijon.fr"), reader, at=NOW)
        assert Role.objects.filter(user=reader).count() == roles


# -- roles -----------------------------------------------------------------------------------------


def test_a_role_that_expires_closes_the_door_in_the_middle_of_a_session(moderator: User) -> None:
    client = signed_in(moderator)
    assert client.get(reverse("comptes:personnes")).status_code == 200
    Role.objects.update(expires_at=timezone.now())
    assert client.get(reverse("comptes:personnes")).status_code == 403
    assert client.get(reverse("portail:tableau")).status_code == 200


def test_a_closed_account_is_signed_out_everywhere(moderator: User) -> None:
    client = signed_in(moderator)
    operations.delete_account(moderator, at=NOW)
    assert client.get(reverse("portail:tableau")).status_code == 302


def test_a_porteur_gives_and_ends_at_their_own_school_only(porteur: User, where: Territory) -> None:
    access, other = factories.access(porteur), factories.school(where, 2)
    stranger = factories.person(TypeRole.PORTEUR, "ailleurs@ac-dijon.fr", etablissement=other)
    someone = factories.user("personne@exemple.fr")
    with pytest.raises(PermissionDenied):
        operations.grant(someone, TypeRole.PORTEUR, access=access, at=NOW, etablissement=other)
    with pytest.raises(PermissionDenied):
        operations.invite("a@b.fr", TypeRole.PORTEUR, access=access, at=NOW, etablissement=other)
    with pytest.raises(PermissionDenied):
        operations.end_role(Role.objects.get(user=stranger), access=access, at=NOW)
    assert not Message.objects.exists()


@pytest.mark.parametrize("kind", [TypeRole.ADMINISTRATEUR, TypeRole.NATIONAL])
def test_a_moderator_ends_nobody_above(moderator: User, kind: TypeRole) -> None:
    above = Role.objects.get(user=factories.person(kind))
    access = factories.access(moderator)
    with pytest.raises(PermissionDenied):
        operations.end_role(above, access=access, at=NOW)
    assert signed_in(moderator).post(reverse("comptes:terminer_role", args=[above.pk])).status_code == 404
    above.refresh_from_db()
    assert above.ended_at is None


def test_nobody_takes_back_the_end_of_one_s_own_role(moderator: User) -> None:
    role = Role.objects.get(user=moderator)
    operations.end_role(role, access=factories.access(moderator), at=NOW)
    with pytest.raises(PermissionDenied):
        operations.resume_role(role, access=factories.access(moderator), at=NOW)


def test_two_roles_add_up_and_end_one_by_one(moderator: User, porteur: User, school: Etablissement) -> None:
    away = factories.territory("Lyon", "69")
    factories.role(porteur, TypeRole.LECTEUR, academie=away.academie)
    access = factories.access(porteur)
    assert access.scope(Right.SEE_ACTION).academies == {away.academie.pk}
    assert access.scope(Right.EDIT_ACTION).etablissements == {school.pk}
    operations.end_role(Role.objects.get(user=porteur, kind=TypeRole.PORTEUR), access=access, at=NOW)
    left = factories.access(porteur)
    assert not left.has(Right.EDIT_ACTION)
    assert left.has(Right.SEE_ACTION)


# -- requests to join ------------------------------------------------------------------------------


def test_nobody_writes_to_all_schools_at_once(where: Territory, moderator: User) -> None:
    asker = factories.user("demande@exemple.fr")
    schools = [factories.school(where, number) for number in range(1, plafonds.REQUESTS.most + 2)]
    for one in schools[:-1]:
        assert operations.ask_to_join(asker, one, message="", at=NOW)
    with pytest.raises(LimitError):
        operations.ask_to_join(asker, schools[-1], message="", at=NOW)
    client = signed_in(asker)
    page = client.post(reverse("comptes:rejoindre"), {"etablissement": schools[-1].uai, "message": "Bonjour"})
    assert "plusieurs demandes en attente" in page.content.decode()
    assert "Bonjour" in page.content.decode(), "what was typed stays"
    assert not operations.ask_to_join(asker, schools[0], message="", at=NOW), "the same one is no new one"
    DemandeRattachement.objects.update(decided_at=NOW, accepted=False)
    with pytest.raises(LimitError):
        operations.ask_to_join(asker, schools[-1], message="", at=NOW)
    assert operations.ask_to_join(asker, schools[-1], message="", at=NOW + dt.timedelta(days=1))


@pytest.mark.parametrize(
    "told",
    [{}, {"demande": "abc", "reponse": "oui"}, {"demande": "1"}, {"demande": "1", "reponse": "peut-être"}],
)
def test_an_answer_that_says_nothing_answers_nothing(
    moderator: User, school: Etablissement, told: dict[str, str]
) -> None:
    operations.ask_to_join(factories.user("demande@exemple.fr"), school, message="", at=NOW)
    request = DemandeRattachement.objects.get()
    sent = told | ({"demande": str(request.pk)} if told.get("demande") == "1" else {})
    response = signed_in(moderator).post(reverse("comptes:demandes"), sent, follow=True)
    assert "Cette réponse est incomplète" in response.content.decode()
    request.refresh_from_db()
    assert request.decided_at is None


@pytest.mark.parametrize(
    ("reponse", "told"), [("oui", "peut maintenant déclarer pour"), ("non", "ne rejoint pas")]
)
def test_an_answer_says_whom_it_was_given_to_and_which(
    moderator: User, school: Etablissement, reponse: str, told: str
) -> None:
    asker = factories.user("demande@exemple.fr")
    operations.ask_to_join(asker, school, message="", at=NOW)
    sent = {"demande": DemandeRattachement.objects.get().pk, "reponse": reponse}
    page = signed_in(moderator).post(reverse("comptes:demandes"), sent, follow=True).content.decode()
    assert f"{asker} {told} {school}" in page


# -- sign-in ---------------------------------------------------------------------------------------


def test_the_session_changes_its_name_when_a_code_signs_in(client: Client) -> None:
    client.post(reverse("comptes:connexion"), {"email": "camille@ac-dijon.fr"})
    before = client.session.session_key
    code = Message.objects.latest("pk").subject[:9]
    client.post(reverse("comptes:code"), {"code": code, "action": "verify"})
    assert client.get(reverse("portail:tableau")).status_code == 200
    assert client.session.session_key != before


def test_a_closed_account_is_told_so_only_to_who_holds_its_mailbox(client: Client) -> None:
    User.objects.filter(pk=factories.user("camille@ac-dijon.fr").pk).update(is_active=False)
    asked = client.post(reverse("comptes:connexion"), {"email": "camille@ac-dijon.fr"})
    assert asked.headers["Location"] == reverse("comptes:code")
    code = Message.objects.latest("pk").subject[:9]
    given = client.post(asked.headers["Location"], {"code": code, "action": "verify"})
    assert given.headers["Location"] == reverse("comptes:inactif")
    assert client.get(reverse("portail:tableau")).status_code == 302


# -- what is left of who goes ----------------------------------------------------------------------


def test_nothing_names_a_deleted_account(moderator: User, school: Etablissement, where: Territory) -> None:
    person = factories.user("partante@exemple.fr", "Andrea Partante")
    access = factories.access(moderator)
    operations.ask_to_join(person, school, message="Je suis Andrea Partante", at=NOW)
    operations.answer_request(DemandeRattachement.objects.get(), accepted=True, access=access, at=NOW)
    operations.invite("partante@exemple.fr", TypeRole.LECTEUR, access=access, at=NOW, academie=where.academie)
    operations.delete_account(person, at=NOW)
    held = [*JournalEntry.objects.values(), *Invitation.objects.values(), *Role.objects.values()]
    held += [*User.objects.values(), *Message.objects.filter(to=person.email).values()]
    assert "Partante" not in str(held)
    assert "partante@" not in str(held)
    assert "Partante" not in str(life_of(school, NOW))
    with pytest.raises(operations.LinkError, match="annulée"):
        operations.accept_invitation(token_of_cancelled(), factories.user("autre@exemple.fr"), at=NOW)


def token_of_cancelled() -> str:
    """A known token put on the one invitation there is: its mail is gone with the account."""
    Invitation.objects.update(token_hash=digest("jeton"))
    return "jeton"


# -- the life of a school --------------------------------------------------------------------------


def test_the_life_of_a_school_tells_who_came_and_went(
    moderator: User, porteur: User, school: Etablissement
) -> None:
    access, at = factories.access(moderator), NOW + dt.timedelta(hours=1)
    operations.ask_to_join(factories.user("d@exemple.fr", "Dominique"), school, message="", at=NOW)
    operations.answer_request(DemandeRattachement.objects.get(), accepted=True, access=access, at=at)
    operations.end_role(Role.objects.get(user=porteur), access=access, at=at + dt.timedelta(hours=1))
    operations.invite("e@exemple.fr", TypeRole.PORTEUR, access=access, at=at, etablissement=school)
    told = [f"{event.who} {event.words}" for event in life_of(school, at + dt.timedelta(days=1))]
    assert told[0] == f"{porteur} n’y a plus de rôle"
    assert f"Dominique a rejoint l’établissement, par {moderator}" in told
    assert "Dominique a demandé à le rejoindre" in told
    assert f"{moderator} a répondu à Dominique : demande acceptée" in told
    assert f"{moderator} a invité e@exemple.fr" in told
    assert f"{porteur} a rejoint l’établissement" in told
    page = signed_in(moderator).get(reverse("comptes:vie_etablissement", args=[school.uai.lower()]))
    assert "Dominique" in page.content.decode()


def test_its_page_asks_as_much_for_three_as_for_one(moderator: User, school: Etablissement) -> None:
    client, address = signed_in(moderator), reverse("comptes:vie_etablissement", args=[school.uai])
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            who = f"{rows}{number}@ac-dijon.fr"
            person = factories.person(TypeRole.PORTEUR, f"p{who}", etablissement=school)
            access = factories.access(person)
            operations.ask_to_join(factories.user(f"d{who}"), school, message="", at=NOW)
            operations.invite(who, TypeRole.PORTEUR, access=access, at=NOW, etablissement=school)
        counts.append(queries(client, address))
    assert counts[0] == counts[1]

"""Roles: who may give which, where; invitations and requests, each answered once."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accroche.commun.models import JournalEntry, Message
from accroche.comptes import operations
from accroche.comptes.models import DemandeRattachement, Invitation, Role, User
from accroche.comptes.permissions import access_of
from accroche.comptes.queries import invitations_for, requests_for, roles_for
from accroche.comptes.regles import Right, TypeRole
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def token_of(address: str) -> str:
    mail = Message.objects.filter(to=address).first()
    assert mail
    found = re.search(r"/invitations/([\w-]+)/", mail.body)
    assert found
    return found[1]


#: Who gives, what is given, whether it may be on one's own territory. Nothing may elsewhere.
GIVEN = [
    (TypeRole.PORTEUR, TypeRole.PORTEUR, True),
    (TypeRole.PORTEUR, TypeRole.MODERATEUR, False),
    (TypeRole.REFERENT, TypeRole.PORTEUR, False),
    (TypeRole.MODERATEUR, TypeRole.PORTEUR, True),
    (TypeRole.MODERATEUR, TypeRole.REFERENT, True),
    (TypeRole.MODERATEUR, TypeRole.MODERATEUR, True),
    (TypeRole.MODERATEUR, TypeRole.LECTEUR, True),
    (TypeRole.MODERATEUR, TypeRole.NATIONAL, False),
    (TypeRole.MODERATEUR, TypeRole.ADMINISTRATEUR, False),
    (TypeRole.LECTEUR, TypeRole.LECTEUR, False),
    (TypeRole.PARTENAIRE, TypeRole.PARTENAIRE, False),
    (TypeRole.NATIONAL, TypeRole.MODERATEUR, True),
    (TypeRole.NATIONAL, TypeRole.ADMINISTRATEUR, False),
    (TypeRole.ADMINISTRATEUR, TypeRole.ADMINISTRATEUR, True),
]


@pytest.mark.parametrize(("giver", "given", "allowed"), GIVEN)
def test_nobody_gives_above_or_beyond_one_s_own(giver: TypeRole, given: TypeRole, allowed: bool) -> None:
    own, other = factories.territory(), factories.territory("Lyon", "69")
    schools = {own: factories.school(own), other: factories.school(other)}

    def place(kind: TypeRole, where: factories.Territory) -> dict[str, Any]:
        places: dict[TypeRole, dict[str, Any]] = {
            TypeRole.PORTEUR: {"etablissement": schools[where]},
            TypeRole.REFERENT: {"bassin": where.bassin},
            TypeRole.MODERATEUR: {"academie": where.academie},
            TypeRole.LECTEUR: {"academie": where.academie},
            TypeRole.PARTENAIRE: {"organisation": "ONISEP"},
        }
        return places.get(kind, {})

    access = factories.access(factories.person(giver, "donne@exemple.fr", **place(giver, own)))
    someone = factories.user("recoit@exemple.fr")
    everywhere = giver in {TypeRole.NATIONAL, TypeRole.ADMINISTRATEUR}
    for where, fine in ((own, allowed), (other, allowed and everywhere)):
        if fine:
            assert operations.grant(someone, given, access=access, at=NOW, **place(given, where)).pk
        else:
            with pytest.raises(PermissionDenied):
                operations.grant(someone, given, access=access, at=NOW, **place(given, where))


@pytest.fixture
def where() -> factories.Territory:
    return factories.territory()


@pytest.fixture
def moderator(where: factories.Territory) -> User:
    return factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)


def test_a_role_ends_and_comes_back_and_gives_rights_only_meanwhile(
    where: factories.Territory, moderator: User
) -> None:
    access = factories.access(moderator)
    reader = factories.user("lit@ac-dijon.fr")
    role = operations.grant(reader, TypeRole.LECTEUR, access=access, at=NOW, academie=where.academie)
    again = operations.grant(reader, TypeRole.LECTEUR, access=access, at=NOW, academie=where.academie)
    assert again == role
    assert factories.access(reader).has(Right.SEE_ACTION)
    operations.end_role(role, access=access, at=NOW)
    assert not factories.access(reader).has(Right.SEE_ACTION)
    operations.resume_role(role, access=access, at=NOW)
    assert factories.access(reader).has(Right.SEE_ACTION)
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert verbs == {"grant", "end_role", "resume_role"}


@pytest.mark.parametrize(("days", "has"), [(1, True), (0, False), (-1, False)])
def test_a_role_stops_at_its_end(where: factories.Territory, days: int, has: bool) -> None:
    reader = factories.person(
        TypeRole.LECTEUR, academie=where.academie, expires_at=NOW + dt.timedelta(days=days)
    )
    assert access_of(reader, NOW).has(Right.SEE_ACTION) is has


def test_a_closed_account_may_nothing(moderator: User) -> None:
    User.objects.filter(pk=moderator.pk).update(is_active=False)
    moderator.refresh_from_db()
    assert not access_of(moderator, NOW).scopes


def test_an_invitation_gives_its_role_once(where: factories.Territory, moderator: User) -> None:
    access = factories.access(moderator)
    operations.invite(
        "Nouvelle@ac-dijon.fr", TypeRole.LECTEUR, access=access, at=NOW, academie=where.academie
    )
    token = token_of("nouvelle@ac-dijon.fr")
    assert token not in Invitation.objects.get().token_hash
    person = factories.user("nouvelle@ac-dijon.fr")
    role = operations.accept_invitation(token, person, at=NOW)
    assert (role.user, role.academie, role.granted_by) == (person, where.academie, moderator)
    with pytest.raises(operations.LinkError, match="déjà servi"):
        operations.accept_invitation(token, person, at=NOW)
    assert Role.objects.filter(user=person).count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"expires_at": NOW}, "expiré"),
        ({"cancelled_at": NOW}, "annulée"),
        ({"token_hash": "autre"}, "n’existe pas"),
    ],
)
def test_a_link_that_opens_nothing_says_why(
    where: factories.Territory, moderator: User, change: dict[str, object], words: str
) -> None:
    access = factories.access(moderator)
    operations.invite("a@ac-dijon.fr", TypeRole.LECTEUR, access=access, at=NOW, academie=where.academie)
    Invitation.objects.update(**change)
    with pytest.raises(operations.LinkError, match=words):
        operations.accept_invitation(token_of("a@ac-dijon.fr"), moderator, at=NOW)


@pytest.mark.parametrize("accepted", [True, False])
def test_a_request_to_join_is_told_to_the_school_and_the_academie_and_answered_once(
    where: factories.Territory, moderator: User, accepted: bool
) -> None:
    school = factories.school(where)
    colleague = factories.person(TypeRole.PORTEUR, "collegue@ac-dijon.fr", etablissement=school)
    asker = factories.user("demande@ac-dijon.fr")
    assert operations.ask_to_join(asker, school, message="CPE", at=NOW)
    assert not operations.ask_to_join(asker, school, message="CPE", at=NOW)
    assert set(Message.objects.values_list("to", flat=True)) == {colleague.email, moderator.email}
    request = DemandeRattachement.objects.get()
    access = factories.access(colleague)
    assert list(requests_for(access)) == [request]
    assert operations.answer_request(request, accepted=accepted, access=access, at=NOW)
    assert not operations.answer_request(request, accepted=True, access=factories.access(moderator), at=NOW)
    assert factories.access(asker).has(Right.EDIT_ACTION) is accepted
    assert Message.objects.filter(to=asker.email).count() == 1


def test_one_sees_the_roles_invitations_and_requests_of_one_s_territory_only(
    where: factories.Territory, moderator: User
) -> None:
    away = factories.territory("Lyon", "69")
    other = factories.person(TypeRole.MODERATEUR, "lyon@ac-lyon.fr", academie=away.academie)
    operations.invite(
        "b@ac-lyon.fr", TypeRole.LECTEUR, access=factories.access(other), at=NOW, academie=away.academie
    )
    operations.ask_to_join(factories.user("c@ac-lyon.fr"), factories.school(away), message="", at=NOW)
    access = factories.access(moderator)
    assert [role.user for role in roles_for(access)] == [moderator]
    assert not invitations_for(access).exists()
    assert not requests_for(access).exists()
    nobody = factories.access(factories.user("rien@exemple.fr"))
    assert not roles_for(nobody).exists()
    assert not invitations_for(nobody).exists()


def test_a_deleted_account_leaves_no_name_behind(moderator: User) -> None:
    operations.rename(moderator, "Camille Petit", at=NOW)
    operations.delete_account(moderator, at=NOW)
    held = User.objects.get(pk=moderator.pk)
    assert not held.is_active
    assert "Camille" not in str(list(JournalEntry.objects.values()))
    assert not JournalEntry.objects.filter(actor__isnull=False).exists()
    assert Role.objects.filter(user=moderator, ended_at=None).count() == 0

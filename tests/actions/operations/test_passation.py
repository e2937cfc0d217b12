"""Handing sheets over and taking them up: the sheet stays with its school."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, LienAcces
from accroche.actions.operations.notices import owners
from accroche.actions.operations.passation import HandoverError, attach, hand_over
from accroche.actions.queries.brouillons import own_sheets
from accroche.actions.queries.passation import sheets_naming, sheets_to_attach
from accroche.commun.models import JournalEntry, Message
from accroche.comptes import operations as comptes
from accroche.comptes.models import Invitation, Role, User
from accroche.comptes.permissions import ANONYMOUS
from accroche.comptes.regles import Right, TypeRole
from tests import factories, world
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

COLLEAGUE = "dominique@ac-dijon.fr"


@pytest.fixture
def leaver(school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, "camille@ac-dijon.fr", etablissement=school)


@pytest.fixture
def sheet(where: Territory, school: Etablissement, leaver: User) -> Action:
    return factories.action(
        where,
        school,
        Etat.PUBLISHED,
        declarant=leaver,
        private_contact="Camille",
        private_email="Camille@ac-dijon.fr",
        private_phone="0380000000",
    )


def role_of(person: User) -> Role:
    return Role.objects.get(user=person)


def test_to_a_newcomer_the_contact_at_once_and_the_rights_by_the_role(sheet: Action, leaver: User) -> None:
    done = hand_over(
        role_of(leaver), access=factories.access(leaver), at=NOW, to=COLLEAGUE.upper(), leave=True
    )
    assert (done.sheets, done.invited) == (1, True)
    sheet.refresh_from_db()
    assert sheet.declarant is None
    assert (sheet.private_contact, sheet.private_email, sheet.private_phone) == ("", COLLEAGUE, "")
    assert sheet.etat == Etat.PUBLISHED, "the sheet stays visible as it was"
    assert not sheet.may(factories.access(leaver), Right.SEE_ACTION)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.kind) == (COLLEAGUE, TypeRole.PORTEUR)
    newcomer = factories.user(COLLEAGUE)
    assert not sheet.may(factories.access(newcomer), Right.EDIT_ACTION), "not before they accept"
    assert JournalEntry.objects.filter(subject=f"action:{sheet.pk}", verb="hand_over", actor=leaver).exists()
    assert "ac-dijon" not in str(
        list(JournalEntry.objects.filter(verb="hand_over").values("note", "changes"))
    )


def test_to_a_colleague_already_there_everything_at_once(
    sheet: Action, leaver: User, school: Etablissement
) -> None:
    colleague = factories.person(TypeRole.PORTEUR, COLLEAGUE, etablissement=school)
    done = hand_over(role_of(leaver), access=factories.access(leaver), at=NOW, to=COLLEAGUE)
    assert (done.sheets, done.invited) == (1, False)
    sheet.refresh_from_db()
    assert sheet.declarant == colleague
    assert not Message.objects.exists()
    assert role_of(leaver).ended_at is None, "who does not leave keeps the role"
    assert sheet.may(factories.access(leaver), Right.EDIT_ACTION)


def test_to_the_school_when_nobody_is_named(sheet: Action, leaver: User, school: Etablissement) -> None:
    colleague = factories.person(TypeRole.PORTEUR, COLLEAGUE, etablissement=school)
    hand_over(role_of(leaver), access=factories.access(leaver), at=NOW, leave=True)
    sheet.refresh_from_db()
    assert (sheet.declarant, sheet.private_email) == (None, "")
    assert not Invitation.objects.exists()
    assert sheet.may(factories.access(colleague), Right.EDIT_ACTION)


def test_only_what_names_the_person_at_that_school_changes(
    sheet: Action, leaver: User, where: Territory, school: Etablissement
) -> None:
    other = factories.school(where, 2)
    elsewhere = factories.action(where, other, declarant=leaver)
    theirs = factories.action(where, school, private_email="autre@ac-dijon.fr")
    assert list(sheets_naming(leaver, school)) == [sheet]
    hand_over(role_of(leaver), access=factories.access(leaver), at=NOW, to=COLLEAGUE)
    for untouched in (elsewhere, theirs):
        version = untouched.version
        untouched.refresh_from_db()
        assert untouched.version == version
    assert elsewhere.declarant == leaver


def test_a_link_not_followed_yet_opens_nothing_after_the_handover(sheet: Action, leaver: User) -> None:
    link = LienAcces.objects.create(
        action=sheet,
        email=leaver.email,
        token_hash=world.digest("lien"),
        created_at=NOW,
        expires_at=factories.NOW.replace(year=2027),
    )
    hand_over(role_of(leaver), access=factories.access(leaver), at=NOW)
    link.refresh_from_db()
    assert link.revoked_at == NOW


def test_again_changes_nothing_and_mails_once(sheet: Action, leaver: User) -> None:
    access = factories.access(leaver)
    hand_over(role_of(leaver), access=access, at=NOW, to=COLLEAGUE)
    again = hand_over(role_of(leaver), access=access, at=NOW, to=COLLEAGUE)
    assert (again.sheets, again.invited) == (0, False)
    assert Message.objects.filter(to=COLLEAGUE).count() == 1
    assert JournalEntry.objects.filter(subject=f"action:{sheet.pk}").count() == 1


def test_of_two_handovers_at_once_the_first_counts(
    sheet: Action, leaver: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one read the sheets before the first wrote them."""
    access, role = factories.access(leaver), role_of(leaver)
    read_before = list(sheets_naming(leaver, role.etablissement))  # type: ignore[arg-type]
    hand_over(role, access=access, at=NOW, to=COLLEAGUE)
    monkeypatch.setattr("accroche.actions.operations.passation.sheets_naming", lambda *_: read_before)
    late = hand_over(role, access=access, at=NOW, to="tard@ac-dijon.fr")
    sheet.refresh_from_db()
    assert late.sheets == 0
    assert sheet.private_email == COLLEAGUE


def test_a_role_that_ended_hands_nothing_over(sheet: Action, leaver: User) -> None:
    access, role = factories.access(leaver), role_of(leaver)
    hand_over(role, access=access, at=NOW, to=COLLEAGUE, leave=True)
    with pytest.raises(HandoverError, match="déjà terminé"):
        hand_over(role, access=access, at=NOW, to="encore@ac-dijon.fr", leave=True)
    assert not Invitation.objects.filter(email="encore@ac-dijon.fr").exists()


def test_to_oneself_is_refused(sheet: Action, leaver: User) -> None:
    with pytest.raises(HandoverError, match="collègue"):
        hand_over(role_of(leaver), access=factories.access(leaver), at=NOW, to=leaver.email)


def test_the_academie_may_for_who_left_and_takes_it_back(
    sheet: Action, leaver: User, where: Territory
) -> None:
    moderator = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    role = role_of(leaver)
    hand_over(role, access=moderator, at=NOW, leave=True)
    sheet.refresh_from_db()
    assert sheet.declarant is None
    role.refresh_from_db()
    comptes.resume_role(role, access=moderator, at=NOW)
    assert sheet.may(factories.access(leaver), Right.EDIT_ACTION)


def test_nobody_else_may(sheet: Action, leaver: User, where: Territory, school: Etablissement) -> None:
    away = factories.territory("Lyon", "69")
    others = (
        factories.person(TypeRole.PORTEUR, "collegue@ac-dijon.fr", etablissement=school),
        factories.person(TypeRole.REFERENT, bassin=where.bassin),
        factories.person(TypeRole.LECTEUR, academie=where.academie),
        factories.person(TypeRole.MODERATEUR, academie=away.academie),
        factories.person(TypeRole.NATIONAL),
        factories.user("personne@exemple.fr"),
    )
    for access in (ANONYMOUS, *map(factories.access, others)):
        with pytest.raises(PermissionDenied):
            hand_over(role_of(leaver), access=access, at=NOW, to=COLLEAGUE, leave=True)
    sheet.refresh_from_db()
    assert sheet.declarant == leaver
    assert role_of(leaver).ended_at is None


# -- taking up what was declared without an account ------------------------------------------------


@pytest.fixture
def loose(where: Territory, school: Etablissement) -> Action:
    return factories.action(where, school, Etat.DRAFT, declarant_email="Prof@exemple.fr")


def test_one_takes_up_the_sheets_of_one_s_own_address_and_no_other(loose: Action, where: Territory) -> None:
    other = factories.action(where, None, Etat.DRAFT, declarant_email="autre@exemple.fr")
    person = factories.user("prof@exemple.fr")
    assert list(sheets_to_attach(person)) == [loose]
    assert attach(person, [loose.pk, other.pk, 10**6], at=NOW) == 1
    loose.refresh_from_db()
    other.refresh_from_db()
    assert (loose.declarant, loose.declarant_email) == (person, "")
    assert other.declarant is None
    assert loose.may(factories.access(person), Right.EDIT_ACTION)
    assert not sheets_to_attach(person).exists()
    assert attach(person, [loose.pk], at=NOW) == 0
    assert JournalEntry.objects.filter(verb="attach", actor=person).count() == 1


def test_nothing_is_taken_up_that_was_not_chosen(loose: Action) -> None:
    assert attach(factories.user("prof@exemple.fr"), [], at=NOW) == 0
    loose.refresh_from_db()
    assert loose.declarant is None


def test_what_somebody_took_meanwhile_stays_theirs(loose: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    person = factories.user("prof@exemple.fr")
    read_before = sheets_to_attach(person)
    list(read_before)
    Action.objects.filter(pk=loose.pk).update(declarant=factories.user("premiere@exemple.fr"))
    monkeypatch.setattr(read_before, "filter", lambda **_: list(read_before))
    monkeypatch.setattr("accroche.actions.operations.passation.sheets_to_attach", lambda _: read_before)
    assert attach(person, [loose.pk], at=NOW) == 0
    loose.refresh_from_db()
    assert loose.declarant == factories.user("premiere@exemple.fr")


def test_who_left_a_school_keeps_nothing_of_the_sheets_they_declared_there(
    where: Territory, school: Etablissement, leaver: User
) -> None:
    """However the role ended: also by the académie, without any handing over."""
    sheet = factories.action(where, school, Etat.DRAFT, declarant=leaver, private_email="camille@ac-dijon.fr")
    elsewhere = factories.action(where, factories.school(where, 2), Etat.DRAFT, declarant=leaver)
    assert sheet.may(factories.access(leaver), Right.EDIT_ACTION)
    Role.objects.filter(user=leaver).update(ended_at=NOW)
    access = factories.access(leaver)

    assert not sheet.may(access, Right.EDIT_ACTION)
    assert not sheet.may(access, Right.SEE_ACTION)
    for found in (
        Action.objects.within(access, Right.EDIT_ACTION),
        Action.objects.visible_to(access),
        own_sheets(access),
    ):
        assert set(found) == {elsewhere}
    assert elsewhere.may(access, Right.EDIT_ACTION), "no role was ever needed to declare there"
    assert owners(sheet, NOW) == []

    factories.role(leaver, TypeRole.PORTEUR, etablissement=school)
    assert sheet.may(factories.access(leaver), Right.EDIT_ACTION), "who comes back finds them again"
    assert owners(sheet, NOW) == ["camille@ac-dijon.fr"]

"""What is asked for too often, at once or in a row: exactly so many pass, and the others are told when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action, LienAcces
from accroche.actions.operations import ask_again, ask_to_confirm, declare, move, save
from accroche.actions.operations.brouillons import UNCONFIRMED_DAYS, purge_unconfirmed
from accroche.actions.operations.confirmation import confirm
from accroche.actions.operations.retrouver import ask_for_links
from accroche.actions.queries import content_of
from accroche.actions.saisie import Contenu, PorteurSaisi
from accroche.annuaire.models import Etablissement
from accroche.commun import journal, plafonds
from accroche.commun.limites import LimitError
from accroche.commun.models import Message
from accroche.comptes.models import DemandeRattachement, Invitation
from accroche.comptes.operations import ask_to_join, invite
from accroche.comptes.permissions import ANONYMOUS, Access
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.echanges import comment
from accroche.votes.models import Bulletin
from accroche.votes.operations.vote import ask_to_vote, purge_ballots
from tests import factories
from tests.factories import NOW
from tests.races import at_once, passed
from tests.votes.operations.test_vote import make_vote

if TYPE_CHECKING:
    from tests.factories import Territory

EMAIL = "prof@example.fr"
TITLE = "Votre compte est bloqué, appelez le 01"
DAY = dt.timedelta(days=1)

once = pytest.mark.django_db
at_the_same_time = pytest.mark.django_db(transaction=True)


def network(number: int = 0) -> str:
    return f"10.0.{number}.0/24"


def visitor(number: int = 0, *sheets: Action) -> Access:
    return replace(ANONYMOUS, network=network(number), sheets=frozenset(sheet.pk for sheet in sheets))


def content(school: Etablissement, title: str = TITLE) -> Contenu:
    told: dict[str, Any] = {"title": title, "description": "On y va.", "temporality": "semaine"}
    return Contenu(**told, porteurs=(PorteurSaisi(school.uai),), levels=("college",))


def draft(school: Etablissement, email: str = EMAIL, number: int = 0, at: dt.datetime = NOW) -> Action:
    edition = factories.edition()
    return declare(content(school), edition=edition, access=visitor(number), at=at, email=email)


# -- at once ---------------------------------------------------------------------------------------


@at_the_same_time
def test_drafts_of_one_address(school: Etablissement) -> None:
    assert passed(at_once(9, lambda _: draft(school)), LimitError) == plafonds.DRAFTS_MAILBOX.most
    assert Action.with_unconfirmed.count() == plafonds.DRAFTS_MAILBOX.most
    assert draft(school, number=1), "another network is not kept from the same address"


@at_the_same_time
def test_links_of_one_sheet_and_of_one_address(school: Etablissement) -> None:
    first, second = draft(school), draft(school)
    results = at_once(8, lambda _: ask_to_confirm(first, access=visitor(0, first), at=NOW))
    assert passed(results, LimitError) == plafonds.LINKS_SHEET.most == LienAcces.objects.count()
    third = draft(school)
    at_once(8, lambda _: ask_again(EMAIL, at=NOW, network=network()))
    assert LienAcces.objects.count() == plafonds.LINKS_MAILBOX.most
    with pytest.raises(LimitError):
        ask_to_confirm(third, access=visitor(0, third), at=NOW)
    ask_to_confirm(third, access=visitor(1, third), at=NOW)
    assert second.acces.count() <= plafonds.LINKS_SHEET.most


@at_the_same_time
def test_mails_to_vote_of_one_address() -> None:
    candidate = make_vote()[0]
    results = at_once(8, lambda _: ask_to_vote(candidate, EMAIL, at=NOW, network=network()))
    assert passed(results, LimitError) == plafonds.VOTES_MAILBOX.most == Bulletin.objects.count()
    ask_to_vote(candidate, EMAIL, at=NOW, network=network(1))


@at_the_same_time
def test_requests_to_join_of_one_person(where: Territory) -> None:
    asker = factories.user("demande@exemple.fr")
    schools = [factories.school(where, number) for number in range(1, 10)]
    results = at_once(9, lambda number: ask_to_join(asker, schools[number], message="", at=NOW))
    assert passed(results, LimitError) == plafonds.REQUESTS.most == DemandeRattachement.objects.count()


@at_the_same_time
def test_requests_to_join_that_wait_hold_others_back_the_next_day(where: Territory) -> None:
    asker = factories.user("demande@exemple.fr")
    schools = [factories.school(where, number) for number in range(1, 12)]
    for school in schools[:3]:
        assert ask_to_join(asker, school, message="", at=NOW)
    later = NOW + DAY
    results = at_once(8, lambda number: ask_to_join(asker, schools[3 + number], message="", at=later))
    assert passed(results, LimitError) == plafonds.REQUESTS.most - 3


@at_the_same_time
def test_the_same_request_to_join_is_made_and_counted_once(where: Territory, school: Etablissement) -> None:
    asker = factories.user("demande@exemple.fr")
    results = at_once(6, lambda _: ask_to_join(asker, school, message="", at=NOW))
    assert sorted(results) == [False] * 5 + [True]  # type: ignore[type-var]
    others = [factories.school(where, number) for number in range(2, 6)]
    assert all(ask_to_join(asker, other, message="", at=NOW) for other in others)


@at_the_same_time
def test_invitations_to_one_address(where: Territory) -> None:
    access = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    role: dict[str, Any] = {"kind": TypeRole.LECTEUR, "access": access, "academie": where.academie}
    results = at_once(8, lambda _: invite(EMAIL, at=NOW, **role))
    assert passed(results, LimitError) == plafonds.INVITATIONS_MAILBOX.most == Invitation.objects.count()
    assert Message.objects.filter(to=EMAIL).count() == plafonds.INVITATIONS_MAILBOX.most


@at_the_same_time
def test_mails_from_one_network_and_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever they are about, and whoever they go to: who asks is limited."""
    monkeypatch.setattr(plafonds, "MAILS_NETWORK_MINUTE", replace(plafonds.MAILS_NETWORK_MINUTE, most=4))
    monkeypatch.setattr(plafonds, "MAILS_ALL", replace(plafonds.MAILS_ALL, most=6))
    candidate = make_vote()[0]

    def ask(number: int) -> None:
        ask_to_vote(candidate, f"e{number}@example.fr", at=NOW, network=network())

    assert passed(at_once(9, ask), LimitError) == 4
    with pytest.raises(LimitError):
        ask_for_links("personne@example.fr", at=NOW, network=network())
    for number in (1, 2):
        ask_for_links("personne@example.fr", at=NOW, network=network(number))
    with pytest.raises(LimitError) as refused:
        ask_for_links("personne@example.fr", at=NOW, network=network(3))
    assert refused.value.limite == plafonds.MAILS_ALL


# -- in a row --------------------------------------------------------------------------------------


@pytest.mark.any_database
@once
def test_one_network_begins_so_many_drafts_and_no_more(school: Etablissement) -> None:
    begun = 0
    for number in range(100):
        try:
            draft(school, f"e{number}@example.fr")
            begun += 1
        except LimitError as error:
            assert error.limite == plafonds.DRAFTS_NETWORK_MINUTE  # noqa: PT017
    assert begun == plafonds.DRAFTS_NETWORK_MINUTE.most == Action.with_unconfirmed.count()
    assert draft(school, "ailleurs@example.fr", number=1)


@pytest.mark.any_database
@once
def test_sixty_teachers_of_one_school_declare_within_the_hour(school: Etablissement) -> None:
    """One after the other, behind one address, each with an address of their own, and confirm."""
    for number in range(60):
        at = NOW + number * dt.timedelta(minutes=1)
        action = draft(school, f"e{number}@example.fr", at=at)
        ask_to_confirm(action, access=visitor(0, action), at=at)
    assert Message.objects.count() == 60


@pytest.mark.any_database
@once
def test_a_person_who_signed_in_is_not_held_to_the_limits_of_strangers(school: Etablissement) -> None:
    access = replace(factories.access(factories.user()), network=network())
    edition = factories.edition()
    for number in range(40):
        declare(content(school, f"Forum {number}"), edition=edition, access=access, at=NOW)
    assert Action.with_unconfirmed.count() == 40


@once
def test_a_sheet_saves_itself_so_often_and_what_one_saves_is_not_counted_with_it(
    school: Etablissement,
) -> None:
    action = draft(school)
    access = visitor(0, action)
    for number in range(plafonds.SAVES_SHEET.most):
        wanted = content(school, f"t{number}")
        action = save(action, wanted, access=access, at=NOW, autosave=True).action
    with pytest.raises(LimitError):
        save(action, content(school, "un de plus"), access=access, at=NOW, autosave=True)
    action.refresh_from_db()
    assert action.title == f"t{plafonds.SAVES_SHEET.most - 1}"
    assert save(action, content(school, "enregistré"), access=access, at=NOW).changes


@once
def test_a_sheet_goes_back_and_forth_so_often(where: Territory, school: Etablissement) -> None:
    action = factories.action(where, school, Etat.DRAFT)
    access = factories.access(factories.person(TypeRole.PORTEUR, etablissement=school))
    for number in range(plafonds.STEPS_SHEET.most):
        action = move(action, (Step.SUBMIT, Step.TAKE_BACK)[number % 2], access=access, at=NOW)
    with pytest.raises(LimitError):
        move(action, Step.SUBMIT, access=access, at=NOW)


@once
def test_messages_about_a_sheet(where: Territory, school: Etablissement) -> None:
    action = factories.action(where, school)
    access = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    for number in range(plafonds.COMMENTS_SHEET.most):
        comment(action, f"Message {number}", access=access, at=NOW)
    with pytest.raises(LimitError):
        comment(action, "un de plus", access=access, at=NOW)


# -- no text of the sender's to a mailbox nobody confirmed -------------------------------------------


@once
def test_no_mail_to_an_unconfirmed_address_carries_a_word_of_who_had_it_sent(
    where: Territory, school: Etablissement
) -> None:
    action = draft(school)
    ask_to_confirm(action, access=visitor(0, action), at=NOW)
    ask_again(EMAIL, at=NOW)
    teacher = factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school)
    teacher.name = TITLE
    teacher.save()
    access = factories.access(teacher)
    invite("victime@example.fr", TypeRole.PORTEUR, access=access, at=NOW, etablissement=school)
    sheet = declare(
        replace(content(school), private_email="contact@example.fr"),
        edition=factories.edition(),
        access=access,
        at=NOW,
    )
    moderator = factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))
    sheet = move(sheet, Step.SUBMIT, access=access, at=NOW)
    comment(sheet, "Merci de compléter.", access=moderator, at=NOW)
    sheet = save(sheet, replace(content_of(sheet), title=f"{TITLE} bis"), access=moderator, at=NOW).action
    move(sheet, Step.ASK, access=moderator, at=NOW, reason="Il manque les dates.")
    strangers = Message.objects.filter(to__endswith="@example.fr")
    # no decision and no message to the contact that was typed
    assert {mail.to for mail in strangers} == {EMAIL, "victime@example.fr"} | {
        mail.to for mail in strangers if mail.to.startswith("moderateur")
    }
    told = strangers.filter(to__in=[EMAIL, "victime@example.fr"])
    assert told.count() == 3
    assert not [mail for mail in told if TITLE in f"{mail.subject} {mail.body}"]
    last = Message.objects.filter(to=EMAIL).latest("pk")
    assert "Votre fiche du 24\u00a0novembre à 10\u00a0h (heure de Paris)" in last.body


@once
def test_who_confirmed_an_address_reads_the_title(school: Etablissement) -> None:
    action = draft(school)
    ask_to_confirm(action, access=visitor(0, action), at=NOW)
    LienAcces.objects.update(used_at=NOW)
    ask_again(EMAIL, at=NOW)
    assert TITLE in Message.objects.latest("pk").body


# -- drafts nobody confirmed -------------------------------------------------------------------------


@once
def test_a_draft_nobody_confirmed_goes_after_thirty_days_with_all_that_tells_of_it(
    where: Territory, school: Etablissement
) -> None:
    end = NOW + UNCONFIRMED_DAYS * DAY
    gone, written, waiting, confirmed = (draft(school) for _ in range(4))
    ask_to_confirm(gone, access=visitor(0, gone), at=NOW)
    save(written, content(school, "Repris"), access=visitor(0, written), at=NOW + DAY)
    ask_to_confirm(waiting, access=visitor(0, waiting), at=end - DAY)
    ask_to_confirm(confirmed, access=visitor(0, confirmed), at=NOW)
    confirm(confirmed)
    signed_in = factories.access(factories.user())
    own = declare(content(school), edition=factories.edition(), access=signed_in, at=NOW)
    sent = factories.action(where, school, Etat.SUBMITTED, declarant_email=EMAIL, updated_at=NOW)
    mails = Message.objects.count()
    assert purge_unconfirmed(end - dt.timedelta(seconds=1)) == 0
    assert purge_unconfirmed(end) == 1
    assert set(Action.with_unconfirmed.all()) == {written, waiting, confirmed, own, sent}
    assert not journal.entries(gone).exists()
    assert Message.objects.count() == mails - 1


@once
def test_a_ballot_nobody_confirmed_goes_once_its_link_is_dead() -> None:
    candidate = make_vote()[0]
    ask_to_vote(candidate, EMAIL, at=NOW)
    assert purge_ballots(NOW + DAY) == 0
    assert purge_ballots(NOW + 3 * DAY) == 1
    assert not Bulletin.objects.exists()


# -- on the pages ------------------------------------------------------------------------------------


def refused(response: Any, *kept: str) -> str:
    """A page that says no, when to come back, and keeps what was typed."""
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    page: str = response.content.decode()
    assert "Réessayez à partir d" in page
    for words in kept:
        assert words in page
    return page


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing passes any more."""
    for limite in plafonds.table():
        name = next(name for name, value in vars(plafonds).items() if value is limite)
        monkeypatch.setattr(plafonds, name, replace(limite, most=0))


@pytest.mark.usefixtures("full")
@once
def test_each_page_says_no_and_keeps_what_was_typed(
    where: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    candidate = make_vote()[0]
    school = Etablissement.objects.get()
    sent = {"title": "Un titre", "description": "Ma description", "etablissement": school.uai, "email": EMAIL}
    refused(Client().post(reverse("actions:declarer"), sent), "Un titre", "Ma description", EMAIL)
    refused(Client().post(reverse("actions:retrouver"), {"email": EMAIL}), EMAIL)
    ballot = {"candidature": candidate.pk, "email": EMAIL}
    refused(Client().post(reverse("votes:scrutin", args=[candidate.scrutin.slug]), ballot), EMAIL)
    refused(Client().post(reverse("comptes:connexion"), {"email": EMAIL}), EMAIL)

    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    client = Client()
    client.force_login(moderator)
    asked = {"etablissement": factories.school(where, 2).uai, "message": "Bonjour à tous"}
    refused(client.post(reverse("comptes:rejoindre"), asked), "Bonjour à tous")
    offered = {"email": EMAIL, "kind": TypeRole.LECTEUR, "academie": where.academie.pk}
    refused(client.post(reverse("comptes:inviter"), offered), EMAIL)
    action = factories.action(where, school)
    said = {"text": "Un long message"}
    refused(client.post(reverse("relecture:commenter", args=[action.pk]), said), "Un long message")
    pdf = SimpleUploadedFile("programme.pdf", b"%PDF-1.4", content_type="application/pdf")
    told = client.post(reverse("actions:pieces", args=[action.pk]), {"fichiers": pdf})
    refused(told, "programme.pdf")
    step = {"etape": Step.SUBMIT, "version": 0}
    whole = factories.action(where, school, Etat.DRAFT)
    client.force_login(factories.person(TypeRole.PORTEUR, "envoie@ac-dijon.fr", etablissement=school))
    told = client.post(reverse("relecture:etape", args=[whole.pk]), step)
    refused(told, "Cette fiche vient d’être envoyée et reprise bien des fois", 'value="submit"')
    client.force_login(moderator)
    jury = {"geste": "jure", "email": EMAIL}
    refused(client.post(reverse("votes:gerer_scrutin", args=[candidate.scrutin.slug]), jury), EMAIL)

    porteur = factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school)
    client.force_login(porteur)
    role = porteur.roles.get()
    refused(client.post(reverse("actions:passer_la_main", args=[role.pk]), {"email": EMAIL}), EMAIL)
    assert not Message.objects.exists()
    assert timezone.now() == NOW

"""What the académie asks stands first, where one answers; the answer travels with the sheet."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.actions.operations.cycle import StaleError, move
from accroche.actions.operations.reponse import keep_answer
from accroche.actions.queries import complement_of, complements_of
from accroche.commun import journal
from accroche.commun.models import Message
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.rappels import send_reminders
from tests import factories
from tests.actions.declaring import fields, html, sheet_address, signed_in
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ASKED = "Dites combien d’élèves viennent."
ANSWER = "Environ 120, de quatre collèges."


@pytest.fixture
def owner(school: Etablissement) -> User:
    return factories.person(TypeRole.PORTEUR, "prof@ac-dijon.fr", etablissement=school)


@pytest.fixture
def asked(where: Territory, school: Etablissement, moderator: User) -> Action:
    sheet = factories.action(where, school, title="Forum des métiers")
    return move(sheet, Step.ASK, access=factories.access(moderator), at=NOW, reason=ASKED)


def followed_page(action: Action) -> str:
    return reverse("relecture:fiche", args=[action.pk])


def test_the_request_stands_first_wherever_the_school_looks(asked: Action, owner: User) -> None:
    client = signed_in(owner)
    for address, after in (
        (followed_page(asked), "Ce que dit la fiche"),
        (sheet_address(asked), "L’essentiel"),
        (reverse("portail:tableau"), "Mes fiches"),
        (reverse("actions:mes_fiches"), "</main>"),
    ):
        page = html(client, address)
        before = page.partition('id="contenu"')[2].partition(after)[0]
        assert ASKED in before, address


def test_one_answers_on_the_form_and_whoever_decides_reads_it_with_the_request(
    asked: Action, owner: User, moderator: User
) -> None:
    client = signed_in(owner)
    sent = fields(client, asked) | {"reponse": ANSWER, "audience_size": "120"}
    # kept while one goes on, and read by nobody
    response: Any = client.post(sheet_address(asked), sent | {"enregistrer": "1"}, follow=True)
    assert "C’est enregistré" in response.content.decode()
    assert ANSWER in html(client, sheet_address(asked))
    assert ANSWER in html(client, followed_page(asked))
    assert ANSWER not in html(signed_in(moderator), followed_page(asked))
    Message.objects.all().delete()
    response = client.post(sheet_address(asked), fields(client, asked) | {"envoyer": "1"})
    assert response.url == reverse("actions:envoyee", args=[asked.pk])
    page = html(signed_in(moderator), followed_page(asked)).partition("Ce que dit la fiche")[0]
    assert page.index(ASKED) < page.index(ANSWER)
    mail = Message.objects.get(to=moderator.email)
    assert "complétée" in mail.subject
    assert f"> {ANSWER}" in mail.body
    entry = journal.entries(asked).filter(verb=Step.SUBMIT).latest("at")
    assert entry.note == ANSWER
    asked.refresh_from_db()
    assert asked.reponse == "", "sent, it is the journal's"


def test_one_answers_on_the_sheet_too_and_goes_on_to_the_form_with_it(
    asked: Action, owner: User, moderator: User
) -> None:
    client = signed_in(owner)
    told = {"precision": ANSWER, "version": asked.version}
    response: Any = client.post(reverse("relecture:repondre", args=[asked.pk]), told)
    assert response.url == sheet_address(asked)
    assert ANSWER in html(client, response.url)
    # somebody wrote meanwhile: nothing is lost
    response = client.post(
        reverse("relecture:repondre", args=[asked.pk]), told | {"precision": "Autre chose."}
    )
    assert response.status_code == 409
    assert "Autre chose." in response.content.decode()
    asked.refresh_from_db()
    sent = {"etape": Step.SUBMIT, "precision": "Nous serons 120.", "version": asked.version}
    client.post(reverse("relecture:etape", args=[asked.pk]), sent)
    page = html(signed_in(moderator), followed_page(asked))
    assert "Nous serons 120." in page.partition("Ce que dit la fiche")[0]


def test_the_link_of_the_mail_opens_the_request_a_week_later(asked: Action, moderator: User) -> None:
    """Who has no account reads the mail on Monday of the next week, and answers where the link leads."""
    Action.objects.filter(pk=asked.pk).update(declarant_email="prof@example.fr", etat=Etat.SUBMITTED)
    asked.refresh_from_db()
    factories.followed(asked)  # an address that is known
    sent = timezone.now() - dt.timedelta(days=7)
    move(asked, Step.ASK, access=factories.access(moderator), at=sent, reason=ASKED)
    mail = Message.objects.get(to="prof@example.fr")
    assert f"> {ASKED}" in mail.body
    phone = Client()
    [address] = re.findall(r"https?://[^/]+(/declarer/lien/\S+)", mail.body)
    response: Any = phone.post(address, follow=True)
    assert response.request["PATH_INFO"] == sheet_address(asked)
    assert ASKED in response.content.decode()
    phone.post(sheet_address(asked), fields(phone, asked) | {"reponse": ANSWER, "envoyer": "1"})
    page = html(signed_in(moderator), followed_page(asked)).partition("Ce que dit la fiche")[0]
    assert page.index(ASKED) < page.index(ANSWER)


def test_a_reminder_says_again_what_is_asked(asked: Action, owner: User) -> None:
    reminders = {reminder.to: reminder.body for reminder in send_reminders(at=NOW + dt.timedelta(days=8))}
    assert f"> {ASKED}" in reminders[owner.email]


def test_two_who_answer_lose_neither_s_words(asked: Action, school: Etablissement, owner: User) -> None:
    client = signed_in(owner)
    sent = fields(client, asked) | {"reponse": "La mienne.", "enregistrer": "1"}
    other = factories.person(TypeRole.PORTEUR, "autre@ac-dijon.fr", etablissement=school)
    access = factories.access(other)
    keep_answer(asked, "La sienne.", access=access, at=NOW, version=asked.version)
    with pytest.raises(StaleError):
        keep_answer(asked, "Trop tard.", access=access, at=NOW, version=asked.version)
    page = client.post(sheet_address(asked), sent).content.decode()
    assert "La mienne." in page
    assert "La sienne." in page
    asked.refresh_from_db()
    assert asked.reponse == "La sienne."


@pytest.mark.parametrize(
    ("steps", "is_open"),
    [
        ([], None),
        ([Step.SUBMIT], None),
        ([Step.SUBMIT, Step.ASK], True),
        ([Step.ASK, Step.CANCEL_ASK], None),
        ([Step.ASK, Step.SUBMIT], False),
        ([Step.ASK, Step.SUBMIT, Step.TAKE_BACK, Step.SUBMIT], False),
        ([Step.ASK, Step.SUBMIT, Step.ASK], True),
        ([Step.ASK, Step.SUBMIT, Step.PUBLISH], None),
        ([Step.ASK, Step.WITHDRAW, Step.RESTORE], True),
        ([Step.ASK, Step.REFUSE, Step.RECONSIDER], None),
    ],
)
def test_a_request_matters_until_the_academie_decides_again(
    where: Territory, steps: list[Step], is_open: bool | None
) -> None:
    sheet, other = factories.action(where), factories.action(where, title="Une autre")
    for minutes, step in enumerate(steps):
        journal.record(sheet, step, at=NOW + dt.timedelta(minutes=minutes), note=f"{step} {minutes}")
    found = complement_of(sheet)
    assert (found and found.is_open) == is_open
    assert set(complements_of([sheet, other])) == ({sheet.pk} if found else set())
    if found and found.answer:
        assert found.answer.note == f"{Step.SUBMIT} {max(n for n, s in enumerate(steps) if s is Step.SUBMIT)}"


# -- what would keep it from being public ------------------------------------------------------------------


def test_what_would_block_publication_is_told_on_its_field_before_sending_and_stops_nobody(
    where: Territory, school: Etablissement, owner: User
) -> None:
    client = signed_in(owner)
    sheet = factories.action(where, school, Etat.DRAFT)
    sent = fields(client, sheet) | {
        "description": "Appelez le 06 12 34 56 78.",
        "activites-TOTAL_FORMS": "1",
        "activites-0-title": "Écrire à camille.petit@gmail.com",
        "envoyer": "1",
    }
    response: Any = client.post(sheet_address(sheet), sent, follow=True)
    page = response.content.decode()
    sheet.refresh_from_db()
    assert sheet.etat == Etat.DRAFT, "told before it is sent"
    assert "ce qui suit empêcherait sa publication" in page
    for field, passage in (("id_description", "06 12 34 56 78"), ("id_activites-0-title", "camille.petit")):
        told = page.partition(f'id="{field}_remarques"')[2].partition("</div>")[0]
        assert passage in told, field
        assert (
            f'aria-describedby="{field}' in page or f"{field}_remarques" in page.partition(f'id="{field}"')[0]
        )
    # the same again: one knows; something else typed meanwhile: told first
    form = fields(client, sheet)
    known = response.context["lu"]
    response = client.post(
        sheet_address(sheet), form | {"envoyer": known, "classes": "06 99 99 99 99"}, follow=True
    )
    assert 'id="id_classes_remarques"' in response.content.decode()
    sheet.refresh_from_db()
    assert sheet.etat == Etat.DRAFT
    response = client.post(
        sheet_address(sheet), fields(client, sheet) | {"envoyer": response.context["lu"]}, follow=True
    )
    sheet.refresh_from_db()
    assert sheet.etat == Etat.SUBMITTED


def test_what_is_missing_is_told_on_its_field_to_who_wanted_to_send(
    where: Territory, school: Etablissement, owner: User
) -> None:
    client = signed_in(owner)
    sheet = factories.action(where, school, Etat.DRAFT, temporality="")
    assert "id_temporality_remarques" not in html(client, sheet_address(sheet)), "nobody is scolded at first"
    response: Any = client.post(sheet_address(sheet), fields(client, sheet) | {"envoyer": "1"}, follow=True)
    page = response.content.decode()
    assert (
        "Dites si l’action a lieu"
        in page.partition('id="id_temporality_remarques"')[2].partition("</div>")[0]
    )


def test_a_draft_saved_while_one_types_tells_at_once(
    where: Territory, school: Etablissement, owner: User
) -> None:
    client = signed_in(owner)
    sheet = factories.action(where, school, Etat.DRAFT)
    sent = fields(client, sheet) | {"description": "Mon numéro : 06 12 34 56 78"}
    answer = client.post(reverse("actions:enregistrer", args=[sheet.pk]), sent).json()
    [told] = answer["remarques"]
    assert (told["champ"], told["extrait"]) == ("id_description", "06 12 34 56 78")


def test_what_others_read_is_checked_as_one_types_and_not_written(asked: Action, owner: User) -> None:
    client = signed_in(owner)
    address = reverse("actions:verifier", args=[asked.pk])
    sent = fields(client, asked) | {"classes": "06 12 34 56 78"}
    [told] = client.post(address, sent).json()["remarques"]
    assert (told["champ"], told["extrait"]) == ("id_classes", "06 12 34 56 78")
    assert client.post(address, sent | {"title": ""}).json()["remarques"] is None, "not valid yet"
    version = asked.version
    asked.refresh_from_db()
    assert (asked.classes, asked.version) == ("", version)


def test_the_sheet_s_own_page_tells_apart_what_stops_sending_and_what_stops_publishing(
    where: Territory, school: Etablissement, owner: User
) -> None:
    client = signed_in(owner)
    sheet = factories.action(where, school, Etat.DRAFT, description="Appelez le 06 12 34 56 78.")
    page = html(client, followed_page(sheet))
    assert "Ceci empêcherait sa publication" in page
    assert 'value="submit"' in page, "it may be sent: the académie may read it"
    Action.objects.filter(pk=sheet.pk).update(temporality="")
    page = html(client, followed_page(sheet))
    assert "À régler avant d’envoyer" in page
    assert "possible une fois 1\xa0point réglé" in page

"""The pages of declaring: what they show, to whom, in which state; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.campagne.models import Edition
from accroche.commun import jobs, journal, plafonds
from accroche.commun.limites import Limite
from accroche.commun.models import Job, JobState, Message
from accroche.comptes.regles import TypeRole
from accroche.comptes.sessions import digest
from tests import factories
from tests.actions.declaring import START, begin, fields, html, sheet_address, signed_in

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from tests.factories import Territory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,
    pytest.mark.usefixtures("open_today"),
]


def test_no_open_edition_is_told_with_the_day_of_the_next(where: Territory) -> None:
    Edition.objects.update(declaration_closes=dt.date(2026, 10, 1))
    assert "Aucune édition n’est ouverte" in html(Client(), reverse("actions:declarer"))
    factories.edition("2027-2028")
    for name in ("actions:declarer", "actions:reprendre"):
        assert "ouvrent le 1er\u00a0septembre 2027" in html(Client(), reverse(name))
    assert Client().post(reverse("actions:declarer"), START).status_code == 200
    assert not Action.objects.exists()


def test_a_signed_in_person_declares_completes_and_sends(school: Etablissement) -> None:
    client = signed_in(factories.user())
    action = begin(client, school)
    page = html(client, sheet_address(action))
    assert "Dites si l’action a lieu pendant la semaine" in page
    assert "Cochez au moins un niveau" not in page, "a collège ticks its own level"
    sent = fields(client, action) | {"temporality": "semaine", "envoyer": "1"}
    response: Any = client.post(sheet_address(action), sent)
    assert response.url == reverse("actions:envoyee", args=[action.pk])
    assert "votre fiche est envoyée" in html(client, response.url)
    action.refresh_from_db()
    assert action.etat == Etat.SUBMITTED
    assert [entry.verb for entry in journal.entries(action)] == ["submit", "edit", "declare"]


def test_an_incomplete_sheet_is_saved_and_says_where_to_go_on(school: Etablissement) -> None:
    client = signed_in(factories.user())
    action = begin(client, school)
    sent = fields(client, action) | {"classes": "4e A", "envoyer": "1"}
    response: Any = client.post(sheet_address(action), sent, follow=True)
    page = response.content.decode()
    assert "pas encore envoyée" in page
    assert 'href="#id_temporality"' in page
    assert 'id="id_temporality"' in page
    action.refresh_from_db()
    assert (action.classes, action.etat) == ("4e A", Etat.DRAFT)


def test_a_draft_of_an_edition_that_is_over_leads_to_the_open_one(school: Etablissement) -> None:
    client = signed_in(factories.user())
    action = begin(client, school)
    address = sheet_address(action)
    assert not client.get(address).context["echue"]
    Edition.objects.update(declaration_closes=dt.date(2026, 10, 1))
    told = client.get(address).context
    assert (told["echue"], told["ouverte"]) == (True, None)
    edition = factories.edition("2027-2028")
    Edition.objects.filter(pk=edition.pk).update(
        declaration_opens=dt.date(2026, 10, 2), published_at=factories.NOW
    )
    assert f'href="{reverse("actions:declarer")}?reprise={action.pk}"' in html(client, address)


def test_what_would_keep_it_from_being_public_is_shown_and_hinders_no_draft(school: Etablissement) -> None:
    client = signed_in(factories.user())
    action = begin(client, school)
    sent = fields(client, action) | {
        "description": "Appelez le 06 12 34 56 78.",
        "activites-TOTAL_FORMS": "1",
        "activites-0-title": "Écrire à camille.petit@gmail.com",
        "starts": "2020-01-01",
    }
    response: Any = client.post(sheet_address(action), sent, follow=True)
    page = response.content.decode()
    for anchor in ("id_description", "id_activites-0-title", "id_starts"):
        assert f'href="#{anchor}"' in page
        assert f'id="{anchor}"' in page
    assert "06 12 34 56 78" in page


# -- without an account ----------------------------------------------------------------------------------


def test_a_visitor_declares_confirms_and_only_then_is_read(where: Territory, school: Etablissement) -> None:
    moderator = factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)
    browser = Client()
    assert (
        "Laissez votre adresse"
        in browser.post(reverse("actions:declarer"), {**START, "etablissement": school.uai}).content.decode()
    )
    action = begin(browser, school, email="prof@example.fr", temporality="semaine")
    away = Client().get(sheet_address(action))
    assert away.headers["Location"] == f"{reverse('comptes:connexion')}?next={sheet_address(action)}"
    assert browser.get(reverse("relecture:fiche", args=[action.pk])).status_code != 200, "not confirmed yet"
    sent = fields(browser, action) | {"envoyer": "1", "email": "Prof@Example.fr"}
    response: Any = browser.post(sheet_address(action), sent)
    assert "prof@example.fr" in html(browser, response.url)
    action.refresh_from_db()
    assert action.etat == Etat.DRAFT
    message = Message.objects.get()
    assert message.to == "prof@example.fr"
    token = re.findall(r"/declarer/lien/([\w-]+)/", message.body)[0]

    phone = Client()
    address = reverse("actions:lien", args=[token])
    for _ in range(3):  # a mail scanner looks, and looks again
        assert "Confirmer et envoyer" in html(Client(), address)
    session = phone.session
    session["seen"] = True
    session.save()
    key = phone.session.session_key
    response = phone.post(address)
    assert response.url == reverse("actions:envoyee", args=[action.pk])
    assert "votre fiche est envoyée" in html(phone, response.url)
    assert phone.session.session_key != key
    assert "En attente de relecture" in html(phone, reverse("actions:mes_fiches"))
    assert sorted(m.to for m in Message.objects.all()) == [moderator.email, "prof@example.fr"]
    assert browser.get(sheet_address(action)).status_code == 302, "the mailbox decides from now on"
    again = phone.get(address)
    assert again.headers["Location"] == reverse("actions:modifier", args=[action.pk]), (
        "it is open there: no other link is needed"
    )
    elsewhere = Client().post(address)
    assert elsewhere.status_code == 410
    assert "Recevoir un lien" in elsewhere.content.decode()


def test_a_robot_s_form_writes_nothing_and_a_person_s_is_given_back(school: Etablissement) -> None:
    sent = {**START, "etablissement": school.uai, "email": "prof@example.fr", "site": "https://spam.example"}
    page = Client().post(reverse("actions:declarer"), sent).content.decode()
    assert "envoyez de nouveau" in page
    assert START["title"] in page
    assert "spam.example" not in page
    assert not Action.with_unconfirmed.exists()


@pytest.mark.parametrize("token", ["inconnu", "expire"])
def test_a_link_that_does_not_serve_offers_another(where: Territory, token: str) -> None:
    sheet = factories.action(where, declarant_email="prof@example.fr")
    sheet.acces.create(
        email="prof@example.fr",
        token_hash=digest("expire"),
        created_at=factories.NOW,
        expires_at=factories.NOW,
    )
    response = Client().get(reverse("actions:lien", args=[token]))
    assert response.status_code == 410
    assert reverse("actions:retrouver") in response.content.decode()


def test_asking_for_a_link_answers_the_same_to_all(where: Territory) -> None:
    factories.action(where, declarant_email="prof@example.fr")
    answers = {
        Client().post(reverse("actions:retrouver"), {"email": email}, follow=True).content
        for email in ("prof@example.fr", "inconnu@example.fr")
    }
    fleeting = r'name="(csrfmiddlewaretoken|cle_envoi)" value="[\w-]+"'
    texts = {re.sub(fleeting, "", page.decode()) for page in answers}
    assert len(texts) == 1
    assert not Message.objects.exists(), "what is found is found out elsewhere"
    assert jobs.run_waiting(lane=jobs.QUICK) == 2
    assert [m.to for m in Message.objects.all()] == ["prof@example.fr"]
    wrong = Client().post(reverse("actions:retrouver"), {"email": "prof@"}).content.decode()
    assert "incomplète" in wrong
    assert "prof@" in wrong


def test_an_address_asked_about_is_forgotten_with_the_answer(where: Territory) -> None:
    Client().post(reverse("actions:retrouver"), {"email": "prof@example.fr"})
    assert Job.objects.get().arguments == {"email": "prof@example.fr", "network": "127.0.0.0/24"}
    jobs.run_waiting()
    job = Job.objects.get()
    assert (job.state, job.arguments) == (JobState.DONE, {})


def test_asking_too_often_is_told_and_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    few = Limite("essai", 1, plafonds.HOUR, plafonds.NETWORK)
    monkeypatch.setattr(plafonds, "mails_from", lambda _network: [(few, "")])
    address, told = reverse("actions:retrouver"), {"email": "prof@example.fr"}
    assert Client().post(address, told).status_code == 302
    response = Client().post(address, told)
    assert response.status_code == 429
    assert "Beaucoup de demandes" in response.content.decode()
    assert Job.objects.count() == 1


def test_an_incomplete_visitor_s_sheet_gets_no_link_and_too_many_are_told(school: Etablissement) -> None:
    browser = Client()
    action = begin(browser, school, email="prof@example.fr")
    sent = fields(browser, action) | {"envoyer": "1"}
    assert "pas encore envoyée" in browser.post(sheet_address(action), sent, follow=True).content.decode()
    assert not Message.objects.exists()
    sent = fields(browser, action) | {"envoyer": "1", "temporality": "annee"}
    for _ in range(3):
        browser.post(sheet_address(action), sent)
    refused = browser.post(sheet_address(action), sent)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    page = refused.content.decode()
    assert "enregistrée, pas encore envoyée. Plusieurs courriels viennent de partir" in page
    assert Message.objects.count() == 3


# -- drafts found again ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["visitor", "person", "colleague"])
def test_a_draft_of_the_same_school_is_told_and_nothing_is_lost(school: Etablissement, who: str) -> None:
    email = {"email": "prof@example.fr"} if who == "visitor" else {}
    client = Client() if who == "visitor" else signed_in(factories.user())
    first = begin(client, school, **email)
    if who == "colleague":
        client = signed_in(factories.person(TypeRole.PORTEUR, "c@ac-dijon.fr", etablissement=school))
    assert sheet_address(first) in html(client, reverse("actions:declarer"))
    sent = {"title": "Une autre", "description": "Autrement", "etablissement": school.uai} | email
    page = client.post(reverse("actions:declarer"), sent).content.decode()
    assert "Vous avez déjà un brouillon pour cet établissement" in page
    assert sheet_address(first) in page
    assert "Commencer une autre fiche" in page
    assert "Une autre" in page
    assert Action.with_unconfirmed.count() == 1
    begin(client, school, title="Une autre", autre="1", **email)
    assert Action.with_unconfirmed.count() == 2


def test_somebody_else_s_draft_is_told_to_nobody(school: Etablissement) -> None:
    begin(signed_in(factories.user("un@example.fr")), school)
    other = signed_in(factories.user("deux@example.fr"))
    assert "brouillon pour cet" not in html(other, reverse("actions:declarer"))
    begin(other, school)
    assert Action.with_unconfirmed.count() == 2


def test_one_s_sheets_come_with_what_awaits_first_in_as_many_queries(
    where: Territory, school: Etablissement
) -> None:
    person = factories.person(TypeRole.PORTEUR, etablissement=school)
    client, address = signed_in(person), reverse("actions:mes_fiches")
    assert "pas encore de fiche" in html(client, address)
    factories.action(where, school, Etat.PUBLISHED)
    factories.action(where, factories.school(where, 2), Etat.DRAFT, title="D’ailleurs")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            html(client, address)
        return len(captured)

    one = queries()
    factories.action(where, None, Etat.SUBMITTED, declarant=person)
    factories.action(where, school, Etat.DRAFT)
    assert queries() <= one
    response: Any = client.get(address)
    assert [sheet.etat for sheet in response.context["page"]] == ["draft", "submitted", "published"]
    assert "D’ailleurs" not in response.content.decode()
    for _ in range(20):
        factories.action(where, school, Etat.PUBLISHED)
    assert "Page 1 sur 2" in html(client, address)
    assert "Page 2 sur 2" in html(client, f"{address}?page=2")


def test_a_visitor_without_sheets_is_told_where_to_go() -> None:
    page = html(Client(), reverse("actions:mes_fiches"))
    assert reverse("comptes:connexion") in page
    assert reverse("actions:retrouver") in page


# -- an earlier edition ------------------------------------------------------------------------------------


def test_a_sheet_of_last_year_is_taken_up_with_its_lineage_once(
    where: Territory, school: Etablissement
) -> None:
    before = factories.territory(year="2025-2026")
    factories.edition("2025-2026")
    old = factories.action(
        before,
        school,
        Etat.PUBLISHED,
        title="La chaîne humaine",
        nature="prevention",
        starts=dt.date(2025, 11, 24),
        private_phone="0380000000",
    )
    factories.action(before, school, Etat.DRAFT, title="Brouillon oublié")
    person = factories.user()
    client = signed_in(person)
    listed = html(client, f"{reverse('actions:reprendre')}?etablissement={school.uai}")
    assert "La chaîne humaine" in listed
    assert "Brouillon oublié" not in listed, "not one's own, not public"
    address = f"{reverse('actions:declarer')}?reprise={old.pk}"
    assert "La chaîne humaine" in html(client, address)
    new = begin(client, school, reprise=str(old.pk), title="La grande chaîne")
    assert (new.previous, new.nature, new.starts, new.college) == (old, "prevention", None, True)
    assert (new.title, new.semaine, new.etat) == ("La grande chaîne", where.semaine, Etat.DRAFT)
    assert (new.private_phone, new.private_email) == ("", ""), "not this reader's to know"
    assert "Reprise de « La chaîne humaine »" in journal.entries(new).get().note
    assert "déjà reprise" in html(client, address)
    assert "Déjà reprise" in html(client, f"{reverse('actions:reprendre')}?etablissement={school.uai}")


def test_nothing_to_take_up_is_told_and_the_list_asks_no_more_for_three(
    where: Territory, school: Etablissement
) -> None:
    client = signed_in(factories.person(TypeRole.PORTEUR, etablissement=school))
    before = factories.territory(year="2025-2026")
    address = f"{reverse('actions:reprendre')}?etablissement={school.uai}"
    assert "Aucune fiche d’une édition précédente" in html(client, address)
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            factories.action(before, school, Etat.PUBLISHED)
        with CaptureQueriesContext(connection) as captured:
            html(client, address)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert "ne répond" in html(client, f"{reverse('actions:reprendre')}?etablissement=zzzz")
    current = factories.action(where, school, Etat.PUBLISHED)
    assert "Vous reprenez" not in html(client, f"{reverse('actions:declarer')}?reprise={current.pk}")


def test_an_address_that_looks_mistyped_is_asked_about_once_for_a_whole_sheet(
    where: Territory, school: Etablissement
) -> None:
    browser, typed = Client(), "prof@gmial.com"
    sent = {**START, "etablissement": school.uai, "email": typed}
    asked = browser.post(reverse("actions:declarer"), sent).content.decode()
    assert "Vouliez-vous dire prof@gmail.com" in asked
    assert START["description"] in asked
    assert not Action.with_unconfirmed.exists()
    draft = begin(browser, school, email=typed, **{"email-confirmee": typed})
    assert draft.declarant_email == typed
    page = html(browser, sheet_address(draft))
    assert f'name="email-confirmee" value="{typed}"' in page
    again = fields(browser, draft) | {"email-confirmee": typed, "classes": "4e A"}
    assert browser.post(sheet_address(draft), again).status_code == 302
    draft.refresh_from_db()
    assert (draft.classes, draft.declarant_email) == ("4e A", typed)

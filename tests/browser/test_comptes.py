"""Signing in, one's own pages and the search of a school, as a person meets them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accroche.commun import plafonds
from accroche.commun.models import Message
from accroche.comptes.models import Appareil, DemandeRattachement
from accroche.comptes.operations.appareils import open_device
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import accessible, fine, follow, reads

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test import Client
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/comptes/moi/",
    "/comptes/moi/adresse/",
    "/comptes/moi/supprimer/",
    "/comptes/personnes/",
    "/comptes/personnes/inviter/",
    "/comptes/demandes/",
    "/comptes/rejoindre/",
    "/mon-espace/",
    "/annuaire/?q=dijon",
    "/annuaire/?q=zzzz",
    "/comptes/etablissement-absent/?q=dijon",
)


def test_the_link_of_the_mail_opens_it_on_another_device(live_server: LiveServer, open_page: Opener) -> None:
    with open_page(width=360) as page:
        page.goto(f"{live_server.url}/comptes/connexion/")
        page.get_by_label("Votre adresse électronique").fill("camille@ac-dijon.fr")
        page.get_by_role("button", name="Recevoir un code").click()
        page.wait_for_url("**/connexion/code/**")
        page.get_by_label("Code à huit chiffres").fill("1234 56")
        follow(page.get_by_label("Code à huit chiffres"), "Enter")
        page.get_by_text("Le code a 8 chiffres").first.wait_for()
        fine(page)
    link = re.search(r"/comptes/connexion/lien/\S+", Message.objects.get().body)
    assert link
    with open_page(width=1280) as page:
        page.goto(f"{live_server.url}{link[0]}")
        fine(page)
        page.get_by_text("Rester connecté sur cet appareil").click()
        expect(page.get_by_label("Rester connecté sur cet appareil")).to_be_checked()
        page.get_by_role("button", name="Me connecter").click()
        page.wait_for_url("**/mon-espace/**")
    with open_page(width=360, may_refuse=True) as page:
        page.goto(f"{live_server.url}{link[0]}")
        page.get_by_text("Ce lien a déjà servi").wait_for()
        fine(page)


def test_who_asks_too_often_is_told_when_to_come_back(
    live_server: LiveServer, open_page: Opener, client: Client
) -> None:
    for _ in range(plafonds.CODES_MAILBOX_NETWORK.most):
        client.post("/comptes/connexion/", {"email": "camille@ac-dijon.fr"})
    with open_page(width=360, may_refuse=True) as page:
        page.goto(f"{live_server.url}/comptes/connexion/")
        page.get_by_label("Votre adresse électronique").fill("camille@ac-dijon.fr")
        follow(page.get_by_role("button", name="Recevoir un code"))
        page.get_by_text("Réessayez à partir de").wait_for()
        expect(page.get_by_label("Votre adresse électronique")).to_have_value("camille@ac-dijon.fr")
        fine(page)


def test_a_school_is_chosen_by_keyboard_and_the_request_sent(
    live_server: LiveServer, open_as: Opener
) -> None:
    where = factories.territory()
    factories.school(where, 1)
    school = factories.school(where, 2, name="Collège Félix Tisserand", commune="Nuits-Saint-Georges")
    with open_as(factories.user()) as page:
        page.goto(f"{live_server.url}/comptes/rejoindre/")
        field = page.get_by_role("main").get_by_role("combobox")
        # who finds none is led on in a tab of its own, with what was typed; here it stays
        field.fill("zzzzqq")
        expect(page.get_by_text("Aucun établissement trouvé.")).to_be_in_viewport()
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Mon établissement n’y est pas").click()
        expect(opened.value.get_by_label("Nom de l’établissement")).to_have_value("zzzzqq")
        opened.value.close()
        expect(field).to_have_value("zzzzqq")
        # at once: slowly typed, half a word would be answered too, in its own time
        field.fill("tiserand nuits")
        page.get_by_role("option").first.wait_for()
        expect(field).to_have_attribute("aria-expanded", "true")
        field.press("ArrowDown")
        expect(field).to_have_attribute("aria-activedescendant", re.compile("."))
        accessible(page)
        field.press("Enter")
        expect(field).to_have_value(re.compile(school.uai))
        field.press("Enter")
        page.wait_for_url("**/comptes/moi/")
        reads(page.locator("main"), "attend une réponse")
    assert DemandeRattachement.objects.get().etablissement == school


def test_no_page_hinders_anyone(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    school = factories.school(where)
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    asker = factories.user("collegue@ac-dijon.fr")
    DemandeRattachement.objects.create(user=asker, etablissement=school, asked_at=factories.NOW)
    factories.absent(where, "prof@example.fr", "autre@example.fr")
    factories.action(where, school)
    with open_as(moderator, width=360) as page:
        for address in (*PAGES, f"/annuaire/{school.uai}/"):
            response = page.goto(f"{live_server.url}{address}")
            assert response
            assert response.status == 200, address
            fine(page)


def test_a_code_opens_one_s_space_whose_devices_are_seen_and_ended(
    live_server: LiveServer, open_page: Opener
) -> None:
    person = factories.user("camille@ac-dijon.fr")
    at = timezone.now()
    for label, kept in (("Safari sur iPhone", True), ("Edge sur Windows", False)):
        open_device(person, "", label=label, kept=kept, at=at, first=True)
    with open_page(width=360) as page:
        page.goto(f"{live_server.url}/comptes/moi/")
        fine(page)
        page.get_by_label("Votre adresse électronique").fill(person.email)
        page.keyboard.press("Enter")
        page.wait_for_url("**/connexion/code/**")
        fine(page)
        code = re.match(r"\d{4} \d{4}", Message.objects.get().subject)
        assert code
        page.get_by_label("Code à huit chiffres").fill(code[0])
        page.get_by_text("Rester connecté sur cet appareil").click()
        page.get_by_label("Code à huit chiffres").press("Enter")
        page.wait_for_url("**/comptes/moi/")
        fine(page)
        follow(page.get_by_role("button", name="Oublier : Safari sur iPhone"))
        page.get_by_text("« Safari sur iPhone » est oublié").wait_for()
        follow(page.get_by_role("button", name="Me déconnecter des autres appareils"))
        page.get_by_text("Vous n’êtes plus connecté que sur cet appareil").wait_for()
        fine(page)
        follow(page.get_by_role("button", name="Me déconnecter partout"))
        page.get_by_text("Vous êtes déconnecté de tous vos appareils").wait_for()
    assert not Appareil.objects.filter(ended_at=None).exists()


def test_who_writes_a_long_form_stays_signed_in(live_server: LiveServer, open_as: Opener) -> None:
    with open_as(factories.user()) as page:
        page.clock.install()
        page.goto(f"{live_server.url}/comptes/rejoindre/")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        field = page.get_by_label("Un mot pour vos collègues")
        field.press_sequentially("Je suis")
        assert not [url for url in asked if "presence" in url], "not at each key"
        page.clock.fast_forward("05:00")
        with page.expect_response("**/comptes/moi/presence/") as answered:
            field.press_sequentially(" CPE")
        assert answered.value.status == 204


def test_a_school_chosen_in_the_tab_of_who_does_not_find_it_fills_the_field(
    live_server: LiveServer, open_as: Opener
) -> None:
    where = factories.territory()
    school = factories.school(where, name="Collège Marcel-Aymé", commune="Dijon")
    with open_as(factories.user()) as page:
        page.goto(f"{live_server.url}/comptes/rejoindre/")
        field = page.get_by_label("Votre établissement")
        field.fill("college marcel")
        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Mon établissement n’y est pas").click()
        other = opened.value
        # sent once, its form is at an address that says no more from which field one came
        other.get_by_label("Nom de l’établissement").fill("Collège Aymé")
        other.get_by_label("Type d’établissement").select_option("college")
        other.get_by_label("Commune").fill("Dijon")
        other.locator("[name=departement]").select_option(str(where.departement.pk))
        other.get_by_label("Votre adresse électronique").fill("prof@example.fr")
        other.get_by_role("button", name="Envoyer à l’académie").click()
        other.get_by_role("alert").get_by_role("link", name="Collège Marcel-Aymé").click()
        expect(other.get_by_text("est choisi dans l’onglet d’où vous venez")).to_be_visible()
        fine(other)
        expect(field).to_have_value(f"Collège Marcel-Aymé, Dijon ({school.uai})")
        # a tab that is loaded anew still is the one
        page.reload()
        other.get_by_role("alert").get_by_role("link", name="Collège Marcel-Aymé").click()
        expect(field).to_have_value(f"Collège Marcel-Aymé, Dijon ({school.uai})")
        other.close()

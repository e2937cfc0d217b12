"""ProConnect in a browser, from the button to the sign-out, at a real provider; and handing over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from accroche.actions.models import Action
from accroche.commun.models import Message
from accroche.comptes.models import Invitation, Role, User
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import accessible, fine, fits, follow
from tests.comptes.proconnect import PATIENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PERSON = {"email": "camille.petit@ac-dijon.fr", "given_name": "Camille", "usual_name": "Petit"}


def test_from_the_button_to_the_sign_out_on_a_phone(
    live_server: LiveServer, chromium: Browser, proconnect: Callable[..., str], settings: Settings
) -> None:
    """Not watched like other pages: the browser has to leave the site, and our policy must let it."""
    settings.SITE_URL = str(live_server.url)
    issuer = proconnect(person=PERSON)
    settings.PROCONNECT = PATIENT | {"issuer": issuer, "client_id": "accroche", "client_secret": "s"}
    cache.clear()
    context = chromium.new_context(viewport={"width": 360, "height": 800}, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{live_server.url}/comptes/connexion/?next=/comptes/rejoindre/")
    accessible(page)
    follow(page.get_by_role("link", name="S’identifier avec ProConnect"))
    page.locator("[name=sub]").fill("s-1")
    follow(page.locator("[name=sub]"), "Enter")
    page.get_by_role("heading", name="Une dernière vérification").wait_for()
    accessible(page)
    follow(page.get_by_role("button", name="Recevoir le code"))
    page.wait_for_url("**/connexion/code/**")
    code = re.match(r"\d{4} \d{4}", Message.objects.get().subject)
    assert code
    page.get_by_label("Code à huit chiffres").fill(code[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**/comptes/rejoindre/")
    assert User.objects.get().name == "Camille Petit"
    page.goto(f"{live_server.url}/comptes/moi/")
    page.get_by_role("button", name="Me déconnecter", exact=True).click()
    page.wait_for_url("**/oauth2/end_session**")
    page.locator("button, input[type=submit]").first.click()
    page.get_by_text("de ce site et de ProConnect").wait_for()
    # and what is said when nobody answers
    cache.clear()
    proconnect(fault="down")
    page.goto(f"{live_server.url}/comptes/connexion/proconnect/")
    expect(page.get_by_role("heading", name="ProConnect ne répond pas")).to_be_visible()
    accessible(page)
    fits(page)
    context.close()


def test_a_teacher_hands_over_and_a_colleague_takes_up(
    live_server: LiveServer, open_as: Callable[..., Any]
) -> None:
    where = factories.territory()
    school = factories.school(where)
    leaver = factories.person(TypeRole.PORTEUR, "camille@ac-dijon.fr", etablissement=school)
    sheet = factories.action(where, school, declarant=leaver)
    factories.action(where, school, title="Café des parents", declarant_email="camille@ac-dijon.fr")
    with open_as(leaver, width=360) as page:
        page.goto(f"{live_server.url}/mon-espace/")
        follow(page.get_by_role("link", name="Retrouver mes fiches"))
        fine(page)
        follow(page.get_by_role("button", name="Rattacher à mon compte"))
        page.get_by_text("1 fiche rattachée").wait_for()
        page.goto(f"{live_server.url}/comptes/moi/")
        follow(page.get_by_role("link", name="Qui partage ses fiches"))
        page.get_by_role("heading", name="Qui partage les fiches").wait_for()
        fine(page)
        page.goto(f"{live_server.url}/comptes/moi/")
        follow(page.get_by_role("link", name="Passer la main"))
        page.get_by_text("2 fiches changent de main").wait_for()
        fine(page)
        page.get_by_label("Adresse électronique du collègue").fill("dominique@ac-dijon.fr")
        page.get_by_text("Mettre aussi fin à ce rôle").click()
        follow(page.get_by_role("button", name="Passer la main"))
        page.get_by_text("L’invitation est partie").wait_for()
        fine(page)
    assert Action.objects.get(pk=sheet.pk).private_email == "dominique@ac-dijon.fr"
    assert Invitation.objects.get().email == "dominique@ac-dijon.fr"
    assert Role.objects.get().ended_at

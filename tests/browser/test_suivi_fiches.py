"""The bureau follows the sheets of its report, writes it and to an académie, which answers on its phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accroche.campagne.models import Semaine
from accroche.campagne.operations import sign_absence
from accroche.campagne.regles import StatutSemaine
from tests.browser.look import fine, follow
from tests.factories import NOW, YEAR
from tests.tutorat.tutorats import scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sentence_where_the_cursor_was(page: Page, place: str) -> None:
    """A sentence of the evidence goes where the cursor was."""
    page.goto(f"{place}introduction/")
    text = page.locator("textarea[name=texte]")
    text.fill("Avant. Après.")
    # still: the field is filled
    text.evaluate("field => field.setSelectionRange(6, 6)")
    proof = page.locator("[data-preuve=premieres]")
    proof.get_by_role("button", name="Insérer la phrase").click()
    said = f"L’édition {YEAR} est la première pour l’académie de Lyon."
    expect(text).to_have_value(f"Avant. {said} Après.")
    expect(page.locator("[data-preuves-dit]")).to_have_text("La phrase est insérée.")
    proof.get_by_text("D’où cela vient").click()
    expect(proof).to_contain_text("Lyon : première semaine")
    proof.get_by_role("button", name="Lyon", exact=True).click()
    expect(text).to_have_value(f"Avant. {said} Lyon Après.")
    fine(page)


def test_the_bureau_follows_and_writes_and_an_academie_answers(
    live_server: LiveServer, open_as: Callable[..., AbstractContextManager[Page]]
) -> None:
    found = scene()
    Semaine.objects.filter(academie=found.academies["Lyon"]).update(
        status=StatutSemaine.REPORTED, narrative="Une semaine à Lyon.", college=True, ordinal=1
    )
    lille = Semaine.objects.get(academie=found.academies["Lille"])
    sign_absence(lille, "le SAIO, par courriel", access=found.bureau, at=NOW)
    place = f"{live_server.url}/editions/{YEAR}/redaction/"
    with open_as(found.bureau.user) as page:
        page.goto(f"{place}avancement/")
        fine(page)
        row = page.locator("[data-attendu=compte]")
        follow(row.get_by_role("link", name="manque à 1 académie"))
        expect(page.locator("tbody tr")).to_have_count(1)
        expect(page.locator("tbody tr th")).to_contain_text("Dijon")
        page.get_by_label("Relancer Dijon").check(force=True)
        follow(page.get_by_role("button", name="Préparer une relance"))
        expect(page.get_by_role("heading", name="Aperçu")).to_contain_text("ce que lira Dijon")
        fine(page)
        page.goto(f"{place}academies/dijon/")
        page.get_by_label("Votre message").fill("Combien d’écoles ont participé ?")
        follow(page.get_by_role("button", name="Envoyer à l’académie"))
        expect(page.locator(".a-propos")).to_contain_text("Combien d’écoles ont participé ?")
        page.set_viewport_size({"width": 1280, "height": 900})
        sentence_where_the_cursor_was(page, place)
    with open_as(found.offices["Dijon"].user, width=360) as page:
        page.goto(f"{place}academies/dijon/")
        expect(page.get_by_text("Nouveau", exact=True)).to_be_visible()
        fine(page)
        page.get_by_label("Votre message").fill("Aucune cette année.")
        follow(page.get_by_role("button", name="Envoyer au bureau national"))
        expect(page.get_by_text("Nouveau", exact=True)).to_have_count(0)
        page.get_by_label("D’après qui ?").fill("la DRAIO")
        follow(page.get_by_role("button", name="Signer que les données"))
        expect(page.locator("#donnees ~ p").first).to_contain_text("par l’académie, d’après la DRAIO")
        fine(page)

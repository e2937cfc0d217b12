"""Declaring as a teacher does: on a phone, in two tabs, with a connection that comes and goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import accessible, fits, follow, in_both_themes, reads, unfold

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("open_today"),
]


#: What this device keeps of ours.
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('accroche:'))"


def fine(page: Page) -> None:
    accessible(page)
    assert page.viewport_size
    fits(page, widths=(page.viewport_size["width"],))


def test_what_is_typed_outlives_a_lost_connection(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    person = factories.user()
    sheet = factories.action(where, factories.school(where), Etat.DRAFT, declarant=person)
    address = f"{live_server.url}{reverse('actions:modifier', args=[sheet.pk])}"
    with open_as(person, width=360) as page:
        page.goto(address)

        def told(words: str) -> None:
            page.locator("[data-etat]").filter(has_text=words).wait_for()

        page.get_by_label("Titre de l’action").fill("Enregistré tout seul")
        told("Enregistré à")
        sheet.refresh_from_db()
        assert sheet.title == "Enregistré tout seul"

        page.context.set_offline(True)
        page.get_by_label("Titre de l’action").fill("Écrit dans le train")
        page.get_by_text("Liens", exact=True).click()
        page.get_by_role("button", name="Ajouter un lien").click()
        page.get_by_label("Adresse du lien").fill("https://college.example/train")
        told("Hors connexion")
        fine(page)
        page.context.set_offline(False)
        told("Enregistré à")
        sheet.refresh_from_db()
        assert sheet.title == "Écrit dans le train"
        assert sheet.liens.get().url == "https://college.example/train"

        # the tab itself is closed while the connection is cut
        page.context.set_offline(True)
        page.get_by_label("Titre de l’action").fill("Gardé sur le téléphone")
        page.get_by_role("button", name="Ajouter un lien").click()
        page.get_by_label("Adresse du lien").nth(1).fill("https://college.example/tunnel")
        told("Hors connexion")
        page.close()  # a page only left behind might still see the connection come back, and send
        page.context.set_offline(False)
        page = page.context.new_page()  # noqa: PLW2901 - the same person, later
        page.goto(address)
        expect(page.get_by_label("Titre de l’action")).to_have_value("Écrit dans le train")
        fine(page)
        page.get_by_role("button", name="Reprendre cette saisie").click()
        expect(page.get_by_label("Titre de l’action")).to_have_value("Gardé sur le téléphone")
        told("Enregistré à")
        sheet.refresh_from_db()
        assert sheet.title == "Gardé sur le téléphone"
        assert [row.url for row in sheet.liens.all()][1] == "https://college.example/tunnel"
        page.reload()
        expect(page.get_by_role("button", name="Reprendre cette saisie")).to_have_count(0)
        # still: what a page begins with it has done before it is loaded
        assert page.evaluate(KEPT) == []


def test_two_tabs_on_one_sheet_lose_nothing(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    person = factories.user()
    sheet = factories.action(where, factories.school(where), Etat.DRAFT, declarant=person)
    address = f"{live_server.url}{reverse('actions:modifier', args=[sheet.pk])}"
    with open_as(person, width=360, theme="dark", may_conflict=True) as page:
        other = page.context.new_page()
        for tab in (page, other):
            tab.goto(address)
        page.get_by_label("Titre de l’action").fill("Du premier onglet")
        page.get_by_text("Enregistré à").wait_for()
        other.get_by_label("Titre de l’action").fill("Du second onglet")
        other.get_by_text("modifiée ailleurs").wait_for()
        follow(other.get_by_role("button", name="Enregistrer le brouillon"))
        other.get_by_role("heading", name="modifiée pendant que vous écriviez").wait_for()
        reads(other.locator("form[data-fiche]"), "Du premier onglet")
        fine(other)
        other.get_by_label("Ma saisie Du second onglet").check(force=True)
        follow(other.get_by_role("button", name="Enregistrer ces choix"))
        other.get_by_text("C’est enregistré.").wait_for()
    sheet.refresh_from_db()
    assert sheet.title == "Du second onglet"


def test_no_page_of_declaring_hinders_anyone(live_server: LiveServer, open_as: Opener) -> None:
    where = factories.territory()
    school = factories.school(where)
    person = factories.person(TypeRole.PORTEUR, etablissement=school)
    old = factories.action(factories.territory(year="2025-2026"), school, Etat.PUBLISHED)
    draft = factories.action(where, school, Etat.DRAFT, temporality="", description="Le 06 12 34 56 78.")
    addresses = (
        "/declarer/",
        f"/declarer/?reprise={old.pk}",
        f"/declarer/reprendre/?etablissement={school.uai}",
        "/declarer/retrouver/",
        "/mes-fiches/",
        f"/fiches/{draft.pk}/modifier/",
    )
    with open_as(person) as page:
        for address in addresses:
            page.emulate_media(color_scheme="light")
            response = page.goto(f"{live_server.url}{address}")
            assert response
            assert response.status == 200, address
            unfold(page)
            for button in page.locator("[data-ajouter]").all():  # still: they are of the page as it came
                button.click()
            fits(page, widths=(1280, 320))
            # a desk shows no more of these pages than a phone does, but for the head that all pages have
            in_both_themes(page)

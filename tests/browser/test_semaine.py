"""An académie writes its semaine on a phone, loses the network, finds its text again; the public reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accroche.campagne.models import Semaine
from accroche.comptes.regles import TypeRole
from accroche.pilotage.operations.semaine import write_semaine
from accroche.pilotage.queries.semaine import semaine_content
from tests import factories
from tests.browser.look import accessible, fits, follow, in_both_themes
from tests.factories import NOW, YEAR

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    from accroche.comptes.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 360
KEPT = "[data-etat]:not(:empty)"


@pytest.fixture
def moderator() -> User:
    where = factories.territory()
    return factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie)


def write_as(person: User, **fields: str) -> None:
    """Have somebody write the page, whatever a browser has open."""
    semaine = Semaine.objects.get()
    theirs: Any = fields
    told = replace(semaine_content(semaine), **theirs)
    write_semaine(semaine, told, access=factories.access(person), at=NOW, version=semaine.version)


def test_a_semaine_written_on_a_phone_through_a_cut(
    live_server: LiveServer,
    open_as: Callable[..., AbstractContextManager[Page]],
    moderator: User,
) -> None:
    address = f"{live_server.url}/pilotage/semaines/{YEAR}/dijon/"
    with open_as(moderator, width=PHONE, may_conflict=True) as page:
        page.goto(address)
        in_both_themes(page)
        fits(page)
        page.set_viewport_size({"width": PHONE, "height": 740})

        # a line more, and a line higher, without a new page
        page.get_by_label("Titre (obligatoire)").first.fill("Le tour des lycées")
        page.get_by_role("button", name="Ajouter un temps fort").click()
        events = page.locator("[data-liste=temps_forts] [data-ligne]")
        expect(events).to_have_count(2)
        events.nth(1).get_by_label("Titre (obligatoire)").fill("L’ouverture")
        events.nth(1).get_by_role("button", name="Monter").click()
        expect(events.nth(0).get_by_label("Titre (obligatoire)")).to_have_value("L’ouverture")

        # the network goes: what is typed stays on the phone, and nothing is sent
        page.context.set_offline(True)
        page.get_by_label("Récit de la semaine").fill("Quinze lycées ouvrent leurs portes.")
        page.locator(KEPT).get_by_text("Hors connexion").wait_for()
        page.get_by_role("button", name="Enregistrer", exact=True).last.click()
        page.get_by_text("Enregistrez quand le réseau revient").wait_for()
        page.context.set_offline(False)

        # the phone restarts: the text is offered again
        page.goto(address)
        page.get_by_role("button", name="Reprendre cette saisie").click()
        expect(page.get_by_label("Récit de la semaine")).to_have_value("Quinze lycées ouvrent leurs portes.")
        expect(events.nth(0).get_by_label("Titre (obligatoire)")).to_have_value("L’ouverture")

        # seen as the public will, in another tab, before anything is written
        with page.context.expect_page() as opened:
            page.get_by_role("button", name="Aperçu").click()
        preview = opened.value
        preview.get_by_text("Quinze lycées ouvrent leurs portes.").wait_for()
        accessible(preview)
        fits(preview)
        preview.close()

        # a colleague wrote meanwhile: one chooses field by field, and what one left alone is not imposed
        write_as(moderator, pilot="La mission du décrochage")
        follow(page.get_by_role("button", name="Enregistrer", exact=True).last)
        page.get_by_text("Pour chaque réponse qui diffère").wait_for()
        expect(page.locator("#choix-pilot-site")).to_be_checked()
        expect(page.locator("#choix-narrative-saisie")).to_be_checked()
        accessible(page)
        fits(page)

        follow(page.get_by_role("button", name="Enregistrer ces choix"))
        page.get_by_text("C’est enregistré").wait_for()
        expect(page.get_by_label("Service pilote")).to_have_value("La mission du décrochage")
        page.goto(address)
        expect(page.get_by_role("button", name="Reprendre cette saisie")).not_to_be_visible()

        page.goto(f"{live_server.url}/editions/{YEAR}/academies/dijon/")
        expect(page.locator(".a-temps-forts h3")).to_have_text(["L’ouverture", "Le tour des lycées"])
        page.get_by_text("Quinze lycées ouvrent leurs portes.").wait_for()
        in_both_themes(page)
        fits(page)


def test_the_pages_of_an_edition_that_begins(
    live_server: LiveServer, open_page: Callable[..., AbstractContextManager[Page]]
) -> None:
    factories.territory()
    with open_page() as page:
        for path in ("/", f"/editions/{YEAR}/", f"/editions/{YEAR}/academies/"):
            page.goto(f"{live_server.url}{path}")
            accessible(page)
            fits(page, what="with nothing published")

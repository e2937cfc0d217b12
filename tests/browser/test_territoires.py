"""A parent goes from home to what was done in their commune, to a school, to a sheet; and changes edition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from tests import factories
from tests.browser.look import fits, follow, in_both_themes, ready, unfold
from tests.browser.targets import too_small

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.django_db(transaction=True)]

NEVERS = {"commune": "Nevers", "insee": "58194", "latitude": 46.99, "longitude": 3.16}


def held(page: Page) -> None:
    """Nobody is hindered by the page, its folds open too, on a phone and at a desk."""
    unfold(page)
    fits(page, widths=(1280, 768, 360))
    assert not too_small(page)
    in_both_themes(page)


def test_a_parent_finds_what_their_school_did_and_changes_edition(
    live_server: LiveServer, open_page: Callable[..., Any]
) -> None:
    now, past = factories.territory("Dijon", "58"), factories.territory("Dijon", "58", year="2025-2026")
    school = factories.school(now, 1, name="Collège des Loges", **NEVERS)
    factories.action(now, school, Etat.PUBLISHED, title="Radio des collégiens")
    factories.action(past, school, Etat.PUBLISHED, title="Journal du quartier")
    empty = factories.school(now, 2, name="École Blaise-Pascal", **NEVERS)
    with open_page(width=360, reduced_motion="reduce") as page:
        page.goto(live_server.url)
        ready(page)
        page.get_by_label("Votre commune").fill("Nevers")
        follow(page.get_by_role("button", name="Voir les actions"))
        ready(page)
        follow(page.get_by_role("link", name="Radio des collégiens").first)
        follow(page.get_by_role("main").get_by_role("link", name="Nevers").first)
        ready(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Nevers")
        held(page)
        page.set_viewport_size({"width": 360, "height": 900})
        follow(page.get_by_role("region", name="Qui y agit").get_by_role("link", name="Collège des Loges"))
        ready(page)
        expect(page.get_by_role("link", name="Journal du quartier")).to_be_visible()
        # one edition of the school, then all of it again
        page.get_by_text("Toutes les éditions", exact=True).first.click()
        follow(page.get_by_role("navigation", name="Changer d’édition").get_by_role("link", name="2025-2026"))
        ready(page)
        expect(page.get_by_role("link", name="Radio des collégiens")).to_be_hidden()
        follow(page.get_by_role("link", name="Journal du quartier"))
        # a sheet is of its edition: the switch says where it leads, at a desk, by the keyboard
        page.set_viewport_size({"width": 1280, "height": 900})
        ready(page)
        switch = page.get_by_role("banner").locator("summary")
        expect(switch).to_have_text("Édition 2025-2026")
        switch.press("Enter")
        there = page.get_by_role("navigation", name="Changer d’édition").get_by_role("link", name="2026-2027")
        expect(there).to_contain_text("La semaine de la même académie")
        follow(there, "Enter")
        expect(page).to_have_url(f"{live_server.url}/editions/2026-2027/academies/dijon/")
        page.goto(f"{live_server.url}/etablissements/{empty.uai}/")
        ready(page)
        expect(page.get_by_role("main")).to_contain_text("Les plus proches")
        held(page)
        page.goto(f"{live_server.url}/editions/2026-2027/evolution/2025-2026/")
        ready(page)
        held(page)
        # the edges that the DSFR's script draws over a table would hide its rows on paper
        expect(page.locator("[data-fr-js-table]").first).to_be_attached()
        page.emulate_media(media="print")
        edge = "getComputedStyle(document.querySelector('main .fr-table tbody'), '::after').content"
        assert page.evaluate(edge) == "none"  # still: a style of paper changes with the medium alone

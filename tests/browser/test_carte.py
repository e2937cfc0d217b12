"""A journalist looks for what is done near Nevers, on a phone, by keyboard alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from tests import factories
from tests.browser.look import accessible, fits, follow, in_both_themes, ready
from tests.browser.targets import too_small

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def an_island() -> None:
    overseas = factories.territory("Reunion", "974")
    island = factories.school(overseas, 3, latitude=-20.94, longitude=55.3, commune="La Possession")
    factories.action(overseas, island, Etat.PUBLISHED)


def overseas_is_in_an_inset(page: Page) -> None:
    """Beside the map where there is room, with what stands there: a place opens, the inset leads there."""
    page.set_viewport_size({"width": 1280, "height": 900})
    inset = page.get_by_role("list", name="Outre-mer").get_by_role("listitem").filter(has_text="La Réunion")
    leads = inset.get_by_role("button", name="La Réunion : 1 action", exact=True)
    expect(leads).to_be_visible()
    inset.get_by_role("button", name="1 action à La Possession", exact=True).click()
    window = page.get_by_role("dialog", name="1 action à La Possession")
    expect(window.get_by_role("link")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(window).to_be_hidden()
    accessible(page)
    page.set_viewport_size({"width": 360, "height": 900})


def test_what_is_at_one_point_opens_as_a_list_by_keyboard(
    live_server: LiveServer, open_page: Callable[..., Any]
) -> None:
    where = factories.territory()
    nevers = factories.school(where, 1, latitude=46.9896, longitude=3.159, commune="Nevers")
    pile = [factories.action(where, nevers, Etat.PUBLISHED) for _ in range(12)]
    near = factories.school(where, 2, latitude=47.05, longitude=3.3, commune="Coulanges")
    factories.action(where, near, Etat.PUBLISHED)
    an_island()
    place = f"{live_server.url}/editions/{where.semaine.edition.year}/academies/"
    # which fails of itself when another host is asked for anything
    with open_page(width=360, reduced_motion="reduce", may_be_busy=True) as page:
        # the tile map of an edition names each académie in full where no square holds it
        page.goto(place)
        tile = page.locator(".a-tuile").first
        expect(tile.get_by_text(where.academie.name)).to_be_in_viewport()
        expect(tile.get_by_text("DIJ", exact=True)).to_be_hidden()
        page.goto(f"{live_server.url}/carte/#6/46.5/2.5")
        ready(page)
        group = page.get_by_role("button", name=re.compile(r"13 actions, dont une à .*\s: agrandir"))
        expect(group).to_be_visible()
        expect(page.get_by_role("heading", name="13 actions dans cette vue")).to_be_visible()
        fits(page, widths=(1280, 360))
        overseas_is_in_an_inset(page)
        assert not too_small(page)
        in_both_themes(page)
        page.set_viewport_size({"width": 360, "height": 900})
        # what could not be counted is told, what was drawn stays, and one asks again
        page.route("**/carte/points/**", lambda route: route.fulfill(status=503))
        page.get_by_role("button", name="Agrandir", exact=True).click()
        expect(page.get_by_text("n’ont pas pu être chargées")).to_be_visible()
        page.unroute("**/carte/points/**")
        page.get_by_role("button", name="Réessayer", exact=True).click()
        expect(page.get_by_text("n’ont pas pu être chargées")).to_be_hidden()
        # a place of the list beside goes there too, and who pressed it stays in the list
        beside = page.locator(".a-geo__lieux").get_by_role("button")
        beside.first.press("Enter")
        expect(beside.filter(has_text="12 actions à Nevers")).to_be_visible()
        expect(page.locator(".a-geo__lieux button:focus")).to_have_count(1)
        page.get_by_role("button", name="Métropole", exact=True).click()
        group.focus()
        group.press("Enter")
        # closer, the two are apart, the address says where, and the focus is on one of them
        here = page.locator(".a-geo__carte").get_by_role("button", name="12 actions à Nevers", exact=True)
        expect(here).to_be_visible()
        expect(page).to_have_url(re.compile(r"/carte/#1[0-9][.0-9]*/47\.[0-9]+/3\.[0-9]+$"))
        expect(page.locator(".a-grappe:focus")).to_have_count(1)
        # a list beside says the same
        expect(
            page.locator(".a-geo__lieux").get_by_role("button", name="12 actions à Nevers")
        ).to_be_visible()
        here.press("Enter")
        window = page.get_by_role("dialog", name="12 actions à Nevers")
        expect(window.get_by_role("link")).to_have_count(12)
        in_both_themes(page)
        page.keyboard.press("Escape")
        expect(window).to_be_hidden()
        expect(here).to_be_focused()
        here.press("Enter")
        follow(window.get_by_role("link", name=pile[0].title, exact=True), "Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(pile[0].title)

"""What a reader comes for: from the map to an action, by keyboard and without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.look import follow, ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What tiles of the map say: with a number, without one, without an answer.
TOLD = {
    "BES": "Besançon, 19 actions",
    "GUY": "Guyane, nombre d’actions non communiqué",
    "STR": "Strasbourg, données non disponibles",
}
FOCUSED = "document.activeElement.textContent.trim().replace(/\\s+/g, ' ')"


def tab_to(page: Page, words: str, limit: int = 80) -> None:
    for _ in range(limit):
        page.keyboard.press("Tab")
        # still: a key is answered before the next one is pressed
        if words in page.evaluate(FOCUSED):
            return
    pytest.fail(f"the tabulation key never reached « {words} »")


def outlined(page: Page) -> bool:
    style = page.evaluate(  # still: it follows the focus, which is there
        "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])"
        "(getComputedStyle(document.activeElement))"
    )
    return bool(style[0] != "none" and style[1] != "0px")


def tiles_say_their_name_and_figure(page: Page) -> None:
    for code, name in TOLD.items():
        expect(page.get_by_role("link", name=f"{code} {name}", exact=True)).to_have_count(1)
    page.set_viewport_size({"width": 320, "height": 900})
    tiles = page.locator(".a-tuiles")
    # the whole name is on the tile, and its code is not: what one hears is what one sees
    for name in TOLD.values():
        expect(tiles.get_by_role("link", name=name, exact=True)).to_have_count(1)
    # WCAG 2.2: a finger needs 24 px
    place = tiles.get_by_role("link", name=TOLD["BES"], exact=True)
    box = place.bounding_box()  # still: the page is loaded
    assert box
    assert min(box["width"], box["height"]) >= 24
    page.set_viewport_size({"width": 1280, "height": 900})


def test_by_keyboard_past_the_map_to_an_action(site: str, open_page: Callable[..., Any]) -> None:
    with open_page() as page:
        page.goto(f"{site}/editions/2015-2016/academies/")
        ready(page)
        tiles_say_their_name_and_figure(page)
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Contenu", exact=True)
        expect(skip).to_be_focused()
        expect(skip).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.locator("#contenu")).to_be_focused()
        # the first tile after the breadcrumb: the map is read row by row
        tab_to(page, "LIL")
        assert outlined(page)
        tab_to(page, "BES")
        expect(page.locator(":focus")).to_have_text(re.compile(r"^\s*BES\s+Besançon,"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/academies/besancon/")
        tab_to(page, "Actions identifiées")
        assert outlined(page)
        page.keyboard.press("Enter")
        expect(page.get_by_text("il n’entre pas dans le total national")).to_be_visible()
        tab_to(page, "Micro-lycée Pergaud")
        page.keyboard.press("Enter")
        page.wait_for_url("**/actions/micro-lycee-pergaud/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Micro-lycée Pergaud")


def test_without_javascript_everything_is_reachable(site: str, open_page: Callable[..., Any]) -> None:
    with open_page(width=360, java_script_enabled=False) as page:
        page.goto(site)
        menu = page.get_by_role("navigation", name="Menu principal")
        expect(menu.get_by_role("link", name="Académies")).to_be_visible()
        expect(page.get_by_role("button", name="Affichage", exact=True)).not_to_be_visible()
        page.get_by_text("D’où vient ce chiffre").first.click()
        unfolded = page.get_by_role("cell", name="hors total").or_(page.get_by_text("Ce n’est pas zéro"))
        expect(unfolded.first).to_be_visible()
        follow(menu.get_by_role("link", name="Académies"))
        page.get_by_label("Niveau concerné").select_option("premier_degre")
        page.get_by_role("button", name="Filtrer").click()
        page.wait_for_url("**niveau=premier_degre**")
        page.get_by_text("sur 30").wait_for()
        page.get_by_role("link", name="Rouen", exact=True).click()
        page.wait_for_url("**/academies/rouen/")
        page.get_by_role("heading", level=3).get_by_role("link").first.click()
        page.wait_for_url("**/academies/rouen/actions/**")

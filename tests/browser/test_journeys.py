"""What a reader comes for: from the map to an action, by keyboard and without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = "document.activeElement.textContent.trim().replace(/\\s+/g, ' ')"


def tab_to(page: Page, words: str, limit: int = 80) -> None:
    for _ in range(limit):
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED):
            return
    pytest.fail(f"the tabulation key never reached « {words} »")


def outlined(page: Page) -> bool:
    style = page.evaluate(
        "(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])"
        "(getComputedStyle(document.activeElement))"
    )
    return bool(style[0] != "none" and style[1] != "0px")


def test_by_keyboard_from_the_skip_link_to_an_action(site: str, open_page: Callable[..., Any]) -> None:
    with open_page() as page:
        page.goto(f"{site}/editions/2015-2016/academies/")
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == "Contenu"
        skip = page.get_by_role("link", name="Contenu", exact=True)
        assert skip.is_visible()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "contenu"
        # the first tile after the breadcrumb: the map is read row by row
        tab_to(page, "LIL")
        assert outlined(page)
        tab_to(page, "BES")
        assert page.evaluate(FOCUSED).startswith("BES Besançon,")
        page.keyboard.press("Enter")
        page.wait_for_url("**/academies/besancon/")
        tab_to(page, "Actions identifiées")
        assert outlined(page)
        page.keyboard.press("Enter")
        assert page.get_by_text("il n’entre pas dans le total national").is_visible()
        tab_to(page, "Micro-lycée Pergaud")
        page.keyboard.press("Enter")
        page.wait_for_url("**/actions/micro-lycee-pergaud/")
        assert page.get_by_role("heading", level=1).inner_text() == "Micro-lycée Pergaud"


def test_without_javascript_everything_is_reachable(site: str, open_page: Callable[..., Any]) -> None:
    with open_page(width=360, java_script_enabled=False) as page:
        page.goto(site)
        menu = page.get_by_role("navigation", name="Menu principal")
        assert menu.get_by_role("link", name="Académies").is_visible()
        assert not page.get_by_role("button", name="Affichage", exact=True).is_visible()
        page.get_by_text("D’où vient ce chiffre").first.click()
        assert (
            page.get_by_role("cell", name="hors total")
            .or_(page.get_by_text("Ce n’est pas zéro"))
            .first.is_visible()
        )
        menu.get_by_role("link", name="Académies").click()
        page.get_by_label("Niveau concerné").select_option("premier_degre")
        page.get_by_role("button", name="Filtrer").click()
        # each step waits for its page: a busy machine takes its time
        page.wait_for_url("**niveau=premier_degre**")
        page.get_by_text("sur 30").wait_for()
        page.get_by_role("link", name="Rouen", exact=True).click()
        page.wait_for_url("**/academies/rouen/")
        page.get_by_role("heading", level=3).get_by_role("link").first.click()
        page.wait_for_url("**/academies/rouen/actions/**")


def test_a_map_tile_says_its_name_and_its_figure(site: str, open_page: Callable[..., Any]) -> None:
    with open_page(width=320) as page:
        page.goto(f"{site}/editions/2015-2016/academies/")
        for name in ("BES Besançon, 19 actions", "GUY Guyane, nombre d’actions non communiqué"):
            assert page.get_by_role("link", name=name).count() == 1
        assert page.get_by_role("link", name="STR Strasbourg, données non disponibles").count() == 1
        # WCAG 2.2: a finger needs 24 px
        box = page.get_by_role("link", name="BES Besançon").bounding_box()
        assert min(box["width"], box["height"]) >= 24

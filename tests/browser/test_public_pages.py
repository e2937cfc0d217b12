"""Every public page, as a reader's browser shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.look import WIDTHS, accessible, fits, in_both_themes, reads, ready, unfold
from tests.browser.targets import too_small

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

# the site is served by a thread of this process, from this database
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EDITION = "/editions/2015-2016/"
ACADEMIES = f"{EDITION}academies/"
PAGES = {
    "accueil": "/",
    "edition": EDITION,
    "academies": ACADEMIES,
    "academies filtrées": f"{ACADEMIES}?niveau=premier_degre&reponse=nc",
    "aucune académie": f"{ACADEMIES}?niveau=college&reponse=indisponible",
    "semaine": f"{ACADEMIES}versailles/",
    "semaine à deux nombres": f"{ACADEMIES}lyon/",
    "semaine sans nombre": f"{ACADEMIES}guyane/",
    "semaine non disponible": f"{ACADEMIES}toulouse/",
    "action": f"{ACADEMIES}montpellier/actions/start-up-ruffie/",
    "action d’Expérithèque": f"{ACADEMIES}paris/actions/pole-innovant-lyceen/",
    "accessibilité": "/accessibilite/",
    "mentions": "/mentions-legales/",
    "plan": "/plan-du-site/",
    "introuvable": "/nulle-part/",
}
#: What one reader visits in turn: apart, for two workers; and of the last alone may the browser complain.
GROUPS = {
    "académies": [name for name, address in PAGES.items() if address.startswith(ACADEMIES)],
    "site": ["accueil", "edition", "accessibilité", "mentions", "plan"],
    "introuvable": ["introuvable"],
}
assert {name for names in GROUPS.values() for name in names} == set(PAGES)
FONTS = "[...document.querySelectorAll('*')].map((element) => getComputedStyle(element).fontFamily)"


def settle(page: Page, address: str) -> None:
    page.goto(address)
    ready(page)


def held_to_all(page: Page) -> None:
    fits(page)
    unfold(page)
    fits(page, widths=WIDTHS[::-1], what="unfolded")
    # unfolded, a page shows all that it shows folded, and the rest; a phone in the dark, a desk by day
    for theme, width in (("light", 1280), ("dark", 360)):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # the two it takes
        page.locator(f"html[data-fr-theme={theme}]").wait_for(state="attached")
        page.set_viewport_size({"width": width, "height": 900})
        accessible(page)
    assert not too_small(page)


@pytest.mark.parametrize("names", GROUPS.values(), ids=GROUPS)
def test_a_page_is_accessible_and_never_wider_than_the_screen(
    site: str, open_page: Callable[..., Any], names: list[str]
) -> None:
    with open_page(theme="light", may_miss=names == ["introuvable"]) as page:
        for name in names:
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 1280, "height": 900})
            settle(page, site + PAGES[name])
            held_to_all(page)


def test_the_synthesis_is_accessible_and_never_wider_than_the_screen(
    small_site: str, open_page: Callable[..., Any]
) -> None:
    with open_page(theme="light") as page:
        settle(page, f"{small_site}{EDITION}synthese/")
        held_to_all(page)


def test_the_empty_site_is_accessible(live_server: LiveServer, open_page: Callable[..., Any]) -> None:
    with open_page(width=320) as page:
        settle(page, live_server.url)
        reads(page.locator("main"), "load_edition")
        in_both_themes(page)
        fits(page, widths=(320,))


def test_the_marianne_font_is_neither_asked_for_nor_named(site: str, open_page: Callable[..., Any]) -> None:
    with open_page() as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for name in ("accueil", "semaine", "academies"):
            settle(page, site + PAGES[name])
            unfold(page)
            page.get_by_role("button", name="Affichage", exact=True).click()
            page.get_by_role("dialog", name="Paramètres d’affichage").wait_for(state="visible")
            # still: it waits for what is asked for
            page.evaluate("document.fonts.ready.then(() => true)")
            assert not [url for url in asked if "/fonts/" in url], name
            # still: nothing is asked for any more
            assert not [font for font in page.evaluate(FONTS) if "Marianne" in font], name


def test_the_state_brand_brings_its_font_and_stays_accessible(
    site: str, open_page: Callable[..., Any], settings: Settings
) -> None:
    settings.STATE_BRAND = True
    with open_page(own=True) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        settle(page, site)
        page.evaluate("document.fonts.ready.then(() => true)")  # still: it waits for the fonts
        assert [url for url in asked if "Marianne-Regular" in url]
        expect(page.get_by_text("République").first).to_be_visible()
        in_both_themes(page)
        fits(page)


def test_the_theme_is_chosen_by_the_reader_and_kept(site: str, open_page: Callable[..., Any]) -> None:
    with open_page(theme="light") as page:
        # asked as a selector: our policy lets no text be run as a script, which waiting for a condition does
        dark = page.locator("html[data-fr-theme=dark]")
        settle(page, site)
        page.get_by_role("button", name="Affichage", exact=True).click()
        dialog = page.get_by_role("dialog", name="Paramètres d’affichage")
        dialog.wait_for(state="visible")
        accessible(page)
        dialog.get_by_text("Thème sombre").click()
        dark.wait_for(state="attached")
        # the DSFR leaves the Escape key to the radio buttons while one has the focus
        dialog.get_by_role("button", name="Fermer").click()
        dialog.wait_for(state="hidden")
        page.goto(site + EDITION, wait_until="commit")
        dark.wait_for(state="attached")

"""Every public page, as a reader's browser shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.look import accessible, accessible_in, fits, in_both_themes, reads, ready, unfold
from tests.browser.rgaa import marked_up, parsed
from tests.browser.targets import too_small
from tests.browser.test_synthese import PATH as SYNTHESE
from tests.browser.test_synthese import read_in_both_themes

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


def settle(page: Page, address: str) -> str:
    """Open a page and return its source."""
    response = page.goto(address)
    ready(page)
    assert response
    return response.text()


def held_to_all(page: Page) -> None:
    """Hold a page to all of it; it is left as it came, by day on a desk."""
    fits(page, folded=True)
    unfold(page)
    # unfolded, a page shows all that it shows folded, and the rest; a phone in the dark, a desk by day
    accessible_in(page, "dark")
    assert not too_small(page), page.url  # still: for the message
    page.set_viewport_size({"width": 1280, "height": 900})
    accessible_in(page, "light")


def without_marianne(page: Page, asked: list[str]) -> None:
    """Fail when the font of the State was asked for, or is named."""
    page.evaluate("document.fonts.ready.then(() => true)")  # still: it waits for what is asked for
    assert not [url for url in asked if "/fonts/" in url], page.url  # still: for the message
    # still: nothing is asked for any more
    assert not [font for font in page.evaluate(FONTS) if "Marianne" in font], page.url


@pytest.mark.parametrize("names", GROUPS.values(), ids=GROUPS)
def test_a_page_is_accessible_never_wider_than_the_screen_and_without_the_font_of_the_state(
    site: str, open_page: Callable[..., Any], names: list[str]
) -> None:
    with open_page(theme="light", may_miss=names == ["introuvable"]) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for name in names:
            settle(page, site + PAGES[name])
            held_to_all(page)
            without_marianne(page, asked)


def test_the_synthesis_holds_what_pages_and_paper_are_held_to(
    small_site: str, open_page: Callable[..., Any]
) -> None:
    with open_page(theme="light") as page:
        source = settle(page, small_site + SYNTHESE)
        assert parsed(source) + marked_up(page) == []
        held_to_all(page)
        page.emulate_media(media="print")
        for hidden in ("nav", "header", "footer", ".doc-aside", ".fr-skiplinks"):
            expect(page.locator(hidden).filter(visible=True)).to_have_count(0)


def test_the_empty_site_is_accessible_and_its_theme_chosen_by_the_reader_and_kept(
    live_server: LiveServer, open_page: Callable[..., Any]
) -> None:
    with open_page(width=320, theme="light") as page:
        # asked as a selector: our policy lets no text be run as a script, which waiting for a condition does
        dark = page.locator("html[data-fr-theme=dark]")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        settle(page, live_server.url)
        reads(page.locator("main"), "load_edition")
        in_both_themes(page)
        fits(page, widths=(320, 1280))
        # the reader chooses a theme, and keeps it
        page.emulate_media(color_scheme="light")
        page.get_by_role("button", name="Affichage", exact=True).click()
        dialog = page.get_by_role("dialog", name="Paramètres d’affichage")
        dialog.wait_for(state="visible")
        accessible(page)
        without_marianne(page, asked)
        dialog.get_by_text("Thème sombre").click()
        dark.wait_for(state="attached")
        # the DSFR leaves the Escape key to the radio buttons while one has the focus
        dialog.get_by_role("button", name="Fermer").click()
        dialog.wait_for(state="hidden")
        page.goto(live_server.url + PAGES["plan"], wait_until="commit")
        dark.wait_for(state="attached")


def test_the_state_brand_brings_its_font_and_stays_accessible_with_a_readable_map(
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
        settle(page, site + SYNTHESE)
        read_in_both_themes(page)

"""A journalist on a phone looks for what is done near Nevers, and shares what was found."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from accroche.actions.models import Theme
from accroche.actions.regles import CodeTheme
from tests import factories
from tests.browser.look import fits, follow, in_both_themes, ready, unfold
from tests.browser.targets import too_small

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.django_db(transaction=True)]

#: A page of 1 280 px enlarged four times.
ENLARGED = 320
#: Pixels: on a phone the header leaves four fifths of the screen to the page.
HIGHEST_HEADER = 160


def held(page: Page) -> None:
    """Nobody is hindered by the page as it is, folds open too, on a phone and enlarged four times."""
    unfold(page)
    fits(page, widths=(1280, ENLARGED, 360))
    assert not too_small(page)
    in_both_themes(page)
    page.set_viewport_size({"width": 360, "height": 800})


def a_header_for_a_phone(page: Page) -> None:
    """It leaves most of the screen to the page, and its switch of editions closes as a menu does."""
    head = page.get_by_role("banner")
    size = head.bounding_box()  # still: the page is ready, and its header comes with it
    assert size
    assert size["height"] < HIGHEST_HEADER
    switch = head.locator("summary")
    editions = head.get_by_role("navigation", name="Changer d’édition")
    switch.click()
    expect(editions).to_be_visible()
    page.keyboard.press("Escape")
    expect(editions).to_be_hidden()
    expect(switch).to_be_focused()


def one_is_sent(page: Page) -> None:
    """The sheet of the first result: its address leaves in a mail that is ready to send."""
    first = page.get_by_role("article").first.get_by_role("link").first
    title = first.inner_text()  # still: results come with their page
    follow(first)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    mail = page.get_by_role("link", name="Envoyer par courriel")
    there = quote(urlsplit(page.url).path, safe="")  # still: its heading is there
    expect(mail).to_have_attribute("href", re.compile(f"mailto:.*{re.escape(there)}"))


def they_are_in_the_agenda(page: Page, titles: list[str]) -> None:
    """The same search day by day: what is to come, one day by its link, one event for one's own calendar."""
    follow(page.get_by_role("link", name="Voir dans l’agenda"))
    expect(page.get_by_role("heading", name=re.compile("À partir du"))).to_be_visible()
    for title in titles:
        expect(page.get_by_role("link", name=title, exact=True)).to_be_visible()
    alone = page.get_by_role("link", name=re.compile("Ajouter à mon agenda"))
    expect(alone.first).to_have_attribute("href", re.compile(r"\.ics$"))
    held(page)
    follow(page.get_by_role("link", name="Par jour"))
    expect(page.get_by_text("Rien n’est annoncé")).to_be_visible()
    follow(page.get_by_role("link", name="Voir tous les rendez-vous à venir"))
    expect(page.get_by_role("link", name=titles[0], exact=True)).to_be_visible()


def test_a_journalist_finds_three_actions_near_nevers_and_shares_them(
    live_server: LiveServer, open_page: Callable[..., Any]
) -> None:
    where = factories.territory("Dijon", "58")
    culture, _ = Theme.objects.get_or_create(code=CodeTheme.CULTURE)
    told = {"Radio des collégiens": 46.99, "Théâtre au lycée": 47.04, "Journal du quartier": 46.94}
    for number, (title, lat) in enumerate(told.items(), start=1):
        nevers = {"commune": "Nevers", "insee": "58194", "latitude": lat, "longitude": 3.16}
        school = factories.school(where, number, name=f"École {number}", **nevers)
        soon = {"starts": timezone.localdate() + dt.timedelta(days=number)}
        factories.action(where, school, Etat.PUBLISHED, title=title, **soon).themes.add(culture)
    far = factories.school(where, 9, commune="Dijon", insee="21231", latitude=47.32, longitude=5.04)
    factories.action(where, far, Etat.PUBLISHED, title="Loin de Nevers")
    factories.territory("Dijon", "58", "2025-2026")
    with open_page(width=360, reduced_motion="reduce") as page:
        page.goto(live_server.url)
        ready(page)
        a_header_for_a_phone(page)
        # its box, one tap away, suggests the place while one types; the keyboard chooses it
        head = page.get_by_role("banner")
        box = head.get_by_role("combobox")
        head.get_by_text("Rechercher une action").click()
        expect(box).to_be_focused()
        box.press_sequentially("never")
        option = page.get_by_role("option", name=re.compile(r"Nevers \(58\)"))
        expect(option).to_be_visible()
        box.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        follow(box, "Enter")
        results = page.get_by_role("heading", level=2, name=re.compile("3 actions trouvées à moins de 30"))
        expect(results).to_be_visible()
        expect(page.get_by_role("article")).to_have_count(3)
        # filters are one line on a phone, and show what each choice would give
        choices = page.get_by_role("group", name="Thème")
        expect(choices).to_be_hidden()
        page.get_by_text("Filtres", exact=True).click()
        choices.get_by_text("Culture et arts").click()
        follow(page.get_by_role("button", name="Appliquer les filtres"))
        # the address alone says it all
        shared = f"{live_server.url}/actions/?theme=culture&pres=46.99,3.16&lieu=Nevers+%2858%29"
        expect(page).to_have_url(shared)
        expect(results).to_be_visible()
        held(page)
    with open_page(width=360, reduced_motion="reduce") as page:
        # and shows the same in another browser
        page.goto(shared)
        ready(page)
        expect(page.get_by_role("article")).to_have_count(3)
        follow(page.get_by_role("link", name="Supprimer le filtre Culture et arts"))
        expect(page.get_by_role("article")).to_have_count(3)
        one_is_sent(page)
        page.go_back()
        they_are_in_the_agenda(page, list(told))
        # where nothing is found, nobody is left there
        page.goto(f"{live_server.url}/actions/?q=introuvable&niveau=college")
        ready(page)
        expect(page.get_by_role("heading", name="Aucune action trouvée pour « introuvable »")).to_be_visible()
        held(page)

"""Somebody looks for help on a phone, then says what they think of the page, twice on a slow line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accroche.aide.models import AvisSite
from tests.browser.look import fits, in_both_themes, ready
from tests.browser.targets import too_small

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.any_database, pytest.mark.django_db(transaction=True)]


def held(page: Page) -> None:
    ready(page)
    fits(page, widths=(1280, 360))
    assert not too_small(page)
    in_both_themes(page)


def test_help_is_found_and_an_opinion_sent_twice_counts_once(
    live_server: LiveServer, open_page: Callable[..., Any]
) -> None:
    with open_page(width=360, reduced_motion="reduce") as page:
        page.goto(f"{live_server.url}/carte/")
        ready(page)
        page.get_by_role("link", name="Aide de cette page : La carte des actions").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("La carte des actions")
        box = page.get_by_role("searchbox", name="Chercher dans l’aide")
        box.fill("recensement EXCEL")
        box.press("Enter")
        found = page.get_by_role("main").get_by_role("link", name="Travailler avec un tableur")
        expect(found).to_be_visible()
        held(page)
        found.click()
        expect(page).to_have_url(
            f"{live_server.url}/aide/travailler-avec-un-tableur/#importer-le-recensement-de-l-academie"
        )
        held(page)
        page.get_by_role("contentinfo").get_by_role("link", name="Contact").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Contact")
        held(page)
        page.go_back()
        page.get_by_role("contentinfo").get_by_role("link", name="Je donne mon avis").click()
        expect(page.get_by_text("Votre avis sur la page /aide/travailler-avec-un-tableur/")).to_be_visible()
        held(page)
        page.set_viewport_size({"width": 360, "height": 800})
        page.get_by_label("Très bien").check(force=True)
        page.get_by_label("Que pouvons-nous améliorer").fill("Rien")
        form = "document.querySelector('form[action=\"/avis/\"]')"
        sent = f"fetch('/avis/', {{method: 'POST', body: new URLSearchParams(new FormData({form}))}})"
        # still: the answer is waited for
        assert page.evaluate(f"{sent}.then((answer) => answer.url)").endswith("/avis/merci/")
        page.get_by_role("button", name="Envoyer mon avis").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Merci, votre avis est bien arrivé")
        expect(page.get_by_text("n’a compté qu’une fois")).to_be_visible()
    assert AvisSite.objects.count() == 1

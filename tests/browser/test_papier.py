"""Printed, a page has all that it shows and all that it folds away, and nothing to press."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.comptes.models import User
from accroche.portail.operations import load_demonstration
from tests.browser.test_public_pages import ACADEMIES, EDITION
from tests.publications.renderers.lecture_pdf import Reader
from tests.thorough import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What is read of a page: its text, but for what one presses and what is said to those who listen alone.
READ = """() => {
  const SKIPPED = 'nav, button, form, dialog, .fr-btn:not(.a-papier), .a-lien-craie, .a-ecran, ' +
    '.a-chiffre__aide, .fr-sr-only, ' +
    '.a-voisines, .doc-hidden, .doc-toggle, .doc-contents, .doc-back, .doc-neighbours, .doc-aside, ' +
    '.a-repli, .a-etapes, ' +
    '.a-liens, .a-bloc:has(form):not(.a-bloc--suivi), style, template';
  const main = document.querySelector('main').cloneNode(true);
  main.querySelectorAll(SKIPPED).forEach((element) => element.remove());
  return [...main.querySelectorAll('h1, h2, h3, li, td, th, dt, dd, p, summary')]
    .filter((element) => !element.querySelector('h1, h2, h3, li, td, th, dt, dd, p, summary'))
    .map((element) => element.textContent).join(' ');
}"""
#: What folds, what lists and draws, what tells of one action: the suite prints these.
SHORT = (EDITION, ACADEMIES, f"{ACADEMIES}montpellier/actions/start-up-ruffie/")
#: The rest of the kinds, which ``make audit`` prints as well.
REST = ("/", f"{ACADEMIES}lyon/", "/accessibilite/", "/plan-du-site/")


def words(text: str) -> Counter[str]:
    return Counter(word for word in re.findall(r"[^\W\d_]{3,}", text.casefold()))


def missing(page: Page) -> Counter[str]:
    """The words of the page that its sheets of paper lack, as often as they lack them."""
    read = str(page.evaluate(READ))  # still: the page is there as it came, and runs no script
    with Reader(page.pdf()) as paper:
        assert paper.texts
        return words(read) - words(" ".join(paper.texts))


def test_a_page_is_printed_whole_by_its_style_alone(site: str, open_page: Callable[..., Any]) -> None:
    with open_page(java_script_enabled=False) as page:
        for address in (*SHORT, *(REST if THOROUGH else ())):
            page.goto(site + address)
            assert not missing(page), address


def test_the_synthesis_is_printed_whole(small_site: str, open_page: Callable[..., Any]) -> None:
    with open_page(java_script_enabled=False) as page:
        page.goto(f"{small_site}{EDITION}synthese/")
        assert not missing(page)


def test_the_pages_of_a_moderator_are_printed_whole(site: str, open_as: Callable[..., Any]) -> None:
    load_demonstration(at=timezone.now())
    sheet = Action.objects.filter(etat=Etat.SUBMITTED, semaine__edition__year__gt="2020").earliest("pk")
    pages = ("/mon-espace/", "/moderation/", f"/fiches/{sheet.pk}/", "/pilotage/couverture/")
    with open_as(User.objects.get(email="moderatrice@exemple.fr"), java_script_enabled=False) as page:
        for address in pages:
            page.goto(site + address)
            assert not missing(page), address


def test_on_paper_there_is_ink_and_nothing_to_press_and_scripts_open_what_is_folded(
    site: str, open_page: Callable[..., Any]
) -> None:
    with open_page(theme="dark") as page:
        page.goto(site)
        page.locator("html[data-fr-theme=dark]").wait_for(state="attached")
        page.emulate_media(media="print")
        expect(page.locator(".fr-btn, nav a").filter(visible=True)).to_have_count(0)
        expect(page.locator("h1")).to_have_css("color", "rgb(0, 0, 0)")
        expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(page.locator(".a-accueil")).to_have_css("background-color", "rgba(0, 0, 0, 0)")
        # a browser that knows no such style as opens what is folded
        page.emulate_media(media="null")
        page.goto(site + EDITION)
        folds = page.locator("details")
        page.locator("html[data-fr-js]").wait_for(state="attached")
        page.locator(".a-axe summary").first.click()
        count = folds.count()  # still: all that folds is of the page as it came
        assert count == 13
        # still: the script answers at once
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.locator("details[open]")).to_have_count(count)
        page.evaluate("dispatchEvent(new Event('afterprint'))")  # still: the same
        # what the reader had opened stays open
        expect(page.locator("details[open]")).to_have_count(1)

"""The part of the audit of accessibility (docs/rgaa.md) that scripts can do, on its sample of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from accroche.actions.models import Action
from accroche.comptes.models import User
from accroche.portail.operations import load_demonstration
from tests.browser.look import OVERFLOW, ready
from tests.browser.rgaa import CUT, marked_up, parsed, spaced, styled, walked
from tests.browser.targets import too_small
from tests.browser.test_public_pages import PAGES
from tests.thorough import THOROUGH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INDENTED = """() => [...document.querySelectorAll('dl')]
  .filter((list) => getComputedStyle(list).paddingInlineStart !== '0px')
  .map((list) => `indented: ${list.className}`)"""
#: The sample; the suite holds to it what stands in ``SHORT``, and ``make audit`` the whole.
PUBLIC = (
    *(PAGES[name] for name in ("accueil", "edition", "academies", "semaine", "semaine non disponible")),
    *(PAGES[name] for name in ("action", "accessibilité", "mentions", "plan", "introuvable")),
    "/declarer/",
    "/declarer/retrouver/",
    "/annuaire/",
    "/innovation/",
    "/comptes/connexion/",
)
PORTEUR = (
    "/mon-espace/",
    "/mes-fiches/",
    "/comptes/moi/",
    "/fiches/{}/",
    "/fiches/{}/modifier/",
    "/fiches/{}/pieces/",
)
MODERATRICE = (
    "/moderation/",
    "/fiches/{}/",
    "/imports/recensement/",
    "/pilotage/couverture/",
    "/pilotage/semaines/2026-2027/toulouse/",
    "/comptes/personnes/",
    "/documents/",
)
SHORT = {
    PAGES["semaine"],  # what a reader looks for: prose, figures, a list of actions
    PAGES["academies"],  # a list with its filters, and the map
    "/declarer/",  # the longest form, with all its kinds of fields
    "/moderation/",  # a moderator's desk: tools, boxes to tick, lines that lead on
    "/pilotage/couverture/",  # the widest table
}
WRITERS = (("porteur", "to_complete", PORTEUR), ("moderatrice", "submitted", MODERATRICE))


def sample(addresses: Iterable[str]) -> list[str]:
    """Return those of the addresses that this run looks at."""
    return [address for address in addresses if THOROUGH or address in SHORT]


def twice(page: Page) -> list[str]:
    """What does not hold, or is cut, when text alone is twice as large."""
    styled(page, "html { font-size: 200% !important; }")
    # still: a style is there once it was added
    cut = [found.replace("10.12", "10.4") for found in page.evaluate(CUT)]
    # still: the same
    return [*cut, *(["10.4 wider than the screen"] if page.evaluate(OVERFLOW) else [])]


def indented(page: Page) -> list[str]:
    """The lists of facts that begin further to the right than what stands around them."""
    found: list[str] = page.evaluate(INDENTED)  # still: the page is there
    return found


def findings(page: Page, site: str, addresses: Iterable[str]) -> list[str]:
    """All that the scripts of the audit find on these pages, each after its address."""
    found, titles = [], set()
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 800})
        response = page.goto(site + address)
        assert response is not None
        ready(page)
        faults = parsed(response.text()) + marked_up(page)
        unseen, stops = walked(page)
        faults += unseen
        assert stops > 10, address
        title = page.title()  # still: the page is there
        faults += ["8.6 the title of another page"] if title in titles else []
        titles.add(title)
        page.set_viewport_size({"width": 360, "height": 800})
        faults += [f"too small for a finger: {pressed}" for pressed in too_small(page)]
        faults += indented(page)
        faults += spaced(page)
        page.set_viewport_size({"width": 320, "height": 800})
        # still: measuring lays it out anew
        faults += ["10.11 wider than the screen, set apart"] if page.evaluate(OVERFLOW) else []
        styled(page)
        page.set_viewport_size({"width": 1280, "height": 800})
        faults += twice(page)
        found += [f"{address} {fault}" for fault in faults]
    return found


def test_the_public_pages_hold_what_scripts_can_ask(site: str, open_page: Callable[..., Any]) -> None:
    with open_page(may_miss=THOROUGH) as page:
        assert findings(page, site, sample(PUBLIC)) == []


def test_the_pages_of_those_who_write_and_read_again_hold_it_too(
    site: str, open_as: Callable[..., Any]
) -> None:
    load_demonstration(at=timezone.now())
    sheets = Action.objects.filter(semaine__edition__year__gt="2020")
    for prefix, state, addresses in WRITERS:
        person = User.objects.get(email=f"{prefix}@exemple.fr")
        sheet = sheets.filter(etat=state).order_by("pk").first()
        assert sheet is not None
        if chosen := sample(addresses):
            with open_as(person) as page:
                assert findings(page, site, (address.format(sheet.pk) for address in chosen)) == []


def test_what_the_suite_looks_at_is_of_the_sample() -> None:
    assert set(PUBLIC) | set(PORTEUR) | set(MODERATRICE) >= SHORT


#: What is wrong, and the criteria that say so.
BROKEN = {
    "<h3>B</h3>": "9.1",
    "<table><tr><td>1</td></tr></table>": "5.4",
    "<a href='/x' title='Autre chose'>Ici</a>": "6.1",
    "<a href='/x' target='_blank'>Ici</a>": "13.2",
    "<input type='text'>": "11.1",
    "<i id='a'>1</i><i id='a'>2</i>": "8.2 id a twice",
    "<button></button>": "11.9",
    "<a href='/y' style='outline: none'>Rien ne le montre</a>": "10.7",
    "<div style='height: 21px; overflow: hidden'>Une ligne de texte</div>": "10.12",
    "<div style='height: 22px; line-height: 1; overflow: hidden'>Deux mots</div>": "10.4",
    "<div style='width: 340px'>Large</div>": "10.11",
    "<a href='/z'>Petit</a>": "too small for a finger",
    "<dl style='padding-left: 2em'><dt>Un terme</dt><dd>Sa définition</dd></dl>": "indented",
    "<b></i>": "8.2 ((",
}


def test_the_scripts_find_what_they_should(open_page: Callable[..., Any], tmp_path: Any) -> None:
    """Without it, an audit that looks at nothing would be green."""
    path = tmp_path / "page.html"
    links = "".join(f"<p><a href='/{number}'>Lien {number}</a></p>" for number in range(12))
    main = "".join(["<h1>A</h1>", links, *(f"<div>{broken}</div>" for broken in BROKEN)])
    path.write_text(
        f"<!doctype html><html lang=fr data-fr-js><title>A</title><main>{main}</main></html>",
        encoding="utf-8",
    )
    with open_page() as page:
        found = findings(page, tmp_path.as_uri(), ["/page.html"])
    for broken, criterion in BROKEN.items():
        assert any(fault.startswith(f"/page.html {criterion}") for fault in found), (broken, found)

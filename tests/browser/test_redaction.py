"""The bureau writes a part of its report: by buttons, two at once, and with the line cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from accroche.campagne.models import Texte
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import fine, follow
from tests.factories import YEAR
from tests.tutorat.tutorats import scene

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_write_the_report_and_nothing_typed_is_lost(
    live_server: LiveServer, open_as: Callable[..., AbstractContextManager[Page]]
) -> None:
    found = scene()
    other = factories.person(TypeRole.NATIONAL, "brice@education.example")
    report = f"{live_server.url}/editions/{YEAR}/redaction/"
    with open_as(found.bureau.user, may_conflict=True, may_refuse=True) as page:
        page.goto(report)
        fine(page)
        follow(page.get_by_role("link", name="Introduction"))
        text = page.get_by_label("Texte")
        state = page.locator("[data-etat]")
        preview = page.locator("[data-apercu-ici]")
        text.press_sequentially("Le mot")
        text.press("Shift+Control+ArrowLeft")
        page.get_by_role("button", name="Gras").click()
        text.press("End")
        text.press("Enter")
        page.get_by_role("button", name="Liste", exact=True).click()
        text.press_sequentially("un")
        text.press("Enter")
        text.press_sequentially("deux")
        expect(text).to_have_value("Le **mot**\n- un\n- deux")
        expect(state).to_contain_text("Enregistré à", timeout=15_000)
        expect(preview.locator("li")).to_have_text(["un", "deux"])
        fine(page)
        with open_as(other) as second:
            second.goto(f"{report}introduction/")
            expect(second.locator("[data-autres]")).to_contain_text("aussi cette page ouverte")
            second.get_by_label("Texte").fill("Un autre début.")
            expect(second.locator("[data-etat]")).to_contain_text("Enregistré à", timeout=15_000)
        # the first one goes on without having read it
        text.press_sequentially(", trois")
        conflict = page.locator("[data-conflit]")
        expect(conflict).to_be_visible(timeout=15_000)
        follow(conflict.get_by_role("button", name="Voir les deux et choisir"))
        expect(page.get_by_text("Un autre début.").first).to_be_visible()
        fine(page)
        follow(page.get_by_role("button", name="Enregistrer ces choix"))
        expect(page.get_by_text("C’est enregistré.")).to_be_visible()
        _cut_off(page)
    assert Texte.objects.filter(text__startswith="Sans réseau.").exists()
    with open_as(found.bureau.user, width=360) as page:
        _look_at_each(page, report)


def _cut_off(page: Page) -> None:
    """The line is cut, then the sign-in ends: what was typed waits on this device, and is offered again."""
    text, state = page.get_by_label("Texte"), page.locator("[data-etat]")
    page.context.set_offline(True)
    text.press_sequentially("Sans réseau. ")
    expect(state).to_contain_text("gardé sur cet appareil", timeout=15_000)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.context.set_offline(False)
    expect(state).to_contain_text("Votre connexion a pris fin", timeout=15_000)
    fine(page)
    page.context.clear_cookies()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gave
    page.reload()
    expect(text).to_have_value("Le **mot**\n\n- un\n- deux, trois")
    page.get_by_role("button", name="Reprendre cette saisie").click()
    expect(state).to_contain_text("Enregistré à", timeout=15_000)


def _look_at_each(page: Page, report: str) -> None:
    """Every kind of part on a phone, then a version, put back."""
    for part in ("perspectives", "tutorat", "conclusion-mobiliser-partenaires", "mentions"):
        page.goto(f"{report}{part}/")
        fine(page)
    page.goto(f"{report}introduction/versions/")
    fine(page)
    follow(page.get_by_role("link", name="Version 1"))
    fine(page)
    follow(page.get_by_role("button", name="Remettre cette version"))
    expect(page.get_by_label("Texte")).to_have_value("Le **mot**\n\n- un\n- deux")

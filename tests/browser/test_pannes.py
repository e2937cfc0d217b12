"""A site too busy to write: the form goes on trying, a page holds what was sent, nothing is typed twice."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError
from django.urls import reverse
from playwright.sync_api import expect

from accroche.actions import operations
from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.commun.pannes import Panne
from tests import factories
from tests.browser.look import fine, follow

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("open_today"),
]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Make the next ``left`` writings of a sheet find the database busy, for one second each."""
    state, save = {"left": 0, "met": 0}, operations.save

    def saved(*args: Any, **more: Any) -> Any:
        if state["left"]:
            state["left"] -= 1
            state["met"] += 1
            error = OperationalError("database is locked")
            error.__cause__ = sqlite3.OperationalError("database is locked")
            error.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return save(*args, **more)

    monkeypatch.setattr(operations, "save", saved)
    monkeypatch.setattr("accroche.portail.middleware.panne_of", lambda _error: Panne("busy", 1))
    return state


def a_draft() -> tuple[Action, Any]:
    where, person = factories.territory(), factories.user()
    return factories.action(where, factories.school(where), Etat.DRAFT, declarant=person), person


def test_what_saves_itself_says_so_and_goes_on_trying(
    live_server: LiveServer, open_as: Opener, busy: dict[str, int]
) -> None:
    sheet, person = a_draft()
    with open_as(person, width=360, may_be_busy=True) as page:
        page.goto(f"{live_server.url}{reverse('actions:modifier', args=[sheet.pk])}")
        busy["left"] = 2
        page.get_by_label("Titre de l’action").fill("Écrit dans la foule")
        page.locator("[data-etat]").filter(has_text="Rien n’est perdu : nous réessayons").wait_for()
        fine(page)
        page.locator("[data-etat]").filter(has_text="Enregistré à").wait_for()
    assert busy["met"] == 2
    sheet.refresh_from_db()
    assert sheet.title == "Écrit dans la foule"


def test_a_page_holds_what_was_sent_and_sends_it_again(
    live_server: LiveServer, open_as: Opener, busy: dict[str, int]
) -> None:
    sheet, person = a_draft()
    text = "Première ligne,\n\n« deuxième » & <troisième>.\n" * 40 + "Fin."
    with open_as(person, width=360, may_be_busy=True, java_script_enabled=False) as page:
        page.goto(f"{live_server.url}{reverse('actions:modifier', args=[sheet.pk])}")
        page.locator("#id_description").fill(text)
        busy["left"] = 2
        follow(page.get_by_role("button", name="Enregistrer le brouillon"))
        page.get_by_role("heading", name="Le site est trop occupé en ce moment").wait_for()
        if folder := os.environ.get("LOOK"):
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=str(Path(folder) / f"503-{width}.png"), full_page=True)
        follow(page.get_by_role("button", name="Réessayer"))
        follow(page.get_by_role("button", name="Réessayer"))
        page.wait_for_url("**/modifier/")
        expect(page.locator("#id_description")).to_have_value(text)
    assert busy["met"] == 2
    sheet.refresh_from_db()
    assert sheet.description.split() == text.split()

"""An edition is closed and the next one opened from it, in a real browser, as the bureau does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from accroche.campagne.models import Edition
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import fine, follow, reads
from tests.factories import YEAR

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("open_today"),
]


def test_the_bureau_opens_the_next_edition_and_closes_this_one(
    live_server: LiveServer, open_as: Callable[..., AbstractContextManager[Page]]
) -> None:
    factories.territory()
    Edition.objects.update(declaration_closes=dt.date(2026, 11, 1))
    with open_as(factories.person(TypeRole.NATIONAL), width=360) as page:
        page.goto(f"{live_server.url}/pilotage/editions/")
        follow(page.get_by_role("link", name="Ouvrir l’édition 2027-2028"))
        reads(page.locator(".fr-callout"), "1 académie, celles qui existent le")
        fine(page)
        follow(page.get_by_role("button", name="Ouvrir l’édition", exact=True))
        reads(page.locator("h1"), "Édition 2027-2028")
        page.goto(f"{live_server.url}/pilotage/editions/{YEAR}/")
        fine(page)
        follow(page.get_by_role("button", name="Clore l’édition"))
        reads(page.locator(".a-chapeau"), "Close")
        reads(page.locator(".a-page"), "Les dates d’une édition close ne changent plus")
        page.goto(f"{live_server.url}/pilotage/editions/")
        reads(page.locator(".a-etablissements"), "Édition 2027-2028", "Close depuis le")
    assert {one.year: one.is_closed for one in Edition.objects.all()} == {YEAR: True, "2027-2028": False}

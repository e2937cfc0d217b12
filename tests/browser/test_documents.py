"""The documents of an académie in a browser: read on a telephone and on a wide screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.cycle import Etat
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.browser.look import fine

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_moderator_finds_the_census_list_and_reads_it(
    live_server: LiveServer, open_as: Callable[..., AbstractContextManager[Page]]
) -> None:
    where = factories.territory()
    for number, etat in enumerate((Etat.SUBMITTED, Etat.PUBLISHED, Etat.REFUSED), start=1):
        factories.action(where, factories.school(where, number), etat)
    person: Any = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    with open_as(person) as page:
        page.goto(f"{live_server.url}/documents/")
        fine(page)
        page.get_by_role("link", name="Académie de Dijon").click()
        page.wait_for_url("**/documents/liste-recensement/**")
        fine(page)

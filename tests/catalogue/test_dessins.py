"""Cards and events are drawn once: pages are the same to the letter, and tell what is true now."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from accroche.actions.cycle import Etat
from accroche.commun import dessins
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from accroche.actions.models import Action
    from tests.factories import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_today")]

WEEK = "/editions/2026-2027/academies/dijon/"
PAGES = (WEEK, "/actions/", "/academies/dijon/", "/agenda/", "/integre/actions/")


@pytest.fixture
def sheet(where: Territory) -> Action:
    """A published sheet of a school of a commune, with a day to come."""
    found = factories.action(
        where, factories.school(where), title="Rallye des écluses <& co>", etat=Etat.PUBLISHED
    )
    found.starts = factories.NOW.date() + dt.timedelta(days=3)
    found.description = "Un mot. " * 40
    found.save()
    return found


def read(client: Client) -> list[str]:
    return [client.get(address).content.decode() for address in PAGES]


def test_pages_are_the_same_and_true(client: Client, sheet: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        for kept in ("_draw", "_draw_table"):
            patch.setattr(dessins, kept, dessins._drawn)
        never = read(client)
    assert all("Rallye des écluses &lt;&amp; co&gt;" in page for page in never)
    dessins._draw.cache_clear()
    assert [read(client) for _ in range(2)] == [never] * 2
    assert dessins._draw.cache_info().hits >= len(PAGES)

    sheet.title = "Rallye des ponts"
    sheet.save()
    assert all("Rallye des ponts" in page and "écluses" not in page for page in read(client))
    carrier = sheet.portages.get().porteur
    carrier.name = "Collège des Mariniers"
    carrier.save()
    # the agenda tells places, no carriers
    assert all("Mariniers" in page for page, at in zip(read(client), PAGES, strict=True) if at != "/agenda/")
    sheet.etat = Etat.WITHDRAWN
    sheet.save()
    assert not any("Rallye" in page for page in read(client))

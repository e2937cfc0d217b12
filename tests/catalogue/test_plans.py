"""The pages of the public find their sheets by an index, whatever there is: each says by which."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.catalogue.queries.flux import LATEST
from accroche.votes.models import Scrutin
from tests import factories, indexing
from tests.factories import Territory
from tests.plans import as_of_many, plans

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

DAY: Final = dt.date(2027, 3, 9)
SHEETS, CARRIED, CANDIDATES = "actions_action", "actions_actionporteur", "actions_candidature"
PORTEURS: Final = "annuaire_porteur"
BY_NUMBER: Final = (SHEETS, "primary key")
OF_SHEET: Final = (CARRIED, "actions_actionporteur_action_id_11574dca")
OF_CARRIER: Final = (CARRIED, "actions_actionporteur_porteur_id_f4f29ab8")
VOTED: Final = (CANDIDATES, "sqlite_autoindex_actions_candidature_1")
#: How SQLite, which has no statistics here either, finds sheets, their carriers and candidates.
WAYS: Final = {
    "/editions/2026-2027/academies/dijon/": {(SHEETS, "action_published"), BY_NUMBER, OF_SHEET, VOTED},
    "/editions/2026-2027/academies/dijon/actions/forum/": {
        (SHEETS, "sqlite_autoindex_actions_action_1"),
        (SHEETS, "actions_action_previous_id_236dbc68"),
        (CARRIED, "sqlite_autoindex_actions_actionporteur_1"),
        BY_NUMBER,
        OF_SHEET,
    },
    "/academies/dijon/": {
        (SHEETS, "action_published"),
        (SHEETS, "action_days"),
        BY_NUMBER,
        OF_SHEET,
        VOTED,
    },
    f"/agenda/?jour={DAY}": {BY_NUMBER, OF_SHEET},
    "/actions/?q=forum": {BY_NUMBER, OF_SHEET},
    "/actions/?academie=dijon": {BY_NUMBER, OF_SHEET},
    "/etablissements/{uai}/": {BY_NUMBER, OF_SHEET, OF_CARRIER},
}


def test_no_page_looks_through_all_sheets(
    client: Client, where: Territory, settings: Any, tmp_path: Path
) -> None:
    settings.INDEX = tmp_path / "index"
    school = factories.school(where)
    for slug in ("forum", "salon"):
        factories.action(where, school, Etat.PUBLISHED, slug=slug, starts=DAY)
    # one that is open and has no candidate yet: all of them might be looked for
    now, day = timezone.now(), dt.timedelta(days=1)
    Scrutin.objects.create(
        edition=where.semaine.edition, slug="prix", title="Prix", opens_at=now - day, closes_at=now + day
    )
    indexing.fill(settings.INDEX)
    as_of_many(SHEETS, CARRIED, CANDIDATES)
    found = {}
    for path in WAYS:
        with plans() as asked:
            assert client.get(path.format(uai=school.uai)).status_code == 200
        found[path] = {way for way in asked if way[0] in {SHEETS, CARRIED, CANDIDATES}}
    # candidates are few, and PostgreSQL may read them all
    whole = {(SHEETS, "all"), (CARRIED, "all")}
    assert not {(path, *way) for path, ways in found.items() for way in ways & whole}
    # which of several indexes PostgreSQL takes depends on the size that runs before left them
    if connection.vendor == "sqlite":
        assert found == WAYS


def test_the_map_of_the_site_counts_no_sheet_and_looks_at_each_carrier_once(
    client: Client, where: Territory
) -> None:
    """Those outside the directory share one value of its index: by that, each sheet looks at all of them."""
    factories.action(where, factories.school(where), Etat.PUBLISHED)
    as_of_many(SHEETS, CARRIED, PORTEURS)
    with plans() as asked:
        assert client.get("/sitemap.xml").status_code == 200
    assert not {way for way in asked if way[0] == CARRIED}
    with plans() as asked:
        assert client.get("/sitemap-porteurs-0.xml").status_code == 200
    ways = {way for way in asked if way[0] == PORTEURS}
    assert ways == {(PORTEURS, "primary key" if connection.vendor == "sqlite" else "annuaire_porteur_pkey")}


def test_all_sheets_are_read_from_either_end_as_far_as_one_asks(where: Territory) -> None:
    """A feed is the last of them; an index is made of all, some at a time: none is sorted each time."""
    factories.action(where, etat=Etat.PUBLISHED)
    # of few semaines, whose pages others filled and left, PostgreSQL would read all the sheets
    as_of_many(SHEETS, "campagne_semaine")
    for found in (Action.objects.last_published(), Action.objects.published_after(0)):
        told = found[:LATEST].explain()
        assert ("TEMP B-TREE" if connection.vendor == "sqlite" else "Sort") not in told

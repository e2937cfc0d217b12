from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accroche.lib.moments import OUTRE_MER, PARIS
from accroche.lib.terre import distance
from accroche.lib.texte import slug
from accroche.tutorat.rectorats import RECTORATS

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier

REFERENCE = Path("accroche/annuaire/reference.toml")


def test_every_academie_has_its_rectorat() -> None:
    known = tomllib.loads(REFERENCE.read_text("utf-8"))["academies"]
    assert set(RECTORATS) == {slug(name) for name in known}


@pytest.mark.parametrize("code", sorted(RECTORATS))
def test_its_clock_in_winter_is_that_of_its_territory(code: str) -> None:
    zone = OUTRE_MER[code].zone if code in OUTRE_MER else PARIS
    offset = zone.utcoffset(dt.datetime(2016, 1, 15))  # noqa: DTZ001 - the hour on its own clock
    assert offset == dt.timedelta(hours=RECTORATS[code].hours)


def test_a_town_is_where_its_schools_are(pack_2015: EditionDossier) -> None:
    schools = [
        (one.commune, (one.latitude, one.longitude))
        for semaine in pack_2015.semaines
        for action in semaine.actions
        for one in action.porteurs
        if one.latitude is not None and one.longitude is not None
    ]
    met = 0
    for rectorat in RECTORATS.values():
        for commune, place in schools:
            if commune == rectorat.town:
                met += 1
                assert distance(place, (rectorat.latitude, rectorat.longitude)) < 8
    assert met > 5

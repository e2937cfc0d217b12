"""The reference data: the académies of then and of now, and their départements."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.annuaire.departements import REFERENCE
from accroche.annuaire.models import Academie, Departement
from accroche.annuaire.operations import load_reference
from accroche.annuaire.tuiles import TUILES
from accroche.lib.texte import slug

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier

pytestmark = pytest.mark.django_db

THEN = dt.date(2016, 3, 1)
NOW = dt.date(2024, 1, 1)


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    assert db is None, "asked for its effect: the database is open"
    load_reference()


def names(day: dt.date) -> set[str]:
    return {academie.name for academie in Academie.objects.valid_on(day)}


def everything() -> list[Any]:
    return [
        list(Departement.objects.order_by("pk").values_list()),
        list(Academie.objects.order_by("pk").values_list()),
        sorted(Academie.departements.through.objects.values_list()),
        sorted(Academie.successors.through.objects.values_list()),
    ]


def test_thirty_academies_held_the_2015_2016_edition(pack_2015: EditionDossier) -> None:
    assert len(names(THEN)) == 30
    assert names(THEN) == {semaine.academie for semaine in pack_2015.semaines}
    assert {"Caen", "Rouen"} <= names(THEN)
    assert not {"Normandie", "Mayotte"} & names(THEN)


def test_thirty_academies_today() -> None:
    assert names(NOW) - names(THEN) == {"Normandie", "Mayotte"}
    assert names(THEN) - names(NOW) == {"Caen", "Rouen"}


@pytest.mark.parametrize("name", ["Caen", "Rouen"])
def test_normandie_succeeds_without_a_day_between(name: str) -> None:
    academie = Academie.objects.get(name=name)
    (successor,) = academie.successors.all()
    assert successor.name == "Normandie"
    assert academie.valid_until is not None
    assert successor.valid_from - academie.valid_until == dt.timedelta(days=1)
    assert successor.valid_from == dt.date(2020, 1, 1)


def test_only_these_two_are_succeeded() -> None:
    assert {a.name for a in Academie.objects.exclude(successors=None)} == {"Caen", "Rouen"}
    assert {a.name for a in Academie.objects.exclude(valid_until=None)} == {"Caen", "Rouen"}
    normandie = Academie.objects.get(name="Normandie")
    held = {d.code for d in normandie.departements.all()}
    assert held == {d.code for d in Departement.objects.filter(academies__in=normandie.predecessors.all())}


@pytest.mark.parametrize("day", [THEN, dt.date(2019, 12, 31), dt.date(2020, 1, 1), NOW])
def test_every_departement_but_a_vice_rectorat_is_in_one_academie(day: dt.date) -> None:
    count = Counter(
        departement.code
        for academie in Academie.objects.valid_on(day)
        for departement in academie.departements.all()
    )
    everywhere = set(Departement.objects.values_list("code", flat=True))
    assert len(everywhere) == 107
    vice_rectorats = {"986", "987", "988"} | ({"976"} if day < dt.date(2020, 1, 1) else set())
    assert everywhere - set(count) == vice_rectorats
    assert set(count.values()) == {1}


def test_again_writes_nothing() -> None:
    before = everything()
    with CaptureQueriesContext(connection) as queries:
        load_reference()
    verbs = {query["sql"].split()[0] for query in queries}
    assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE"}
    assert len(queries) < 10
    assert everything() == before


def test_what_was_changed_by_mistake_comes_back() -> None:
    before = everything()
    Departement.objects.filter(code="21").update(name="Cote d'Or")
    Academie.objects.filter(name="Caen").update(valid_until=None)
    Academie.objects.get(name="Dijon").departements.clear()
    Academie.objects.get(name="Rouen").successors.clear()
    load_reference()
    after = everything()
    assert after[:2] == before[:2]
    # rows of a link table have new numbers, and link the same
    assert [sorted(row[1:] for row in table) for table in after[2:]] == [
        sorted(row[1:] for row in table) for table in before[2:]
    ]


def test_every_academie_cited_by_the_table_is_in_it() -> None:
    table = tomllib.loads(REFERENCE.read_text(encoding="utf-8"))
    cited = {code for facts in table["academies"].values() for code in facts["departements"]}
    assert set(table["departements"]) - cited == {"986", "987", "988"}
    assert cited < set(table["departements"])
    assert Academie.objects.count() == len(table["academies"]) == 32
    assert all(academie.slug == slug(academie.name) for academie in Academie.objects.all())


def test_every_academie_has_its_tile_and_no_two_the_same_place() -> None:
    assert set(TUILES) == set(Academie.objects.values_list("name", flat=True))
    for day in (THEN, NOW):
        places = Counter((column, row) for name in names(day) for _, column, row in [TUILES[name]])
        assert max(places.values()) == 1
    assert len({code for code, _, _ in TUILES.values()}) == len(TUILES)

"""Territories: what the database itself refuses, and who exists when."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.models import Academie, Departement, Porteur, validate_uai
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.models import Semaine
from accroche.lib.uai import LETTERS, check_letter

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]


@pytest.fixture
def dijon() -> Academie:
    return Academie.objects.create(slug="dijon", name="Dijon", valid_from=dt.date(1900, 1, 1))


def porteur(academie: Academie, **columns: Any) -> Porteur:
    return Porteur(**{"academie": academie, "kind": "college", "name": "Collège Félix Tisserand"} | columns)


def test_an_academie_cannot_end_before_it_begins(dijon: Academie) -> None:
    dijon.valid_until = dijon.valid_from
    dijon.save()
    dijon.valid_until = dijon.valid_from - dt.timedelta(days=1)
    with pytest.raises(IntegrityError, match="academie_period_in_order"):
        dijon.save()


@pytest.mark.parametrize("columns", [{"slug": "dijon", "name": "Autre"}, {"slug": "autre", "name": "Dijon"}])
def test_an_academie_has_its_own_name_and_address(dijon: Academie, columns: dict[str, str]) -> None:
    with pytest.raises(IntegrityError):
        Academie.objects.create(valid_from=dijon.valid_from, **columns)


def test_a_departement_has_its_own_code() -> None:
    Departement.objects.create(code="21", name="Côte-d’Or")
    with pytest.raises(IntegrityError):
        Departement.objects.create(code="21", name="Autre")


@pytest.mark.parametrize(
    ("day", "there"),
    [
        (dt.date(2019, 12, 31), False),
        (dt.date(2020, 1, 1), True),
        (dt.date(2020, 6, 30), True),
        (dt.date(2020, 7, 1), False),
    ],
)
def test_an_academie_exists_from_its_first_day_to_its_last(day: dt.date, there: bool) -> None:
    Academie.objects.create(
        slug="a", name="A", valid_from=dt.date(2020, 1, 1), valid_until=dt.date(2020, 6, 30)
    )
    assert Academie.objects.valid_on(day).exists() is there


def test_an_academie_without_end_still_exists(dijon: Academie) -> None:
    assert list(Academie.objects.valid_on(dt.date(2999, 1, 1))) == [dijon]


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(90.1, 0.0), (-90.1, 0.0), (0.0, 180.1), (0.0, -180.1), (47.0, None), (None, 5.0), (91.0, None)],
)
def test_a_carrier_is_on_earth_or_nowhere(
    dijon: Academie, latitude: float | None, longitude: float | None
) -> None:
    with pytest.raises(IntegrityError, match="porteur_on_earth"):
        porteur(dijon, latitude=latitude, longitude=longitude).save()


@pytest.mark.parametrize(("latitude", "longitude"), [(None, None), (0.0, 0.0), (-90.0, 180.0), (47.13, 4.94)])
def test_a_carrier_may_have_a_position(
    dijon: Academie, latitude: float | None, longitude: float | None
) -> None:
    porteur(dijon, latitude=latitude, longitude=longitude).save()
    assert Porteur.objects.get().latitude == latitude


def test_a_carrier_is_there_once(dijon: Academie) -> None:
    porteur(dijon, commune="Nuits-Saint-Georges").save()
    porteur(dijon, commune="Beaune").save()
    porteur(dijon, kind="lycee", commune="Beaune").save()
    with pytest.raises(IntegrityError):
        porteur(dijon, commune="Beaune").save()


def test_a_uai_names_one_school_and_none_may_lack(dijon: Academie) -> None:
    porteur(dijon, name="A").save()
    porteur(dijon, name="B").save()
    porteur(dijon, name="C", uai="0010001W").save()
    with pytest.raises(IntegrityError):
        porteur(dijon, name="D", uai="0010001W").save()


@given(st.text(alphabet="0123456789", min_size=7, max_size=7), st.sampled_from(LETTERS))
def test_only_the_letter_that_follows_from_the_digits_passes(digits: str, letter: str) -> None:
    if letter == check_letter(digits):
        validate_uai(digits + letter)
    else:
        with pytest.raises(ValidationError):
            validate_uai(digits + letter)


def test_an_academie_in_use_cannot_go(dijon: Academie) -> None:
    porteur(dijon).save()
    with pytest.raises(ProtectedError), transaction.atomic():
        dijon.delete()


@pytest.mark.parametrize(
    ("columns", "text"),
    [({"commune": "Beaune"}, "Collège Félix Tisserand, Beaune"), ({}, "Collège Félix Tisserand")],
)
def test_a_carrier_is_told_with_its_commune(dijon: Academie, columns: dict[str, str], text: str) -> None:
    assert str(porteur(dijon, **columns)) == text


@pytest.mark.parametrize("kind", TypePorteur)
def test_only_schools_stand_for_a_level(kind: TypePorteur) -> None:
    level = {
        "ecole": Niveau.PREMIER_DEGRE,
        "college": Niveau.COLLEGE,
        "lycee": Niveau.LYCEE,
        "lycee_professionnel": Niveau.LYCEE_PROFESSIONNEL,
    }.get(kind)
    assert kind.level == level


@given(st.sets(st.sampled_from(Niveau)), st.sets(st.sampled_from(Niveau)))
def test_ticked_levels_are_exactly_those_set(before: set[Niveau], wanted: set[Niveau]) -> None:
    semaine = Semaine()
    semaine.set_levels(frozenset(before))
    semaine.set_levels(frozenset(wanted))
    assert set(semaine.levels) == wanted
    assert list(semaine.levels) == sorted(semaine.levels, key=list(Niveau).index)


def test_every_code_has_its_words() -> None:
    assert [level.label for level in Niveau] == ["Premier degré", "Collège", "Lycée", "Lycée professionnel"]
    assert all(kind.label for kind in TypePorteur)

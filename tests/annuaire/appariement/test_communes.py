"""Communes as people shorten, misspell and remember them."""

from __future__ import annotations

import pytest

from accroche.annuaire.appariement.communes import Town, Towns, commune_key

TOWNS = Towns(
    [
        Town("chalonsaone", "Chalon-sur-Saône", "71076", 20),
        Town("chalonvieux", "Chalon-le-Vieux", "71999", 2),
        Town("perpignan", "Perpignan", "66136", 40),
        Town("montpellier", "Montpellier", "34172", 60),
        Town("valserhone", "Valserhône", "01033", 5),
        Town("saintlaurentsalanque", "Saint-Laurent-de-la-Salanque", "66180", 3),
        Town("ales", "Alès", "30007", 9),
        Town("lyon#5", "Lyon 5e Arrondissement", "69385", 9),
        Town("lyon#3", "Lyon 3e Arrondissement", "69383", 9),
    ]
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Chalon-sur-Saône", "chalonsaone"),
        ("Chalon s/ S.", "chalonsaone"),
        ("CHALON/SAONE", "chalonsaone"),
        ("Perp.", "perpignan"),
        ("PERPIGNAN CEDEX 9", "perpignan"),
        ("Perpignant", "perpignan"),
        ("Mtpl", "montpellier"),
        ("Bellegarde-sur-Valserine", "valserhone"),
        ("St Laurent de la S.", "saintlaurentsalanque"),
        ("Alèz", "ales"),
        ("Lyon IIIe", "lyon#3"),
        ("69003 LYON", "lyon#3"),
        ("Lyon (69003)", "lyon#3"),
        ("LYON CEDEX 03", "lyon#3"),
    ],
)
def test_first_found(written: str, key: str) -> None:
    found = TOWNS.find(written)
    assert max(found, key=found.__getitem__) == key, found


def test_a_shortened_name_is_surer_for_the_town_with_more_schools() -> None:
    found = TOWNS.find("Chal.")
    assert found["chalonsaone"] > found["chalonvieux"]


def test_the_very_name_costs_nothing_and_stands_alone() -> None:
    assert TOWNS.find("Perpignan") == {"perpignan": 0.0}
    assert TOWNS.find("Lyon") == {"lyon#3": 0.0, "lyon#5": 0.0}


def test_nobody_is_found_for_what_resembles_nothing() -> None:
    assert TOWNS.find("Brest") == TOWNS.find("") == TOWNS.find("B.") == {}


def test_an_arrondissement_is_known_by_its_code() -> None:
    assert commune_key("Marseille", "13208") == "marseille#8"

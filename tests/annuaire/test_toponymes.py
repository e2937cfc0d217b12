"""Names of places in a sentence."""

from __future__ import annotations

import pytest

from accroche.annuaire.departements import read_reference
from accroche.annuaire.toponymes import (
    city_of,
    departement_code,
    in_commune,
    in_departement,
    name_of_city,
    of_departement,
    parts_of,
)


@pytest.mark.parametrize(
    ("code", "name", "where", "whose"),
    [
        ("58", "Nièvre", "dans la Nièvre", "de la Nièvre"),
        ("01", "Ain", "dans l’Ain", "de l’Ain"),
        ("45", "Loiret", "dans le Loiret", "du Loiret"),
        ("40", "Landes", "dans les Landes", "des Landes"),
        ("34", "Hérault", "dans l’Hérault", "de l’Hérault"),
        ("71", "Saône-et-Loire", "en Saône-et-Loire", "de la Saône-et-Loire"),
        ("2A", "Corse-du-Sud", "en Corse-du-Sud", "de la Corse-du-Sud"),
        ("90", "Territoire de Belfort", "dans le Territoire de Belfort", "du Territoire de Belfort"),
        ("75", "Paris", "à Paris", "de Paris"),
        ("971", "Guadeloupe", "en Guadeloupe", "de la Guadeloupe"),
        ("974", "La Réunion", "à La Réunion", "de La Réunion"),
        ("976", "Mayotte", "à Mayotte", "de Mayotte"),
        ("987", "Polynésie française", "en Polynésie française", "de la Polynésie française"),
        ("988", "Nouvelle-Calédonie", "en Nouvelle-Calédonie", "de la Nouvelle-Calédonie"),
        ("975", "Saint-Pierre-et-Miquelon", "à Saint-Pierre-et-Miquelon", "de Saint-Pierre-et-Miquelon"),
    ],
)
def test_a_departement_has_its_article(code: str, name: str, where: str, whose: str) -> None:
    assert (in_departement(code, name), of_departement(code, name)) == (where, whose)


def test_only_cities_and_islands_have_no_article() -> None:
    names = read_reference()["departements"]
    bare = {name for code, name in names.items() if in_departement(code, name).startswith("à ")}
    named_after_saints = {"Saint-Barthélemy", "Saint-Martin", "Saint-Pierre-et-Miquelon"}
    assert bare == {"Paris", "La Réunion", "Mayotte", "Wallis-et-Futuna"} | named_after_saints


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Nevers", "à Nevers"),
        ("Le Havre", "au Havre"),
        ("Les Lilas", "aux Lilas"),
        ("La Rochelle", "à La Rochelle"),
        ("Lescar", "à Lescar"),
    ],
)
def test_a_commune_has_its_preposition(name: str, where: str) -> None:
    assert in_commune(name) == where


def test_a_code_tells_its_departement_and_its_city() -> None:
    assert [departement_code(code) for code in ("58194", "2A004", "97105", "98818", "")] == [
        "58",
        "2A",
        "971",
        "988",
        "",
    ]
    assert city_of("75118") == ("75056", "Paris")
    assert city_of("69389") == ("69123", "Lyon")
    assert [city_of(code) for code in ("75056", "69380", "2A004", "", "13217")] == [None] * 5
    assert parts_of("13055")[0] == "13201"
    assert len(parts_of("75056")) == 20
    assert parts_of("58194") == ()
    assert (name_of_city("69123"), name_of_city("69381")) == ("Lyon", "")

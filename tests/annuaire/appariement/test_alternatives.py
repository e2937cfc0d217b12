"""« Élémentaire ou primaire »: one type, of one school; « collège A ou collège B »: a person decides."""

from __future__ import annotations

import pytest

from accroche.annuaire.appariement import Decision, Moteur, SchoolFacts
from accroche.annuaire.appariement.alternatives import one_type

SCHOOLS = [
    SchoolFacts(number, f"034{number:04}A", kind, name, "Mèze", "34157", "34", False)
    for number, (kind, name) in enumerate(
        (
            ("ecole", "ECOLE ELEMENTAIRE DES GLYCINES"),
            ("ecole", "ECOLE PRIMAIRE OUVRARD"),
            ("lycee", "LYCEE GENERAL ET TECHNOLOGIQUE DES SALINES"),
            ("college", "COLLEGE DES SALINES"),
        ),
        start=1,
    )
]


@pytest.fixture(scope="module")
def moteur() -> Moteur:
    return Moteur(SCHOOLS, {"Montpellier": frozenset({"34"})})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ECOLE ELEMENTAIRE OU PRIMAIRE X", "ECOLE élémentaire X"),
        ("École primaire et élémentaire X", "École élémentaire X"),
        ("École élém./prim. X", "École élémentaire X"),
        ("École maternelle ou élémentaire X", "école X"),
        # two schools, or one
        ("École maternelle et élémentaire X", "École maternelle et élémentaire X"),
        ("Lycée général ou technologique X", "Lycée général et technologique X"),
        ("Lycée général, technologique ou professionnel X", "Lycée  X"),
        ("Collège ou lycée X", "Collège ou lycée X"),
    ],
)
def test_two_words_of_one_type_are_a_type(text: str, found: str) -> None:
    assert one_type(text) == found


@pytest.mark.parametrize(
    ("mention", "decision", "uais"),
    [
        ("École élémentaire ou primaire des Glycines", Decision.AUTO, ("0340001A",)),
        ("École élémentaire / primaire des Glycines", Decision.AUTO, ("0340001A",)),
        ("École maternelle ou élémentaire Ouvrard", Decision.AUTO, ("0340002A",)),
        ("Lycée général ou technologique des Salines", Decision.AUTO, ("0340003A",)),
        ("Collège des Salines ou école Ouvrard", Decision.TO_REVIEW, ("0340004A", "0340002A")),
    ],
)
def test_a_school_of_either_type_is_one(
    moteur: Moteur, mention: str, decision: Decision, uais: tuple[str, ...]
) -> None:
    found = moteur.match("Montpellier", mention, "Mèze")
    assert (found.decision, found.uais) == (decision, uais), found

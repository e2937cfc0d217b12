"""What no score outweighs: a number, a letter, another teaching, another site, a name that is taken."""

from __future__ import annotations

import pytest

from accroche.annuaire.appariement import Decision, FormerName, Match, Moteur, SchoolFacts
from accroche.annuaire.appariement.doutes import (
    BESIDE,
    BODY,
    CLASSES,
    CUT_TOWN,
    LAND,
    NUMBER,
    PLACE,
    SECONDARY,
    SEVERAL,
    SIDE,
    TAKEN,
    UNTYPED,
    WORD,
)


def school(
    number: int, kind: str, name: str, commune: str = "Sète", former: tuple[FormerName, ...] = ()
) -> SchoolFacts:
    return SchoolFacts(
        number, f"034{number:04}A", kind, name, commune, f"340{len(commune):02}", "34", False, former
    )


SCHOOLS = [
    school(1, "ecole", "ECOLE ELEMENTAIRE JACQUES VOYER"),
    school(2, "ecole", "ECOLE ELEMENTAIRE DANIELLE MITTERRAND 1"),
    school(3, "ecole", "ECOLE PRIMAIRE SAINT MAURICE A"),
    school(4, "ecole", "ECOLE ELEMENTAIRE", "Roville"),
    school(5, "lycee_professionnel", "LYCEE PROFESSIONNEL HORTICULTURE ET PAYSAGE", "Roville"),
    school(6, "lycee", "LYCEE POLYVALENT F ET I JOLIOT CURIE"),
    school(7, "ecole", "ECOLE ELEMENTAIRE DE SAINT MARC SUR COUESNON", "Rives"),
    school(8, "college", "COLLEGE LES SEPT MARES", "Maurepas", (FormerName("Collège du Parc", 2019),)),
    school(10, "ecole", "ECOLE ELEMENTAIRE COMMANDANT CHARCOT A"),
    school(11, "ecole", "ECOLE ELEMENTAIRE JULES FERRY NIVEAU 2"),
    school(12, "ecole", "ECOLE ELEMENTAIRE PARMENTIER", "Cherbourg-en-Cotentin"),
    school(9, "college", "COLLEGE DES THERMES", "Luxeuil", (FormerName("Collège Jean Rostand", 2019),)),
    school(13, "lycee", "LYCEE POLYVALENT DU NORD", "Acoua"),
    school(14, "ecole", "ECOLE PRIMAIRE VALENTINE BREDAS", "Marigot"),
    school(15, "ecole", "ECOLE ELEMENTAIRE BAIGNOIRE", "Marigot"),
    school(16, "ecole", "ECOLE ELEMENTAIRE LES LUCIOLES - LE PARC", "Marigot"),
    school(17, "ecole", "E E PU GLYCINE C"),
    school(18, "ecole", "E P PU MOUETTE D"),
    school(19, "college", "COLLEGE L ESPADON"),
    school(20, "lycee", "LYCEE GENERAL ET TECHNOLOGIQUE PHILIPPE DE BERARD", "Thau"),
    school(21, "college", "COLLEGE DES SALINES", "Thau"),
    school(22, "college", "COLLEGE PRIVE", "Vic"),
    school(23, "ecole", "ECOLE DES OYATS", "Thau"),
    school(24, "ecole", "ECOLE PRIMAIRE", "Gentianerie"),
    school(25, "ecole", "ECOLE ELEMENTAIRE DE TAMARIS 1", "Gigean"),
]


@pytest.fixture(scope="module")
def moteur() -> Moteur:
    return Moteur(SCHOOLS, {"Montpellier": frozenset({"34"})})


@pytest.mark.parametrize(
    ("mention", "commune", "why"),
    [
        ("École Jacques Voyer 2", "Sète", NUMBER),
        ("École Danielle Mitterrand 2", "Sète", NUMBER),
        ("École Danielle Mitterrand II", "Sète", NUMBER),
        ("École Saint-Maurice B", "Sète", NUMBER),
        ("École Saint-Maurice 2", "Sète", NUMBER),
        # the letters of « E E PU » and of « d’ » are not the school's
        ("École Glycine E", "Sète", NUMBER),
        ("École Glycine D", "Sète", NUMBER),
        ("École Mouette A, Sète", "", NUMBER),
        # neither an initial nor the level of a class
        ("École Charcot C", "Sète", NUMBER),
        ("École Ferry niveau 1", "Sète", NUMBER),
        ("École de Roville", "Roville", LAND),
        ("Lycée agricole Joliot-Curie", "Sète", LAND),
        ("École de Saint-Jacques-sur-Couesnon", "Rives", WORD),
        ("Collège Les Sept Mares, site Jacques Voyer", "Maurepas", PLACE),
        ("NORD", "", SIDE),
        ("Nord", "Acoua", SIDE),
        ("LT LP Philippe de Berard", "Thau", SEVERAL),
        ("École secondaire privée", "Vic", SECONDARY),
        ("École maternelle des Oyats", "Thau", CLASSES),
        ("École de Gentia", "", CUT_TOWN),
        ("Institut Jean Rostand", "Luxeuil", BODY),
        ("Salines – Philippe de Berard", "Thau", BESIDE),
        ("Sciences appliquées Philippe de Berard", "Thau", UNTYPED),
    ],
)
def test_a_contradiction_is_for_a_person_who_is_told_it(
    moteur: Moteur, mention: str, commune: str, why: str
) -> None:
    found = moteur.match("Montpellier", mention, commune)
    assert (found.decision, why in found.candidates[0].reason) == (Decision.TO_REVIEW, True), found


@pytest.mark.parametrize(
    ("mention", "commune", "number"),
    [
        ("École Danielle Mitterrand 1", "Sète", 2),
        ("École Danielle Mitterrand", "Sète", 2),
        ("École Saint-Maurice A", "Sète", 3),
        ("École Mouette D", "Sète", 18),
        ("École Mouette D, Sète", "", 18),
        # an article put last is no letter
        ("Collège Espadon (L’)", "Sète", 19),
        # what belongs to a class, to a post office, to a town
        ("École Jacques Voyer - CM2 B", "Sète", 1),
        ("École Jacques Voyer, classe 3", "Sète", 1),
        ("École Jacques Voyer, Sète Cedex 2", "", 1),
        ("École élémentaire", "Roville", 4),
        ("Lycée horticulture et paysage", "Roville", 5),
        # first names where the directory has initials
        ("Lycée Frédéric et Irène Joliot-Curie", "Sète", 6),
        ("Collège Les 7 Mares", "Maurepas", 8),
        ("École Parmentier, Cherbourg en C.", "", 12),
        ("Lycée du Nord", "", 13),
        # what a dash parts and no other school bears
        ("École Valentine Bredas - CM1", "Marigot", 14),
        ("École Valentine Bredas – Marigot", "", 14),
        ("École Les Lucioles - Le Parc", "Marigot", 16),
    ],
)
def test_what_contradicts_nothing_is_automatic(
    moteur: Moteur, mention: str, commune: str, number: int
) -> None:
    found = moteur.match("Montpellier", mention, commune)
    assert (found.decision, found.uais) == (Decision.AUTO, (f"034{number:04}A",)), found


@pytest.mark.parametrize("commune", ["Marigot", ""])
@pytest.mark.parametrize(
    "mention",
    [
        "École Valentine Bredas – Baignoire",
        "École Baignoire - Valentine Bredas",
        "École Baignoire, Valentine Bredas",
    ],
)
def test_of_two_schools_under_one_type_a_person_decides(moteur: Moteur, mention: str, commune: str) -> None:
    assert moteur.match("Montpellier", mention, commune).decision is Decision.TO_REVIEW


def _former(mention: str, *others: SchoolFacts) -> Match:
    return Moteur([*SCHOOLS, *others], {"Montpellier": frozenset({"34"})}).match(
        "Montpellier", mention, "Luxeuil"
    )


def test_a_former_name_is_told_and_gives_way_to_who_bears_it_today() -> None:
    alone = _former("Collège Jean Rostand")
    assert (alone.decision, alone.uais) == (Decision.AUTO, ("0340009A",))
    assert "ancien nom, jusqu’en 2019" in alone.candidates[0].reason
    # the same name, today, in the same commune: whatever the types, a person decides
    today = school(0, "college", "COLLEGE JEAN ROSTAND", "Luxeuil")
    assert _former("Collège Jean Rostand", today).decision is Decision.TO_REVIEW
    ecole = school(0, "ecole", "ECOLE ELEMENTAIRE JEAN ROSTAND", "Luxeuil")
    both = _former("Jean Rostand", ecole)
    assert both.decision is Decision.TO_REVIEW
    assert any(TAKEN in one.reason for one in both.candidates)
    assert _former("Collège Jean Rostand", ecole).decision is Decision.AUTO

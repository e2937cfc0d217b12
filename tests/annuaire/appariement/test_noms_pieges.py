"""Names that hold a type, a commune, an « et » or a dash: alone, and in lists of schools."""

from __future__ import annotations

import pytest

from accroche.annuaire.appariement import Decision, Moteur, SchoolFacts
from accroche.annuaire.appariement.calcul import NEIGHBOUR, NEIGHBOUR_OF_OTHERS, weigh
from accroche.annuaire.appariement.doutes import KIND, NUMBER
from accroche.annuaire.appariement.mention import read
from accroche.annuaire.appariement.plusieurs import other_types, parts

#: number, kind, name, commune, INSEE code, latitude.
SCHOOLS = (
    (1, "college", "Collège de Boueni", "Bouéni", "34001", 43.0),
    (2, "college", "Collège de Labattoir-Bouéni M'Titi", "Dzaoudzi", "34002", 43.5),
    (3, "college", "Collège L'école magique", "Beaumont-la-Ferrière", "34003", 44.0),
    (4, "college", "Collège privé La Malgrange", "Jarville-la-Malgrange", "34004", 44.5),
    (5, "college", "Collège privé Institution Champagnat", "Issenheim", "34005", 45.0),
    (6, "college", "Collège Pierre et Marie Curie", "Héricourt", "34006", 45.5),
    (7, "college", "Collège privé Sacré-Coeur - Saint-Thomas", "Tourcoing", "34007", 46.0),
    (8, "college", "Collège Jean Moulin", "Iwuy", "34008", 46.5),
    (9, "college", "Collège privé Nouvelle Chance", "Le Mans", "34009", 47.0),
    (10, "ecole", "ECOLE PRIMAIRE PRIVEE AQUIBA", "Strasbourg", "34010", 47.5),
    (11, "college", "Collège privé École Aquiba", "Strasbourg", "34010", 47.5),
    (12, "college", "Collège Henri Agarande", "Kourou", "34011", 48.0),
    (13, "college", "FERNAND DONATIEN (DILLON1)", "Fort-de-France", "34012", 48.5),
    (14, "college", "Collège Marcel Pagnol", "Oullins-Pierre-Bénite", "69149", 49.0),
    (15, "ecole", "ECOLE PRIMAIRE DU CENTRE", "Pierre-Bénite", "69152", 49.0),
    (16, "college", "Collège Angela Davis", "Saint-Denis", "34013", 49.5),
    (17, "college", "Collège Colonel Fabien", "Montreuil", "34014", 49.55),
    (24, "ecole", "ECOLE PRIMAIRE PAUL BERT", "Bagnolet", "34020", 49.56),
    (25, "ecole", "ECOLE ELEMENTAIRE LOUIS BLANC", "Blanzat", "34021", 52.0),
    (26, "ecole", "ECOLE MATERNELLE LES LUTINS", "Blanzat", "34021", 52.0),
    (18, "ecole", "ECOLE ELEMENTAIRE PUBLIQUE", "Vernet", "34015", 50.0),
    (19, "ecole", "ECOLE PRIMAIRE LES LILAS", "Vernet", "34015", 50.0),
    (20, "ecole", "ECOLE PRIMAIRE GUY MOCQUET", "Nogent", "34016", 50.5),
    (21, "ecole", "ECOLE PRIMAIRE GUY MOQUET", "Ivry", "34017", 50.55),
    (22, "college", "Collège du Fium'Orbu", "Prunelli-di-Fiumorbo", "34018", 51.0),
    (23, "college", "Collège Denfert Rochereau", "Saint-Maixent-l'École", "34019", 51.5),
)
UAI = {number: f"034{number:04}A" for number, *_ in SCHOOLS}


@pytest.fixture(scope="module")
def moteur() -> Moteur:
    schools = [
        SchoolFacts(number, UAI[number], kind, name, town, insee, "34", "privé" in name, place=(at, 3.0))
        for number, kind, name, town, insee, at in SCHOOLS
    ]
    # as many schools of other names as an académie has
    more = [
        SchoolFacts(n, f"034{n:04}A", "college", f"Collège Zz{n}x", f"Ville{n}", f"35{n}", "34", False)
        for n in range(100, 400)
    ]
    return Moteur([*schools, *more], {"Montpellier": frozenset({"34"})})


@pytest.mark.parametrize(
    ("mention", "commune", "found"),
    [
        # the commune said twice: once in the name
        ("Collège de Boueni, Bouéni", "", (1,)),
        ("Collège La Malgrange, Jarville-la-Malgrange", "", (4,)),
        # a type in the name: the plural says that of all
        ("Collèges Jean Moulin, Iwuy ; L’école magique, Beaumont-la-Ferrière", "", (8, 3)),
        ("Collèges Jean Moulin (Iwuy), Institution Champagnat (Issenheim)", "", (8, 5)),
        ("Collèges Jean Moulin (Iwuy) / École Aquiba (Strasbourg)", "", (8, 11)),
        ("Collèges Jean Moulin (Iwuy), Denfert Rochereau (Saint-Maixent-l’École)", "", (8, 23)),
        # « et » and dashes in names
        ("Collèges Jean Moulin, Iwuy, Pierre et Marie Curie, Héricourt", "", (8, 6)),
        ("Collèges Jean Moulin, Iwuy, Sacré-Cœur - Saint-Thomas, Tourcoing", "", (8, 7)),
        ("Collèges Jean Moulin à Iwuy et Pierre et Marie Curie à Héricourt", "", (8, 6)),
        ("Collège Nouvelle Chance", "Le Mans", (9,)),
        # the schools of a commune are numbered beside their names
        ("Collège Henri Agarande (Kourou I)", "Kourou", (12,)),
        ("Collège Fernand Donatien (Dillon 1)", "Fort-de-France", (13,)),
        # the directory holds a commune and the one it was merged into
        ("Collège Marcel Pagnol", "Pierre-Bénite", (14,)),
        ("Collège Colonel Fabien", "Montreuil", (17,)),
        # the whole name of one of the two
        ("École élémentaire publique", "Vernet", (18,)),
        # one letter off, in its commune, though a neighbour's is spelt so
        ("École primaire Guy Moquet", "Nogent", (20,)),
        ("Collège di Fiumorbu", "Prunelli-di-Fiumorbo", (22,)),
        ("École Aquiba", "Strasbourg", (10,)),
        # the only one but the maternelle
        ("École élémentaire", "Blanzat", (25,)),
    ],
)
def test_found(moteur: Moteur, mention: str, commune: str, found: tuple[int, ...]) -> None:
    match = moteur.match("Montpellier", mention, commune)
    assert (match.uais, match.decision) == (tuple(UAI[one] for one in found), Decision.AUTO), match


@pytest.mark.parametrize(
    ("mention", "commune", "proposed", "reason"),
    [
        # it may be an école that the directory does not hold
        ("L’école magique", "Beaumont-la-Ferrière", 3, KIND),
        ("Collège Henri Agarande 2", "Kourou", 12, NUMBER),
        ("École primaire", "Blanzat", 25, "type proche"),
    ],
)
def test_a_person_decides(moteur: Moteur, mention: str, commune: str, proposed: int, reason: str) -> None:
    match = moteur.match("Montpellier", mention, commune)
    assert (match.uais, match.decision) == ((UAI[proposed],), Decision.TO_REVIEW)
    assert reason in match.candidates[0].reason


def test_a_school_was_rather_renamed_than_meant_next_door(moteur: Moteur) -> None:
    # a collège of Saint-Denis may have borne the name of that of Montreuil; Bagnolet has none
    frame, mention = moteur.frame("Montpellier"), read("Collège Colonel Fabien")
    at = next(row for row, entry in enumerate(frame.entries) if entry.facts.uai == UAI[17])
    own, none = (
        weigh(frame, at, mention, frame.towns.find(town), {}).value for town in ("Saint-Denis", "Bagnolet")
    )
    assert own - none == pytest.approx(NEIGHBOUR_OF_OTHERS - NEIGHBOUR)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Collège École Aquiba", {"ecole"}),
        ("Collège A", set()),
        ("École primaire A", set()),
        ("", set()),
    ],
)
def test_the_types_said_beside_the_first(text: str, found: set[str]) -> None:
    assert other_types(text) == found


def test_a_list_two_by_two_stays_whole() -> None:
    guessed = parts("Collèges A - B, X, C et D, Y").guessed
    assert ("Collèges A - B, X", "college C et D, Y") in guessed

"""What public lists showed: names word for word, tails, cut or former names, communes of one name."""

from __future__ import annotations

import pytest

from accroche.annuaire.appariement import Decision, Moteur, SchoolFacts
from accroche.annuaire.appariement.doutes import FORMERLY, NAMESAKES, NUMBER, PARTLY
from accroche.annuaire.appariement.plusieurs import renamed


def school(
    number: int,
    kind: str,
    name: str,
    commune: str,
    insee: str = "",
    *,
    private: bool = False,
    dep: str = "34",
) -> SchoolFacts:
    return SchoolFacts(number, f"034{number:04}A", kind, name, commune, insee, dep, private)


SCHOOLS = [
    school(1, "college", "COLLEGE MONTAIGNE", "Sète"),
    school(2, "college", "COLLEGE PRIVE COURS MONTAIGNE", "Sète", private=True),
    school(3, "ecole", "POLE EDUCATIF DES PRES", "Rives"),
    school(4, "lycee", "LYCEE GENERAL PRIVE SEMINAIRE COLLEGE SAINTE MARIE", "Rives", private=True),
    school(5, "lycee", "LYCEE POLYVALENT LE GARROS", "Rives"),
    school(6, "ecole", "SECTION PROFESSIONNELLE", "Rives"),
    school(7, "college", "COLLEGE LUCIE AUBRAC", "Thau"),
    school(8, "ecole", "ECOLE LUCIE ET RAYMOND AUBRAC", "Mèze"),
    school(9, "ecole", "ECOLE ELEMENTAIRE JULIE VICTOIRE DAUBIE", "Mèze"),
    school(10, "ecole", "ECOLE ELEMENTAIRE", "Boisset"),
    school(11, "ecole", "ECOLE PRIMAIRE LA PLAINE", "Boisset", dep="30"),
    school(12, "ecole", "ECOLE ELEMENTAIRE DE MARLIOZ", "Marlioz"),
    school(13, "ecole", "ECOLE PRIMAIRE MARLIOZ", "Palavas"),
    school(14, "college", "COLLEGE PRIVE SAINT FRANCOIS D ASSISE", "Palavas", private=True),
    school(15, "college", "COLLEGE PRIVE O R T", "Thau", private=True),
    school(16, "ecole", "ECOLE PRIMAIRE 12EME KM", "Thau"),
    school(17, "college", "COLLEGE JEAN ROSTAND", "Cadillac-sur-Garonne", "34099"),
    school(18, "ecole", "ECOLE PRIMAIRE", "Cadillac", "34099"),
    school(19, "ecole", "E E PU BLOMET", "Palavas"),
    school(20, "ecole", "E P PR BLOMET", "Palavas", private=True),
    # « Collège Mathilde-Marthe Faucher » in the lists of 2023
    SchoolFacts(23, "0301747L", "college", "COLLEGE", "Lédignan", "30146", "30"),
    SchoolFacts(21, "0190001Y", "college", "COLLEGE", "Allassac", "34021", "34"),
    SchoolFacts(22, "0342222A", "college", "COLLEGE MATHILDE MARTHE FAUCHER", "Agde", "34003", "34"),
]


@pytest.fixture(scope="module")
def moteur() -> Moteur:
    return Moteur(SCHOOLS, {"Montpellier": frozenset({"34", "30"})})


@pytest.mark.parametrize(
    ("mention", "commune", "uai"),
    [
        ("Collège Montaigne", "Sète", "0340001A"),
        ("Pôle éducatif des Prés", "Rives", "0340003A"),
        ("Lycée général privé Séminaire Collège Sainte-Marie", "Rives", "0340004A"),
        ("Lycée polyvalent Le Garros Lycée des métiers du génie civil", "Rives", "0340005A"),
        ("Lycée polyvalent Le Garros (A absorbé l'UAI 0340006A en 2022)", "Rives", "0340005A"),
        ("Collège Lucie et Raymond Aubrac", "Thau", "0340007A"),
        ("École élémentaire Julie-Victoire Daubié (ex Jules Ferry)", "Mèze", "0340009A"),
        ("Collège privé Saint François d'A", "Palavas", "0340014A"),
        ("Collège privé ORT", "Thau", "0340015A"),
        ("Collège Jean Rostand", "Cadillac", "0340017A"),
        ("E.E.PU. Blomet", "Palavas", "0340019A"),
        ("Collège NA", "Allassac", "0190001Y"),
        ("Collège Mathilde-Marthe Faucher", "Allassac", "0190001Y"),
    ],
)
def test_a_name_as_lists_write_it_is_its_school(moteur: Moteur, mention: str, commune: str, uai: str) -> None:
    found = moteur.match("Montpellier", mention, commune)
    assert (found.decision, found.uais) == (Decision.AUTO, (uai,))


@pytest.mark.parametrize(
    ("mention", "commune", "why"),
    [
        # another commune of that name has a school that has no name either
        ("École élémentaire", "Boisset", NAMESAKES),
        ("École Daubié", "Rives", PARTLY),
        # another figure is no slip of the fingers
        ("École primaire 17ème km", "Thau", NUMBER),
    ],
)
def test_what_a_list_leaves_open_is_for_a_person(
    moteur: Moteur, mention: str, commune: str, why: str
) -> None:
    found = moteur.match("Montpellier", mention, commune)
    assert found.decision is not Decision.AUTO
    assert [why in one.reason for one in found.candidates[:1]] == [True] * len(found.candidates[:1])


@pytest.mark.parametrize(
    ("mention", "commune"),
    [
        ("Collège Lucie Aubrac - Lycée des métiers Gaston Untel", "Thau"),
        ("Collège Lucie Aubrac et le lycée des métiers du bâtiment", "Thau"),
        ("Lycée Le Garros lycée des métiers du bâtiment et collège Untel", "Rives"),
        ("Lucie Aubrac lycée des métiers du bâtiment", "Thau"),
        ("Collège Lucie Aubrac (a absorbé l'UAI 0340006A) ; Lycée Untel", "Thau"),
        ("Collège Untel (ex Lucie Aubrac) et collège Bidule", "Thau"),
        # of Sète, says what stands around
        ("Collège Untel, Sète (ex Lucie Aubrac)", ""),
        ("École primaire Sainte Julie et Victoire Daubie", "Mèze"),
        ("Collège de Montpellier", ""),
    ],
)
def test_what_names_another_school_as_well_is_for_a_person(
    moteur: Moteur, mention: str, commune: str
) -> None:
    assert moteur.match("Montpellier", mention, commune).decision is not Decision.AUTO


def test_a_name_that_another_school_of_the_commune_had_is_for_a_person() -> None:
    now = SchoolFacts(1, "0341111A", "college", "COLLEGE MATHILDE MARTHE FAUCHER", "Allassac", "34021", "34")
    found = Moteur([*SCHOOLS, now], {}).match("", "Collège Mathilde Marthe Faucher", "Allassac")
    assert (found.decision, FORMERLY in found.candidates[0].reason) == (Decision.TO_REVIEW, True)


def test_a_school_named_after_its_commune_is_weighed_though_others_elsewhere_are_named_so(
    moteur: Moteur,
) -> None:
    found = moteur.match("Montpellier", "École élémentaire de Marlioz", "Marlioz")
    assert [one.uai for one in found.candidates] == ["0340012A", "0340013A"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Collège Hugo (ex Zola)", ("Collège Hugo ", "college Zola")),
        ("Collège Hugo (ex-collège Zola", ("Collège Hugo ", "collège Zola")),
        ("Collège Hugo (anciennement : LP Zola), Sète", ("Collège Hugo , Sète", "LP Zola, Sète")),
        ("Collège Hugo (ancienne école)", ("Collège Hugo (ancienne école)", "")),
        ("Collège Hugo (extension)", ("Collège Hugo (extension)", "")),
    ],
)
def test_a_former_name_in_brackets_is_no_second_school(text: str, names: tuple[str, str]) -> None:
    assert renamed(text) == names

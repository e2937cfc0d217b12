"""What people type to find a school, and what answers."""

from __future__ import annotations

import pytest

from accroche.annuaire.recherche import Index, School

SCHOOLS = (
    ("0810001A", "Lycée général Bellevue", "Albi", "Lycée"),
    ("0810002B", "Lycée polyvalent Louis Rascol", "Albi", "Lycée"),
    ("0810003C", "Lycée professionnel privé Saint-Dominique", "Albi", "Lycée professionnel"),
    ("0810004D", "Section professionnelle du lycée polyvalent Louis Rascol", "Albi", "Lycée professionnel"),
    ("0810124V", "Collège du Saut de Sabo", "Saint-Juéry", "Collège"),
    ("0810006F", "Collège privé Sainte-Marie", "Albi", "Collège"),
    ("0810007G", "Collège Jean-Jacques Rousseau", "Gaillac", "Collège"),
    ("0810008H", "Ecole primaire publique Galilée", "Le Garric", "École"),
    ("0810009J", "Ecole maternelle du Général de Gaulle", "Castres", "École"),
    ("0810010K", "Lycée Henri IV", "Mazamet", "Lycée"),
    ("0810011L", "Collège Louis le Grand", "Graulhet", "Collège"),
    ("0810012M", "Établissement régional d’enseignement adapté La Fontaine", "Lavaur", "Autre"),
)  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Index:
    schools = (
        School(number, uai, name, commune, "81000", kind, (), 81, True)
        for number, (uai, name, commune, kind) in enumerate(SCHOOLS)
    )
    return Index(schools, {"tarn": frozenset({81})})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # linking words need not match, and alone they do
        ("lycée d’Albi", [0, 1, 2, 3]),
        ("ens. scolaire Sainte-Marie", [5]),
        # kings, by figures; an article glued to its name
        ("henri 4", [9]),
        ("louis legrand", [10]),
        ("EREA lafontaine", [11]),
        ("collège Saut Sabo", [4]),
        ("le saut du sabo à Saint-Juéry", [4]),
        ("du", [3, 4, 8]),
        # one letter or figure off, a code is another
        ("UAI 0810124V", [4]),
        ("0810124W", []),
        # of a lycée, « général » need not be told, and leaves out those that are called the contrary
        ("lycée général Rascol", [1]),
        ("lycée général d’Albi", [0, 1]),
        ("LPO Rascol", [1, 3]),
        ("LP Rascol", [3]),
        ("lycée général et technologique bellevue", [0]),
        # nor « public », which leaves out what is called private
        ("collège public Sainte-Marie", []),
        ("collège privé Sainte-Marie", [5]),
        ("école publique Galilée", [7]),
        ("collège privé Rousseau", []),
        # a code as people copy it
        ("081 0124 V", [4]),
        ("0810124 v", [4]),
        ("081.0124-V", [4]),
        # abbreviations, of what is typed whole or only begun
        ("clg st juery", [4]),
        ("collège J.-J. Rousseau", [6]),
        ("clg jj rousseau", [6]),
        ("gal de gaulle", [8]),
        ("gali", [7]),
        ("lyc pro Albi", [2, 3]),
        ("ste marie", [5]),
        ("lycée de Castres", []),
        ("", []),
    ],
)
def test_what_is_typed_finds(index: Index, text: str, found: list[int]) -> None:
    assert sorted(index.find(text, limit=9)) == found


@pytest.mark.parametrize(
    ("text", "near"),
    [
        # all words but one: the rarest count most
        ("collège Rousseau Albi", [6]),
        ("lycée Rousseau Gaillac", [6]),
        ("lycée Rousseau Castres", []),
        # as it sounds
        ("collège rousso", [6]),
        # of a département by its name
        ("henry Tarn", [9]),
        # too little left: words that most schools hold, or that none does
        ("lycée zzzz", []),
        ("Albi zzzz yyyy", []),
        ("zzzz", []),
        ("0810124W", []),
        ("", []),
    ],
)
def test_where_nothing_answers_the_nearest_are_told(index: Index, text: str, near: list[int]) -> None:
    assert index.find(text, limit=9) == []
    assert index.alike(text, limit=3) == near


def test_what_is_called_as_it_is_typed_comes_first(index: Index) -> None:
    assert index.find("lycée polyvalent Albi", limit=9)[0] == 1
    assert index.find("lycée général Albi", limit=9)[0] == 0

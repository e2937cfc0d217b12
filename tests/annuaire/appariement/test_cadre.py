"""The schools of an académie as they are indexed: names, near words, rarity."""

from __future__ import annotations

import math

import pytest

from accroche.annuaire.appariement import FormerName, SchoolFacts
from accroche.annuaire.appariement.cadre import NATIONAL, Cadre, Rarity, academie_key, entry_of
from accroche.annuaire.appariement.genres import Genre
from accroche.annuaire.appariement.plusieurs import severed


def facts(
    name: str, *, kind: str = "college", commune: str = "Sète", former: tuple[FormerName, ...] = ()
) -> SchoolFacts:
    return SchoolFacts(1, "0340001A", kind, name, commune, "34301", "34", former_names=former)


@pytest.mark.parametrize(
    ("name", "core", "weak"),
    [
        ("COLLEGE VICTOR HUGO", ("victor", "hugo"), {"college"}),
        ("COLLEGE VICTOR HUGO SETE", ("victor", "hugo"), {"college", "sete"}),
        ("COLLEGE", (), {"college"}),
        (
            "LYCEE POLYVALENT HUGO LYCEE DES METIERS DU BOIS",
            ("hugo",),
            {"lycee", "polyvalent", "des", "metiers", "du", "bois"},
        ),
        ("LYCEE PROFESSIONNEL LYCEE DES METIERS DU BOIS", ("bois",), None),
        ("LP VOILLAUME LYC METIERS DU BOIS", ("voillaume",), None),
        ("LYCEE JEAN MOULIN (EX LYCEE DU PORT)", ("jean", "moulin"), {"lycee", "ex", "du", "port"}),
        ("LYCEE TEXAS", ("texas",), {"lycee"}),
    ],
)
def test_a_name_is_its_telling_words(name: str, core: tuple[str, ...], weak: set[str] | None) -> None:
    held = entry_of(facts(name)).names[0]
    assert (held.core, held.words, held.joined, held.former) == (
        core,
        frozenset(core),
        "".join(core),
        None,
    )
    if weak is not None:
        assert held.weak == weak


def test_a_school_has_its_former_names_too() -> None:
    port, zola = FormerName("Collège du Port", 2019), FormerName("Collège Zola, ex annexe")
    entry = entry_of(facts("COLLEGE HUGO", former=(port, zola)))
    assert [(name.core, name.former) for name in entry.names] == [
        (("hugo",), None),
        (("port",), port),
        (("zola",), zola),
    ]
    assert (entry.genre, entry.commune, entry.commune_words) == (
        Genre.COLLEGE,
        "sete",
        frozenset({"sete"}),
    )


@pytest.mark.parametrize(
    ("name", "cores"),
    [
        ("Collège Roger CASTENDET (Ex Coridon)", [("roger", "castendet"), ("coridon",)]),
        ("LYCEE PAULETTE NARDAL EX CENTRE SUD", [("paulette", "nardal"), ("centre", "sud")]),
        # nothing stands before: it is the only name it has
        ("ECOLE PRIMAIRE EX GARCONS", [()]),
        # what the directory tells of another school is no name of this one
        ("LYCEE SAINT LOUIS (A ABSORBE L'UAI 0261138W EN 2022)", [("saint", "louis")]),
    ],
)
def test_the_directory_tells_former_names_and_absorbed_schools(
    name: str, cores: list[tuple[str, ...]]
) -> None:
    assert [held.core for held in entry_of(facts(name)).names] == cores


def frame(*names: str) -> Cadre:
    entries = [entry_of(facts(name)) for name in names]
    return Cadre(entries, Rarity(entries))


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("jaurez", ["jaures"]),
        ("jores", ["jaures"]),
        ("jaxrez", []),
        ("michalet", ["michelet"]),
        ("michulat", ["michelet"]),
        ("muchulat", []),
        ("fax", []),
    ],
)
def test_a_near_word_is_one_letter_off_two_in_a_long_one_or_sounds_alike(word: str, near: list[str]) -> None:
    held = frame("COLLEGE JAURES", "COLLEGE MICHELET", "COLLEGE FOX")
    assert held.near_words(word) == near
    assert held.near_words(word) == near, "asked again"


def test_a_frame_finds_by_word_by_whole_name_and_by_commune() -> None:
    held = frame("COLLEGE VICTOR HUGO", "LYCEE VICTOR HUGO", "COLLEGE ZOLA", "COLLEGE MICHELET")
    assert held.postings == {"victor": [0, 1], "hugo": [0, 1], "zola": [2], "michelet": [3]}
    # a short name of one word is found by its word alone
    assert held.joined == {"victorhugo": [0, 1], "michelet": [3]}
    assert held.communes == {"sete": [0, 1, 2, 3]}
    assert held.families == {"college": 4}
    assert held.rivals(held.entries[0], Genre.COLLEGE) == 4
    assert held.vocabulary == ["hugo", "michelet", "victor", "zola"]
    assert held.joined_names == ["michelet", "victorhugo"]


def test_what_is_rare_is_worth_much() -> None:
    rarity = frame("COLLEGE VICTOR HUGO", "COLLEGE VICTOR SEGALEN").rarity
    assert rarity.word("victor") == pytest.approx(math.log(NATIONAL / 3))
    assert rarity.word("hugo") == rarity.pair("victor", "hugo") == rarity.name("victorhugo") == rarity.most
    assert rarity.most == pytest.approx(math.log(NATIONAL / 2))
    assert rarity.pair("hugo", "victor") == rarity.word("zola") == pytest.approx(math.log(NATIONAL))
    assert [rarity.known(word) for word in ("hugo", "zola")] == [True, False]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Académie d’Orléans-Tours", "orleanstours"),
        ("ac-orleans-tours", "orleanstours"),
        ("Rectorat de la Réunion", "reunion"),
        ("", ""),
    ],
)
def test_an_academie_has_one_key(text: str, key: str) -> None:
    assert academie_key(text) == key


@pytest.mark.parametrize(
    ("text", "commune", "name", "two"),
    [
        ("Collège Hugo", "Sète", "COLLEGE HUGO", False),
        ("Collège Hugo et Tarare", "Sète", "COLLEGE HUGO", True),
        ("Collège Hugo & Zola", "Sète", "COLLEGE HUGO", True),
        ("Collège Hugo + Zola", "Sète", "COLLEGE HUGO", True),
        ("Collège Pierre et Marie Curie", "Sète", "COLLEGE PIERRE ET MARIE CURIE", False),
        ("Collège Hugo / Sète", "Sète", "COLLEGE HUGO", False),
        ("Collège Hugo et Sète", "Sète", "COLLEGE HUGO", True),
        ("Collège Hugo et Vienne", "Sainte-Colombe et Vienne", "COLLEGE HUGO", False),
        ("Collège et Hugo", "Sète", "COLLEGE HUGO", False),
        ("Collège P. et M. Curie", "Sète", "COLLEGE PIERRE ET MARIE CURIE", False),
    ],
)
def test_what_is_joined_to_a_school_and_not_of_its_name_is_another(
    text: str, commune: str, name: str, two: bool
) -> None:
    entry = entry_of(facts(name, commune=commune))
    assert severed(text, entry, Rarity([entry])) is two

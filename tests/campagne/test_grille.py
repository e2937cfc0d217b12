"""The grid as plain data: what makes one right, what answers add up to, how versions compare."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.campagne.grille import (
    CritereDit,
    Filiation,
    GrilleDite,
    ObjectifDit,
    Parente,
    filiations,
    itself,
    manques,
    rapprochements,
    through,
)

WORDS = ("Rien.", "Un peu.", "À moitié.", "Presque tout.", "Tout.")


def critere(code: str) -> CritereDit:
    """A criterion that is right, told from its code."""
    return CritereDit(code, f"Critère {code}", "niveaux", WORDS, 1, ("niveaux",))


def grille(code: str, *criteres: CritereDit) -> GrilleDite:
    """A grid of one objective."""
    return GrilleDite(code, f"Grille {code}", "", (ObjectifDit("un", "Objectif", criteres),))


OLD = grille("2016", *map(critere, ("1", "2", "3", "4", "5", "6", "7")))
NEW = grille("2017", *map(critere, "abcdefg"))
ORIGINES = {"a": "1", "b": "2", "c": "2", "d": "34", "e": "56", "f": "6"}


def test_a_right_grid_lacks_nothing() -> None:
    assert manques(OLD) == ()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"code": ""}, "n’a pas de code"),
        ({"title": " "}, "n’a pas d’intitulé"),
        ({"axe": ""}, "aucun axe de travail"),
        ({"axe": "ailleurs"}, "l’axe « ailleurs » n’existe pas"),
        ({"weight": 0}, "le poids est un nombre de 1 à 5"),
        ({"weight": 6}, "le poids est un nombre de 1 à 5"),
        ({"levels": WORDS[:4]}, "le niveau 4 n’a pas de mots"),
        ({"levels": ("Rien.", "", "Un peu.", "Oui.", "Tout.")}, "le niveau 1 n’a pas de mots"),
        ({"levels": (*WORDS, "Au-delà.")}, "plus de 5 niveaux"),
        ({"levels": ("Rien.", "Un peu.", "Oui.", " rien. ", "Tout.")}, "disent la même chose"),
        ({"evidence": ("niveaux", "devine")}, "la preuve « devine » n’est pas connue"),
    ],
)
def test_what_keeps_a_criterion_from_being_used_is_said(changed: dict[str, object], said: str) -> None:
    wrong = replace(critere("1"), **changed)  # type: ignore[arg-type]
    found = manques(grille("2016", critere("0"), wrong))
    assert len(found) == 1
    assert found[0].where == wrong.code
    assert said in found[0].what


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (replace(OLD, name=""), "la grille n’a pas de nom"),
        (replace(OLD, code=""), "le code de la grille s’écrit"),
        (replace(OLD, code="Grille 2016"), "le code de la grille s’écrit"),
        (replace(OLD, objectifs=()), "il n’y a aucun objectif"),
        (
            replace(OLD, objectifs=(*OLD.objectifs, ObjectifDit("deux", "Vide"))),
            "Vide : cet objectif n’a aucun",
        ),
        (
            replace(OLD, objectifs=(*OLD.objectifs, ObjectifDit("un", "Encore", (critere("8"),)))),
            "un : deux objectifs portent ce code",
        ),
        (
            replace(OLD, objectifs=(*OLD.objectifs, ObjectifDit("deux", "Encore", (critere("1"),)))),
            "1 : deux critères portent ce code",
        ),
    ],
)
def test_what_keeps_a_grid_from_being_used_is_said(told: GrilleDite, said: str) -> None:
    found = [str(one) for one in manques(told)]
    assert len(found) == 1
    assert said in found[0]


def test_versions_follow_from_each_other_by_their_mapping_alone() -> None:
    assert filiations(OLD, NEW, ORIGINES) == (
        Filiation(Parente.SUITE, ("1",), ("a",)),
        Filiation(Parente.PARTAGE, ("2",), ("b", "c")),
        Filiation(Parente.REUNION, ("3", "4"), ("d",)),
        Filiation(Parente.MELE, ("5", "6"), ("e", "f")),
        Filiation(Parente.NOUVEAU, (), ("g",)),
        Filiation(Parente.ABANDON, ("7",), ()),
    )


def test_what_looks_alike_follows_from_nothing_without_a_line() -> None:
    kinds = [one.lien for one in filiations(OLD, replace(OLD, code="2018"), {"1": "9"})]
    assert kinds == [Parente.NOUVEAU] * 7 + [Parente.ABANDON] * 7


def test_a_comparison_makes_up_no_level() -> None:
    before = dict.fromkeys("1234567", 1)
    after = dict.fromkeys("abcdefg", 3) | {"b": 4}
    told = {one.filiation.lien: one for one in rapprochements(OLD, NEW, ORIGINES, before, after)}
    assert told[Parente.SUITE].change == 2
    assert all(one.change is None for lien, one in told.items() if lien is not Parente.SUITE)
    assert told[Parente.PARTAGE].before == (1,)
    assert told[Parente.PARTAGE].after == (4, 3)
    assert told[Parente.NOUVEAU].before == ()
    assert told[Parente.ABANDON].after == ()
    del after["a"]
    unanswered = rapprochements(OLD, NEW, ORIGINES, before, after)[0]
    assert (unanswered.after, unanswered.change) == ((None,), None)


def test_one_version_is_compared_with_itself() -> None:
    told = rapprochements(OLD, OLD, itself(OLD), {"1": 3, "2": 0}, {"1": 1})
    assert [one.change for one in told] == [-2, None, None, None, None, None, None]


def test_a_comparison_passes_through_the_versions_between() -> None:
    later = {"x": "ad", "y": "g", "z": ""}
    assert through(later, ORIGINES) == {"x": {"1", "3", "4"}, "y": set(), "z": set()}


CODES = "pqrst"


@given(st.lists(st.sets(st.sampled_from(CODES)), min_size=1, max_size=6), st.data())
def test_whatever_the_mapping_each_criterion_is_told_once(
    sources: list[set[str]], data: st.DataObject
) -> None:
    old = grille("2016", *map(critere, CODES))
    new = grille("2017", *(critere(str(n)) for n in range(len(sources))))
    origines = {str(n): one for n, one in enumerate(sources)}
    found = filiations(old, new, origines)
    assert Counter(code for one in found for code in one.anciens) == Counter(CODES)
    assert Counter(code for one in found for code in one.nouveaux) == Counter(c.code for c in new.criteres)
    # a line never leads out of its filiation
    for one in found:
        led = {code for n in one.nouveaux for code in sources[int(n)]}
        assert led == set(one.anciens) or one.lien is Parente.ABANDON
        sides = (min(len(one.anciens), 2), min(len(one.nouveaux), 2))
        assert (
            one.lien
            is {
                (0, 1): Parente.NOUVEAU,
                (1, 0): Parente.ABANDON,
                (1, 1): Parente.SUITE,
                (1, 2): Parente.PARTAGE,
                (2, 1): Parente.REUNION,
                (2, 2): Parente.MELE,
            }[sides]
        )
    levels = st.dictionaries(st.sampled_from(CODES), st.integers(0, 4))
    before = data.draw(levels)
    after = data.draw(st.dictionaries(st.sampled_from([c.code for c in new.criteres]), st.integers(0, 4)))
    for told in rapprochements(old, new, origines, before, after):
        assert all(
            level == before.get(code) for level, code in zip(told.before, told.filiation.anciens, strict=True)
        )
        if told.change is not None:
            assert told.filiation.lien is Parente.SUITE
            assert told.change == after[told.filiation.nouveaux[0]] - before[told.filiation.anciens[0]]

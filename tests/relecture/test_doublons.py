"""Which titles are one action, and why."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.relecture.doublons import (
    NETWORK,
    SAME_SCHOOL,
    SHOWN,
    FicheComparee,
    key_of,
    likeness,
    moved,
    proches,
    trace,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Forum des métiers", "Le forum des métiers du collège"),
        ("Forum des métiers 2026", "FORUM DES METIERS 2027"),
        ("Forum des métiers", "Métiers : le forum"),
        ("L’arbre de la persévérance", "Arbre de la persevérance scolaire"),
        ("Chaîne humaine", "La chaine humaine"),
        ("Rallye citoyen", "Rallye citoyen et olympiades"),
        ("Semaine de la persévérance scolaire", "La semaine de la persévérance scolaire"),
        ("Soirée des talents", "Soirée des talent"),
    ],
)
def test_titles_of_one_action(one: str, other: str) -> None:
    assert likeness(key_of(one), key_of(other)) >= SAME_SCHOOL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Forum des métiers", "Forum des langues"),
        ("Forum", "Forum des métiers et des formations"),
        ("Tutorat entre élèves", "Tutorat par des étudiants"),
        ("Théâtre forum", "Théâtre et estime de soi"),
        ("Projet 4e", "Projet 5e"),
        ("", "Forum"),
    ],
)
def test_titles_of_two_actions(one: str, other: str) -> None:
    assert likeness(key_of(one), key_of(other)) < SAME_SCHOOL


def notice(number: int, title: str, school: str = "", commune: str = "", bassin: str = "") -> FicheComparee:
    return FicheComparee(
        number, title, *(frozenset({name} if name else ()) for name in (school, commune, bassin))
    )


MINE = notice(1, "Forum des métiers", "0210001A", "Dijon", "21-1")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (notice(2, "Forum des métiers", "0210001A"), "Même établissement, même titre."),
        (notice(2, "Forum des métiers d’art", "0210001A"), "Même établissement, titre très proche."),
        (notice(2, "Forums des métier", "0210001A"), "Même établissement, titre très proche."),
        (notice(2, "Forum des métiers", "X", "Dijon", "21-1"), "Même commune, même titre."),
        (notice(2, "Forum des métiers", "X", "Beaune", "21-1"), "Même bassin, même titre."),
        (notice(2, "Forum des métiers", "X", "Sens"), "Même académie, même titre."),
    ],
)
def test_the_reason_is_told(other: FicheComparee, reason: str) -> None:
    (found,) = proches(MINE, [other])
    assert found.reason == reason


def test_a_title_that_only_resembles_counts_in_one_s_own_school_alone() -> None:
    title = "Forum de découverte des métiers"
    score = likeness(key_of(MINE.title), key_of(title))
    assert score >= SAME_SCHOOL
    near = "Forum métier avenir"
    assert SAME_SCHOOL <= likeness(key_of(near), key_of("Forum métiers avenirs ici")) < NETWORK
    mine = notice(1, near, "0210001A", "Dijon", "21-1")
    (found,) = proches(mine, [notice(2, "Forum métiers avenirs ici", "0210001A")])
    assert found.reason == "Même établissement, titre ressemblant."
    assert not proches(MINE, [notice(2, title, "0210002B", "Dijon", "21-1")])
    assert not proches(mine, [notice(2, "Forum métiers avenirs ici", "0210002B", "Dijon", "21-1")])


def test_one_s_own_school_comes_first_and_the_list_is_short() -> None:
    others = [notice(n, "Forum des métiers", "X", "Dijon") for n in range(10, 20)]
    own = [notice(98, "Forums des métier", "0210001A"), notice(99, "Forum de métiers", "0210001A")]
    found = proches(MINE, [MINE, *others, *own])
    assert len(found) == SHOWN
    assert [close.number for close in found] == [99, 98, 10, 11, 12]


def test_what_makes_an_action_another_one_is_named() -> None:
    days = dt.date(2026, 11, 16), dt.date(2026, 11, 20)
    forum = trace("Le forum 2026", ["B", "A"], days)
    assert forum == ["forum", ["A", "B"], ["2026-11-16", "2026-11-20"]]
    other = trace("Théâtre", ["A", "B"], None)
    assert other == ["theatre", ["A", "B"], []]
    assert moved([forum, other], [forum, other]) == ()
    assert moved([forum, forum], [forum, other]) == ("le titre", "les dates")
    assert moved([forum], [trace("Forum", ["A"], days)]) == ("l’établissement",)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    score = likeness(key_of(one), key_of(other))
    assert 0 <= score <= 100
    assert score == likeness(key_of(other), key_of(one))


@given(st.text(min_size=1, max_size=60))
def test_a_title_resembles_itself(title: str) -> None:
    assert likeness(key_of(title), key_of(title)) == (100 if key_of(title) else 0)

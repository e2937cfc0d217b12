"""Words as they are compared, and the kinds of school they say."""

from __future__ import annotations

import pytest

from accroche.annuaire.appariement.genres import (
    CONFLICT,
    Genre,
    all_spelt,
    evidence,
    genre_of,
    phrases,
    spelt,
)
from accroche.annuaire.appariement.mots import fold, telling, tells, words


@pytest.mark.parametrize(
    ("text", "folded", "found"),
    [
        ("Œuvre", "oeuvre", ["oeuvre"]),
        ("C.L.G. Hugo", "c.l.g. hugo", ["college", "hugo"]),
        ("N.-D. de", "n.-d. de", ["notre", "dame", "de"]),
        ("N-D du Lac", "n-d du lac", ["notre", "dame", "du", "lac"]),
        ("St-Jean", "st-jean", ["saint", "jean"]),
        ("L.P.", "l.p.", ["lp"]),
        ("École élém.", "ecole elem.", ["ecole", "elementaire"]),
        ("4e A", "4e a", ["4e", "a"]),
        ("JEAN", "jean", ["jean"]),
        ("a.b", "a.b", ["a", "b"]),
        ("N.D. X", "n.d. x", ["notre", "dame", "x"]),
        ("æther", "aether", ["aether"]),
        ("ne d", "ne d", ["ne", "d"]),
    ],
)
def test_words_are_folded_and_written_out(text: str, folded: str, found: list[str]) -> None:
    assert fold(text) == folded
    assert words(text) == found


@pytest.mark.parametrize(
    ("word", "telling"),
    [
        ("hugo", True),
        ("7e", True),
        ("college", False),
        ("4e", False),
        ("6eme", False),
        ("3ieme", False),
        ("de", False),
    ],
)
def test_a_word_tells_a_school_from_another_or_does_not(word: str, telling: bool) -> None:
    assert tells(word) is telling


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("anatole france a", ("anatole", "france", "a")),
        ("a", ()),
        ("a b", ("b",)),
        ("de a hugo", ("hugo",)),
        ("france a", ("france", "a")),
    ],
)
def test_the_letter_of_a_group_tells_at_the_end(text: str, kept: tuple[str, ...]) -> None:
    assert telling(text.split()) == kept


@pytest.mark.parametrize(
    ("token", "first", "word"),
    [
        ("colege", False, "college"),
        ("colege", True, "college"),
        ("coleg", True, "college"),
        ("coleg", False, "coleg"),
        ("coll", True, "coll"),
        ("lycé", True, "lycé"),
        ("licee", False, "lycee"),
        ("licee", True, "lycee"),
        ("eccole", False, "ecole"),
        ("ecol", True, "ecole"),
        ("ecol", False, "ecol"),
        ("profesionel", True, "professionnel"),
        ("profesionel", False, "profesionel"),
        ("12345", True, "12345"),
        ("hugo", True, "hugo"),
        ("maternele", False, "maternelle"),
        ("maternel", False, "maternel"),
    ],
)
def test_a_misspelt_kind(token: str, first: bool, word: str) -> None:
    assert spelt(token, first=first) == word


def test_only_the_head_of_a_mention_may_be_two_letters_off() -> None:
    assert all_spelt(["coleg", "coleg", "hugo"]) == ["college", "coleg", "hugo"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lycee general et technologique hugo", [(0, 4, Genre.LGT)]),
        ("lycee gt hugo", [(0, 2, Genre.LGT)]),
        ("ecole maternelle jean", [(0, 2, Genre.MATERNELLE)]),
        ("le college hugo lp", [(1, 2, Genre.COLLEGE), (3, 4, Genre.LP)]),
        ("college", [(0, 1, Genre.COLLEGE)]),
        ("hugo", []),
        ("lycee des metiers du bois", [(0, 3, Genre.LYCEE)]),
        ("ecole elementaire publique", [(0, 2, Genre.ELEMENTAIRE)]),
        ("cite scolaire lycee", [(0, 2, Genre.CITE), (2, 3, Genre.LYCEE)]),
    ],
)
def test_where_a_kind_is_said(text: str, said: list[tuple[int, int, Genre]]) -> None:
    assert phrases(text.split()) == said


@pytest.mark.parametrize(
    ("kind", "name", "genre"),
    [
        ("ecole", "ecole maternelle x", Genre.MATERNELLE),
        ("ecole", "ecole x", Genre.ECOLE),
        ("ecole", "x", Genre.ECOLE),
        ("lycee", "lycee professionnel x", Genre.LP),
        ("lycee", "lycee x", Genre.LYCEE),
        ("lycee", "cite scolaire x", Genre.LYCEE),
        ("lycee_professionnel", "lycee x", Genre.LP),
        ("lycee_professionnel", "lycee polyvalent x", Genre.LPO),
        ("lycee", "ecole maternelle x", Genre.LYCEE),
        ("college", "lycee x", Genre.COLLEGE),
        ("cio", "x", Genre.CIO),
        ("dsden", "x", Genre.DSDEN),
        ("academie", "x", Genre.RECTORAT),
        ("circonscription", "x", Genre.CIRCONSCRIPTION),
        ("autre", "erea x", Genre.EREA),
        ("autre", "mfr x", Genre.MFR),
        ("autre", "college x", Genre.AUTRE),
        ("ecole", "ecole ecole primaire x", Genre.PRIMAIRE),
    ],
)
def test_the_genre_of_a_school_is_its_kind_s_or_finer(kind: str, name: str, genre: Genre) -> None:
    assert genre_of(kind, name.split()) is genre


def test_kinds_agree_or_contradict() -> None:
    assert [evidence(genre, genre) for genre in Genre] == [0.0] * len(Genre)
    assert {held: evidence(Genre.UNKNOWN, held) for held in (Genre.SEP, Genre.SGT, Genre.COLLEGE)} == {
        Genre.SEP: -3.0,
        Genre.SGT: -3.0,
        Genre.COLLEGE: 0.0,
    }
    assert evidence(Genre.COLLEGE, Genre.LYCEE) == evidence(Genre.CIO, Genre.COLLEGE) == CONFLICT
    assert evidence(Genre.LYCEE, Genre.LP) == -1.2

"""Whatever people type is words and phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.requete import LONGEST_WORD, MOST_WORDS, Requete, bare, parse


@pytest.mark.parametrize(
    ("typed", "mots", "phrases"),
    [
        ("café des parents", ("café", "des", "parents"), ()),
        ("« café des parents » lycée", ("lycée",), ("café des parents",)),
        ('"nouvelle chance"', (), ("nouvelle chance",)),
        ("“un deux” „trois quatre“", (), ("un deux", "trois quatre")),
        # a mark without its other half is no mark
        ('"nouvelle chance', ('"nouvelle', "chance"), ()),
        ("« ouvert", ("ouvert",), ()),
        ('"Nevers"', ("Nevers",), ()),
        ('"quelqu’un@exemple.fr"', (), ("quelqu’un@exemple.fr",)),
        # nothing is an operator
        ("radio AND (web OR tv) NOT journal*", ("radio", "(web", "tv)", "journal*"), ()),
        ("titre:radio +web -tv", ("titre:radio", "+web", "-tv"), ()),
        ("* ? ~ ^ && || !", (), ()),
        ("l’élève", ("l’élève",), ()),
        ("", (), ()),
    ],
)
def test_read(typed: str, mots: tuple[str, ...], phrases: tuple[str, ...]) -> None:
    found = parse(typed)
    assert (found.mots, found.phrases) == (mots, phrases)


@pytest.mark.parametrize(
    ("typed", "going_on"),
    [("orien", True), ("orien ", False), ("orien*", False), ('"a b"', False), ("", False)],
)
def test_the_last_word_may_not_be_whole(typed: str, going_on: bool) -> None:
    assert parse(typed).is_going_on is going_on


@given(st.text(max_size=300))
def test_any_text_is_read_within_bounds(typed: str) -> None:
    found = parse(typed * 3)
    assert len(found.mots) <= MOST_WORDS
    assert all(len(mot) <= LONGEST_WORD for mot in found.mots)
    assert all(bare(mot) for mot in found.mots)


def test_a_word_of_ten_thousand_letters() -> None:
    assert parse("x" * 10_000) == Requete(("x" * LONGEST_WORD,), (), is_going_on=True)

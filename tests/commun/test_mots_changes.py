"""Word-level differences: nothing lost, and readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.commun.mots_changes import LONGEST, Kind, Passage, compare, in_words, shortened

WORDS = st.lists(st.sampled_from(["le", "forum", ", ", " ", "\n", "métiers", "2026", "é"]), max_size=30).map(
    "".join
)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    passages = compare(before, after)
    assert "".join(p.text for p in passages if p.kind is not Kind.INSERTED) == before
    assert "".join(p.text for p in passages if p.kind is not Kind.DELETED) == after
    assert all(p.text for p in passages)


def test_one_word_changed_is_one_word_shown() -> None:
    assert compare("Forum des métiers", "Forum des écoles") == (
        Passage(Kind.SAME, "Forum des "),
        Passage(Kind.DELETED, "métiers"),
        Passage(Kind.INSERTED, "écoles"),
    )


def test_lines_are_told_whole() -> None:
    assert compare("Collège\nLycée pro", "Collège\nLycée", by_line=True) == (
        Passage(Kind.SAME, "Collège\n"),
        Passage(Kind.DELETED, "Lycée pro"),
        Passage(Kind.INSERTED, "Lycée"),
    )


def test_two_texts_are_shown_one_after_the_other_where_less_than_half_stays() -> None:
    assert compare("un deux", "un trois") == (
        Passage(Kind.SAME, "un "),
        Passage(Kind.DELETED, "deux"),
        Passage(Kind.INSERTED, "trois"),
    )
    whole = (Passage(Kind.DELETED, "un deux deux"), Passage(Kind.INSERTED, "un trois quatre"))
    assert compare("un deux deux", "un trois quatre") == whole


def test_two_very_long_texts_are_shown_one_after_the_other() -> None:
    assert len(compare("a " * (LONGEST // 4), "a " * (LONGEST // 4))) == 1
    before, after = "a " * (LONGEST // 4), "a " * (LONGEST // 4) + "b"
    assert compare(before, after) == (Passage(Kind.DELETED, before), Passage(Kind.INSERTED, after))


def test_a_long_unchanged_passage_is_cut_around_the_change() -> None:
    def same(text: str) -> Passage:
        return Passage(Kind.SAME, text)

    change = Passage(Kind.DELETED, "oui")
    # words and the spaces between them: 37, then 36, which are not cut
    long = " ".join(f"m{n}" for n in range(19))
    short = long.removesuffix("m18")
    head, tail = "m0 m1 m2 m3 m4 m5 ", " m13 m14 m15 m16 m17 m18"
    told = shortened((same(long), change, same(f"{long} "), change, same(short), change, same(long)))
    assert told[0] == same(f"[…] {tail}")
    # what stays is not glued to what changed
    assert told[2] == same(f"{head} […] {tail.lstrip()} ")
    assert told[4] == same(short)
    assert told[6] == same(f"{head} […]")
    assert told[1] == told[3] == told[5] == change


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "oui"),
        (False, "non"),
        (3, "3"),
        (["a", 2], "a\n2"),
        ({"title": "Visite", "starts": None}, "title : Visite"),
        ([{"url": "x", "label": "y"}], "url : x, label : y"),
    ],
)
def test_a_value_is_told_in_words(value: object, words: str) -> None:
    assert in_words(value) == words

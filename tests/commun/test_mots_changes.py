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


def test_two_very_long_texts_are_shown_one_after_the_other() -> None:
    before, after = "a " * LONGEST, "b " * LONGEST
    assert [p.kind for p in compare(before, after)] == [Kind.DELETED, Kind.INSERTED]


def test_a_long_unchanged_passage_is_cut_around_the_change() -> None:
    text = " ".join(f"mot{n}" for n in range(200))
    first, change, last = shortened(compare(f"{text} oui {text}", f"{text} {text}"))
    assert change.kind is Kind.DELETED
    assert first.text.startswith("[…]")
    assert "mot199" in first.text
    assert "mot0" in last.text
    assert last.text.endswith("[…]")
    # what stays is not glued to what changed
    before, *_, after = shortened(compare(f"{text} 52 {text}", f"{text} 51 {text}"))
    assert (before.text[-1], after.text[0]) == (" ", " ")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "oui"),
        (3, "3"),
        (["a", 2], "a\n2"),
        ({"title": "Visite", "starts": None}, "title : Visite"),
        ([{"url": "x", "label": "y"}], "url : x, label : y"),
    ],
)
def test_a_value_is_told_in_words(value: object, words: str) -> None:
    assert in_words(value) == words

"""The words that tell what an action is about: rare ones that it says often, the same at each asking."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accroche.integrations.tantivy.parente import COMPARED, leading, telling_words

#: How many of a hundred actions say each stem in a title.
SAID = {"forum": 40, "meti": 10, "theatr": 2, "debat": 2, "seul": 1, "partout": 60}


def told(*titles: str, most: int = 50) -> list[tuple[str, str]]:
    found = telling_words({"titre": list(titles)}, lambda _field, stem: SAID.get(stem, 0), 100, most)
    assert all(0 < weight <= 1 for _, _, weight in found)
    return [(name, stem) for name, stem, _ in found]


def test_rare_words_come_first_and_what_one_or_all_say_never() -> None:
    stems = [stem for _, stem in told("Forum des métiers, théâtre, débat, seul, partout")]
    assert stems == ["debat", "theatr", "meti", "forum"]
    assert told("Forum, forum, forum, forum, forum, forum, théâtre")[0] == ("titre", "forum"), "said often"
    assert told("Seul, partout") == told() == []


def test_of_equal_words_always_the_same_are_taken_in_whatever_order() -> None:
    words = [f"mot{number}" for number in range(3 * COMPARED)]

    def taken(titles: list[str]) -> list[tuple[str, str, float]]:
        return telling_words({"tout": titles}, lambda _field, _stem: 7, 100, 50)

    assert len(taken(words)) == COMPARED
    assert taken(words) == taken(words[::-1]) == taken([" ".join(words)])


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_word_more_say_than_there_are_is_weighed_still(size: int, held: int) -> None:
    """Those that were deleted count until the index forgets them."""
    found = telling_words({"titre": ["théâtre"]}, lambda _field, _stem: held, size, 50)
    assert found == ([("titre", "theatr", 1.0)] if 2 <= held <= 50 else [])


def test_the_words_that_lead_are_as_many_as_few_say() -> None:
    ranked = [("titre", stem, 1.0) for stem in ("debat", "meti", "forum", "theatr")]
    for most, first in ((1, 1), (11, 1), (12, 2), (51, 2), (52, 3), (53, 3), (54, 4), (99, 4)):
        assert leading(ranked, lambda _field, stem: SAID[stem], most) == first
    assert leading([], lambda _field, _stem: 1, 5) == 0

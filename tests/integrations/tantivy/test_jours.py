"""The days an action goes on, as few numbers: in them a day is found when it is one of them, and no other."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from accroche.integrations.tantivy.jours import LENGTHS, blocks, blocks_around, days_after

ordinals = st.integers(1, dt.date.max.toordinal())
lengths = st.one_of(st.integers(-3, 70), st.integers(0, 5_000))


@example(4096, 5_000, 10)  # longer than the longest block
@given(ordinals, lengths, st.one_of(st.integers(-80, 80), st.integers(-6_000, 6_000)))
def test_a_day_is_in_a_stretch_where_they_share_a_number(first: int, length: int, apart: int) -> None:
    last, day = first + length - 1, max(1, first + apart)
    held = blocks(first, last)
    assert len(set(held) & set(blocks_around(day))) == (first <= day <= last)
    assert len(held) == len(set(held)) <= 2 * LENGTHS + max(0, length) // 2 ** (LENGTHS - 1)


def test_of_one_day_there_are_none_after_it() -> None:
    assert days_after({}) == days_after({"debut": [5], "fin": [5]}) == days_after({"fin": [5]}) == []
    assert days_after({"debut": [5], "fin": [6]}) == blocks(6, 6) == blocks_around(6)[:1]
    # from a multiple of 8 on, eight days are one block
    assert days_after({"debut": [7], "fin": [15]}) == blocks_around(8)[3:4]

"""Lines of calendar files: those of the library, to the byte."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import vText
from icalendar.parser import Contentline

from accroche.lib.icalendrier import jour, lignes, moment, plie, texte

#: As the library says it, without types.
LINE: Final[Any] = Contentline
#: What lines are folded between, what is escaped, and what is folded with what follows.
LETTERS = st.sampled_from("aé€𝄞 \\^;,N:\r\n\u2028\ufeff")


@example("\\" * 80)
@given(st.text(LETTERS, max_size=200))
def test_a_line_is_that_of_the_library(value: str) -> None:
    told = texte(value)
    assert told == vText(value).to_ical().decode()
    assert plie(f"SUMMARY:{told}") == LINE(f"SUMMARY:{told}").to_ical()


def test_days_and_moments() -> None:
    assert jour(dt.date(2027, 3, 9)) == "20270309"
    paris = dt.timezone(dt.timedelta(hours=2))
    assert moment(dt.datetime(2027, 4, 1, 0, 30, 5, tzinfo=paris)) == "20270331T223005Z"
    assert lignes(["A:1", "B:2"]) == b"A:1\r\nB:2\r\n"

"""Where a file says each thing first."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from accroche.imports.recensement.places import Place, Places, days_of
from accroche.imports.recensement.row import Row
from accroche.integrations.tableur.controle import MAX_BYTES

SHEETS = st.sampled_from(["", "Recensement", "Feuil2"])
PLACES = st.tuples(SHEETS, st.integers(1, MAX_BYTES), st.integers(1, 300))


@given(st.lists(st.tuples(st.integers(-3, 3) | st.integers(0, 2**64 - 1), PLACES), max_size=12))
def test_the_first_place_of_each_mark_is_told(met: list[tuple[int, Place]]) -> None:
    ours, plain = Places(), dict[int, Place]()
    for mark, place in met:
        assert ours.first(mark, place) == plain.setdefault(mark, place)


def test_two_stretches_of_a_year_have_two_numbers() -> None:
    first = dt.date(2026, 8, 1)
    days = [first + dt.timedelta(days=far) for far in (0, 1, 200, 364)]
    stretches = [(starts, ends) for starts in days for ends in days if starts <= ends]
    told = {days_of(Row("", 2, (), starts=starts, ends=ends)) for starts, ends in stretches}
    assert (len(told), days_of(Row("", 2, ()))) == (len(stretches), 0)
    assert 0 not in told

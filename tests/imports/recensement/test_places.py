"""Where a file says each thing first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accroche.imports.recensement.places import Place, Places
from accroche.integrations.tableur.controle import MAX_BYTES

SHEETS = st.sampled_from(["", "Recensement", "Feuil2"])
PLACES = st.tuples(SHEETS, st.integers(1, MAX_BYTES), st.integers(1, 300))


@given(st.lists(st.tuples(st.integers(-3, 3) | st.integers(0, 2**64 - 1), PLACES), max_size=12))
def test_the_first_place_of_each_mark_is_told(met: list[tuple[int, Place]]) -> None:
    ours, plain = Places(), dict[int, Place]()
    for mark, place in met:
        assert ours.first(mark, place) == plain.setdefault(mark, place)

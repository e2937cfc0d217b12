"""Rows of a form added, removed and moved without JavaScript."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.commun.rangees import MOST, Geste, geste_of, list_touched, rearranged

DATA = {
    "title": ["T"],
    "etapes-TOTAL_FORMS": ["3"],
    "etapes-0-place": ["Cher"],
    "etapes-1-place": ["Indre"],
    "etapes-1-date": ["2027-03-15"],
    "etapes-2-place": [""],
}


def places(data: dict[str, list[str]]) -> list[str]:
    return [data.get(f"etapes-{n}-place", [""])[0] for n in range(int(data["etapes-TOTAL_FORMS"][0]))]


@pytest.mark.parametrize(
    ("geste", "target", "expected"),
    [
        (Geste.ADD, "etapes", ["Cher", "Indre", "", ""]),
        (Geste.REMOVE, "etapes-0", ["", "Indre", ""]),
        (Geste.UP, "etapes-1", ["Indre", "Cher", ""]),
        (Geste.DOWN, "etapes-0", ["Indre", "Cher", ""]),
        # nothing is lost at an end, nor by a name nobody gave
        (Geste.UP, "etapes-0", ["Cher", "Indre", ""]),
        (Geste.DOWN, "etapes-2", ["Cher", "Indre", ""]),
        (Geste.REMOVE, "etapes-7", ["Cher", "Indre", ""]),
        (Geste.REMOVE, "etapes-x", ["Cher", "Indre", ""]),
        (Geste.ADD, "autre", ["Cher", "Indre", ""]),
        (Geste.UP, "", ["Cher", "Indre", ""]),
    ],
)
def test_a_button_moves_what_was_typed(geste: Geste, target: str, expected: list[str]) -> None:
    found = rearranged(DATA, geste, target)
    assert places(found) == expected
    assert found["title"] == ["T"]


@pytest.mark.parametrize("size", [MOST - 1, MOST, MOST + 1, 9999])
def test_no_list_grows_without_end(size: int) -> None:
    data = DATA | {"etapes-TOTAL_FORMS": [str(size)]}
    assert rearranged(data, Geste.ADD, "etapes")["etapes-TOTAL_FORMS"] == [str(MOST)]


def test_a_button_tells_its_list() -> None:
    assert list_touched(Geste.ADD, "etapes") == "etapes"
    assert list_touched(Geste.UP, "temps_forts-2") == "temps_forts"
    assert list_touched(Geste.UP, "") == ""


def test_a_line_moves_with_all_its_fields() -> None:
    found = rearranged(DATA, Geste.UP, "etapes-1")
    assert found["etapes-0-date"] == ["2027-03-15"]
    assert "etapes-1-date" not in found


def test_the_button_pressed_is_told_from_the_whole_form() -> None:
    assert geste_of(DATA | {"monter": ["etapes-1"]}) == (Geste.UP, "etapes-1")
    assert geste_of(DATA | {"enregistrer": ["1"]}) is None


@given(st.sampled_from([Geste.UP, Geste.DOWN]), st.integers(min_value=0, max_value=2))
def test_moving_loses_nothing_and_moves_back(geste: Geste, number: int) -> None:
    moved = rearranged(DATA, geste, f"etapes-{number}")
    assert sorted(places(moved)) == sorted(places(DATA))
    back = number + (1 if geste is Geste.DOWN else -1)
    if 0 <= back <= 2:
        opposite = Geste.UP if geste is Geste.DOWN else Geste.DOWN
        assert rearranged(moved, opposite, f"etapes-{back}") == DATA

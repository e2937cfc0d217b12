from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.tableur.cellules import (
    Cell,
    is_blank,
    is_ticked,
    line_of,
    neutral,
    number_of,
    several,
    text_of,
    unneutral,
)

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  a \u00a0 b ", "a b"),
        ("a\r\nb\rc", "a\nb\nc"),
        (12.0, "12"),
        (12.5, "12.5"),
        (True, "oui"),
        (dt.date(2016, 3, 4), "04/03/2016"),
        (dt.datetime(2016, 3, 4, 10, tzinfo=dt.UTC), "04/03/2016"),
        ("a\u200bb\x07c", "abc"),
        ("a b", "a b"),
        (" a", "a"),
        ("a ", "a"),
        ("a  b", "a b"),
        ("\n a \n\n b\n", "a\n\nb"),
        ("a\r\rb", "a\n\nb"),
        (7, "7"),
        (-5.0, "-5"),
        (False, "non"),
        (10.0**15 - 1, "999999999999999"),
        (10.0**15, "1000000000000000.0"),
        (-(10.0**15), "-1000000000000000.0"),
    ],
)
def test_a_cell_reads_as_clean_text(cell: Cell, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (30, 30),
        (30.0, 30),
        (30.5, None),
        ("30", 30),
        ("environ 1 200 élèves", 1200),
        ("1.200", 1200),
        ("30,0", 30),
        ("30,00", 30),
        ("30,5", None),
        (0, 0),
        (-1, None),
        (-0.5, None),
        (0.5, None),
        (999_999, 999_999),
        (999_999.0, 999_999),
        (10**6, None),
        ("0", 0),
        ("000", 0),
        ("007", 7),
        ("999999", 999_999),
        ("999 999 élèves", 999_999),
        ("1000000", None),
        ("1 000 000", None),
        ("a" * 20 + "30", 30),
        ("a" * 21 + "30", None),
        ("- 3", None),
        ("moins-3", 3),
        ("", None),
        ("2 classes de 25", None),
        ("-3", None),
        (-3, None),
        (10**9, None),
        ("beaucoup", None),
        (True, None),
        (dt.date(2016, 3, 4), None),
    ],
)
def test_a_number_is_found_or_there_is_none(cell: Cell, number: int | None) -> None:
    assert number_of(cell) == number


@pytest.mark.parametrize(
    "cell",
    [
        True,
        1,
        1.0,
        "x",
        "X",
        " x ",
        "xx",
        "oui",
        "Oui",
        "o",
        "1",
        "vrai",
        "VRAI",
        "true",
        "✓",
        "✔",
        "☑",
        "☒",
        "ok",
        "OK",
        "•",
        "v",
    ],
)
def test_a_cross_ticks(cell: Cell) -> None:
    assert is_ticked(cell) is True


@pytest.mark.parametrize(
    "cell",
    [
        None,
        False,
        0,
        0.0,
        "",
        " ",
        "-",
        "–",
        "—",
        "/",
        ".",
        "non",
        "Non",
        "n",
        "0",
        "faux",
        "false",
        "☐",
        "nc",
        "NC",
        "n.c.",
        "N.C.",
    ],
)
def test_nothing_does_not_tick(cell: Cell) -> None:
    assert is_ticked(cell) is False


@pytest.mark.parametrize("cell", [None, "", " ", "\n", "\u200b", "-", " – ", "—", "/", "."])
def test_nothing_is_blank(cell: Cell) -> None:
    assert is_blank(cell) is True


@pytest.mark.parametrize("cell", [0, 0.0, False, "0", "a", "-a", "--", "?", "a -", dt.date(2016, 3, 4)])
def test_what_says_something_is_not_blank(cell: Cell) -> None:
    assert is_blank(cell) is False


@pytest.mark.parametrize(
    ("cell", "line"),
    [("a\n\n b", "a b"), ("a b", "a b"), (12.0, "12"), (None, ""), (dt.date(2016, 3, 4), "04/03/2016")],
)
def test_a_cell_on_one_line(cell: Cell, line: str) -> None:
    assert line_of(cell) == line


def test_words_neither_tick_nor_not() -> None:
    assert [is_ticked(cell) for cell in ("4e B", "?", 2, "peut-être")] == [None] * 4


def test_several_are_told_apart_once() -> None:
    assert several("a ; b\n• c ; a / d") == ["a", "b", "c", "d"]
    assert several("1/2 journée, midi") == ["1/2 journée, midi"]


@pytest.mark.parametrize(
    ("text", "written"),
    [(f"{sign}1", f"'{sign}1") for sign in (*FORMULAS, "＝", "＋", "－", "＠")]
    + [("'=1", "''=1"), ("a=1", "a=1"), ("'a", "'a"), (" =1", " =1"), ("", "")],
)
def test_a_formula_gets_an_apostrophe_and_nothing_else_does(text: str, written: str) -> None:
    assert neutral(text) == written
    assert unneutral(written) == text


@given(st.text())
def test_a_neutralised_text_is_no_formula_and_comes_back(text: str) -> None:
    assert not neutral(text).startswith(FORMULAS)
    assert unneutral(neutral(text)) == text


@given(st.text())
def test_a_tidy_text_is_the_same_whichever_way_it_was_cleaned(text: str) -> None:
    read = text_of(text)
    # a blank added at the end sends the text through the whole cleaning
    assert read == text_of(text + "\t")
    assert text_of(read) == read


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes()))
def test_no_cell_breaks_its_reading(cell: Cell) -> None:
    assert isinstance(text_of(cell), str)
    assert isinstance(is_blank(cell), bool)
    assert number_of(cell) is None or 0 <= (number_of(cell) or 0) < 10**6


def test_a_number_of_thousands_of_digits_is_none() -> None:
    assert number_of("1" * 20_000) is None
    assert number_of("0" * 20_000 + "12") == 12

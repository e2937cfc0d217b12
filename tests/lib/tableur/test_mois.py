"""Months told apart from their days: put together, or above them."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.lib.tableur.cellules import Cell
from accroche.lib.tableur.mois import Above, is_a_month, put_together, says_a_year


@pytest.mark.parametrize(
    ("above", "rows", "found"),
    [
        ("Janvier 2026", [["31 janvier", "2 février", "2 mars"]], [[True, True, False]]),
        # bare days are of it until a row names another month
        ("Janvier", [["9", ""], ["3 mars"], ["10", "12 janvier"]], [[True, False], [False], [False, True]]),
        ("Janvier 2026", [["2 mars", "3 janvier"], ["9"]], [[False, True], [True]]),
        ("2026", [["9", "9 mars", "9/3"]], [[False, True, True]]),
        ("Janvier", [["2 février"]], [[False]]),
        ("Décembre 2026", [["2 janvier", "2 janvier 2027"]], [[False, False]]),
        ("Janvier 2026", [["3/01", "3/01/26", dt.date(2026, 1, 3)]], [[True, False, False]]),
    ],
)
def test_a_month_above_is_of_the_days_that_name_it(
    above: str, rows: list[list[Cell]], found: list[list[bool]]
) -> None:
    told = Above(above)
    assert [told.of_these(days) for days in rows] == found


@pytest.mark.parametrize(
    ("cells", "whole"),
    [
        (["mars", None, "8, 9 et 10"], "8, 9 et 10 mars"),
        (["14h", "mars", "9"], "9 mars ; 14h"),
        (["mars", "14h"], "mars ; 14h"),
        (["Janvier 2026", "31 janvier"], "31 janvier 2026"),
        (["2026", "9/3", "mars"], "9/3/2026"),
        (["2026"], "2026"),
        (["2026", "2027", "9 mars"], "9 mars"),
        ([dt.date(2026, 3, 9)], dt.date(2026, 3, 9)),
    ],
)
def test_what_columns_say_of_a_date_is_put_together(cells: list[Cell], whole: Cell) -> None:
    assert put_together(cells) == whole


def test_a_month_or_a_year_is_told_from_a_day() -> None:
    cells: list[Cell] = ["Mars", "en mars 2026", "2026", "9 mars", "", dt.date(2026, 3, 1), "9/3/26"]
    assert [is_a_month(cell) for cell in cells] == [True, True, True, False, False, False, False]
    assert [says_a_year(cell) for cell in cells] == [False, True, True, False, False, True, True]

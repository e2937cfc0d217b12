"""Projects of several years, and days as tools in English write them."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.lib.dates import DateError
from accroche.lib.tableur.periodes import read_span, read_when

YEAR = "2026-2027"
FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 7, 5)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("cell", "starts", "ends"),
    [
        ("March 9, 2027", "2027-03-09", "2027-03-09"),
        ("June 3 - 6, June10 - 13", "2027-06-03", "2027-06-13"),
        ("Jun 4-5", "2027-06-04", "2027-06-05"),
        ("lundi 8 mars 2027 - 14h00 - 16h00", "2027-03-08", "2027-03-08"),
        ("Jan 6th 2027", "2027-01-06", "2027-01-06"),
        ("04 Mar 2027", "2027-03-04", "2027-03-04"),
        ("Mar 4–8, 2027", "2027-03-04", "2027-03-08"),
        ("Sat, Oct. 3", "2026-10-03", "2026-10-03"),
        ("jan 12 to feb 3", "2027-01-12", "2027-02-03"),
        ("Sept 26", "2026-09-01", "2026-09-30"),
        ("Mar 9, 2027", "2027-03-09", "2027-03-09"),
        ("Monday, March 8, 2027", "2027-03-08", "2027-03-08"),
        ("9th of March 2027", "2027-03-09", "2027-03-09"),
        ("May 10", "2027-05-10", "2027-05-10"),
        ("March 8-12, 2027", "2027-03-08", "2027-03-12"),
        ("March 8, 2027 → March 12, 2027", "2027-03-08", "2027-03-12"),
        ("from 8 to 12 March 2027", "2027-03-08", "2027-03-12"),
        ("March 8th and 10th, 2027", "2027-03-08", "2027-03-10"),
        # a month and a year, as in French
        ("nov 26", "2026-11-01", "2026-11-30"),
        ("2027-01-22<->2027-01-23|2027-03-08<->2027-03-12", "2027-01-22", "2027-03-12"),
    ],
)
def test_days_of_tools_in_english(cell: str, starts: str, ends: str) -> None:
    told = read_when(cell, YEAR)
    assert told
    assert (told.starts, told.ends) == (day(starts), day(ends))


@pytest.mark.parametrize(
    ("cell", "starts", "ends"),
    [
        ("2024-2027", FIRST, LAST),
        ("2026-29", FIRST, LAST),
        ("du 01/09/2024 au 31/08/2028", FIRST, LAST),
        ("sept. 2024 à juin 2027", FIRST, dt.date(2027, 6, 30)),
        ("de janvier 2027 à décembre 2027", dt.date(2027, 1, 1), LAST),
    ],
)
def test_a_project_of_several_years_keeps_what_is_of_this_one(
    cell: str, starts: dt.date, ends: dt.date
) -> None:
    told = read_when(cell, YEAR)
    assert told
    assert (told.starts, told.ends) == (starts, ends)
    assert "la fiche garde" in told.remark
    assert told.all_year is ((starts, ends) == (FIRST, LAST))
    assert told.words, "what was written is kept"


@pytest.mark.parametrize(
    "cell",
    ["2027-2030", "2020-2024", "2024-2026", "du 01/09/2023 au 30/06/2026", "10 mars 2026 et 12 mars 2027"],
)
def test_years_without_this_one_are_refused(cell: str) -> None:
    with pytest.raises(DateError, match="hors de l’année scolaire 2026-2027"):
        read_when(cell, YEAR)


def test_the_first_and_the_last_day_of_several_years_are_in_two_cells() -> None:
    told = read_span("01/09/2024", dt.date(2027, 8, 31), YEAR)
    assert told
    assert (told.starts, told.ends, told.all_year) == (FIRST, LAST, True)
    assert told.remark == (
        "Le projet va du 1er\u00a0septembre 2024 au 31\u00a0août 2027 : la fiche garde ce qui est de "
        "l’édition, toute l’année."
    )
    later = read_span("2027-01-01", "31/12/2027", YEAR)
    assert later
    assert (later.starts, later.ends) == (dt.date(2027, 1, 1), LAST)
    # within the year, of other years, or no days: each cell is then read alone
    assert read_span("08/03/2027", "12/03/2027", YEAR) is None
    assert read_span("01/09/2026", "31/08/2027", YEAR) is None
    assert read_span("01/09/2020", "30/06/2022", YEAR) is None
    assert read_span("à définir", "31/12/2027", YEAR) is None


@pytest.mark.parametrize(
    ("cell", "told"), [("semaine 1", "est lu : du 4 au 8"), ("S1 et S2", "S1 et S2"), ("S10", "")]
)
def test_weeks_that_may_be_of_a_programme_are_told(cell: str, told: str) -> None:
    period = read_when(cell, YEAR)
    assert period
    assert (told in period.remark, bool(period.remark)) == (True, bool(told))

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.dates import DateError, edition_of, school_year
from accroche.lib.tableur.cellules import Cell
from accroche.lib.tableur.periodes import Period, read_period

YEAR = "2015-2016"
WEEK = (dt.date(2016, 3, 14), dt.date(2016, 3, 18))
DAY = (dt.date(2016, 3, 14), dt.date(2016, 3, 14))


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("du 14 au 18 mars 2016", WEEK),
        ("Du lundi 14 au vendredi 18 mars", WEEK),
        ("14-18/03", WEEK),
        ("14/03 au 18/03", WEEK),
        ("du 14/03/2016 au 18/03/2016", WEEK),
        ("14.03.16 - 18.03.16", WEEK),
        ("14 – 18 mars 2016", WEEK),
        ("semaine du 14 mars", WEEK),
        ("semaine du 16/03", WEEK),
        ("semaine du 14 au 18 mars", WEEK),
        ("14/03/2016", DAY),
        ("le 14/03", DAY),
        ("2016-03-14", DAY),
        ("2016-03-14 10:00:00", DAY),
        ("Lundi 14 mars 2016 de 14h à 16h30", DAY),
        ("14 mars 2016, 14:30", DAY),
        (dt.date(2016, 3, 14), DAY),
        (dt.datetime(2016, 3, 14, 9, tzinfo=dt.UTC), DAY),
        (42443, DAY),
        ("42443", DAY),
        ("14 fév.", (dt.date(2016, 2, 14),) * 2),
        ("1er avril 2016", (dt.date(2016, 4, 1),) * 2),
        ("mars 2016", (dt.date(2016, 3, 1), dt.date(2016, 3, 31))),
        ("en février", (dt.date(2016, 2, 1), dt.date(2016, 2, 29))),
        ("de septembre à décembre", (dt.date(2015, 9, 1), dt.date(2015, 12, 31))),
        ("14 mars et 18 mars", WEEK),
    ],
)
def test_when_is_read(cell: Cell, days: tuple[dt.date, dt.date]) -> None:
    assert read_period(cell, YEAR) == Period(*days)


@pytest.mark.parametrize("text", ["toute l'année", "Toute l’année scolaire", "à l'année", "Année scolaire"])
def test_all_year_is_the_school_year(text: str) -> None:
    assert read_period(text, YEAR) == Period(*school_year(YEAR), all_year=True)


@pytest.mark.parametrize("cell", [None, "", " - "])
def test_nothing_is_no_period(cell: Cell) -> None:
    assert read_period(cell, YEAR) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bientôt", "ne se lit pas comme une date"),
        ("30/02/2016", "n’existe pas"),
        ("décembre 9999", "n’existe pas"),
        ("14/13/2016", "n’existe pas"),
        ("18-14/03", "finit avant de commencer"),
        ("14/03/2019", "sort de l’année scolaire 2015-2016"),
        (dt.date(2012, 3, 14), "sort de l’année scolaire"),
    ],
)
def test_what_is_no_date_is_refused_with_words(text: Cell, words: str) -> None:
    with pytest.raises(DateError, match=words):
        read_period(text, YEAR)


@pytest.mark.parametrize("text", ["bientôt", "30/02", "30 février", "18 au 14 mars"])
@pytest.mark.parametrize(("year", "day"), [("2015-2016", "14/03/2016"), ("2026-2027", "08/03/2027")])
def test_the_example_is_a_day_of_the_edition_read(text: str, year: str, day: str) -> None:
    with pytest.raises(DateError) as refusal:
        read_period(text, year)
    example = re.findall("« (.*?) »", str(refusal.value))[-3:]
    assert example[0] == day
    for one in example:
        assert read_period(one, year), one


@given(
    st.one_of(
        st.text(max_size=40),
        st.from_regex(r"(?:du |semaine )?[0-9]{1,5}[ /.-][0-9a-zé]{1,9}[ /-][0-9]{1,4}", fullmatch=True),
        st.integers(),
        st.floats(allow_nan=False),
        st.dates(),
    )
)
def test_any_cell_gives_a_period_of_the_edition_or_a_refusal(cell: Cell) -> None:
    try:
        found = read_period(cell, YEAR)
    except DateError:
        return
    if found:
        assert found.starts <= found.ends
        assert edition_of(found.starts) == edition_of(found.ends) == YEAR

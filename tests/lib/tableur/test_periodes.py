from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.dates import DateError, edition_of, school_year
from accroche.lib.tableur.cellules import Cell
from accroche.lib.tableur.periodes import Period, advice, read_period

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
        ("14-18/03/2016", WEEK),
        ("du 14 au 18/03/16", WEEK),
        ("14‐18/03", WEEK),
        ("14/03/2016 au 18/03", WEEK),
        ("14/03 et 18/03/2016", WEEK),
        ("14 et 18 mars (10h à 12h)", WEEK),
        ("le 14 et le 18 mars", WEEK),
        ("semaine du vendredi 18 mars", WEEK),
        ("semaine du 20/03", WEEK),
        ("semaine 14 mars", WEEK),
        ("la semaine du 14/03 au 18/03", WEEK),
        ("semaine du 21/03", (dt.date(2016, 3, 21), dt.date(2016, 3, 25))),
        ("semaine du 14/03 au 16/03", (dt.date(2016, 3, 14), dt.date(2016, 3, 16))),
        ("30/11 au 04/01", (dt.date(2015, 11, 30), dt.date(2016, 1, 4))),
        ("14 mars ; 2 avril", (dt.date(2016, 3, 14), dt.date(2016, 4, 2))),
        ("2 avril ; 14 mars", (dt.date(2016, 3, 14), dt.date(2016, 4, 2))),
        ("Le 14 mars", DAY),
        ("14 mars 2016.", DAY),
        ("14 MARS", DAY),
        ("14/03, 9:00", DAY),
        ("14/03/16", DAY),
        ("2016-3-14", DAY),
        ("2016-03-14T10:00", DAY),
        (42443.75, DAY),
        (" 42443.0 ", DAY),
        ("14 AOÛT 2015", (dt.date(2015, 8, 14),) * 2),
        ("29/02/2016", (dt.date(2016, 2, 29),) * 2),
        ("01/08", (dt.date(2015, 8, 1),) * 2),
        ("31/07", (dt.date(2016, 7, 31),) * 2),
        ("31/12", (dt.date(2015, 12, 31),) * 2),
        ("01/01", (dt.date(2016, 1, 1),) * 2),
        ("août", (dt.date(2015, 8, 1), dt.date(2015, 8, 31))),
        ("juillet", (dt.date(2016, 7, 1), dt.date(2016, 7, 31))),
        ("Décembre", (dt.date(2015, 12, 1), dt.date(2015, 12, 31))),
        ("de mars 2016 à avril 2016", (dt.date(2016, 3, 1), dt.date(2016, 4, 30))),
        ("novembre à janvier 2016", (dt.date(2015, 11, 1), dt.date(2016, 1, 31))),
        ("nov. 2015 - déc. 2015", (dt.date(2015, 11, 1), dt.date(2015, 12, 31))),
        ("du 14 au 18 janv.", (dt.date(2016, 1, 14), dt.date(2016, 1, 18))),
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


@pytest.mark.parametrize(
    ("cell", "edition", "day"),
    [
        (32_874, "1989-1990", dt.date(1990, 1, 1)),
        (65_745, "2079-2080", dt.date(2079, 12, 31)),
        ("14/03/99", "2098-2099", dt.date(2099, 3, 14)),
        ("14/03/00", "1999-2000", dt.date(2000, 3, 14)),
    ],
)
def test_the_first_and_the_last_of_numbers_and_short_years(cell: Cell, edition: str, day: dt.date) -> None:
    assert read_period(cell, edition) == Period(day, day)


SHORT = [
    ("janv.", 1), ("jan", 1), ("févr.", 2), ("fev", 2), ("avr.", 4), ("juil.", 7), ("sept.", 9), ("sep", 9),
    ("oct.", 10), ("nov.", 11), ("déc.", 12),
]  # fmt: skip
LONG = [
    ("janvier", 1), ("février", 2), ("fevrier", 2), ("mars", 3), ("avril", 4), ("mai", 5), ("juin", 6),
    ("juillet", 7), ("août", 8), ("aout", 8), ("septembre", 9), ("octobre", 10), ("novembre", 11),
    ("décembre", 12), ("decembre", 12),
]  # fmt: skip


@pytest.mark.parametrize(("month", "number"), SHORT + LONG)
def test_every_month_is_read_alone_and_behind_a_day(month: str, number: int) -> None:
    year = 2015 if number >= 8 else 2016
    day = dt.date(year, number, 14)
    assert read_period(f"14 {month}", YEAR) == Period(day, day)
    whole = read_period(month, YEAR)
    assert whole is not None
    assert whole.starts == dt.date(year, number, 1)
    assert (whole.ends + dt.timedelta(days=1)).day == 1
    assert whole.ends.month == number


ADVICE = " Écrivez par exemple « 14/03/2016 », « du 14 au 18\u00a0mars 2016 » ou « toute l’année »."


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("Bientôt", "« Bientôt » ne se lit pas comme une date." + ADVICE),
        ("14 Marss", "« 14 Marss » ne se lit pas comme une date." + ADVICE),
        ("semaine de Mars", "« semaine de Mars » ne se lit pas comme une date." + ADVICE),
        (True, "« oui » ne se lit pas comme une date." + ADVICE),
        ("42443.5", "« 42443.5 » ne se lit pas comme une date." + ADVICE),
        (32_873, "« 32873 » ne se lit pas comme une date." + ADVICE),
        (65_746, "« 65746 » ne se lit pas comme une date." + ADVICE),
        ("Le 14", "Il manque le mois : « Le 14 »." + ADVICE),
        ("30 Février", "Cette date n’existe pas : « 30 Février »." + ADVICE),
        ("18 au 14 Mars", "Ces dates finissent avant de commencer : « 18 au 14 Mars »." + ADVICE),
        (
            "30 Déc. 2016",
            "« 30 Déc. 2016 » est en dehors de l’édition 2015-2016 : vérifiez l’année." + ADVICE,
        ),
        *(
            (written, f"« {written} » n’existe pas au calendrier." + ADVICE)
            for written in (
                "Le 30/02", "2016-02-30", "14/03/1899", "14/03/2201", "14/03 au 32/03", "32/03 au 14/04",
                "14-32/03", "32-33/03", "Semaine du 30/02", "Mars 2201", "Mars à avril 2201",
                "Mars 2201 à avril",
            )
        ),
        *(
            (written, f"« {written} » finit avant de commencer : inversez les deux dates.")
            for written in ("18-14/03", "18/03-14/03", "Avril à mars", "Semaine du 18/03 au 14/03")
        ),
        *(
            (
                written,
                (f"« {written} » sort de l’année scolaire 2015-2016 : vérifiez l’année, ou choisissez "
                "une autre édition."),
            )
            for written in (
                "14/03/1900", "14/03/2200", "31/07/2015", "01/08/2016", "01/08/2015 au 01/08/2016",
                "31/07/2015 au 31/07/2016", "En mars 2019", "2019-03-14",
            )
        ),
    ],
)  # fmt: skip
def test_a_refusal_quotes_what_was_written_and_says_what_to_do(cell: Cell, message: str) -> None:
    with pytest.raises(DateError) as refusal:
        read_period(cell, YEAR)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("edition", "week"),
    [
        ("2015-2016", "« 14/03/2016 », « du 14 au 18\u00a0mars 2016 »"),
        ("2026-2027", "« 08/03/2027 », « du 8 au 12\u00a0mars 2027 »"),
    ],
)
def test_the_advice_is_the_school_week_of_mid_march(edition: str, week: str) -> None:
    assert advice(edition) == f"Écrivez par exemple {week} ou « toute l’année »."


@pytest.mark.parametrize(
    "text",
    [
        "toute l'année", "tout au long de l'année", "l’année", "Annuel", "annuelle", "permanent",
        "Permanente", "en continu", "année scolaire 2015-2016",
    ],
)  # fmt: skip
def test_all_year_is_said_in_many_ways(text: str) -> None:
    assert read_period(text, YEAR) == Period(dt.date(2015, 9, 1), dt.date(2016, 7, 5), all_year=True)

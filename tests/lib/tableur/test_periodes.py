from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.dates import DateError, edition_of, school_year
from accroche.lib.tableur.cellules import Cell
from accroche.lib.tableur.mois import put_together
from accroche.lib.tableur.periodes import Period, advice, read_end, read_when

YEAR = "2015-2016"
WEEK = (dt.date(2016, 3, 14), dt.date(2016, 3, 18))
DAY = (dt.date(2016, 3, 14), dt.date(2016, 3, 14))


def days(cell: Cell, edition: str = YEAR) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a cell."""
    found = read_when(cell, edition)
    assert found
    return found.starts, found.ends


@pytest.mark.parametrize(
    ("cell", "told"),
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
        ("lundi mars 21", (dt.date(2016, 3, 21),) * 2),
        ("Mars 14, 2016", DAY),
        ("mars 21 et 22", (dt.date(2016, 3, 21), dt.date(2016, 3, 22))),
        ("juin 16", (dt.date(2016, 6, 1), dt.date(2016, 6, 30))),
        ("mars 8 - juin 16", (dt.date(2016, 3, 8), dt.date(2016, 6, 16))),
        ("mars 8 jours", (dt.date(2016, 3, 1), dt.date(2016, 3, 31))),
        ("2016-03-14 18.11", DAY),
        ("14 mars 14.30", DAY),
    ],
)
def test_when_is_read(cell: Cell, told: tuple[dt.date, dt.date]) -> None:
    assert days(cell) == told


@pytest.mark.parametrize("text", ["toute l'année", "Toute l’année scolaire", "à l'année", "Année scolaire"])
def test_all_year_is_the_school_year(text: str) -> None:
    found = read_when(text, YEAR)
    assert found
    assert found.all_year
    assert days(text) == school_year(YEAR)


@pytest.mark.parametrize("cell", [None, "", " - "])
def test_nothing_is_no_period(cell: Cell) -> None:
    assert read_when(cell, YEAR) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("30/02/2016", "n’existe pas"),
        ("décembre 9999", "n’existe pas"),
        ("14/13/2016", "n’existe pas"),
        ("mars 8.21", "ne se lit pas"),
        ("18-14/03", "finit avant de commencer"),
        ("Saison (21 juin - 5 septembre)", "va d’une année scolaire à l’autre : écrivez l’année"),
        ("mars 14", "est hors de l’année scolaire 2015-2016"),
        ("14/03/2019", "est hors de l’année scolaire 2015-2016"),
        (dt.date(2012, 3, 14), "est hors de l’année scolaire"),
    ],
)
def test_what_is_no_date_is_refused_with_words(text: Cell, words: str) -> None:
    with pytest.raises(DateError, match=words):
        read_when(text, YEAR)


@pytest.mark.parametrize("text", ["14 marss", "30/02", "30 février"])
@pytest.mark.parametrize(("year", "day"), [("2015-2016", "14/03/2016"), ("2026-2027", "08/03/2027")])
def test_the_example_is_a_day_of_the_edition_read(text: str, year: str, day: str) -> None:
    with pytest.raises(DateError) as refusal:
        read_when(text, year)
    example = re.findall("« (.*?) »", str(refusal.value))[-3:]
    assert example[0] == day
    for one in example:
        assert read_when(one, year), one


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
        found = read_when(cell, YEAR)
    except DateError:
        return
    if found and found.starts and found.ends:
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
    assert days(cell, edition) == (day, day)


MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip
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
    assert days(f"14 {month}") == (day, day)
    first, last = days(month)
    assert first == dt.date(year, number, 1)
    assert last
    assert (last + dt.timedelta(days=1)).day == 1
    assert last.month == number


ADVICE = " Écrivez par exemple « 14/03/2016 », « du 14 au 18\u00a0mars 2016 » ou « toute l’année »."


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("14 Marss", "« 14 Marss » ne se lit pas comme une date." + ADVICE),
        ("42443.5", "« 42443.5 » ne se lit pas comme une date." + ADVICE),
        (32_873, "« 32873 » ne se lit pas comme une date." + ADVICE),
        (65_746, "« 65746 » ne se lit pas comme une date." + ADVICE),
        ("Le 14", "Il manque le mois : « Le 14 »." + ADVICE),
        *(
            (written, f"« {written} » n’existe pas au calendrier." + ADVICE)
            for written in (
                "Le 30/02", "30 Février", "2016-02-30", "14/03/1899", "14/03/2201", "14/03 au 32/03",
                "32/03 au 14/04",
                "14-32/03", "32-33/03", "Semaine du 30/02", "Mars 2201", "Mars à avril 2201",
                "Mars 2201 à avril",
            )
        ),
        *(
            (
                written,
                (f"« {written} » finit avant de commencer : inversez les deux dates, "
                "ou écrivez le mois des deux."),
            )
            for written in ("18-14/03", "18 au 14 Mars", "18/03-14/03", "Avril à mars",
                            "Semaine du 18/03 au 14/03")
        ),
        *(
            (
                written,
                (f"« {written} » est hors de l’année scolaire 2015-2016 : vérifiez l’année, ou choisissez "
                "une autre édition."),
            )
            for written in (
                "30 Déc. 2016", "du 10 au 14 mars 2014", "10/03/2016 au 12/03/2014", "Printemps 2019",
                "14/03/1900", "14/03/2200", "31/07/2015", "01/08/2016",
                "En mars 2019", "2019-03-14",
            )
        ),
    ],
)  # fmt: skip
def test_a_refusal_quotes_what_was_written_and_says_what_to_do(cell: Cell, message: str) -> None:
    with pytest.raises(DateError) as refusal:
        read_when(cell, YEAR)
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
    assert days(text) == (dt.date(2015, 9, 1), dt.date(2016, 7, 5))


@pytest.mark.parametrize(
    "text", ["pendant la semaine", "Semaine", "SPS", "Semaine de la persévérance scolaire"]
)
def test_the_semaine_is_no_days_but_a_moment(text: str) -> None:
    assert read_when(text, YEAR) == Period(week=True)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("à définir", False), ("À préciser", False), ("en cours", False), ("NC", False), ("A venir", False),
        ("bientôt", True), ("le mardi", True), ("1er trimestre", True), ("T2", True),
        ("printemps 2016", True),
        ("vacances de février", True), ("avant le 15 mars", True), ("2h", True), ("Durée : 2h", True),
        ("3 mois", True),
        ("1/2 journée", True), ("2 jeudis par mois", True), ("semaine de la presse", True),
        ("1er semestre 2015-2016", True),
    ],
)  # fmt: skip
def test_what_names_no_day_is_told_and_blocks_nothing(text: str, kept: bool) -> None:
    found = read_when(text, YEAR)
    assert found
    assert (found.starts, found.ends, found.week, found.all_year) == (None, None, False, False)
    assert found.remark.startswith(f"« {text} »")
    assert found.words == (text if kept else "")


#: 2016: the week 11 begins on 14 March.
MORE = [
    (
        "15-mars-16 | 15 mars 16 | 15-mars | 15 March 2016 | 15-Mar-16 | 15 Mar 16 | mardi 15 mars | 15-03",
        (15, 15),
        "",
        "",
    ),
    ("15/03 (14h-16h) | 15/03/2016 de 9h à 12h | mardi 15 mars 2016 matin", (15, 15), "", "written"),
    ("15 mars à partir de 14h | 15/03 à 14h | 15 mars 2016 14h - 16h30", (15, 15), "", "written"),
    ("March 15, 2016, 8:30 AM | March 15, 2016 7 pm - 10 pm | 15 March 2016 9 a.m.", (15, 15), "", "written"),
    ("15 mars pour les 3e | 15 mars au CDI | 15 mars 2016 (120 élèves)", (15, 15), "est lu", "written"),
    ("S11 | semaine 11 | Semaine n°11 | semaine 11, du 14 au 18 mars", (14, 18), "", ""),
    (
        "14 mars, 16 mars et 18 mars 2016 | 14/03 et 18/03 | 14 mars 18 mars",
        (14, 18),
        "plusieurs jours",
        "written",
    ),
    (
        "10/11/12 mars | 10/11/12 mars 2016 | 10-11-12 mars | 10-11 et 12 mars | semaine 10 au 12 mars",
        (10, 12),
        "",
        "",
    ),
    ("fin mars", (21, 31), "est lu", ""),
    ("mi-mars", (11, 20), "est lu", ""),
    ("2e quinzaine de mars | semaine de mars", (1, 31), "est lu", ""),
    ("mars | 03/2016 | 2016-03 | tout le mois de mars | mars-16", (1, 31), "", ""),
    ("entre le 14 et le 18 mars | du 14 au 18 mars 2016 inclus", (14, 18), "", ""),
    ("les jeudis du 10 mars au 24 mars", (10, 24), "", "written"),
    ("tous les jeudis de mars | ? mars", (1, 31), "est lu", "written"),
    ("du 15 mars au", (15, 15), "est lu", "written"),
    ("Semaine de la persévérance du 14 au 18 mars", (14, 18), "", ""),
    ("reporté au 22 mars", (22, 22), "est lu", "written"),
    ("<2016-03-15 mar.> | 2016-Mar-15 | 2016-mars-15", (15, 15), "", ""),
    ("mars 8/3", (8, 8), "", ""),
    ("Tue Mar 15 2016 20:30:00 GMT+0100 (CET)", (15, 15), "", "written"),
]


@pytest.mark.parametrize(("texts", "march", "remark", "kept"), MORE)
def test_days_of_march_as_people_write_them(
    texts: str, march: tuple[int, int], remark: str, kept: str
) -> None:
    for text in texts.split(" | "):
        found = read_when(text, YEAR)
        assert found
        assert (text, found.starts, found.ends) == (text, *(dt.date(2016, 3, day) for day in march))
        assert (text, bool(found.remark)) == (text, bool(remark))
        assert remark in found.remark
        assert (text, found.words) == (text, text if kept else "")


@pytest.mark.parametrize(
    "text",
    ["8-12", "Mars, 15", "15 mars, 10-12", "15 mars 10-12", "15 mars salle 12",
     "mardi 15 pour les 3e, jeudi 17 mars pour les 4e",
     "03/15/2016", "03-04/2016", "mars 8/4"],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        read_when(text, YEAR)


def test_an_end_that_is_not_written_is_that_of_the_school_year() -> None:
    assert days("à partir du 15 mars") == (dt.date(2016, 3, 15), dt.date(2016, 7, 5))
    assert days("dès mars") == (dt.date(2016, 3, 1), dt.date(2016, 7, 5))
    assert days("jusqu’au 18 mars") == (dt.date(2015, 9, 1), dt.date(2016, 3, 18))
    told = read_when("depuis septembre", YEAR)
    assert told
    assert told.opened
    assert told.remark


def test_a_moment_with_its_distance_from_utc_is_a_day_in_france() -> None:
    night = dt.datetime(2016, 3, 13, 23, 30, tzinfo=dt.UTC)
    for cell in (night, "2016-03-13T23:30:00Z", "2016-03-14T00:30:00+01:00"):
        found = read_when(cell, YEAR)
        assert found
        assert (found.starts, found.words) == (DAY[0], "14/03/2016 à 0\u00a0h\u00a030")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("mars", "8, 9 et 10"), "8, 9 et 10 mars"),
        (("du 8 au 12", "Mars 2016", None), "du 8 au 12 Mars 2016"),
        ((8.0, "mars"), "8 mars"), (("mars", "8 mars"), "8 mars"),
        (("14h", "mars", "mardi 8"), "mardi 8 mars ; 14h"),
        (("mars", None), "mars"), (("mars", "à définir"), "mars ; à définir"),
        (("Janvier 2026", "31 janvier"), "31 janvier 2026"), ((15.0, "Oct", 2020), "15 Oct 2020"),
        (("2026", "du 30 déc. au 2 févr."), "du 30 déc. 2026 au 2 févr. 2026"),
        ((2026, "14/03"), "14/03/2026"), (("2026", "14/03/2027"), "14/03/2027"), (("2026",), "2026"),
        (("2026", "toute l’année"), "toute l’année"), ((2020, "mars"), "mars 2020"),
        (("2026", "15 March"), "15 March 2026"), (("2026", "8 mai, mairie"), "8 mai 2026, mairie"),
        (("2026", "14.03"), "14.03.2026"), (("2026", "8/03 à 14h30"), "8/03/2026 à 14h30"),
    ],
)  # fmt: skip
def test_a_month_and_its_days_in_two_columns_are_one_date(cells: tuple[Cell, ...], told: str) -> None:
    assert put_together(cells) == told


@st.composite
def listed(draw: st.DrawFn) -> tuple[str, list[dt.date]]:
    """Some days of the year, written one after the other."""
    some = draw(st.lists(st.dates(dt.date(2015, 9, 1), dt.date(2016, 7, 5)), min_size=1, max_size=4))
    ways = (
        lambda day: f"{day:%d/%m/%Y}",
        lambda day: day.isoformat(),
        lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        lambda day: f"{day:%d/%m} ({day.year % 12 + 1}h-18h)",
    )
    written = [draw(st.sampled_from(ways))(day) for day in some]
    return draw(st.sampled_from([", ", " et ", " ; ", "\n"])).join(written), some


@given(listed())
def test_days_are_those_that_are_written_and_no_other(told: tuple[str, list[dt.date]]) -> None:
    text, some = told
    assert days(text) == (min(some), max(some))


def test_days_without_dashes_are_those_of_calendars() -> None:
    assert days("20160314") == days(20160314) == DAY
    assert days("20160313T233000Z") == DAY, "a day in France"
    with pytest.raises(DateError, match="n’existe pas au calendrier"):
        days("20161345")


def test_what_ends_in_august_ends_with_the_year() -> None:
    read = read_end("2016-08-31", YEAR)
    assert read
    assert (read.ends, read.remark) == (
        dt.date(2016, 7, 31),
        "« 2016-08-31 » est lu : 31\N{NO-BREAK SPACE}juillet 2016, dernier jour de l’année 2015-2016.",
    )
    for cell in ("2016-09-01", "2017-08-31"):
        with pytest.raises(DateError, match="hors de l’année scolaire"):
            read_end(cell, YEAR)

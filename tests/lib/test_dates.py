from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.lib.dates import (
    DateError,
    Window,
    edition_of,
    format_date,
    format_window,
    format_windows,
    next_edition,
    parse_windows,
    school_year,
)

EDITION = "2015-2016"


def window(first: str, last: str) -> Window:
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("23 – 27 Novembre 2015", "2015-11-23", "2015-11-27"),
        ("29 Mars – 1er Avril 2016", "2016-03-29", "2016-04-01"),
        ("1er – 5 Février 2016", "2016-02-01", "2016-02-05"),
        (" 30 Avril 2016", "2016-04-30", "2016-04-30"),
        ("15 -19 Février 2016", "2016-02-15", "2016-02-19"),
        ("30 Novembre – 5 Décembre 2015", "2015-11-30", "2015-12-05"),
        ("25 Avril — 2 Mai 2016", "2016-04-25", "2016-05-02"),
        ("2015-2016", "2015-09-01", "2016-07-05"),
        ("Année scolaire 2015 – 2016", "2015-09-01", "2016-07-05"),
        ("toute l’année scolaire", "2015-09-01", "2016-07-05"),
        ("du 14 au 18 mars 2016", "2016-03-14", "2016-03-18"),
        ("du 29 février au 4 mars 2016", "2016-02-29", "2016-03-04"),
        ("les 21 et 22 mars 2016", "2016-03-21", "2016-03-22"),
        ("du lundi 4 au vendredi 8 avril 2016.", "2016-04-04", "2016-04-08"),
        ("28 décembre – 2 janvier 2016", "2015-12-28", "2016-01-02"),
        ("4\u00a0– 8\u00a0avril", "2016-04-04", "2016-04-08"),
        ("23 novembre", "2015-11-23", "2015-11-23"),
        ("22 – 27 fevrier 2016", "2016-02-22", "2016-02-27"),
    ],
)
def test_parse_one_window(line: str, first: str, last: str) -> None:
    assert parse_windows([line], EDITION) == (window(first, last),)


@pytest.mark.parametrize(
    "lines",
    [
        ["18 – 22 Janvier 2016", " ", "14 – 18 Mars 2016"],
        ["18 – 22 janvier et 14 – 18 mars 2016"],
        ["du 18 au 22 janvier 2016, du 14 au 18 mars 2016"],
    ],
)
def test_parse_two_windows(lines: list[str]) -> None:
    assert parse_windows(lines, EDITION) == (
        window("2016-01-18", "2016-01-22"),
        window("2016-03-14", "2016-03-18"),
    )


def test_days_that_do_not_follow_are_windows_of_their_own() -> None:
    assert parse_windows(["les 21, 22 et 24 mars 2016"], EDITION) == (
        window("2016-03-21", "2016-03-22"),
        window("2016-03-24", "2016-03-24"),
    )


def test_two_days_written_apart_stay_apart() -> None:
    apart = (window("2016-03-21", "2016-03-21"), window("2016-03-22", "2016-03-22"))
    assert parse_windows(["le 21 mars 2016 et le 22 mars 2016"], EDITION) == apart


def test_days_before_a_whole_year_are_read_too() -> None:
    assert parse_windows(["14 – 18 mars 2016 et 2015-2016"], EDITION) == (
        window("2016-03-14", "2016-03-18"),
        window("2015-09-01", "2016-07-05"),
    )


def test_no_line_is_no_window() -> None:
    assert parse_windows([], EDITION) == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("semaine prochaine", "non comprises"),
        ("30 février 2016", "n’existe pas"),
        ("0 mars 2016", "n’existe pas"),
        ("18 – 14 mars 2016", "avant de commencer"),
        ("14 – 18 mars 2017", "en dehors de l’édition"),
        ("12", "manque le mois"),
        ("4 brumaire 2016", "Mois inconnu"),
        ("2014-2015", "n’est pas celle de l’édition"),
    ],
)
def test_parse_refuses_in_french_and_quotes(line: str, message: str) -> None:
    with pytest.raises(DateError, match=message) as refused:
        parse_windows([line], EDITION)
    assert line in str(refused.value)


@given(st.text(alphabet="0123456789 –-er’lduanovmbs,;età\n", max_size=30))
def test_parse_fails_only_with_its_own_error(line: str) -> None:
    try:
        windows = parse_windows([line], EDITION)
    except DateError:
        return
    assert all(first <= last for first, last in windows)


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2015-11-23", "2015-11-27", "du 23 au 27\u00a0novembre 2015"),
        ("2016-03-29", "2016-04-01", "du 29\u00a0mars au 1er\u00a0avril 2016"),
        ("2015-11-30", "2015-12-05", "du 30\u00a0novembre au 5\u00a0décembre 2015"),
        ("2016-02-01", "2016-02-05", "du 1er au 5\u00a0février 2016"),
        ("2016-04-30", "2016-04-30", "le 30\u00a0avril 2016"),
        ("2015-12-28", "2016-01-02", "du 28\u00a0décembre 2015 au 2\u00a0janvier 2016"),
        ("2015-09-01", "2016-07-05", "année scolaire 2015-2016"),
    ],
)
def test_format_window(first: str, last: str, text: str) -> None:
    assert format_window(window(first, last)) == text


def test_format_windows_joins_them() -> None:
    dijon = (window("2016-01-18", "2016-01-22"), window("2016-03-14", "2016-03-18"))
    assert format_windows(dijon) == "du 18 au 22\u00a0janvier 2016 et du 14 au 18\u00a0mars 2016"
    assert format_windows(()) == ""


def test_format_date() -> None:
    assert format_date(date(2016, 4, 1)) == "1er\u00a0avril 2016"


@st.composite
def windows_of_the_edition(draw: st.DrawFn) -> tuple[Window, ...]:
    start = st.dates(date(2015, 8, 1), date(2016, 7, 1))
    starts = draw(st.lists(start, min_size=1, max_size=4))
    lengths = [draw(st.integers(min_value=0, max_value=30)) for _ in starts]
    whole = [school_year(EDITION)] if draw(st.booleans()) else []
    return (*whole, *((day, day + timedelta(days=n)) for day, n in zip(starts, lengths, strict=True)))


@given(windows_of_the_edition())
def test_what_is_written_reads_back(windows: tuple[Window, ...]) -> None:
    assert parse_windows([format_windows(windows)], EDITION) == windows
    assert parse_windows([format_window(one) for one in windows], EDITION) == windows


def test_school_year_is_the_official_one_or_close() -> None:
    assert school_year("2015-2016") == window("2015-09-01", "2016-07-05")
    assert school_year("2023-2024") == window("2023-09-04", "2024-07-06")
    assert school_year("2031-2032") == window("2031-09-01", "2032-07-05")


@pytest.mark.parametrize("edition", ["", "2015", "2015-2017", "2016-2015", "15-16", "2015–2016"])
def test_an_edition_is_two_years_that_follow(edition: str) -> None:
    for function in (school_year, next_edition):
        with pytest.raises(DateError, match="deux années qui se suivent"):
            function(edition)
    with pytest.raises(DateError):
        parse_windows([], edition)


def test_editions_follow_one_another() -> None:
    assert next_edition("2015-2016") == "2016-2017"


@pytest.mark.parametrize(
    ("day", "edition"),
    [(date(2015, 8, 1), EDITION), (date(2016, 7, 31), EDITION), (date(2016, 8, 1), "2016-2017")],
)
def test_edition_of_a_day(day: date, edition: str) -> None:
    assert edition_of(day) == edition

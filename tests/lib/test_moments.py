"""How a moment is told: in French, by the clock of Paris, and by that of who reads it overseas."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.lib.moments import (
    OUTRE_MER,
    PARIS,
    day_here,
    end_of,
    format_clock,
    format_hour,
    format_moment,
    format_overseas,
    format_recent,
)
from accroche.lib.texte import slug

#: A winter evening in Paris, when it is six.
EVENING = dt.datetime(2026, 11, 1, 17, tzinfo=dt.UTC)


def plain(told: str) -> str:
    return told.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        ((18, 0), "18\u00a0h"),
        ((9, 5), "9\u00a0h\u00a005"),
        ((0, 0), "0\u00a0h"),
        ((23, 59), "23\u00a0h\u00a059"),
    ],
)
def test_an_hour(hour: tuple[int, int], told: str) -> None:
    assert format_hour(dt.time(*hour)) == told


def test_a_moment_goes_by_the_clock_of_paris() -> None:
    assert plain(format_moment(EVENING)) == "1er novembre 2026 à 18 h (heure de Paris)"
    assert plain(format_recent(EVENING)) == "1er novembre à 18 h (heure de Paris)"
    assert plain(format_clock(EVENING)) == "18 h (heure de Paris)"
    late = dt.datetime(2026, 10, 31, 23, 30, tzinfo=dt.UTC)
    assert (day_here(late), day_here(late.date())) == (dt.date(2026, 11, 1), dt.date(2026, 10, 31))


@pytest.mark.parametrize(
    ("place", "there"),
    [
        ("Guadeloupe", "13 h en Guadeloupe"),
        ("Martinique", "13 h en Martinique"),
        ("Guyane", "14 h en Guyane"),
        ("La Réunion", "21 h à La Réunion"),
        ("Mayotte", "20 h à Mayotte"),
        ("Saint-Pierre-et-Miquelon", "14 h à Saint-Pierre-et-Miquelon"),
        ("Nouvelle-Calédonie", "4 h le 2 novembre en Nouvelle-Calédonie"),
        ("Polynésie française", "7 h en Polynésie française"),
        ("Wallis-et-Futuna", "5 h le 2 novembre à Wallis-et-Futuna"),
    ],
)
def test_a_territory_reads_its_own_clock(place: str, there: str) -> None:
    assert plain(format_moment(EVENING, place)) == f"1er novembre 2026 à 18 h (heure de Paris ; {there})"
    hour, said = there.split(" h ", maxsplit=1)[0], OUTRE_MER[slug(place)].there
    assert any(
        part.startswith(f"{hour} h") and said in part for part in plain(format_overseas(EVENING)).split(", ")
    )


def test_another_place_has_the_clock_of_paris() -> None:
    assert format_moment(EVENING, "Dijon") == format_moment(EVENING)


def test_overseas_is_told_from_west_to_east_each_hour_once() -> None:
    told = plain(format_overseas(EVENING))
    assert told.startswith(
        "7 h en Polynésie française, 13 h en Guadeloupe et en Martinique, 14 h en Guyane et à"
    )
    assert all(elsewhere.there in told for elsewhere in OUTRE_MER.values())


def test_a_day_closes_with_its_last_minute() -> None:
    assert end_of(dt.date(2026, 11, 30)) == dt.datetime(2026, 11, 30, 23, 59, tzinfo=PARIS)

"""What may be of another day or year than it looks: a weekday, a month and two figures."""

import datetime as dt

import pytest

from accroche.lib.tableur.periodes import read_when
from accroche.lib.tableur.semaine import contradicts

#: A Sunday, and a Monday.
DAYS = (dt.date(2023, 9, 24), dt.date(2023, 9, 25))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dim. 24 septembre", False),
        ("dimanche 24 et lundi 25", False),
        ("sam 24 septembre", True),
        ("dimanche 24, mardi 25", True),
        ("lundi 14h, le 24", False),  # an hour
        ("mar 24", False),  # a month, in English
        ("lundi 3", False),  # of no day that was read
    ],
)
def test_a_weekday_is_held_against_the_day_it_names(text: str, told: bool) -> None:
    assert contradicts(text, DAYS) is told


def test_a_day_of_another_year_is_told_by_its_weekday() -> None:
    read = read_when("Dim 24 Septembre", "2022-2023")
    assert read is not None
    assert (str(read.starts), read.remark) == (
        "2022-09-24",
        "Le jour de la semaine n’est pas celui de cette date : vérifiez l’année.",
    )


def test_a_month_and_two_figures_that_may_be_a_day_are_told() -> None:
    read = read_when("Sept 26", "2026-2027")
    assert read is not None
    assert (str(read.ends), read.remark[:16]) == ("2026-09-30", "« Sept 26 » est ")

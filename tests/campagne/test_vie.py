"""Where an edition stands, the steps between its states, and whose turn it is: pure tables."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.campagne.vie import (
    STEPS,
    EtatEdition,
    GesteEdition,
    Jalon,
    Jours,
    Tour,
    TypeEcheance,
    a_year_later,
    etat_of,
    gestes_of,
    suite_of,
)

OPENS, CLOSES = dt.date(2026, 9, 1), dt.date(2027, 5, 28)
COUNTED = Jours(OPENS, CLOSES)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("jours", "day", "etat"),
    [
        (Jours(), OPENS, EtatEdition.RAPPORT),
        (COUNTED, OPENS - DAY, EtatEdition.PREPARATION),
        (COUNTED, OPENS, EtatEdition.DECLARATION),
        (COUNTED, CLOSES, EtatEdition.DECLARATION),
        (COUNTED, CLOSES + DAY, EtatEdition.BILAN),
        (Jours(OPENS, CLOSES, is_closed=True), OPENS, EtatEdition.CLOSE),
        (Jours(is_closed=True), OPENS, EtatEdition.CLOSE),
        (Jours(OPENS, CLOSES, is_closed=True, is_archived=True), CLOSES, EtatEdition.ARCHIVE),
    ],
)
def test_where_an_edition_stands(jours: Jours, day: dt.date, etat: EtatEdition) -> None:
    assert etat_of(jours, day) is etat


def test_what_may_be_done_from_each_state() -> None:
    assert {etat: gestes_of(etat) for etat in EtatEdition} == {
        EtatEdition.RAPPORT: (GesteEdition.CLOSE,),
        EtatEdition.PREPARATION: (),
        EtatEdition.DECLARATION: (),
        EtatEdition.BILAN: (GesteEdition.CLOSE,),
        EtatEdition.CLOSE: (GesteEdition.REOPEN, GesteEdition.ARCHIVE),
        EtatEdition.ARCHIVE: (GesteEdition.UNARCHIVE,),
    }
    assert STEPS.keys() == set(GesteEdition)


def line(kind: TypeEcheance, day: dt.date, done: int | None = None) -> Jalon:
    return Jalon(kind.value, kind.label, day, kind.tour, done, 30 if done is not None else None)


BILAN = line(TypeEcheance.BILAN, dt.date(2027, 6, 4), 12)
AXES = line(TypeEcheance.AXES, dt.date(2027, 6, 18), 30)
SYNTHESE = line(TypeEcheance.SYNTHESE, dt.date(2027, 7, 2))
LINES = (SYNTHESE, AXES, BILAN)


def test_what_comes_next_skips_what_everybody_has_done() -> None:
    suite = suite_of(LINES, EtatEdition.BILAN, dt.date(2027, 6, 1))
    assert (suite.now, suite.after, suite.late) == (BILAN, SYNTHESE, ())
    assert suite.now is not None
    assert suite.now.tour is Tour.ACADEMIES
    assert SYNTHESE.tour is Tour.BUREAU


def test_what_is_past_and_not_done_is_late_and_a_day_is_not_past_before_it_ends() -> None:
    assert suite_of(LINES, EtatEdition.BILAN, BILAN.day).now == BILAN
    after = suite_of(LINES, EtatEdition.BILAN, BILAN.day + DAY)
    assert (after.now, after.after, after.late) == (SYNTHESE, None, (BILAN,))


def test_nothing_is_late_where_nobody_counts() -> None:
    assert suite_of((SYNTHESE,), EtatEdition.BILAN, dt.date(2027, 8, 1)) == suite_of(
        (), EtatEdition.BILAN, OPENS
    )


@pytest.mark.parametrize("etat", [EtatEdition.CLOSE, EtatEdition.ARCHIVE])
def test_nothing_comes_after_the_end(etat: EtatEdition) -> None:
    assert suite_of(LINES, etat, OPENS) == suite_of((), etat, OPENS)


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2090, 1, 1)))
def test_a_year_later_is_the_same_day_of_the_week(day: dt.date) -> None:
    later = a_year_later(day)
    assert later.weekday() == day.weekday()
    assert (later - day).days == 364

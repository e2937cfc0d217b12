"""When a person is reminded: rules alone, then over weeks of a cron that runs every day."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.relecture.rappels import (
    DRAFT_DAYS,
    EVERY_DAYS,
    MOST,
    Objet,
    is_still_recalled,
    may_write,
    patience,
    week_of,
)

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (dt.date(2026, 11, 24), "2026-W48"),
        (dt.date(2027, 1, 1), "2026-W53"),
        (dt.date(2024, 12, 30), "2025-W01"),
        (dt.date(2026, 1, 5), "2026-W02"),
    ],
)
def test_a_week_is_named_by_its_own_year(day: dt.date, week: str) -> None:
    assert week_of(day) == week


@pytest.mark.parametrize(
    ("days", "may"), [(0, False), (1, False), (EVERY_DAYS - 1, False), (EVERY_DAYS, True)]
)
def test_seven_days_between_two_mails(days: int, may: bool) -> None:
    day = dt.date(2026, 11, 24)
    assert may_write(day - dt.timedelta(days=days), day) is may
    assert may_write(None, day)


@given(st.sets(DAYS.map(week_of), max_size=6), DAYS)
def test_a_sheet_is_recalled_in_three_weeks_at_most(weeks: set[str], day: dt.date) -> None:
    week = week_of(day)
    if is_still_recalled(weeks, week):
        assert len(weeks | {week}) <= MOST
    else:
        assert len(weeks | {week}) > MOST


def test_a_draft_rests_longer() -> None:
    assert patience(Objet.DRAFT, 3) == dt.timedelta(days=DRAFT_DAYS)
    assert patience(Objet.TO_READ, 3) == dt.timedelta(days=3)


@given(DAYS, st.lists(st.booleans(), min_size=1, max_size=60))
def test_whatever_days_the_cron_runs_nobody_gets_two_within_seven_days(
    start: dt.date, runs: list[bool]
) -> None:
    written: list[dt.date] = []
    for number, ran in enumerate(runs):
        day = start + dt.timedelta(days=number)
        if ran and may_write(written[-1] if written else None, day):
            written.append(day)
    assert all(later - earlier >= dt.timedelta(days=7) for earlier, later in pairwise(written))
    assert len({week_of(day) for day in written}) == len(written), (
        "the key by week never refuses one that is due"
    )

"""Events on their days, once each, and the periods one reads them by."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.catalogue.agenda import (
    FIRST,
    LAST,
    LONG,
    Cadence,
    Periode,
    Precisions,
    Rendezvous,
    TypeRendezvous,
    by_place,
    periode,
    programme,
    within,
)

pytestmark = pytest.mark.any_database

STAMP = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
MONDAY = dt.date(2027, 3, 8)


def event(
    first: dt.date,
    days: int = 1,
    title: str = "Forum",
    slug: str = "dijon",
    summary: str = "",
    **more: str,
) -> Rendezvous:
    told: dict[str, Any] = dict.fromkeys(("label", "place", "path", "fichier"), "")
    return Rendezvous(
        kind=TypeRendezvous.TEMPS_FORT,
        title=title,
        first=first,
        last=first + dt.timedelta(days=days - 1),
        academie=slug.title(),
        academie_slug=slug,
        uid=f"{slug}-{title}-{first}-{days}",
        precisions=Precisions(summary, 0, STAMP),
        **(told | {"edition": "2026-2027"} | more),
    )


@pytest.mark.parametrize(
    ("cadence", "day", "first", "last"),
    [
        (Cadence.JOUR, dt.date(2027, 3, 10), dt.date(2027, 3, 10), dt.date(2027, 3, 10)),
        (Cadence.SEMAINE, dt.date(2027, 3, 10), MONDAY, dt.date(2027, 3, 14)),
        (Cadence.SEMAINE, MONDAY, MONDAY, dt.date(2027, 3, 14)),
        (Cadence.SEMAINE, dt.date(2027, 3, 14), MONDAY, dt.date(2027, 3, 14)),
        (Cadence.LISTE, MONDAY, MONDAY, dt.date(2027, 4, 6)),
        # no further than calendars hold
        (Cadence.JOUR, dt.date.max, LAST, LAST),
        (Cadence.JOUR, dt.date.min, FIRST, FIRST),
    ],
)
def test_a_period_holds_its_day(cadence: Cadence, day: dt.date, first: dt.date, last: dt.date) -> None:
    found = periode(cadence, day, span=30)
    assert (found.first, found.last) == (first, last)
    assert (found.before is None) == (first == FIRST)
    assert (found.after is None) == (last >= LAST)


@given(st.sampled_from(Cadence), st.dates(FIRST, LAST))
def test_periods_follow_one_another(cadence: Cadence, day: dt.date) -> None:
    found = periode(cadence, day, span=30)
    if found.after:
        after = periode(cadence, found.after, span=30)
        assert after.first == found.last + dt.timedelta(days=1)
        assert after.before == found.first


def test_a_period_is_cut_by_the_days_asked_for() -> None:
    week = periode(Cadence.SEMAINE, MONDAY)
    assert within(week, dt.date(2027, 3, 10), None) == (dt.date(2027, 3, 10), week.last)
    assert within(week, None, MONDAY) == (MONDAY, MONDAY)
    assert within(week, dt.date(2027, 4, 1), None) is None
    assert isinstance(week, Periode)


def test_several_days_are_told_once_and_what_lasts_stands_apart() -> None:
    visite, forum, salon = (
        event(MONDAY, title="Visite"),
        event(MONDAY, 3),
        event(dt.date(2027, 3, 5), 10, "Salon"),
    )
    year = event(dt.date(2026, 9, 1), 300, "Toute l’année")
    found = programme([year, forum, visite, salon], MONDAY)
    assert [(jour.day, [one.title for one in jour.events]) for jour in found.jours] == [
        (MONDAY, ["Salon", "Forum", "Visite"])
    ]
    assert found.longs == (year,)
    assert forum.several_days == "du 8 au 10\u00a0mars 2027"
    assert visite.several_days == ""


EVENTS = st.lists(
    st.builds(
        event,
        st.dates(dt.date(2027, 1, 1), dt.date(2027, 6, 1)),
        st.integers(1, 2 * LONG),
        st.sampled_from(["Forum", "Visite"]),
        st.sampled_from(["dijon", "lyon"]),
    ),
    unique_by=lambda one: one.uid,
    max_size=12,
)


@given(EVENTS, st.dates(dt.date(2027, 1, 1), dt.date(2027, 6, 1)))
def test_each_event_stands_once(events: list[Rendezvous], first: dt.date) -> None:
    found = programme(events, first)
    shown = [one.uid for jour in found.jours for one in jour.events] + [one.uid for one in found.longs]
    assert sorted(shown) == sorted(one.uid for one in events)
    assert [jour.day for jour in found.jours] == sorted({jour.day for jour in found.jours})
    assert all(jour.day >= first for jour in found.jours)
    placed = [one.uid for lieu in by_place(events) for one in lieu.events]
    assert sorted(placed) == sorted(one.uid for one in events)

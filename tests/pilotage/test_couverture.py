"""The words of coverage: steps, sums, rates and the order of tables."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.actions.cycle import Etat
from accroche.annuaire.regles import TypePorteur
from accroche.pilotage.couverture import (
    SCHOOLS,
    STATES,
    Avancement,
    Effectif,
    Etape,
    LigneCouverture,
    Tri,
    day_of,
    group,
    sort_lines,
    total,
)

counts = st.integers(min_value=0, max_value=70_000)
avancements = st.builds(Avancement, counts, counts, counts, counts)
effectifs = st.builds(
    Effectif,
    departement=st.integers(1, 5),
    bassin=st.none() | st.integers(1, 9),
    kind=st.sampled_from(SCHOOLS),
    etape=st.sampled_from(Etape),
    count=st.integers(1, 3000),
)


def test_a_step_has_declared_exactly_when_its_states_do() -> None:
    for etape, states in STATES.items():
        assert {etape.has_declared} == {etat.counts_as_declared for etat in states}
    assert {Etat.REFUSED, Etat.WITHDRAWN, Etat.MERGED}.isdisjoint(
        etat for states in STATES.values() for etat in states
    )


def test_schools_are_the_four_kinds_with_a_level() -> None:
    assert set(SCHOOLS) == {kind for kind in TypePorteur if kind.level}


@pytest.mark.parametrize(
    ("avancement", "rate"),
    [
        (Avancement(), None),
        (Avancement(nothing=3), 0),
        (Avancement(draft=3), 0),
        (Avancement(published=3), 100),
        (Avancement(nothing=999, sent=1), 1),
        (Avancement(nothing=1, published=999), 99),
        (Avancement(nothing=1, published=2), 67),
        (Avancement(nothing=7, published=1), 13),  # 12,5 rounds up
    ],
)
def test_a_rate_is_never_rounded_to_nothing_nor_to_all(avancement: Avancement, rate: int | None) -> None:
    assert avancement.rate == rate


@given(avancements)
def test_a_rate_tells_the_truth_about_its_ends(avancement: Avancement) -> None:
    rate = avancement.rate
    if rate is None:
        assert avancement.schools == 0
        return
    assert (rate == 0) == (avancement.declared == 0)
    assert (rate == 100) == (avancement.missing == 0)
    assert abs(rate - 100 * avancement.declared / avancement.schools) <= 1


@given(st.lists(effectifs))
def test_every_way_to_group_adds_up_to_the_same(rows: list[Effectif]) -> None:
    whole = total(rows)
    for parts in (
        group((row.departement, row) for row in rows),
        group((row.bassin, row) for row in rows),
        group((row.level, row) for row in rows),
    ):
        assert sum(parts.values(), Avancement()) == whole
    assert whole.declared + whole.missing == whole.schools == sum(row.count for row in rows)


LINES = [
    LigneCouverture("Étampes", "e", Avancement(nothing=1, published=1)),
    LigneCouverture("Auxerre", "a", Avancement(nothing=8, published=2)),
    LigneCouverture("Beaune", "b", Avancement()),
    LigneCouverture("Dijon", "d", Avancement(nothing=1, published=1)),
]


@pytest.mark.parametrize(
    ("tri", "reverse", "names"),
    [
        (Tri.NAME, False, "ABDÉ"),
        (Tri.NAME, True, "ÉDBA"),
        (Tri.SCHOOLS, False, "ADÉB"),
        (Tri.SCHOOLS, True, "BDÉA"),
        (Tri.DECLARED, False, "ADÉB"),
        (Tri.MISSING, False, "ADÉB"),
        (Tri.RATE, False, "DÉAB"),
        (Tri.RATE, True, "BADÉ"),
    ],
)
def test_tables_are_sorted_by_any_column(tri: Tri, reverse: bool, names: str) -> None:
    assert "".join(line.name[0] for line in sort_lines(LINES, tri, reverse=reverse)) == names


@pytest.mark.parametrize(
    ("closes", "day"),
    [(None, "2026-11-24"), (dt.date(2027, 7, 15), "2026-11-24"), (dt.date(2026, 7, 15), "2026-07-15")],
)
def test_schools_are_counted_today_or_on_the_last_day(closes: dt.date | None, day: str) -> None:
    assert day_of(dt.date(2026, 11, 24), closes).isoformat() == day

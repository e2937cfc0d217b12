from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.tutorat.binome import (
    RHYTHM,
    TRANSITIONS,
    Cote,
    EtatBinome,
    Pas,
    PasImpossibleError,
    is_time_to_ask,
    steps_of,
    target_of,
)

PROPOSED, ACTIVE, PAUSED, CLOSED, DECLINED = EtatBinome
MENTOR, MENTEE, BUREAU = Cote

#: What each side may do in each state.
TABLE = {
    (PROPOSED, MENTOR): "accept decline",
    (PROPOSED, MENTEE): "accept decline",
    (PROPOSED, BUREAU): "withdraw",
    (ACTIVE, MENTOR): "pause finish leave",
    (ACTIVE, MENTEE): "pause finish leave",
    (ACTIVE, BUREAU): "pause finish",
    (PAUSED, MENTOR): "resume finish leave",
    (PAUSED, MENTEE): "resume finish leave",
    (PAUSED, BUREAU): "resume finish",
}


@pytest.mark.parametrize("etat", EtatBinome)
@pytest.mark.parametrize("side", Cote)
def test_who_may_do_what(etat: EtatBinome, side: Cote) -> None:
    assert " ".join(steps_of(etat, side)) == TABLE.get((etat, side), "")


def test_a_pair_runs_once_both_accepted() -> None:
    assert target_of(PROPOSED, Pas.ACCEPT, MENTOR) is PROPOSED
    assert target_of(PROPOSED, Pas.ACCEPT, MENTEE, {MENTOR}) is ACTIVE
    assert steps_of(PROPOSED, MENTOR, {MENTOR}) == (Pas.DECLINE,)
    with pytest.raises(PasImpossibleError, match="proposé"):
        target_of(PROPOSED, Pas.ACCEPT, MENTOR, {MENTOR})


@given(st.lists(st.tuples(st.sampled_from(Pas), st.sampled_from(Cote)), max_size=12))
def test_no_way_leads_around_the_table(steps: list[tuple[Pas, Cote]]) -> None:
    etat, accepted = PROPOSED, set[Cote]()
    for pas, side in steps:
        offered = pas in steps_of(etat, side, accepted)
        try:
            after = target_of(etat, pas, side, accepted)
        except PasImpossibleError:
            assert not offered
            continue
        assert offered
        assert etat.is_open  # nothing leaves an end
        if pas is Pas.ACCEPT:
            accepted.add(side)
        assert (after is ACTIVE) <= (accepted == {MENTOR, MENTEE})
        assert TRANSITIONS[pas].ends == (not after.is_open)
        # each side has a way out of all that is open
        if after.is_open:
            for one in (MENTOR, MENTEE):
                assert {Pas.DECLINE, Pas.LEAVE} & set(steps_of(after, one, accepted))
        etat = after


DAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("since", "asked", "talked", "expected"),
    [
        (0, [], [], False),
        (27, [], [], False),
        (28, [], [], True),
        (90, [27], [], False),
        (90, [28], [], True),
        (90, [60], [10], False),
        (90, [60], [28], True),
    ],
)
def test_when_to_ask(since: int, asked: list[int], talked: list[int], expected: bool) -> None:
    def ago(days: int) -> dt.date:
        return DAY - dt.timedelta(days=days)

    assert RHYTHM.days == 28
    assert is_time_to_ask(ago(since), [*map(ago, asked)], [*map(ago, talked)], DAY) is expected

"""The table of states: what leads where, and that nothing is public without a moderator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.actions.cycle import (
    TRANSITIONS,
    Etat,
    Side,
    Step,
    Transition,
    TransitionError,
    steps_from,
    target_of,
)


def test_everything_has_french_words_and_a_row() -> None:
    assert all(code.label for code in (*Etat, *Step))
    assert set(TRANSITIONS) == set(Step)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("etat", Etat)
def test_a_step_leads_where_the_table_says_or_is_refused(etat: Etat, step: Step) -> None:
    row = TRANSITIONS[step]
    if etat in row.sources:
        assert target_of(etat, step) is row.target
        return
    with pytest.raises(TransitionError, match=etat.label):
        target_of(etat, step)


def test_only_a_moderator_s_gated_step_publishes_and_only_what_was_submitted() -> None:
    to_public = [row for row in TRANSITIONS.values() if row.target is Etat.PUBLISHED]
    assert [row.step for row in to_public] == [Step.PUBLISH]
    (publish,) = to_public
    assert publish.side is Side.MODERATOR
    assert publish.gated
    assert publish.sources == {Etat.SUBMITTED}


def test_what_an_owner_undertakes_on_a_public_sheet_takes_it_off_the_site() -> None:
    for step in steps_from(Etat.PUBLISHED, Side.OWNER):
        assert TRANSITIONS[step].target is not Etat.PUBLISHED


@given(st.lists(st.sampled_from(list(Step)), max_size=30))
def test_no_path_publishes_unmoderated_content(steps: list[Step]) -> None:
    etat, read = Etat.DRAFT, False  # « read »: a moderator published since the school last wrote
    for step in steps:
        if step not in steps_from(etat):
            continue
        etat = target_of(etat, step)
        read = step is Step.PUBLISH
        if etat is Etat.PUBLISHED:
            assert read


@pytest.mark.parametrize("etat", Etat)
def test_no_state_is_a_dead_end(etat: Etat) -> None:
    reached, waiting = set(), [etat]
    while waiting:
        here = waiting.pop()
        for step in steps_from(here):
            if TRANSITIONS[step].target not in reached:
                reached.add(TRANSITIONS[step].target)
                waiting.append(TRANSITIONS[step].target)
    assert Etat.PUBLISHED in reached


@pytest.mark.parametrize("row", [row for row in TRANSITIONS.values() if row.undoes], ids=lambda row: row.step)
def test_an_undo_leaves_where_its_step_arrives(row: Transition) -> None:
    assert row.undoes is not None
    assert TRANSITIONS[row.undoes].target in row.sources
    assert TRANSITIONS[row.undoes].side is row.side
    assert not row.needs_reason, "taking back one's own step owes nobody a reason"


@pytest.mark.parametrize("step", [Step.ASK, Step.REFUSE, Step.REMOVE])
def test_what_disappoints_a_school_owes_it_a_reason(step: Step) -> None:
    assert TRANSITIONS[step].needs_reason

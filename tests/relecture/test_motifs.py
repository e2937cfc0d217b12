"""The reasons: each serves a step that owes one, and the words add up."""

from __future__ import annotations

import pytest

from accroche.actions.cycle import TRANSITIONS, Etat, Side, Step
from accroche.actions.phrases import DONE, MEANING, NOTICES, done
from accroche.relecture.motifs import MOTIFS, compose, motifs_for


@pytest.mark.parametrize("step", [step for step, row in TRANSITIONS.items() if row.needs_reason])
def test_each_step_that_owes_a_reason_has_some_ready(step: Step) -> None:
    assert len(motifs_for(step)) >= 4


def test_no_reason_serves_a_step_that_owes_none() -> None:
    owing = {step for step, row in TRANSITIONS.items() if row.needs_reason}
    assert all(motif.steps and motif.steps <= owing for motif in MOTIFS.values())


def test_the_texts_and_one_s_own_words_follow_each_other() -> None:
    assert compose(["dates", "niveau"], "  Merci ! ").splitlines() == [
        MOTIFS["dates"].text,
        MOTIFS["niveau"].text,
        "Merci !",
    ]
    assert compose([], " ") == ""
    with pytest.raises(KeyError):
        compose(["rien"])


def test_every_state_and_every_step_has_its_words() -> None:
    assert set(NOTICES) == set(Step)
    assert set(Step) <= set(DONE)
    assert all(set(MEANING[side]) == set(Etat) for side in Side)
    assert done("inconnu") == "a fait « inconnu »"

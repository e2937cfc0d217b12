"""The reasons: each serves a step that owes one, and the words add up."""

from __future__ import annotations

import pytest

from accroche.actions.cycle import TRANSITIONS, Etat, Side, Step
from accroche.actions.phrases import DONE, MEANING, NOTICES, done
from accroche.relecture.indices import Indice
from accroche.relecture.motifs import MOTIFS, compose, motifs_for, suggested


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


@pytest.mark.parametrize(
    ("step", "codes"),
    [
        (
            Step.ASK,
            ["trop_court", "titre", "dates", "niveau", "etablissement", "donnees_personnelles", "image"],
        ),
        (Step.REFUSE, ["etablissement", "doublon", "hors_sujet", "hors_edition", "publicite"]),
        (
            Step.REMOVE,
            ["donnees_personnelles", "image", "doublon", "hors_sujet", "publicite", "annulee"],
        ),
        (Step.PUBLISH, []),
    ],
)
def test_the_reasons_of_a_step_stand_in_the_order_of_the_table(step: Step, codes: list[str]) -> None:
    assert [motif.code for motif in motifs_for(step)] == codes
    assert [code for code, motif in MOTIFS.items() if motif in motifs_for(step)] == codes


def test_a_hint_ticks_its_reason_when_more_is_asked_and_at_no_other_step() -> None:
    assert suggested(Indice, Step.ASK) == ["trop_court", "niveau", "dates", "etablissement", "titre"]
    assert suggested([Indice.NO_CONTACT, Indice.CAPITALS], Step.ASK) == ["titre"]
    assert suggested([], Step.ASK) == []
    assert [suggested(Indice, step) for step in Step if step is not Step.ASK] == [[]] * (len(Step) - 1)
    assert set(suggested(Indice, Step.ASK)) <= {motif.code for motif in motifs_for(Step.ASK)}


def test_reasons_alone_and_own_words_alone_are_sent_as_they_are() -> None:
    assert compose(["dates"]) == MOTIFS["dates"].text
    assert compose([], "  Deux\nlignes. ") == "Deux\nlignes."

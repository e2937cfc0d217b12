"""What an answer is, what keeps a grid from being signed, when one is reminded, what answers lead to."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.evaluation.evaluation import (
    OPEN_STATES,
    PAS,
    EtatEvaluation,
    Relance,
    ReponseDite,
    Sans,
    deadline_words,
    dite,
    due_reminder,
    incomplete,
)
from accroche.evaluation.suites import MOST_STEPS, CritereRepondu, axes_of, suites

DUE = dt.date(2026, 12, 15)


@pytest.mark.parametrize(
    ("choice", "comment", "told", "lacks"),
    [
        ("3", " Oui. ", ReponseDite(3, comment="Oui."), ""),
        ("0", "", ReponseDite(0), ""),
        ("sans_objet", "Pas de lycée.", ReponseDite(sans=Sans.NOT_APPLICABLE, comment="Pas de lycée."), ""),
        ("ne_sait_pas", "", ReponseDite(sans=Sans.UNKNOWN), "demande un mot"),
        ("", "Un mot.", ReponseDite(comment="Un mot."), "pas encore de réponse"),
        ("", "", ReponseDite(), "pas encore de réponse"),
    ],
)
def test_an_answer_is_read_and_told_back(choice: str, comment: str, told: ReponseDite, lacks: str) -> None:
    assert dite(choice, comment) == told
    assert told.choice == choice
    assert lacks in told.lacks
    assert bool(lacks) == bool(told.lacks)


@pytest.mark.parametrize("choice", ["5", "-1", "niveau 3", "10"])
def test_what_is_no_answer_is_refused(choice: str) -> None:
    with pytest.raises(ValueError, match="valid"):
        dite(choice, "")


def test_what_is_missing_is_told_in_the_order_of_the_grid() -> None:
    answers = {"1.2": ReponseDite(0), "1.1": ReponseDite(sans=Sans.UNKNOWN)}
    found = incomplete([("1.1", "Un"), ("1.2", "Deux"), ("1.3", "Trois")], answers)
    assert [one.code for one in found] == ["1.1", "1.3"]


def test_each_step_leads_somewhere_and_nothing_is_answered_once_signed() -> None:
    assert {target for _, target in PAS.values()} == set(EtatEvaluation) - {EtatEvaluation.OPEN}
    assert set(OPEN_STATES) == {one for one in EtatEvaluation if one.is_open}
    for sources, target in PAS.values():
        assert target not in sources


@pytest.mark.parametrize(
    ("days", "kind", "words"),
    [
        (30, None, "dans 30 jours"),
        (15, None, "dans 15 jours"),
        (14, Relance.SOON, "dans 14 jours"),
        (4, Relance.SOON, "dans 4 jours"),
        (3, Relance.LAST_DAYS, "dans 3 jours"),
        (1, Relance.LAST_DAYS, "dans 1 jour"),
        (0, Relance.LAST_DAYS, "aujourd’hui"),
        (-1, Relance.LATE, "dépassée depuis 1 jour"),
        (-14, Relance.LATE, "dépassée depuis 14 jours"),
        (-15, None, "dépassée depuis 15 jours"),
    ],
)
def test_when_a_deadline_is_told(days: int, kind: Relance | None, words: str) -> None:
    today = DUE - dt.timedelta(days=days)
    assert due_reminder(DUE, today) is kind
    assert deadline_words(DUE, today).replace("\u00a0", " ") == words


def test_without_a_deadline_nobody_is_reminded() -> None:
    assert due_reminder(None, DUE) is None
    assert deadline_words(None, DUE) == ""


def critere(code: str, told: ReponseDite, weight: int = 1) -> CritereRepondu:
    return CritereRepondu(code, f"Titre {code}", "Objectif", tuple("abcde"), weight, f"axe-{code}", told)


def test_what_is_lowest_and_weighs_most_is_tried_first() -> None:
    told = suites(
        [
            critere("1", ReponseDite(2)),
            critere("2", ReponseDite(1)),
            critere("3", ReponseDite(1), weight=3),
            critere("4", ReponseDite(3)),
            critere("5", ReponseDite(sans=Sans.UNKNOWN, comment="?")),
            critere("6", ReponseDite(sans=Sans.NOT_APPLICABLE, comment="non")),
            critere("7", ReponseDite()),
        ]
    )
    assert [step.critere.code for step in told.steps] == ["3", "2", "1"]
    assert [(step.now, step.towards) for step in told.steps] == [("b", "d"), ("b", "d"), ("c", "d")]
    assert [one.code for one in told.strengths] == ["4"]
    assert [one.code for one in told.unknown] == ["5"]
    assert [one.code for one in told.unanswered] == ["7"]
    assert axes_of(told.steps) == {"axe-3": ["Titre 3"], "axe-2": ["Titre 2"]}


def test_nobody_is_told_twenty_things_to_do() -> None:
    told = suites([critere(str(number), ReponseDite(0)) for number in range(9)])
    assert (len(told.steps), told.later) == (MOST_STEPS, 9 - MOST_STEPS)

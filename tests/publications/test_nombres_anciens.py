"""What a text still counts as a frozen version did: in figures or in words, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import EditionDossier, SemaineDossier
from accroche.lib.chiffres import Chiffre, Kind
from accroche.publications.nombres_anciens import nombres_anciens
from accroche.redaction.parties import Partie


def edition(actions: int, *messages: str) -> EditionDossier:
    figures = (Chiffre(Kind.EXACT, actions),)
    dijon = SemaineDossier("Dijon", (), None, StatutSemaine.REPORTED, actions_figures=figures)
    return EditionDossier("2015-2016", semaines=(dijon,), messages=messages)


@pytest.mark.parametrize(
    ("was", "text", "said"),
    [
        (52, "Nous comptons 52 actions.", ["52 actions"]),
        (52, "Cinquante-deux actions, ou 52\u00a0belles actions.",
         ["Cinquante-deux actions", "52\u00a0belles actions"]),
        (1153, "Au moins 1\u202f153 actions, mille cent cinquante-trois actions.",
         ["1\u202f153 actions", "mille cent cinquante-trois actions"]),
        (21, "Vingt et une actions.", ["Vingt et une actions"]),
        (52, "152 actions, cent cinquante-deux actions, 52 écoles, 51 actions, page 52. Des actions.", []),
        (50, "", []),
    ],
)  # fmt: skip
def test_a_total_that_changed_is_told_where_a_text_still_says_it(
    was: int, text: str, said: list[str]
) -> None:
    found = nombres_anciens(edition(was), edition(50, text))
    assert [one.said for one in found] == said
    assert {(one.partie, one.label, one.now) for one in found} <= {(Partie.MESSAGES, "Messages clés", "50")}


def test_each_part_is_read_and_nothing_told_of_a_total_that_is_the_same_or_unknown() -> None:
    before, now = (
        edition(52),
        replace(edition(51), introduction=(("", "Voici 52 actions."),), preambule="52 actions"),
    )
    assert [one.partie for one in nombres_anciens(before, now)] == [Partie.INTRODUCTION, Partie.PREAMBULE]
    assert nombres_anciens(before, replace(edition(52), preambule="52 actions")) == ()
    unknown = replace(before.semaines[0], actions_figures=(Chiffre(Kind.NOT_COMMUNICATED),))
    assert nombres_anciens(before, replace(now, semaines=(unknown,))) == ()

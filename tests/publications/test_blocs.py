"""An example as a card: what its marks say, in which order, and what a prize says instead."""

from __future__ import annotations

import pytest

from accroche.actions.regles import Nature, SourceAction, Temporalite
from accroche.dossier.dossier import ActionDossier
from accroche.publications.blocs import example


@pytest.mark.parametrize(
    ("remarkable", "prize", "tags"),
    [
        (False, "", ()),
        (True, "", ("Action remarquable",)),
        (True, "Prix du public", ()),
        (False, "Prix du public", ()),
    ],
)
def test_a_prize_says_it_all(remarkable: bool, prize: str, tags: tuple[str, ...]) -> None:
    card = example(ActionDossier("Forum", remarkable=remarkable, prize=prize))
    assert (card.tags, card.prize) == (tags, prize)


def test_the_marks_come_in_this_order() -> None:
    card = example(
        ActionDossier(
            "Forum",
            remarkable=True,
            temporality=Temporalite.SEMAINE,
            nature=Nature.PREVENTION,
            themes=("orientation", "climat_scolaire"),
            source=SourceAction.CARDIE,
        )
    )
    assert card.tags == (
        "Action remarquable",
        "Pendant la semaine",
        "Prévention",
        "Climat scolaire",
        "Orientation",
        "Source\u00a0: CARDIE",
    )

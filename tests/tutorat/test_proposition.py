from __future__ import annotations

import pytest

from accroche.tutorat.besoins import Besoins, CodeBesoin, Composante, EtatBesoin
from accroche.tutorat.proposition import ReglagesTutorat, Situation, proposer, shareable

NEEDS = (CodeBesoin.PARTENAIRES, CodeBesoin.VISIBILITE, CodeBesoin.OBSTACLE)


def situation(
    code: str, *, asks: bool = False, forces: tuple[CodeBesoin, ...] = (), capacity: int = 0
) -> Situation:
    parts = tuple(
        Composante(one, EtatBesoin.PRESENT if one in NEEDS else EtatBesoin.ABSENT, f"fait {one}")
        for one in CodeBesoin
    )
    return Situation(code, Besoins(parts, asks or None), dict.fromkeys(forces, "preuve"), capacity)


LIMOGES = situation("limoges", asks=True)
PARIS = situation("paris", asks=True)
POITIERS = situation("poitiers", forces=NEEDS, capacity=1)
LILLE = situation("lille", forces=(CodeBesoin.VISIBILITE,), capacity=3)
ALL = [LIMOGES, PARIS, POITIERS, LILLE]


def pairs(reglages: ReglagesTutorat | None = None) -> dict[str, str | None]:
    return {one.couple.mentee: one.couple.mentor for one in proposer(ALL, reglages)}


def test_each_pair_is_explained() -> None:
    limoges, paris = proposer(ALL)
    assert (limoges.couple.mentor, paris.couple.mentor) == ("poitiers", "lille")
    assert [one.code for one in limoges.raisons] == [*NEEDS]
    assert limoges.raisons[0].need == "fait partenaires"
    assert limoges.raisons[0].strength == "preuve"
    assert paris.unfilled == (CodeBesoin.PARTENAIRES, CodeBesoin.OBSTACLE)
    assert (limoges.kilometres, limoges.hours) == (109, 0.0)
    assert limoges.alternative
    assert limoges.alternative.mentor == "lille"
    assert limoges.alternative.extra > 0
    # an obstacle was told to the bureau alone
    assert CodeBesoin.OBSTACLE not in [one.code for one in shareable(limoges.raisons)]


@pytest.mark.parametrize(
    ("reglages", "expected"),
    [
        (ReglagesTutorat(), {"limoges": "poitiers", "paris": "lille"}),
        (ReglagesTutorat(pinned={"paris": "poitiers"}), {"limoges": "lille", "paris": "poitiers"}),
        (ReglagesTutorat(pinned={"paris": None}), {"limoges": "poitiers", "paris": None}),
        (
            ReglagesTutorat(excluded=frozenset({("poitiers", "limoges")})),
            {"limoges": "lille", "paris": "poitiers"},
        ),
        (ReglagesTutorat(capacities={"poitiers": 0, "lille": 0}), {"limoges": None, "paris": None}),
        (ReglagesTutorat(capacities={"poitiers": 2}), {"limoges": "poitiers", "paris": "poitiers"}),
        (ReglagesTutorat(helped={"paris": False}), {"limoges": "poitiers"}),
        # whom the bureau wants has the places for it, unless it set them
        (
            ReglagesTutorat(pinned={"limoges": "poitiers", "paris": "poitiers"}),
            {"limoges": "poitiers", "paris": "poitiers"},
        ),
        (
            ReglagesTutorat(helped={"lille": True}),
            {"lille": None, "limoges": "poitiers", "paris": None},
        ),
        (ReglagesTutorat(open_pairs=frozenset({("poitiers", "limoges")})), {"paris": "lille"}),
        # a pin about somebody who is served, or helped no more, waits
        (
            ReglagesTutorat(pinned={"limoges": "lille"}, open_pairs=frozenset({("poitiers", "limoges")})),
            {"paris": "lille"},
        ),
    ],
)
def test_the_bureau_decides(reglages: ReglagesTutorat, expected: dict[str, str | None]) -> None:
    assert pairs(reglages) == expected

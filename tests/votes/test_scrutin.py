"""The rules of a vote: phases, addresses, ranking."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.votes.scrutin import (
    LINK_LIFE,
    Phase,
    Resultat,
    expiry,
    one_address,
    phase_of,
    ranking,
    sealed,
)

OPENS = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 11, 30, 18, tzinfo=dt.UTC)
TICK = dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "published", "phase"),
    [
        (OPENS - TICK, None, Phase.COMING),
        (OPENS, None, Phase.OPEN),
        (CLOSES - TICK, None, Phase.OPEN),
        (CLOSES, None, Phase.CLOSED),
        (CLOSES + TICK, CLOSES + TICK, Phase.PUBLISHED),
        (CLOSES + TICK, CLOSES + dt.timedelta(days=1), Phase.CLOSED),
    ],
)
def test_the_clock_opens_and_closes(at: dt.datetime, published: dt.datetime | None, phase: Phase) -> None:
    assert phase_of(OPENS, CLOSES, published, at) is phase


def test_a_link_never_outlives_the_vote() -> None:
    assert expiry(OPENS, CLOSES) == OPENS + LINK_LIFE
    assert expiry(CLOSES - TICK, CLOSES) == CLOSES


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (" Prof@AC-Dijon.fr ", "prof@ac-dijon.fr"),
        ("prof+vote@ac-dijon.fr", "prof@ac-dijon.fr"),
        ("prof+a+b@ac-dijon.fr", "prof@ac-dijon.fr"),
        ("jean.prof@ac-dijon.fr", "jean.prof@ac-dijon.fr"),
        ("+@ac-dijon.fr", "+@ac-dijon.fr"),
        ('"a@b"+vote@ac-dijon.fr', '"a@b"@ac-dijon.fr'),
    ],
)
def test_one_mailbox_is_one_person(address: str, kept: str) -> None:
    assert one_address(address) == kept


@given(st.emails())
def test_an_address_once_simplified_stays_so(address: str) -> None:
    assert one_address(one_address(address)) == one_address(address)


def test_what_is_sealed_depends_on_key_purpose_and_value() -> None:
    seals = {sealed(key, purpose, value) for key in "ab" for purpose in "cd" for value in "ef"}
    assert len(seals) == 8
    assert all(len(seal) == 64 for seal in seals)


@pytest.mark.parametrize(
    ("votes", "ranks"),
    [
        ([], []),
        ([0, 0], [1, 1]),
        ([3, 5, 5, 1], [1, 1, 3, 4]),
        ([2, 7, 2, 2, 9], [1, 2, 3, 3, 3]),
    ],
)
def test_equal_votes_share_a_rank(votes: list[int], ranks: list[int]) -> None:
    found = ranking(Resultat(number, count) for number, count in enumerate(votes))
    assert [rang.rank for rang in found] == ranks
    assert [rang.tied for rang in found] == [ranks.count(rank) > 1 for rank in ranks]


@given(st.lists(st.builds(Resultat, st.integers(), st.integers(0, 9), st.just(()))))
def test_a_rank_is_one_more_than_those_with_more_votes(results: list[Resultat]) -> None:
    found = ranking(results)
    assert len(found) == len(results)
    for rang in found:
        assert rang.rank == 1 + sum(other.votes > rang.resultat.votes for other in results)


def test_the_jury_decides_no_rank() -> None:
    best, liked = Resultat(1, 0, (20, 19)), Resultat(2, 1, (3,))
    assert [rang.resultat.candidature for rang in ranking([best, liked])] == [2, 1]
    assert best.average == 19.5
    assert Resultat(3).average is None

"""Which event is which, once its page was written anew."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.campagne.continuite import Connu, Identite, continued

pytestmark = pytest.mark.any_database

FORUM = Connu("Forum de l’orientation", "forum 9 mars", "2026-2027-dijon-forum-de-l-orientation", 2)
VISITE = Connu("Visite", "visite 10 mars", "2026-2027-dijon-visite", 0)
WHERE = "2026-2027-dijon"


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ([FORUM, VISITE], [Identite(FORUM.uid, 2), Identite(VISITE.uid, 0)]),
        ([VISITE, FORUM], [Identite(VISITE.uid, 0), Identite(FORUM.uid, 2)]),
        (
            [Connu("Forum de l’Orientation", "forum 11 mars"), VISITE],
            [Identite(FORUM.uid, 3), Identite(VISITE.uid, 0)],
        ),
        # under another title with another content, it is another event
        ([Connu("Colloque", "colloque 9 mars")], [Identite("2026-2027-dijon-colloque", 0)]),
        # a name is never given twice, not even that of an event that has just gone
        (
            [Connu("Visite !", "autre"), VISITE],
            [Identite("2026-2027-dijon-visite-2", 0), Identite(VISITE.uid, 0)],
        ),
        ([], []),
    ],
)
def test_an_event_stays_who_it_is(told: list[Connu], known: list[Identite]) -> None:
    bare = [Connu(one.title, one.content) for one in told]
    assert continued([FORUM, VISITE], bare, WHERE) == known


TITLES = st.sampled_from(["Forum", "forum", "Visite", "", "Été", "?"])
EVENTS = st.lists(st.tuples(TITLES, st.integers(0, 3)), max_size=6)


@given(EVENTS, EVENTS)
def test_names_are_kept_and_never_shared(first: list[tuple[str, int]], second: list[tuple[str, int]]) -> None:
    told = [Connu(title, number) for title, number in first]
    named = continued([], told, WHERE)
    held = [
        Connu(one.title, one.content, who.uid, who.sequence) for one, who in zip(told, named, strict=True)
    ]
    assert continued(held, told, WHERE) == named
    later = continued(held, [Connu(title, number) for title, number in second], WHERE)
    assert len({who.uid for who in later}) == len(second)
    before = {who.uid: who.sequence for who in named}
    assert all(who.sequence - before.get(who.uid, 0) in {0, 1} for who in later)

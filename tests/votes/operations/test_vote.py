"""Voting: one confirmed vote a person, by a link that serves once, whatever comes at the same time."""

from __future__ import annotations

import datetime as dt
import re
import threading
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.commun.limites import LimitError
from accroche.commun.models import Message
from accroche.comptes.permissions import ANONYMOUS
from accroche.votes.models import Bulletin, Candidature, Scrutin
from accroche.votes.operations.organisation import VoteError
from accroche.votes.operations.vote import ask_to_vote, confirm_vote, has_voted, open_vote, vote_now
from accroche.votes.queries import turnout
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

EMAIL = "Prof+vote@ac-dijon.fr"
CLOSES = NOW + dt.timedelta(days=5)


def make_vote() -> list[Candidature]:
    """An open vote with two candidates."""
    where = factories.territory()
    scrutin = Scrutin.objects.create(
        edition=where.semaine.edition,
        academie=where.academie,
        slug="innovation",
        title="Innovation",
        opens_at=NOW - dt.timedelta(days=1),
        closes_at=CLOSES,
    )
    school = factories.school(where)
    return [
        Candidature.objects.create(
            scrutin=scrutin, action=factories.action(where, school, Etat.PUBLISHED), position=number
        )
        for number in range(2)
    ]


@pytest.fixture
def candidates(db: None) -> list[Candidature]:
    return make_vote()


def ask(candidature: Candidature, email: str = EMAIL, at: dt.datetime = NOW) -> str:
    """Ask, and return what the mail's link carries."""
    known = set(Message.objects.values_list("pk", flat=True))
    ask_to_vote(candidature, email, at=at)
    found = re.search(r"/innovation/vote/([\w-]+)/", Message.objects.exclude(pk__in=known).get().body)
    assert found
    return found[1]


def test_a_vote_counts_once_it_is_confirmed(candidates: list[Candidature]) -> None:
    token = ask(candidates[0])
    assert turnout(candidates[0].scrutin) == 0
    assert open_vote(token, at=NOW).candidature == candidates[0], "looking confirms nothing"
    assert turnout(candidates[0].scrutin) == 0
    confirm_vote(token, at=NOW)
    assert turnout(candidates[0].scrutin) == 1


def test_a_link_serves_once(candidates: list[Candidature]) -> None:
    token = ask(candidates[0])
    confirm_vote(token, at=NOW)
    with pytest.raises(VoteError, match="déjà servi"):
        confirm_vote(token, at=NOW)
    assert turnout(candidates[0].scrutin) == 1


def test_nothing_kept_says_who_voted_what(candidates: list[Candidature]) -> None:
    token = ask(candidates[0])
    assert candidates[0].action.title not in Message.objects.get().body
    confirm_vote(token, at=NOW)
    assert not Message.objects.exists(), "the mail that asked is forgotten"
    kept = str(Bulletin.objects.values().get())
    assert "prof" not in kept
    assert token not in kept


def test_two_links_of_one_person_make_one_vote(candidates: list[Candidature]) -> None:
    first, second = ask(candidates[0]), ask(candidates[1], "prof@AC-DIJON.fr")
    confirm_vote(first, at=NOW)
    with pytest.raises(VoteError, match="une personne, une voix"):
        confirm_vote(second, at=NOW)
    assert Bulletin.objects.get(confirmed_at__isnull=False).candidature == candidates[0]


def test_who_signed_in_votes_in_one_click_and_once(candidates: list[Candidature]) -> None:
    access = factories.access(factories.user("prof@ac-dijon.fr"))
    vote_now(candidates[0], access=access, at=NOW)
    assert has_voted(candidates[0].scrutin, access)
    assert not has_voted(candidates[0].scrutin, ANONYMOUS)
    with pytest.raises(VoteError, match="une personne, une voix"):
        vote_now(candidates[1], access=access, at=NOW)
    with pytest.raises(VoteError, match="une personne, une voix"):
        confirm_vote(ask(candidates[1]), at=NOW)
    assert not Message.objects.filter(to="prof@ac-dijon.fr").exclude(key__startswith="vote:").exists()


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW - dt.timedelta(days=2), "pas encore ouvert"),
        (CLOSES, "Le vote est clos"),
    ],
)
def test_nobody_votes_before_nor_after(candidates: list[Candidature], at: dt.datetime, words: str) -> None:
    with pytest.raises(VoteError, match=words):
        ask_to_vote(candidates[0], EMAIL, at=at)
    with pytest.raises(VoteError, match=words):
        vote_now(candidates[0], access=factories.access(factories.user()), at=at)
    assert not Bulletin.objects.exists()


def test_a_link_followed_too_late_says_so(candidates: list[Candidature]) -> None:
    token = ask(candidates[0])
    with pytest.raises(VoteError, match="expiré"):
        confirm_vote(token, at=NOW + dt.timedelta(hours=48))
    with pytest.raises(VoteError, match="Le vote est clos"):
        confirm_vote(token, at=CLOSES)
    with pytest.raises(VoteError, match="n’existe pas"):
        open_vote("rien", at=NOW)


def test_an_action_off_the_site_gets_no_vote(candidates: list[Candidature]) -> None:
    token = ask(candidates[0])
    Action.objects.filter(pk=candidates[0].action_id).update(etat=Etat.WITHDRAWN)
    with pytest.raises(VoteError, match="plus candidate"):
        confirm_vote(token, at=NOW)


def test_a_mailbox_is_not_flooded(candidates: list[Candidature]) -> None:
    for _ in range(3):
        ask(candidates[0])
    with pytest.raises(LimitError, match="Réessayez"):
        ask(candidates[1], "prof@ac-dijon.fr")
    ask(candidates[0], "autre@ac-dijon.fr")
    ask(candidates[0], EMAIL, NOW + dt.timedelta(hours=1))


def at_once(one: Callable[[], object], other: Callable[[], object]) -> list[str]:
    """What two people who press at the same moment are told."""
    told: list[str] = []
    ready = threading.Barrier(2)

    def press(work: Callable[[], object]) -> None:
        ready.wait()
        try:
            work()
            told.append("counted")
        except VoteError as error:
            told.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(work,)) for work in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_link", [True, False])
def test_two_confirmations_at_once_count_one_vote(same_link: bool) -> None:
    candidates = make_vote()
    first = ask(candidates[0])
    second = first if same_link else ask(candidates[1])
    told = at_once(lambda: confirm_vote(first, at=NOW), lambda: confirm_vote(second, at=NOW))
    assert len([words for words in told if words == "counted"]) == 1
    assert "déjà" in "".join(told)
    assert turnout(candidates[0].scrutin) == 1

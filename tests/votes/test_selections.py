"""Who stands in a vote, who has voted, and what came of it, compared whole."""

from __future__ import annotations

import datetime as dt
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from accroche.actions.cycle import Etat
from accroche.comptes.regles import TypeRole
from accroche.votes.deport import Deport
from accroche.votes.models import Bulletin, Candidature, Note, Scrutin
from accroche.votes.queries import (
    candidatures,
    exclusions,
    has_votes,
    in_the_running,
    juries_of,
    marks_by_juror,
    proposable,
    results,
    turnout,
)
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.actions.models import Action
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

_NUMBERS = count()


def scrutin(where: Territory, slug: str = "vote", **columns: Any) -> Scrutin:
    dates = {"opens_at": NOW, "closes_at": NOW + dt.timedelta(days=5)}
    return Scrutin.objects.create(edition=where.semaine.edition, slug=slug, title=slug, **dates | columns)


def stands(vote: Scrutin, action: Action, position: int) -> Candidature:
    return Candidature.objects.create(scrutin=vote, action=action, position=position)


def voice(candidature: Candidature, *, confirmed: bool = True) -> None:
    number = str(next(_NUMBERS))
    Bulletin.objects.create(
        scrutin=candidature.scrutin,
        candidature=candidature,
        voter=number,
        token_hash=number,
        cast_at=NOW,
        expires_at=NOW,
        confirmed_at=NOW if confirmed else None,
    )


def mark(candidature: Candidature, juror: User, value: int) -> None:
    Note.objects.create(candidature=candidature, juror=juror, mark=value, at=NOW)


def titles(found: Any) -> list[str]:
    return [str(row) for row in found]


def test_candidates_stand_in_their_order_while_they_are_published(where: Territory) -> None:
    vote, other = scrutin(where), scrutin(where, "autre")
    for position, (title, etat) in enumerate(
        [("last", Etat.PUBLISHED), ("withdrawn", Etat.WITHDRAWN), ("first", Etat.PUBLISHED)]
    ):
        stands(vote, factories.action(where, etat=etat, title=title), -position + 5)
    stands(other, factories.action(where, etat=Etat.PUBLISHED, title="elsewhere"), 0)
    assert titles(candidatures(vote)) == ["first", "withdrawn", "last"]
    assert titles(in_the_running(vote)) == ["first", "last"]


def test_what_may_be_proposed_is_published_there_and_no_candidate_yet(where: Territory) -> None:
    lyon = factories.territory("Lyon", "69")
    past = factories.territory(year="2025-2026")
    carnot = factories.school(where, 1, name="Collège Carnot", commune="Beaune")
    factories.action(where, carnot, Etat.PUBLISHED, title="Une radio")
    factories.action(where, carnot, Etat.SUBMITTED, title="Attend")
    factories.action(where, etat=Etat.PUBLISHED, title="Chorale", remarkable=True)
    factories.action(lyon, etat=Etat.PUBLISHED, title="À Lyon")
    factories.action(past, etat=Etat.PUBLISHED, title="L’an passé")
    vote, national = scrutin(where, academie=where.academie), scrutin(where, "france")
    stands(vote, factories.action(where, etat=Etat.PUBLISHED, title="Déjà"), 0)
    assert titles(proposable(vote)) == ["Chorale", "Une radio"]
    assert sorted(titles(proposable(national))) == ["Chorale", "Déjà", "Une radio", "À Lyon"]
    assert titles(proposable(vote, remarkable=True)) == ["Chorale"]
    for text in ("RADIO", "carnot", "beaune"):
        assert titles(proposable(vote, text)) == ["Une radio"], text
    assert titles(proposable(vote, "radio", remarkable=True)) == []
    assert titles(proposable(vote, "rien")) == []


def test_a_ranking_counts_confirmed_voices_and_every_mark(where: Territory) -> None:
    vote, other = scrutin(where), scrutin(where, "autre")
    jurors = [factories.user(f"jure{number}@example.fr") for number in range(2)]
    rows = [
        stands(vote, factories.action(where, etat=Etat.PUBLISHED, title=title), position)
        for position, title in enumerate(("a", "b", "c", "d"))
    ]
    for candidature, voices in zip(rows, (1, 3, 1, 0), strict=True):
        for _ in range(voices):
            voice(candidature)
    voice(rows[3], confirmed=False)
    mark(rows[0], jurors[0], 12)
    mark(rows[0], jurors[1], 0)
    mark(rows[1], jurors[1], 20)
    elsewhere = stands(other, rows[3].action, 0)
    voice(elsewhere)
    mark(elsewhere, jurors[0], 5)
    told = [
        (row.action.title, rang.rank, rang.tied, rang.resultat.votes, rang.resultat.marks)
        for rang, row, _ in results(vote, NOW)
    ]
    assert told == [
        ("b", 1, False, 3, (20,)),
        ("a", 2, True, 1, (12, 0)),
        ("c", 2, True, 1, ()),
        ("d", 4, False, 0, ()),
    ]
    assert (turnout(vote), turnout(other)) == (5, 1)
    assert marks_by_juror(vote) == {jurors[0].pk: 1, jurors[1].pk: 2}
    assert marks_by_juror(other) == {jurors[0].pk: 1}


def test_a_vote_is_begun_by_a_voice_asked_for_or_by_a_mark(where: Territory) -> None:
    action = factories.action(where, etat=Etat.PUBLISHED)
    votes = [scrutin(where, slug) for slug in ("voix", "note", "rien")]
    rows = [stands(vote, action, 0) for vote in votes]
    assert [has_votes(vote) for vote in votes] == [False, False, False]
    voice(rows[0], confirmed=False)
    mark(rows[1], factories.user(), 10)
    assert [has_votes(vote) for vote in votes] == [True, True, False]


def test_a_juror_is_waited_for_until_results_are_published(where: Territory) -> None:
    person, other = factories.user(), factories.user("x@example.fr")
    waits, told, others = (scrutin(where, slug) for slug in ("attend", "publie", "autres"))
    waits.jury.add(person, other)
    told.jury.add(person)
    others.jury.add(other)
    Scrutin.objects.filter(pk=told.pk).update(results_published_at=NOW + dt.timedelta(days=9))
    assert list(juries_of(person)) == [waits]


def test_who_left_a_school_before_its_action_was_told_marks_it(where: Territory) -> None:
    day, school = dt.timedelta(days=1), factories.school(where)
    vote = scrutin(where)
    row = stands(vote, factories.action(where, school, Etat.PUBLISHED), 0)
    # when each role at the school ended, None for one that holds
    told: dict[str, list[dt.datetime | None]] = {
        "before": [NOW - day],
        "since": [NOW + day],
        "twice": [NOW - 2 * day, NOW + day, NOW - day],
        "back": [NOW - day, None],
        "again": [None, NOW - day],
    }
    for name, ends in told.items():
        juror = factories.user(f"{name}@example.fr")
        vote.jury.add(juror)
        for ended in ends:
            held = factories.role(juror, TypeRole.PORTEUR, etablissement=school)
            type(held).objects.filter(pk=held.pk).update(ended_at=ended)
    out = exclusions(vote, [row], NOW + 3 * day)[row.pk]
    names = {juror.email.partition("@")[0]: out.get(juror.pk) for juror in vote.jury.all()}
    assert names == dict.fromkeys(told, Deport.ETABLISSEMENT) | {"before": None}

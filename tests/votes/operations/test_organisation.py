"""Organising a vote: what may change when, results that stay, prizes written on the actions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.commun import journal
from accroche.commun.models import Message
from accroche.comptes.models import User
from accroche.comptes.operations import purge_unused
from accroche.comptes.regles import Right, TypeRole
from accroche.votes import queries
from accroche.votes.models import Bulletin, Candidature, Note, Scrutin
from accroche.votes.operations import organisation as operations
from accroche.votes.operations.organisation import VoteError
from accroche.votes.operations.vote import ask_to_vote, vote_now
from tests import factories
from tests.factories import NOW

if TYPE_CHECKING:
    from accroche.comptes.permissions import Access
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def access(where: Territory) -> Access:
    return factories.access(factories.person(TypeRole.MODERATEUR, academie=where.academie))


def create(where: Territory, access: Access, **change: Any) -> Scrutin:
    told: dict[str, Any] = {
        "edition": where.semaine.edition,
        "academie": where.academie,
        "title": "Journée de l’innovation",
        "presentation": "",
        "opens_at": NOW - DAY,
        "closes_at": NOW + DAY,
    }
    return operations.create_vote(**told | change, access=access, at=NOW)


@pytest.fixture
def scrutin(where: Territory, access: Access) -> Scrutin:
    return create(where, access)


def propose(where: Territory, scrutin: Scrutin, access: Access, **columns: Any) -> Candidature:
    action = factories.action(where, None, Etat.PUBLISHED, **columns)
    operations.add_candidate(scrutin, action, access=access, at=NOW)
    return Candidature.objects.get(action=action)


def some_vote(candidature: Candidature, number: int = 1) -> None:
    access = factories.access(factories.user(f"v{number}@example.fr"))
    vote_now(candidature, access=access, at=NOW)


def test_two_votes_of_one_name_have_two_addresses(where: Territory, access: Access) -> None:
    assert create(where, access).slug != create(where, access).slug


def test_a_vote_is_organised_on_one_s_own_territory(where: Territory, access: Access) -> None:
    lyon = factories.territory("Lyon", "69")
    for academie in (lyon.academie, None):
        with pytest.raises(PermissionDenied):
            create(where, access, academie=academie)
    everywhere = factories.access(factories.person(TypeRole.ADMINISTRATEUR))
    national = create(where, everywhere, academie=None)
    assert not Scrutin.objects.within(access, Right.RUN_VOTE).filter(pk=national.pk).exists()
    for call in (
        lambda: operations.change_vote(national, access=access, at=NOW, title="a"),
        lambda: operations.add_juror(national, "a@b.fr", access=access, at=NOW),
        lambda: operations.publish_results(national, access=access, at=NOW + 2 * DAY),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_dates_change_until_the_clock_has_used_them(scrutin: Scrutin, access: Access) -> None:
    operations.change_vote(scrutin, access=access, at=NOW, title="Innover", closes_at=NOW + 3 * DAY)
    scrutin.refresh_from_db()
    assert (scrutin.title, scrutin.closes_at) == ("Innover", NOW + 3 * DAY)
    with pytest.raises(VoteError, match="ouverture ne change plus"):
        operations.change_vote(scrutin, access=access, at=NOW, opens_at=NOW + DAY)
    with pytest.raises(VoteError, match="clôture à venir"):
        operations.change_vote(scrutin, access=access, at=NOW, closes_at=NOW)
    with pytest.raises(VoteError, match="clos"):
        operations.change_vote(scrutin, access=access, at=NOW + 3 * DAY, closes_at=NOW + 9 * DAY)


def test_only_published_actions_of_the_territory_are_candidates_once(
    where: Territory, scrutin: Scrutin, access: Access
) -> None:
    chosen = propose(where, scrutin, access)
    elsewhere = factories.action(factories.territory("Lyon", "69"), None, Etat.PUBLISHED)
    waiting = factories.action(where, None, Etat.SUBMITTED)
    for action in (chosen.action, elsewhere, waiting):
        with pytest.raises(VoteError, match="n’est pas publiée"):
            operations.add_candidate(scrutin, action, access=access, at=NOW)
    assert scrutin.candidatures.count() == 1


def test_candidates_are_ordered(where: Territory, scrutin: Scrutin, access: Access) -> None:
    rows = [propose(where, scrutin, access) for _ in range(3)]
    operations.move_candidate(rows[2], up=True, access=access)
    operations.move_candidate(rows[0], up=True, access=access)
    operations.move_candidate(rows[0], up=False, access=access)
    assert list(queries.candidatures(scrutin)) == [rows[2], rows[0], rows[1]]


@pytest.mark.parametrize("what", ["vote", "asked", "mark"])
def test_candidates_stay_once_somebody_has_chosen(
    where: Territory, scrutin: Scrutin, access: Access, what: str
) -> None:
    first, second = (propose(where, scrutin, access) for _ in range(2))
    operations.remove_candidate(second, access=access, at=NOW)
    if what == "vote":
        some_vote(first)
    elif what == "asked":
        ask_to_vote(first, "a@b.fr", at=NOW)
    else:
        juror = operations.add_juror(scrutin, "jury@ac-dijon.fr", access=access, at=NOW)
        operations.give_mark(first, 12, "", access=factories.access(juror), at=NOW)
    with pytest.raises(VoteError, match="déjà voté ou noté"):
        operations.remove_candidate(first, access=access, at=NOW)
    with pytest.raises(VoteError, match="déjà voté ou noté"):
        propose(where, scrutin, access)
    assert scrutin.candidatures.get() == first


@pytest.mark.django_db(transaction=True)
def test_a_vote_that_arrives_just_then_is_not_lost(
    where: Territory, scrutin: Scrutin, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = propose(where, scrutin, access)
    some_vote(chosen)
    # as if it had come between the look and the removal
    monkeypatch.setattr(operations, "has_votes", lambda _scrutin: False)
    with pytest.raises(VoteError, match="déjà voté ou noté"):
        operations.remove_candidate(chosen, access=access, at=NOW)
    assert Bulletin.objects.get().candidature == chosen


def test_a_juror_marks_and_corrects_their_own(where: Territory, scrutin: Scrutin, access: Access) -> None:
    candidature = propose(where, scrutin, access)
    juror = operations.add_juror(scrutin, " Jury@ac-dijon.fr", access=access, at=NOW)
    assert operations.add_juror(scrutin, "jury@ac-dijon.fr", access=access, at=NOW) == juror
    assert Message.objects.filter(to="jury@ac-dijon.fr").count() == 1
    seat = factories.access(juror)
    for mark in (12, 15):
        operations.give_mark(candidature, mark, " Bien ", access=seat, at=NOW)
    note = Note.objects.get()
    assert (note.mark, note.comment) == (15, "Bien")
    with pytest.raises(VoteError, match="entre 0 et 20"):
        operations.give_mark(candidature, 21, "", access=seat, at=NOW)
    with pytest.raises(PermissionDenied):
        operations.give_mark(candidature, 3, "", access=access, at=NOW)
    operations.remove_juror(scrutin, juror, access=access, at=NOW)
    assert not Note.objects.exists()
    with pytest.raises(PermissionDenied):
        operations.give_mark(candidature, 3, "", access=seat, at=NOW)


def test_a_juror_who_has_not_signed_in_yet_is_kept(scrutin: Scrutin, access: Access) -> None:
    juror = operations.add_juror(scrutin, "jury@ac-dijon.fr", access=access, at=NOW)
    factories.user("personne@example.fr")
    purge_unused(NOW + 3650 * DAY)
    assert User.objects.filter(pk=juror.pk).exists()
    assert not User.objects.filter(email="personne@example.fr").exists()


def test_results_come_out_once_after_the_close_and_stay(
    where: Territory, scrutin: Scrutin, access: Access
) -> None:
    first, second = (propose(where, scrutin, access) for _ in range(2))
    juror = operations.add_juror(scrutin, "jury@ac-dijon.fr", access=access, at=NOW)
    some_vote(first)
    ask_to_vote(second, "lent@example.fr", at=NOW)
    operations.give_prize(second, " Prix  du jury ", access=access, at=NOW)
    operations.give_prize(first, "Prix du public", access=access, at=NOW)
    operations.give_prize(first, "", access=access, at=NOW)
    second.action.refresh_from_db()
    assert second.action.prize == "", "nothing shows before the results"
    with pytest.raises(VoteError, match="Attendez la clôture"):
        operations.publish_results(scrutin, access=access, at=NOW)
    after = NOW + 2 * DAY
    operations.publish_results(scrutin, access=access, at=after)
    scrutin.refresh_from_db()
    first.action.refresh_from_db()
    second.action.refresh_from_db()
    assert (second.action.prize, second.action.remarkable, second.action.version) == ("Prix du jury", True, 1)
    assert (first.action.prize, first.action.remarkable) == ("", False)
    assert [entry.verb for entry in journal.entries(second.action)] == ["prize"]
    assert not Message.objects.filter(key__startswith="vote:").exists()
    assert Bulletin.objects.count() == 1, "only what counts is kept"
    for call in (
        lambda: operations.publish_results(scrutin, access=access, at=after),
        lambda: operations.give_prize(first, "Trop tard", access=access, at=after),
        lambda: operations.give_mark(first, 3, "", access=factories.access(juror), at=after),
        lambda: operations.add_juror(scrutin, "x@y.fr", access=access, at=after),
        lambda: operations.remove_juror(scrutin, juror, access=access, at=after),
    ):
        with pytest.raises(VoteError, match="publiés"):
            call()


def test_the_ranking_counts_confirmed_votes_and_marks(
    where: Territory, scrutin: Scrutin, access: Access
) -> None:
    rows = [propose(where, scrutin, access) for _ in range(3)]
    for number, chosen in enumerate((rows[2], rows[2], rows[0])):
        some_vote(chosen, number)
    ask_to_vote(rows[0], "lent@example.fr", at=NOW)
    for number, mark in enumerate((10, 15)):
        juror = operations.add_juror(scrutin, f"j{number}@ac-dijon.fr", access=access, at=NOW)
        operations.give_mark(rows[1], mark, "", access=factories.access(juror), at=NOW)
    told = [
        (rang.rank, row.pk, rang.resultat.votes, rang.resultat.average)
        for rang, row, _ in queries.results(scrutin, NOW)
    ]
    assert told == [(1, rows[2].pk, 2, None), (2, rows[0].pk, 1, None), (3, rows[1].pk, 0, 12.5)]


def test_a_juror_leaves_out_their_school_and_their_own_sheets(
    where: Territory, scrutin: Scrutin, access: Access
) -> None:
    carnot, eiffel = factories.school(where, 1), factories.school(where, 2)
    mine, colleague, other = (
        Candidature.objects.create(
            scrutin=scrutin, position=n, action=factories.action(where, school, Etat.PUBLISHED)
        )
        for n, school in enumerate((carnot, carnot, eiffel))
    )
    juror = operations.add_juror(scrutin, "prof@ac-dijon.fr", access=access, at=NOW)
    there = factories.access(juror)
    operations.give_mark(colleague, 20, "", access=there, at=NOW)
    operations.give_mark(other, 11, "", access=there, at=NOW)
    # what is learnt after a mark holds as well: this juror is of Carnot
    Action.objects.filter(pk=mine.action_id).update(declarant=juror)
    for row in (mine, colleague):
        with pytest.raises(VoteError, match="Vous ne notez pas cette action"):
            operations.give_mark(row, 19, "", access=there, at=NOW)
    told = {mine.pk: ((), 1), colleague.pk: ((), 1), other.pk: ((11,), 0)}
    assert {row.pk: (rang.resultat.marks, out) for rang, row, out in queries.results(scrutin, NOW)} == told
    operations.publish_results(scrutin, access=access, at=NOW + 2 * DAY)
    scrutin.refresh_from_db()
    # nothing moves once it is published, not even with the juror's school
    factories.role(juror, TypeRole.PORTEUR, etablissement=eiffel)
    later = NOW + 3 * DAY
    assert {row.pk: (rang.resultat.marks, out) for rang, row, out in queries.results(scrutin, later)} == told
    assert Note.objects.get().candidature == other


def test_an_office_that_declares_for_schools_is_of_none_of_them(
    where: Territory, scrutin: Scrutin, access: Access
) -> None:
    school = factories.school(where)
    typed, theirs = (factories.action(where, school, Etat.PUBLISHED) for _ in range(2))
    row = Candidature.objects.create(scrutin=scrutin, action=theirs, position=0)
    office = factories.person(TypeRole.MODERATEUR, "bureau@ac-dijon.fr", academie=where.academie)
    Action.objects.filter(pk=typed.pk).update(declarant=office)
    scrutin.jury.add(office)
    operations.give_mark(row, 12, "", access=factories.access(office), at=NOW)
    assert Note.objects.get().mark == 12


@pytest.mark.parametrize(("text", "count"), [("", 2), ("forum", 1), ("carnot", 1), ("rien", 0)])
def test_actions_to_propose_are_searched(where: Territory, scrutin: Scrutin, text: str, count: int) -> None:
    factories.action(where, None, Etat.PUBLISHED, title="Forum", remarkable=True)
    school = factories.school(where, name="Lycée Carnot")
    factories.action(where, school, Etat.PUBLISHED, title="Tutorat")
    factories.action(where, school, Etat.DRAFT, title="Forum secret")
    assert queries.proposable(scrutin, text).count() == count
    assert queries.proposable(scrutin, remarkable=True).count() == 1

"""The one operation that changes a state: rights, gate, races, journal and mail."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accroche.actions.cycle import TRANSITIONS, Etat, Side, Step, TransitionError, steps_from
from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations.cycle import NotReadyError, StaleError, move
from accroche.actions.regles import Consentement
from accroche.commun import journal
from accroche.commun.models import JournalEntry, Message
from accroche.comptes.regles import TypeRole
from tests import factories
from tests.factories import NOW
from tests.thorough import examples

if TYPE_CHECKING:
    from accroche.comptes.models import User
    from tests.factories import Territory


def people(where: Territory, school: Any) -> dict[Side, User]:
    return {
        Side.OWNER: factories.person(TypeRole.PORTEUR, "porteur@ac-dijon.fr", etablissement=school),
        Side.MODERATOR: factories.person(TypeRole.MODERATEUR, "cardie@ac-dijon.fr", academie=where.academie),
    }


def columns(action: Action) -> dict[str, Any]:
    """All that a step has no reason to change."""
    moving = {"etat", "version", "updated_at", "submitted_at", "merged_into_id"}
    return {f.attname: getattr(action, f.attname) for f in action._meta.concrete_fields} | dict.fromkeys(
        moving
    )


class Walks(TestCase):
    """Any walk through the table, made for real."""

    @settings(max_examples=examples(25))
    @given(st.lists(st.sampled_from(list(Step)), max_size=8))
    def test_a_walk_loses_nothing_and_is_journalled_and_mailed_once(self, steps: list[Step]) -> None:
        where = factories.territory()
        school = factories.school(where)
        who = people(where, school)
        other = factories.action(where, school)
        action = factories.action(where, school, Etat.DRAFT)
        before = columns(action)
        for step in steps:
            if step not in steps_from(Etat(action.etat)):
                continue
            row = TRANSITIONS[step]
            into: dict[str, Any] = {"merged_into": other} if step is Step.MERGE else {}
            if step is Step.SPLIT:
                into = {"merged_into": None}
            lines, mails = journal.entries(action).count(), Message.objects.count()
            access = factories.access(who[row.side])
            action = move(action, step, access=access, at=NOW, reason="Parce que", **into)
            assert action.etat == row.target
            assert journal.entries(action).count() == lines + 1
            told = who[Side.OWNER if row.side is Side.MODERATOR else Side.MODERATOR].email
            sent = list(Message.objects.order_by("-pk")[: Message.objects.count() - mails])
            assert [m.to for m in sent].count(told) == 1
            assert who[row.side].email not in [m.to for m in sent]
        assert columns(action) == before


@pytest.mark.django_db
@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize(
    "who", ["nobody", "own_school", "own_moderator", "other_school", "other_moderator", "reader", "national"]
)
def test_each_step_is_for_its_side_and_its_territory(who: str, step: Step) -> None:
    where, away = factories.territory(), factories.territory("Lyon", "69")
    school, other = factories.school(where), factories.school(away)
    row = TRANSITIONS[step]
    target = factories.action(where, school)
    etat = min(row.sources)
    action = factories.action(where, school, etat, merged_into=target if etat is Etat.MERGED else None)
    roles: dict[str, tuple[TypeRole, dict[str, Any]]] = {
        "own_school": (TypeRole.PORTEUR, {"etablissement": school}),
        "own_moderator": (TypeRole.MODERATEUR, {"academie": where.academie}),
        "other_school": (TypeRole.PORTEUR, {"etablissement": other}),
        "other_moderator": (TypeRole.MODERATEUR, {"academie": away.academie}),
        "reader": (TypeRole.LECTEUR, {"academie": where.academie}),
        "national": (TypeRole.NATIONAL, {}),
    }
    person = factories.person(roles[who][0], **roles[who][1]) if who in roles else None
    allowed = {"own_moderator"} | ({"own_school"} if row.side is Side.OWNER else set())
    into: dict[str, Any] = {}
    if step in {Step.MERGE, Step.SPLIT}:
        into = {"merged_into": target if step is Step.MERGE else None}
    if who in allowed:
        moved = move(action, step, access=factories.access(person), at=NOW, reason="Parce que", **into)
        assert moved.etat == row.target
        return
    with pytest.raises(PermissionDenied):
        move(action, step, access=factories.access(person), at=NOW, reason="Parce que", **into)
    action.refresh_from_db()
    assert action.etat == etat
    assert not JournalEntry.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_followed_link_sends_one_sheet_and_moderates_none() -> None:
    where = factories.territory()
    school = factories.school(where)
    one, two = (factories.action(where, school, Etat.DRAFT) for _ in range(2))
    access = factories.access(None, sheets=frozenset({one.pk}))
    assert move(one, Step.SUBMIT, access=access, at=NOW).etat == Etat.SUBMITTED
    for action, step in ((two, Step.SUBMIT), (one, Step.PUBLISH)):
        with pytest.raises(PermissionDenied):
            move(action, step, access=access, at=NOW)


@pytest.mark.django_db
def test_an_incomplete_sheet_is_not_sent_and_the_place_is_shown() -> None:
    where = factories.territory()
    school = factories.school(where)
    owner = factories.access(people(where, school)[Side.OWNER])
    action = factories.action(where, school, Etat.DRAFT, description=" ", college=False)
    with pytest.raises(NotReadyError) as caught:
        move(action, Step.SUBMIT, access=owner, at=NOW)
    assert {remark.field for remark in caught.value.remarks} == {"description", "levels"}


@pytest.mark.django_db
def test_an_image_without_consent_is_not_published() -> None:
    where = factories.territory()
    school = factories.school(where)
    moderator = factories.access(people(where, school)[Side.MODERATOR])
    action = factories.action(where, school)
    piece = factories.piece(action)
    with pytest.raises(NotReadyError, match=r"fete\.jpg"):
        move(action, Step.PUBLISH, access=moderator, at=NOW)
    PieceJointe.objects.filter(pk=piece.pk).update(consent=Consentement.RECORDED)
    assert move(action, Step.PUBLISH, access=moderator, at=NOW).etat == Etat.PUBLISHED
    assert Action.objects.published().get() == action


@pytest.mark.django_db
def test_a_refusal_without_a_word_is_refused() -> None:
    where = factories.territory()
    school = factories.school(where)
    moderator = factories.access(people(where, school)[Side.MODERATOR])
    with pytest.raises(ValueError, match="Dites pourquoi"):
        move(factories.action(where, school), Step.REFUSE, access=moderator, at=NOW, reason="  ")
    with pytest.raises(TransitionError):
        move(factories.action(where, school, Etat.DRAFT), Step.PUBLISH, access=moderator, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_moderators_on_one_sheet_decide_once() -> None:
    where = factories.territory()
    school = factories.school(where)
    action = factories.action(where, school)
    accesses = [
        factories.access(
            factories.person(TypeRole.MODERATEUR, f"moderateur{n}@ac-dijon.fr", academie=where.academie)
        )
        for n in range(2)
    ]
    steps, results = (Step.PUBLISH, Step.REFUSE), []
    ready = threading.Barrier(2)

    def decide(number: int) -> None:
        held = Action.objects.get(pk=action.pk)
        ready.wait()
        try:
            move(held, steps[number], access=accesses[number], at=NOW, reason="Parce que")
            results.append("done")
        except StaleError:
            results.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "stale"]
    assert journal.entries(action).count() == 1

"""The life of a pair: both accept, each may leave, and what was asked is closed with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accroche.commun import journal
from accroche.commun.models import Message
from accroche.tutorat.binome import (
    Cote,
    EtatBinome,
    MotifSortie,
    Pas,
    PasImpossibleError,
    ReponseContact,
    Utilite,
)
from accroche.tutorat.models import BilanBinome, Binome, ContactBinome, ContrainteBinome, EtapeBinome
from accroche.tutorat.operations import binome as operations
from accroche.tutorat.operations.binome import (
    StaleBinomeError,
    ask_contacts,
    assess,
    leave_all,
    move,
    recall_proposals,
)
from accroche.tutorat.operations.tutorat import constrain
from accroche.tutorat.queries.tutorat import reglages_of
from tests.factories import NOW
from tests.races import at_once, passed
from tests.tutorat.tutorats import Scene, active, proposed, scene

DAYS = dt.timedelta(days=1)
MENTOR, MENTEE, BUREAU = Cote


def staged() -> Scene:
    found = scene()
    lille, dijon = found.academies["Lille"], found.academies["Dijon"]
    constrain(found.edition, lille, dijon, ContrainteBinome.Kind.PIN, access=found.bureau, at=NOW)
    return found


@pytest.fixture
def found(db: None) -> Scene:
    return staged()


def by(found: Scene, side: Cote, **more: Any) -> dict[str, Any]:
    access = {MENTOR: found.offices["Lille"], MENTEE: found.offices["Dijon"], BUREAU: found.bureau}[side]
    return {"side": side, "access": access, "at": NOW} | more


def told() -> list[str]:
    """Who was written to since the last look."""
    found = sorted(one.to.partition("@")[2] for one in Message.objects.all())
    Message.objects.all().delete()
    return found


def test_it_begins_once_both_accepted_and_each_is_told(found: Scene) -> None:
    binome = proposed(found)
    told()
    binome = move(binome, Pas.ACCEPT, **by(found, MENTEE))
    assert binome.etat is EtatBinome.PROPOSED
    assert told() == ["ac-lille.fr", "example.fr"]
    with pytest.raises(PasImpossibleError):
        move(binome, Pas.ACCEPT, **by(found, MENTEE))
    binome = move(binome, Pas.ACCEPT, **by(found, MENTOR))
    assert (binome.etat, binome.started_at) == (EtatBinome.ACTIVE, NOW)
    assert told() == ["ac-dijon.fr", "example.fr"]
    verbs = [entry.verb for entry in journal.entries(binome)]
    assert verbs == ["binome_accept", "binome_accept", "binome_propose"]


def test_who_lets_a_proposal_wait_is_reminded_once(found: Scene) -> None:
    binome = proposed(found)
    move(binome, Pas.ACCEPT, **by(found, MENTEE))
    told()
    assert recall_proposals(at=NOW + 13 * DAYS) == 0
    assert recall_proposals(at=NOW + 14 * DAYS) == 1
    assert [one.to for one in Message.objects.all()] == ["cardie@ac-lille.fr"]
    assert recall_proposals(at=NOW + 90 * DAYS) == 0


def test_nobody_acts_for_another_side(found: Scene) -> None:
    binome = proposed(found)
    lyon = found.offices["Lyon"]
    for side in Cote:
        with pytest.raises(PermissionDenied):
            move(binome, Pas.ACCEPT, side=side, access=lyon, at=NOW)
    with pytest.raises(PermissionDenied):
        move(binome, Pas.ACCEPT, side=MENTOR, access=found.bureau, at=NOW)
    with pytest.raises(PermissionDenied):
        move(binome, Pas.ACCEPT, side=MENTOR, access=found.offices["Dijon"], at=NOW)
    assert not Binome.objects.visible_to(lyon).exists()
    assert Binome.objects.visible_to(found.bureau).get() == binome


def test_a_pause_keeps_the_plan_and_asks_nothing(found: Scene) -> None:
    binome = active(found)
    operations.add_step(binome, "Relire le dossier", None, **by(found, MENTOR))
    binome = move(binome, Pas.PAUSE, **by(found, MENTEE))
    assert ask_contacts(at=NOW + 60 * DAYS) == 0
    binome = move(binome, Pas.RESUME, **by(found, MENTOR, at=NOW + 60 * DAYS))
    assert ask_contacts(at=NOW + 61 * DAYS) == 0  # counted from when it resumed
    assert ask_contacts(at=NOW + 88 * DAYS) == 1
    assert EtapeBinome.objects.get().dropped_at is None


def test_who_leaves_says_why_and_what_was_asked_is_closed(found: Scene) -> None:
    binome = active(found)
    operations.add_step(binome, "Relire le dossier", None, **by(found, MENTOR))
    operations.add_step(binome, "Appeler", None, **by(found, MENTOR))
    operations.finish_step(EtapeBinome.objects.get(title="Appeler"), done=True, **by(found, MENTEE))
    ask_contacts(at=NOW + 28 * DAYS)
    told()
    with pytest.raises(ValueError, match="pourquoi"):
        move(binome, Pas.LEAVE, **by(found, MENTOR))
    left = move(binome, Pas.LEAVE, **by(found, MENTOR, reason=MotifSortie.CHARGE, text="Désolés."))
    assert (left.etat, left.ended_by) == (EtatBinome.CLOSED, MENTOR)
    assert [(one.title, one.dropped_at) for one in left.etapes.order_by("title")] == [
        ("Appeler", None),
        ("Relire le dossier", NOW),
    ]
    assert ContactBinome.objects.get().dropped_at == NOW
    body = Message.objects.get(to="cardie@ac-dijon.fr").body
    assert "« Désolés. »" in body.replace("\u00a0", " ")
    assert told() == ["ac-dijon.fr", "example.fr"]
    with pytest.raises(PasImpossibleError):
        operations.add_step(binome, "Encore", None, **by(found, MENTEE))
    with pytest.raises(StaleBinomeError):
        operations.answer_contact(ContactBinome.objects.get(), ReponseContact.NO, **by(found, MENTEE))


def test_a_mentor_that_can_no_more_leaves_all_at_once(found: Scene) -> None:
    binome = active(found)
    told()
    lille = found.academies["Lille"]
    with pytest.raises(PermissionDenied):
        leave_all(lille, found.edition, access=found.offices["Dijon"], at=NOW, reason=MotifSortie.CHARGE)
    count = leave_all(lille, found.edition, access=found.offices["Lille"], at=NOW, reason=MotifSortie.CHARGE)
    assert count == 1
    assert told() == ["ac-dijon.fr", "example.fr"]
    binome.refresh_from_db()
    assert binome.etat is EtatBinome.CLOSED
    assert reglages_of(found.edition).capacities["lille"] == 0


def test_a_question_is_asked_once_and_answered_once(found: Scene) -> None:
    binome = active(found)
    assert ask_contacts(at=NOW + 27 * DAYS) == 0
    told()
    assert [ask_contacts(at=NOW + 28 * DAYS) for _ in range(2)] == [1, 0]
    assert told() == ["ac-dijon.fr", "ac-lille.fr"]
    contact = ContactBinome.objects.get()
    late = NOW + 30 * DAYS
    with pytest.raises(ValueError, match="pas encore venu"):
        operations.answer_contact(
            contact, ReponseContact.YES, **by(found, MENTEE), talked_on=dt.date(2030, 1, 1)
        )
    operations.answer_contact(contact, ReponseContact.YES, **by(found, MENTEE, at=late))
    with pytest.raises(StaleBinomeError):
        operations.answer_contact(contact, ReponseContact.NO, **by(found, MENTOR, at=late))
    contact.refresh_from_db()
    assert (contact.answer, contact.talked_on) == (ReponseContact.YES, late.date())
    # talked about two days after: the rhythm starts there
    assert ask_contacts(at=NOW + 56 * DAYS) == 0
    assert ask_contacts(at=NOW + 58 * DAYS) == 1
    day = late.date()
    first = operations.tell_contact(binome, day, **by(found, MENTOR, at=late))
    assert operations.tell_contact(binome, day, **by(found, MENTEE, at=late)) == first


def test_a_plan_is_kept_by_both(found: Scene) -> None:
    binome = active(found)
    assert operations.add_step(binome, " Appeler ", NOW.date(), **by(found, MENTOR))
    assert not operations.add_step(binome, "Appeler", None, **by(found, MENTEE))
    step = EtapeBinome.objects.get()
    assert operations.finish_step(step, done=True, **by(found, MENTEE))
    assert not operations.finish_step(step, done=True, **by(found, MENTOR))
    operations.remove_step(step, **by(found, MENTOR))  # done: it stays
    assert operations.finish_step(step, done=False, **by(found, MENTOR))
    operations.remove_step(step, **by(found, MENTOR))
    assert not EtapeBinome.objects.exists()


def test_both_assess_at_the_end_and_nobody_overwrites_a_colleague(found: Scene) -> None:
    binome = active(found)
    with pytest.raises(PasImpossibleError, match="terminé"):
        assess(binome, Utilite.BEAUCOUP, "", **by(found, MENTEE))
    move(binome, Pas.FINISH, **by(found, BUREAU))
    first = assess(binome, Utilite.BEAUCOUP, "Merci.", **by(found, MENTEE))
    with pytest.raises(StaleBinomeError):
        assess(binome, Utilite.NON, "", **by(found, MENTEE))
    again = assess(binome, Utilite.UN_PEU, "", **by(found, MENTEE), version=first.version)
    with pytest.raises(StaleBinomeError):
        assess(binome, Utilite.NON, "", **by(found, MENTEE), version=first.version)
    assess(binome, Utilite.UN_PEU, "", **by(found, MENTOR))
    with pytest.raises(PermissionDenied):
        assess(binome, Utilite.UN_PEU, "", **by(found, BUREAU))
    assert [(one.side, one.useful) for one in BilanBinome.objects.all()] == [
        (MENTEE, again.useful),
        (MENTOR, Utilite.UN_PEU),
    ]


@pytest.mark.django_db(transaction=True)
def test_both_accept_at_the_same_moment() -> None:
    found = staged()
    binome = proposed(found)
    results = at_once(2, lambda number: move(binome, Pas.ACCEPT, **by(found, (MENTOR, MENTEE)[number])))
    assert passed(results, StaleBinomeError) == 2
    binome.refresh_from_db()
    assert (binome.etat, binome.moves) == (EtatBinome.ACTIVE, 2)


@pytest.mark.django_db(transaction=True)
def test_one_pauses_while_the_other_leaves() -> None:
    found = staged()
    binome = active(found)
    acts: list[dict[str, Any]] = [
        {"pas": Pas.PAUSE, **by(found, MENTEE)},
        {"pas": Pas.LEAVE, **by(found, MENTOR, reason=MotifSortie.CHARGE)},
    ]
    results = at_once(2, lambda number: move(binome, **acts[number]))
    assert passed(results, StaleBinomeError) == 1
    assert journal.entries(binome).filter(verb__in=["binome_pause", "binome_leave"]).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_runs_ask_once_and_two_colleagues_answer_once() -> None:
    found = staged()
    binome = active(found)
    later = NOW + 28 * DAYS
    assert sorted(map(str, at_once(2, lambda _number: ask_contacts(at=later)))) == ["0", "1"]
    contact = ContactBinome.objects.get(binome=binome)
    answers = at_once(
        2,
        lambda number: operations.answer_contact(
            contact,
            (ReponseContact.YES, ReponseContact.NO)[number],
            **by(found, (MENTOR, MENTEE)[number], at=later),
        ),
    )
    assert passed(answers, StaleBinomeError) == 1

"""The life of a pair of tutoring: one function that moves it, its plan, its contacts and its assessment."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right
from accroche.tutorat.binome import (
    PATIENCE,
    TRANSITIONS,
    Cote,
    EtatBinome,
    MotifSortie,
    Pas,
    PasImpossibleError,
    ReponseContact,
    Utilite,
    is_time_to_ask,
    steps_of,
    target_of,
)
from accroche.tutorat.models import (
    BilanBinome,
    Binome,
    ContactBinome,
    ContrainteBinome,
    EtapeBinome,
    PropositionTutorat,
    ReglageTutorat,
)
from accroche.tutorat.operations.avis import ask_whether_they_talked, recall_proposal, tell_moved


class StaleBinomeError(RuntimeError):
    """Somebody else did something meanwhile; the message is French and says what to look at."""


def _side(binome: Binome, side: Cote, access: Access) -> None:
    """Refuse who does not act for ``side``; the bureau that accompanies acts as the mentor."""
    held = binome.sides_of(access)
    as_mentor = side is Cote.MENTOR and not binome.mentor_id and Cote.BUREAU in held
    if side not in held and not as_mentor:
        raise PermissionDenied


@transaction.atomic
def move(
    binome: Binome,
    pas: Pas,
    *,
    side: Cote,
    access: Access,
    at: dt.datetime,
    reason: MotifSortie | None = None,
    text: str = "",
) -> Binome:
    """Make one step for ``side``, tell the others, and return the pair as it is now.

    What ends a pair closes what was still asked of either side. Raises ``PermissionDenied``,
    ``PasImpossibleError``, ``ValueError`` when a reason is owed, and :class:`StaleBinomeError` when somebody
    moved it at the same moment.
    """
    _side(binome, side, access)
    before, row = binome.etat, TRANSITIONS[pas]
    target_of(before, pas, side, binome.accepted)
    if row.needs_reason and reason is None:
        raise ValueError("Dites en un mot pourquoi : l’autre académie le lira.")
    changes: dict[str, Any] = {"moves": F("moves") + 1}
    held = Binome.objects.filter(pk=binome.pk, state__in=row.sources)
    if pas is Pas.ACCEPT:
        column = f"{side}_accepted_at"
        changed = held.filter(**{column: None}).update(**changes, **{column: at})
        # whoever of the two comes second finds both answers, and starts it
        both = held.filter(mentor_accepted_at__isnull=False, mentee_accepted_at__isnull=False)
        both.update(state=row.target, started_at=at, running_since=at)
    else:
        changes |= {"state": row.target}
        if row.ends:
            changes |= {
                "ended_at": at,
                "ended_by": side,
                "end_reason": reason or "",
                "end_text": text.strip(),
            }
        if pas is Pas.RESUME:
            changes["running_since"] = at
        changed = held.filter(state=before).update(**changes)
    if not changed:
        raise StaleBinomeError("Quelqu’un a agi au même moment : voici où en est le binôme.")
    if row.ends:
        EtapeBinome.objects.filter(binome=binome, done_on=None, dropped_at=None).update(dropped_at=at)
        ContactBinome.objects.filter(binome=binome, answer="", dropped_at=None).update(dropped_at=at)
        # places are free again: who reads the proposal now reads an old one
        PropositionTutorat.objects.filter(edition=binome.edition_id).update(version=F("version") + 1)
        # the bureau wanted this pair: it is told, and another may be found
        ContrainteBinome.objects.filter(
            edition=binome.edition_id, mentor=binome.mentor_id, mentee=binome.mentee_id
        ).delete()
    now = Binome.objects.select_related("mentor", "mentee", "edition").get(pk=binome.pk)
    journal.record(
        now,
        f"binome_{pas}",
        at=at,
        actor=access.user,
        note=text.strip(),
        changes={"state": (before, now.state)},
    )
    tell_moved(now, pas, side, at=at)
    return now


@transaction.atomic
def leave_all(
    academie: Academie,
    edition: Edition,
    *,
    access: Access,
    at: dt.datetime,
    reason: MotifSortie,
    text: str = "",
) -> int:
    """Stop accompanying anybody, and take nobody else; return how many pairs ended.

    Raises ``PermissionDenied``.
    """
    if not access.allows(Right.EDIT_SEMAINE, Place(academie=academie.pk)):
        raise PermissionDenied
    count = 0
    found = Binome.objects.open().filter(mentor=academie, edition=edition).order_by("pk")
    for binome in found.select_related("mentor", "mentee", "edition"):
        pas = next(one for one in (Pas.DECLINE, Pas.LEAVE) if one in steps_of(binome.etat, Cote.MENTOR))
        move(binome, pas, side=Cote.MENTOR, access=access, at=at, reason=reason, text=text)
        count += 1
    ReglageTutorat.objects.update_or_create(edition=edition, academie=academie, defaults={"capacity": 0})
    PropositionTutorat.objects.filter(edition=edition).update(version=F("version") + 1)
    journal.record(edition, "tutorat_leave", at=at, actor=access.user, note=academie.name)
    return count


def _alive(binome: Binome) -> None:
    """Refuse to work on a pair that does not run. Raises ``PasImpossibleError``."""
    # written as it is: whoever ends the pair at this moment waits, and closes what is added here
    rows = Binome.objects.filter(pk=binome.pk, state__in=[EtatBinome.ACTIVE, EtatBinome.PAUSED])
    if not rows.update(moves=F("moves")):
        raise PasImpossibleError("Ce binôme n’est pas en cours : son plan ne change plus.")


@transaction.atomic
def add_step(
    binome: Binome, title: str, due_on: dt.date | None, *, side: Cote, access: Access, at: dt.datetime
) -> bool:
    """Add a step to the plan; return whether it is new (the same words again are the same step).

    Raises ``PermissionDenied`` and ``PasImpossibleError``.
    """
    _side(binome, side, access)
    _alive(binome)
    _, created = EtapeBinome.objects.get_or_create(
        binome=binome, title=title.strip(), defaults={"due_on": due_on, "added_at": at}
    )
    if created:
        journal.record(binome, "binome_add_step", at=at, actor=access.user, note=title.strip())
    return created


@transaction.atomic
def finish_step(etape: EtapeBinome, *, done: bool, side: Cote, access: Access, at: dt.datetime) -> bool:
    """Say that a step is done, or not after all; return whether that is new.

    Raises ``PermissionDenied`` and ``PasImpossibleError``.
    """
    _side(etape.binome, side, access)
    _alive(etape.binome)
    rows = EtapeBinome.objects.filter(pk=etape.pk, done_on__isnull=done)
    changed = rows.update(done_on=timezone.localdate(at) if done else None)
    if changed:
        verb = "binome_finish_step" if done else "binome_reopen_step"
        journal.record(etape.binome, verb, at=at, actor=access.user, note=etape.title)
    return bool(changed)


@transaction.atomic
def remove_step(etape: EtapeBinome, *, side: Cote, access: Access, at: dt.datetime) -> None:
    """Take a step that is not done off the plan; again, do nothing.

    Raises ``PermissionDenied`` and ``PasImpossibleError``.
    """
    _side(etape.binome, side, access)
    _alive(etape.binome)
    count, _ = EtapeBinome.objects.filter(pk=etape.pk, done_on=None).delete()
    if count:
        journal.record(etape.binome, "binome_remove_step", at=at, actor=access.user, note=etape.title)


def ask_contacts(*, at: dt.datetime) -> int:
    """Ask each pair whose time has come whether they could talk, by mail; return how many were.

    Run every day or every hour, twice at once too: a pair is asked once a day at most, and once in its
    rhythm.
    """
    day, count = timezone.localdate(at), 0
    running = Binome.objects.filter(state=EtatBinome.ACTIVE).order_by("pk")
    for binome in running.select_related("mentor", "mentee").prefetch_related("contacts"):
        contacts = list(binome.contacts.all())
        since = timezone.localdate(binome.running_since or binome.proposed_at)
        asked = [one.asked_on for one in contacts if one.asked_on]
        talked = [one.talked_on for one in contacts if one.talked_on and one.talked_on <= day]
        if is_time_to_ask(since, asked, talked, day):
            count += _ask(binome, day, at)
    return count


def recall_proposals(*, at: dt.datetime) -> int:
    """Remind who has let a proposal wait, once a side; return how many mails were written."""
    late = Binome.objects.filter(state=EtatBinome.PROPOSED, proposed_at__lte=at - PATIENCE)
    found = late.select_related("mentor", "mentee").order_by("pk")
    return sum(recall_proposal(binome, at=at) for binome in found)


def _ask(binome: Binome, day: dt.date, at: dt.datetime) -> bool:
    try:
        with transaction.atomic():
            contact = ContactBinome.objects.create(binome=binome, asked_on=day)
            ask_whether_they_talked(contact, at=at)
    except IntegrityError:  # another run was faster
        return False
    return True


@transaction.atomic
def answer_contact(
    contact: ContactBinome,
    answer: ReponseContact,
    *,
    side: Cote,
    access: Access,
    at: dt.datetime,
    talked_on: dt.date | None = None,
    note: str = "",
) -> None:
    """Answer for the pair; the first answer stands.

    ``talked_on``: the day of the talk, today when nobody says. Raises ``PermissionDenied``, ``ValueError``
    for a day to come, and :class:`StaleBinomeError` when it was answered already or is not asked any more.
    """
    _side(contact.binome, side, access)
    day = _day_of_talk(answer, talked_on, at)
    rows = ContactBinome.objects.filter(pk=contact.pk, answer="", dropped_at=None)
    told = {"answer": answer, "talked_on": day, "note": note.strip(), "answered_at": at, "answered_by": side}
    if not rows.update(**told):
        raise StaleBinomeError("Une réponse a déjà été donnée, ou la question ne se pose plus.")
    journal.record(contact.binome, "binome_answer_contact", at=at, actor=access.user)


@transaction.atomic
def tell_contact(
    binome: Binome,
    talked_on: dt.date | None,
    *,
    side: Cote,
    access: Access,
    at: dt.datetime,
    note: str = "",
) -> ContactBinome:
    """Keep that the two talked, unasked; the same day again is the same talk.

    Raises ``PermissionDenied``, ``PasImpossibleError``, and ``ValueError`` for a day to come.
    """
    _side(binome, side, access)
    _alive(binome)
    day = _day_of_talk(ReponseContact.YES, talked_on, at)
    told = {"answer": ReponseContact.YES, "note": note.strip(), "answered_at": at, "answered_by": side}
    contact, created = ContactBinome.objects.get_or_create(
        binome=binome, asked_on=None, talked_on=day, defaults=told
    )
    if created:
        journal.record(binome, "binome_tell_contact", at=at, actor=access.user)
    return contact


def _day_of_talk(answer: ReponseContact, talked_on: dt.date | None, at: dt.datetime) -> dt.date | None:
    if answer is not ReponseContact.YES:
        return None
    today = timezone.localdate(at)
    if talked_on and talked_on > today:
        raise ValueError("Ce jour n’est pas encore venu.")
    return talked_on or today


@transaction.atomic
def assess(
    binome: Binome,
    useful: Utilite,
    text: str,
    *,
    side: Cote,
    access: Access,
    at: dt.datetime,
    version: int = 0,
) -> BilanBinome:
    """Keep what a side says of an accompaniment that ended; ``version``: the one that was read, 0 for none.

    Raises ``PermissionDenied``, ``PasImpossibleError`` for a pair that never ran or still does, and
    :class:`StaleBinomeError` when a colleague wrote meanwhile.
    """
    _side(binome, side, access)
    if side is Cote.BUREAU:
        raise PermissionDenied
    if not Binome.objects.filter(pk=binome.pk, state=EtatBinome.CLOSED, started_at__isnull=False).exists():
        raise PasImpossibleError("Le bilan s’écrit quand l’accompagnement est terminé.")
    told = {"useful": useful, "text": text.strip(), "written_at": at}
    rows = BilanBinome.objects.filter(binome=binome, side=side)
    if version:
        if not rows.filter(version=version).update(version=F("version") + 1, **told):
            raise StaleBinomeError("Une ou un collègue a modifié ce bilan entre-temps : relisez-le.")
    else:
        try:
            with transaction.atomic():
                BilanBinome.objects.create(binome=binome, side=side, **told)
        except IntegrityError as error:
            raise StaleBinomeError("Une ou un collègue vient d’écrire ce bilan : relisez-le.") from error
    journal.record(binome, "binome_assess", at=at, actor=access.user)
    return rows.get()

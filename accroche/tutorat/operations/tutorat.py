"""What the bureau decides of a proposal of tutoring, and confirming it: every write about a proposal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.campagne.operations.bureau import check_steering
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.tutorat.appariement import MOST
from accroche.tutorat.models import Binome, ContrainteBinome, PropositionTutorat, ReglageTutorat
from accroche.tutorat.operations.avis import tell_proposed
from accroche.tutorat.proposition import BinomePropose, shareable
from accroche.tutorat.queries.tutorat import proposition_of

Kind = ContrainteBinome.Kind


class StalePropositionError(RuntimeError):
    """The proposal is not the one that was read any more: show it again before anything is sent."""


def _changed(edition: Edition, access: Access) -> None:
    """Say that what was shown is old. Raises ``PermissionDenied``."""
    check_steering(access)
    PropositionTutorat.objects.get_or_create(edition=edition)
    PropositionTutorat.objects.filter(edition=edition).update(version=F("version") + 1)


@transaction.atomic
def constrain(
    edition: Edition,
    mentor: Academie | None,
    mentee: Academie,
    kind: ContrainteBinome.Kind,
    *,
    access: Access,
    at: dt.datetime,
) -> None:
    """Pin or exclude a pair (``mentor`` None: the bureau).

    A pin takes the place of another, and of an exclusion. Raises ``PermissionDenied``, and ``ValueError`` for
    an académie with itself, or with one it worked with.
    """
    _changed(edition, access)
    if mentor == mentee:
        raise ValueError("Une académie ne s’accompagne pas elle-même.")
    again = Binome.objects.filter(mentor=mentor, mentee=mentee, started_at__isnull=False)
    if mentor and kind == Kind.PIN and again.exists():
        raise ValueError(f"{mentor} a déjà accompagné {mentee} : un binôme ne se répète pas.")
    rows = ContrainteBinome.objects.filter(edition=edition, mentee=mentee)
    if kind == Kind.PIN:
        rows.filter(kind=Kind.PIN).exclude(mentor=mentor).delete()
    ContrainteBinome.objects.update_or_create(
        edition=edition, mentor=mentor, mentee=mentee, defaults={"kind": kind}
    )
    journal.record(edition, f"tutorat_{kind.value}", at=at, actor=access.user, note=_words(mentor, mentee))


@transaction.atomic
def release(
    edition: Edition, mentor: Academie | None, mentee: Academie, *, access: Access, at: dt.datetime
) -> None:
    """Neither pin nor exclude a pair any more. Raises ``PermissionDenied``."""
    _changed(edition, access)
    rows = ContrainteBinome.objects.filter(edition=edition, mentor=mentor, mentee=mentee)
    if rows.delete()[0]:
        journal.record(edition, "tutorat_release", at=at, actor=access.user, note=_words(mentor, mentee))


def _words(mentor: Academie | None, mentee: Academie) -> str:
    return f"{mentor.name if mentor else 'Bureau national'} – {mentee.name}"


@transaction.atomic
def set_academie(
    edition: Edition, academie: Academie, *, access: Access, at: dt.datetime, **choice: int | bool | None
) -> None:
    """Set how many it takes (``capacity``, 0 to 3) or whether it is helped (``helped``); None: as reckoned.

    Raises ``PermissionDenied``, and ``ValueError`` for a capacity nobody has.
    """
    _changed(edition, access)
    capacity = choice.get("capacity")
    if capacity is not None and not 0 <= capacity <= MOST:
        raise ValueError(f"Une académie accompagne de 0 à {MOST} académies.")
    before = ReglageTutorat.objects.filter(edition=edition, academie=academie).first()
    ReglageTutorat.objects.update_or_create(edition=edition, academie=academie, defaults=choice)
    changes: Mapping[str, tuple[Any, Any]] = {
        name: (getattr(before, name, None), value) for name, value in choice.items()
    }
    journal.record(edition, "tutorat_settle", at=at, actor=access.user, note=academie.name, changes=changes)


def confirm(
    edition: Edition,
    chosen: Mapping[str, str | None],
    *,
    version: int,
    access: Access,
    at: dt.datetime,
) -> list[Binome]:
    """Propose the pairs that were read (mentee's slug to mentor's) to both académies, and mail them.

    ``version``: the one that was read. Nothing is sent unless each pair is still the one proposed. Raises
    ``PermissionDenied``, :class:`StalePropositionError`, and ``AppariementError`` when what was decided
    contradicts itself.
    """
    check_steering(access)
    # reckoned before the transaction, which only checks that nobody decided otherwise meanwhile
    read = proposition_of(edition, at)
    proposed = {one.couple.mentee: one for one in read.pairs}
    if read.version != version or any(
        mentee not in proposed or proposed[mentee].couple.mentor != mentor
        for mentee, mentor in chosen.items()
    ):
        raise StalePropositionError
    try:
        with transaction.atomic():
            _take(edition, version)
            found = [
                _propose(edition, proposed[mentee], read.academies, access=access, at=at)
                for mentee in sorted(chosen)
            ]
    except IntegrityError as error:  # one of them has a pair by another way
        raise StalePropositionError from error
    return found


def _take(edition: Edition, version: int) -> None:
    """Be the one who confirms this version. Raises :class:`StalePropositionError`."""
    PropositionTutorat.objects.get_or_create(edition=edition)
    row = PropositionTutorat.objects.filter(edition=edition, version=version)
    if not row.update(version=F("version") + 1):
        raise StalePropositionError


def _propose(
    edition: Edition,
    pair: BinomePropose,
    academies: Mapping[str, Academie],
    *,
    access: Access,
    at: dt.datetime,
) -> Binome:
    mentor = academies[pair.couple.mentor] if pair.couple.mentor else None
    binome = Binome.objects.create(
        edition=edition,
        mentor=mentor,
        mentee=academies[pair.couple.mentee],
        reasons=_reasons(pair),
        proposed_at=at,
        # the bureau accepts its own part by confirming it
        mentor_accepted_at=None if mentor else at,
    )
    # the wish is granted
    wishes = ContrainteBinome.objects.filter(edition=edition, mentee=binome.mentee, kind=Kind.PIN)
    wishes.delete()
    journal.record(binome, "binome_propose", at=at, actor=access.user)
    tell_proposed(binome, at=at)
    return binome


def _reasons(pair: BinomePropose) -> dict[str, Any]:
    """Why, as both académies may read it, kept as it was on that day."""
    return {
        "comble": [
            {"besoin": str(one.code), "fait": one.need, "preuve": one.strength}
            for one in shareable(pair.raisons)
        ],
        "kilometres": pair.kilometres,
        "heures": pair.hours,
    }

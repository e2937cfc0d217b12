"""Answering which school a carrier is: remembered, and the carrier made one with the school's own."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accroche.actions.models import ActionPorteur
from accroche.annuaire.models import Etablissement, Porteur
from accroche.annuaire.operations.reponses import remember
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.relecture.queries.reconnaissance import answering_for


class AnsweredError(RuntimeError):
    """Somebody else answered meanwhile; the message says so."""


class ElsewhereError(ValueError):
    """The school is of another académie than the mention; the message says what to do."""


@transaction.atomic
def answer(porteur: Porteur, school: Etablissement | None, *, access: Access, at: dt.datetime) -> Porteur:
    """Say which school a carrier is, or that the directory holds none (``school`` None).

    The answer is remembered for every later mention in the same words. Where the school already carries
    actions, the carrier's go to it and the carrier is removed; the journal of the school's keeps what it
    was. Returns the carrier that remains.

    Raises ``PermissionDenied``, :class:`AnsweredError`, and :class:`ElsewhereError` when the school was never
    of the mention's académie, which is of its time: Caen holds the schools Normandie has today.
    """
    if not answering_for(access).filter(pk=porteur.academie_id).exists():
        raise PermissionDenied
    if school and not Etablissement.objects.of_academie(porteur.academie).filter(pk=school.pk).exists():
        raise ElsewhereError(
            f"« {school} » n’est pas de l’académie « {porteur.academie} » : choisissez un établissement de "
            "cette académie, ou « Aucun de ceux-ci »."
        )
    if not Porteur.objects.filter(pk=porteur.pk, etablissement=None).exists():
        raise AnsweredError("Quelqu’un a déjà répondu pour cet établissement : rien n’a changé.")
    remember(porteur.academie, porteur.name, porteur.commune, school, at=at, by=access.user)
    told = {"name": porteur.name, "commune": porteur.commune, "kind": porteur.kind}
    if school is None:
        journal.record(porteur, "recognised_none", at=at, actor=access.user)
        return porteur
    kept = _given(porteur, school) or _merged(porteur, school)
    journal.record(
        kept,
        "recognised",
        at=at,
        actor=access.user,
        note="" if kept.pk == porteur.pk else f"réunit la mention n° {porteur.pk}",
        changes={"uai": (None, school.uai)}
        | {name: (value, getattr(kept, name)) for name, value in told.items()},
    )
    return kept


def _given(porteur: Porteur, school: Etablissement) -> Porteur | None:
    """Point the carrier to the school; None when another carrier already does."""
    try:
        with transaction.atomic():
            changed = Porteur.objects.filter(pk=porteur.pk, etablissement=None).update(etablissement=school)
    except IntegrityError:
        return None
    if not changed:
        raise AnsweredError("Quelqu’un a déjà répondu pour cet établissement : rien n’a changé.")
    porteur.etablissement = school
    return porteur


def _merged(porteur: Porteur, school: Etablissement) -> Porteur:
    """Give the carrier's actions to the one the school has; an action both carry keeps one."""
    kept = Porteur.objects.get(etablissement=school)
    both = ActionPorteur.objects.filter(porteur=kept).values("action")
    own = ActionPorteur.objects.filter(porteur=porteur)
    own.filter(action__in=both).delete()
    own.update(porteur=kept)
    Porteur.objects.filter(pk=porteur.pk).delete()
    return kept

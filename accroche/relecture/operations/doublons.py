"""Two sheets that look alike are two actions: somebody says so once, for all, and may take it back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accroche.actions.models import Action, DoublonEcarte
from accroche.actions.operations.cycle import StaleError
from accroche.commun import journal
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.relecture.operations.fusion import FusionError
from accroche.relecture.queries.doublons import same_text, trace_of

#: The verbs of the journal; they are the académie's own, as the other sheet may be of another school.
TELL_APART, NOT_APART = "tell_apart", "not_apart"


@transaction.atomic
def tell_apart(
    action: Action, other: Action, *, access: Access, at: dt.datetime, versions: tuple[int, int]
) -> DoublonEcarte:
    """Remember that two sheets are two actions; nobody is asked again while they stay what they are.

    ``versions``: what the person read of each. Said twice, or by two people at once, it is one pair and one
    line in the journal of each sheet. Raises ``PermissionDenied``, ``StaleError``, and ``FusionError`` for a
    sheet and itself.
    """
    one, two = _pair(action, other, access)
    if versions != (action.version, other.version):
        raise StaleError
    said = {"seen": [trace_of(one), trace_of(two)], "same_text": same_text(one, two)}
    pair, is_new = DoublonEcarte.objects.get_or_create(
        one=one, other=two, defaults=said | {"at": at, "actor": access.user}
    )
    if not is_new:
        if {"seen": pair.seen, "same_text": pair.same_text} == said:
            return pair
        # told apart once, and asked about again as one of them changed
        again = DoublonEcarte.objects.filter(pk=pair.pk, at=pair.at)
        if not again.update(**said, at=at, actor=access.user):
            raise StaleError
        pair.refresh_from_db()
    _tell(one, two, TELL_APART, access, at)
    return pair


@transaction.atomic
def not_apart(action: Action, other: Action, *, access: Access, at: dt.datetime) -> None:
    """Take that back: the two are proposed again as one. Raises ``PermissionDenied`` and ``FusionError``."""
    one, two = _pair(action, other, access)
    gone, _ = DoublonEcarte.objects.filter(one=one, other=two).delete()
    if gone:
        _tell(one, two, NOT_APART, access, at)


def _pair(action: Action, other: Action, access: Access) -> tuple[Action, Action]:
    """The two, the older first."""
    if not (action.may(access, Right.MODERATE) and other.may(access, Right.MODERATE)):
        raise PermissionDenied
    if action.pk == other.pk:
        raise FusionError("Une fiche n’est pas le doublon d’elle-même.")
    return (action, other) if action.pk < other.pk else (other, action)


def _tell(one: Action, two: Action, verb: str, access: Access, at: dt.datetime) -> None:
    for sheet, beside in ((one, two), (two, one)):
        journal.record(sheet, verb, at=at, actor=access.user, note=f"Fiche n°\N{NO-BREAK SPACE}{beside.pk}")

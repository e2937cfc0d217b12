"""Reads of the attachments of a sheet."""

from __future__ import annotations

from django.db.models import QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, PieceJointe
from accroche.actions.regles import Consentement, TypePiece
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right


def may_change_pieces(action: Action, access: Access) -> bool:
    """Whether the visitor may add, describe and remove attachments of a sheet as it stands.

    What is published has been read again: its school takes it up first, its académie may mend it.
    """
    if Etat(action.etat).is_editable:
        return action.may(access, Right.EDIT_ACTION)
    return action.etat == Etat.PUBLISHED and action.may(access, Right.MODERATE)


def public_pieces() -> QuerySet[PieceJointe]:
    """What the public may see of a published sheet's attachments: images with consent, and documents."""
    return PieceJointe.objects.exclude(kind=TypePiece.IMAGE, consent=Consentement.PENDING)


def piece_for(pk: int, access: Access) -> PieceJointe | None:
    """Return an attachment the visitor may see: all of a sheet one follows, else the public ones."""
    piece = (
        PieceJointe.objects.filter(pk=pk, action__in=Action.objects.visible_to(access))
        .select_related("action__semaine__edition", "action__declarant")
        .first()
    )
    if piece is None or piece.action.may(access, Right.SEE_ACTION):
        return piece
    return piece if public_pieces().filter(pk=pk).exists() else None

"""Reads of the attachments of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Count, Q, QuerySet, Sum

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, PieceJointe
from accroche.actions.quotas import ALL_UNCONFIRMED, PERSON, SCHOOL, UNCONFIRMED, Quota
from accroche.actions.regles import Consentement, EtatPiece, TypePiece
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
    ready = PieceJointe.objects.filter(state=EtatPiece.READY)
    return ready.exclude(kind=TypePiece.IMAGE, consent=Consentement.PENDING)


def piece_for(pk: int, access: Access) -> PieceJointe | None:
    """Return an attachment the visitor may see: all of a sheet one follows, else the public ones.

    What is in preparation, or broken, has no file that could be seen.
    """
    ready = PieceJointe.objects.filter(state=EtatPiece.READY)
    # of what is unconfirmed, what this browser began
    own = Action.with_unconfirmed.order_by().within(access, Right.SEE_ACTION)
    piece = (
        ready.filter(Q(action__in=Action.objects.visible_to(access)) | Q(action__in=own.values("pk")), pk=pk)
        .select_related("action__semaine__edition", "action__declarant")
        .first()
    )
    if piece is None or piece.action.may(access, Right.SEE_ACTION):
        return piece
    return piece if public_pieces().filter(pk=pk).exists() else None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds room for a sheet's attachments, under a code; what they may take; what takes it."""

    holder: str
    quota: Quota
    rows: QuerySet[PieceJointe]


def shares_of(action: Action) -> list[Holder]:
    """Return who holds room for a sheet's attachments in its edition: who declared it, its schools.

    Until its address is confirmed, a room of its own: what a stranger sends takes none of a school's, nor of
    the person whose address it may be.
    """
    edition = action.semaine.edition_id
    there = PieceJointe.objects.filter(action__semaine__edition=edition)
    if action.unconfirmed:
        waiting = there.filter(action__unconfirmed=True)
        own = waiting.filter(action__declarant_email=action.declarant_email)
        digest = sha256(action.declarant_email.encode()).hexdigest()[:40]
        return [
            Holder(f"inconnu:{digest}:{edition}", UNCONFIRMED, own),
            Holder(f"inconnus:{edition}", ALL_UNCONFIRMED, waiting),
        ]
    there = there.filter(action__unconfirmed=False)
    shares = []
    if action.declarant_id:
        own = there.filter(action__declarant=action.declarant_id)
        shares.append(Holder(f"personne:{action.declarant_id}:{edition}", PERSON, own))
    elif action.declarant_email:
        own = there.filter(action__declarant=None, action__declarant_email=action.declarant_email)
        digest = sha256(action.declarant_email.encode()).hexdigest()[:40]
        shares.append(Holder(f"adresse:{digest}:{edition}", PERSON, own))
    schools = action.porteurs.exclude(etablissement=None).values_list("etablissement", flat=True)
    for school in schools.order_by("etablissement"):
        own = there.filter(action__porteurs__etablissement=school)
        shares.append(Holder(f"ecole:{school}:{edition}", SCHOOL, own))
    return shares


def room_taken(rows: QuerySet[PieceJointe]) -> tuple[int, int]:
    """How many attachments there are, and their bytes."""
    found = rows.aggregate(files=Count("pk"), bytes=Sum("size", default=0))
    return found["files"], found["bytes"]

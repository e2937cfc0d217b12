"""Every write about the attachments of a sheet."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from accroche.actions.cycle import Etat
from accroche.actions.formats import MAX_PIECES, Format, FormatError, shown_name, sniff
from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations.cycle import StaleError
from accroche.actions.queries.pieces import may_change_pieces
from accroche.actions.regles import Consentement, TypePiece
from accroche.commun import journal
from accroche.commun.copie import is_copied
from accroche.comptes.permissions import Access
from accroche.integrations import images


class PieceError(ValueError):
    """A file cannot be kept; the message says why and what to do."""


#: What a moderator has read, or the public reads: a change makes their copy old.
_READ = frozenset({Etat.SUBMITTED, Etat.PUBLISHED})


def _claim(action: Action, access: Access, at: dt.datetime) -> None:
    """Hold the sheet for this transaction. Raises ``PermissionDenied`` and ``StaleError``."""
    if not may_change_pieces(action, access):
        raise PermissionDenied
    step = 1 if Etat(action.etat) in _READ else 0
    same = Action.objects.filter(pk=action.pk, etat=action.etat)
    if not same.update(version=F("version") + step, updated_at=at):
        raise StaleError
    action.refresh_from_db(fields=["version", "updated_at"])


def _tell(
    action: Action, verb: str, *, access: Access, at: dt.datetime, note: str, was: object = None, now: object
) -> None:
    journal.record(
        action,
        verb,
        at=at,
        actor=access.user,
        actor_name="" if access.user else action.declarant_email,
        note=note,
        changes={"pieces": (was, now)},
    )


@transaction.atomic
def add_piece(action: Action, name: str, content: bytes, *, access: Access, at: dt.datetime) -> PieceJointe:
    """Check a file, make it ours, attach it last; an image waits for its consent.

    ``sha256`` is that of the bytes sent: the same photograph is known again, however it is re-encoded.
    Raises :class:`PieceError`, ``StaleError`` and ``PermissionDenied``.
    """
    if not may_change_pieces(action, access):
        raise PermissionDenied  # before anything is decoded for a stranger
    kept, kind, sides = _ours(content)
    _claim(action, access, at)
    held = PieceJointe.objects.filter(action=action)
    if held.count() >= MAX_PIECES:
        raise PieceError(f"La fiche a déjà {MAX_PIECES} fichiers. Retirez-en un pour ajouter celui-ci.")
    digest = hashlib.sha256(content).hexdigest()
    piece = PieceJointe(
        action=action,
        position=(held.aggregate(last=Max("position"))["last"] or 0) + 1,
        kind=TypePiece.IMAGE if kind.is_image else TypePiece.DOCUMENT,
        name=shown_name(name, kind),
        size=len(kept),
        sha256=digest,
        width=sides[0],
        height=sides[1],
        added_at=at,
    )
    # ``save`` adds ``pieces/``; nothing of the visitor's name reaches the disk
    piece.file.save(f"{secrets.token_hex(16)}.{kind}", ContentFile(kept), save=False)
    try:
        with transaction.atomic():
            piece.save(force_insert=True)
    except IntegrityError as error:
        forget_file(piece.file.storage, piece.file.name)
        same = held.filter(sha256=digest).first()
        raise PieceError(f"Ce fichier est déjà là, sous le nom « {same or piece.name} ».") from error
    _tell(action, "add_piece", access=access, at=at, note=piece.name, now=piece.name)
    return piece


def _ours(content: bytes) -> tuple[bytes, Format, tuple[int | None, int | None]]:
    """Return the bytes to keep, what they are, and the sides of an image. Raises :class:`PieceError`."""
    try:
        kind = sniff(content)
        if not kind.is_image:
            return content, kind, (None, None)
        image = images.reencode(content, kind.name.lower())
    except FormatError as error:
        raise PieceError(str(error)) from error
    except images.TooManyPixelsError as error:
        raise PieceError(
            f"Cette image est trop grande ({error} pixels). Réduisez-la, puis renvoyez-la."
        ) from error
    except images.BrokenImageError as error:
        raise PieceError("Cette image est abîmée : on ne peut pas l’ouvrir. Envoyez-en une copie.") from error
    return image.content, Format[image.format.upper()], (image.width, image.height)


@transaction.atomic
def remove_piece(piece: PieceJointe, *, access: Access, at: dt.datetime) -> None:
    """Take an attachment away; its file goes once that is certain.

    Raises ``StaleError`` and ``PermissionDenied``.
    """
    _claim(piece.action, access, at)
    gone, _ = PieceJointe.objects.filter(pk=piece.pk).delete()
    if gone:
        _tell(piece.action, "remove_piece", access=access, at=at, note=piece.name, was=piece.name, now=None)
        transaction.on_commit(partial(forget_file, piece.file.storage, piece.file.name), robust=True)


def forget_file(storage: Storage, name: str | None) -> None:
    """Remove a file that no sheet shows any more; two merged sheets may share one.

    While a backup runs, it is left to ``purge_orphans``.
    """
    if name and not PieceJointe.objects.filter(file=name).exists() and not is_copied():
        storage.delete(name)


@transaction.atomic
def describe_piece(
    piece: PieceJointe,
    *,
    caption: str,
    consent: Consentement,
    access: Access,
    at: dt.datetime,
) -> bool:
    """Write what an attachment shows, and what those it shows agreed to; return whether anything changed.

    A new answer about consent keeps who gave it and when. Raises ``StaleError`` and ``PermissionDenied``.
    """
    _claim(piece.action, access, at)
    try:
        piece.refresh_from_db()
    except PieceJointe.DoesNotExist as error:
        raise StaleError from error
    told = False
    if piece.caption != caption:
        _tell(
            piece.action,
            "caption_piece",
            access=access,
            at=at,
            note=piece.name,
            was=piece.caption,
            now=caption,
        )
        piece.caption, told = caption, True
    if piece.kind == TypePiece.IMAGE and piece.consent != consent:
        was = Consentement(piece.consent).label
        note = f"{piece.name} : {consent.label}"
        _tell(piece.action, "consent_piece", access=access, at=at, note=note, was=was, now=consent.label)
        piece.consent, piece.consent_at, told = consent, at, True
        piece.consent_by = str(access.user) if access.user else piece.action.declarant_email
    if told:
        piece.save(update_fields=["caption", "consent", "consent_at", "consent_by"])
    return told


@transaction.atomic
def shift_piece(piece: PieceJointe, by: int, *, access: Access, at: dt.datetime) -> None:
    """Move an attachment ``by`` places among those of its sheet; they are then counted from 0.

    Raises ``StaleError`` and ``PermissionDenied``.
    """
    _claim(piece.action, access, at)
    order = list(PieceJointe.objects.filter(action=piece.action_id).values_list("pk", flat=True))
    if piece.pk not in order:
        return
    before = order.index(piece.pk)
    after = min(max(before + by, 0), len(order) - 1)
    order.insert(after, order.pop(before))
    for position, number in enumerate(order):
        PieceJointe.objects.filter(pk=number).exclude(position=position).update(position=position)
    if before != after:
        _tell(
            piece.action, "order_pieces", access=access, at=at, note=piece.name, was=before + 1, now=after + 1
        )

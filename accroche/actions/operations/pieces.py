"""Every write about the attachments of a sheet."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Max

from accroche.actions.cycle import Etat
from accroche.actions.formats import MAX_BYTES, MAX_PIECES, TOO_BIG
from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations.cycle import StaleError
from accroche.actions.operations.preparation import READ, PieceError, ask, forget, look
from accroche.actions.queries.pieces import may_change_pieces, room_taken, shares_of
from accroche.actions.quotas import megabytes
from accroche.actions.regles import Consentement, TypePiece
from accroche.commun import jobs, journal, plafonds
from accroche.commun.limites import take
from accroche.commun.reserves import hold
from accroche.commun.stockage import DiskFullError, TooManyBytesError, keeping, write_private
from accroche.comptes.permissions import Access


class AlreadyThereError(PieceError):
    """The very same file is attached already, as ``piece``: a sending whose answer was lost comes again."""

    def __init__(self, piece: PieceJointe) -> None:
        """Name it as it is named there."""
        super().__init__(f"Ce fichier est déjà là, sous le nom « {piece.name} ».")
        self.piece = piece


def _claim(action: Action, access: Access, at: dt.datetime) -> None:
    """Hold the sheet for this transaction. Raises ``PermissionDenied`` and ``StaleError``."""
    if not may_change_pieces(action, access):
        raise PermissionDenied
    step = 1 if Etat(action.etat) in READ else 0
    same = Action.with_unconfirmed.filter(pk=action.pk, etat=action.etat)
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


def add_piece(
    action: Action, name: str, chunks: Iterable[bytes], *, access: Access, at: dt.datetime
) -> PieceJointe:
    """Receive a file, check it, make it ours, attach it last; an image waits for its consent.

    Nobody waits meanwhile: a large image is attached « in preparation », and a job prepares it. ``sha256`` is
    that of the bytes sent: the same photograph is known again, however it is drawn anew.

    Raises :class:`PieceError`, ``LimitError``, ``StaleError`` and ``PermissionDenied``; no file is then left.
    """
    if not may_change_pieces(action, access):
        raise PermissionDenied  # before anything is received from a stranger
    _check_number(action)
    take(access.counted(plafonds.UPLOADS_PERSON, plafonds.UPLOADS_NETWORK), at=at)
    piece = PieceJointe(action=action, name=name, source=secrets.token_hex(16), added_at=at)
    received = piece.received
    try:
        with keeping():
            piece.size, piece.sha256 = write_private(received, chunks, most=MAX_BYTES)
        count_room(piece.size, access, at, known=not action.unconfirmed)
        with keeping():
            look(piece)
        with transaction.atomic():
            _attach(piece, access, at)
    except DiskFullError as error:
        raise PieceError(str(error)) from error
    except TooManyBytesError as error:
        raise PieceError(TOO_BIG) from error
    finally:
        forget(piece.file.name or "", received.name)
    if piece.job:
        jobs.start(piece.job, at_once=False)
    return piece


def _check_number(action: Action) -> None:
    if PieceJointe.objects.filter(action=action).count() >= MAX_PIECES:
        raise PieceError(f"La fiche a déjà {MAX_PIECES} fichiers. Retirez-en un pour ajouter celui-ci.")


def count_room(size: int, access: Access, at: dt.datetime, *, known: bool) -> None:
    """Count the room of what was sent, kept or not; ``known``: who sends it. Raises ``LimitError``."""
    bounds = [plafonds.ROOM_NETWORK] if known else [plafonds.ROOM_NETWORK, plafonds.ROOM_UNCONFIRMED]
    network = plafonds.of_network(access.network, *bounds)
    take([*network, (plafonds.ROOM_ALL, "")], at=at, cost=megabytes(size))


def _attach(piece: PieceJointe, access: Access, at: dt.datetime) -> None:
    """Write the row, its line in the journal and, when it has to be prepared, its job."""
    action = piece.action
    _claim(action, access, at)
    _check_number(action)
    _check_quotas(piece, at)
    held = PieceJointe.objects.filter(action=action)
    piece.position = (held.aggregate(last=Max("position"))["last"] or 0) + 1
    if not piece.is_ready:
        ask(piece, access.user, at)
    try:
        with transaction.atomic():
            piece.save(force_insert=True)
    except IntegrityError as error:
        same = held.filter(sha256=piece.sha256).first()
        raise AlreadyThereError(same or piece) from error
    _tell(action, "add_piece", access=access, at=at, note=piece.name, now=piece.name)


def _check_quotas(piece: PieceJointe, at: dt.datetime) -> None:
    """Hold whoever holds room for this sheet, then count it. Raises :class:`PieceError`."""
    shares = shares_of(piece.action)
    hold([share.holder for share in shares], at=at)
    for share in shares:
        files, size = room_taken(share.rows)
        if words := share.quota.refusal(files, size, piece.size):
            raise PieceError(words)


@transaction.atomic
def remove_piece(piece: PieceJointe, *, access: Access, at: dt.datetime) -> None:
    """Take an attachment away; its file goes once that is certain.

    Raises ``StaleError`` and ``PermissionDenied``.
    """
    _claim(piece.action, access, at)
    gone, _ = PieceJointe.objects.filter(pk=piece.pk).delete()
    if gone:
        _tell(piece.action, "remove_piece", access=access, at=at, note=piece.name, was=piece.name, now=None)
        transaction.on_commit(partial(forget, piece.file.name or "", piece.source), robust=True)


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

"""Making an attachment ours: images drawn anew at once when they are small, in a job otherwise.

Nothing here happens inside a transaction but the few rows that say how it ended.
"""

from __future__ import annotations

import datetime as dt
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.storage import Storage
from django.db import DatabaseError, transaction
from django.db.models import Case, F, QuerySet, When

from accroche.actions.cycle import Etat
from accroche.actions.formats import Format, FormatError, shown_name, sniff
from accroche.actions.models import Action, PieceJointe
from accroche.actions.queries.pieces import may_change_pieces
from accroche.actions.regles import EtatPiece, TypePiece
from accroche.commun import jobs
from accroche.commun.copie import is_copied
from accroche.commun.models import Job
from accroche.commun.stockage import DiskFullError, MovedFile, keeping
from accroche.comptes.models import User
from accroche.comptes.permissions import Access
from accroche.integrations import images

PREPARE: Final = "pieces.prepare"
#: An image of at most this many bytes and pixels is drawn within the page that receives it: 0.3 s.
AT_ONCE_BYTES: Final = 1024 * 1024
AT_ONCE_PIXELS: Final = 2_000_000
#: Longer than receiving, drawing and attaching a file take: a file this old that no row names was left by a
#: killed program.
LEFT: Final = dt.timedelta(days=1)
#: What a moderator has read, or the public reads: a change makes their copy old.
READ: Final = frozenset({Etat.SUBMITTED, Etat.PUBLISHED})


class PieceError(ValueError):
    """A file cannot be kept; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a file: its name in the storage, what it is, its bytes, the sides of an image."""

    file: str
    kind: Format
    size: int
    sides: tuple[int | None, int | None] = (None, None)


def storage() -> Storage:
    """Where attachments are kept."""
    found: Storage = PieceJointe._meta.get_field("file").storage  # noqa: SLF001 - Django documents this name
    return found


def look(piece: PieceJointe) -> None:
    """Say on a new attachment what was sent, and make it ours when that takes no time; nothing is written.

    An image too large for that, or that comes while others are drawn, is left « in preparation ». Raises
    :class:`PieceError`.
    """
    with piece.received.open("rb") as file:
        try:
            kind = sniff(file)
        except FormatError as error:
            raise PieceError(str(error)) from error
    piece.kind = TypePiece.IMAGE if kind.is_image else TypePiece.DOCUMENT
    piece.name, piece.state = shown_name(piece.name, kind), EtatPiece.PREPARING
    if not kind.is_image:
        _apply(piece, _Kept(_moved(piece.received, kind), kind, piece.size))
    elif piece.size <= AT_ONCE_BYTES:
        with suppress(images.NoSlotError, images.TooManyPixelsError):
            _apply(piece, _drawn(piece.received, kind, at_once=True))


def _apply(piece: PieceJointe, kept: _Kept) -> None:
    piece.state, piece.source = EtatPiece.READY, ""
    piece.file, piece.size, piece.name = kept.file, kept.size, shown_name(piece.name, kept.kind)
    piece.width, piece.height = kept.sides


def _drawn(source: Path, kind: Format, *, at_once: bool) -> _Kept:
    """Draw an image anew and keep it.

    Raises :class:`PieceError`; with ``at_once``, also what ``images.drawn`` does.
    """
    out = source.with_name(f"{source.name}.{secrets.token_hex(8)}")
    try:
        image = images.drawn(
            source,
            kind.name.lower(),
            out,
            slots=Path(settings.DATA) / "images",
            waits=not at_once,
            most=AT_ONCE_PIXELS if at_once else images.NO_LIMIT,
        )
        size, drawn = out.stat().st_size, Format[image.format.upper()]
        return _Kept(_moved(out, drawn), drawn, size, (image.width, image.height))
    except images.TooManyPixelsError as error:
        if at_once:
            raise
        raise PieceError(
            f"Cette image est trop grande ({error} pixels). Réduisez-la, puis renvoyez-la."
        ) from error
    except images.TooHeavyError as error:
        raise PieceError(
            "Cette image est trop lourde à ouvrir. Réduisez-la ou enregistrez-la en JPEG, puis renvoyez-la."
        ) from error
    except images.BrokenImageError as error:
        raise PieceError("Cette image est abîmée : on ne peut pas l’ouvrir. Envoyez-en une copie.") from error
    finally:
        out.unlink(missing_ok=True)


def _moved(path: Path, kind: Format) -> str:
    """Put a file among those of the site; nothing of the visitor's name reaches the disk."""
    return storage().save(f"pieces/{secrets.token_hex(16)}.{kind}", MovedFile(path))


def ask(piece: PieceJointe, owner: User | None, at: dt.datetime) -> Job:
    """Add the job that prepares an image, and return it; ``jobs.start`` it once that is certain."""
    piece.job = jobs.add(PREPARE, {"source": piece.source}, owner=owner, at=at)
    return piece.job


def resume_piece(piece: PieceJointe, *, access: Access, at: dt.datetime) -> None:
    """Prepare what was interrupted. Raises ``PermissionDenied``."""
    if not may_change_pieces(piece.action, access):
        raise PermissionDenied
    _resume(piece, access.user, at)


def _resume(piece: PieceJointe, owner: User | None, at: dt.datetime) -> None:
    """Ask for the job again, unless somebody did since the row was read."""
    if not piece.is_stuck:
        return
    with transaction.atomic():
        stuck = _waiting(piece.source).filter(job=piece.job)
        job = ask(piece, owner, at)
        if not stuck.update(job=job):
            transaction.set_rollback(True)
            return
    jobs.start(job, at_once=False)


def _waiting(source: str) -> QuerySet[PieceJointe]:
    """The rows an image in preparation is for: two merged sheets share it."""
    return PieceJointe.objects.filter(source=source, state=EtatPiece.PREPARING)


def prepare(source: str, handle: jobs.Handle, *, at: dt.datetime) -> None:
    """Draw an image that waits; a broken one stays named, with the reason. Raises ``jobs.JobError``."""
    piece = _waiting(source).first()
    if piece is None:  # removed meanwhile
        forget("", source)
        return
    columns: dict[str, Any]
    try:
        columns = _made(piece)
    except PieceError as error:
        columns = {"state": EtatPiece.BROKEN, "problem": str(error)}
    except DiskFullError as error:
        raise jobs.JobError(str(error)) from error
    try:
        with transaction.atomic():
            _hold_sheets(source, at)
            _waiting(source).update(source="", **columns)
            handle.finish()
    finally:
        forget(columns.get("file", ""), source)


def _made(piece: PieceJointe) -> dict[str, Any]:
    """Draw the image of a row; return what to write. Raises :class:`PieceError` and ``DiskFullError``."""
    try:
        with keeping():
            with piece.received.open("rb") as sent:
                kind = sniff(sent)
            kept = _drawn(piece.received, kind, at_once=False)
    except FileNotFoundError as error:
        raise PieceError("Ce fichier s’est perdu avant d’être gardé. Envoyez-le de nouveau.") from error
    return {
        "state": EtatPiece.READY,
        "file": kept.file,
        "size": kept.size,
        "name": shown_name(piece.name, kept.kind),
        "width": kept.sides[0],
        "height": kept.sides[1],
    }


def _hold_sheets(source: str, at: dt.datetime) -> None:
    """Hold the sheets an image waits for, as whoever changes an attachment does: those first, then its rows.

    Who read one before the image could be seen has an old copy from now on.
    """
    held: set[int] = set()
    # a merge may copy the row until its sheet is held
    while more := set(_waiting(source).values_list("action", flat=True)) - held:
        step = Case(When(etat__in=READ, then=1), default=0)
        Action.with_unconfirmed.filter(pk__in=sorted(more)).update(version=F("version") + step, updated_at=at)
        held |= more


def forget(file: str, source: str) -> None:
    """Remove the files that no sheet shows, or waits for, any more; two merged sheets may share one.

    While a backup runs, or where the database cannot be asked, they are left to the night.
    """
    if is_copied():
        return
    with suppress(DatabaseError):
        if file and not PieceJointe.objects.filter(file=file).exists():
            storage().delete(file)
        if source and not PieceJointe.objects.filter(source=source).exists():
            (PieceJointe.root() / source).unlink(missing_ok=True)


def purge(at: dt.datetime) -> int:
    """Prepare what was interrupted; remove what waits for nothing, a day old; return how many were removed.

    A killed program leaves such files, and so do sheets removed with all they carry.
    """
    for piece in PieceJointe.objects.filter(state=EtatPiece.PREPARING).select_related("job"):
        _resume(piece, None, at)
    if is_copied():
        return 0
    before = (at - LEFT).timestamp()
    known = set(PieceJointe.objects.exclude(source="").values_list("source", flat=True))
    left = [path for path in PieceJointe.root().glob("*") if path.name not in known]
    old = [path for path in left if path.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)

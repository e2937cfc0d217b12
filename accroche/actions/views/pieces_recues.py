"""Files that come with a form: each is kept, or told by name with why not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone

from accroche.actions import operations
from accroche.actions.formats import HEIC, MAX_BYTES, MAX_PIECES
from accroche.actions.forms.pieces import ACCORDS, FichiersForm, LigneForm, PiecesSaisies
from accroche.actions.models import Action, PieceJointe
from accroche.actions.operations.attente import EnAttente
from accroche.actions.regles import EtatPiece, TypePiece
from accroche.commun.limites import LimitError
from accroche.comptes.permissions import Access

#: Days a browser keeps what it could not send yet (``photos.js``).
DAYS_ON_DEVICE = 7
CHANGED = "La fiche a changé entre-temps. Relisez-la ci-dessous, puis recommencez."


@dataclass
class Recues:
    """What became of the files of a form: those kept, and the limit that was met if one was."""

    kept: list[PieceJointe] = field(default_factory=list)
    refusal: LimitError | None = None
    refused: bool = False

    @property
    def asks(self) -> bool:
        """Whether the page has something to say, or to ask, before the sheet is sent."""
        return self.refused or any(piece.kind == TypePiece.IMAGE for piece in self.kept)


def sent_files(request: HttpRequest) -> list[UploadedFile[Any]]:
    """The files that came with the form of a sheet."""
    form = FichiersForm(request.POST, request.FILES)
    return form.sent if form.is_valid() else []


def attach(
    request: HttpRequest, action: Action, uploads: Iterable[UploadedFile[Any] | EnAttente], access: Access
) -> Recues:
    """Keep what can be, and say of each other file why not."""
    found = Recues()
    for upload in uploads:
        name = upload.name or ""
        try:
            found.kept.append(
                operations.add_piece(action, name, upload.chunks(), access=access, at=timezone.now())
            )
            continue
        except operations.AlreadyThereError as error:
            messages.info(request, f"« {name} » : {error}")
            continue
        except operations.PieceError as error:
            words = str(error)
        except operations.StaleError:
            words = CHANGED
        except LimitError as error:
            words, found.refusal = str(error), error
        found.refused = True
        messages.error(request, f"« {name} » : {words}")
        if found.refusal or words == CHANGED:
            break
    _tell(request, found.kept)
    return found


def _tell(request: HttpRequest, kept: list[PieceJointe]) -> None:
    if not all(piece.is_ready for piece in kept):
        messages.success(
            request,
            "C’est reçu. Les grandes images se préparent : vous pouvez déjà dire ce que montre chacune, et "
            "l’accord donné, ou fermer cette page et revenir.",
        )
    elif any(piece.kind == TypePiece.IMAGE for piece in kept):
        messages.success(
            request, "C’est ajouté. Dites maintenant ce que montre chaque image, et l’accord donné."
        )
    elif kept:
        messages.success(request, "C’est ajouté.")


def describe(ligne: LigneForm, access: Access, *, removes: bool) -> None:
    """Write what a form says of one attachment. Raises ``StaleError`` and ``PermissionDenied``."""
    now = timezone.now()
    if ligne.cleaned_data["retirer"]:
        if removes:
            operations.remove_piece(ligne.piece, access=access, at=now)
        return
    operations.describe_piece(
        ligne.piece, caption=ligne.cleaned_data["caption"], consent=ligne.answer, access=access, at=now
    )


def shown_with(action: Action | None, pieces: PiecesSaisies, **more: Any) -> dict[str, Any]:
    """What ``actions/declaration/_photos.html`` reads."""
    full = len(pieces.lignes) >= MAX_PIECES
    return {
        "pieces": pieces,
        "photos": None if full else FichiersForm(),
        "maximum": MAX_PIECES,
        "octets": MAX_BYTES,
        "heic": HEIC,
        "accords": ACCORDS,
        "jours_sur_appareil": DAYS_ON_DEVICE,
        "en_preparation": any(
            ligne.piece.state == EtatPiece.PREPARING and not ligne.piece.is_stuck for ligne in pieces.lignes
        ),
        "action": action,
        **more,
    }

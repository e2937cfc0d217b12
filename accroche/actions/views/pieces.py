"""The attachments of a sheet, and each file: HTTP only."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.actions import operations
from accroche.actions.controle import obstacles
from accroche.actions.cycle import Etat, Step, steps_from
from accroche.actions.formats import MAX_PIECES, Format
from accroche.actions.forms.pieces import AjoutForm, PieceForm
from accroche.actions.models import Action, PieceJointe
from accroche.actions.queries import fiche_of, may_change_pieces, piece_for
from accroche.actions.regles import Consentement, EtatPiece, TypePiece
from accroche.commun.http import SECONDS, too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import public
from accroche.comptes.http import current_access
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right

logger = logging.getLogger(__name__)

CHANGED = "La fiche a changé entre-temps. Relisez-la ci-dessous, puis recommencez."
#: A file opened alone runs nothing, loads nothing, and is of no site.
ALONE = "default-src 'none'; sandbox"


def _sheet(request: HttpRequest, pk: int) -> Action:
    """The sheet whose attachments the visitor may write, or could if it were taken up again."""
    access = current_access(request)
    found = Action.objects.within(access, Right.EDIT_ACTION).select_related(
        "semaine__academie", "semaine__edition", "declarant"
    )
    return get_object_or_404(found.prefetch_related("porteurs__etablissement"), pk=pk)


# public: who declared without an account comes by a followed link; the others find nothing
@public
@require_http_methods(["GET", "HEAD", "POST"])
def pieces(request: HttpRequest, pk: int) -> HttpResponse:
    """See, add and describe the attachments of a sheet."""
    action = _sheet(request, pk)
    access = current_access(request)
    form = AjoutForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if not may_change_pieces(action, access):
            raise PermissionDenied
        form = AjoutForm(request.POST, request.FILES)
        if form.is_valid():
            refusal = _add(request, action, form)
            if refusal is None:
                return redirect("actions:pieces", action.pk)
            return too_many(_page(request, action, access, AjoutForm()), refusal, timezone.now())
    return _page(request, action, access, form)


def _page(
    request: HttpRequest, action: Action, access: Access, form: AjoutForm, asked: PieceForm | None = None
) -> HttpResponse:
    changeable = may_change_pieces(action, access)
    forms = {asked.piece.pk: asked} if asked else {}
    remarks = obstacles(fiche_of(action))
    rows = [
        (
            piece,
            forms.get(piece.pk) or PieceForm(piece=piece),
            [remark for remark in remarks if remark.field == f"pieces-{number}"],
        )
        for number, piece in enumerate(action.pieces.select_related("job"), 1)
    ]
    context = {
        "action": action,
        "etat": Etat(action.etat).label,
        "lignes": rows,
        "form": form,
        "modifiable": changeable,
        "peut_reprendre": Step.REVISE in steps_from(Etat(action.etat)),
        "complet": len(rows) >= MAX_PIECES,
        "maximum": MAX_PIECES,
        "en_preparation": any(
            piece.state == EtatPiece.PREPARING and not piece.is_stuck for piece, *_ in rows
        ),
        "attendent": sum(
            piece.kind == TypePiece.IMAGE
            and piece.state != EtatPiece.BROKEN
            and not Consentement(piece.consent).allows_publication
            for piece, *_ in rows
        ),
        "rubrique": "espace",
    }
    return render(request, "actions/pieces/pieces.html", context, status=400 if asked else 200)


def _add(request: HttpRequest, action: Action, form: AjoutForm) -> LimitError | None:
    """Keep what can be, and say of each other file why not; return the limit that was met."""
    kept, refusal = [], None
    for upload in form.sent:
        try:
            piece = operations.add_piece(
                action, upload.name or "", upload.chunks(), access=current_access(request), at=timezone.now()
            )
        except operations.PieceError as error:
            messages.error(request, f"« {upload.name} » : {error}")
        except operations.StaleError:
            messages.error(request, f"« {upload.name} » : {CHANGED}")
            break
        except LimitError as error:
            messages.error(request, f"« {upload.name} » : {error}")
            refusal = error
            break
        else:
            kept.append(piece)
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
    return refusal


@public
@require_POST
def modifier_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe an attachment, move it among the others, or take it away."""
    access = current_access(request)
    found = PieceJointe.objects.filter(action__in=Action.objects.within(access, Right.EDIT_ACTION))
    piece = get_object_or_404(found, pk=pk)
    action = piece.action = _sheet(request, piece.action_id)
    if not may_change_pieces(action, access):
        raise PermissionDenied
    now = timezone.now()
    wanted = request.POST.get("faire", "")
    there = f"{reverse('actions:pieces', args=[action.pk])}"
    try:
        if wanted == "retirer":
            operations.remove_piece(piece, access=access, at=now)
            messages.success(request, f"« {piece.name} » est retiré.")
            return redirect(there)
        if wanted in {"monter", "descendre"}:
            operations.shift_piece(piece, -1 if wanted == "monter" else 1, access=access, at=now)
            return redirect(f"{there}#piece-{piece.pk}")
        if wanted == "reprendre":
            operations.resume_piece(piece, access=access, at=now)
            return redirect(f"{there}#piece-{piece.pk}")
        form = PieceForm(request.POST, piece=piece)
        if not form.is_valid():
            return _page(request, action, access, AjoutForm(), form)
        operations.describe_piece(
            piece, caption=form.cleaned_data["caption"], consent=form.answer, access=access, at=now
        )
        messages.success(request, f"C’est enregistré pour « {piece.name} ».")
    except operations.StaleError:
        messages.error(request, CHANGED)
    return redirect(f"{there}#piece-{piece.pk}")


@public
@require_safe
def piece(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One file: shown when it is an image, downloaded otherwise; not found for who may not see it."""
    access = current_access(request)
    found = piece_for(pk, access)
    if found is None:
        raise Http404
    kind = Format(str(found.file).rpartition(".")[2])
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        logger.exception("The file of attachment %s is missing.", found.pk)
        return HttpResponse("Ce fichier manque sur le serveur.", status=410, content_type="text/plain")
    response = FileResponse(
        content,
        as_attachment=found.kind != TypePiece.IMAGE,
        filename=found.name,
        content_type=kind.media_type,
    )
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not found.action.may(access, Right.SEE_ACTION):
        patch_cache_control(response, public=True, max_age=SECONDS)
    return response

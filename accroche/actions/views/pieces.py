"""The attachments of a sheet, and each file: HTTP only."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.actions import operations
from accroche.actions.controle import obstacles
from accroche.actions.cycle import Etat, Step, steps_from
from accroche.actions.formats import MAX_PIECES, Format
from accroche.actions.forms.pieces import PREFIX, AjoutForm, LigneForm, PieceForm
from accroche.actions.models import Action, PieceJointe
from accroche.actions.queries import fiche_of, may_change_pieces, piece_for
from accroche.actions.regles import Consentement, EtatPiece, TypePiece
from accroche.actions.views.declaration_acces import or_sign_in, writing_access
from accroche.actions.views.pieces_recues import CHANGED, attach
from accroche.commun.http import for_everybody, too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import public
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right

logger = logging.getLogger(__name__)

#: A file opened alone runs nothing, loads nothing, and is of no site.
ALONE = "default-src 'none'; sandbox"


def _sheet(request: HttpRequest, pk: int) -> Action:
    """The sheet whose attachments the visitor may write, or could if it were taken up again."""
    access = writing_access(request)
    found = Action.with_unconfirmed.within(access, Right.EDIT_ACTION).select_related(
        "semaine__academie", "semaine__edition", "declarant"
    )
    return get_object_or_404(found.prefetch_related("porteurs__etablissement"), pk=pk)


# public: who declared without an account comes by a followed link
@public
@require_http_methods(["GET", "HEAD", "POST"])
@or_sign_in
def pieces(request: HttpRequest, pk: int) -> HttpResponse:
    """See, add and describe the attachments of a sheet."""
    action = _sheet(request, pk)
    access = writing_access(request)
    form = AjoutForm()
    if request.method == "POST":
        if not may_change_pieces(action, access):
            raise PermissionDenied
        form = AjoutForm(request.POST, request.FILES)
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return _received(request, action, form, access)
        if form.is_valid():
            refusal = attach(request, action, form.sent, access).refusal
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


def _received(request: HttpRequest, action: Action, form: AjoutForm, access: Access) -> JsonResponse:
    """Keep one file, sent by the script of a page with what is said of it; the answer is for that script.

    200: it is there, under its number, with what the form of its sheet shows of it (again, when the answer to
    a first sending was lost); 409: the sheet moved on; 422: why it is refused; 429: when to try again.
    """
    now = timezone.now()
    if not form.is_valid() or len(form.sent) != 1:
        return JsonResponse({"message": "Ce fichier n’est pas arrivé. Réessayez."}, status=422)
    (upload,) = form.sent
    try:
        try:
            piece = operations.add_piece(action, upload.name or "", upload.chunks(), access=access, at=now)
        except operations.AlreadyThereError as error:
            piece = error.piece
        else:
            told = PieceForm(request.POST, piece=piece)
            if told.is_valid():
                operations.describe_piece(
                    piece, caption=told.cleaned_data["caption"], consent=told.answer, access=access, at=now
                )
    except operations.PieceError as error:
        return JsonResponse({"message": str(error)}, status=422)
    except operations.StaleError:
        return JsonResponse({"message": CHANGED}, status=409)
    except LimitError as error:
        return too_many(JsonResponse({"message": str(error)}), error, now)
    row = {"ligne": LigneForm(piece=piece, prefix=f"{PREFIX}{piece.pk}")}
    return JsonResponse(
        {"piece": piece.pk, "html": render_to_string("actions/pieces/_ligne.html", row, request)}
    )


@public
@require_POST
def modifier_piece(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe an attachment, move it among the others, or take it away."""
    access = writing_access(request)
    piece = get_object_or_404(PieceJointe, pk=pk)
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
            typed = PieceForm(request.POST, piece=piece)
            if "caption" in request.POST and typed.is_valid():  # what was typed of it goes with it
                caption = typed.cleaned_data["caption"]
                operations.describe_piece(piece, caption=caption, consent=typed.answer, access=access, at=now)
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
    access = writing_access(request)
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
        for_everybody(response)
    return response

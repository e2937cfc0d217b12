"""The working page of a sheet, for its school and its académie: HTTP only."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accroche.actions.cycle import Etat, Side, Step, TransitionError
from accroche.actions.models import Action
from accroche.actions.operations import keep_answer
from accroche.actions.operations.cycle import NotReadyError, StaleError, move
from accroche.actions.queries import complement_of, public_address
from accroche.actions.queries.public import vues_of
from accroche.commun import journal, lieux
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import public
from accroche.comptes.http import current_access, sign_in_first
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.dossier.queries.dossier import ACTION_PARTS
from accroche.relecture.forms.fiche import CommentaireForm, DistinctionForm, EtapeForm, MotifsForm
from accroche.relecture.operations.decision import distinguish
from accroche.relecture.operations.echanges import comment
from accroche.relecture.presentation import fiche as shown
from accroche.relecture.presentation.depuis import depuis
from accroche.relecture.queries.courriels import unreached
from accroche.relecture.queries.doublons import MERGEABLE, doublons_of
from accroche.relecture.queries.file import hints_of, repeated, waiting_for

#: Lines of the journal on the page.
SHOWN = 100
CONFLICT = 409
UNPROCESSABLE = 422


def _find(access: Access, pk: int) -> Action | None:
    """One sheet the visitor may read, with all the page shows."""
    readable = Action.objects.visible_to(access).select_related(
        "semaine__academie", "semaine__edition", "declarant", "previous__semaine__edition", "merged_into"
    )
    parts = (*ACTION_PARTS, "cles", "porteurs__etablissement", "activites", "pieces", "absorbed")
    return readable.prefetch_related(*parts).filter(pk=pk).first()


def followed(access: Access, pk: int) -> Action:
    """One sheet of those the visitor follows; not found for the others."""
    action = _find(access, pk)
    if action is None or not action.may(access, Right.SEE_ACTION):
        raise Http404
    return action


def _written(access: Access, pk: int) -> Action:
    """One sheet the visitor may write about; who only reads it is refused."""
    action = followed(access, pk)
    if shown.own_side(action, access) is None:
        raise PermissionDenied
    return action


@public
@require_safe
def fiche(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One sheet as it stands, for who follows it; its public page for the others."""
    access = current_access(request)
    action = _find(access, pk)
    if action is None:
        if access.is_signed_in:
            raise Http404
        # the link of a mail, opened where one is not signed in
        return sign_in_first(request)
    if not action.may(access, Right.SEE_ACTION):
        semaine = action.semaine
        return redirect(lieux.address("action", semaine.edition.year, semaine.academie.slug, action.slug))
    return page_of(request, action)


def page_of(
    request: HttpRequest,
    action: Action,
    *,
    status: int = 200,
    alert: str = "",
    kept: str = "",
    motifs: MotifsForm | None = None,
    message: CommentaireForm | None = None,
    distinction: DistinctionForm | None = None,
) -> HttpResponse:
    """Draw the page; ``alert``: what went wrong; ``kept``: words typed for a step that is gone."""
    access = current_access(request)
    side = shown.own_side(action, access)
    lacking, hindering = shown.remarks_of(action, side)
    remarks = (*lacking, *hindering)
    asked = complement_of(action)
    answers = side is Side.OWNER and asked is not None and asked.is_open and not shown.is_over(action)
    internal = shown.reads_internal(action, access)
    entries = list(journal.entries(action)[:SHOWN])
    moves = [entry.verb for entry in entries if entry.verb in set(Step)]
    made = request.GET.get("fait", "")
    is_made = bool(moves) and moves[0] == made
    moderates = side == Side.MODERATOR
    hints = hints_of(action, is_repeated=bool(repeated([action]))) if moderates else ()
    thread = shown.fil(action, internal=internal)
    context: dict[str, Any] = {
        "action": action,
        "depuis": depuis(action, entries, thread) if moderates else None,
        "etat": Etat(action.etat),
        "sens": shown.meaning(action, side),
        "modere": moderates,
        "indices": shown.not_told_yet(hints, remarks),
        "suite": waiting_for(access, but=action) if moderates else None,
        "peut_ecrire": side is not None,
        "peut_modifier": side is not None and Etat(action.etat).is_editable,
        "manque": [(shown.field_label(remark.field), remark) for remark in lacking],
        "obstacles": [(shown.field_label(remark.field), remark) for remark in hindering],
        "complement": asked,
        "adresse": public_address(action) if action.is_published else "",
        "reprise": shown.reprise(action, access),
        "vues": vues_of([action])[action.pk] if action.is_public else 0,
        "reponse": shown.answer_form(action, motifs) if answers else None,
        "proches": doublons_of(action, access) if moderates and action.etat in MERGEABLE else [],
        # a file's sheet is told to nobody: its académie wrote it
        "injoignables": unreached(action, timezone.now()) if moderates and action.is_declared else None,
        "etapes": shown.etapes(action, access, motifs, hints=hints, answers=answers),
        "fait": is_made,
        "annulation": shown.undo_of(action, access, made) if is_made else None,
        "alerte": alert,
        "garde": kept,
        "faits": shown.faits(action),
        "contact": shown.contact(action),
        "fil": thread,
        "message": message or CommentaireForm(),
        "distinction": distinction
        or DistinctionForm(
            initial={
                "remarkable": action.remarkable,
                "prize": action.prize,
                "chosen": action.chosen,
                "version": action.version,
            }
        ),
        "journal": shown.journal_of(entries, internal=internal),
        "rubrique": "relecture" if moderates else "espace",
    }
    return render(request, "relecture/fiche.html", context, status=status)


def _stale(
    request: HttpRequest,
    action: Action,
    *,
    motifs: MotifsForm | None = None,
    message: CommentaireForm | None = None,
) -> HttpResponse:
    """Say who was faster, and keep what was typed."""
    again = followed(current_access(request), action.pk)
    last = journal.entries(again).exclude(verb__in=shown.WRITES_NOTHING).first()
    alert = shown.overtaken(last, timezone.now())
    return page_of(
        request, again, status=CONFLICT, alert=alert, kept=_typed(motifs), motifs=motifs, message=message
    )


def beside(request: HttpRequest) -> CommentaireForm | None:
    """The message that was typed when another button of the page was pressed: it goes with it."""
    return CommentaireForm(request.POST) if request.POST.get("text", "").strip() else None


def write_beside(action: Action, message: CommentaireForm | None, access: Access) -> None:
    """Write it. Raises ``LimitError``."""
    if message is not None:
        data = message.cleaned_data
        comment(action, data["text"], access=access, at=timezone.now(), internal=data["internal"])


def _typed(motifs: MotifsForm | None) -> str:
    return str(motifs.data.get("precision", "")).strip() if motifs else ""


def tell_of_beside(request: HttpRequest, message: CommentaireForm | None) -> None:
    """Say that it was written."""
    if message is not None:
        internal = message.cleaned_data["internal"]
        told = "Votre note interne est enregistrée." if internal else "Votre message est parti."
        messages.success(request, told)


@public
@require_POST
def etape(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one step of the table."""
    access = current_access(request)
    action = _written(access, pk)
    form = EtapeForm(request.POST)
    if not form.is_valid():
        return page_of(request, action, status=UNPROCESSABLE, alert="Choisissez une étape de la page.")
    step, version = form.cleaned_data["etape"], form.cleaned_data["version"]
    motifs, message = MotifsForm(request.POST, step=step), beside(request)
    if version != action.version:
        return _stale(request, action, motifs=motifs, message=message)
    if not motifs.is_valid() or (message is not None and not message.is_valid()):
        return page_of(request, action, status=UNPROCESSABLE, motifs=motifs, message=message)
    reason = motifs.cleaned_data["reason"]
    try:
        with transaction.atomic():  # the message that was typed beside goes with the step, or neither
            write_beside(action, message, access)
            move(action, step, access=access, at=timezone.now(), reason=reason, version=version)
    except StaleError:
        return _stale(request, action, motifs=motifs, message=message)
    except (TransitionError, NotReadyError, LimitError) as error:
        page = page_of(
            request,
            _written(access, pk),  # as it stands: what was made of it here was taken back
            status=UNPROCESSABLE,
            alert=str(error),
            kept=_typed(motifs),
            motifs=motifs,
            message=message,
        )
        return too_many(page, error, timezone.now()) if isinstance(error, LimitError) else page
    tell_of_beside(request, message)
    return redirect(f"{reverse('relecture:fiche', args=[pk])}?fait={step}")


@public
@require_POST
def repondre(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was answered to the académie, and go on to the form."""
    access = current_access(request)
    action = _written(access, pk)
    motifs = MotifsForm(request.POST, step=Step.SUBMIT)
    form = EtapeForm({"etape": Step.SUBMIT, "version": request.POST.get("version")})
    message = beside(request)
    if not (motifs.is_valid() and form.is_valid()) or (message is not None and not message.is_valid()):
        return page_of(request, action, status=UNPROCESSABLE, motifs=motifs, message=message)
    answer, version = motifs.cleaned_data["reason"], form.cleaned_data["version"]
    try:
        with transaction.atomic():
            write_beside(action, message, access)
            keep_answer(action, answer, access=access, at=timezone.now(), version=version)
    except StaleError:
        return _stale(request, action, motifs=motifs, message=message)
    tell_of_beside(request, message)
    return redirect("actions:modifier", action.pk)


@public
@require_POST
def commenter(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a message in the thread."""
    access = current_access(request)
    action = _written(access, pk)
    form = CommentaireForm(request.POST)
    if not form.is_valid():
        return page_of(request, action, status=UNPROCESSABLE, message=form)
    data = form.cleaned_data
    now = timezone.now()
    try:
        comment(action, data["text"], access=access, at=now, internal=data["internal"])
    except LimitError as error:
        form.add_error("text", str(error))
        return too_many(page_of(request, action, message=form), error, now)
    tell_of_beside(request, form)
    return redirect(f"{reverse('relecture:fiche', args=[pk])}#echanges")


@public
@require_POST
def distinguer(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a sheet as remarkable or as an example, write its prize, or take them back."""
    access = current_access(request)
    action = followed(access, pk)
    if not action.may(access, Right.MODERATE):
        raise PermissionDenied
    form, message = DistinctionForm(request.POST), beside(request)
    if not form.is_valid() or (message is not None and not message.is_valid()):
        return page_of(request, action, status=UNPROCESSABLE, distinction=form, message=message)
    data = form.cleaned_data
    try:
        with transaction.atomic():
            write_beside(action, message, access)
            distinguish(
                action,
                access=access,
                at=timezone.now(),
                remarkable=data["remarkable"],
                prize=data["prize"],
                chosen=data["chosen"],
                version=data["version"],
            )
    except StaleError:
        return _stale(request, action, message=message)
    except LimitError as error:
        page = page_of(request, action, alert=str(error), distinction=form, message=message)
        return too_many(page, error, timezone.now())
    tell_of_beside(request, message)
    messages.success(request, "C’est enregistré.")
    return redirect("relecture:fiche", pk)

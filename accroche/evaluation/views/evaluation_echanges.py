"""What the bureau asks of an evaluation, and what its académie answers. HTTP only."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.evaluation.forms.evaluation import MotForm
from accroche.evaluation.models import EchangeGrille
from accroche.evaluation.operations.evaluation import ClosedEvaluationError
from accroche.evaluation.operations.evaluation_echanges import UnsignedError, ask, reply
from accroche.evaluation.views.evaluation import page_of, read


@requires(Right.STEER)
@require_POST
def question(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Ask the académie about a criterion, or about the whole."""
    found = read(request, year, academie)
    if found.evaluation is None:
        raise Http404
    wanted = request.POST.get("critere", "")
    critere = next((one for one in found.criteres if str(one.pk) == wanted), None)
    if wanted and critere is None:
        raise Http404
    form = MotForm(request.POST, auto_id="question_%s", label="Votre question")
    if not form.is_valid():
        return page_of(request, found, question=form, sur=critere, refusee=form)
    access, at = current_access(request), timezone.now()
    try:
        written = ask(found.evaluation, critere, form.cleaned_data["texte"], access=access, at=at)
    except (UnsignedError, ClosedEvaluationError) as error:
        return page_of(
            request, found, question=form, sur=critere, refus=str(error), status=HTTPStatus.CONFLICT
        )
    except LimitError as error:
        return too_many(page_of(request, found, question=form, sur=critere, refus=str(error)), error, at)
    messages.success(request, "Votre question est partie.")
    return redirect(f"{reverse('evaluation:evaluation', args=[year, academie])}#echange-{written.pk}")


@requires(Right.EDIT_SEMAINE)
@require_POST
def reponse(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Answer a question of the bureau."""
    found = read(request, year, academie)
    wanted = request.POST.get("question", "")
    asked: EchangeGrille | None = next((one for one in found.echanges if str(one.pk) == wanted), None)
    if asked is None or found.evaluation is None:
        raise Http404
    asked.evaluation = found.evaluation
    form = MotForm(request.POST, auto_id=f"reponse_{asked.pk}_%s", label="Votre réponse")
    if not form.is_valid():
        return page_of(request, found, reponse=form, reponse_a=asked.pk, refusee=form)
    access, at = current_access(request), timezone.now()
    try:
        reply(asked, form.cleaned_data["texte"], access=access, at=at)
    except ValueError as error:
        if isinstance(error, LimitError):
            page = page_of(request, found, reponse=form, reponse_a=asked.pk, refus=str(error))
            return too_many(page, error, at)
        raise Http404 from error
    messages.success(request, "Votre réponse est partie.")
    return redirect(f"{reverse('evaluation:evaluation', args=[year, academie])}#echange-{asked.pk}")

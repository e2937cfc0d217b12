"""One mention after the other: which school is it? By mouse, by keyboard, with or without scripts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accroche.actions.models import Action
from accroche.annuaire.models import Porteur
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.relecture.forms.reconnaissance import ReconnaissanceForm
from accroche.relecture.operations import reconnaissance as operations
from accroche.relecture.queries.reconnaissance import proposals, to_recognise, waiting

#: How many of a carrier's actions are named.
ACTIONS_SHOWN = 3


@requires(Right.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def reconnaissance(request: HttpRequest) -> HttpResponse:
    """Show the next mention of a school nobody recognised, and take the answer."""
    access = current_access(request)
    form = ReconnaissanceForm(request.POST or None)
    asked: Porteur | None = None
    if request.method == "POST":
        number = request.POST.get("porteur", "")
        asked = get_object_or_404(to_recognise(access), pk=int(number) if number.isdecimal() else 0)
        if form.is_valid():
            school = form.cleaned_data["school"]
            try:
                operations.answer(asked, school, access=access, at=timezone.now())
            except operations.ElsewhereError as error:
                form.add_error("autre", str(error))
            except operations.AnsweredError as error:
                messages.warning(request, str(error))
            else:
                messages.success(request, f"« {asked} » : {school or 'aucun établissement de l’annuaire'}.")
            if form.is_valid():
                return redirect(f"{reverse('relecture:reconnaissance')}?apres={_after(request)}")
    rows = waiting(access)
    current = asked or _next(rows, _after(request))
    return render(
        request,
        "relecture/reconnaissance/reconnaissance.html",
        {
            "form": form,
            "porteur": current,
            "propositions": proposals(current) if current else (),
            "fiches": Action.objects.visible_to(access)
            .filter(porteurs=current)
            .order_by("-pk")[:ACTIONS_SHOWN]
            if current
            else (),
            "reste": len(rows),
            "apres": _after(request),
            "suivant": _after(request) + 1,
            "rubrique": "espace",
        },
    )


def _after(request: HttpRequest) -> int:
    """How many mentions were passed over in this round."""
    text = request.POST.get("apres") or request.GET.get("apres") or "0"
    return int(text) if text.isdecimal() and len(text) < 7 else 0  # noqa: PLR2004 - no list is longer


def _next(rows: list[Porteur], passed: int) -> Porteur | None:
    """The mention after those passed over; from the first again once all were."""
    return rows[passed % len(rows)] if rows else None

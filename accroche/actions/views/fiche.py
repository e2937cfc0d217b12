"""The working page of a sheet, for its school and its académie: HTTP only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accroche.actions.cycle import Etat, Step
from accroche.actions.models import Action
from accroche.actions.queries import ACTION_PARTS
from accroche.commun import journal
from accroche.comptes.decorators import public
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right

#: Lines of the journal on the page.
SHOWN = 50


def _words(verb: str) -> str:
    return Step(verb).label if verb in set(Step) else verb


@public
@require_safe
def fiche(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet as it stands, and for who follows it what was done to it; not found for the others."""
    access = current_access(request)
    readable = Action.objects.visible_to(access).select_related("semaine__academie", "semaine__edition")
    action = get_object_or_404(readable.prefetch_related(*ACTION_PARTS, "porteurs__etablissement"), pk=pk)
    concerned = action.may(access, Right.SEE_ACTION)
    context = {
        "action": action,
        "etat": Etat(action.etat).label,
        "suivie": concerned,
        "journal": [(entry, _words(entry.verb)) for entry in journal.entries(action)[:SHOWN]]
        if concerned
        else [],
        "rubrique": "espace",
    }
    return render(request, "actions/fiche.html", context)

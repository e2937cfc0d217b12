"""Comparing two editions, for the country or an académie. HTTP only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.annuaire.models import Academie, AcademieQuerySet
from accroche.cockpit.presentation.grille_comparee import lignes
from accroche.cockpit.queries.comparaison import choices, compare
from accroche.cockpit.queries.grille_comparee import grilles_comparees
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.dossier.evolution import phrase_of


@requires(Right.SEE_STEERING)
@require_safe
def comparaison(request: HttpRequest) -> HttpResponse:
    """The whole country, from one edition to another: public facts only."""
    return _shown(request, None)


@requires(Right.SEE_STEERING)
@require_safe
def comparaison_academie(request: HttpRequest, academie: str) -> HttpResponse:
    """One académie, from one edition to another, with those it follows."""
    found = get_object_or_404(_own(current_access(request)), slug=academie)
    return _shown(request, found)


def _own(access: Access) -> AcademieQuerySet:
    scope = access.scope(Right.SEE_STEERING)
    found = Academie.objects.all()
    return found if scope.france else found.filter(pk__in=scope.academies)


def _shown(request: HttpRequest, academie: Academie | None) -> HttpResponse:
    asked = request.GET.get("de", ""), request.GET.get("a", "")
    access = current_access(request)
    before, after, known = choices(*asked, unpublished=bool(academie) or access.has(Right.STEER))
    if any(year and year not in {edition.year for edition in known} for year in asked):
        raise Http404
    apart = before and after and before != after
    found = compare(before, after, academie) if before and after and apart else None
    grids = (
        grilles_comparees(before, after, academie, access)
        if before and after and apart and academie
        else None
    )
    context = {
        "editions": known,
        "avant": before,
        "apres": after,
        "academie": academie,
        "comparaison": found,
        "listes": [(one, phrase_of(one)) for one in found.evolution.lists] if found else (),
        "grilles": grids,
        "lignes_grille": lignes(grids) if grids else (),
        "academies": _own(access).valid_on(timezone.localdate()),
        "rubrique": "espace",
    }
    return render(request, "cockpit/comparaison/comparaison.html", context)

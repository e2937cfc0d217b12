"""Looking a school up: HTTP only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.annuaire.forms import label
from accroche.annuaire.models import Academie, Etablissement
from accroche.annuaire.queries import academie_of, find_schools, with_academie
from accroche.annuaire.regles import TypePorteur
from accroche.commun.acces import public

SUGGESTED = 8
FOUND = 50
LONGEST = 200


@public
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The schools a few letters stand for, for the field that suggests them."""
    text = request.GET.get("q", "")[:LONGEST]
    found = find_schools(text, at=timezone.localdate(), limit=SUGGESTED)
    rows = [{"name": s.name, "place": _place(s), "label": label(s)} for s in found]
    return JsonResponse({"schools": rows})


def _place(school: Etablissement) -> str:
    return f"{school.postal_code} {school.commune} · {school.uai}".strip()


@public
@require_safe
def recherche(request: HttpRequest) -> HttpResponse:
    """Look a school up, without any script."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    found = find_schools(text, at=timezone.localdate(), limit=FOUND) if text else []
    rows = [(school, TypePorteur(school.kind).label, academie_of(school)) for school in found]
    context = {"texte": text, "lignes": rows, "tronque": len(rows) == FOUND}
    return render(request, "annuaire/recherche.html", context)


@public
@require_safe
def etablissement(request: HttpRequest, uai: str) -> HttpResponse:
    """What the directory says of a school, then and now."""
    school = get_object_or_404(
        with_academie(timezone.localdate()).prefetch_related("anciens_noms"), uai=uai.upper()
    )
    academies = Academie.objects.filter(departements=school.departement_id).order_by("valid_from", "slug")
    context = {
        "etablissement": school,
        "genre": TypePorteur(school.kind).label,
        "academie": academie_of(school),
        "academies": academies,
    }
    return render(request, "annuaire/etablissement.html", context)

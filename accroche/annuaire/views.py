"""Looking a school up: HTTP only."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.annuaire.forms import label
from accroche.annuaire.models import Etablissement
from accroche.annuaire.queries import academie_of, find_alike, find_schools
from accroche.annuaire.regles import TypePorteur
from accroche.commun import lieux
from accroche.commun.acces import public
from accroche.commun.http import public_page

SUGGESTED = 8
FOUND = 50
LONGEST = 200


@public
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The schools a few letters stand for, for the field that suggests them; else the nearest, said to be."""
    text = request.GET.get("q", "")[:LONGEST]
    today = timezone.localdate()
    found, near = _found(text, today, SUGGESTED)
    rows = [{"name": s.name, "place": _place(s, today), "label": label(s)} for s in found]
    return JsonResponse({"schools": rows, "near": near})


def _found(text: str, today: dt.date, limit: int) -> tuple[list[Etablissement], bool]:
    """The schools that answer to a text; where none does, the nearest, and that they are."""
    found = find_schools(text, at=today, limit=limit)
    if found:
        return found, False
    near = find_alike(text, at=today, limit=min(limit, SUGGESTED))
    return near, bool(near)


def _place(school: Etablissement, today: dt.date) -> str:
    closed = _closed(school, today)
    told = f" · fermé en {closed}" if closed else ""
    return f"{school.postal_code} {school.commune} · {school.uai}{told}".strip()


def _closed(school: Etablissement, today: dt.date) -> int | None:
    """The year in which a school closed; None for one that is open."""
    return school.closed_on.year if school.closed_on and school.has_closed(today) else None


@public
@require_safe
def recherche(request: HttpRequest) -> HttpResponse:
    """Look a school up, without any script."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    today = timezone.localdate()
    found, near = _found(text, today, FOUND) if text else ([], False)
    rows = [
        (school, TypePorteur(school.kind).label, academie_of(school), _closed(school, today))
        for school in found
    ]
    context = {"texte": text, "lignes": rows, "tronque": len(rows) == FOUND, "proches": near}
    return render(request, "annuaire/recherche.html", context)


@public
@require_safe
@public_page
def etablissement(_request: HttpRequest, uai: str) -> HttpResponse:
    """Where a school had a page of the directory alone: its page tells that, and what it does."""
    return HttpResponsePermanentRedirect(lieux.address("etablissement", uai.upper()))

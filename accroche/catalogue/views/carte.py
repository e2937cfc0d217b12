"""The map of actions: its page, its markers as data, and the list of what stands somewhere. HTTP only."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accroche.catalogue.criteres import Criteres, read
from accroche.catalogue.grappes import CadreError, read_cadre, read_zoom
from accroche.catalogue.integration import Forme
from accroche.catalogue.presentation import carte as presentation
from accroche.catalogue.presentation import integration, recherche
from accroche.catalogue.queries import carte as queries
from accroche.catalogue.queries import moteur
from accroche.catalogue.queries.demande import demande
from accroche.catalogue.queries.lecteur import is_current
from accroche.catalogue.queries.recherche import noms
from accroche.commun.http import allow_images, allow_scripts_elsewhere, public_page
from accroche.comptes.decorators import public

#: Actions told of one place, or of a frame.
SHOWN = 50


@public
@require_safe
@public_page(ready=is_current)
def carte(request: HttpRequest) -> HttpResponse:
    """Published actions on a map, under the filters of the search; without scripts, by département."""
    asked = demande(request.GET)
    if asked.moved is not None:
        return redirect(recherche.address_of(request.path, replace(asked.criteres, page=1)))
    criteres = _whole(asked.criteres)
    found = moteur.search(criteres, size=0)
    context = recherche.page_of(asked, found, noms(criteres), request.path)
    context |= presentation.page(criteres, found) | {
        "homonymes": [(place.label, recherche.address_of(request.path, at)) for place, at in asked.homonymes],
        "rubrique": "carte",
        "integration": integration.liens(Forme.CARTE, asked.criteres),
    }
    response = render(request, "catalogue/carte/page.html", context)
    allow_images(response, [settings.TILES["origin"]] if settings.TILES else [])
    return response


@public
@require_safe
@public_page(ready=is_current)
def points(request: HttpRequest) -> HttpResponse:
    """The markers of a frame at a zoom, as data; what cannot be read is a 400 that says why."""
    try:
        cadre = read_cadre(str(request.GET.get("bbox", "")))
        zoom = read_zoom(str(request.GET.get("zoom", "")))
    except CadreError as error:
        return JsonResponse({"message": str(error)}, status=HTTPStatus.BAD_REQUEST)
    response = JsonResponse(presentation.points(queries.vue(_whole(read(request.GET).criteres), cadre, zoom)))
    # a frame that its page has put in a sandbox is of no site, not even of this one
    allow_scripts_elsewhere(response)
    return response


@public
@require_safe
@public_page(ready=is_current)
def actions(request: HttpRequest) -> HttpResponse:
    """The actions that stand in a frame, as a piece of page: one place, or all that the map shows."""
    try:
        cadre = read_cadre(str(request.GET.get("bbox", "")))
    except CadreError as error:
        return JsonResponse({"message": str(error)}, status=HTTPStatus.BAD_REQUEST)
    criteres = _whole(read(request.GET).criteres)
    found = queries.actions_in(criteres, cadre, SHOWN + 1)
    context = {"actions": found[:SHOWN], "more": len(found) > SHOWN, "shown": SHOWN}
    context["liste"] = presentation.around(criteres, cadre)
    response = render(request, "catalogue/carte/_actions.html", context)
    allow_scripts_elsewhere(response)
    return response


def _whole(criteres: Criteres) -> Criteres:
    """The same search without the page of a list: a map shows all of it."""
    return replace(criteres, page=1)

"""The catalogue on the pages of others: frames, what to paste, oEmbed. HTTP only."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.catalogue.agenda import NEVER, Cadence, within
from accroche.catalogue.criteres import Lu, read
from accroche.catalogue.http import FILTRES
from accroche.catalogue.integration import LOOK, Aspect, Forme, Integration, aspect_of, forme_of
from accroche.catalogue.models import Selection
from accroche.catalogue.presentation import agenda as agendas
from accroche.catalogue.presentation import carte as cartes
from accroche.catalogue.presentation import integration as presentation
from accroche.catalogue.presentation import liste, recherche
from accroche.catalogue.queries import agenda as rendezvous
from accroche.catalogue.queries import moteur
from accroche.catalogue.queries.demande import demande
from accroche.catalogue.queries.lecteur import is_current
from accroche.catalogue.queries.liste import trouvees
from accroche.catalogue.queries.recherche import noms
from accroche.catalogue.queries.selections import sheets_of
from accroche.commun.http import allow_embedding, allow_images, allow_scripts_elsewhere, public_page
from accroche.commun.pages import keep_none, one_of
from accroche.comptes.decorators import public
from accroche.lib.texte import NBSP, pluriel

#: Actions, and appointments of each kind, that a frame shows: the full page has the others.
SHOWN: Final = 10
APPOINTMENTS: Final = 30
#: What a frame that is kept may ask for: a filter, and how it looks.
_LOOKS: Final = {LOOK: one_of(Aspect.SOMBRE, Aspect.AUTO)}
KEPT: Final = FILTRES | _LOOKS
_PIXELS: Final = re.compile("[1-9][0-9]{0,4}")


@public
@require_safe
@public_page(ready=is_current)
def integrer(request: HttpRequest) -> HttpResponse:
    """What to paste for the list, the map or the agenda of a search, and how it will look."""
    asked = demande(request.GET)
    integration = Integration(forme_of(request.GET), asked.criteres, aspect_of(request.GET))
    found = moteur.search(integration.criteres, size=0)
    context = recherche.page_of(asked, found, noms(asked.criteres), request.path)
    context |= presentation.composer(integration, context)
    context["homonymes"] = [
        (place.label, presentation.composer_address(replace(integration, criteres=near)))
        for place, near in asked.homonymes
    ]
    return render(request, "catalogue/integration/integrer.html", context)


@public
@require_safe
@public_page(ready=is_current, query=KEPT, most=2)
def actions(request: HttpRequest) -> HttpResponse:
    """The list of a search, in a frame."""
    asked = _read(request)
    found = moteur.search(asked.criteres, size=SHOWN, facets=False)
    if not found.total:
        keep_none(request)
    context = {
        "phrase": recherche.phrase(asked.criteres, found.total),
        "cartes": liste.cartes(trouvees(hit.action_pk for hit in found.hits), found.hits),
        "total": found.total,
    }
    return _frame(request, Forme.ACTIONS, asked, context)


@public
@require_safe
@public_page(ready=is_current, query=KEPT, most=2)
def carte(request: HttpRequest) -> HttpResponse:
    """The map of a search, in a frame; without scripts, by département."""
    asked = _read(request)
    found = moteur.search(asked.criteres, size=0)
    if not found.total:
        keep_none(request)
    response = _frame(request, Forme.CARTE, asked, cartes.page(asked.criteres, found))
    allow_images(response, [settings.TILES["origin"]] if settings.TILES else [])
    return response


@public
@require_safe
@public_page(ready=is_current)
def agenda(request: HttpRequest) -> HttpResponse:
    """What is to come of a search, in a frame."""
    asked = _read(request)
    criteres = asked.criteres
    day = criteres.du or timezone.localdate()
    period = rendezvous.coming_period(criteres, day, Cadence.LISTE, APPOINTMENTS)
    first, last = within(period, criteres.du, criteres.au) or NEVER
    found = rendezvous.moisson(criteres, first, last, APPOINTMENTS, facets=False)
    demandee = agendas.AgendaDemande(Cadence.LISTE, day)
    return _frame(request, Forme.AGENDA, asked, {"agenda": agendas.page(criteres, demandee, period, found)})


def _read(request: HttpRequest) -> Lu:
    """The search of a frame, always on its first page."""
    found = read(request.GET)
    return replace(found, criteres=replace(found.criteres, page=1))


def _frame(request: HttpRequest, forme: Forme, asked: Lu, context: dict[str, Any]) -> HttpResponse:
    context |= {
        "demande": asked,
        "titre": forme.frame_title,
        "page": presentation.page_of(forme, asked.criteres),
    }
    return _framed(request, f"catalogue/integration/{forme.value}.html", context)


def _framed(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context | {"aspect": aspect_of(request.GET).value})
    allow_embedding(response)
    return response


@public
@require_safe
@public_page(ready=is_current, query=_LOOKS)
def selection(request: HttpRequest, slug: str) -> HttpResponse:
    """A selection, in a frame."""
    found = get_object_or_404(Selection.objects.published(), slug=slug)
    fiches = sheets_of(found).actions
    context = {
        "titre": found.name,
        "page": found.get_absolute_url(),
        "phrase": f"{len(fiches)}{NBSP}{pluriel(len(fiches), 'fiche', 'fiches')}",
        "cartes": liste.cartes_of(fiches[:SHOWN]),
        "total": len(fiches),
    }
    return _framed(request, "catalogue/integration/actions.html", context)


@public
@require_safe
@public_page
def oembed(request: HttpRequest) -> HttpResponse:
    """What to show of an address of ours, as https://oembed.com asks; refusals say why."""
    if request.GET.get("format", "json") != "json":
        return _refused("Seul le format JSON est servi.", HTTPStatus.NOT_IMPLEMENTED)
    sizes = [request.GET.get(name, "") for name in ("maxwidth", "maxheight")]
    if any(size and not _PIXELS.fullmatch(size) for size in sizes):
        return _refused("maxwidth et maxheight sont des nombres de pixels.", HTTPStatus.BAD_REQUEST)
    found = presentation.cadre_at(request.GET.get("url", ""), request.get_host())
    if found is None:
        return _refused(
            "Cette adresse n’est ni une liste, ni une carte, ni un agenda, ni une sélection de ce site.",
            HTTPStatus.NOT_FOUND,
        )
    response = JsonResponse(presentation.told(found, *(int(size) if size else None for size in sizes)))
    allow_scripts_elsewhere(response)
    return response


def _refused(words: str, status: HTTPStatus) -> HttpResponse:
    return JsonResponse({"message": words}, status=status)

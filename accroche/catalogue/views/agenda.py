"""The agenda: its page, calendars and feeds. HTTP only."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.actions.models import Action
from accroche.catalogue.agenda import NEVER, Cadence, periode, within
from accroche.catalogue.criteres import Criteres, read
from accroche.catalogue.integration import Forme
from accroche.catalogue.presentation import agenda as presentation
from accroche.catalogue.presentation import integration
from accroche.catalogue.presentation.calendriers import calendrier_of
from accroche.catalogue.presentation.flux import atom
from accroche.catalogue.queries import agenda as queries
from accroche.catalogue.queries.demande import demande
from accroche.catalogue.queries.flux import entries
from accroche.catalogue.queries.lecteur import is_current
from accroche.catalogue.queries.recherche import noms
from accroche.catalogue.views.fiches import of_sheet
from accroche.commun.http import public_page
from accroche.comptes.decorators import public

#: Events of each kind in one calendar, and entries of one feed.
IN_CALENDAR: Final = 500
IN_FEED: Final = 50
#: How far back a calendar goes, so that who subscribes does not lose the week that has just been.
BACK: Final = dt.timedelta(days=31)
AHEAD: Final = dt.timedelta(days=730)


@public
@require_safe
@public_page(ready=is_current)
def agenda(request: HttpRequest) -> HttpResponse:
    """Temps forts and dated actions, by day, week or place; the address is the state."""
    today = timezone.localdate()
    demandee, asked = demande(request.GET), presentation.read_agenda(request.GET, today)
    if demandee.moved is not None and not asked.problems:
        return redirect(presentation.address(demandee.criteres, asked))
    demandee = replace(demandee, problems=(*demandee.problems, *asked.problems))
    criteres = demandee.criteres
    listed = asked.cadence in {Cadence.LISTE, Cadence.LIEU}
    if listed and criteres.du and not asked.chosen:
        asked = replace(asked, day=criteres.du)
    period = (
        queries.coming_period(criteres, asked.day, asked.cadence, presentation.SHOWN)
        if listed
        else periode(asked.cadence, asked.day)
    )
    first, last = within(period, criteres.du, criteres.au) or NEVER
    found = queries.moisson(criteres, first, last, presentation.SHOWN)
    context = presentation.context(demandee, asked, period, found, noms(criteres))
    if not found.total and (past := queries.nearest_past(criteres, period.first)):
        context["avant_date"] = past
        context["avant"] = presentation.address(criteres, replace(asked, day=past, chosen=True))
    indexable = criteres == Criteres() and not asked.pairs()
    context |= {"rubrique": "agenda", "indexable": indexable}
    context["integration"] = integration.liens(Forme.AGENDA, criteres)
    return render(request, "catalogue/agenda/page.html", context)


@public
@require_safe
@public_page(ready=is_current)
def agenda_ics(request: HttpRequest) -> HttpResponse:
    """The events of a search as a calendar one subscribes to: from a month ago on."""
    criteres = read(request.GET).criteres
    today = timezone.localdate()
    first, last = criteres.du or today - BACK, criteres.au or today + AHEAD
    found = queries.moisson(criteres, first, last, IN_CALENDAR, facets=False, precise=True)
    left = found.total - len(found.events)
    said = (
        f"Ce calendrier montre {len(found.events)} rendez-vous sur {found.total} : "
        "précisez la recherche pour les avoir tous."
        if left > 0
        else ""
    )
    name = "Semaine de la persévérance scolaire"
    path = presentation.address(criteres, presentation.AgendaDemande(Cadence.LISTE, today))
    events = sorted(found.events, key=lambda event: (event.first, event.uid))
    return _calendar(calendrier_of(events, name, said, path), "agenda.ics")


@public
@require_safe
@public_page
def temps_fort_ics(_request: HttpRequest, uid: str) -> HttpResponse:
    """One temps fort, for one's own agenda."""
    found = queries.event_of_uid(uid)
    if found is None:
        raise Http404
    event = queries.temps_fort_event(found)
    return _calendar(calendrier_of([event], event.title), f"{uid}.ics")


@public
@require_safe
@public_page
@of_sheet
def action_ics(_request: HttpRequest, action: Action) -> HttpResponse:
    """One dated action, for one's own agenda."""
    found = queries.dated_actions([action.pk])
    if not found:
        raise Http404
    return _calendar(calendrier_of(found, found[0].title), f"{action.slug}.ics")


@public
@require_safe
@public_page(ready=is_current)
def agenda_atom(request: HttpRequest) -> HttpResponse:
    """What a search finds, as a feed: what changed last first."""
    criteres = read(request.GET).criteres
    body = atom(
        entries(criteres, IN_FEED),
        "Actions de la Semaine de la persévérance scolaire",
        "Les dernières actions publiées",
        presentation.liste_of(criteres),
        presentation.abonnement(criteres).atom,
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _calendar(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

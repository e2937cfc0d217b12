"""The life of editions: their list, one's calendar and steps, opening the next. HTTP only."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.campagne.models import Edition
from accroche.campagne.operations import (
    DayError,
    OpenedEditionError,
    ReportedEditionError,
    StaleEditionError,
    move_edition,
    open_edition,
    set_calendar,
)
from accroche.campagne.vie import GesteEdition, gestes_of
from accroche.commun import journal
from accroche.commun.changements import lignes
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.lib.dates import DateError, school_year
from accroche.pilotage.forms.edition import CalendrierForm, OuvertureForm, initial_of
from accroche.pilotage.presentation.edition import DONE, GESTES, VERBES, VOCABULAIRE
from accroche.pilotage.queries import edition as queries

JOURNAL_SHOWN = 10
CONFLICT = 409


@requires(Right.SEE_STEERING)
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition, where it stands, and whose turn it is."""
    now = timezone.now()
    access = current_access(request)
    found = [queries.ou_en_est(edition, now) for edition in queries.editions(access)]
    context = {
        "vivantes": [one for one in found if one.edition.archived_at is None],
        "archivees": [one for one in found if one.edition.archived_at is not None],
        "pilote": access.has(Right.STEER),
        "prochaine": queries.next_year(timezone.localdate(now)),
        "rubrique": "espace",
    }
    return render(request, "pilotage/edition/liste.html", context)


@requires(Right.SEE_STEERING)
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, year: str) -> HttpResponse:
    """One edition: its calendar, whose turn it is; for the bureau, its days and its steps."""
    access = current_access(request)
    found = get_object_or_404(queries.editions(access), year=year)
    if request.method != "POST":
        return _shown(request, found)
    form = CalendrierForm(request.POST, edition=found)
    if not form.is_valid():
        return _shown(request, found, form)
    opens, closes = form.days
    try:
        changed = set_calendar(
            found, form.echeances(), opens=opens, closes=closes, access=access, at=timezone.now()
        )
    except DateError as error:
        form.add_error(error.champ if isinstance(error, DayError) else None, str(error))
        return _shown(request, found, form)
    except StaleEditionError:
        found.refresh_from_db()
        return _shown(request, found, refus="Cette édition vient d’être close : ses dates ne changent plus.")
    if changed:
        messages.success(request, "C’est enregistré : le calendrier a changé.")
    else:
        messages.info(request, "Rien n’avait changé : le calendrier est déjà comme cela.")
    return redirect("pilotage:edition", year)


def _shown(
    request: HttpRequest, found: Edition, form: CalendrierForm | None = None, *, refus: str = ""
) -> HttpResponse:
    now = timezone.now()
    place = queries.ou_en_est(found, now)
    pilote = current_access(request).has(Right.STEER)
    context = {
        "edition": found,
        "place": place,
        "pilote": pilote,
        "form": form or CalendrierForm(edition=found, initial=initial_of(found)),
        "gestes": [GESTES[geste] for geste in gestes_of(place.etat)] if pilote else (),
        "journal": [
            (line, VERBES[line.verb])
            for line in lignes(
                # what else is told of an edition has pages and words of its own: tutoring, its report
                journal.entries(found).filter(verb__in=list(VERBES))[:JOURNAL_SHOWN],
                VOCABULAIRE,
            )
        ]
        if pilote
        else (),
        "refus": refus,
        "rubrique": "espace",
    }
    return render(request, "pilotage/edition/edition.html", context, status=CONFLICT if refus else 200)


@requires(Right.STEER)
@require_POST
def geste(request: HttpRequest, year: str) -> HttpResponse:
    """Make a step of an edition's life."""
    found = get_object_or_404(queries.editions(current_access(request)), year=year)
    asked = request.POST.get("geste", "")
    if asked not in set(GesteEdition):
        return _shown(request, found, refus="Ce geste n’existe pas : choisissez l’un de ceux de la page.")
    try:
        move_edition(found, GesteEdition(asked), access=current_access(request), at=timezone.now())
    except StaleEditionError:
        found.refresh_from_db()
        return _shown(
            request, found, refus="L’édition a changé entre-temps : voici où elle en est. Rien n’a été fait."
        )
    messages.success(request, DONE[GesteEdition(asked)])
    return redirect("pilotage:edition", year)


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def ouvrir(request: HttpRequest) -> HttpResponse:
    """Open the next edition from the one before: what it would start from is shown first."""
    today = timezone.localdate()
    form = OuvertureForm(request.POST if request.method == "POST" else None, initial=_proposed(today))
    if request.method == "POST" and form.is_valid() and request.POST.get("etape") == "ouvrir":
        opens, closes = form.cleaned_data["opens"], form.cleaned_data["closes"]
        access, now, year = current_access(request), timezone.now(), form.cleaned_data["year"]
        try:
            open_edition(
                year, opens=opens, closes=closes, access=access, at=now, echeances=form.echeances(), anew=True
            )
        except (DateError, ReportedEditionError, OpenedEditionError) as error:
            form.add_error(error.champ if isinstance(error, DayError) else None, str(error))
        else:
            messages.success(
                request, f"L’édition {year} est ouverte : les académies ont leur semaine, en préparation."
            )
            return redirect("pilotage:edition", year)
    return render(request, "pilotage/edition/ouvrir.html", _opening(form, today) | {"rubrique": "espace"})


def _opening(form: OuvertureForm, today: dt.date) -> dict[str, Any]:
    """What the page shows: the form, and what the edition it names would start from."""
    year = form.cleaned_data.get("year", "") if form.is_bound and form.is_valid() else ""
    return {"form": form, "depart": queries.ouverture(year or queries.next_year(today), today)}


def _proposed(today: dt.date) -> dict[str, Any]:
    depart = queries.ouverture(queries.next_year(today), today)
    opens, closes = school_year(depart.year)
    days = {kind.value: day for kind, day in depart.echeances}
    return {"year": depart.year, "opens": max(opens, min(today, closes)), "closes": closes} | days

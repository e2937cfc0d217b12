"""Public pages of an edition: HTTP only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accroche.actions.bilan import bilan
from accroche.actions.models import Action
from accroche.actions.queries import dossier_of
from accroche.campagne.models import Edition
from accroche.catalogue import presentation, queries
from accroche.catalogue.forms import FiltreAcademies
from accroche.commun.http import allow_frames, public_page
from accroche.comptes.decorators import public


def _published(year: str) -> Edition:
    return get_object_or_404(Edition.objects.published(), year=year)


@public
@require_safe
def edition_courante(_request: HttpRequest) -> HttpResponse:
    """Go to the current edition, or to the home page that says there is none."""
    edition = queries.current_edition()
    return redirect("catalogue:edition", edition.year) if edition else redirect("portail:accueil")


@public
@require_safe
def academies_courantes(_request: HttpRequest) -> HttpResponse:
    """Go to the académies of the current edition, or to the home page that says there is none."""
    edition = queries.current_edition()
    return redirect("catalogue:academies", edition.year) if edition else redirect("portail:accueil")


@public
@require_safe
@public_page
def edition(request: HttpRequest, year: str) -> HttpResponse:
    """One edition: totals, calendar, objectives, axes, perspectives."""
    found = _published(year)
    dossier = dossier_of(found, Action.objects.published())
    view = queries.panorama(found)
    context = {
        "edition": found,
        "panorama": view,
        "dossier": dossier,
        "axes": presentation.axes(dossier, bilan(dossier)),
        "objectifs": presentation.objectifs(dossier, view.slugs),
        "tutorats": presentation.tutorats(dossier, view.slugs),
        "rubrique": "edition",
    }
    return render(request, "catalogue/edition.html", context)


@public
@require_safe
@public_page
def academies(request: HttpRequest, year: str) -> HttpResponse:
    """The académies of an edition, as a map and as a list."""
    found = _published(year)
    view = queries.panorama(found)
    form = FiltreAcademies(request.GET or None)
    kept = form.keep(view.fiches) if form.is_bound else view.fiches
    context = {
        "edition": found,
        "panorama": view,
        "form": form,
        "is_filtered": form.is_bound and form.is_active,
        "fiches": kept,
        "tuiles": view.carte(kept),
        "rubrique": "academies",
    }
    return render(request, "catalogue/academies.html", context)


@public
@require_safe
@public_page
def semaine(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """One académie's semaine."""
    found = _published(year)
    shown = get_object_or_404(queries.public_semaines(found), academie__slug=academie)
    previous, following = queries.neighbours(shown)
    context = {
        "edition": found,
        "semaine": shown,
        "chiffres": presentation.chiffres_of(shown),
        "niveaux": presentation.niveaux(shown),
        "reperes": presentation.reperes(shown),
        "partenaires": presentation.partenaires(shown),
        "fenetres": shown.windows,
        "precedente": previous,
        "suivante": following,
        "rubrique": "academies",
    }
    return render(request, "catalogue/semaine.html", context)


@public
@require_safe
@public_page
def action(request: HttpRequest, year: str, academie: str, action: str) -> HttpResponse:
    """One published action; what another absorbed leads to it."""
    found = _published(year)
    shown = queries.public_action(found, academie, action)
    if shown is None:
        kept = queries.absorbing_action(found, academie, action)
        if kept is None:
            raise Http404
        return redirect("catalogue:action", kept.semaine.edition.year, kept.semaine.academie.slug, kept.slug)
    page = presentation.page_action(shown)
    context = {
        "edition": found,
        "action": shown,
        "semaine": shown.semaine,
        "reperes": presentation.reperes_action(shown),
        "origine": presentation.origine(shown),
        "partenaires": presentation.partenaires_action(shown),
        "page": page,
        "autres": queries.other_actions(shown, limit=3),
        "rubrique": "academies",
    }
    response = render(request, "catalogue/action.html", context)
    allow_frames(response, (video.origin for _, video in page.videos))
    return response

"""Public pages of an edition: HTTP only."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.queries import public_address
from accroche.annuaire.regles import Niveau
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.operations import check_writing, hold_writing
from accroche.catalogue.forms.editions import FiltreAcademies
from accroche.catalogue.presentation import editions as presentation
from accroche.catalogue.presentation import fiche, schema_org
from accroche.catalogue.presentation.liste import cartes_d_un_lieu
from accroche.catalogue.provenance import Reponse
from accroche.catalogue.queries import editions as queries
from accroche.catalogue.queries import syntheses
from accroche.catalogue.queries.bascule import semaines_near
from accroche.catalogue.queries.fiche import lignee_of
from accroche.catalogue.queries.lecteur import is_current
from accroche.catalogue.queries.liste import ActionsDeSemaine
from accroche.catalogue.queries.recherche import proches
from accroche.catalogue.views.fiches import elsewhere
from accroche.commun import lieux
from accroche.commun.http import allow_frames, asked_page, public_page
from accroche.commun.pages import NUMBER, one_of
from accroche.comptes.decorators import public, requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.dossier.queries.comptage import comptages, decomptes_of
from accroche.pilotage.forms.semaine import Page
from accroche.pilotage.operations.semaine import write_semaine
from accroche.pilotage.queries.semaine import own_semaines, semaine_content
from accroche.votes.queries import open_votes

#: Actions like the one that is read.
RELATED = 3
#: Actions on one page of a semaine, and temps forts to come on that of an edition.
ACTIONS_SHOWN = 60
COMING_SHOWN = 6


def _published(year: str) -> Edition:
    found = queries.published_edition(year)
    if found is None:
        raise Http404
    return found


@public
@require_safe
def edition_courante(_request: HttpRequest) -> HttpResponse:
    """Go to the current edition, or to the home page that says there is none."""
    edition = queries.current_edition(timezone.localdate())
    return redirect("catalogue:edition", edition.year) if edition else redirect(lieux.address("accueil"))


@public
@require_safe
def academies_courantes(_request: HttpRequest) -> HttpResponse:
    """Go to the académies of the current edition, or to the home page that says there is none."""
    edition = queries.current_edition(timezone.localdate())
    return redirect("catalogue:academies", edition.year) if edition else redirect(lieux.address("accueil"))


@public
@require_safe
@public_page
def edition(request: HttpRequest, year: str) -> HttpResponse:
    """One edition: totals, calendar, objectives, axes, perspectives."""
    found = _published(year)
    # what this page tells of the whole country needs no semaine, nor any of its actions
    dossier = queries.national(found)
    view = queries.panorama(found)
    today = timezone.localdate()
    context = {
        "ouverte": found.is_declaring_on(today),
        "has_synthese": found.pk in syntheses.readable(),
        "temps_forts": queries.coming(found, today, COMING_SHOWN),
        "edition": found,
        "panorama": view,
        "dossier": dossier,
        "axes": presentation.axes(dossier, queries.axes_retenus(found)),
        "objectifs": presentation.objectifs(dossier, view.slugs),
        "tutorats": presentation.tutorats(dossier, view.slugs),
        "comparables": [one for one in queries.published_editions() if one != found],
        "votes": open_votes(timezone.now(), edition=found),
        "rubrique": "edition",
    }
    return render(request, "catalogue/edition.html", context)


@public
@require_safe
@public_page(query={"niveau": one_of(*Niveau), "reponse": one_of(*Reponse)})
def academies(request: HttpRequest, year: str) -> HttpResponse:
    """The académies of an edition, as a map and as a list."""
    found = _published(year)
    view = queries.panorama(found)
    form = FiltreAcademies(request.GET or None, counted=view.is_counted)
    kept = form.keep(view.semaines) if form.is_bound else view.semaines
    context = {
        "edition": found,
        "panorama": view,
        "form": form,
        "is_filtered": form.is_bound and form.is_active,
        "semaines": kept,
        "non_dites": form.unsaid(view.semaines) if form.is_bound else 0,
        "tuiles": view.carte(kept),
        "rubrique": "academies",
    }
    return render(request, "catalogue/academies.html", context)


@public
@require_safe
@public_page(query={"page": NUMBER})
def semaine(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """One académie's semaine."""
    found = _published(year)
    shown = queries.public_semaine(found, academie)
    if shown is None:
        return _no_semaine(request, found, academie)
    previous, following = queries.neighbours(shown)
    context = {"precedente": previous, "suivante": following, "donnees": schema_org.of_semaine(shown)}
    context |= _semaine(request, shown) | {"vignette": schema_org.vignette_of_semaine(shown)}
    return render(request, "catalogue/semaine.html", context)


def _no_semaine(request: HttpRequest, found: Edition, academie: str) -> HttpResponse:
    """An académie that has no semaine in this edition: where it has one, and who stands for it here."""
    kin = dict(semaines_near(academie))
    if not kin:
        raise Http404
    context = {
        "annee": found.year,
        "ici": kin.pop(found.year, []),
        "ailleurs": [(year, rows[0]) for year, rows in kin.items() if rows[0][0] == academie],
        "rubrique": "academies",
    }
    return render(request, "catalogue/semaine_absente.html", context, status=HTTPStatus.NOT_FOUND)


@requires(Right.EDIT_SEMAINE)
@require_http_methods(["GET", "HEAD", "POST"])
def apercu(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """A semaine as the public will see it: what is typed is written, drawn, and undone."""
    access = current_access(request)
    found = get_object_or_404(own_semaines(access), edition__year=year, academie__slug=academie)
    check_writing(found, access)
    typed = {name: request.POST.getlist(name) for name in request.POST}
    page = Page(semaine_content(found), edition=year, version=found.version, data=typed or None)
    if typed and not page.is_valid():
        return render(request, "catalogue/apercu.html", {"semaine": found, "edition": found.edition})
    with transaction.atomic():
        if typed:
            hold_writing(found, access)  # nobody else writes meanwhile: it overwrites what is there now
            found.refresh_from_db(fields=["version"])
            write_semaine(found, page.content(), access=access, at=timezone.now(), version=found.version)
        shown = queries.public_semaines(found.edition).get(pk=found.pk)
        response = render(request, "catalogue/apercu.html", _semaine(request, shown))
        transaction.set_rollback(True)
    return response


def _semaine(request: HttpRequest, shown: Semaine) -> dict[str, Any]:
    """All its page shows."""
    found = shown.edition
    sums = comptages(found, only=shown)
    counted = decomptes_of(found, [shown.pk], sums)
    pages: Paginator[Any] = Paginator(ActionsDeSemaine(shown), ACTIONS_SHOWN)  # type: ignore[arg-type]
    # known without counting them; Django keeps it there once it counted
    pages.count = sums.get(shown.pk, queries.NONE).actions
    page = asked_page(request, pages)
    page.object_list = cartes_d_un_lieu(list(page.object_list))
    return {
        "edition": found,
        "semaine": shown,
        "chiffres": presentation.chiffres_of(shown, counted),
        "niveaux": presentation.niveaux(shown, counted),
        "statut": presentation.statut(shown, has_actions=bool(page.paginator.count)),
        "page": page,
        "ouverte": found.is_declaring_on(timezone.localdate()),
        "reperes": presentation.reperes(shown),
        "absence": presentation.absence(shown),
        "partenaires": presentation.partenaires(shown),
        "alliances": presentation.alliances(shown),
        "fenetres": shown.windows,
        "passee": presentation.est_passee(shown.windows, timezone.localdate()),
        "votes": open_votes(timezone.now(), shown),
        "rubrique": "academies",
    }


@public
@require_safe
@public_page(ready=is_current)
def action(request: HttpRequest, year: str, academie: str, action: str) -> HttpResponse:
    """One published action; what another absorbed, and a former address, lead to it."""
    found = _published(year)
    shown = queries.public_action(found, academie, action)
    if shown is None:
        return elsewhere(year, academie, action)
    more = {"donnees": schema_org.of_action(shown), "vignette": schema_org.vignette_of_action(shown)}
    return _action(request, shown, "catalogue/action.html", more)


# public: who declared without an account comes by a followed link; the others find nothing
@public
@require_safe
def apercu_fiche(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet as the public will see it, whatever its state, for those who follow it."""
    access = current_access(request)
    shown = queries.followed_action(access, pk)
    if shown is None or not shown.may(access, Right.SEE_ACTION):
        raise Http404
    context = {"etat": Etat(shown.etat), "cachees": queries.hidden_pieces(shown)}
    return _action(request, shown, "catalogue/apercu_fiche.html", context)


def _action(
    request: HttpRequest, shown: Action, template: str, more: dict[str, Any] | None = None
) -> HttpResponse:
    """Draw the page of an action; the players of its videos are let in."""
    page = fiche.page_action(shown)
    context = {
        "edition": shown.semaine.edition,
        "action": shown,
        "semaine": shown.semaine,
        "reperes": fiche.reperes_action(shown),
        "pour_qui": fiche.pour_qui(shown),
        "a_prevoir": fiche.a_prevoir(shown),
        "origine": fiche.origine(shown),
        "partenaires": fiche.partenaires_action(shown),
        "lignee": lignee_of(shown),
        "adresse": public_address(shown) if shown.is_public else "",
        "page": page,
        "proches": proches(shown, RELATED),
        "rubrique": "academies",
    }
    response = render(request, template, context | (more or {}))
    allow_frames(response, (video.origin for _, video in page.videos))
    return response

"""Searching all published actions: HTTP only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.catalogue.criteres import Criteres, clean
from accroche.catalogue.http import FILTRES
from accroche.catalogue.integration import Forme
from accroche.catalogue.presentation import endroits, integration, liste
from accroche.catalogue.presentation import recherche as presentation
from accroche.catalogue.presentation.selections import may_keep_some
from accroche.catalogue.queries import lecteur, moteur
from accroche.catalogue.queries import recherche as queries
from accroche.catalogue.queries.demande import RechercheDemandee, demande
from accroche.catalogue.queries.lieux import communes, search_places
from accroche.catalogue.queries.liste import trouvees
from accroche.catalogue.resultats import Resultats
from accroche.commun.http import public_page
from accroche.commun.pages import keep_none
from accroche.comptes.decorators import public
from accroche.comptes.http import current_access

#: Suggestions while one types: how many actions, places of each kind, and communes; letters asked for.
ACTIONS, PLACES, COMMUNES, SHORTEST = 3, 2, 6, 2
#: What is read of a text that is still being typed.
LONGEST = 80


@public
@require_safe
@public_page(ready=lecteur.is_current, query=FILTRES, most=1)
def recherche(request: HttpRequest) -> HttpResponse:
    """All published actions, searched and filtered; the address is the state."""
    asked = demande(request.GET)
    path = request.path
    if asked.moved is not None:
        return redirect(f"{path}?{asked.moved}" if asked.moved else path)
    criteres = asked.criteres
    found = moteur.search(criteres, size=presentation.SIZE)
    pages = presentation.feuilletage(criteres, found.total, path)
    if criteres.page > pages.pages:
        last = replace(criteres, page=pages.pages)
        if not asked.problems:
            return redirect(presentation.address_of(path, last))
        # what was told is told on the page that is there
        asked, criteres = replace(asked, criteres=last), last
        found = moteur.search(criteres, size=presentation.SIZE)
        pages = presentation.feuilletage(criteres, found.total, path)
    names = queries.noms(criteres)
    here = presentation.address_of(path, criteres)
    context = presentation.page_of(asked, found, names, path) | {
        "titre": presentation.titre(criteres, found.total),
        "cartes": liste.cartes(trouvees(hit.action_pk for hit in found.hits), found.hits),
        "feuilletage": pages,
        "ordres": presentation.ordres(criteres, path),
        "homonymes": [(place.label, presentation.address_of(path, near)) for place, near in asked.homonymes],
        "partielle": found.partial,
        # without an index by choice, nothing is being prepared
        "repli": found.source == "base" and lecteur.here() is not None,
        "entendu": presentation.proposition(criteres, found.proposition, path) if found.total else None,
        "aussi": _aussi(criteres.q) if criteres.page == 1 else (),
        "ailleurs": presentation.ailleurs(criteres),
        "canonique": here,
        "indexable": criteres == Criteres(page=criteres.page),
        "rubrique": "actions",
        "enregistrable": may_keep_some(current_access(request)),
        "integration": integration.liens(Forme.ACTIONS, criteres),
    }
    if not found.total:
        keep_none(request)
        context |= _vide(asked, found, names, path, places=bool(context["aussi"]))
    return render(request, "catalogue/recherche/recherche.html", context)


def _aussi(text: str) -> tuple[endroits.Endroit, ...]:
    return endroits.endroits(search_places(text, at=timezone.localdate())) if text else ()


def _vide(
    asked: RechercheDemandee, found: Resultats, names: queries.Noms, path: str, *, places: bool
) -> dict[str, Any]:
    """What a search that finds nothing proposes; ``places``: whether some answer to its words."""
    criteres = asked.criteres
    nearby = queries.voisinage(criteres)
    return {
        "contradictions": queries.contradictions(criteres, names),
        "proposition": presentation.proposition(criteres, found.proposition, path),
        "voisinage": presentation.voisinage(nearby, path),
        "propositions": presentation.propositions(queries.essais(criteres), path),
        # what was typed may be a place of which nothing is known: its département may be
        "par_departement": presentation.par_departement(queries.par_departement(), names, path)
        if criteres.q and not criteres.departements and not places
        else (),
    }


@public
@require_safe
@public_page(ready=lecteur.is_current)
def suggestions(request: HttpRequest) -> HttpResponse:
    """What a few letters may lead to, for the boxes that suggest: actions and places, or communes alone."""
    text = clean(request.GET.get("q", ""))[:LONGEST]
    if len(text) < SHORTEST:
        return JsonResponse({"suggestions": []})
    if request.GET.get("genre") == "commune":
        rows = endroits.communes(communes().begun(text, COMMUNES))
    else:
        found = moteur.search(Criteres(q=text), size=ACTIONS, facets=False)
        actions = queries.cards(hit.action_pk for hit in found.hits)
        places = search_places(text, at=timezone.localdate(), limit=PLACES)
        # a place one names comes first: it is short, and one line of its kind is enough to see
        rows = (
            *endroits.territoires(places),
            *endroits.actions(actions),
            *endroits.etablissements(places),
            *endroits.porteurs(places),
            *endroits.documents(places),
        )
    return JsonResponse({"suggestions": [row.as_data() for row in rows]})

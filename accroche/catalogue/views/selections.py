"""Selections: read by everybody, kept by the bureau and by moderators. HTTP only."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.annuaire.models import Academie
from accroche.catalogue.criteres import Criteres, read
from accroche.catalogue.forms.selections import (
    AutreFicheForm,
    GesteSelectionForm,
    NouvelleSelectionForm,
    SelectionForm,
)
from accroche.catalogue.models import Selection
from accroche.catalogue.operations.selections import (
    GesteDeSelection,
    SelectionDite,
    SelectionError,
    StaleSelectionError,
    create_selection,
    dite_of,
    do_with_selection,
    write_selection,
)
from accroche.catalogue.presentation import integration, liste, recherche
from accroche.catalogue.presentation import selections as presentation
from accroche.catalogue.queries import moteur
from accroche.catalogue.queries.lecteur import is_current
from accroche.catalogue.queries.recherche import noms
from accroche.catalogue.queries.selections import criteres_of, sheet_at, sheets_of
from accroche.commun.classeur import send_csv, send_workbook
from accroche.commun.conflit import ecarts, marks, preferred, settled, untouched
from accroche.commun.http import public_page
from accroche.commun.tri import alphabetical
from accroche.comptes.decorators import public, requires
from accroche.comptes.http import current_access
from accroche.comptes.permissions import Access, Lookups
from accroche.comptes.regles import Right
from accroche.integrations.tableur.ecriture import Feuille, csv_lines, write_xlsx


@public
@require_safe
@public_page
def selections(request: HttpRequest) -> HttpResponse:
    """The selections that everybody reads."""
    context = {
        "selections": Selection.objects.published().select_related("academie"),
        "ecrit": presentation.may_keep_some(current_access(request)),
        "rubrique": "actions",
    }
    return render(request, "catalogue/selections/liste.html", context)


@public
@require_safe
@public_page(ready=is_current)
def selection(request: HttpRequest, slug: str) -> HttpResponse:
    """One selection: why, and its sheets."""
    found = get_object_or_404(Selection.objects.published().select_related("academie"), slug=slug)
    context = {
        "selection": found,
        "fiches": (fiches := sheets_of(found)),
        "cartes": liste.cartes_of(fiches.actions),
        "integration": integration.proposed(found),
        **integration.to_paste(integration.cadre_of_selection(found)),
        "recherche": recherche.recherche_address(criteres_of(found)),
        "ailleurs": recherche.ailleurs(Criteres(selection=found.slug)) if found.frozen else (),
        "ecrit": found.may(current_access(request)),
        "rubrique": "actions",
    }
    return render(request, "catalogue/selections/page.html", context)


@public
@require_safe
def selection_fichier(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Its sheets as a file for a spreadsheet: ``format=xlsx``, else CSV."""
    found = get_object_or_404(Selection.objects.published(), slug=slug)
    rows = presentation.rows(sheets_of(found).actions)
    if request.GET.get("format") != "xlsx":
        return send_csv(found.slug, csv_lines(presentation.HEADINGS, rows))
    feuille = Feuille("Fiches", presentation.HEADINGS, rows)
    return send_workbook(found.slug, lambda path: write_xlsx(path, [feuille]))


@requires(Right.MODERATE, Right.STEER)
@require_safe
def gerer_selections(request: HttpRequest) -> HttpResponse:
    """The selections one keeps, drafts included."""
    kept = Selection.objects.kept_by(current_access(request)).select_related("academie")
    return render(request, "catalogue/selections/gerer.html", {"selections": kept, "rubrique": "espace"})


@requires(Right.MODERATE, Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def nouvelle_selection(request: HttpRequest) -> HttpResponse:
    """Keep the filter of the address under a name."""
    access, criteres = current_access(request), read(request.GET).criteres
    form = NouvelleSelectionForm(
        request.POST or None, academies=_academies(access), national=access.has(Right.STEER)
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = create_selection(
                form.dite(),
                criteres,
                form.academie,
                frozen=form.cleaned_data["figee"] == "oui",
                access=access,
                at=timezone.now(),
            )
        except SelectionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, "La sélection est enregistrée, en brouillon : publiez-la quand elle est prête."
            )
            return redirect("catalogue:modifier_selection", kept.slug)
    found = moteur.search(criteres, size=1, facets=False)
    context = {
        "form": form,
        "phrase": recherche.phrase(criteres, found.total),
        "etiquettes": recherche.etiquettes(criteres, noms(criteres), recherche.recherche_path()),
        "rubrique": "espace",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "catalogue/selections/nouvelle.html", context, status=status)


@requires(Right.MODERATE, Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def modifier_selection(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a selection, put its sheets in order, publish it."""
    access = current_access(request)
    kept = get_object_or_404(Selection.objects.kept_by(access).select_related("academie"), slug=slug)
    if request.method != "POST":
        return _shown(request, kept)
    form = SelectionForm(request.POST)
    if not form.is_valid():
        return _shown(request, kept, form)
    mine = settled(form.dite(), dite_of(kept), preferred(request.POST, asdict(dite_of(kept))))
    try:
        changed = write_selection(
            kept, mine, version=form.cleaned_data["version"] or 0, access=access, at=timezone.now()
        )
    except StaleSelectionError:
        return _shown(request, kept, form, mine=mine)
    messages.success(request, "C’est enregistré." if changed else "Rien n’avait changé.")
    return redirect("catalogue:modifier_selection", slug)


@requires(Right.MODERATE, Right.STEER)
@require_POST
def geste_selection(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish it, take it back, delete it, add, move or leave out a sheet."""
    access = current_access(request)
    kept = get_object_or_404(Selection.objects.kept_by(access), slug=slug)
    form = GesteSelectionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ce bouton n’a pas été compris : la page est à jour, recommencez.")
        return redirect("catalogue:modifier_selection", slug)
    geste = GesteDeSelection(form.cleaned_data["geste"])
    fiche = form.cleaned_data["fiche"]
    ajout = AutreFicheForm(request.POST) if geste is GesteDeSelection.AJOUTER else None
    if ajout and ajout.is_valid():
        fiche = sheet_at(ajout.cleaned_data["adresse"])
    elif ajout:
        return _shown(request, kept, ajout=ajout)
    try:
        do_with_selection(
            kept,
            geste,
            fiche,
            version=form.cleaned_data["version"],
            access=access,
            at=timezone.now(),
        )
    except StaleSelectionError:
        messages.error(
            request, "Rien n’a été fait : la sélection a changé entre-temps. La voici comme elle est."
        )
        return redirect("catalogue:modifier_selection", slug)
    except SelectionError as error:
        if ajout:
            ajout.add_error("adresse", str(error))
            return _shown(request, kept, ajout=ajout)
        messages.error(request, str(error))
    else:
        messages.success(request, geste.label)
        if geste is GesteDeSelection.SUPPRIMER:
            return redirect("catalogue:gerer_selections")
    return redirect("catalogue:modifier_selection", slug)


def _shown(
    request: HttpRequest,
    kept: Selection,
    form: SelectionForm | None = None,
    mine: SelectionDite | None = None,
    ajout: AutreFicheForm | None = None,
) -> HttpResponse:
    """The page of who writes.

    ``mine``: what could not be kept, for somebody wrote meanwhile; ``ajout``: a sheet that was not found.
    """
    kept.refresh_from_db()
    site = asdict(dite_of(kept))
    found: list[Any] = []
    if form is None:
        form = SelectionForm(initial=site | {"version": kept.version, "lus": marks(site)})
    elif mine is not None:
        typed = asdict(mine)
        alone = untouched(form.cleaned_data["lus"], typed)
        changes = {name: (site[name], typed[name]) for name in site if site[name] != typed[name]}
        found = ecarts(changes, presentation.VOCABULAIRE, alone)
        again = request.POST.copy()
        again["version"] = str(kept.version)
        form = SelectionForm(again)
    fiches = sheets_of(kept)
    context = {
        "selection": kept,
        "form": form,
        "ajout": ajout or AutreFicheForm(),
        "conflit": mine is not None,
        "ecarts": found,
        "fiches": fiches,
        "recherche": recherche.recherche_address(criteres_of(kept)),
        "rubrique": "espace",
    }
    status = HTTPStatus.CONFLICT if mine is not None else HTTPStatus.OK
    if (form.is_bound or ajout) and mine is None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "catalogue/selections/modifier.html", context, status=status)


def _academies(access: Access) -> list[Academie]:
    """The académies in whose name one writes."""
    return list(
        Academie.objects.filter(access.q(Right.MODERATE, Lookups(academie="pk"))).order_by(
            alphabetical("name")
        )
    )

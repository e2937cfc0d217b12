"""The grid on paper and as a workbook, and the page an evaluation ends in. HTTP only."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accroche.campagne.models import Critere
from accroche.campagne.operations import check_writing
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.evaluation.evaluation_tableur import GrilleRemplie, NotAGridError, Origine, read
from accroche.evaluation.forms.evaluation import ReponseGrilleForm, RetourForm
from accroche.evaluation.operations.evaluation import ClosedEvaluationError
from accroche.evaluation.presentation import evaluation as shown
from accroche.evaluation.presentation.evaluation_fichiers import (
    Retour,
    axes_of_page,
    feuille,
    lisez_moi,
    retour,
    suites_of,
)
from accroche.evaluation.queries.evaluation import Consultee, savoir_of
from accroche.evaluation.queries.voisines import voisines
from accroche.evaluation.views.evaluation import read as consulted
from accroche.evaluation.views.evaluation import rights, save, say
from accroche.integrations.tableur import RefusedError, sheets_of, unpack
from accroche.integrations.tableur.ecriture import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _opened(request: HttpRequest, year: str, academie: str) -> Consultee:
    """An evaluation whose edition has a grid. Raises ``Http404``."""
    found = consulted(request, year, academie)
    if found.used is None:
        raise Http404
    return found


def _origine(found: Consultee) -> Origine:
    return Origine(found.semaine.edition.year, found.semaine.academie.slug)


@requires(Right.SEE_STEERING)
@require_safe
def classeur(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """The grid as a workbook to fill offline, with what is answered and known so far."""
    found = _opened(request, year, academie)
    savoir = savoir_of(found.semaine, current_access(request), timezone.localdate())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grille.xlsx"
        write_xlsx(path, [feuille(found, savoir, _origine(found))], lisez_moi(found.semaine))
        response = HttpResponse(path.read_bytes(), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="grille-{academie}-{year}.xlsx"'
    return response


@requires(Right.EDIT_SEMAINE)
@require_http_methods(["GET", "HEAD", "POST"])
def deposer(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """A workbook that comes back: what it changes is shown, then written."""
    found = _opened(request, year, academie)
    if found.semaine.edition.is_closed and request.method != "POST":
        return _deposit(request, found, RetourForm())  # links lead here for years: it says so
    check_writing(found.semaine, current_access(request))
    if request.method == "POST" and "appliquer" in request.POST:
        return _apply(request, found)
    form = RetourForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            lecture = _read(form.cleaned_data["fichier"], found)
        except (RefusedError, NotAGridError) as error:
            form.add_error("fichier", str(error))
        else:
            return _preview(request, found, retour(found, lecture))
    return _deposit(request, found, form)


def _deposit(request: HttpRequest, found: Consultee, form: RetourForm, **more: Any) -> HttpResponse:
    context = {"form": form} | rights(request, found) | more
    return render(request, "evaluation/deposer.html", context)


def _preview(
    request: HttpRequest, found: Consultee, told: Retour, *, status: int = 200, refus: str = ""
) -> HttpResponse:
    context = {"retour": told, "refus": refus, "ecarts": told.ecarts} | rights(request, found)
    return render(request, "evaluation/retour.html", context, status=status)


def _read(file: Any, found: Consultee) -> GrilleRemplie:
    """Read an uploaded grid. Raises :class:`RefusedError` and :class:`NotAGridError`."""
    levels = {critere.code: critere.levels for critere in found.criteres}
    held = {critere.code: found.dite(critere) for critere in found.criteres}
    with tempfile.TemporaryDirectory() as folder:
        path, spool = Path(folder) / "grille", Path(folder) / "lignes"
        with path.open("wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        unpack(path, spool)
        refused: NotAGridError | None = None
        for sheet, rows in sheets_of(spool):
            if not sheet.visible:
                continue
            try:
                return read(rows, levels, held, _origine(found))
            except NotAGridError as error:
                refused = refused or error
    raise refused or NotAGridError("Ce fichier n’a aucune feuille lisible.")


def _apply(request: HttpRequest, found: Consultee) -> HttpResponse:
    """Write what was shown, criterion by criterion; what somebody answered since is asked about again."""
    forms = _posted(request, found.criteres, found)
    if any(not form.is_valid() for form in forms):
        messages.error(request, "Ce que le fichier disait a été abîmé en chemin : déposez-le de nouveau.")
        return redirect(
            "evaluation:evaluation_deposer", found.semaine.edition.year, found.semaine.academie.slug
        )
    try:
        saved, late = save(request, found.semaine, forms)
    except ClosedEvaluationError as error:
        return _deposit(request, found, RetourForm(), refus=str(error))
    except LimitError as error:
        return too_many(_deposit(request, found, RetourForm(), refus=str(error)), error, timezone.now())
    if late:
        again = Retour(
            changed=[],
            ecarts=[shown.ecart(form, held) for form, held in late],
            fields=[(form.critere, form.dite.choice, form.dite.comment, held.version) for form, held in late],
        )
        return _preview(request, found, again, status=HTTPStatus.CONFLICT)
    say(request, saved)
    return redirect("evaluation:evaluation", found.semaine.edition.year, found.semaine.academie.slug)


def _posted(request: HttpRequest, criteres: Iterable[Critere], found: Consultee) -> list[ReponseGrilleForm]:
    there = [critere for critere in criteres if f"c{critere.pk}-version" in request.POST]
    return [ReponseGrilleForm(critere, found.reponses.get(critere.pk), request.POST) for critere in there]


@requires(Right.SEE_STEERING)
@require_safe
def imprimer(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """The grid on paper: empty to write on, or with its answers."""
    found = _opened(request, year, academie)
    filled = bool(request.GET.get("remplie")) and not found.hides
    context = {"objectifs": shown.objectifs(found), "remplie": filled}
    return render(request, "evaluation/imprimer.html", context | rights(request, found))


@requires(Right.SEE_STEERING)
@require_safe
def bilan(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """What comes of the answers: strengths, what to try, who does it well, and the axes proposed."""
    found = _opened(request, year, academie)
    if found.hides:
        return render(request, "evaluation/pas_encore.html", rights(request, found))
    told = suites_of(found)
    numbers = {critere.code: critere for critere in found.criteres}
    near = voisines(found.semaine, [numbers[step.critere.code] for step in told.steps])
    context = {
        "suites": told,
        "axes": axes_of_page(found.semaine, told),
        "axes_url": reverse("evaluation:choisir_axes", args=[year, academie]),
        "essais": [(step, near.get(numbers[step.critere.code].pk, ())) for step in told.steps],
    }
    return render(request, "evaluation/bilan.html", context | rights(request, found))

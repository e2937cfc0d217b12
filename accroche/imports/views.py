"""Importing an académie's census and exporting it: HTTP only."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.commun import jobs
from accroche.commun.classeur import XLSX, send_csv, send_workbook
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place, Right
from accroche.imports.forms import (
    ColonnesForm,
    DepotForm,
    ExportForm,
    PorteursForm,
    ReponsesForm,
    TableauxForm,
)
from accroche.imports.models import Depot
from accroche.imports.operations import depots
from accroche.imports.operations.recensement import OTHERS
from accroche.imports.presentation import steps_of
from accroche.imports.queries.export import (
    Contenance,
    TableauFiches,
    columns_for,
    csv_of,
    exported,
    workbook_of,
)
from accroche.imports.queries.modele import modele as empty_model
from accroche.imports.recensement.corrections import correction_sheets
from accroche.imports.recensement.tables import from_json
from accroche.integrations.tableur.ecriture import write_xlsx
from accroche.lib.texte import slug

SHOWN = 20
#: The cells where the file wins although the site changed too, in the form that confirms.
CHOICE = "choix:"
_NOT_TAKEN = "Certaines réponses sont à reprendre ci-dessous : rien n’est encore retenu."


def _depot(request: HttpRequest, pk: int) -> Depot:
    within = Depot.objects.within(current_access(request), Right.MODERATE)
    return get_object_or_404(within.select_related("academie", "edition", "job"), pk=pk)


@requires(Right.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def recensement(request: HttpRequest) -> HttpResponse:
    """Upload a file, export, and what was uploaded before."""
    access = current_access(request)
    form = DepotForm(request.POST or None, request.FILES or None, access=access)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["fichier"]
        try:
            depot = depots.receive(
                file.chunks(),
                name=file.name,
                size=file.size,
                academie=form.cleaned_data["academie"],
                edition=form.cleaned_data["edition"],
                access=access,
                at=timezone.now(),
            )
        except depots.NotTakenError as error:
            form.add_error("fichier", str(error))
        else:
            depots.launch(depot)
            return redirect("imports:depot", depot.pk)
    held = Depot.objects.within(access, Right.MODERATE).select_related("academie", "edition", "job", "owner")
    held = held.defer("tables", "report", "answers", "choices", "result")  # long, and not shown here
    context = {
        "form": form,
        "export": ExportForm(access=access, auto_id="export_%s"),
        "page": Paginator(held, SHOWN).get_page(request.GET.get("page")),
        "rubrique": "espace",
    }
    return render(request, "imports/recensement.html", context)


@requires(Right.MODERATE)
@require_safe
@never_cache
def depot(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a file stands: being read, to correct, to confirm, written."""
    found = _depot(request, pk)
    return _page(request, found)


def _page(request: HttpRequest, found: Depot, **filled: Any) -> HttpResponse:
    """The page of a file; ``filled``: the forms that could not be taken, as they were filled."""
    done, total = jobs.Handle(found.job.pk).progress() if found.job else (0, 0)
    context = {
        "depot": found,
        "form": ColonnesForm(found) if found.tables else None,
        "reponses": ReponsesForm(found),
        "porteurs": PorteursForm(found),
        "tableaux": TableauxForm(found),
        "done": done,
        "total": total,
        "rubrique": "espace",
        **steps_of(found, request.GET.get("conflits", "")),
        **filled,
    }
    return render(request, "imports/depot.html", context)


def _refused(request: HttpRequest, found: Depot, **filled: Any) -> HttpResponse:
    """The same page, which says that nothing of what was sent is kept yet."""
    messages.error(request, _NOT_TAKEN)
    return _page(request, found, **filled)


@requires(Right.MODERATE)
@require_safe
@never_cache
def avancement(request: HttpRequest, pk: int) -> JsonResponse:
    """How far the running work is, for the page that waits."""
    job = _depot(request, pk).job
    done, total = jobs.Handle(job.pk).progress() if job else (0, 0)
    return JsonResponse({"over": job is None or job.is_over, "done": done, "total": total})


@requires(Right.MODERATE)
@require_POST
def colonnes(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the columns hold."""
    found = _depot(request, pk)
    form = ColonnesForm(found, request.POST)
    if not form.is_valid():
        messages.error(request, "Choisissez pour chaque colonne ce qu’elle contient.")
        return redirect("imports:depot", pk)
    return _next(
        request, found, lambda access, at: depots.choose_columns(found, form.chosen(), access=access, at=at)
    )


@requires(Right.MODERATE)
@require_POST
@never_cache
def tableaux(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which tables of the file are read."""
    found = _depot(request, pk)
    form = TableauxForm(found, request.POST)
    if not form.is_valid():
        return _refused(request, found, tableaux=form)
    chosen = form.chosen()
    return _next(request, found, lambda access, at: depots.choose_tables(found, chosen, access=access, at=at))


@requires(Right.MODERATE)
@require_POST
@never_cache
def reponses(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer once for all the rows that do not say it."""
    found = _depot(request, pk)
    form = ReponsesForm(found, request.POST)
    if not form.is_valid():
        return _refused(request, found, reponses=form)
    told = form.told()
    return _next(request, found, lambda access, at: depots.answer(found, told, access=access, at=at))


@requires(Right.MODERATE)
@require_POST
@never_cache
def porteurs(request: HttpRequest, pk: int) -> HttpResponse:
    """Say once who carries the rows, and who the names are that nobody knows."""
    found = _depot(request, pk)
    form = PorteursForm(found, request.POST)
    if not form.is_valid():
        return _refused(request, found, porteurs=form)

    def ask(access: Access, at: dt.datetime) -> None:
        for name in depots.name_carriers(found, form.told(), form.given(), access=access, at=at):
            messages.warning(
                request, f"Quelqu’un vient de dire ce qu’est « {name} » : sa réponse est gardée."
            )

    return _next(request, found, ask)


@requires(Right.MODERATE)
@require_POST
def importer(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what was shown."""
    found = _depot(request, pk)
    choices = {
        name.removeprefix(CHOICE): value == "file"
        for name, value in request.POST.items()
        if name.startswith(CHOICE)
    }
    choices[OTHERS] = request.POST.get("autres") == "file"
    seen = request.POST.get("lecture", "")
    return _next(
        request, found, lambda access, at: depots.confirm(found, choices, seen=seen, access=access, at=at)
    )


def _next(request: HttpRequest, found: Depot, ask: Any) -> HttpResponse:
    try:
        ask(current_access(request), timezone.now())
    except depots.ClosedError as error:
        messages.error(request, str(error))
    else:
        depots.launch(found)
    return redirect("imports:depot", found.pk)


@requires(Right.MODERATE)
@require_POST
def abandonner(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop what runs and forget the file."""
    try:
        depots.give_up(_depot(request, pk), access=current_access(request), at=timezone.now())
    except depots.ClosedError as error:
        messages.error(request, str(error))
        return redirect("imports:depot", pk)
    messages.success(request, "L’import est abandonné : rien n’a été écrit.")
    return redirect("imports:recensement")


@requires(Right.MODERATE)
@require_safe
def a_corriger(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rows that could not be taken, with what to correct in each, as a file that imports again."""
    found = _depot(request, pk)
    if not found.refused.exists():
        messages.error(request, "Il n’y a plus de ligne à corriger pour ce fichier.")
        return redirect("imports:depot", pk)
    name = f"{slug(Path(found.name).stem) or 'recensement'}-a-corriger"
    sheets = correction_sheets(from_json(found.tables), found.answers, lambda: depots.refused_rows(found))
    return send_workbook(name, lambda path: write_xlsx(path, sheets))


@requires(Right.MODERATE)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The queue or the published sheets of a semaine, as a spreadsheet that may come back."""
    access = current_access(request)
    form = ExportForm(request.GET, access=access)
    if not form.is_valid():
        messages.error(request, "Choisissez l’académie, l’édition, le contenu et le format.")
        return redirect("imports:recensement")
    academie, edition = form.cleaned_data["academie"], form.cleaned_data["edition"]
    if not access.allows(Right.MODERATE, Place(academie=academie.pk)):
        raise PermissionDenied
    what = Contenance(form.cleaned_data["contenu"])
    title = f"{what.label}, académie : {academie}, édition {edition}"
    tableau = TableauFiches(exported(academie, edition, what, access), columns_for(academie, access), title)
    name = f"{academie.slug}-{edition.year}-{'relecture' if what is Contenance.FILE else 'publiees'}"
    return sent(name, tableau, as_csv=form.cleaned_data["format"] == "csv")


@requires(Right.MODERATE)
@require_safe
def modele(_request: HttpRequest) -> HttpResponse:
    """An empty table to fill, or to send to schools."""
    name = {"Content-Disposition": 'attachment; filename="modele-recensement.xlsx"'}
    return HttpResponse(empty_model(), content_type=XLSX, headers=name)


def sent(name: str, tableau: TableauFiches, *, as_csv: bool) -> HttpResponseBase:
    """A table as a file to keep, called ``name`` without its ending."""
    if as_csv:
        return send_csv(name, csv_of(tableau))
    return send_workbook(name, lambda path: workbook_of(path, tableau))

"""Two published editions side by side, for everybody: HTTP only."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.campagne.models import Edition
from accroche.catalogue.presentation import evolution as presentation
from accroche.cockpit.queries.comparaison import compare_publicly
from accroche.commun.classeur import send_csv, send_workbook
from accroche.commun.http import public_page
from accroche.comptes.decorators import public
from accroche.integrations.tableur.ecriture import Feuille, csv_lines, write_xlsx
from accroche.lib.dates import format_date


@public
@require_safe
@public_page
def evolution(request: HttpRequest, year: str, autre: str) -> HttpResponse:
    """What changed from the earlier of two editions to the later: the country, then each académie."""
    before, after = _both(year, autre)
    if after.year != year:
        return redirect("catalogue:evolution", after.year, before.year, permanent=True)
    found = compare_publicly(before, after)
    tables = presentation.tableaux(found)
    context: dict[str, Any] = {
        "avant": before,
        "apres": after,
        "comparaison": found.country,
        "tableaux": tables,
        "dessin": presentation.dessin(tables),
        "listes": presentation.listes(found),
        "autres": Edition.objects.published().exclude(pk__in=[before.pk, after.pk]),
        "ouverte": after.is_counted and not after.is_closed,
        "rubrique": "edition",
    }
    return render(request, "catalogue/evolution.html", context)


@public
@require_safe
def evolution_fichier(request: HttpRequest, year: str, autre: str) -> HttpResponseBase:
    """The same as a file for a spreadsheet: ``format=xlsx``, else CSV."""
    before, after = _both(year, autre)
    found = compare_publicly(before, after)
    name, titles = f"evolution-{before.year}-{after.year}", presentation.headings(found)
    if request.GET.get("format") != "xlsx":
        return send_csv(name, csv_lines(titles, presentation.rows(found)))
    sheet = Feuille("Évolution", titles, list(presentation.rows(found)))
    told = [
        [f"D’une édition à l’autre, de {before.year} à {after.year}"],
        ["L’évolution n’est dite que lorsqu’elle est sûre ; N.C. n’est jamais lu comme zéro."],
        [f"Exporté le {format_date(timezone.localdate())}."],
    ]
    return send_workbook(name, lambda path: write_xlsx(path, [sheet], told))


def _both(year: str, autre: str) -> tuple[Edition, Edition]:
    """The two editions, the earlier first; 404 for one that is not public, or twice the same."""
    found = list(Edition.objects.published().filter(year__in=[year, autre]).order_by("year"))
    if len(found) != 2:  # noqa: PLR2004 - two editions
        raise Http404("Two published editions are needed.")
    return found[0], found[1]

"""What a partner's organisation took part in, over the editions: a page to print, and its file. HTTP only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.cockpit.presentation.partenaire import HEADINGS, bilan, rows_of
from accroche.cockpit.queries.partenariats import organisations, public_actions, public_semaines
from accroche.commun.classeur import send_csv, send_workbook
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.integrations.tableur.ecriture import Feuille, csv_lines, write_xlsx


@requires(Right.SEE_PARTNER)
@require_safe
def partenaire(request: HttpRequest) -> HttpResponse:
    """The report of one's organisation: figures, académies, levels, themes, and each public sheet."""
    partners = organisations(current_access(request))
    found = bilan(partners, public_actions(partners), public_semaines(partners))
    context = {"bilan": found, "jour": timezone.localdate(), "rubrique": "espace"}
    return render(request, "cockpit/partenaire.html", context)


@requires(Right.SEE_PARTNER)
@require_safe
def fichier(request: HttpRequest) -> HttpResponseBase:
    """The same sheets as a file for a spreadsheet."""
    rows = rows_of(public_actions(organisations(current_access(request))))
    if request.GET.get("format") != "xlsx":
        return send_csv("nos-actions", csv_lines(HEADINGS, rows))
    feuille = Feuille("Actions", HEADINGS, rows, frozenset({0}))
    return send_workbook("nos-actions", lambda path: write_xlsx(path, [feuille]))

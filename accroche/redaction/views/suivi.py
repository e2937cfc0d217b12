"""How far each académie's sheet of the report has come, and reminding who lacks something. HTTP only."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accroche.campagne.models import Edition
from accroche.commun.classeur import send_csv
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.evaluation.forms.evaluation import MotForm
from accroche.integrations.tableur.ecriture import csv_lines
from accroche.lib.texte import nombre, pluriel
from accroche.redaction.echanges import CoteFiche
from accroche.redaction.forms.suivi import FiltreSuiviForm
from accroche.redaction.operations.relances import (
    TEXT,
    DestinataireFiche,
    destinataires,
    mail_of,
    remind,
    subject_of,
)
from accroche.redaction.presentation.suivi import HEADINGS, RangeeSuivi, comptes, kept, lines, rangees
from accroche.redaction.queries.suivi import fils, reminded, suivis

#: A number that is longer names no row; académies there are at most.
DIGITS, MOST = 18, 100


def _edition(request: HttpRequest, year: str) -> Edition:
    """The edition, for who steers the whole country; raises ``PermissionDenied`` and ``Http404``."""
    if not current_access(request).scope(Right.STEER).france:
        raise PermissionDenied
    return get_object_or_404(Edition, year=year)


def _rows(edition: Edition) -> list[RangeeSuivi]:
    at = timezone.now()
    found = suivis(edition, at)
    return rangees(
        found, fils(edition.semaines.all(), CoteFiche.BUREAU), reminded(edition), timezone.localdate(at)
    )


def _asked(request: HttpRequest) -> FiltreSuiviForm:
    """What the address asks for. Raises ``Http404`` for a word nobody knows."""
    form = FiltreSuiviForm(request.GET)
    if not form.is_valid():
        raise Http404
    return form


@requires(Right.STEER)
@require_safe
def avancement(request: HttpRequest, year: str) -> HttpResponse:
    """What each académie's sheet holds and lacks; every number leads to its rows."""
    edition, form = _edition(request, year), _asked(request)
    every = _rows(edition)
    shown = kept(every, form.cleaned_data)
    narrowed = {name: value for name, value in form.cleaned_data.items() if value}
    context = {
        "edition": edition,
        "form": form,
        "comptes": comptes([row.suivi for row in every]),
        "rangees": shown,
        "toutes": len(every),
        "absentes": [row for row in every if row.suivi.is_absent],
        "en_retard": sum(row.late for row in every),
        "a_lire": sum(row.fil.waits for row in every),
        "relance": not edition.is_closed,
        "filtre": urlencode(narrowed),
        "rubrique": "espace",
    }
    return render(request, "redaction/avancement.html", context)


@requires(Right.STEER)
@require_safe
def fichier(request: HttpRequest, year: str) -> HttpResponseBase:
    """The same rows as a file."""
    edition, form = _edition(request, year), _asked(request)
    shown = kept(_rows(edition), form.cleaned_data)
    return send_csv(f"avancement-{edition.year}", csv_lines(HEADINGS, lines(shown)))


@requires(Right.STEER)
@require_http_methods(["GET", "HEAD", "POST"])
def relancer(request: HttpRequest, year: str) -> HttpResponse:
    """Whom a reminder goes to, académie by académie, what it says, and sending it."""
    edition, at = _edition(request, year), timezone.now()
    found = destinataires(edition, at)
    # the address says who was ticked in the table; the form, who still is
    asked = request.POST if request.method == "POST" else request.GET
    wanted = {
        int(text) for text in asked.getlist("semaine")[:MOST] if text.isdecimal() and len(text) <= DIGITS
    }
    chosen = [one for one in found if not one.pourquoi and (one.semaine.pk in wanted or not wanted)]
    if request.method == "POST" and not wanted:
        chosen = []
    form = MotForm(request.POST or None, label="Votre message", initial={"texte": TEXT})
    text = TEXT
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["texte"]
        if "envoyer" in request.POST and chosen:
            told = remind(
                edition,
                {one.semaine.pk for one in chosen},
                text,
                access=current_access(request),
                at=at,
            )
            _say(request, told, len(chosen))
            return redirect(reverse("redaction:avancement", args=[year]))
    context = {
        "edition": edition,
        "form": form,
        "destinataires": [one for one in found if not one.pourquoi],
        "sans": [one for one in found if one.pourquoi],
        "choisies": {one.semaine.pk for one in chosen},
        "personne": request.method == "POST" and not chosen,
        "exemple": mail_of(chosen[0], text) if chosen else "",
        "premiere": chosen[0].suivi.academie if chosen else "",
        "objet": subject_of(edition),
        "rubrique": "espace",
    }
    return render(request, "redaction/relancer.html", context)


def _say(request: HttpRequest, told: list[DestinataireFiche], chosen: int) -> None:
    if sent := len(told):
        words = pluriel(sent, "académie est relancée", "académies sont relancées")
        messages.success(request, f"{nombre(sent)} {words}.")
    if left := chosen - sent:
        words = pluriel(left, "académie vient", "académies viennent")
        messages.info(
            request, f"Sans message : {nombre(left)} {words} de compléter sa fiche ou d’être relancée."
        )

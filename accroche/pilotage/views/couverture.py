"""Coverage of the directory: figures, list and file of the schools. HTTP only."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.annuaire.models import EtablissementQuerySet
from accroche.annuaire.regles import TypePorteur
from accroche.campagne.models import Edition
from accroche.commun.classeur import send_csv
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.integrations.tableur.ecriture import csv_lines
from accroche.pilotage.couverture import Etape, Tri, total
from accroche.pilotage.forms.couverture import FiltresForm, TerritoireForm
from accroche.pilotage.presentation.couverture import colonnes, levels, territories, with_choice
from accroche.pilotage.queries import couverture as queries

#: Schools on one page of the list.
SHOWN = 50
PLACE = ("edition", "academie", "departement", "bassin")


@dataclass(frozen=True)
class Consultation:
    """What the address of a page asks for: the edition, and the schools one may see of it."""

    cadre: queries.Cadre
    found: EtablissementQuerySet
    editions: list[Edition]

    @property
    def edition(self) -> Edition:
        """The edition that is counted."""
        return self.cadre.edition

    @property
    def is_open(self) -> bool:
        """Whether schools declare in it today."""
        return Edition.objects.declaring_on(timezone.localdate()).filter(pk=self.edition.pk).exists()


def asked(request: HttpRequest, right: Right = Right.SEE_COVERAGE) -> Consultation | None:
    """Read the edition from the address; None while there is none. Raises ``Http404`` for an unknown one."""
    today = timezone.localdate()
    editions = list(queries.editions())
    year = request.GET.get("edition", "")
    named = next((edition for edition in editions if edition.year == year), None)
    if year and named is None:
        raise Http404
    edition = named or queries.default_edition(today)
    if edition is None:
        return None
    cadre = queries.cadre_of(edition, today)
    return Consultation(cadre, queries.expected(cadre, current_access(request), right), editions)


def form_of(kind: type[TerritoireForm], request: HttpRequest, consultation: Consultation) -> TerritoireForm:
    """The form of the page, filled by its address."""
    data = request.GET.copy()
    data["edition"] = consultation.edition.year
    return kind(data, editions=consultation.editions, cadre=consultation.cadre, found=consultation.found)


def _empty(request: HttpRequest) -> HttpResponse:
    return render(request, "pilotage/couverture/vide.html", {"rubrique": "espace"})


@requires(Right.SEE_COVERAGE)
@require_safe
def couverture(request: HttpRequest) -> HttpResponse:
    """How many schools have declared, by territory and level."""
    consultation = asked(request)
    if consultation is None:
        return _empty(request)
    form = form_of(TerritoireForm, request, consultation)
    tri = Tri(request.GET["tri"]) if request.GET.get("tri") in set(Tri) else Tri.NAME
    reverse = request.GET.get("sens") == "inverse"
    rows, chosen = [], {"edition": consultation.edition.year}
    if form.is_valid():
        rows = queries.effectifs(
            queries.filtered(consultation.found, form.filtres, consultation.cadre, timezone.localdate())
        )
        chosen = {name: form.cleaned_data[name] for name in PLACE}
    context = {
        "form": form,
        "edition": consultation.edition,
        "jour": consultation.cadre.day,
        "avancement": total(rows),
        "territoires": territories(rows, consultation.cadre, chosen, tri, reverse=reverse),
        "niveaux": levels(rows, chosen, tri, reverse=reverse),
        "colonnes": colonnes(chosen, tri, reverse=reverse),
        "choix": with_choice(chosen),
        "choisi": any(chosen.get(name) for name in PLACE[1:]),
        "rubrique": "espace",
    }
    return render(request, "pilotage/couverture/couverture.html", context)


@requires(Right.SEE_COVERAGE)
@require_safe
def etablissements(request: HttpRequest) -> HttpResponse:
    """The schools one by one, by default those that have not declared."""
    consultation = asked(request)
    if consultation is None:
        return _empty(request)
    form = form_of(FiltresForm, request, consultation)
    found = consultation.found.none()
    if form.is_valid():
        found = queries.filtered(consultation.found, form.filtres, consultation.cadre, timezone.localdate())
    page = Paginator(found.select_related("bassin"), SHOWN).get_page(request.GET.get("page"))
    sent = queries.last_sent(consultation.edition, [school.pk for school in page])
    query = request.GET.copy()
    for name in ("page", *form.laisses):
        query.pop(name, None)
    access = current_access(request)
    context = {
        "form": form,
        "edition": consultation.edition,
        "page": page,
        "lignes": [
            (
                school,
                TypePorteur(school.kind).label,
                Etape(school.etape),  # type: ignore[attr-defined]
                sent.get(school.pk),
            )
            for school in page
        ],
        "filtres": query.urlencode(),
        "gardes": [(name, value) for name, values in query.lists() for value in values if value],
        "invite": access.has(Right.INVITE_SCHOOL) and consultation.is_open,
        "rubrique": "espace",
    }
    return render(request, "pilotage/couverture/etablissements.html", context)


@requires(Right.SEE_COVERAGE)
@require_safe
def fichier(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file for a spreadsheet."""
    consultation = asked(request)
    form = form_of(FiltresForm, request, consultation) if consultation else None
    if consultation is None or form is None or not form.is_valid() or form.laisses:
        raise Http404
    found = queries.filtered(consultation.found, form.filtres, consultation.cadre, timezone.localdate())
    rows = iter(queries.file_rows(found))
    return send_csv(f"etablissements-{consultation.edition.year}", csv_lines(next(rows), rows))

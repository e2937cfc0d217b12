"""The cockpit: the bureau's, an académie's, and the lists behind their numbers. HTTP only."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.campagne.models import Edition, Ressource
from accroche.cockpit.cockpit import EtatAcademie, Signe, having
from accroche.cockpit.forms.cockpit import LignesForm, MomentForm
from accroche.cockpit.lignes import ListeChiffre
from accroche.cockpit.presentation import cockpit as montre
from accroche.cockpit.presentation import moyens
from accroche.cockpit.presentation.dessins import carte
from accroche.cockpit.presentation.lignes import Quoi, liste_de
from accroche.cockpit.presentation.suites import suites
from accroche.cockpit.presentation.tableaux import LiensCockpit
from accroche.cockpit.queries.cockpit import Releve, default_edition, editions, etats, releve
from accroche.cockpit.queries.ecoles import annuaire, by_academie, effectifs
from accroche.cockpit.queries.partenariats import partenariats
from accroche.cockpit.queries.relance import are_reminded
from accroche.cockpit.queries.suivi import Engagements, suivi
from accroche.commun.classeur import send_csv, send_workbook
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.integrations.tableur.ecriture import Feuille, csv_lines, write_xlsx
from accroche.lib.dates import format_date
from accroche.lib.texte import slug
from accroche.pilotage.couverture import Effectif, total
from accroche.pilotage.queries.edition import ou_en_est

#: Rows on one page of a list.
SHOWN = 50


@dataclass(frozen=True)
class Consulte:
    """What the address of a page asks for: the edition, the day, and what one may read of it."""

    asked: Releve
    form: MomentForm
    access: Access

    @property
    def is_national(self) -> bool:
        """Whether one reads the steering of the whole country."""
        return self.access.scope(Right.SEE_STEERING).france


def demande(request: HttpRequest, year: str = "") -> Consulte | None:
    """Read the edition and the day; None while there is no edition. Raises ``Http404`` for an unknown one.

    A day that is none, or not past, is told by the form, and today is shown.
    """
    access, today = current_access(request), timezone.localdate()
    found = list(editions(access))
    year = year or request.GET.get("edition", "")
    named = next((one for one in found if one.year == year), None)
    if year and named is None:
        raise Http404
    edition = named or default_edition(found, today)
    if edition is None:
        return None
    data = {"edition": edition.year, "le": request.GET.get("le", "")}
    form = MomentForm(data, editions=found, today=today)
    day = form.cleaned_data.get("le") if form.is_valid() else None
    return Consulte(releve(edition, access, day), form, access)


@requires(Right.SEE_STEERING)
@require_safe
def cockpit(request: HttpRequest) -> HttpResponse:
    """The bureau's desk; who steers one académie is led to theirs."""
    asked = demande(request)
    if asked is None:
        return render(request, "cockpit/vide.html", {"rubrique": "espace"})
    if not asked.is_national:
        return _own(request, asked)
    found, now = asked.asked, timezone.now()
    schools = annuaire(found, timezone.localdate(), everywhere=True)
    counts = effectifs(schools) if schools else []
    rows = etats(found, now, by_academie(schools, counts) if schools else None)
    liens = LiensCockpit(found.edition.year, found.day)
    context = {
        **_common(asked, liens),
        "cles": montre.cles(rows, liens, total(counts) if schools else None),
        "carte": carte(rows),
        "academies": montre.academies(rows, liens),
        "sans_date": sum(row.fiches.undated for row in rows),
        "relances": _groups(rows) if _may_remind(asked) else [],
        "rubrique": "espace",
    }
    if schools:
        context |= _coverage(counts, liens)
    if found.day is None:
        context |= _undated(found, liens, suivi(found))
    return render(request, "cockpit/bureau.html", context)


def _own(request: HttpRequest, asked: Consulte) -> HttpResponse:
    """The desk of one's académie; several are offered."""
    edition, held = asked.asked.edition, asked.asked.semaines
    if len(held) == 1:
        return redirect("cockpit:cockpit_academie", edition.year, held[0].academie.slug)
    context = {"edition": edition, "semaines": held, "rubrique": "espace"}
    return render(request, "cockpit/choisir.html", context)


def _common(asked: Consulte, liens: LiensCockpit) -> dict[str, Any]:
    found = asked.asked
    return {
        "form": asked.form,
        "edition": found.edition,
        "jour": found.day,
        "adresse": urlencode({name: value for name, value in liens.base.items() if value}),
        "place": None if found.day else ou_en_est(found.edition, timezone.now()),
        "pilote": asked.access.has(Right.STEER),
        "signes": list(Signe),
    }


def _groups(rows: list[EtatAcademie]) -> list[tuple[Signe, str]]:
    """The groups one may remind, in words."""
    found = [(signe, len(having(rows, signe, present=False))) for signe in Signe]
    return [(signe, signe.lacking(count)) for signe, count in found if count]


def _may_remind(asked: Consulte) -> bool:
    """Whether académies may be reminded: by the bureau, today, while something can still be written."""
    found = asked.asked
    return found.day is None and are_reminded(found.edition) and asked.access.has(Right.STEER)


def _coverage(counts: list[Effectif], liens: LiensCockpit) -> dict[str, Any]:
    table, drawing = montre.niveaux(counts, liens)
    return {"niveaux": table, "niveaux_dessin": drawing, "retrait": montre.en_retrait(counts)}


def _undated(found: Releve, liens: LiensCockpit, steering: Engagements) -> dict[str, Any]:
    """What bears no date: partners, resources, strain."""
    partners, partners_drawing = moyens.partenaires(partenariats(found), liens)
    counts: dict[tuple[str, bool | None], tuple[int, set[int]]] = defaultdict(lambda: (0, set()))
    rows = Ressource.objects.filter(semaine__in=found.numbers).order_by()
    for kind, published, semaine in rows.values_list("kind", "published", "semaine"):
        count, where = counts[kind, published]
        counts[kind, published] = (count + 1, where | {semaine})
    resources, resources_drawing = moyens.ressources(counts, liens)
    strain, days = moyens.charge(found.semaines, liens)
    return {
        "partenaires": partners,
        "partenaires_dessin": partners_drawing,
        "ressources": resources,
        "ressources_dessin": resources_drawing,
        "liens_partenaires": liens.to(Quoi.PARTENAIRES),
        "charge": strain,
        "journees": days,
        "suivi": moyens.suivi(steering, liens),
    }


@requires(Right.SEE_STEERING)
@require_safe
def academie(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """The desk of one académie, for itself and for the bureau."""
    asked = demande(request, year)
    found = asked.asked.of(academie) if asked else None
    if asked is None or found is None or not found.semaines:
        raise Http404
    semaine, now, today = found.semaines[0], timezone.now(), timezone.localdate()
    schools = annuaire(found, today)
    counts = effectifs(schools, by_bassin=True) if schools else []
    [row] = etats(found, now, by_academie(schools, counts) if schools else None)
    liens = LiensCockpit(found.edition.year, found.day, academie)
    context = {
        **_common(asked, liens),
        "semaine": semaine,
        "ligne": row,
        "etapes": [(signe, row.signes[signe]) for signe in Signe],
        "fiches": montre.etats_fiches(row, liens),
        "national": asked.is_national,
        "rubrique": "espace",
    }
    if schools:
        context |= _coverage(counts, liens) | {"lieux": montre.lieux_de(schools, counts, liens)}
    if found.day is None:
        steering = suivi(found)
        todo = suites(row, found.edition, asked.access, today, grid=steering.is_grid_due)
        context |= _undated(found, liens, steering) | {"suites": todo}
    return render(request, "cockpit/academie.html", context)


# -- lists -----------------------------------------------------------------------------------------


def _liste(request: HttpRequest, quoi: str) -> tuple[Consulte, ListeChiffre]:
    """The list an address asks for. Raises ``Http404`` for a word nobody knows: it widens nothing."""
    asked, form = demande(request), LignesForm(request.GET)
    if asked is None or quoi not in set(Quoi) or not form.is_valid() or not asked.form.is_valid():
        raise Http404
    found, filtres = asked.asked, dict(form.cleaned_data)
    if slug_asked := filtres.pop("academie"):
        found = found.of(slug_asked)
        if not found.semaines:
            raise Http404
    elif asked.is_national:
        filtres["everywhere"] = True
    if found.day and not Quoi(quoi).dated:
        raise Http404
    return Consulte(found, asked.form, asked.access), liste_de(Quoi(quoi), found, filtres, timezone.now())


@requires(Right.SEE_STEERING)
@require_safe
def lignes(request: HttpRequest, quoi: str) -> HttpResponse:
    """The rows behind a number, one page after the other."""
    asked, found = _liste(request, quoi)
    page = Paginator(found.keys, SHOWN).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "liste": found,
        "quoi": quoi,
        "page": page,
        "lignes": [
            (one, list(zip(found.headings, one.cells, strict=True))) for one in found.read(list(page))
        ],
        "filtres": query.urlencode(),
        "edition": asked.asked.edition,
        "jour": asked.asked.day,
        "academie": asked.asked.semaines[0].academie if len(asked.asked.semaines) == 1 else None,
        "rubrique": "espace",
    }
    return render(request, "cockpit/lignes.html", context)


@requires(Right.SEE_STEERING)
@require_safe
def lignes_fichier(request: HttpRequest, quoi: str) -> HttpResponseBase:
    """The same rows, all of them, as a file for a spreadsheet."""
    asked, found = _liste(request, quoi)
    edition: Edition = asked.asked.edition
    name = f"{slug(found.title)[:60]}-{edition.year}"
    if request.GET.get("format") != "xlsx":
        return send_csv(name, csv_lines(found.headings, found.rows()))
    feuille = Feuille(Quoi(quoi).label, found.headings, found.rows(), found.wide)
    told = [[f"{found.title}, édition {edition.year}"], [_when(asked.asked.day)]]
    return send_workbook(name, lambda path: write_xlsx(path, [feuille], told))


def _when(day: dt.date | None) -> str:
    exported = f"Exporté le {format_date(timezone.localdate())}."
    return f"Tel qu’au {format_date(day)}. {exported}" if day else exported

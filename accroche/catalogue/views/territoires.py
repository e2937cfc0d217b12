"""Pages of schools, carriers, communes, départements and académies, over all editions: HTTP only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accroche.annuaire.models import Academie, Departement
from accroche.annuaire.queries import academie_of
from accroche.annuaire.queries.succession import successor_of
from accroche.annuaire.regles import TypePorteur
from accroche.annuaire.toponymes import departement_code
from accroche.catalogue.criteres import Criteres
from accroche.catalogue.presentation import territoires as presentation
from accroche.catalogue.presentation.liste import cartes_d_un_lieu
from accroche.catalogue.queries import territoires as queries
from accroche.catalogue.queries.annees import ActionsDeSemaines
from accroche.catalogue.queries.editions import declaring_edition, published_edition
from accroche.catalogue.queries.liste import ActionDeCarte
from accroche.catalogue.queries.positions import middle_of
from accroche.catalogue.queries.territoires import ActionsDuLieu
from accroche.commun.http import asked_page, public_page
from accroche.commun.pages import NUMBER, Accepts, keep_none
from accroche.comptes.decorators import public
from accroche.dossier.queries.comptage import published_in
from accroche.votes.queries import open_votes

#: Actions on one page, and carriers that the page of a commune names.
SHOWN = 24
CARRIERS_SHOWN = 200
#: What is read of a code in an address.
LONGEST = 60
#: What these pages read of their address.
ASKED: dict[str, Accepts] = {"edition": re.compile(r"[0-9]{4}-[0-9]{4}").fullmatch, "page": NUMBER}


@public
@require_safe
@public_page(query=ASKED)
def etablissement(request: HttpRequest, uai: str) -> HttpResponse:
    """A school: what it did, edition by edition, and what the directory says of it."""
    code, today = uai.upper(), timezone.localdate()
    school = queries.school_of(code, today) if len(code) <= LONGEST else None
    if school is None:
        return _unknown(request, "établissement", uai)
    row = school.etablissement
    commune = row.commune if row else school.porteur.commune if school.porteur else ""
    address = presentation.school_address(code)
    departements = row.departement if row else _departement(school.insee)
    academies = queries.academies_of(departements.code) if departements else []
    academie = (academie_of(row) if row else None) or (academies[-1] if academies else None)
    if academie is None and school.porteur:
        academie = school.porteur.academie
    closed = row is not None and row.has_closed(today)
    successor = successor_of(row) if row and closed else None
    more = {
        "ecole": school,
        "etablissement": row,
        "genre": TypePorteur(school.kind).label,
        "commune": commune,
        "situation": presentation.situation(academie, departements, (school.insee, commune)),
        "academie": academie,
        "anciennes": [one for one in academies if one != academie],
        "ferme": closed,
        "successeur": successor,
        "suites": queries.followers_of(row) if row and closed and not successor else [],
        "fil": presentation.breadcrumb(academie, departements, (school.insee, commune)),
        "nom": school.name,
    }
    ici = _Lieu(
        "catalogue/territoires/etablissement.html",
        address,
        ActionsDuLieu((school.porteur.pk,) if school.porteur else ()),
        "dans cet établissement",
        [academie] if academie else [],
        position=school.position or middle_of(insee__in=[school.insee]),
        criteres=Criteres(etablissement=code),
    )
    return _page(request, ici, more)


@public
@require_safe
@public_page(query=ASKED)
def porteur(request: HttpRequest, lieu: str) -> HttpResponse:
    """A carrier that is no school: a CIO, a DSDEN, an association, once one of its actions is published."""
    number = lieu.partition("-")[0]
    found = queries.carrier_of(int(number)) if number.isdecimal() and len(number) < 19 else None  # noqa: PLR2004
    if found is None:
        return _unknown(request, "porteur", lieu)
    address = presentation.carrier_address(found)
    departement = _departement(found.insee)
    more = {
        "porteur": found,
        "commune_adresse": presentation.commune_address(found.insee, found.commune),
        "academie": found.academie,
        "fil": presentation.breadcrumb(found.academie, departement, (found.insee, found.commune)),
        "nom": found.name,
    }
    ici = _Lieu(
        "catalogue/territoires/porteur.html",
        address,
        ActionsDuLieu((found.pk,)),
        "ici",
        [found.academie],
    )
    return _page(request, ici, more)


@public
@require_safe
@public_page(query=ASKED)
def commune(request: HttpRequest, lieu: str) -> HttpResponse:
    """A commune, by its INSEE code: what its schools and carriers did, edition by edition."""
    code = lieu.partition("-")[0].upper()
    found = queries.commune_of(code) if len(code) == 5 else None  # noqa: PLR2004 - an INSEE code
    if found is None:
        return _unknown(request, "commune", lieu)
    carriers = queries.carriers_of_communes(found.codes)
    academies = queries.academies_of(found.departement.code) if found.departement else []
    is_cut = len(found.codes) > 1
    held = queries.held_by(carriers)
    named, many = queries.by_carrier(held, 0 if is_cut else CARRIERS_SHOWN)
    more = {
        "commune": found,
        "departement": found.departement,
        "academie": academies[-1] if academies else None,
        "porteurs": presentation.carriers(named),
        "porteurs_en_tout": many,
        "arrondissements": _communes(queries.by_commune(held)) if is_cut else [],
        "homonymes": [
            (name, place, presentation.commune_address(insee, name))
            for insee, name, place in queries.homonyms_of(found)
        ],
        "fil": presentation.breadcrumb(academies[-1] if academies else None, found.departement, found.city),
        "nom": found.name,
    }
    ici = _Lieu(
        "catalogue/territoires/commune.html",
        presentation.commune_address(found.insee, found.name),
        ActionsDuLieu(tuple(carriers)),
        presentation.where_commune(found.name),
        academies[-1:],
        position=middle_of(insee__in=found.codes),
        counts=held.by_edition,
        # a search knows the parts of a city, not the whole
        criteres=None if is_cut else Criteres(commune=found.insee),
    )
    return _page(request, ici, more)


@public
@require_safe
@public_page(query=ASKED)
def departement(request: HttpRequest, lieu: str) -> HttpResponse:
    """A département: what was done there, edition by edition, and its communes."""
    found = queries.departement_of(lieu.partition("-")[0].upper()[:LONGEST])
    if found is None:
        return _unknown(request, "département", lieu)
    carriers = queries.carriers_of_departement(found)
    held = queries.held_by(carriers)
    academies = list(found.academies.all())
    more = {
        "departement": found,
        "academie": academies[-1] if academies else None,
        "anciennes": academies[:-1],
        "communes": _communes(queries.by_commune(held)),
        "fil": presentation.breadcrumb(academies[-1] if academies else None),
        "nom": found.name,
        "ou": presentation.where_departement(found),
    }
    ici = _Lieu(
        "catalogue/territoires/departement.html",
        presentation.departement_address(found),
        ActionsDuLieu(tuple(carriers)),
        presentation.where_departement(found),
        academies[-1:],
        position=middle_of(departement=found),
        counts=held.by_edition,
        criteres=Criteres(departements=(found.code,)),
    )
    return _page(request, ici, more)


@public
@require_safe
@public_page(query=ASKED)
def academie(request: HttpRequest, slug: str) -> HttpResponse:
    """An académie over all editions, with its départements, those it follows and those that follow it."""
    found = queries.academie_of_slug(slug)
    if found is None:
        return _unknown(request, "académie", slug)
    before, after = list(found.predecessors.all()), list(found.successors.all())
    now = timezone.now()
    semaines = queries.semaines_of([found, *before])
    own = [one for one in semaines if one.academie == found]
    published = published_in(own)
    today = timezone.localdate(now)
    opened = next((one.edition for one in own if one.edition.is_declaring_on(today)), None)
    more = {
        "academie": found,
        "avant": before,
        "apres": after,
        "departements": [(one, presentation.departement_address(one)) for one in found.departements.all()],
        "semaines": semaines,
        "votes": open_votes(now, academie=found),
        "ouverte": opened,
        "fil": presentation.breadcrumb(),
        "nom": found.name,
    }
    told = [one for one in own if published.get(one.pk)]
    ici = _Lieu(
        "catalogue/territoires/academie.html",
        presentation.academie_address(found),
        ActionsDeSemaines(tuple((one.edition.year, one.pk, published[one.pk]) for one in told)),
        presentation.in_academie(found),
        [found],
        criteres=Criteres(academies=(found.slug,)),
    )
    return _page(request, ici, more)


def _departement(insee: str) -> Departement | None:
    return queries.departement_of(departement_code(insee)) if insee else None


def _communes(rows: Sequence[queries.CompteDeCommune]) -> list[presentation.LienCompte]:
    return [
        presentation.LienCompte(row.name, "", presentation.commune_address(row.code, row.name), row.count)
        for row in rows
    ]


@dataclass(frozen=True)
class _Lieu:
    """What the page of a place is made from; ``where``: in a sentence; ``counts``: when known already."""

    template: str
    address: str
    actions: ActionsDuLieu | ActionsDeSemaines
    where: str
    academies: Sequence[Academie]
    position: tuple[float, float] | None = None
    criteres: Criteres | None = None
    counts: list[tuple[str, int]] | None = None


def _page(request: HttpRequest, lieu: _Lieu, more: dict[str, Any]) -> HttpResponse:
    """Draw the actions of a place; another writing of its address leads to the one that stays."""
    address, actions = lieu.address, lieu.actions
    if request.path != address:
        asked = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{asked}" if asked else address)
    today, year = timezone.localdate(), request.GET.get("edition", "")
    edition = published_edition(year) if year else None
    counts = actions.by_edition if lieu.counts is None else lieu.counts
    total = dict(counts)
    kept: Any = actions.of(edition.year) if edition else actions
    pages: Paginator[ActionDeCarte] = Paginator(kept, SHOWN)
    # counted already, edition by edition
    pages.count = total.get(edition.year, 0) if edition else sum(total.values())
    page = asked_page(request, pages)
    if year and not edition:
        keep_none(request)
    near = queries.nearest(lieu.position) if lieu.position and not counts else ()
    of_year, later = edition.year if edition else "", page.number > 1
    context = {
        "edition": edition,
        "edition_inconnue": year if year and not edition else "",
        "adresse": address,
        "ou": lieu.where,
        "compte": presentation.compte(counts, lieu.where),
        "comptes": counts,
        "page": page,
        "groupes": presentation.grouped(page.object_list, cartes_d_un_lieu(list(page.object_list)), total),
        "a_venir": actions.coming(today),
        "temps_forts": queries.coming_in(lieu.academies, today),
        "academies_du_lieu": lieu.academies,
        "proches": [
            (row.name, row.commune, presentation.carrier_address(row), distance) for row, distance in near
        ],
        "ailleurs": presentation.elsewhere(lieu.criteres, of_year) if pages.count else (),
        "canonique": f"{address}?page={page.number}" if later else address,
        "declarer": declaring_edition(today) is not None,
        "rubrique": "academies",
    }
    return render(request, lieu.template, context | more)


def _unknown(request: HttpRequest, quoi: str, code: str) -> HttpResponse:
    """There is no such place, or nothing public of it: where to look instead."""
    context = {"quoi": quoi, "code": code[:LONGEST], "rubrique": "academies"}
    return render(request, "catalogue/territoires/inconnu.html", context, status=HTTPStatus.NOT_FOUND)

"""The rows behind each number of the cockpit, by the very reads that counted it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPartenaire
from accroche.annuaire.models import Etablissement
from accroche.annuaire.regles import NIVEAU_DE, Niveau, TypePorteur
from accroche.campagne.models import Ressource, Semaine
from accroche.campagne.regles import Charge, TypePartenaire, TypeRessource
from accroche.cockpit.cockpit import EtatAcademie, Lacune, Signe, having
from accroche.cockpit.forms.cockpit import LEFT, NO, UNBEGUN, UNDATED, UNKNOWN, YES
from accroche.cockpit.lignes import LigneListe, ListeChiffre
from accroche.cockpit.partenariats import Partenariat, in_order, kept
from accroche.cockpit.queries.cockpit import Releve, etats
from accroche.cockpit.queries.ecoles import annuaire, ecoles
from accroche.cockpit.queries.partenariats import partenariats
from accroche.cockpit.queries.suivi import evaluations, helped, pairs, retained
from accroche.commun import lieux
from accroche.evaluation.models import Evaluation
from accroche.lib.libelles import Libelle
from accroche.lib.moments import day_here
from accroche.lib.tableur.cellules import Cell
from accroche.lib.texte import liste
from accroche.pilotage.couverture import Etape
from accroche.pilotage.forms.couverture import NO_BASSIN
from accroche.tutorat.models import Binome

#: What the filters of an address hold, once they are read.
Filtres = Mapping[str, Any]


class Quoi(Libelle):
    """What a list holds; ``dated``: whether a past day can ask for it."""

    ACADEMIES = "academies", "Académies"
    FICHES = "fiches", "Fiches"
    ETABLISSEMENTS = "etablissements", "Établissements"
    PARTENAIRES = "partenaires", "Partenaires"
    RESSOURCES = "ressources", "Ressources"
    CHARGE = "charge", "Charge de travail"
    AXES = "axes", "Axes de travail"
    BINOMES = "binomes", "Binômes"
    GRILLES = "grilles", "Grilles d’auto-évaluation"

    @property
    def dated(self) -> bool:
        """Whether its facts bear dates, so that a past day can be asked about."""
        return self in {Quoi.ACADEMIES, Quoi.FICHES, Quoi.ETABLISSEMENTS}


def liste_de(quoi: Quoi, asked: Releve, filtres: Filtres, at: dt.datetime) -> ListeChiffre:
    """The rows of ``quoi`` that the filters keep."""
    return _LISTES[quoi](asked, filtres, at)


def _academies(asked: Releve, filtres: Filtres, at: dt.datetime) -> ListeChiffre:
    rows = etats(asked, at)
    title = "Académies"
    if filtres.get("signe"):
        signe, present = Signe(filtres["signe"]), filtres.get("present") != NO
        rows = having(rows, signe, present=present)
        title = f"Académies qui {signe.done}" if present else f"Académies : {signe.lacking(len(rows))}"
    if filtres.get("manque"):
        manque = Lacune(filtres["manque"])
        rows = [row for row in rows if manque in row.manques]
        title = f"Académies à qui il manque {manque.label}"
    if filtres.get("type") or filtres.get("interne"):
        partners = kept(partenariats(asked), _type(filtres), internal=_yes(filtres.get("interne")))
        there = set().union(*(one.semaines for one in partners))
        rows = [row for row in rows if row.semaine in there]
        title = "Académies où ces partenaires prennent part"
    if filtres.get("aide"):
        asking = {one.pk for one in helped(asked)}
        rows = [row for row in rows if row.semaine in asking]
        title = "Académies qui demandent de l’aide"
    if filtres.get("ressource"):
        with_some = ressources(asked, filtres).order_by().values_list("semaine", flat=True)
        there = set(with_some)
        rows = [row for row in rows if row.semaine in there]
        title = "Académies qui ont produit ces ressources"

    def read(some: Sequence[EtatAcademie]) -> list[LigneListe]:
        return [
            LigneListe(
                (
                    row.name,
                    *(_sign(row, signe) for signe in Signe),
                    row.fiches.published,
                    liste(manque.label for manque in row.manques),
                ),
                reverse("cockpit:cockpit_academie", args=[asked.edition.year, row.slug]),
            )
            for row in some
        ]

    headings = ("Académie", *(signe.short for signe in Signe), "Fiches publiées", "Ce qui manque")
    return ListeChiffre(title, headings, rows, read, wide=frozenset({5}))


def _sign(row: EtatAcademie, signe: Signe) -> str | dt.date:
    constat = row.signes[signe]
    if constat.yes:
        return day_here(constat.since) if constat.since else "oui"
    return "sans date" if constat.undated else "non"


def _fiches(asked: Releve, filtres: Filtres, _at: dt.datetime) -> ListeChiffre:
    sheets = Action.objects.filter(semaine__in=asked.numbers)
    title, etat = "Fiches", filtres.get("etat") or ""
    stood: dict[int, str] = {}
    if asked.moment is None:
        if etat:
            sheets = sheets.filter(etat=etat)
    else:
        stood = {one.number: one.etat.label if one.etat else "sans date" for one in asked.dated}
        wanted = None if etat == UNDATED else etat
        kept_then = {one.number for one in asked.dated if one.etat == wanted} if etat else set(stood)
    if etat and etat != UNDATED:
        title = f"Fiches : {Etat(etat).label.lower()}"
    if partner := _partner(filtres):
        taking_part = ActionPartenaire.objects.filter(**partner)
        sheets = sheets.filter(pk__in=taking_part.order_by().values("action"))
        title += ", avec ces partenaires"
    numbers = list(sheets.order_by("semaine__academie__slug", "position", "pk").values_list("pk", flat=True))
    if asked.moment is not None:
        numbers = [number for number in numbers if number in kept_then]

    def read(some: Sequence[int]) -> list[LigneListe]:
        rows = Action.objects.select_related("semaine__academie").prefetch_related("porteurs").in_bulk(some)
        return [_fiche(rows[number], stood.get(number)) for number in some if number in rows]

    return ListeChiffre(title, ("Fiche", "Académie", "État", "Porteurs", "Envoyée le"), numbers, read)


def _type(filtres: Filtres) -> TypePartenaire | None:
    """The kind of partner that is asked; None for any."""
    kind = filtres.get("type") or ""
    return TypePartenaire("" if kind == UNKNOWN else kind) if kind else None


#: What a list says of a resource that is public, is not, or of which nobody said it.
PUBLISHED: Final = {True: "Publiée", False: "Non publiée", None: "Non précisé"}


def _yes(choice: str | None) -> bool | None:
    return {YES: True, NO: False}.get(choice or "")


def _partner(filtres: Filtres) -> dict[str, Any]:
    """The columns of a participation that the filters ask for."""
    asked: dict[str, Any] = {"partenaire": filtres["partenaire"]} if filtres.get("partenaire") else {}
    if (kind := _type(filtres)) is not None:
        asked["partenaire__kind"] = kind
    if (internal := _yes(filtres.get("interne"))) is not None:
        asked["partenaire__internal"] = internal
    return asked


def _fiche(sheet: Action, stood: str | None) -> LigneListe:
    return LigneListe(
        (
            sheet.title or "Fiche sans titre",
            sheet.semaine.academie.name,
            stood or sheet.situation.label,
            liste(str(porteur) for porteur in sheet.porteurs.all()),
            day_here(sheet.submitted_at) if sheet.submitted_at else None,
        ),
        lieux.address("fiche", sheet.pk),
    )


def _etablissements(asked: Releve, filtres: Filtres, at: dt.datetime) -> ListeChiffre:
    headings = ("Établissement", "Commune", "UAI", "Type", "Étape")
    found = annuaire(asked, day_here(at), everywhere=bool(filtres.get("everywhere")))
    if found is None:
        return ListeChiffre("Établissements", headings, [], lambda _some: [])
    kinds = frozenset(kind for kind, level in NIVEAU_DE.items() if level == filtres.get("niveau"))
    etapes = _etapes(filtres.get("etape") or "")
    steps = {one.number: one.etape for one in found.carriers}
    schools = ecoles(found, kinds, etapes)
    if filtres.get("departement"):
        schools = schools.filter(departement__code=filtres["departement"])
    if bassin := filtres.get("bassin"):
        schools = schools.filter(bassin=None if bassin == NO_BASSIN else int(bassin))
    numbers = list(schools.values_list("pk", flat=True))

    def read(some: Sequence[int]) -> list[LigneListe]:
        rows = Etablissement.objects.in_bulk(some)
        return [
            LigneListe(
                (
                    rows[number].name,
                    rows[number].commune,
                    rows[number].uai,
                    TypePorteur(rows[number].kind).label,
                    steps.get(number, Etape.NOTHING).label,
                ),
                lieux.address("etablissement", rows[number].uai),
            )
            for number in some
            if number in rows
        ]

    level = f" : {Niveau(filtres['niveau']).label.lower()}" if filtres.get("niveau") else ""
    return ListeChiffre(f"Établissements{level}", headings, numbers, read)


def _etapes(choice: str) -> frozenset[Etape]:
    if choice == LEFT:
        return frozenset(etape for etape in Etape if not etape.has_declared)
    return frozenset({Etape(choice)}) if choice else frozenset()


def _partenaires(asked: Releve, filtres: Filtres, _at: dt.datetime) -> ListeChiffre:
    asked_kind = _type(filtres)
    rows = in_order(kept(partenariats(asked), asked_kind, internal=_yes(filtres.get("interne"))))
    names = {one.pk: one.academie.name for one in asked.semaines}

    def read(some: Sequence[Partenariat]) -> list[LigneListe]:
        return [
            LigneListe(
                (
                    one.name,
                    one.kind.label if one.kind else "Non précisé",
                    "Interne" if one.internal else "Externe",
                    len(one.actions),
                    len(one.semaines),
                    liste(name for number, name in names.items() if number in one.semaines),
                ),
                _query("fiches", asked, partenaire=one.number, etat=Etat.PUBLISHED) if one.actions else "",
            )
            for one in some
        ]

    words = f" : {asked_kind.label.lower()}" if asked_kind else ""
    headings = ("Partenaire", "Type", "Interne ou externe", "Fiches publiées", "Académies", "Lesquelles")
    return ListeChiffre(f"Partenaires{words}", headings, rows, read, wide=frozenset({0, 5}))


def _ressources(asked: Releve, filtres: Filtres, _at: dt.datetime) -> ListeChiffre:
    kind = filtres.get("ressource") or ""
    found = ressources(asked, filtres)
    rows = list(found.select_related("semaine__academie").order_by("semaine__academie__slug", "position"))

    def read(some: Sequence[Ressource]) -> list[LigneListe]:
        return [
            LigneListe(
                (
                    one.title,
                    one.kind_words or "Non précisé",
                    one.semaine.academie.name,
                    PUBLISHED[one.published],
                    one.url,
                ),
                one.url,
            )
            for one in some
        ]

    words = f" : {TypeRessource(kind).label.lower()}" if kind in set(TypeRessource) else ""
    return ListeChiffre(
        f"Ressources{words}",
        ("Ressource", "Type", "Académie", "Statut", "Adresse"),
        rows,
        read,
        wide=frozenset({0, 4}),
    )


def _charge(asked: Releve, filtres: Filtres, _at: dt.datetime) -> ListeChiffre:
    rows = list(asked.semaines)
    if strain := filtres.get("charge") or "":
        rows = [one for one in rows if one.staff_strain == ("" if strain == UNKNOWN else strain)]
    if filtres.get("jours"):
        rows = [one for one in rows if (one.staff_days is not None) is _yes(filtres["jours"])]

    def read(some: Sequence[Semaine]) -> list[LigneListe]:
        return [
            LigneListe(
                (one.academie.name, Charge(one.staff_strain).label or "Non dit", one.staff_days),
                reverse("cockpit:cockpit_academie", args=[asked.edition.year, one.academie.slug]),
            )
            for one in some
        ]

    days = sum(one.staff_days or 0 for one in rows)
    return ListeChiffre(
        "Charge de travail", ("Académie", "Charge", "Journées de travail"), rows, read, total=days
    )


def _axes(asked: Releve, _filtres: Filtres, _at: dt.datetime) -> ListeChiffre:
    kept_by: dict[int, list[str]] = {}
    for semaine, label in retained(asked).order_by("position").values_list("semaine", "axe__label"):
        kept_by.setdefault(semaine, []).append(label)
    rows = [one for one in asked.semaines if one.pk in kept_by]

    def read(some: Sequence[Semaine]) -> list[LigneListe]:
        return [
            LigneListe(
                (one.academie.name, len(kept_by[one.pk]), " ; ".join(kept_by[one.pk])),
                reverse("evaluation:choisir_axes", args=[asked.edition.year, one.academie.slug]),
            )
            for one in some
        ]

    return ListeChiffre("Axes choisis", ("Académie", "Axes", "Lesquels"), rows, read, wide=frozenset({2}))


def _grilles(asked: Releve, filtres: Filtres, _at: dt.datetime) -> ListeChiffre:
    known = {one.semaine_id: one for one in evaluations(asked)}
    rows = list(asked.semaines)
    if etat := filtres.get("grille"):
        begun = {pk for pk, one in known.items() if one.state == etat}
        rows = [one for one in rows if (one.pk not in known if etat == UNBEGUN else one.pk in begun)]

    def read(some: Sequence[Semaine]) -> list[LigneListe]:
        return [
            LigneListe(
                (one.academie.name, *_grille(known.get(one.pk))),
                reverse("evaluation:evaluation", args=[asked.edition.year, one.academie.slug]),
            )
            for one in some
        ]

    headings = ("Académie", "Où en est sa grille", "Commencée le", "Signée le", "Lue le")
    return ListeChiffre("Grilles d’auto-évaluation", headings, rows, read)


def _grille(one: Evaluation | None) -> tuple[Cell, ...]:
    if one is None:
        return ("Pas commencée", None, None, None)
    return (
        one.etat.label,
        *(day_here(at) if at else None for at in (one.begun_at, one.signed_at, one.read_at)),
    )


def _binomes(asked: Releve, filtres: Filtres, _at: dt.datetime) -> ListeChiffre:
    found = pairs(asked).select_related("mentor", "mentee").order_by("mentee__slug", "pk")
    if filtres.get("binome"):
        found = found.filter(state=filtres["binome"])
    rows = list(found)

    def read(some: Sequence[Binome]) -> list[LigneListe]:
        return [
            LigneListe(
                (one.mentee.name, one.mentor_name, one.etat.label, day_here(one.proposed_at)),
                reverse("tutorat:binome", args=[one.pk]),
            )
            for one in some
        ]

    headings = ("Académie accompagnée", "Accompagnée par", "Où en est le binôme", "Proposé le")
    return ListeChiffre("Binômes d’accompagnement", headings, rows, read)


def ressources(asked: Releve, filtres: Filtres) -> QuerySet[Ressource]:
    """The resources of the semaines that are asked, as the filters keep them."""
    found = Ressource.objects.filter(semaine__in=asked.numbers)
    if kind := filtres.get("ressource"):
        found = found.filter(kind="" if kind == UNKNOWN else kind)
    if published := filtres.get("publiee"):
        found = found.filter(published=_yes(published))
    return found


def _query(quoi: str, asked: Releve, **filtres: object) -> str:
    words = "&".join(f"{name}={value}" for name, value in filtres.items())
    return f"{reverse('cockpit:lignes', args=[quoi])}?edition={asked.edition.year}&{words}"


_LISTES: Final[Mapping[Quoi, Callable[[Releve, Filtres, dt.datetime], ListeChiffre]]] = {
    Quoi.ACADEMIES: _academies,
    Quoi.FICHES: _fiches,
    Quoi.ETABLISSEMENTS: _etablissements,
    Quoi.PARTENAIRES: _partenaires,
    Quoi.RESSOURCES: _ressources,
    Quoi.CHARGE: _charge,
    Quoi.AXES: _axes,
    Quoi.BINOMES: _binomes,
    Quoi.GRILLES: _grilles,
}

"""What the cockpit shows of académies and schools: key figures, tables and drawings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.annuaire.models import Bassin
from accroche.annuaire.regles import Niveau
from accroche.cockpit.cockpit import SHOWN, EtatAcademie, Presence, Signe, fiches_total, having
from accroche.cockpit.presentation.dessins import Donnee, Graphique, graphique
from accroche.cockpit.presentation.lignes import Quoi
from accroche.cockpit.presentation.tableaux import (
    ChiffreCle,
    Compte,
    LiensCockpit,
    RangeeTableau,
    TableauChiffres,
)
from accroche.cockpit.queries.ecoles import Annuaire
from accroche.lib.dates import format_figures
from accroche.lib.moments import day_here
from accroche.lib.texte import NBSP, liste, nombre
from accroche.pilotage.couverture import Avancement, Effectif, Etape, group, total
from accroche.pilotage.forms.couverture import ALL, NO_BASSIN

# -- who stands where ------------------------------------------------------------------------------


def cles(rows: Sequence[EtatAcademie], liens: LiensCockpit, schools: Avancement | None) -> list[ChiffreCle]:
    """The first figures of the page."""
    found = []
    for signe in Signe:
        there = len(having(rows, signe, present=True))
        href = liens.to(Quoi.ACADEMIES, signe=signe, present="oui")
        found.append(ChiffreCle(f"académies {signe.done}", Compte(there, href), len(rows)))
    sheets = fiches_total(rows)
    for etat, words in ((Etat.PUBLISHED, "fiches publiées"), (Etat.SUBMITTED, "fiches à relire")):
        found.append(ChiffreCle(words, Compte(sheets.of(etat), liens.to(Quoi.FICHES, etat=etat))))
    if schools is not None:
        left = Compte(schools.missing, liens.schools(""))
        found.append(ChiffreCle("établissements n’ont pas déclaré", left, schools.schools))
    return found


def academies(rows: Sequence[EtatAcademie], liens: LiensCockpit) -> TableauChiffres:
    """Where each académie stands, in alphabetical order: no row is before another for what it did."""
    counted = any(row.avancement is not None for row in rows)
    headings = (
        "Académie",
        *(signe.short for signe in Signe),
        *(_HEADINGS[etat] for etat in SHOWN),
        *(("Ont déclaré",) if counted else ()),
        MISSING,
    )
    lines = tuple(_academie(row, liens.of(row.slug), counted=counted) for row in rows)
    sheets = fiches_total(rows)
    foot = RangeeTableau(
        "Ensemble",
        "",
        (
            *(
                Compte(
                    len(having(rows, signe, present=True)),
                    liens.to(Quoi.ACADEMIES, signe=signe, present="oui"),
                    "académies",
                )
                for signe in Signe
            ),
            *(Compte(sheets.of(etat), liens.to(Quoi.FICHES, etat=etat), "fiches") for etat in SHOWN),
            *(
                (_rate(sum((row.avancement or Avancement() for row in rows), Avancement())),)
                if counted
                else ()
            ),
            "",
        ),
    )
    return TableauChiffres("academies", "Académie par académie", headings, lines, foot, prose=MISSING)


MISSING = "Ce qui manque"
_HEADINGS = {
    Etat.DRAFT: "Brouillons",
    Etat.SUBMITTED: "À relire",
    Etat.TO_COMPLETE: "À compléter",
    Etat.PUBLISHED: "Publiées",
}


def _academie(row: EtatAcademie, liens: LiensCockpit, *, counted: bool) -> RangeeTableau:
    missing = "données non disponibles" if row.unavailable else liste(one.label for one in row.manques)
    return RangeeTableau(
        row.name,
        _of_academie(liens, row.slug),
        (
            *(_sign(row.signes[signe]) for signe in Signe),
            *(
                Compte(row.fiches.of(etat), liens.to(Quoi.FICHES, etat=etat), "fiches", row.name)
                for etat in SHOWN
            ),
            *((_rate(row.avancement or Avancement()),) if counted else ()),
            missing or "rien",
        ),
    )


def _of_academie(liens: LiensCockpit, slug: str) -> str:
    page = reverse("cockpit:cockpit_academie", args=[liens.edition, slug])
    return f"{page}?le={liens.day.isoformat()}" if liens.day else page


def _sign(constat: Presence) -> str:
    if constat.yes:
        return f"oui, {_short(constat.since)}" if constat.since else "oui"
    return "sans date" if constat.undated else "non"


def _short(at: dt.datetime) -> str:
    return format_figures(day_here(at))


def _rate(avancement: Avancement) -> str:
    return "–" if avancement.rate is None else f"{avancement.rate}{NBSP}%"


def etats_fiches(row: EtatAcademie, liens: LiensCockpit) -> TableauChiffres:
    """The sheets of an académie by state, all of them."""
    lines = tuple(
        RangeeTableau(
            etat.label, "", (Compte(row.fiches.of(etat), liens.to(Quoi.FICHES, etat=etat), etat.label),)
        )
        for etat in Etat
    )
    if row.fiches.undated:
        href = liens.to(Quoi.FICHES, etat="sans-date")
        lines = (*lines, RangeeTableau("Sans date", "", (Compte(row.fiches.undated, href),)))
    return TableauChiffres("fiches", "Les fiches", ("État", "Fiches"), lines)


# -- coverage --------------------------------------------------------------------------------------

_STEPS = (
    (Etape.PUBLISHED, "a-part--publiee", "Fiche publiée"),
    (Etape.SENT, "a-part--envoyee", "En relecture"),
    (Etape.DRAFT, "a-part--brouillon", "Brouillon"),
)


def niveaux(rows: Iterable[Effectif], liens: LiensCockpit) -> tuple[TableauChiffres, Graphique | None]:
    """The schools by level, from the youngest pupils up, and their drawing."""
    found = group((row.level, row) for row in rows)
    by_level = [(level, found.get(level, Avancement())) for level in Niveau]
    lines = tuple(
        RangeeTableau(level.label, "", _schools(avancement, liens, niveau=level))
        for level, avancement in by_level
    )
    foot = RangeeTableau("Ensemble", "", _schools(total(rows), liens))
    drawing = graphique(
        "niveaux",
        "Établissements de chaque niveau, par avancement",
        [
            Donnee(
                level.label,
                f"{nombre(one.declared)} sur {nombre(one.schools)} ({_rate(one)})",
                (one.published, one.sent, one.draft),
                one.schools or 1,
            )
            for level, one in by_level
        ],
        [(name, words) for _, name, words in _STEPS],
    )
    return TableauChiffres("niveaux", "Niveau par niveau", ("Niveau", *_SCHOOLS), lines, foot), drawing


_SCHOOLS = ("Établissements", "Fiche publiée", "En relecture", "Restent", "Ont déclaré")


def _schools(one: Avancement, liens: LiensCockpit, **place: object) -> tuple[Compte | str, ...]:
    return (
        Compte(one.schools, liens.schools(ALL, **place), "établissements"),
        Compte(one.published, liens.schools(Etape.PUBLISHED, **place), "établissements"),
        Compte(one.sent, liens.schools(Etape.SENT, **place), "établissements"),
        Compte(one.missing, liens.schools("", **place), "établissements"),
        _rate(one),
    )


def en_retrait(rows: Iterable[Effectif]) -> str:
    """Which levels are covered less than the whole, in one sentence; empty when none is."""
    everything = list(rows)
    mean = total(everything)
    found = group((row.level, row) for row in everything)
    behind = [
        f"{level.label.lower()} ({_rate(one)})"
        for level in Niveau
        if (one := found.get(level, Avancement())).schools
        and one.declared * mean.schools < mean.declared * one.schools
    ]
    if not behind:
        return ""
    return f"En dessous de l’ensemble ({_rate(mean)}){NBSP}: {liste(behind)}."


def lieux_de(of: Annuaire, rows: Sequence[Effectif], liens: LiensCockpit) -> list[TableauChiffres]:
    """The schools of an académie by département, then by bassin."""
    tables = []
    places = group((row.departement, row) for row in rows)
    if len(places) > 1:
        named = sorted((of.cadre.departements[number] for number in places), key=lambda one: one.code)
        lines = tuple(
            RangeeTableau(str(one), "", _schools(places[one.pk], liens, departement=one.code))
            for one in named
        )
        tables.append(TableauChiffres("departements", "Par département", ("Département", *_SCHOOLS), lines))
    bassins = group((row.bassin, row) for row in rows)
    if any(bassins):
        held = Bassin.objects.filter(pk__in=[number for number in bassins if number])
        known = [(str(one.pk), one.name, bassins[one.pk]) for one in held]
        if None in bassins:
            known.append((NO_BASSIN, "Sans bassin", bassins[None]))
        lines = tuple(RangeeTableau(name, "", _schools(one, liens, bassin=code)) for code, name, one in known)
        tables.append(TableauChiffres("bassins", "Par bassin", ("Bassin", *_SCHOOLS), lines))
    return tables

"""How far an académie's sheet of the report has come, step by step: done, missing, or nothing to ask. Pure.

A step states what is there; it says nothing of how well it is done. An académie whose data are not available
is asked for nothing, and counted as neither.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.phrases import absence_told
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.comptage import are_counted
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.chiffres import Chiffre, Kind, format_chiffres
from accroche.lib.libelles import Libelle
from accroche.lib.texte import NBSP, liste, nombre, pluriel
from accroche.redaction.preuves.matiere import count, external


class Attendu(Libelle):
    """What is expected of a sheet, in the order of the table."""

    COMPTE = "compte", "Compte rendu"
    CHIFFRES = "chiffres", "Chiffres"
    EXEMPLES = "exemples", "Exemples"
    PARTENAIRES = "partenaires", "Partenaires"
    NIVEAUX = "niveaux", "Niveaux"
    AXES = "axes", "Axes"
    GRILLE = "grille", "Grille"

    @property
    def manque(self) -> str:
        """What is lacking, as a list of a mail goes on."""
        return _MANQUES[self]


_MANQUES: Final = {
    Attendu.COMPTE: "le compte rendu de la semaine",
    Attendu.CHIFFRES: "les nombres d’actions et d’établissements",
    Attendu.EXEMPLES: "le choix d’au moins une action en exemple",
    Attendu.PARTENAIRES: "les partenaires",
    Attendu.NIVEAUX: "les niveaux",
    Attendu.AXES: "les axes de travail",
    Attendu.GRILLE: "la grille d’auto-évaluation, à signer",
}


class Etat(StrEnum):
    """Where a step stands."""

    FAIT = "fait"
    MANQUE = "manque"
    #: nothing is asked: no grid is used, or there are no data
    SANS_OBJET = "sans_objet"


@dataclass(frozen=True, slots=True)
class CaseSuivi:
    """One step of one académie: where it stands, and what is there in a few words."""

    etat: Etat
    dit: str

    @property
    def is_done(self) -> bool:
        """Whether it is there."""
        return self.etat is Etat.FAIT

    @property
    def is_missing(self) -> bool:
        """Whether it is asked for, and is not there."""
        return self.etat is Etat.MANQUE


@dataclass(frozen=True, slots=True)
class GrilleRendue:
    """How far the answers to the grid have come; ``signed`` once its académie signed it."""

    signed: bool
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Suivi:
    """One académie's sheet: its steps, and what is signed where there are no data.

    ``due``: the last day of some steps, when the bureau set one.
    """

    semaine: int
    academie: str
    slug: str
    statut: StatutSemaine
    cases: Mapping[Attendu, CaseSuivi]
    absence: str = ""
    due: Mapping[Attendu, dt.date] = field(default_factory=dict)

    @property
    def manques(self) -> tuple[Attendu, ...]:
        """The steps that are missing, in their order."""
        return tuple(attendu for attendu, case in self.cases.items() if case.etat is Etat.MANQUE)

    @property
    def is_absent(self) -> bool:
        """Whether its data are not available."""
        return self.statut is StatutSemaine.UNAVAILABLE

    def is_late(self, today: dt.date) -> bool:
        """Whether the last day of a missing step is over."""
        return any(self.due[attendu] < today for attendu in self.manques if attendu in self.due)


def suivi_of(
    semaine: SemaineDossier,
    *,
    number: int,
    slug: str,
    exemples: int,
    fiches: int,
    grille: GrilleRendue | None,
    due: Mapping[Attendu, dt.date],
) -> Suivi:
    """Say how far a sheet has come. ``exemples`` and ``fiches``: its examples, and its published sheets."""
    if semaine.status is StatutSemaine.UNAVAILABLE:
        told = absence_told(semaine.absence_by, semaine.absence_on, semaine.absence_word)
        absent = CaseSuivi(Etat.SANS_OBJET, "données non disponibles")
        return Suivi(
            number, semaine.academie, slug, semaine.status, dict.fromkeys(Attendu, absent), told, due
        )
    cases = {
        Attendu.COMPTE: _compte(semaine),
        Attendu.CHIFFRES: _chiffres(semaine),
        Attendu.EXEMPLES: _exemples(exemples, fiches),
        Attendu.PARTENAIRES: _partenaires(semaine),
        Attendu.NIVEAUX: _done(liste(one.label.lower() for one in Niveau if one in semaine.levels)),
        Attendu.AXES: _done(count(len(semaine.axes), "axe", "axes") if semaine.axes else ""),
        Attendu.GRILLE: _grille(grille),
    }
    return Suivi(number, semaine.academie, slug, semaine.status, cases, "", due)


def _done(told: str) -> CaseSuivi:
    return CaseSuivi(Etat.FAIT, told) if told else CaseSuivi(Etat.MANQUE, "rien")


def _compte(semaine: SemaineDossier) -> CaseSuivi:
    if semaine.status is StatutSemaine.REPORTED:
        if semaine.narrative:
            return CaseSuivi(Etat.FAIT, "rendu, avec son récit")
        return CaseSuivi(Etat.MANQUE, "rendu, sans récit")
    return CaseSuivi(Etat.MANQUE, "récit écrit, pas encore rendu" if semaine.narrative else "rien")


def _chiffres(semaine: SemaineDossier) -> CaseSuivi:
    answers = (("actions", semaine.actions_figures), ("établissements", semaine.etablissements_figures))
    given = [f"{noun} : {format_chiffres(figures)}" for noun, figures in answers if _is_given(figures)]
    if len(given) == len(answers):
        return CaseSuivi(Etat.FAIT, f"{NBSP}; ".join(given))
    return CaseSuivi(Etat.MANQUE, given[0] if given else "rien")


def _is_given(figures: tuple[Chiffre, ...]) -> bool:
    """Whether a question is answered: « N.C. » and « tous » are answers, a count of nothing yet is none."""
    if are_counted(figures):
        return any(figure.value is not None for figure in figures)
    return any(figure.kind is not Kind.UNAVAILABLE for figure in figures)


def _exemples(exemples: int, fiches: int) -> CaseSuivi:
    if exemples:
        return CaseSuivi(Etat.FAIT, count(exemples, "exemple", "exemples"))
    if not fiches:
        return CaseSuivi(Etat.MANQUE, "aucune fiche publiée")
    published = pluriel(fiches, "fiche publiée", "fiches publiées")
    return CaseSuivi(Etat.MANQUE, f"aucun, sur {nombre(fiches)}{NBSP}{published}")


def _partenaires(semaine: SemaineDossier) -> CaseSuivi:
    if not semaine.partners:
        return CaseSuivi(Etat.MANQUE, "rien")
    outside = len(external(semaine.partners))
    words = count(len(semaine.partners), "partenaire", "partenaires")
    return CaseSuivi(Etat.FAIT, f"{words}, dont {nombre(outside)} hors Éducation nationale")


def _grille(grille: GrilleRendue | None) -> CaseSuivi:
    if grille is None:
        return CaseSuivi(Etat.SANS_OBJET, "pas de grille")
    if grille.signed:
        return CaseSuivi(Etat.FAIT, "signée")
    return CaseSuivi(
        Etat.MANQUE,
        f"{count(grille.answered, 'critère', 'critères')} sur {nombre(grille.asked)}, pas signée",
    )


def done(rows: Iterable[Suivi], attendu: Attendu) -> int:
    """How many have done a step."""
    return sum(row.cases[attendu].etat is Etat.FAIT for row in rows)


def asked(rows: Iterable[Suivi], attendu: Attendu) -> int:
    """Of how many it is asked."""
    return sum(row.cases[attendu].etat is not Etat.SANS_OBJET for row in rows)

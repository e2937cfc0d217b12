"""Cuts a report into its introduction, one section per académie, and its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from accroche.imports.rapport.lignes import Ligne, sans_accents
from accroche.imports.rapport.problemes import LectureError, Releve

#: There have never been half as many académies: beyond, the text is no synthesis.
MAX_SECTIONS: Final = 100
_MAX_TITRE: Final = 60
_MAX_DATE: Final = 60
_MAX_DATE_SEULE: Final = 40
_MAX_LIGNES_DATES: Final = 10
_TITRE = re.compile(
    r"(?:Acad[ée]mie|ACAD[ÉE]MIE) (?:de |d['’] ?|du |DE |D['’] ?|DU )(?P<nom>[^\W\d_][^\W\d_’' –-]*.*)"
)
_NOM = re.compile(r"[^\W\d_]+(?:[ ’'-][^\W\d_]+){0,4}")
_TIRET = re.compile(r" ?[–-] ?")
_PARTICULES: Final = frozenset(["de", "la", "le", "et", "du", "des"])
_OUVERTURES_DATE: Final = (
    "du ",
    "le ",
    "les ",
    "de ",
    "toute l'annee",
    "annee scolaire",
    "semaine du ",
    "lundi ",
    "mardi ",
    "mercredi ",
    "jeudi ",
    "vendredi ",
    "samedi ",
    "dimanche ",
)
_ANNEE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


@dataclass(slots=True)
class Section:
    """An académie's lines, its date lines apart; ``numero`` is the line of its heading."""

    nom: str
    numero: int
    dates: list[Ligne] = field(default_factory=list)
    lignes: list[Ligne] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """The three parts of a report."""

    introduction: list[Ligne] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    fin: list[Ligne] = field(default_factory=list)


def nom_academie(texte: str) -> str | None:
    """Give the normalised name in « Académie de La Réunion », None when the line is not that.

    « de la Réunion » and « D’ORLÉANS – TOURS » give « La Réunion » and « Orléans-Tours ».
    """
    if len(texte) > _MAX_TITRE:
        return None
    titre = _TITRE.fullmatch(texte)
    if titre is None:
        return None
    nom = _TIRET.sub("-", titre.group("nom"))
    if not _NOM.fullmatch(nom):
        return None
    for article in ("la ", "l’", "l'"):
        nom = nom.removeprefix(article)
    if sans_accents(nom) in {"reunion", "la reunion"}:
        return "La Réunion"
    mots = re.split(r"[ -]", nom)
    if any(m[0].islower() and m not in _PARTICULES for m in mots) or nom[0].islower():
        return None
    return nom.title() if nom.isupper() else nom


def sectionner(lignes: Sequence[Ligne], releve: Releve) -> Plan:
    """Cut the lines at the headings; raise :class:`LectureError` when there is none."""
    plan = Plan()
    connues: dict[str, int] = {}
    ouverte = plan.introduction
    rang = 0
    while rang < len(lignes):
        ligne = lignes[rang]
        rang += 1
        if plan.sections and _est_conclusion(ligne):
            ouvre = sans_accents(ligne.texte) == "conclusion"
            plan.fin = list(lignes[rang if ouvre else rang - 1 :])
            break
        nom = nom_academie(ligne.texte)
        dates = _dates(lignes, rang) if nom is not None else []
        if nom is None or not (dates or _est_seule(lignes, rang - 1)):
            ouverte.append(ligne)
            continue
        if nom in connues:
            if dates:
                releve.note(
                    ligne.numero,
                    ligne.texte,
                    f"L’académie « {nom} » a déjà sa fiche à la ligne {connues[nom]} : celle-ci n’est pas "
                    "lue. Supprimez celle qui est en trop.",
                )
                ouverte = []
                rang += len(dates)
            continue  # without a date it is the running title of the same sheet
        if len(plan.sections) == MAX_SECTIONS:
            raise LectureError(
                f"Ce texte a plus de {MAX_SECTIONS} titres d’académie : ce n’est pas une synthèse nationale. "
                "Vérifiez que le fichier n’en contient qu’une."
            )
        connues[nom] = ligne.numero
        section = Section(nom, ligne.numero, dates)
        plan.sections.append(section)
        ouverte = section.lignes
        rang += len(dates)
    if not plan.sections:
        raise LectureError(
            "Aucun titre « Académie de … » n’a été trouvé : ce texte n’est pas une synthèse nationale de la "
            "Semaine de la persévérance scolaire. Vérifiez le fichier choisi."
        )
    return plan


def _est_conclusion(ligne: Ligne) -> bool:
    if len(ligne.texte) > _MAX_TITRE + _MAX_DATE:
        return False
    cle = sans_accents(ligne.texte)
    return cle == "conclusion" or cle.startswith("perspectives pour l'edition")


def _est_seule(lignes: Sequence[Ligne], rang: int) -> bool:
    """Tell whether a heading without date stands alone between blank lines or page ends."""
    ligne = lignes[rang]
    debut = rang == 0 or ligne.vides > 0 or lignes[rang - 1].page != ligne.page
    suite = lignes[rang + 1] if rang + 1 < len(lignes) else None
    return debut and (suite is None or suite.vides > 0 or suite.page != ligne.page)


def _dates(lignes: Sequence[Ligne], debut: int) -> list[Ligne]:
    dates: list[Ligne] = []
    for ligne in lignes[debut : debut + _MAX_LIGNES_DATES]:
        if not _est_date(ligne.texte):
            break
        dates.append(ligne)
    return dates


def _est_date(texte: str) -> bool:
    if len(texte) > _MAX_DATE or texte.endswith("."):
        return False
    if len(texte) <= _MAX_DATE_SEULE and _ANNEE.search(texte):
        return True
    cle = sans_accents(texte)
    ouverture = cle[:1].isdigit() or cle.startswith(_OUVERTURES_DATE)
    return ouverture and ("annee" in cle or any(c.isdigit() for c in cle))

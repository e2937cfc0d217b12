"""Evidence of who took part: who reported, whose first semaine it was, and which levels they reach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.phrases import absence_told
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.nombres import in_words
from accroche.lib.texte import NBSP, capitale, liste, nombre, ordinal_feminin, pluriel
from accroche.redaction.preuves.matiere import (
    FEW,
    Matiere,
    PreuveComptee,
    academies,
    celles,
    of_academies,
    preuve,
    rows,
)

#: Each level as the subject of a sentence: « le premier degré ».
NIVEAUX: Final = {level: f"le {level.label.lower()}" for level in Niveau}


def attente(matiere: Matiere) -> Iterator[PreuveComptee]:
    """Who has not reported yet, and whose data are not available: two facts, never one."""
    waiting = [one for one in matiere.dossier.semaines if one.status is StatutSemaine.PREPARING]
    if waiting:
        names = tuple(one.academie for one in waiting)
        verb = pluriel(len(names), "n’a pas encore rendu compte", "n’ont pas encore rendu compte")
        yield preuve(
            "attente",
            _who(names, verb),
            names,
            "Compté sur l’état de chaque fiche : « en préparation ».",
            rows(waiting, lambda _: "en préparation"),
        )
    absent = [one for one in matiere.dossier.semaines if one.status is StatutSemaine.UNAVAILABLE]
    if absent:
        names = tuple(one.academie for one in absent)
        yield preuve(
            "indisponibles",
            _not_there("Les données", names, "ne sont pas disponibles"),
            names,
            "Compté sur l’état de chaque fiche : « données non disponibles ».",
            rows(absent, _signed),
        )


def premieres(matiere: Matiere) -> Iterator[PreuveComptee]:
    """Whose first semaine it was, who had held one, and whose rank nobody gave."""
    first = [one for one in matiere.heard if one.ordinal == 1]
    year = matiere.dossier.edition
    source = "Compté sur le rang que donne chaque fiche"
    if first:
        names = tuple(one.academie for one in first)
        yield preuve(
            "premieres",
            f"L’édition {year} est la première pour {celles(names)}.",
            names,
            f"{source} : première semaine.",
            rows(first, lambda _: "première semaine"),
        )
    later = [one for one in matiere.heard if one.ordinal and one.ordinal > 1]
    if later:
        names = tuple(one.academie for one in later)
        yield preuve(
            "suivantes",
            _who(names, pluriel(len(names), "avait déjà tenu une semaine", "avaient déjà tenu une semaine")),
            names,
            f"{source} : deuxième semaine ou plus.",
            rows(later, lambda one: f"{ordinal_feminin(one.ordinal or 1)} semaine"),
        )


def niveaux(matiere: Matiere) -> Iterator[PreuveComptee]:
    """Who reaches each level, who does not, what nobody reaches, and whose levels are not known."""
    told = [one for one in matiere.reported if one.levels]
    source = "Compté sur les niveaux que coche chaque fiche dont l’académie a rendu compte"
    for level, words in NIVEAUX.items() if told else ():
        reach = [one for one in told if level in one.levels]
        names = tuple(one.academie for one in reach)
        if not reach:
            phrase = f"{capitale(words)} n’est coché par aucune académie."
        elif len(reach) == len(told) > 1:
            phrase = (
                f"{capitale(words)} est coché par les {nombre(len(told))} académies qui disent leurs niveaux."
            )
        else:
            phrase = f"{capitale(words)} est coché par {celles(names)}."
        yield preuve(f"niveau-{level}", phrase, names, f"{source}.", rows(reach, _levels))
        missing = [one for one in told if one.reaches(level) is False]
        if reach and missing:
            lacking = tuple(one.academie for one in missing)
            yield preuve(
                f"sans-{level}",
                f"{capitale(words)} n’est pas coché par {celles(lacking)}.",
                lacking,
                f"{source}, parmi les {nombre(len(told))} qui en cochent au moins un.",
                rows(missing, _levels),
            )
        if unsure := [one for one in told if one.reaches(level) is None]:
            names = tuple(one.academie for one in unsure)
            yield preuve(
                f"inconnu-{level}",
                f"Pour {celles(names)}, on ne sait pas si {words} est coché.",
                names,
                f"{source}, parmi les {nombre(len(told))} qui en cochent au moins un.",
                rows(unsure, _levels),
            )
    unknown = [one for one in matiere.reported if not one.levels]
    if unknown:
        names = tuple(one.academie for one in unknown)
        yield preuve(
            "niveaux-inconnus",
            _not_there("Les niveaux", names, "ne sont pas connus"),
            names,
            "Compté sur les fiches dont l’académie a rendu compte sans cocher de niveau.",
            rows(unknown, lambda _: "aucun niveau coché"),
        )


def axes(matiere: Matiere) -> Iterator[PreuveComptee]:
    """Who keeps each axis of work."""
    for axe in matiere.dossier.axes:
        kept = [one for one in matiere.heard if any(own.code == axe.code for own in one.axes)]
        if kept:
            names = tuple(one.academie for one in kept)
            yield preuve(
                f"axe-{axe.code}",
                f"L’axe « {axe.label} » est retenu par {celles(names)}.",
                names,
                "Compté sur les axes que retient chaque fiche.",
                rows(kept, lambda one, code=axe.code: _detail(one, code)),  # type: ignore[misc]
            )


def _detail(semaine: SemaineDossier, code: str) -> str:
    return next((own.detail for own in semaine.axes if own.code == code), "") or "retenu"


def _signed(semaine: SemaineDossier) -> str:
    told = absence_told(semaine.absence_by, semaine.absence_on, semaine.absence_word)
    return f"données non disponibles{f', {told}' if told else ''}"


def _levels(semaine: SemaineDossier) -> str:
    return liste(level.label.lower() for level in Niveau if level in semaine.levels)


def _who(names: tuple[str, ...], verb: str) -> str:
    """« L’académie de Caen n’a pas… », « Cinq académies n’ont pas… : Caen, … »."""
    if len(names) <= FEW:
        return f"{capitale(academies(names))} {verb}."
    return f"{capitale(in_words(len(names), feminine=True))} académies {verb}{NBSP}: {liste(names)}."


def _not_there(what: str, names: tuple[str, ...], verb: str) -> str:
    """« Les données de l’académie de Caen ne sont… », « Les données de 5 académies ne sont… : Caen, … »."""
    if len(names) <= FEW:
        return f"{what} {of_academies(names)} {verb}."
    return f"{what} de {nombre(len(names))}{NBSP}académies {verb}{NBSP}: {liste(names)}."

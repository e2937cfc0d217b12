"""Reads the text of a past national synthesis into plain data, and says what it could not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from accroche.actions.dossier import EditionDossier
from accroche.imports.rapport.fiche import lire_fiche
from accroche.imports.rapport.fin import lire_fin, lire_introduction
from accroche.imports.rapport.lignes import decouper, sans_accents
from accroche.imports.rapport.problemes import LectureError, Probleme, Releve
from accroche.imports.rapport.sections import sectionner
from accroche.lib.dates import DateError, school_year

__all__ = ["Lecture", "LectureError", "Probleme", "lire"]

_TITRE: Final = "Semaine de la persévérance scolaire"


@dataclass(frozen=True, slots=True)
class Lecture:
    """What was read, and by line what was not."""

    dossier: EditionDossier
    problems: tuple[Probleme, ...] = ()


def lire(text: str, edition: str, *, progress: Callable[[int, int], None] | None = None) -> Lecture:
    """Read a national synthesis of ``edition`` (« 2015-2016 »).

    ``progress`` is told the number of sheets read and their total, after each. Raise
    :class:`LectureError` when the text is no synthesis at all, or the edition no edition.
    Time and memory grow with the length of the text, whatever it holds.
    """
    try:
        school_year(edition)
    except DateError as erreur:
        raise LectureError(f"{erreur}") from erreur
    releve = Releve()
    plan = sectionner(list(decouper(text, releve)), releve)
    semaines = []
    for rang, section in enumerate(plan.sections, start=1):
        semaines.append(lire_fiche(section, edition, releve))
        if progress is not None:
            progress(rang, len(plan.sections))
    introduction = lire_introduction(plan.introduction)
    fin = lire_fin(plan.fin, [semaine.academie for semaine in semaines], releve)
    cle = sans_accents(_TITRE)
    nomme = any(cle in sans_accents(texte[:2_000]) for _titre, texte in introduction) or any(
        cle in sans_accents(semaine.narrative[:2_000]) for semaine in semaines
    )
    dossier = EditionDossier(
        edition=edition,
        semaines=tuple(semaines),
        title=_TITRE if nomme else "",
        introduction=(*introduction, *fin.textes),
        objectifs=fin.objectifs,
        perspectives=fin.perspectives,
        tutorats=fin.tutorats,
        previous_academies=fin.previous_academies,
    )
    return Lecture(dossier, releve.close())

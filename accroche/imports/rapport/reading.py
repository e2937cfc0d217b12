"""Reads the text of a past national synthesis into plain data, and says what it could not read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from accroche.actions.dossier import EditionDossier
from accroche.imports.rapport.ending import read_ending, read_introduction
from accroche.imports.rapport.lines import folded, split_lines
from accroche.imports.rapport.problems import Problem, Problems, ReadingError
from accroche.imports.rapport.sections import cut_sections
from accroche.imports.rapport.sheet import read_sheet
from accroche.lib.dates import DateError, school_year

__all__ = ["Problem", "Reading", "ReadingError", "read"]

_TITLE: Final = "Semaine de la persévérance scolaire"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and by line what was not."""

    dossier: EditionDossier
    problems: tuple[Problem, ...] = ()


def read(text: str, edition: str, *, progress: Callable[[int, int], None] | None = None) -> Reading:
    """Read a national synthesis of ``edition`` (« 2015-2016 »).

    ``progress`` is told the number of sheets read and their total, after each. Raise
    :class:`ReadingError` when the text is no synthesis at all, or the edition no edition.
    Time and memory grow with the length of the text, whatever it holds.
    """
    try:
        school_year(edition)
    except DateError as error:
        raise ReadingError(f"{error}") from error
    problems = Problems()
    plan = cut_sections(list(split_lines(text, problems)), problems)
    semaines = []
    for rank, section in enumerate(plan.sections, start=1):
        semaines.append(read_sheet(section, edition, problems))
        if progress is not None:
            progress(rank, len(plan.sections))
    introduction = read_introduction(plan.introduction)
    ending = read_ending(plan.ending, [semaine.academie for semaine in semaines], problems)
    key = folded(_TITLE)
    named = any(key in folded(body[:2_000]) for _heading, body in introduction) or any(
        key in folded(semaine.narrative[:2_000]) for semaine in semaines
    )
    dossier = EditionDossier(
        edition=edition,
        semaines=tuple(semaines),
        title=_TITLE if named else "",
        introduction=(*introduction, *ending.texts),
        objectifs=ending.objectifs,
        perspectives=ending.perspectives,
        tutorats=ending.tutorats,
        previous_academies=ending.previous_academies,
    )
    return Reading(dossier, problems.close())

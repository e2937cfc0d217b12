"""Reads the text of a past national synthesis into plain data, and says what it could not read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from accroche.annuaire.tuiles import TUILES
from accroche.dossier.dossier import EditionDossier, SemaineDossier
from accroche.lib.dates import DateError, parse_windows, school_year
from accroche.rapport.conventions import usual
from accroche.rapport.couverture import name_lost_lines
from accroche.rapport.datation import in_words
from accroche.rapport.ending import Ending, read_ending, read_introduction
from accroche.rapport.lines import Line, folded, split_lines
from accroche.rapport.problems import Problem, Problems, ReadingError
from accroche.rapport.sections import Plan, Section, cut_sections
from accroche.rapport.sheet import read_sheet
from accroche.rapport.transport import plain

__all__ = ["Problem", "Reading", "ReadingError", "read"]

#: Académies younger than the first reports, and those they unite.
SINCE: Final[Mapping[str, tuple[str, ...]]] = {"Normandie": ("Caen", "Rouen"), "Mayotte": ()}
_TITLE: Final = "Semaine de la persévérance scolaire"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, by line what was not, and in French which habits of the file it was read by.

    ``leftovers``: what the report holds, is understood or kept as text, and is no fact of the edition.
    ``understood``: what of it was made a fact from prose, for a person to check.
    ``headings``: the line at which the sheet of each académie begins.
    """

    dossier: EditionDossier
    problems: tuple[Problem, ...] = ()
    conventions: tuple[str, ...] = ()
    leftovers: tuple[Problem, ...] = ()
    understood: tuple[Problem, ...] = ()
    headings: Mapping[str, int] = field(default_factory=dict)


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
    text, carried = plain(text)
    lines, conventions = usual(list(split_lines(text, problems)), problems)
    plan = cut_sections(lines, problems)
    problems.place([(section.number, section.name) for section in plan.sections], _last_number(plan))
    _refuse_another_edition(plan.sections, edition)
    semaines = []
    for rank, section in enumerate(plan.sections, start=1):
        problems.academie = section.name
        semaines.append(read_sheet(section, edition, problems))
        if progress is not None:
            progress(rank, len(plan.sections))
    problems.academie = ""
    introduction = read_introduction(plan.introduction)
    ending = read_ending(plan.ending, [semaine.academie for semaine in semaines], problems)
    _note_missing_parts(plan, lines, ending, problems)
    _name_untold_ranks(plan, semaines, ending, problems)
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
    name_lost_lines(lines, dossier, plan, problems)
    headings = {section.name: section.number for section in plan.sections}
    return Reading(
        dossier,
        problems.close(),
        (*carried, *conventions.told),
        leftovers=problems.leftovers(),
        understood=problems.readings(),
        headings=headings,
    )


def _last_number(plan: Plan) -> int:
    """The first line after the last sheet."""
    if plan.ending:
        return plan.ending[0].number
    return max((line.number for section in plan.sections for line in section.lines), default=0) + 1


def _refuse_another_edition(sections: Sequence[Section], edition: str) -> None:
    """Refuse when most dates are those of other school years; a lone sheet may hold a slip."""
    dated = [section for section in sections if section.dates]
    outside = sum(_is_outside([line.text for line in section.dates], edition) for section in dated)
    if outside > 1 and outside * 2 > len(dated):
        raise ReadingError(
            f"La plupart des dates de ce rapport sont en dehors de l’édition {edition} : vérifiez --edition."
        )


def _is_outside(dates: Sequence[str], edition: str) -> bool:
    """Tell whether the dates cannot be read in this edition and can in one near."""
    first = int(edition[:4])
    for year in (first, *range(first - 20, first + 21)):
        try:
            parse_windows([in_words(date) for date in dates], f"{year}-{year + 1}")
        except DateError:
            continue
        return bool(year != first)
    return False


def _note_missing_parts(plan: Plan, lines: Sequence[Line], ending: Ending, problems: Problems) -> None:
    """Say which national parts the report does not hold: they stay empty, nobody said there was nothing."""
    if len(plan.sections) == 1:
        return  # the sheet of one académie
    if not plan.introduction:
        problems.note(
            lines[0].number,
            "",
            "Ce rapport n’a pas d’introduction avant ses fiches : elle reste vide. Complétez-la au besoin.",
        )
    if (absent := _absent(plan)) and len(plan.sections) > len(absent):
        problems.note(
            plan.sections[-1].number if not plan.ending else plan.ending[0].number,
            "",
            f"Aucune fiche n’a été trouvée pour : {', '.join(absent)}. Vérifiez que le texte est entier.",
        )
    parts = (
        ("objectifs", ending.objectifs),
        ("perspectives", ending.perspectives),
        ("académies à accompagner", ending.tutorats),
        ("académies qui avaient déjà tenu une semaine", ending.previous_academies),
    )
    if missing := [name for name, told in parts if not told]:
        what = "n’a pas de conclusion" if not plan.ending else "ne dit pas tout dans sa conclusion"
        problems.note(
            plan.ending[0].number if plan.ending else lines[-1].number,
            "",
            f"Ce rapport {what}. Ces parties restent inconnues : {', '.join(missing)}. Complétez-les.",
        )


def _absent(plan: Plan) -> list[str]:
    """The académies of the time of which no sheet tells."""
    names = {section.name for section in plan.sections}
    later = set(SINCE) | (
        {one for united in SINCE.values() for one in united} if names & set(SINCE) else set()
    )
    return [name for name in TUILES if name not in names | later]


def _name_untold_ranks(
    plan: Plan, semaines: Sequence[SemaineDossier], ending: Ending, problems: Problems
) -> None:
    """Name those that had a semaine before, says the conclusion, and whose sheet tells no such rank."""
    lines = {section.name: section.number for section in plan.sections}
    ranks = {semaine.academie: semaine.ordinal or 1 for semaine in semaines}
    for name in ending.previous_academies:
        if ranks.get(name, 1) > 1:
            continue
        problems.academie = name if name in lines else ""
        problems.leave(
            lines.get(name, plan.ending[0].number),
            name,
            "La conclusion dit que cette académie avait déjà tenu une semaine ; sa fiche ne dit pas son "
            "rang. Complétez-le.",
        )
    problems.academie = ""

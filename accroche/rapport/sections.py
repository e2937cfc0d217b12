"""Cuts a report into its introduction, one section per académie, and its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from accroche.rapport.addresses import is_address
from accroche.rapport.datation import in_words, without_label
from accroche.rapport.lines import FOLDED_MONTHS, Line, folded
from accroche.rapport.plausible import known_spelling
from accroche.rapport.problems import Problems, ReadingError

#: There have never been half as many académies: beyond, the text is no synthesis.
MAX_SECTIONS: Final = 100
_MAX_HEADING: Final = 60
_MAX_DATE: Final = 60
_MAX_LONE_DATE: Final = 40
_MAX_DATE_LINES: Final = 10
#: Blank lines between two headings that touch.
_MAX_GAP: Final = 2
_HEADING = re.compile(
    r"(?:Acad[ée]mie|ACAD[ÉE]MIE) (?:des? |d['’] ?|du |DES? |D['’] ?|DU )(?P<name>[^\W\d_].*)"
)
_NAME = re.compile(r"[^\W\d_]+(?:[ ’'-][^\W\d_]+){0,4}")
_DASH = re.compile(r" ?[–-] ?")
_PARTICLES: Final = frozenset(["de", "la", "le", "et", "du", "des"])
_DATE_OPENINGS: Final = (
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
_DATE_WORDS: Final = frozenset(
    [*FOLDED_MONTHS, "annee", "semaine", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"]
)
#: Words of three letters that make a line with a year more than a date.
_SENTENCE: Final = 2
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_CHAPTER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.? [^\W\d_]{3}")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


@dataclass(slots=True)
class Section:
    """An académie's lines, its date lines apart; ``number`` is the line of its heading."""

    name: str
    number: int
    dates: list[Line] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """The three parts of a report."""

    introduction: list[Line] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    ending: list[Line] = field(default_factory=list)


def academie_name(text: str) -> str | None:
    """Give the normalised name in « Académie de La Réunion », None when the line is not that.

    « de la Réunion » and « D’ORLÉANS – TOURS » give « La Réunion » and « Orléans-Tours ».
    """
    if len(text) > _MAX_HEADING:
        return None
    heading = _HEADING.fullmatch(text)
    if heading is None:
        return None
    name = _DASH.sub("-", heading.group("name"))
    if not _NAME.fullmatch(name):
        return None
    for article in ("la ", "l’", "l'"):
        name = name.removeprefix(article)
    if folded(name) in {"reunion", "la reunion"}:
        return "La Réunion"
    words = re.split(r"[ -]", name)
    if any(m[0].islower() and m not in _PARTICLES for m in words) or name[0].islower():
        return None
    return known_spelling(name.title() if name.isupper() else name)


def cut_sections(lines: Sequence[Line], problems: Problems) -> Plan:
    """Cut the lines at the headings; raise :class:`ReadingError` when there is none."""
    plan = Plan()
    known: dict[str, int] = {}
    opened = plan.introduction
    ended = False
    rank = 0
    while rank < len(lines):
        line = lines[rank]
        rank += 1
        if plan.sections and opened is not plan.ending and is_conclusion(line):
            # A second conclusion says the first again: it is left out.
            opened = [] if ended else plan.ending
            ended = True
            if folded(line.text) != "conclusion":
                opened.append(line)
            continue
        name = academie_name(line.text)
        dates = _dates(lines, rank) if name is not None else []
        if opened is plan.ending and plan.introduction and line.text == plan.introduction[0].text:
            opened = []  # the report begins again
        if name is None or not (dates or (not ended and _stands_alone(lines, rank - 1))):
            opened.append(line)
            continue
        if name in known:
            if dates:
                problems.note(
                    line.number,
                    line.text,
                    f"L’académie « {name} » a déjà sa fiche à la ligne {known[name]} : celle-ci n’est pas "
                    "lue. Supprimez celle qui est en trop.",
                )
                opened = []
                rank += len(dates)
            continue  # without a date it is the running title of the same sheet
        if len(plan.sections) == MAX_SECTIONS:
            raise ReadingError(
                f"Ce texte a plus de {MAX_SECTIONS} titres d’académie : ce n’est pas une synthèse nationale. "
                "Vérifiez que le fichier n’en contient qu’une."
            )
        known[name] = line.number
        section = Section(name, line.number, dates)
        _part_dates(lines, rank - 1, plan.sections, section, problems)
        plan.sections.append(section)
        opened = section.lines
        rank += len(dates)
    if not plan.sections:
        raise ReadingError(
            "Aucun titre « Académie de … » n’a été trouvé : ce texte n’est pas une synthèse nationale de la "
            "Semaine de la persévérance scolaire. Vérifiez le fichier choisi."
        )
    return plan


def _part_dates(
    lines: Sequence[Line], rank: int, sections: Sequence[Section], below: Section, problems: Problems
) -> None:
    """Give two headings that touch each its own date when there are two; ask of both in any case."""
    above = sections[-1] if sections else below
    line, over = lines[rank], lines[rank - 1]
    if not below.dates or over.number != above.number or line.blanks > _MAX_GAP or over.page != line.page:
        return
    if len(below.dates) == len((above, below)):
        above.dates, below.dates = below.dates[:1], below.dates[1:]
    for one in (above, below):
        problems.note(
            one.number,
            f"Académie de {one.name}",
            f"Les titres de « {above.name} » et de « {below.name} » se touchent : leurs fiches sont mêlées, "
            f"et leur texte est lu dans celle de « {below.name} ». Vérifiez leurs dates, leurs niveaux, "
            "leurs nombres, leurs axes et leurs actions, ou remettez chaque texte sous son titre.",
        )


def is_conclusion(line: Line) -> bool:
    """Tell whether a line is the heading of the end of the report."""
    if len(line.text) > _MAX_HEADING + _MAX_DATE:
        return False
    key = folded(line.text)
    return key == "conclusion" or key.startswith("perspectives pour l'edition")


def is_heading(lines: Sequence[Line], rank: int) -> bool:
    """Tell whether a line heads a sheet: « Académie de … », dates below it or alone on its line."""
    if academie_name(lines[rank].text) is None:
        return False
    return bool(_dates(lines, rank + 1)) or _stands_alone(lines, rank)


def _stands_alone(lines: Sequence[Line], rank: int) -> bool:
    """Tell whether a heading without date stands alone between blank lines or page ends."""
    line = lines[rank]
    above = lines[rank - 1]
    start = rank == 0 or line.blanks > 0 or above.page != line.page or is_address(above)
    following = lines[rank + 1] if rank + 1 < len(lines) else None
    return start and (following is None or following.blanks > 0 or following.page != line.page)


def _dates(lines: Sequence[Line], start: int) -> list[Line]:
    dates: list[Line] = []
    for line in lines[start : start + _MAX_DATE_LINES]:
        if not is_date(line.text):
            break
        dates.append(line)
    return dates


def is_date(text: str) -> bool:
    """Tell whether a line says when a semaine was."""
    if len(text) > _MAX_DATE or text.endswith("."):
        return False
    text = without_label(text).lstrip("([")
    words = _LETTERS.findall(folded(in_words(text)))
    if not words and not _YEAR.search(text):
        return False  # « 52/78 » is a page
    named = any(word in _DATE_WORDS for word in words)
    if _CHAPTER.match(text) and not _DATE_WORDS.intersection(_LETTERS.findall(folded(text))):
        return False  # « 3.1.2 Présentation »
    if len(text) <= _MAX_LONE_DATE and _YEAR.search(text):
        return named or len(words) < _SENTENCE
    key = folded(text)
    opens = key[:1].isdigit() or key.startswith(_DATE_OPENINGS)
    return opens and ("annee" in key or any(c.isdigit() for c in key))

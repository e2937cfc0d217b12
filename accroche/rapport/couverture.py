"""Which lines of a report are found again in what was read of it: the others are named, none is lost.

A line is found by its words two by two, in the facts and texts of its académie, or in those of the whole
edition outside of all sheets. Lines that a fact takes without their words (boxes, figures, dates) are told by
who took them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import pairwise
from typing import Final

from accroche.dossier.dossier import EditionDossier
from accroche.rapport.addresses import is_address
from accroche.rapport.axes import announcement
from accroche.rapport.examples import is_action
from accroche.rapport.lines import Line, folded
from accroche.rapport.problems import Problems
from accroche.rapport.sections import Plan

_WORD: Final = re.compile(r"[^\W_]+")
#: Characters of a line that tell what it is.
_OPENING: Final = 400
#: Of the pairs of words of a line that is found, this share is: titles become facts in another order.
_FOUND: Final = 0.5
#: A shorter line is found when each of its words is.
_SHORT: Final = 5
#: What holds a report together, and announces what is read elsewhere.
_FRAME: Final = re.compile(
    r"(?:exemples? d'actions?\b|partenaires\b ?:?$|conclusion$|les donnees\b.{0,200} ne sont pas disponibles"
    r"|.{0,300}\bacademies avaient deja organise\b|n\.? ?c\.?$|(?:une )?\w+aine(?: d\W|$))"
)
#: What invites to follow a link, of which only the name is kept.
_INVITATIONS: Final = frozenset(
    {"voir", "ecouter", "acceder", "lire", "consulter", "decouvrir", "telecharger", "regarder", "retrouver"}
    | {"a", "au", "aux", "le", "la", "les"}
)
#: Lines of one passage that are shown; all are told by the first.
_SHOWN: Final = 3


@dataclass(slots=True)
class _Texte:
    """The words of texts, and their pairs."""

    words: set[str] = field(default_factory=lambda: set(_INVITATIONS))
    pairs: set[tuple[str, str]] = field(default_factory=set)

    def add(self, value: object) -> None:
        """Add every text a value holds."""
        for text in _texts(value):
            words = _words(text)
            self.words.update(words)
            self.pairs.update(pairwise(words))

    def holds(self, words: Sequence[str]) -> bool:
        """Tell whether these words are those of a text that is held."""
        if len(words) < _SHORT and all(word in self.words for word in words):
            return True
        pairs = list(pairwise(words))
        return bool(pairs) and sum(pair in self.pairs for pair in pairs) >= len(pairs) * _FOUND


def name_lost_lines(lines: Sequence[Line], dossier: EditionDossier, plan: Plan, problems: Problems) -> None:
    """Name the passages of which no fact and no text holds the words."""
    whose = _whose(plan)
    for section in plan.sections:
        problems.take([section.number, *(line.number for line in section.dates)])
    national = _Texte()
    national.add((dossier.introduction, dossier.objectifs, dossier.perspectives, dossier.tutorats))
    national.add((dossier.title, " ".join(dossier.previous_academies)))
    sheets: dict[str, _Texte] = {}
    for semaine in dossier.semaines:
        sheets[semaine.academie] = _Texte()
        sheets[semaine.academie].add(semaine)
    told = problems.lines()
    passage: list[Line] = []
    for rank, line in enumerate(lines):
        text = sheets.get(whose(line.number), national)
        after = lines[rank + 1].text if rank + 1 < len(lines) else ""
        if line.number in told or _is_frame(line, after) or text.holds(_words(line.text)):
            _name(passage, whose, problems)
            passage = []
        else:
            passage.append(line)
    _name(passage, whose, problems)


def _is_frame(line: Line, after: str) -> bool:
    return (
        is_address(line)
        or is_action(line)
        or _FRAME.match(folded(line.text[:_OPENING])) is not None
        or announcement(line.text, after) is not None
    )


def _name(passage: Sequence[Line], whose: Callable[[int], str], problems: Problems) -> None:
    if not passage:
        return
    problems.academie = whose(passage[0].number)
    several = f" (et les {len(passage) - 1} lignes qui suivent)" if len(passage) > 1 else ""
    problems.leave(
        passage[0].number,
        " ".join(line.text for line in passage[:_SHOWN]),
        f"Ce passage{several} n’est repris nulle part. Ajoutez à la main ce qui compte.",
    )
    problems.academie = ""


def _whose(plan: Plan) -> Callable[[int], str]:
    """Give what tells whose sheet a line is in, empty outside of all."""
    parts = [(section.number, section.name) for section in plan.sections]
    parts += [(line.number, "") for line in plan.ending[:1]]
    parts.sort()
    starts = [start for start, _ in parts]

    def whose(number: int) -> str:
        rank = bisect_right(starts, number)
        return parts[rank - 1][1] if rank else ""

    return whose


def _words(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | frozenset):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for one in fields(value):
            yield from _texts(getattr(value, one.name))
    elif isinstance(value, int):
        yield str(value)

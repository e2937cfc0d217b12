"""Sixty questions, the actions of two editions, and how well each action answers each question.

Grades follow from rules and from nobody's mood. An action answers a question when it says its main idea (a
pattern on its folded text, or one of the themes that mean it) and stands where the question says: 1. It
answers well when it says every idea, and is for the level that was named: 2. Fully, when its title says the
main idea, or its text does and a theme confirms it; a question that is only a place is answered fully
there: 3.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from accroche.actions.saisie import PorteurSaisi
from accroche.dossier.dossier import ActionDossier, EditionDossier
from accroche.lib.texte import slug

FOLDER: Final = Path(__file__).parent
RANK: Final = 10


@dataclass(frozen=True)
class Question:
    """What is asked, and what an answer must be."""

    text: str
    who: str
    ideas: tuple[re.Pattern[str], ...]
    themes: frozenset[str]
    place: re.Pattern[str] | None
    level: str


@dataclass(frozen=True)
class Fiche:
    """An action with the edition and académie it is of."""

    key: int
    edition: str
    academie: str
    action: ActionDossier


def questions() -> tuple[Question, ...]:
    """The sixty questions."""
    rows = tomllib.loads((FOLDER / "questions.toml").read_text("utf-8"))["questions"]
    return tuple(
        Question(
            row["q"],
            row["qui"],
            tuple(re.compile(idea) for idea in row.get("sujet", ())),
            frozenset(row.get("themes", ())),
            re.compile(row["lieu"]) if "lieu" in row else None,
            row.get("niveau", ""),
        )
        for row in rows
    )


def fiches(real: EditionDossier) -> tuple[Fiche, ...]:
    """The actions of the real edition, then the invented ones."""
    found = [
        (real.edition, semaine.academie, action) for semaine in real.semaines for action in semaine.actions
    ]
    invented = tomllib.loads((FOLDER / "actions.toml").read_text("utf-8"))
    for row in invented["actions"]:
        name, commune = row["porteur"]
        action = ActionDossier(
            row["title"],
            row["text"],
            porteurs=(PorteurSaisi(name=name, commune=commune),),
            levels=tuple(row["levels"]),
            themes=tuple(row["themes"]),
        )
        found.append((invented["edition"], row["academie"], action))
    return tuple(Fiche(number + 1, *one) for number, one in enumerate(found))


def grade(question: Question, fiche: Fiche) -> int:
    """How well an action answers: 0 to 3."""
    action = fiche.action
    title, place = folded(action.title), _place(fiche)
    text = " ".join([title, _text(action), place])
    if question.place and not question.place.search(place):
        return 0
    if not question.ideas:
        return 3
    told = [bool(idea.search(text)) for idea in question.ideas]
    confirmed = bool(question.themes & set(action.themes))
    if not (told[0] or confirmed):
        return 0
    elsewhere = question.level and question.level not in action.levels
    if not all(told) or elsewhere:
        return 1
    return 3 if confirmed or question.ideas[0].search(title) else 2


def folded(text: str) -> str:
    """Small letters without accents, words parted by spaces; an apostrophe is one of these."""
    return slug(text).replace("-", " ")


def _place(fiche: Fiche) -> str:
    names = [f"{porteur.name} {porteur.commune}" for porteur in fiche.action.porteurs]
    return folded(" ".join([*names, fiche.academie]))


def _text(action: ActionDossier) -> str:
    parts = [action.description, action.classes, action.audience_note, action.prize]
    parts += [f"{one.title} {one.description}" for one in action.activites]
    parts += [f"{one.name} {one.part}" for one in action.partenaires]
    return folded(" ".join(parts))


def ndcg(grades: Sequence[int], all_grades: Sequence[int]) -> float:
    """How good an order is, of what the best ten would be: 1 at best."""
    best = _gain(sorted(all_grades, reverse=True)[:RANK])
    return _gain(grades[:RANK]) / best if best else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum(((1 << one) - 1) / math.log2(rank + 2) for rank, one in enumerate(grades))

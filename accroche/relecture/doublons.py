"""Which sheets may be the same action declared twice: titles compared, within a school and its neighbours."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from accroche.lib.texte import slug

#: Of 100: titles this close, in one school, are likely one action. « Forum des métiers 2027 » and « Le forum
#: des métiers du collège » are; « Forum des métiers » and « Forum des langues » are not.
SAME_SCHOOL = 80
#: Between schools only the same title, give or take a word's ending: each may well hold its own forum.
NETWORK = 92
#: How many are shown: more is noise, and the first are the closest.
SHOWN = 5

# words that say nothing of an action: every second title has them
_ARTICLES = "a au aux avec d de des du en et l la le les nos notre par pour sur un une dans"
_COMMON = "action projet semaine perseverance scolaire college lycee ecole edition"
_EMPTY = frozenset([*_ARTICLES.split(" "), *_COMMON.split(" ")])


@dataclass(frozen=True, slots=True)
class FicheComparee:
    """What is compared of a sheet. Schools, communes and bassins are any names that are equal or not."""

    number: int
    title: str
    schools: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    bassins: frozenset[str] = frozenset()


#: What was compared of a sheet, as JSON keeps it: its telling words, its carriers, its first and last day.
Trace = list[Any]


def trace(title: str, porteurs: Iterable[str], days: tuple[dt.date, dt.date] | None) -> Trace:
    """Return what makes a sheet the action it is, for who told it from another.

    A word of the account mended, a class or a partner added change nothing: the question stays answered.
    Another title, another school, other days make it another pair, which is asked about again.
    """
    return [key_of(title), sorted(porteurs), [day.isoformat() for day in days or ()]]


#: What each part of a trace is called where it says why a pair is asked about again.
_PARTS = ("le titre", "l’établissement", "les dates")


def moved(seen: Sequence[Trace], now: Sequence[Trace]) -> tuple[str, ...]:
    """Name the parts of two traces that are not what they were when the pair was told apart."""
    pairs = list(zip(seen, now, strict=True))
    return tuple(
        name for part, name in enumerate(_PARTS) if any(was[part] != is_now[part] for was, is_now in pairs)
    )


@dataclass(frozen=True, slots=True)
class Proche:
    """A sheet that resembles another: how much, of 100, and why in words."""

    number: int
    score: int
    reason: str


@lru_cache(maxsize=8192)
def key_of(title: str) -> str:
    """Return the telling words of a title, in lower case without accents, in their order.

    Kept: those of a whole semaine are asked for by each page that looks for doubles.
    Those of a title that has nothing else are kept: « La semaine de la persévérance » is a title too.
    """
    words = slug(title).split("-")
    told = [word for word in words if word not in _EMPTY and not re.fullmatch(r"20\d\d|\d", word)]
    return " ".join(told or words)


def sameness(one: str, other: str) -> int:
    """Return how much two keys are the same, of 100: whatever the order of their words, and their endings."""
    return round(fuzz.token_sort_ratio(one, other)) if one and other else 0


def likeness(one: str, other: str) -> int:
    """The same, where a title inside a longer one counts, if it is of several words: « forum » is in many."""
    whole = sameness(one, other)
    if whole and min(len(one.split()), len(other.split())) > 1:
        whole = max(whole, round(0.95 * fuzz.token_set_ratio(one, other)))
    return whole


@lru_cache(maxsize=16)
def alike(title: str, others: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    """Return those of the numbered titles that may be the same action, were it of the same school.

    Kept: a page that looks for doubles compares a whole semaine, and is read more often than it changes.
    """
    key = key_of(title)
    return tuple((number, other) for number, other in others if likeness(key, key_of(other)) >= SAME_SCHOOL)


def proches(
    mine: FicheComparee,
    others: Iterable[FicheComparee],
    limit: int = SHOWN,
    *,
    but: Collection[int] = (),
) -> tuple[Proche, ...]:
    """Return the sheets that may be ``mine``, the closest first; ``mine`` itself is none of them.

    ``but``: the numbers of those that somebody told apart from it.
    """
    key = key_of(mine.title)
    found = []
    for other in others:
        if other.number == mine.number or other.number in but:
            continue
        there = key_of(other.title)
        own = bool(mine.schools & other.schools)
        score = likeness(key, there) if own else sameness(key, there)
        if score >= (SAME_SCHOOL if own else NETWORK):
            found.append(Proche(other.number, score, _reason(mine, other, score)))
    # in one's own school first, then by likeness, then the oldest
    found.sort(key=lambda close: (not close.reason.startswith(OWN), -close.score, close.number))
    return tuple(found[:limit])


OWN = "Même établissement"


def _reason(mine: FicheComparee, other: FicheComparee, score: int) -> str:
    """Say why two sheets are held together."""
    words = "même titre" if score == TOP else "titre très proche" if score >= NETWORK else "titre ressemblant"
    if mine.schools & other.schools:
        place = OWN
    elif mine.communes & other.communes:
        place = "Même commune"
    elif mine.bassins & other.bassins:
        place = "Même bassin"
    else:
        place = "Même académie"
    return f"{place}, {words}."


TOP = 100

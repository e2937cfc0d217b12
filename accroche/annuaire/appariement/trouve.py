"""What a mention was recognised as: candidates, a decision, one match per school named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from accroche.annuaire.appariement.cadre import academie_key
from accroche.annuaire.appariement.communes import commune_key
from accroche.annuaire.appariement.mots import words


class Decision(StrEnum):
    """What becomes of a mention."""

    AUTO = "auto"
    TO_REVIEW = "to_review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A school a mention may stand for; ``score`` from 0 to 1, ``reason`` in French.

    ``named``: its name is in the mention; ``explained``: so is every word, or the commune.
    """

    uai: str
    pk: int
    score: float
    reason: str
    named: bool = False
    explained: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """What a mention was recognised as.

    ``candidates``: best first, those of the first school when the mention names several. ``parts``: one
    match per school named, empty when it names one.
    """

    candidates: tuple[Candidate, ...]
    decision: Decision
    parts: tuple[Match, ...] = ()

    @property
    def uais(self) -> tuple[str, ...]:
        """The best UAI of each school named, none for what nothing resembles."""
        matches = self.parts or (self,)
        found = [m.candidates[0].uai for m in matches if m.candidates and m.decision is not Decision.NONE]
        return tuple(dict.fromkeys(found))

    @property
    def score(self) -> float:
        """The lowest of the best scores; 0 when nothing resembles."""
        if self.parts:
            return min(part.score for part in self.parts)
        return self.candidates[0].score if self.candidates else 0.0


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a person answered about a mention: a school, or an empty ``uai`` for none."""

    uai: str
    pk: int
    at: dt.date


@dataclass(frozen=True, slots=True)
class Heir:
    """The school that took the place of one that closed, and since which year."""

    uai: str
    pk: int
    name: str
    since: int

    @property
    def told(self) -> str:
        """What is said to who reads."""
        return f"fermé en {self.since}, repris par « {self.name} »"


Answers = Mapping[tuple[str, str, str], Remembered]


def answer_key(academie: str, mention: str, commune: str) -> tuple[str, str, str]:
    """Under what an answer is remembered: another spelling of the same words is the same mention."""
    return academie_key(academie), " ".join(words(mention)), commune_key(commune)


NOTHING = Match((), Decision.NONE)


def swallowed(match: Match) -> bool:
    """Whether a part holds words of another school: the mention is parted elsewhere than it should."""
    return any(part.candidates and not part.candidates[0].explained for part in match.parts)


def mean(match: Match) -> float:
    """The mean of the best scores of the schools named."""
    matches = match.parts or (match,)
    return sum(m.score for m in matches) / len(matches)


def together(matches: list[Match]) -> Match:
    """One match for a mention of several schools: automatic when each is, nothing when none is."""
    if len(matches) == 1:
        return matches[0]
    decisions = {match.decision for match in matches}
    decision = decisions.pop() if len(decisions) == 1 else Decision.TO_REVIEW
    found = Match(matches[0].candidates, decision, tuple(matches))
    if decision is Decision.AUTO and len(found.uais) < len(matches):
        # two names, one school: one of them is somebody else's
        return replace(found, decision=Decision.TO_REVIEW)
    return found

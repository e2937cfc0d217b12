"""From the schools weighed for a mention to candidates with their scores, and a decision; pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from accroche.annuaire.appariement.cadre import Cadre, Entry
from accroche.annuaire.appariement.calcul import Weighed
from accroche.annuaire.appariement.genres import CONFLICT, Genre
from accroche.annuaire.appariement.mention import Mention
from accroche.annuaire.appariement.parente import agreement, literal
from accroche.annuaire.appariement.trouve import NOTHING, Candidate, Decision, Heir, Match

#: From this score on a recognition is automatic; measured, see docs/appariement.md.
THRESHOLD = 0.85
#: Under this one a candidate is not worth a look.
WORTH_A_LOOK = 0.005
#: The odds that what is mentioned is held by nobody in the directory.
NOT_HELD = 0.05
#: How many candidates are told.
TOLD = 5
#: Words of a school's name that say it gathers several.
GATHERED = frozenset({"cite", "ensemble", "groupe", "institution"})


def _says_kind(mention: Mention, entry: Entry) -> bool:
    """Whether a mention says of what type it is, or all that the school's own name says."""
    return mention.genre is not Genre.UNKNOWN or literal(mention, entry)


def _of_departement(cadre: Cadre, mention: Mention, one: Weighed) -> bool:
    """« DSDEN 34 »: each département has one."""
    entry = cadre.entries[one.position]
    return mention.genre is Genre.DSDEN is entry.genre and mention.departement == entry.facts.departement


def _candidate(entry: Entry, one: Weighed, heirs: Mapping[str, Heir]) -> Candidate:
    facts = entry.facts
    # the last reason of a closed school is that it is closed, which the heir tells with the year
    heir = None if facts.is_open or one.doubt else heirs.get(facts.uai)
    return Candidate(
        heir.uai if heir else facts.uai,
        heir.pk if heir else facts.pk,
        0.0,
        ", ".join((*one.reasons[:-1], heir.told) if heir else one.reasons),
        named=one.named > 0,
        # a stray letter is no other school's word
        explained=not any(len(word) > 1 or word.isdigit() for word in one.left),
    )


def decided(
    cadre: Cadre, mention: Mention, weighed: list[Weighed], heirs: Mapping[str, Heir] | None = None
) -> Match:
    """Return what a mention was recognised as, from the schools weighed for it, the best first."""
    # something has to speak for a school: its name, or its commune with its type
    kept = [
        one
        for one in weighed
        if (
            one.named > 0
            or (one.placed and _says_kind(mention, cadre.entries[one.position]))
            or _of_departement(cadre, mention, one)
        )
        and agreement(mention, cadre.entries[one.position]) > CONFLICT
    ]
    if not kept:
        return NOTHING
    odds = [math.exp(min(one.value, 50.0)) for one in kept]
    total = NOT_HELD + sum(odds) + odds[0] * kept[0].sibling
    shares = [odd / total for odd in odds]
    found: dict[str, Candidate] = {}
    for one, share in zip(kept, shares, strict=True):
        candidate = _candidate(cadre.entries[one.position], one, heirs or {})
        # a closed school and the one that took its place are one answer
        known = found.setdefault(candidate.uai, replace(candidate, score=0.0))
        found[candidate.uai] = replace(known, score=known.score + share)
    candidates = tuple(
        replace(one, score=round(one.score, 4)) for one in found.values() if one.score >= WORTH_A_LOOK
    )[:TOLD]
    if not candidates:
        return NOTHING
    best = cadre.entries[kept[0].position]
    sure = candidates[0].score >= THRESHOLD and not mention.beside and not mention.uai and not kept[0].doubt
    whole = mention.genre is Genre.CITE or (mention.genre is Genre.GROUPE and best.genre.family != "ecole")
    if whole and not any(name.weak & GATHERED for name in best.names):
        # « Cité scolaire X » is a collège and a lycée, whichever of them the directory holds
        sure = False
    return Match(candidates, Decision.AUTO if sure else Decision.TO_REVIEW)

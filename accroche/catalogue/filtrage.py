"""Which sheets answer to a search, and how well: the rule itself, on plain data.

The index answers faster and with more finesse; this is what the filters mean, and what answers without it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from accroche.catalogue.criteres import FACETTES, Criteres, Ordre
from accroche.lib import requete
from accroche.lib.texte import slug

#: How many words of a search count.
MOST_WORDS: Final = 12


@dataclass(frozen=True, slots=True)
class FicheLue:
    """What the filters read of a published sheet.

    ``values``: by filter, the codes it answers to. ``texts``: its public texts, with what a word found there
    is worth. ``places``: where its carriers stand, WGS 84 degrees.
    """

    pk: int
    values: Mapping[str, frozenset[str]]
    etablissements: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    places: tuple[tuple[float, float], ...] = ()
    days: tuple[dt.date, dt.date] | None = None
    texts: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A sheet that answers: how well, and how far away it is."""

    fiche: FicheLue
    score: float
    distance: float | None


@dataclass(frozen=True, slots=True)
class Tamis:
    """What sifting gives: the sheets in their order, and the counts of each filter."""

    kept: tuple[Kept, ...]
    facettes: dict[str, dict[str, int]]


def needles(text: str) -> tuple[str, ...]:
    """What has to be found for a typed text (:func:`accroche.lib.requete.needles`), where a word begins."""
    return tuple(f"-{needle}" for needle in requete.needles(text)[:MOST_WORDS])


def haystack(text: str) -> str:
    """A text in the form in which :func:`needles` are looked for."""
    return f"-{slug(text)}"


def score_of(fiche: FicheLue, wanted: tuple[str, ...]) -> float | None:
    """How well a sheet answers to what is wanted; None when something of it is nowhere."""
    texts = [(weight, haystack(text)) for weight, text in fiche.texts]
    total = 0.0
    for needle in wanted:
        best = max((weight for weight, text in texts if needle in text), default=0.0)
        if not best:
            return None
        total += best
    return total


def choices(criteres: Criteres) -> dict[str, frozenset[str]]:
    """What is chosen in each filter, by its name; filters without a choice are absent."""
    found: dict[str, frozenset[str]] = {}
    for facette in FACETTES:
        value = getattr(criteres, facette.field)
        if value:
            found[facette.name] = (
                frozenset(value) if isinstance(value, tuple) else frozenset({"1" if value is True else value})
            )
    return found


def distance_of(criteres: Criteres, fiche: FicheLue) -> float | None:
    """How far the nearest of its carriers is, in kilometres; None without a place to measure from or to."""
    if criteres.pres_de is None:
        return None
    return min((criteres.pres_de.distance_to(*place) for place in fiche.places), default=None)


def stands(criteres: Criteres, fiche: FicheLue, distance: float | None) -> bool:
    """Whether a sheet passes what is no filter with counts: school, commune, circle, days."""
    if criteres.etablissement and criteres.etablissement not in fiche.etablissements:
        return False
    if criteres.commune and criteres.commune not in fiche.communes:
        return False
    if criteres.pres_de and (distance is None or distance > (criteres.rayon or 0)):
        return False
    if criteres.du or criteres.au:
        if fiche.days is None:
            return False
        first, last = fiche.days
        return (not criteres.au or first <= criteres.au) and (not criteres.du or last >= criteres.du)
    return True


def sift(criteres: Criteres, fiches: Iterable[FicheLue]) -> Tamis:
    """Keep what answers, in the order asked for, and count every filter; ``fiches``: the latest first."""
    chosen, wanted = choices(criteres), needles(criteres.q)
    kept: list[Kept] = []
    counts: dict[str, dict[str, int]] = {facette.name: {} for facette in FACETTES}
    for fiche in fiches:
        values = fiche.values
        missed = [name for name, codes in chosen.items() if not codes & values.get(name, frozenset())]
        if len(missed) > 1:
            continue
        distance = distance_of(criteres, fiche)
        if not stands(criteres, fiche, distance):
            continue
        score = score_of(fiche, wanted)
        if score is None:
            continue
        # one that fails in one filter alone is what another choice in it would find
        for name in missed or counts:
            for code in values.get(name, ()):
                counts[name][code] = counts[name].get(code, 0) + 1
        if not missed:
            kept.append(Kept(fiche, score, distance))
    if criteres.tri is Ordre.PERTINENCE:
        kept.sort(key=lambda found: -found.score)
    elif criteres.tri is Ordre.DISTANCE:
        kept.sort(key=lambda found: found.distance or 0.0)
    return Tamis(tuple(kept), counts)

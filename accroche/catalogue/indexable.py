"""What the search engine is told of a sheet: what the table of fields says it is found by, and where it is.

Pure: a sheet as plain data in, the values of each field of the index out. ``actions/champs.py`` decides which
fields of a sheet are found, and in which fields of the index; nothing else names them.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from accroche.actions.champs import FEUILLES, Voie
from accroche.actions.regles import CodeCle, CodeTheme, Nature, Temporalite
from accroche.actions.saisie import Contenu, Distinctions, PieceDite
from accroche.actions.videos import video_of
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.regles import TypePartenaire
from accroche.catalogue.criteres import Distinction
from accroche.catalogue.grappes import DEEPEST, TILE_LEVEL, cellule
from accroche.integrations.tantivy.schema import ALL, CELL, DEGREES, RANK, TEXTS, TILE
from accroche.lib.champs import Champ
from accroche.lib.texte import normalised

#: A code's words, where a field holds codes: people look for the words.
_WORDS: Final[dict[str, Any]] = {
    "porteurs.kind": TypePorteur,
    "levels": Niveau,
    "temporality": Temporalite,
    "nature": Nature,
    "themes": CodeTheme,
    "cles": CodeCle,
    "partenaires.kind": TypePartenaire,
}
#: What stands for a value where a filter asks whether there is one.
_FLAGS: Final = {"prize": Distinction.PRIX.value, "remarkable": Distinction.REMARQUABLE.value}
VIDEO: Final = "1"


@dataclass(frozen=True, slots=True)
class Alentours:
    """Where a sheet is: ``names`` of the académie and départements are found like those of its carriers.

    ``departements``: codes. ``since``: the day it goes by in the order of days, when nobody gave its own.
    ``place``: latitude and longitude, WGS 84 degrees.
    """

    edition: str
    academie: str
    names: tuple[str, ...]
    departements: tuple[str, ...]
    since: dt.date
    place: tuple[float, float] | None = None


def said(
    content: Contenu, known: Distinctions, pieces: Iterable[PieceDite], where: Alentours
) -> dict[str, list[Any]]:
    """The values of each field of the index; ``pieces``: those that the public may see."""
    fields: defaultdict[str, list[Any]] = defaultdict(list)
    sources = {"pieces": tuple(pieces)}
    for champ in FEUILLES:
        for name in champ.cles(Voie.RECHERCHE):
            for value in _values(champ, content, known, sources):
                fields[name] += _told(champ.name, name, value)
    fields["noms"] += where.names
    fields["edition"] = [where.edition]
    fields["academie"] = [where.academie]
    fields["departement"] = list(where.departements)
    for name in TEXTS:
        fields[name] = [normalised(text) for text in dict.fromkeys(fields[name])]
    fields[ALL] = [text for name in TEXTS for text in fields[name]]
    for name in ("niveau", "theme", "partenaire", "distinction", "video", "etablissement", "commune"):
        fields[name] = list(dict.fromkeys(fields[name]))
    _days(fields, content.starts or where.since)
    _place(fields, where.place)
    return {name: values for name, values in fields.items() if values}


def rank(fields: dict[str, list[Any]], key: int) -> dict[str, list[Any]]:
    """The same, with its place in « the latest first »: its day, then its key."""
    return fields | {RANK: [(fields["jour"][0] << 40) | key]}


def _values(
    champ: Champ, content: Contenu, known: Distinctions, sources: dict[str, tuple[PieceDite, ...]]
) -> Iterator[Any]:
    stem, _, part = champ.name.partition(".")
    value = sources.get(stem)
    if value is None:
        value = getattr(content if hasattr(content, stem) else known, stem)
    if part:
        yield from (getattr(row, part) for row in value)
    elif isinstance(value, tuple):
        yield from value
    else:
        yield value


def _told(source: str, name: str, value: Any) -> list[Any]:
    """What a field of the index says of one value of a field of a sheet; nothing of what is empty."""
    if value in (None, "", False):
        return []
    if name == "video":
        return [VIDEO] if video_of(value) else []
    if name == "distinction":
        return [_FLAGS[source]]
    if name in TEXTS:
        return [str(_WORDS[source](value).label) if source in _WORDS else str(value)]
    if isinstance(value, dt.date):
        return [value.toordinal()]
    return [value]


def _days(fields: defaultdict[str, list[Any]], day: dt.date) -> None:
    """An action of one day ends on it."""
    fields["fin"] = fields["fin"] or fields["debut"]
    fields["jour"] = [day.toordinal()]


def _place(fields: defaultdict[str, list[Any]], place: tuple[float, float] | None) -> None:
    """One place an action, so that it is counted once: not that of each carrier."""
    for name, degrees in zip(DEGREES, place or (), strict=False):
        fields[name] = [float(degrees)]
    if place:
        fields[CELL] = [cellule(*place)]
        fields[TILE] = [cellule(*place) >> 2 * (DEEPEST - TILE_LEVEL)]
    else:
        for name in DEGREES:
            fields[name] = []

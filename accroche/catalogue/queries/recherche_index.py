"""The index's answer to a search; each function says nothing (None) when there is no index that answers.

What the index finds is read again in the database before it is shown: a sheet that was withdrawn a moment ago
is nowhere, however late the index is.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeAlias, TypeVar

from django.db.models import QuerySet

from accroche.actions.models import Action, Activite
from accroche.actions.regles import CodeTheme
from accroche.annuaire.regles import Niveau
from accroche.catalogue.criteres import FACETTES, Criteres, Ordre, Point
from accroche.catalogue.grappes import Cadre
from accroche.catalogue.queries import lecteur
from accroche.catalogue.queries.extraits import passage
from accroche.catalogue.queries.retenues import retained
from accroche.catalogue.resultats import Resultats, Trouvee
from accroche.commun.preparees import Parties, prepared
from accroche.integrations.tantivy import (
    RANK,
    Boite,
    Compris,
    EngineError,
    Etendue,
    Interrogation,
    Maille,
    Snapshot,
)
from accroche.integrations.tantivy.analyse import words
from accroche.lib.requete import Requete, bare, parse
from accroche.lib.texte import normalised

_Answer = TypeVar("_Answer")
#: Which of some sheets the public sees now, by their numbers.
Seen: TypeAlias = Callable[[Sequence[int]], Collection[int]]
#: Actions whose distance is reckoned one by one: beyond, a circle is what is in its square.
MOST_NEAR: Final = 20_000
#: Circles tried, in kilometres, until one holds what a page asks for.
_CIRCLES: Final = (1, 3, 10, 30, 100, 300)
#: How many times more than asked are read of what resembles a sheet: some is of its own lineage.
_SPARE: Final = 4
#: What a sheet is compared by, besides its themes.
_COMPARED: Final = ("title", "description", "nature", *(level.value for level in Niveau))
_KM_PER_DEGREE: Final = 111.195
_HALF_TURN: Final = 180


def search(criteres: Criteres, *, size: int, facets: bool) -> Resultats | None:
    """What answers, ``size`` actions a page."""
    return _asked(lambda index: _search(index, criteres, size, facets=facets))


def numbers(criteres: Criteres, seen: Seen, *, size: int, facets: bool) -> Resultats | None:
    """The same without a word of them; ``seen`` is asked which of those on the page the public sees."""

    def ask(index: Snapshot) -> Resultats:
        asked = _demande(index, criteres)
        total, found, distances = _ranked(index, asked, criteres, size)
        public = seen([key for key, _ in found])
        hits = [Trouvee(key, score, "", distances.get(key)) for key, score in found if key in public]
        return _page(index, asked, total - len(found), hits, facets=facets)

    return _asked(ask)


def count(criteres: Criteres) -> int | None:
    """How many answer, by the index alone."""
    return _asked(lambda index: index.count(_demande(index, criteres)))


def few_until(criteres: Criteres, lasts: Sequence[dt.date], most: int) -> int | None:
    """By how many of these days, the earliest first, no more than ``most`` of them have begun."""
    days = [day.toordinal() for day in lasts]
    # each of these days is the last that is asked for
    asked = replace(criteres, au=None)
    return _asked(lambda index: index.few_until(_demande(index, asked), days, most))


def related(action_pk: int, n: int) -> tuple[int, ...] | None:
    """The public actions that say the most of the same; of each lineage one at most, and none of its own."""
    return _asked(lambda index: _related(index, action_pk, n))


def cellules(criteres: Criteres, interval: int, tuiles: Collection[int] | None) -> Sequence[Maille] | None:
    """The squares of the map of ``interval`` codes that hold an answer, in ``tuiles`` or anywhere."""

    def ask(index: Snapshot) -> Sequence[Maille]:
        asked = replace(_demande(index, criteres), tuiles=None if tuiles is None else frozenset(tuiles))
        return index.cells(asked, interval)

    return _asked(ask)


def etendue(criteres: Criteres) -> Etendue | None:
    """How many of them have a place on the map, and its edges."""
    return _asked(lambda index: index.extent(_demande(index, criteres)))


def au_point(
    criteres: Criteres, cadre: Cadre, n: int, tuiles: Collection[int] | None = None
) -> tuple[int, ...] | None:
    """The latest of the public actions that stand in a frame, ``n`` at most."""

    def ask(index: Snapshot) -> tuple[int, ...]:
        asked = _demande(index, criteres)
        frame = Boite(cadre.west, cadre.south, cadre.east, cadre.north)
        inside = None if tuiles is None else frozenset(tuiles)
        asked = replace(asked, boites=(*asked.boites, frame), tuiles=inside)
        _, found = index.find(asked, n, by=RANK)
        return tuple(_public(key for key, _ in found))

    return _asked(ask)


def _asked(ask: Callable[[Snapshot], _Answer]) -> _Answer | None:
    index = lecteur.snapshot()
    if index is None:
        return None
    try:
        return ask(index)
    except EngineError as error:
        lecteur.failed(error)
        return None


# -- what is asked of the index --------------------------------------------------------------------------


def _demande(index: Snapshot, criteres: Criteres) -> Interrogation:
    choix: dict[str, tuple[str, ...]] = {
        "etablissement": (criteres.etablissement,) if criteres.etablissement else (),
        "commune": (criteres.commune,) if criteres.commune else (),
    }
    for facette in FACETTES:
        held = getattr(criteres, facette.field)
        if isinstance(held, bool):
            held = "1" if held else ""
        choix[facette.name] = held if isinstance(held, tuple) else tuple(filter(None, (held,)))
    requete = parse(criteres.q)
    asked = Interrogation(
        requete,
        {name: codes for name, codes in choix.items() if codes},
        du=criteres.du.toordinal() if criteres.du else None,
        au=criteres.au.toordinal() if criteres.au else None,
        # without words, all is asked for in one way
        least=index.least(requete) or None,
    )
    if criteres.pres_de and criteres.rayon:
        keys = _circle_keys(index, criteres.pres_de, criteres.rayon)
        around = () if keys is not None else (_square(criteres.pres_de, criteres.rayon),)
        asked = replace(asked, keys=keys, boites=around)
    if criteres.selection:
        kept = retained(criteres.selection)
        asked = replace(asked, keys=kept if asked.keys is None else asked.keys & kept)
    return asked


def _circle_keys(index: Snapshot, point: Point, km: float) -> frozenset[int] | None:
    """The keys of what is within a circle; None when they are too many to be reckoned one by one."""
    total, places = index.places(Interrogation(boites=(_square(point, km),)), MOST_NEAR)
    if total > MOST_NEAR:
        return None
    return frozenset(key for key, lat, lon in places if point.distance_to(lat, lon) <= km)


def _square(point: Point, km: float) -> Boite:
    high = km / _KM_PER_DEGREE
    wide = min(float(_HALF_TURN), high / max(0.01, math.cos(math.radians(point.lat))))
    west, east = point.lon - wide, point.lon + wide
    return Boite(
        west if west >= -_HALF_TURN else west + 2 * _HALF_TURN,
        point.lat - high,
        east if east <= _HALF_TURN else east - 2 * _HALF_TURN,
        point.lat + high,
    )


# -- answers ---------------------------------------------------------------------------------------------


def _search(index: Snapshot, criteres: Criteres, size: int, *, facets: bool) -> Resultats:
    asked = _demande(index, criteres)
    total, found, distances = _ranked(index, asked, criteres, size)
    requete = asked.requete
    compris = index.understand(requete)
    texts = _texts([key for key, _ in found], wanted=bool(requete))
    hits = [
        Trouvee(
            key, score, passage((text, compris.marks(text)) for text in texts[key][1:]), distances.get(key)
        )
        for key, score in found
        if key in texts
    ]
    meant = _proposition(requete, compris, texts)
    return _page(index, asked, total - len(found), hits, facets=facets, meant=meant)


def _page(
    index: Snapshot, asked: Interrogation, beyond: int, hits: list[Trouvee], *, facets: bool, meant: str = ""
) -> Resultats:
    """A page of what was found, where so many are on no page or others."""
    return Resultats(
        total=beyond + len(hits),
        hits=tuple(hits),
        facettes=index.facets(asked, total=beyond + len(hits)) if facets else {},
        proposition=meant,
        source="index",
    )


def _ranked(
    index: Snapshot, asked: Interrogation, criteres: Criteres, size: int
) -> tuple[int, Sequence[tuple[int, float]], dict[int, float]]:
    """How many answer, those of one page with their scores, and how far they are where that was asked."""
    offset = (criteres.page - 1) * size
    if criteres.tri is Ordre.DISTANCE and criteres.pres_de:
        total, found, distances = _nearest(index, asked, criteres.pres_de, offset + size)
        return total, found[offset:], distances
    total, found = index.find(asked, size, offset, by=RANK if criteres.tri is Ordre.DATE else None)
    return total, found, {}


def _nearest(
    index: Snapshot, asked: Interrogation, point: Point, enough: int
) -> tuple[int, Sequence[tuple[int, float]], dict[int, float]]:
    """How many stand somewhere, the ``enough`` nearest, and how far each is."""
    total = index.count(asked)
    for km in (*_CIRCLES, None):
        within = asked if km is None else replace(asked, boites=(*asked.boites, _square(point, km)))
        _, places = index.places(within, MOST_NEAR)
        near = sorted((point.distance_to(lat, lon), key) for key, lat, lon in places)
        inside = [one for one in near if km is None or one[0] <= km]
        if len(inside) >= min(enough, total) or km is None:
            kept = inside[:enough]
            return total, [(key, 0.0) for _, key in kept], {key: far for far, key in kept}
    raise AssertionError


def _public(keys: Iterable[int]) -> list[int]:
    """Those of ``keys`` that the public sees now, in the same order."""
    ordered = list(keys)
    seen = set(_seen(tuple(ordered)))
    return [key for key in ordered if key in seen]


@prepared
def _seen(keys: tuple[int, ...]) -> QuerySet[Action, int]:
    return Action.objects.published_among(keys).order_by().values_list("pk", flat=True)


def _texts(keys: list[int], *, wanted: bool) -> dict[int, list[str]]:
    """The texts, title first, of those of ``keys`` that the public sees now, when they are ``wanted``."""
    if not wanted:
        return {key: [] for key in _public(keys)}
    found = {pk: list(map(_line, texts)) for pk, *texts in _accounts(tuple(keys))}
    for pk, title, text in _activities(tuple(keys)):
        if pk in found:
            found[pk].append(_line(f"{title}. {text}"))
    return found


@prepared
def _accounts(keys: tuple[int, ...]) -> QuerySet[Action, tuple[int, str, str]]:
    rows = Action.objects.published_among(keys).order_by()
    return rows.values_list("pk", "title", "description")


@prepared
def _activities(keys: tuple[int, ...]) -> QuerySet[Activite, tuple[int, str, str]]:
    rows = Activite.objects.filter(action__in=keys).order_by("action", "position")
    return rows.values_list("action_id", "title", "description")


def _line(text: str) -> str:
    return normalised(" ".join(text.split()))


def _proposition(requete: Requete, compris: Compris, texts: dict[int, list[str]]) -> str:
    """What was probably meant: words nobody wrote by the nearest that somebody did, as they are spelt."""
    if not compris.corrected:
        return ""
    spelt = {
        word.plain: text[word.start : word.end]
        for found in texts.values()
        for text in found
        for word in words(text)
    }
    return " ".join(filter(None, (_corrected(mot, compris, spelt) for mot in requete.mots)))


def _corrected(mot: str, compris: Compris, spelt: dict[str, str]) -> str:
    for word in reversed(words(mot)):
        meant = compris.corrected.get(word.plain)
        if meant:
            mot = f"{mot[: word.start]}{spelt.get(meant, meant).lower()}{mot[word.end :]}"
    return bare(mot)


def _related(index: Snapshot, pk: int, n: int) -> tuple[int, ...]:
    found_here = _compared(pk)
    if not found_here:
        return ()
    action = _THEMES.read(found_here[0])
    themes = [theme.code for theme in action.themes.all()]
    texts = {
        "titre": [action.title],
        "texte": [action.description],
        "sujet": [CodeTheme(code).label for code in themes],
    }
    close = {
        "theme": tuple(themes),
        "niveau": tuple(level.value for level in action.levels),
        "nature": tuple(filter(None, (action.nature,))),
    }
    found = index.like(texts, Interrogation(choix=close), n * _SPARE + _SPARE)
    public = _public(found)
    origins = _origins([pk, *public])
    own = origins.get(pk, pk)
    kept: dict[int, int] = {}
    for key in public:
        origin = origins.get(key, key)
        if key != pk and origin != own:
            kept.setdefault(origin, key)
    return tuple(kept.values())[:n]


@prepared
def _compared(pk: int) -> QuerySet[Action]:
    # by its number: no order among one, and none of its other columns
    return Action.objects.published().filter(pk=pk).only(*_COMPARED).order_by()


_THEMES: Final = Parties(Action, themes=lambda row: row.themes.all())


def _origins(keys: list[int]) -> dict[int, int]:
    """The first sheet of the lineage of each, through the years."""
    origins = {key: key for key in keys}
    above = dict(_above(tuple(keys)))
    waiting = {key: parent for key, parent in above.items() if parent}
    for _ in range(_GENERATIONS):
        if not waiting:
            break
        parents = dict(_above(tuple(set(waiting.values()))))
        for key, parent in list(waiting.items()):
            origins[key] = parent
            grand = parents.get(parent)
            if grand and grand != key:
                waiting[key] = grand
            else:
                del waiting[key]
    return origins


@prepared
def _above(keys: tuple[int, ...]) -> QuerySet[Action, tuple[int, int | None]]:
    return Action.objects.filter(pk__in=keys).order_by().values_list("pk", "previous_id")


_GENERATIONS: Final = 12

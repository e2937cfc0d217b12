"""The index of this node follows the database: fed by what changed, made again when it has to be.

Nothing here is lost by a kill: what was read of the outbox counts once the index is certain of it, and a
rebuild counts once it is whole. Each node has its own index; its programs write it one at a time.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Collection
from typing import Final

from accroche.catalogue.emplacement import Emplacement, Verrou
from accroche.catalogue.queries import aindexer, lecteur
from accroche.catalogue.queries.projection import BATCH, all_keys, told_of
from accroche.integrations.tantivy import LARGE, BrokenIndexError, IndexWriter, SearchIndex, signature

logger = logging.getLogger(__name__)

#: How many times a rebuild catches up with what changed meanwhile before it answers; feeding does the rest.
CATCH_UP: Final = 3
#: After how long where one stands is written anew though nothing changed.
STALE: Final = dt.timedelta(minutes=5)
Now = Callable[[], dt.datetime]


def feed(now: Now) -> int:
    """Take over what changed since the last time; return how many sheets were read.

    Makes the index when there is none that can be read. Does nothing while another program of this node does
    the same. Raises ``DatabaseError``, and ``EngineError`` of the search engine.
    """
    place = lecteur.here()
    if place is None:
        return 0
    with place.alone(Verrou.FEED) as held:
        if not held:
            return 0
        name = place.current()
        if lecteur.answers(place, name):
            news = aindexer.since(place.repere(name), now())
            try:
                if not news.everything:
                    return _take(place, name, news, now())
            except BrokenIndexError as error:
                lecteur.failed(error)
    return rebuild(now)


def rebuild(now: Now) -> int:
    """Make the index anew, while the present one answers; return how many sheets it holds.

    Zero when another program of this node is at it. Raises as :func:`feed` does.
    """
    place = lecteur.here()
    if place is None:
        return 0
    with place.alone(Verrou.REBUILD) as held:
        if not held:
            return 0
        place.tidy(place.current())
        name = f"{signature()}-{uuid.uuid4().hex[:12]}"
        place.folder(name).mkdir(parents=True)
        repere = aindexer.here(now())
        size = _fill(SearchIndex(place.folder(name), new=True))
        place.remember(name, repere, now())
        for _ in range(CATCH_UP):
            news = aindexer.since(place.repere(name), now())
            if not news or news.everything:
                break
            _take(place, name, news, now())
        with place.alone(Verrou.FEED, wait=True):
            place.answer_from(name)
            place.tidy(name)
    logger.info("search index made: %s sheets", size)
    return size


def _fill(index: SearchIndex) -> int:
    writer = index.writer(LARGE)
    size = 0
    try:
        for keys in all_keys():
            for key, fields in told_of(keys).items():
                if fields is not None:
                    writer.add(key, fields)
                    size += 1
        writer.commit()
    finally:
        writer.close()
    return size


def _take(place: Emplacement, name: str, news: aindexer.Nouveautes, at: dt.datetime) -> int:
    if news.actions:
        _replace(SearchIndex(place.folder(name)).writer(), sorted(news.actions))
    if news.actions or place.remembered(name) < at - STALE:
        place.remember(name, news.repere, at)
    return len(news.actions)


def _replace(writer: IndexWriter, keys: Collection[int]) -> None:
    ordered = list(keys)
    try:
        for start in range(0, len(ordered), BATCH):
            for key, fields in told_of(ordered[start : start + BATCH]).items():
                writer.replace(key, fields)
        writer.commit()
    finally:
        writer.close()

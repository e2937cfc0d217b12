"""The index of this node, as this process reads it: opened once, looked at again when it moved."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import timezone

from accroche.catalogue.emplacement import Emplacement
from accroche.catalogue.queries import aindexer
from accroche.integrations.tantivy import BrokenIndexError, EngineError, SearchIndex, Snapshot, signature

logger = logging.getLogger(__name__)

#: Seconds in which a new state is asked what the last one was: who asks has an index to follow as well.
PATIENCE: Final = 0.2


def here() -> Emplacement | None:
    """Where the index of this node is; None when the instance has none by its settings."""
    return Emplacement(settings.INDEX) if settings.INDEX else None


def is_usable(name: str) -> bool:
    """Whether an index of that name was made as this version of the site reads them."""
    return name.startswith(f"{signature()}-")


def answers(place: Emplacement, name: str) -> bool:
    """Whether an index of that name is there, and nobody found it broken."""
    return is_usable(name) and place.folder(name).is_dir() and not place.is_broken(name)


@dataclass(frozen=True, slots=True)
class _Opened:
    name: str
    index: SearchIndex
    moved: tuple[int, int, int]
    snapshot: Snapshot


_lock = threading.Lock()
_opened: _Opened | None = None


def snapshot() -> Snapshot | None:
    """The index as of its last commit; None when there is none that answers: the database does then."""
    try:
        return _latest()
    except EngineError as error:
        failed(error)
        return None


def ask_again() -> None:
    """Ask the index, where it moved, what visitors asked of it before: what many pages count alike.

    Raises ``EngineError``, once it was told: who comes back at once would find the same.
    """
    try:
        if found := _latest():
            found.ask_again(PATIENCE)
    except EngineError as error:
        failed(error)
        raise


def _latest() -> Snapshot | None:
    global _opened  # noqa: PLW0603 - one for the process
    place = here()
    if place is None:
        return None
    name = place.current()
    if not answers(place, name):
        return None
    known = _opened
    if known and known.index.folder == place.folder(name) and known.moved == known.index.moved():
        return known.snapshot
    with _lock:
        known = _opened  # who waited here may find it done, and answers kept with it
        same = known and known.index.folder == place.folder(name)
        index = known.index if known and same else SearchIndex(place.folder(name))
        # asked before: what moves in between is seen by who comes next
        moved = index.moved()
        if known and same and known.moved == moved:
            return known.snapshot
        _opened = _Opened(name, index, moved, index.snapshot(known.snapshot if known else None))
        return _opened.snapshot


def is_current() -> bool:
    """Whether what a search answers is what the database says now: one query. Raises ``DatabaseError``.

    Without an index the database answers itself.
    """
    place = here()
    if place is None or not answers(place, name := place.current()):
        return True
    return not aindexer.since(place.repere(name), timezone.now())


def failed(error: EngineError) -> None:
    """The index did not answer: what is broken will be made again, the rest passes."""
    logger.warning("search index: %s", error)
    place = here()
    if place and isinstance(error, BrokenIndexError):
        place.tell_broken(place.current())

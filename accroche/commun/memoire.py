"""What many public pages read alike, remembered as long as the public sees the same.

The editions, their académies and their sums are on nearly every page. They are read once for a revision of
what the public sees (``commun/revision.py``), until the next moment at which something changes by the clock;
then all is forgotten. Pages of who is signed in, which are kept by nobody, profit as well.

What no sheet tells is remembered longer (``remembered_apart``): sheets come and change all day long.

Only a request that asks (GET, HEAD) remembers: it writes nothing that the public sees. Where pages are not
kept, or inside a transaction, it does so for itself alone. What is remembered is given to several threads at
once: nobody changes it, and nobody reads of it what the public does not see.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accroche.commun.pages import Tenue, tenue_now

P = ParamSpec("P")
Told = TypeVar("Told")

#: Answers that are remembered at most; then none more, until all are forgotten.
MOST: Final = 2_000


@dataclass(slots=True)
class _Souvenirs:
    """What was read under one revision, from a moment to another (seconds since 1970); or by one request."""

    revision: int = 0
    since: float = 0.0
    until: float = 0.0
    told: dict[Hashable, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Lecture:
    """A request that reads: what it may remember once it was asked, of everything and apart from sheets."""

    whole: _Souvenirs | None = None
    apart: _Souvenirs | None = None
    own: dict[Hashable, Any] = field(default_factory=dict)


#: The request under way in this thread, if it only reads.
_reading: ContextVar[_Lecture | None] = ContextVar("accroche_memoire", default=None)
_latest: dict[str, _Souvenirs] = {}


class Memoire:
    """Lets what a request reads be remembered, and what is remembered be given to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        token = _reading.set(_Lecture() if request.method in {"GET", "HEAD"} else None)
        try:
            return self.get_response(request)
        finally:
            _reading.reset(token)


def once(read: Callable[P, Told]) -> Callable[P, Told]:
    """Have ``read`` asked once by one request for the same arguments: what is too large to be remembered."""

    @wraps(read)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Told:
        lecture = _reading.get()
        if lecture is None:
            return read(*args, **kwargs)
        return _given(lecture.own, read, *args, **kwargs)

    return wrapped


def remembered(read: Callable[P, Told]) -> Callable[P, Told]:
    """Have what ``read`` answers remembered by its arguments, which tell themselves apart (no row, no list).

    It reads what the public sees, and nothing of the clock that its arguments do not say.
    """

    @wraps(read)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Told:
        lecture = _asked()
        if lecture is None or lecture.whole is None:
            return read(*args, **kwargs)
        return _given(lecture.whole.told, read, *args, **kwargs)

    return wrapped


def remembered_apart(read: Callable[P, Told]) -> Callable[P, Told]:
    """The same of what no sheet tells: it stays when sheets are published, corrected or withdrawn.

    It reads no table of sheets (``of_sheets`` in ``catalogue/visible.py``, nor what is added up of them).
    """

    def asked(*args: P.args, **kwargs: P.kwargs) -> Told:
        return read_apart(read, *args, **kwargs)

    @wraps(read)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Told:
        lecture = _asked()
        if lecture is None or lecture.apart is None:
            return asked(*args, **kwargs)
        return _given(lecture.apart.told, asked, *args, **kwargs)

    return wrapped


def remembered_there(read: Callable[P, Told | None]) -> Callable[P, Told | None]:
    """The same of what an address names: None is not remembered, visitors make such addresses up."""
    apart = remembered_apart(_or_raise(read))

    @wraps(read)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Told | None:
        try:
            return apart(*args, **kwargs)
        except _NothingError:
            return None

    return wrapped


class _NothingError(Exception):
    """There is nothing of this name."""


def _or_raise(read: Callable[P, Told | None]) -> Callable[P, Told]:
    @wraps(read)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Told:
        if (found := read(*args, **kwargs)) is None:
            raise _NothingError
        return found

    return wrapped


def read_apart(read: Callable[P, Told], *args: P.args, **kwargs: P.kwargs) -> Told:
    """Read what no sheet tells: here tests look at what is asked of the database."""
    return read(*args, **kwargs)


def _given(told: dict[Hashable, Any], read: Callable[P, Told], *args: P.args, **kwargs: P.kwargs) -> Told:
    key = (read, args, *sorted(kwargs.items()))
    if key in told:
        return cast("Told", told[key])
    found = read(*args, **kwargs)
    if len(told) < MOST:
        told[key] = found
    return found


def forget() -> None:
    """Forget all: a test writes beside the triggers, or stands at another moment."""
    _latest.clear()


def _asked() -> _Lecture | None:
    """The request under way, with what it may remember, asked once. Raises ``DatabaseError``."""
    lecture = _reading.get()
    if lecture is not None and lecture.whole is None:
        tenue = tenue_now() if settings.PAGES_KEPT else None
        if tenue is None:
            lecture.whole, lecture.apart = _Souvenirs(), _Souvenirs()
        else:
            lecture.whole = _held("whole", tenue.revision, tenue)
            lecture.apart = _held("apart", tenue.apart, tenue)
    return lecture


def _held(name: str, revision: int, tenue: Tenue) -> _Souvenirs:
    now = timezone.now().timestamp()
    latest = _latest.get(name)
    known = (latest.revision, latest.until) if latest else None
    if latest is None or known != (revision, tenue.until) or not latest.since <= now < tenue.until:
        # what others read meanwhile under an older one they keep for themselves
        latest = _latest[name] = _Souvenirs(revision, now, tenue.until)
    return latest

"""Public pages, made once and kept: by their address and the revision of what the public sees.

A page that is the same for everybody is kept in Django's cache with the revision it was made under and the
moment until which it is true: the next one at which something changes by the clock. It is given again while
both hold, after one short read. Whoever has it already is told so (304) by that read alone: the label of a
page (``ETag``) holds both, and a seal that only we can make.

Correct without the cache, and with any: it saves work, and decides nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache as once
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode
from weakref import WeakValueDictionary

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.core.signals import setting_changed
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.request import split_domain_port, validate_host
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from accroche.commun.revision import is_settled, revision, revisions

#: The cache of ``settings.CACHES`` that holds them.
CACHE: Final = "pages"
#: What no page of ours reaches; a larger one is made each time.
MOST_BYTES: Final = 256 * 1024
#: Longer, and an address is nobody's to type.
MOST_LETTERS: Final = 300
#: Seconds a request waits for another that makes the same page; then it makes it too.
PATIENCE: Final = 5.0
#: What answers depend on besides the address: who reads, and what they can unpack.
VARY: Final = "Accept-Encoding, Cookie"
#: The files that make pages: a style sheet is cut to the classes that scripts name too.
PROGRAM: Final = frozenset({".py", ".html", ".xml", ".toml", ".js"})
_LABEL: Final = re.compile(r'"([0-9a-f]{16})-([0-9a-f]{9,12})-([0-9a-f]{32})"')
#: What differs each time, or is put there again by who stands outside of us.
_NOT_KEPT: Final = frozenset({"x-request-id", "age", "date"})

#: What a parameter of an address may be.
Accepts = Callable[[str], Any]
#: The number of a page of a list.
NUMBER: Final[Accepts] = re.compile(r"[1-9][0-9]{0,2}").fullmatch


def one_of(*values: str) -> Accepts:
    """One of some values."""
    return frozenset(values).__contains__


@dataclass(frozen=True, slots=True)
class Tenue:
    """How long a page is true: under one revision, until a moment (seconds since 1970).

    ``apart``: the revision of what is no sheet's, under which less of it may be true longer.
    """

    revision: int
    until: int
    apart: int = field(default=0, compare=False)


# ---- the clock

Horloge = Callable[[dt.datetime], dt.datetime | None]
_clocks: list[Horloge] = []


def watch(clock: Horloge) -> None:
    """Have ``clock`` say the next moment after one at which something public changes by itself."""
    _clocks.append(clock)


def next_change(now: dt.datetime) -> dt.datetime:
    """Until when what is true at ``now`` is: at most until the next full hour, where days begin somewhere."""
    hour = now.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
    return min([hour, *(moment for clock in _clocks if (moment := clock(now)))])


# ---- addresses


def canonical(request: HttpRequest, query: Mapping[str, Accepts], most: int | None = None) -> bool:
    """Whether its address is the one way to write it: known parameters, in their order, once each.

    ``most``: how many of them at once.

    Another is answered as well, and kept by nobody: who makes addresses up fills nothing.
    """
    raw = request.META.get("QUERY_STRING", "")
    if not raw:
        return True
    pairs = dict(parse_qsl(raw, keep_blank_values=True))
    ordered = [(name, pairs[name]) for name in query if name in pairs]
    if most is not None and len(ordered) > most:
        return False
    return urlencode(ordered) == raw and all(query[name](value) for name, value in ordered)


def address_of(request: HttpRequest) -> str:
    """The address of a page, with its parameters."""
    raw = request.META.get("QUERY_STRING", "")
    return f"{request.path}?{raw}" if raw else request.path


def is_everybodys(request: HttpRequest) -> bool:
    """Whether who asks is nobody we know: no session, no message waits, nothing is sent."""
    if not settings.PAGES_KEPT or request.method not in {"GET", "HEAD"}:
        return False
    cookies = request.COOKIES
    return not cookies or not {settings.SESSION_COOKIE_NAME, settings.MESSAGE_COOKIE_NAME} & cookies.keys()


# ---- labels


@once
def _program() -> str:
    """A digest of what makes pages: our files, and the packages they are drawn with."""
    digest = hashlib.blake2b(digest_size=16)
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.rglob("*")):
        if path.suffix in PROGRAM:
            digest.update(path.read_bytes())
    digest.update("".join(version(name) for name in ("django", "django-dsfr")).encode())
    return digest.hexdigest()


@once
def _instance() -> str:
    """What pages show of the settings of this instance."""
    told = (
        settings.SITE_URL,
        settings.ORGANISATION,
        settings.ADDRESS,
        settings.HOSTING,
        settings.CONTACT,
        settings.STATE_BRAND,
        settings.DEMO,
        bool(settings.PROCONNECT),
        settings.MAIL_ENABLED,
        settings.TILES,
    )
    return repr(told)


# a test may change them
setting_changed.connect(lambda **_told: _instance.cache_clear(), weak=False)


def label(address: str, tenue: Tenue) -> str:
    """What a page is called (``ETag``): its revision, until when, and a seal over these and its address."""
    said = f"{tenue.revision & 0xFFFFFFFFFFFFFFFF:016x}-{tenue.until:09x}"
    return f'W/"{said}-{_seal(address, said)}"'


def _seal(address: str, said: str) -> str:
    text = f"{address}\0{said}\0{_program()}\0{_instance()}"
    return hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256").hex()[:32]


def _has_it(request: HttpRequest, address: str, now: float) -> str | None:
    """The label under which a reader has the page as it is now; None when they have none."""
    told = request.META.get("HTTP_IF_NONE_MATCH", "")
    if not told or len(told) > MOST_LETTERS:
        return None
    for mark, until, seal in _LABEL.findall(told):
        number = int(mark, 16)
        number -= (number >> 63) << 64
        said = f"{mark}-{until}"
        if hmac.compare_digest(seal, _seal(address, said)) and now < int(until, 16) and number == revision():
            return f'W/"{said}-{seal}"'
    return None


def control(until: int | None, now: float) -> str:
    """How caches keep what is everybody's (``Cache-Control``).

    A browser asks again each time, which costs a 304. A cache in front does so too, unless the operator lets
    it answer by itself for some seconds: never past the moment at which the page changes by the clock.
    """
    seconds = settings.CDN_SECONDS
    if until is not None:
        seconds = max(0, min(seconds, int(until - now)))
    told = f", s-maxage={seconds}" if seconds else ""
    return f"public, max-age=0{told}, must-revalidate"


def mark(request: HttpRequest, response: HttpResponse, tenue: Tenue | None, *, is_canonical: bool) -> None:
    """Say on a page how it is kept, and call it by its label."""
    until = tenue.until if tenue else None
    response.headers["Cache-Control"] = control(until, timezone.now().timestamp())
    if tenue is None:
        return
    address = address_of(request)
    if len(address) <= MOST_LETTERS:
        response.headers["ETag"] = label(address, tenue)
        patch_vary_headers(response, VARY.split(", "))
        if is_canonical and not getattr(request, "kept_by_nobody", False):
            response.tenue = tenue  # type: ignore[attr-defined]


# ---- keeping


def keep_none(request: HttpRequest) -> None:
    """Have nobody keep the page that is being made: its address names what is not there."""
    request.kept_by_nobody = True  # type: ignore[attr-defined]


def _key(address: str, *, packed: bool) -> str:
    text = f"{_program()}{'z' if packed else 'p'}{address}"
    # short: Django looks at each letter of a key
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=20).hexdigest()


def _is_packed(request: HttpRequest) -> bool:
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def given(request: HttpRequest) -> HttpResponse | None:
    """The answer that needs no page to be made, as it is kept or its reader has it; else None."""
    address, now = address_of(request), timezone.now().timestamp()
    if len(address) > MOST_LETTERS:
        return None
    response: HttpResponse
    if (own := _has_it(request, address, now)) is not None:
        response = HttpResponseNotModified()
        until = int(own.split("-")[1], 16)
        response.headers["ETag"] = own
        response.headers["Vary"] = VARY
    else:
        found = caches[CACHE].get(_key(address, packed=_is_packed(request)))
        if found is None:
            return None
        tenue, instance, route, headers, body = found
        mark, until = tenue
        if instance != _instance() or now >= until or mark != revision():
            return None
        # told what it is, Django looks for no charset
        response = HttpResponse(body, content_type=headers["content-type"][1])
        # as they left: Django reads and checks each name and value of a header that is set
        response.headers._store.update(headers)  # noqa: SLF001 - its only way in
        request.kept_route = route  # type: ignore[attr-defined]
    response.headers["Cache-Control"] = control(until, now)
    return response


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Keep a page that was made, if it is everybody's: as it leaves, packed."""
    tenue: Tenue | None = getattr(response, "tenue", None)
    if (
        tenue is None
        or request.method != "GET"
        or response.status_code != 200  # noqa: PLR2004 - OK
        or response.cookies
        or response.streaming
        or len(response.content) > MOST_BYTES
    ):
        return
    told = response.headers._store.items()  # noqa: SLF001 - by their small names, as ``given`` puts them back
    headers = {name: header for name, header in told if name not in _NOT_KEPT}
    match = request.resolver_match
    value = (
        (tenue.revision, tenue.until),
        _instance(),
        f"/{match.route}" if match else "-",
        headers,
        response.content,
    )
    seconds = max(1, tenue.until - int(timezone.now().timestamp()))
    caches[CACHE].set(_key(address_of(request), packed=_is_packed(request)), value, seconds)


# ---- one makes it, the others wait

_making: WeakValueDictionary[str, _Turn] = WeakValueDictionary()
_guard = threading.Lock()


class _Turn:
    """A lock that is forgotten once nobody holds it."""

    __slots__ = ("__weakref__", "lock")

    def __init__(self) -> None:
        self.lock = threading.Lock()


def take_turn(request: HttpRequest) -> bool:
    """Let one request of this process make a page while others wait; whether this one waited.

    Its turn ends with :class:`KeptPages`, once the page is kept.
    """
    if not getattr(request, "may_be_kept", False):
        return False
    key = _key(address_of(request), packed=_is_packed(request))
    with _guard:
        mine = _making.setdefault(key, _Turn())
    if mine.lock.acquire(blocking=False):
        request.turn = mine  # type: ignore[attr-defined]
        return False
    if mine.lock.acquire(timeout=PATIENCE):
        request.turn = mine  # type: ignore[attr-defined]
    return True


def tenue_now() -> Tenue | None:
    """How long a page that is made now is true; None inside a transaction, whose end nobody knows.

    Asked before anything is read: what changes meanwhile has another revision. Raises ``DatabaseError``.
    """
    if not is_settled():
        return None
    found, now = revisions(), timezone.now()
    known = _horizon[0] if _horizon else None
    if known is None or known[0] != found.apart or not known[1] <= now < known[2]:
        # no sheet moves a clock
        known = (found.apart, now, next_change(now))
        _horizon[:] = [known]
    return Tenue(found.whole, int(known[2].timestamp()), found.apart)


#: The revision apart from sheets that was asked last, since when, and its next moment: the same for all who
#: ask until then.
_horizon: list[tuple[int, dt.datetime, dt.datetime]] = []


class KeptPages:
    """Gives kept pages before anything else is done, and keeps those that views make."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        if not is_everybodys(request) or not _is_ours(request):
            return self.get_response(request)
        response = given(request)
        if response is not None:
            return response
        request.may_be_kept = request.method == "GET"  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            keep(request, response)
        finally:
            turn: _Turn | None = getattr(request, "turn", None)
            if turn is not None:
                turn.lock.release()
        return response


def _is_ours(request: HttpRequest) -> bool:
    """Whether it is a page of a host of ours; who is inside refuses another host."""
    if request.path.startswith(settings.STATIC_URL):
        return False
    if told := request.META.get("HTTP_HOST", ""):
        return _is_host(told, *settings.ALLOWED_HOSTS)
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


@lru_cache(64)
def _is_host(told: str, *allowed: str) -> bool:
    """What Django asks of the header ``Host``, once for each that it is told."""
    domain = split_domain_port(told)[0]
    return bool(domain) and validate_host(domain, allowed)

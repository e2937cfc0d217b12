"""What holds for every request: its number, what is refused before any view, and the headers of answers."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from gzip import GzipFile
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.request import UnreadablePostError
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from accroche.commun import envois, feuille, securite
from accroche.commun.http import POLICY, network_of
from accroche.commun.logs import SECRET_ARGUMENTS, Trajet, current, pseudonym
from accroche.commun.renvoi import posted
from accroche.commun.securite import Evenement
from accroche.lib.texte import plain_separators

logger = logging.getLogger("accroche.requests")

#: Refusals that are told as events, by their status; a limit tells itself which one is full.
REFUSALS: Final = {400: Evenement.UNREADABLE, 403: Evenement.FORBIDDEN}
#: Forms are sent so; Django reads no other.
FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
UTF8: Final = frozenset({"utf-8", "utf8"})


class RequestNumber:
    """Numbers each request, in the log, in ``X-Request-ID`` and on the pages of our faults.

    Logs one line a request: its route rather than its path, which may hold a link that opens something.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and tell."""
        began = time.perf_counter()
        trajet = Trajet(secrets.token_hex(6), network=pseudonym(network_of(request)))
        trajet.visitor = _visitor(request) or trajet.network
        request.number = trajet.number  # type: ignore[attr-defined]
        token = current.set(trajet)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = trajet.number
            if _holds_a_secret(request):
                # no page that such a link leads to is told the link; our name alone, or a form sent from here
                # would come from nowhere, and be refused
                response.headers["Referrer-Policy"] = "strict-origin"
            if not request.path.startswith(settings.STATIC_URL):
                trajet.visitor = _visitor(request) or trajet.network
                _tell(request, response, round((time.perf_counter() - began) * 1000))
        finally:
            current.reset(token)
        return response


def _visitor(request: HttpRequest) -> str:
    """The pseudonym of who asks, once it is known who it is; nothing is read for that."""
    user = getattr(request, "_cached_user", None)
    if user is not None and user.pk is not None:
        return pseudonym(f"user:{user.pk}")
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return pseudonym(f"session:{session}") if session else ""


def _holds_a_secret(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and bool(SECRET_ARGUMENTS & match.kwargs.keys())


def _tell(request: HttpRequest, response: HttpResponse, duration: int) -> None:
    match, status = request.resolver_match, response.status_code
    # a page that was kept knows the route that made it
    route = f"/{match.route}" if match else getattr(request, "kept_route", "-")
    method = request.method if request.method in _METHODS else "other"
    facts = {"method": method, "route": route, "status": status, "ms": duration}
    if logger.isEnabledFor(logging.INFO):
        # made here: the library would look through the stack for where it is told
        record = logger.makeRecord(logger.name, logging.INFO, __file__, 0, "answered", (), None)
        record.facts = facts
        logger.handle(record)
    event = getattr(response, "security_event", None) or REFUSALS.get(status)
    if event:
        securite.tell(event, route=route)


_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


class StyleSheet:
    """Answers with the style sheet of the DSFR, made in memory: no disk and no database stand in its way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what asks for it; for a year when its name is the one of today."""
        if not feuille.is_asked(request.path_info):
            return self.get_response(request)
        sheet = feuille.feuille()
        kept = "31536000, immutable" if request.path_info == sheet.address else "60"
        headers = {"Cache-Control": f"public, max-age={kept}"}
        return HttpResponse(sheet.text, content_type="text/css; charset=utf-8", headers=headers)


class Packing(GZipMiddleware):
    """Packs what nobody keeps (a search, a page of somebody's) in a third of the time, a tenth larger.

    Kept pages and files are packed once for many, as small as ever. It is told as Django tells it.
    """

    #: Bytes below which nothing is packed, and the level: the last at which zlib looks for no better match.
    SMALL: Final = 200
    LEVEL: Final = 3
    KINDS: Final = ("text/html", "application/json")

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        """Pack a page of a moment; all else is Django's."""
        if (
            response.streaming
            or getattr(response, "tenue", None)
            or response.has_header("Content-Encoding")
            or len(response.content) < self.SMALL
            or not re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
            or not response.get("Content-Type", "").startswith(self.KINDS)
        ):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        whole, held = response.content, BytesIO()
        # a name of chance: nobody learns from the length what a page holds
        name = "a" * secrets.randbelow(self.max_random_bytes)
        with GzipFile(name, "wb", self.LEVEL, held, mtime=0) as file:
            file.write(whole)
        if held.tell() < len(whole):
            response.content = held.getvalue()
            response.headers["Content-Length"] = str(held.tell())
            response.headers["Content-Encoding"] = "gzip"
            if response.get("ETag", "").startswith('"'):
                response.headers["ETag"] = f"W/{response.headers['ETag']}"
        return response


class ContentSecurityPolicy:
    """Adds the site's one content security policy to each response."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policy header set."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class NoStore:
    """Keeps every answer out of caches, but those that say themselves that they are for everybody.

    A page of somebody's, an export, an invitation, an answer with an error: nothing to leave on a shared
    computer. What ``public_page`` and the public files say is kept as they say it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, marked."""
        response = self.get_response(request)
        if "public" not in response.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store, private"
        return response


class OnceOnly:
    """Does a form once, however often it is sent with its key (``envois``).

    Sent again as it was, it leads where the first led. Sent again with another answer, the page says what the
    first made, and asks. A script, which saves over and over, carries the key of its page and is let through.
    """

    #: Seconds a request waits for the first of its form to end, and between two looks.
    PATIENCE: Final = 10.0
    LOOK: Final = 0.1
    #: Stands for the address of the form itself, when it holds a secret that no row may tell.
    HERE: Final = "."

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; then keep where the form led, or give its key back."""
        before = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        response = self.get_response(request)
        row: envois.Sent | None = getattr(request, "envoi", None)
        if row is not None:
            try:
                if envois.was_done(response):
                    opened = _session_key(request)
                    envois.settle(
                        row,
                        self._location(request, response),
                        session=opened if opened != before else "",
                        at=timezone.now(),
                    )
                else:
                    envois.release(row)
            except DatabaseError:
                # what the form asked for stands: sent again, it waits until this one is given up
                logger.warning("A form could not be settled.", exc_info=True)
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Claim the key, or answer for who claimed it before."""
        if request.method != "POST" or request.content_type not in FORMS:
            return None
        key = envois.key_of(request)
        if not key or request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            return None
        content, until = envois.content_of(request), time.monotonic() + self.PATIENCE
        while True:
            at = timezone.now()
            row, is_ours = envois.claim(key, content, at=at)
            if is_ours:
                request.envoi = row  # type: ignore[attr-defined]
                return None
            if row is not None:
                return self._again(request, row, content, at)
            if time.monotonic() >= until:
                context = {"en_cours": True, **posted(request, same_key=True)}
                return render(request, "commun/deja_envoye.html", context, status=409)
            time.sleep(self.LOOK)

    def _location(self, request: HttpRequest, response: HttpResponse) -> str:
        """Where the form led, but for a secret of its own address."""
        location, match = response.get("Location", ""), request.resolver_match
        told = match.kwargs if match else {}
        is_secret = any(str(told[name]) in location for name in SECRET_ARGUMENTS & told.keys())
        return self.HERE if is_secret else location

    def _again(self, request: HttpRequest, row: envois.Sent, content: str, at: dt.datetime) -> HttpResponse:
        """Lead to what the first made, with the session it opened if this browser never received it."""
        store = type(request.session)
        if row.session and row.settled_at and at - row.settled_at <= envois.HANDED_ON:
            opened = store(row.session)
            if opened.exists(row.session):
                request.session = opened
                request.session.modified = True
        location = request.get_full_path() if row.location == self.HERE else row.location
        if location and row.content == content:
            messages.info(request, "Votre envoi est bien arrivé, et n’a compté qu’une fois.")
            return redirect(location)
        context = {"en_cours": False, "adresse": location, "pareil": row.content == content}
        if row.content != content:
            context |= posted(request)
        return render(request, "commun/deja_envoye.html", context, status=200 if context["pareil"] else 409)


def _session_key(request: HttpRequest) -> str:
    """The key of the session as it stands after the view: a new one is saved to be known."""
    session = request.session
    if session.modified and session.session_key is None and not session.is_empty():
        session.save()
    return session.session_key or ""


class ReadableRequest:
    """Refuses, with a 400, what no text of ours can hold, wherever it stands in the request.

    The NUL character, which PostgreSQL refuses; half a character (a lone surrogate), which no file and no
    answer can hold; a form that says it is written in anything but UTF-8, which would let both through.
    What was pasted with separators nobody types has spaces and line ends instead
    (:func:`~accroche.lib.texte.plain_separators`), before any form reads it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse, or answer."""
        try:
            readable = all(map(_is_readable, _texts(request)))
        except UnreadablePostError as error:
            raise BadRequest("The sender left in the middle of the form.") from error
        if not readable:
            raise BadRequest("The request holds a character that is none.")
        request.GET = _plain(request.GET)  # type: ignore[assignment]  # as Django makes it: closed to writing
        if request.method == "POST" and request.content_type in FORMS:
            request.POST = _plain(request.POST)  # type: ignore[assignment]  # read before, as is all the rest
        return self.get_response(request)


def _plain(sent: QueryDict) -> QueryDict:
    """What was sent, each text parted plainly; the same object where nothing changes."""
    plain = {name: [plain_separators(text) for text in texts] for name, texts in sent.lists()}
    if plain == dict(sent.lists()):
        return sent
    parted = QueryDict(mutable=True)
    for name, texts in plain.items():
        parted.setlist(name, texts)
    parted._mutable = False  # noqa: SLF001 - as Django makes those it reads
    return parted


def _is_readable(text: str) -> bool:
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _texts(request: HttpRequest) -> Iterator[str]:
    """Every text of a request that a view may read, in the order in which it costs something."""
    yield request.path_info
    for name, value in request.META.items():
        if name.startswith("HTTP_") and isinstance(value, str):
            yield value
    for pair in request.COOKIES.items():
        yield from pair
    for name, values in request.GET.lists():
        yield from (name, *values)
    if request.method != "POST" or request.content_type not in FORMS:
        return
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.lower() not in UTF8:
        raise BadRequest("Forms are written in UTF-8.")
    for name, values in request.POST.lists():
        yield from (name, *values)
    files: Any = request.FILES
    for name, uploads in files.lists():
        yield name
        for upload in uploads:
            yield from (upload.name or "", upload.content_type or "", upload.charset or "")

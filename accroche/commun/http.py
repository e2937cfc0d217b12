"""What is read of a request whoever sends it, and how public pages are kept."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, wraps
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, Concatenate, ParamSpec, TypeVar, overload

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from accroche.commun import pages
from accroche.commun.limites import LimitError

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponse)

#: Everything comes from the site itself, nothing inline: our drawings carry attributes, no style.
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

View = Callable[Concatenate[HttpRequest, P], HttpResponse]


@overload
def public_page(view: View[P]) -> View[P]: ...


@overload
def public_page(
    *, query: Mapping[str, pages.Accepts] = ..., most: int = ..., ready: Callable[[], bool] = ...
) -> Callable[[View[P]], View[P]]: ...


def public_page(
    view: View[P] | None = None,
    *,
    query: Mapping[str, pages.Accepts] | None = None,
    most: int | None = None,
    ready: Callable[[], bool] | None = None,
) -> Any:
    """Let a page that is the same for everybody be kept, here and by caches; errors never are.

    ``query``: the parameters it reads, and what each may be: an address written otherwise, or with more than
    ``most`` of them, is answered and kept by nobody. ``ready``: whether what it reads besides the database
    (the search index) has caught up with it; while it has not, the page is made each time.

    Who signed in reads it under a header of their own: nobody keeps that
    (:class:`~accroche.commun.middleware.NoStore`).
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            is_canonical = pages.canonical(request, query or {}, most)
            if is_canonical and pages.take_turn(request) and (made := pages.given(request)):
                return made
            tenue = pages.tenue_now() if pages.is_everybodys(request) else None
            if tenue and ready and not ready():
                tenue = None
            response = view(request, *args, **kwargs)
            access = getattr(request, "access", None)
            if response.status_code == 200 and not (access and access.is_signed_in):  # noqa: PLR2004 - OK
                pages.mark(request, response, tenue, is_canonical=is_canonical)
            return response

        wrapped.kept = True  # type: ignore[attr-defined]  # for the test that walks all pages
        return wrapped

    return decorate(view) if view else decorate


def asked_page(request: HttpRequest, paginator: Paginator[Any]) -> Page[Any]:
    """The page of a list that an address asks for; for a number there is not, another, which nobody keeps."""
    page = paginator.get_page(request.GET.get("page"))
    if request.GET.get("page", "1") != str(page.number):
        pages.keep_none(request)
    return page


def for_everybody(response: HttpResponseBase) -> None:
    """Let caches keep a file that everybody may have, and ask each time whether it is there still."""
    response.headers["Cache-Control"] = pages.control(None, timezone.now().timestamp())


def allow_frames(response: HttpResponse, origins: Iterable[str]) -> None:
    """Let this one page show players of ``origins`` (``https://host``): the rest of the site shows none."""
    if frames := " ".join(sorted(set(origins))):
        response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src {frames}"


def allow_images(response: HttpResponse, origins: Iterable[str]) -> None:
    """Let this one page show images of ``origins``, beside what it is allowed already."""
    if more := " ".join(sorted(set(origins))):
        policy = response.headers.get("Content-Security-Policy", POLICY)
        response.headers["Content-Security-Policy"] = policy.replace("img-src ", f"img-src {more} ", 1)


def allow_embedding(response: HttpResponse) -> None:
    """Let any site show this one page in a frame: it does nothing but tell, and knows no visitor."""
    policy = response.headers.get("Content-Security-Policy", POLICY)
    response.headers["Content-Security-Policy"] = policy.replace(
        "frame-ancestors 'none'", "frame-ancestors *", 1
    )
    response.xframe_options_exempt = True


def allow_scripts_elsewhere(response: HttpResponse) -> None:
    """Let scripts of any site read this answer: public data, which holds nothing of who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"


#: What one subscriber or one school holds: their addresses count as one.
IPV4_PREFIX, IPV6_PREFIX = 24, 64


def network_of(request: HttpRequest) -> str:
    """The network a request comes from: « 192.0.2.0/24 », « 2001:db8::/64 », « ? » for what is no address.

    Behind a proxy, the server in front gives the visitor's address (docs/exploitation.md).
    """
    return _network(request.META.get("REMOTE_ADDR", ""))


@lru_cache(maxsize=1024)
def _network(told: str) -> str:
    try:
        address = ip_address(told.partition("%")[0])
    except ValueError:
        return "?"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return str(ip_network((address, IPV6_PREFIX), strict=False))
        address = address.ipv4_mapped
    return str(ip_network((address, IPV4_PREFIX), strict=False))


def too_many(response: Response, error: LimitError, at: dt.datetime) -> Response:
    """Return ``response`` as the refusal of ``error``: 429, and in how many seconds to come back."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(max(1, math.ceil((error.retry_at - at).total_seconds())))
    return response

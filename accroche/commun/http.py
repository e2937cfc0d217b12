"""What is read of a request whoever sends it, and how public pages are cached."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from accroche.commun.limites import LimitError

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponse)

#: Everything comes from the site itself, nothing inline: our drawings carry attributes, no style.
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)

#: Long enough to absorb a crowd, short enough that a correction shows at once.
SECONDS = 60


def public_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let caches keep a page that is the same for everybody; errors are never kept.

    Who signed in reads it under a header of their own: nobody keeps that
    (:class:`~accroche.commun.middleware.NoStore`).
    """

    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        access = getattr(request, "access", None)
        if response.status_code == 200 and not (access and access.is_signed_in):  # noqa: PLR2004 - OK
            patch_cache_control(response, public=True, max_age=SECONDS)
        return response

    return wrapped


def allow_frames(response: HttpResponse, origins: Iterable[str]) -> None:
    """Let this one page show players of ``origins`` (``https://host``): the rest of the site shows none."""
    if frames := " ".join(sorted(set(origins))):
        response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src {frames}"


def allow_images(response: HttpResponse, origins: Iterable[str]) -> None:
    """Let this one page show images of ``origins``, beside what it is allowed already."""
    if more := " ".join(sorted(set(origins))):
        policy = response.headers.get("Content-Security-Policy", POLICY)
        response.headers["Content-Security-Policy"] = policy.replace("img-src ", f"img-src {more} ", 1)


#: What one subscriber or one school holds: their addresses count as one.
IPV4_PREFIX, IPV6_PREFIX = 24, 64


def network_of(request: HttpRequest) -> str:
    """The network a request comes from: « 192.0.2.0/24 », « 2001:db8::/64 », « ? » for what is no address.

    Behind a proxy, the server in front gives the visitor's address (docs/exploitation.md).
    """
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", "").partition("%")[0])
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

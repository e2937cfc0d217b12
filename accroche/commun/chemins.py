"""Addresses of pages by their route, found once: a list of sixty actions asks for two hundred.

Django looks an address up in its table and matches it against its pattern each time, a tenth of a page's
processor. What it found depends on nothing but the route, its arguments and where the site is mounted.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache, partial
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, get_urlconf, reverse

#: Addresses that are remembered; the least asked for go first.
MOST: Final = 8192

#: Where the site of the request under way is mounted, and its routes: asked of Django once for each request,
#: where each of two hundred addresses took longer to ask it than to be found.
_mounted: ContextVar[tuple[str, str] | None] = ContextVar("accroche_chemins", default=None)


class Montage:
    """Has all addresses of a page found from where the site was mounted as it was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        token = _mounted.set(_asked())
        try:
            return self.get_response(request)
        finally:
            _mounted.reset(token)


def path_of(route: str, *args: object) -> str:
    """The address of a route from the root of the site, as ``reverse``; ``NoReverseMatch`` likewise."""
    try:
        return _found(*here(), route, *args)
    except TypeError:  # an argument that cannot be remembered
        return reverse(route, args=args)


def paths_of(route: str) -> Callable[..., str]:
    """The same of one route, for many arguments that can be remembered: where the site is, is asked once."""
    return partial(_found, *here(), route)


def here() -> tuple[str, str]:
    """Where the site is mounted and its routes: on what else each address depends."""
    return _mounted.get() or _asked()


def _asked() -> tuple[str, str]:
    return get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF


@lru_cache(MOST, typed=True)
def _found(_prefix: str, urlconf: str, route: str, *args: object) -> str:
    return reverse(route, urlconf, args=args)

"""Addresses of pages by their route, found once: a list of sixty actions asks for two hundred.

Django looks an address up in its table and matches it against its pattern each time, a tenth of a page's
processor. What it found depends on nothing but the route, its arguments and where the site is mounted.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

#: Addresses that are remembered; the least asked for go first.
MOST: Final = 8192


def path_of(route: str, *args: object) -> str:
    """The address of a route from the root of the site, as ``reverse``; ``NoReverseMatch`` likewise."""
    try:
        return _found(get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF, route, *args)
    except TypeError:  # an argument that cannot be remembered
        return reverse(route, args=args)


def paths_of(route: str) -> Callable[..., str]:
    """The same of one route, for many arguments that can be remembered: where the site is, is asked once."""
    return partial(_found, get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF, route)


@lru_cache(MOST, typed=True)
def _found(_prefix: str, urlconf: str, route: str, *args: object) -> str:
    return reverse(route, urlconf, args=args)

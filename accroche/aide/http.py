"""Which pages an opinion may be about."""

from __future__ import annotations

from typing import Final

from django.http import Http404
from django.urls import ResolverMatch, resolve

from accroche.commun.logs import SECRET_ARGUMENTS

LONGEST: Final = 300
#: The pages on which one writes to us: what is said there is of another.
_WRITING: Final = frozenset({"aide:avis", "aide:merci", "aide:contact"})


def page_of(told: str) -> str:
    """The path of a page of ours, as it was told; empty for anything else, and for a secret of somebody's."""
    path = told.partition("?")[0].partition("#")[0]
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST or not path.isprintable():
        return ""
    try:
        return path if may_be_told(resolve(path)) else ""
    except Http404:
        return ""


def may_be_told(match: ResolverMatch) -> bool:
    """Whether the address of a page opens nothing by itself, and is no page to write to us."""
    return not SECRET_ARGUMENTS & match.kwargs.keys() and match.view_name not in _WRITING

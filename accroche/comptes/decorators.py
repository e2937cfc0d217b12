"""Each view says who may open it; :class:`~accroche.comptes.middleware.DenyByDefault` refuses the others.

A view still narrows what it reads with ``visible_to(request.access)``, and asks ``allows`` of the object.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.http import HttpResponseBase

from accroche.comptes.regles import Right

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a view: everybody, who is signed in, or who has one of ``rights`` somewhere."""

    public: bool = False
    rights: frozenset[Right] = field(default_factory=frozenset)


def _with(rule: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Anyone may open this view; it must itself show public things only."""
    return _with(Rule(public=True))(view)


def signed_in(view: View) -> View:
    """Only a person who signed in may open this view."""
    return _with(Rule())(view)


def requires(*rights: Right) -> Callable[[View], View]:
    """Only a person who has one of ``rights`` on some territory may open this view."""
    return _with(Rule(rights=frozenset(rights)))


def rule_of(view: Any) -> Rule | None:
    """The rule a view carries; None for one that says nothing, which nobody may open."""
    return getattr(view, "access_rule", None)

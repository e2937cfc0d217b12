"""The mark by which a view says who may open it; ``comptes.middleware`` refuses a view without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a view: everybody, who is signed in, or who has one of ``rights`` somewhere."""

    public: bool = False
    rights: frozenset[str] = field(default_factory=frozenset)


def marked(rule: Rule) -> Callable[[View], View]:
    """Return a decorator that writes ``rule`` on a view."""

    def mark(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Anyone may open this view; it must itself show public things only."""
    return marked(Rule(public=True))(view)


def rule_of(view: Any) -> Rule | None:
    """The rule a view carries; None for one that says nothing, which nobody may open."""
    return getattr(view, "access_rule", None)

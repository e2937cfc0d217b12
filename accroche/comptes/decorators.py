"""Each view says who may open it; :class:`~accroche.comptes.middleware.DenyByDefault` refuses the others.

A view still narrows what it reads with ``visible_to(request.access)``, and asks ``may`` of the object.
"""

from __future__ import annotations

from collections.abc import Callable

from accroche.commun.acces import Rule, View, marked, public, rule_of
from accroche.comptes.regles import Right

__all__ = ["Rule", "public", "requires", "rule_of", "signed_in"]


def signed_in(view: View) -> View:
    """Only a person who signed in may open this view."""
    return marked(Rule())(view)


def requires(*rights: Right) -> Callable[[View], View]:
    """Only a person who has one of ``rights`` on some territory may open this view."""
    return marked(Rule(rights=frozenset(rights)))

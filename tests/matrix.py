"""Who may open what, in the words of the access matrix (``test_matrix.py``): people, rights and sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accroche.comptes.regles import RIGHTS, Right, TypeRole
from tests.world import Side

#: The role behind each person of the world; the others have none.
ROLE = {
    "porteur": TypeRole.PORTEUR,
    "referent_bassin": TypeRole.REFERENT,
    "referent_departement": TypeRole.REFERENT,
    "moderateur": TypeRole.MODERATEUR,
    "lecteur": TypeRole.LECTEUR,
    "partenaire": TypeRole.PARTENAIRE,
    "national": TypeRole.NATIONAL,
    "administrateur": TypeRole.ADMINISTRATEUR,
}
EVERYWHERE = {"national", "administrateur"}
PEOPLE = ("anonymous", "by_link", "no_role", "ended", *ROLE)
#: Who is enough to ask each page's queries of another database: of each role, SQLite has been asked.
FEW = frozenset({"by_link", "porteur", "moderateur", "administrateur"})
SIGNED_IN = frozenset(PEOPLE) - {"anonymous", "by_link"}


def with_right(*rights: Right) -> frozenset[str]:
    """The people whose role gives one of ``rights`` somewhere."""
    return frozenset(who for who, kind in ROLE.items() if RIGHTS[kind] & set(rights))


@dataclass(frozen=True)
class Rule:
    """Who may open an address about the own territory and about the other one.

    ``arguments``: those of the address, from a side. ``get``: the status who may is given to GET (405 for
    an address that only takes a form).
    """

    own: frozenset[str]
    other: frozenset[str]
    arguments: Callable[[Side], dict[str, Any]] = lambda _side: {}
    get: frozenset[int] = frozenset({200, 302})
    #: people who are told with a page of its own (404, 403, 410) rather than let in, where that is right
    note: str = ""


def everybody(arguments: Callable[[Side], dict[str, Any]] = lambda _side: {}, **more: Any) -> Rule:
    """Public: the same for all."""
    return Rule(frozenset(PEOPLE), frozenset(PEOPLE), arguments, **more)


def signed_in(arguments: Callable[[Side], dict[str, Any]] = lambda _side: {}, **more: Any) -> Rule:
    """For whoever has an account."""
    return Rule(SIGNED_IN, SIGNED_IN, arguments, **more)


def anywhere(*rights: Right, **more: Any) -> Rule:
    """A list or a form about no place in particular: for who has the right somewhere."""
    return Rule(with_right(*rights), with_right(*rights), **more)


def placed(
    arguments: Callable[[Side], dict[str, Any]],
    *rights: Right,
    also: frozenset[str] = frozenset(),
    but: frozenset[str] = frozenset(),
    **more: Any,
) -> Rule:
    """About one place: for who has the right there; ``also``: who else on the own side."""
    holders = with_right(*rights) - but
    return Rule(holders | also, holders & EVERYWHERE, arguments, **more)


def nobody(arguments: Callable[[Side], dict[str, Any]] = lambda _side: {}) -> Rule:
    """Closed here: only the demo opens it, or a seat on a jury nobody of this world has."""
    return Rule(frozenset(), frozenset(), arguments)


def year(side: Side) -> dict[str, Any]:
    return {"year": side.where.semaine.edition.year}


def of_version(side: Side) -> dict[str, Any]:
    return year(side) | {"number": 1}


def of_semaine(side: Side) -> dict[str, Any]:
    return year(side) | {"academie": side.where.academie.slug}


def of_partie(side: Side) -> dict[str, Any]:
    """A part of the report of the side's edition."""
    return year(side) | {"partie": "preambule"}


def of_sheet(side: Side) -> dict[str, Any]:
    """The public sheet of a side."""
    return of_semaine(side) | {"action": side.published.slug}


def of_scrutin(side: Side) -> dict[str, Any]:
    return {"slug": side.scrutin.slug}


def of_selection(side: Side) -> dict[str, Any]:
    return {"slug": side.selection.slug}


FORM_ONLY = frozenset({405})
#: What a row without its file answers to who may have it.
FILE_IS_LOST = frozenset({410})

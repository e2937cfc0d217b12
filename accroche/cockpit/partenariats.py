"""What partners do in an edition: whom one meets at the dialogues de gestion, and with what in hand. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from accroche.campagne.regles import PARTENAIRE_LABELS, TypePartenaire
from accroche.lib.texte import sort_key


@dataclass(slots=True)
class Partenariat:
    """One partner in an edition: where it is, by a page or a published sheet, and on which.

    ``semaines`` and ``actions`` are row numbers; ``named``: the semaines that name it themselves.
    """

    number: int
    name: str
    kind: TypePartenaire
    internal: bool
    semaines: set[int] = field(default_factory=set)
    actions: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class ParType:
    """The partners of one kind together: how many, in how many académies, on how many sheets."""

    kind: TypePartenaire | None
    partners: int
    academies: int
    actions: int


def in_order(found: Iterable[Partenariat]) -> list[Partenariat]:
    """In alphabetical order: never by size."""
    return sorted(found, key=lambda one: (sort_key(one.name), one.number))


def kept(
    found: Iterable[Partenariat], kind: TypePartenaire | None = None, *, internal: bool | None = None
) -> list[Partenariat]:
    """Those of one kind, and outside the Éducation nationale or within it; None keeps all."""
    return [
        one
        for one in found
        if (kind is None or one.kind is kind) and (internal is None or one.internal is internal)
    ]


def together(found: Iterable[Partenariat], kind: TypePartenaire | None = None) -> ParType:
    """Count some partners: an académie or a sheet counts once, however many of them are there."""
    rows = list(found)
    return ParType(
        kind,
        len(rows),
        len(_union(rows, lambda one: one.semaines)),
        len(_union(rows, lambda one: one.actions)),
    )


def _union(rows: list[Partenariat], of: Callable[[Partenariat], set[int]]) -> set[int]:
    return set().union(*(of(one) for one in rows))


def by_kind(found: Iterable[Partenariat]) -> list[ParType]:
    """The kinds that have a partner, in the order in which they are shown everywhere."""
    rows = list(found)
    counted = (together(kept(rows, kind), kind) for kind in PARTENAIRE_LABELS)
    return [one for one in counted if one.partners]

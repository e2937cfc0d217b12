"""What a row of a file says otherwise than the sheet of the site it is about; pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from accroche.actions.champs import CHAMPS, FEUILLES, Voie
from accroche.actions.saisie import EMPTY, Contenu, LienSaisi, PartenaireSaisi, PorteurSaisi, in_words
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.row import Row
from accroche.lib.texte import slug

#: How a row calls what it reads of a field, when not by its name.
_OF_A_ROW: Final = {
    "porteurs.name": "mentions",
    "porteurs.commune": "mentions",
    "porteurs.uai": "codes",
    "partenaires.name": "partners",
    "liens.url": "links",
}
#: What each column writes: attributes of a row and of a sheet, which share their names but for four.
ATTRIBUTES: Final[dict[Champ, tuple[str, ...]]] = {
    column: tuple(
        dict.fromkeys(
            _OF_A_ROW.get(field.name, field.name)
            for field in FEUILLES
            if column.value in field.cles(Voie.RECENSEMENT)
        )
    )
    for column in Champ
    if any(column.value in field.cles(Voie.RECENSEMENT) for field in FEUILLES)
}
_WHO: Final = frozenset({"mentions", "codes"})
#: The columns that say who carries the action: read together, and chosen together.
WHO: Final = frozenset(champ for champ, names in ATTRIBUTES.items() if _WHO & {*names})
#: Lists whose order says nothing.
_UNORDERED: Final = frozenset({"levels", "themes", "partners", "links"})


@dataclass(frozen=True, slots=True)
class CellDifference:
    """One cell that says something else than the site, in words. ``before`` is None when nobody knows.

    ``conflict``: the site changed as well since the export, or may have: the site is kept unless told.
    """

    champ: Champ
    before: str | None
    site: str
    file: str
    conflict: bool


@dataclass(frozen=True, slots=True)
class RowTold:
    """What one side says of a sheet: its cells as they are read, and who carries it."""

    row: Row
    porteurs: tuple[PorteurSaisi, ...] = ()


def porteur_keys(porteurs: Iterable[PorteurSaisi]) -> list[str]:
    """Return what tells carriers apart: the UAI of a school, else its words."""
    return [porteur.uai or slug(f"{porteur.name} {porteur.commune}") for porteur in porteurs]


def cell_differences(
    file: RowTold, site: RowTold, before: Row | None, fields: Iterable[Champ], *, by_identity: bool
) -> tuple[CellDifference, ...]:
    """Return the cells of a row, among ``fields``, that say something else than the site.

    All have been read by the same reader, so that writing the same thing otherwise is no change; no more is
    putting a list in another order. ``before``: the row as it was exported, None when unknown.
    ``by_identity``: the row carries no number and was recognised by title and school: an empty cell then
    says nothing, and its school is the same.
    """
    asked = sorted(fields)
    found = [] if by_identity else [*_carriers(file, site, before, [one for one in asked if one in WHO])]
    for champ in asked:
        if champ in WHO:
            continue
        for name in ATTRIBUTES.get(champ, ()):
            mine, theirs = getattr(file.row, name), getattr(site.row, name)
            if _alike(name, mine, theirs) or (by_identity and not mine):
                continue
            was = getattr(before, name) if before else None
            if before and _alike(name, mine, was):
                continue  # only the site has changed: it is newer
            told = (_words(name, was) if before else None, _words(name, theirs), _words(name, mine))
            found.append(CellDifference(champ, *told, before is None or not _alike(name, theirs, was)))
    return tuple({(one.champ, one.file): one for one in found}.values())


def _carriers(
    file: RowTold, site: RowTold, before: Row | None, asked: list[Champ]
) -> Iterable[CellDifference]:
    """Name and code say one thing: who carries the action."""
    if not asked or Counter(porteur_keys(file.porteurs)) == Counter(porteur_keys(site.porteurs)):
        return
    mine, theirs, was = _who(file.row), _who(site.row), _who(before) if before else None
    yield CellDifference(asked[0], was, theirs, mine, was is None or was != theirs)


def _who(row: Row) -> str:
    return " ; ".join((*row.mentions, *row.codes)) or EMPTY


def _alike(name: str, one: Any, other: Any) -> bool:
    return bool(one == other or (name in _UNORDERED and Counter(one) == Counter(other)))


def _words(name: str, value: Any) -> str:
    if isinstance(value, tuple):
        value = [str(item) for item in value]
    elif hasattr(value, "isoformat"):
        value = value.isoformat()
    return in_words(name, value)


def content_of_row(row: Row, porteurs: Iterable[PorteurSaisi]) -> Contenu:
    """Return a whole sheet made of a row."""
    told: dict[str, Any] = {
        # most are plain, of a hundred thousand rows
        name: value if type(value) in _PLAIN else _plain(value)
        for name, value in zip(_SAME_NAME, _same_name_of(row), strict=True)
    }
    return Contenu(
        **told,
        porteurs=tuple(porteurs),
        partenaires=tuple(map(_partner, row.partners)),
        liens=tuple(map(LienSaisi, row.links)),
    )


#: What a row and a sheet call by one name.
_SAME_NAME: Final = tuple(one.name for one in CHAMPS if not one.parts and one.goes(Voie.RECENSEMENT))
_same_name_of: Final = attrgetter(*_SAME_NAME)
#: The types a sheet holds as a row does.
_PLAIN: Final = frozenset({str, int, dt.date, type(None)})


#: Partners by their names; the same few come back on most rows.
_partner: Final = lru_cache(maxsize=512)(PartenaireSaisi)


@lru_cache(maxsize=512)
def _plain(value: Any) -> Any:
    """A code as its text, or several, which is what a sheet holds."""
    if isinstance(value, tuple):
        return tuple(one.value for one in value)
    return value.value if isinstance(value, StrEnum) else value


def merged(site: Contenu, row: Row, chosen: Iterable[Champ], porteurs: Iterable[PorteurSaisi]) -> Contenu:
    """Return the sheet of the site with the cells ``chosen`` from the row; what they cannot say stays."""
    told: dict[str, Any] = {}
    whole = content_of_row(row, porteurs)
    for champ in chosen:
        for name in ATTRIBUTES.get(champ, ()):
            field, keep = _KEPT.get(name, (name, None))
            value = getattr(whole, field)
            told[field] = keep(value, getattr(site, field)) if keep else value
    return replace(site, **told)


def _keep_named(new: tuple[Any, ...], old: tuple[Any, ...], key: Callable[[Any], str]) -> tuple[Any, ...]:
    held: Mapping[str, Any] = {key(one): one for one in old}
    return tuple(held.get(key(one), one) for one in new)


_KEPT: Final[dict[str, tuple[str, Callable[[Any, Any], Any] | None]]] = {
    "mentions": ("porteurs", None),
    "codes": ("porteurs", None),
    "partners": ("partenaires", lambda new, old: _keep_named(new, old, lambda one: one.name)),
    "links": ("liens", lambda new, old: _keep_named(new, old, lambda one: one.url)),
}

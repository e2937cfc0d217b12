"""What importing a row would do, decided from the row and from what the site holds; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from accroche.actions.champs import CHAMPS, FEUILLES, Voie
from accroche.actions.saisie import Contenu, LienSaisi, PartenaireSaisi, PorteurSaisi, in_words
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.rows import Row
from accroche.lib.libelles import Libelle
from accroche.lib.texte import slug

#: Room the fingerprint leaves for the words of a title in the address of a sheet.
SLUG_WORDS: Final = 100


class Fate(Libelle):
    """What becomes of a row."""

    NEW = "new", "nouvelle"
    SAME = "same", "déjà sur le site"
    CHANGED = "changed", "différente du site"
    TWICE = "twice", "en double dans le fichier"
    REFUSED = "refused", "à corriger"


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
class Verdict:
    """One row and what becomes of it. ``slug``: the address of a new one; ``action``: the sheet there.

    ``missing``: the fields without which a new sheet could not be published, and what to do about each.
    """

    row: Row
    fate: Fate
    porteurs: tuple[PorteurSaisi, ...] = ()
    slug: str = ""
    action: int | None = None
    version: int = 0
    differences: tuple[CellDifference, ...] = ()
    missing: tuple[tuple[str, str], ...] = ()

    @property
    def has_conflict(self) -> bool:
        """Whether somebody has to choose."""
        return any(one.conflict for one in self.differences)

    @property
    def key(self) -> str:
        """How a form names the row."""
        return f"{self.row.sheet}:{self.row.number}"


@lru_cache(maxsize=2048)
def _title(title: str) -> str:
    return slug(title)


def fingerprint(title: str, porteurs: Iterable[str]) -> str:
    """Return what makes two rows of a semaine the same action: the words of its title and its carriers."""
    text = "\n".join([_title(title), *sorted(porteurs)])
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def porteur_keys(porteurs: Iterable[PorteurSaisi]) -> list[str]:
    """Return what tells carriers apart: the UAI of a school, else its words."""
    return [porteur.uai or slug(f"{porteur.name} {porteur.commune}") for porteur in porteurs]


def address(title: str, mark: str) -> str:
    """Return the address of a new sheet: two imports of one row give the same, so the second is refused."""
    return f"{_title(title)[:SLUG_WORDS].strip('-') or 'action'}-{mark}"


def content_of_row(row: Row, porteurs: Iterable[PorteurSaisi]) -> Contenu:
    """Return a whole sheet made of a row."""
    return Contenu(
        **{name: _plain(getattr(row, name)) for name in _SAME_NAME},
        porteurs=tuple(porteurs),
        partenaires=tuple(PartenaireSaisi(name) for name in row.partners),
        liens=tuple(LienSaisi(url) for url in row.links),
    )


#: What a row and a sheet call by one name.
_SAME_NAME: Final = tuple(one.name for one in CHAMPS if not one.parts and one.goes(Voie.RECENSEMENT))


def _plain(value: Any) -> Any:
    """A code as its text, which is what a sheet holds."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value.value if isinstance(value, StrEnum) else value


def cell_differences(
    row: Row, site: Row, before: Row | None, fields: Iterable[Champ], *, by_identity: bool
) -> tuple[CellDifference, ...]:
    """Return the cells of ``row`` that say something else than the site.

    The three have been read by the same reader, so that writing the same thing otherwise is no change.
    ``before``: the row as it was exported, None when unknown. ``by_identity``: the row carries no number
    and was recognised by title and school: an empty cell then says nothing, and its school is the same.
    """
    found = []
    for champ in fields:
        for name in ATTRIBUTES.get(champ, ()):
            mine, theirs = getattr(row, name), getattr(site, name)
            if mine == theirs or (by_identity and (not mine or name in _WHO)):
                continue
            was = getattr(before, name) if before else None
            if before and mine == was:
                continue  # only the site has changed: it is newer
            conflict = before is None or theirs != was
            found.append(
                CellDifference(
                    champ,
                    _words(name, was) if before else None,
                    _words(name, theirs),
                    _words(name, mine),
                    conflict,
                )
            )
    return tuple({(one.champ, one.file): one for one in found}.values())


def _words(name: str, value: Any) -> str:
    if isinstance(value, tuple):
        value = [str(item) for item in value]
    elif hasattr(value, "isoformat"):
        value = value.isoformat()
    return in_words(name, value)


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


def chosen(verdict: Verdict, *, file: bool) -> tuple[Champ, ...]:
    """Return the columns to write of a changed row: those without conflict, the others when ``file``."""
    return tuple(one.champ for one in verdict.differences if file or not one.conflict)


def _keep_named(new: tuple[Any, ...], old: tuple[Any, ...], key: Callable[[Any], str]) -> tuple[Any, ...]:
    held: Mapping[str, Any] = {key(one): one for one in old}
    return tuple(held.get(key(one), one) for one in new)


_KEPT: Final[dict[str, tuple[str, Callable[[Any, Any], Any] | None]]] = {
    "mentions": ("porteurs", None),
    "codes": ("porteurs", None),
    "partners": ("partenaires", lambda new, old: _keep_named(new, old, lambda one: one.name)),
    "links": ("liens", lambda new, old: _keep_named(new, old, lambda one: one.url)),
}

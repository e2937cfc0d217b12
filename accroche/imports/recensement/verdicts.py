"""What importing a row would do, decided from the row and from what the site holds; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from accroche.actions.saisie import Contenu, LienSaisi, PartenaireSaisi, PorteurSaisi, in_words
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.rows import Row
from accroche.lib.libelles import Libelle
from accroche.lib.texte import slug

#: Room the fingerprint leaves for the words of a title in the address of a sheet.
SLUG_WORDS: Final = 100


class Outcome(Libelle):
    """What becomes of a row."""

    NEW = "new", "nouvelle"
    SAME = "same", "déjà sur le site"
    CHANGED = "changed", "différente du site"
    TWICE = "twice", "en double dans le fichier"
    REFUSED = "refused", "à corriger"


#: What each column writes: attributes of a row and of a sheet, which share their names but for four.
ATTRIBUTES: Final[dict[Champ, tuple[str, ...]]] = {
    Champ.TITRE: ("title",),
    Champ.DESCRIPTION: ("description",),
    Champ.ETABLISSEMENT: ("mentions",),
    Champ.UAI: ("codes",),
    Champ.DATES: ("starts", "ends"),
    Champ.DEBUT: ("starts",),
    Champ.FIN: ("ends",),
    Champ.TEMPORALITE: ("temporality",),
    Champ.NIVEAUX: ("levels",),
    Champ.PREMIER_DEGRE: ("levels",),
    Champ.COLLEGE: ("levels",),
    Champ.LYCEE: ("levels",),
    Champ.LYCEE_PROFESSIONNEL: ("levels",),
    Champ.NATURE: ("nature",),
    Champ.THEMES: ("themes",),
    Champ.CLASSES: ("classes",),
    Champ.EFFECTIF: ("audience_size",),
    Champ.PUBLIC: ("audience_note",),
    Champ.PARTENAIRES: ("partners",),
    Champ.AUTORITE: ("authority",),
    Champ.CONTACT_PUBLIC: ("public_contact",),
    Champ.CONTACT: ("private_contact",),
    Champ.COURRIEL: ("private_email",),
    Champ.TELEPHONE: ("private_phone",),
    Champ.LIENS: ("links",),
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
    """One row and what becomes of it. ``slug``: the address of a new one; ``action``: the sheet there."""

    row: Row
    outcome: Outcome
    porteurs: tuple[PorteurSaisi, ...] = ()
    slug: str = ""
    action: int | None = None
    version: int = 0
    differences: tuple[CellDifference, ...] = ()

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


def fingerprint(title: str, carriers: Iterable[str]) -> str:
    """Return what makes two rows of a semaine the same action: the words of its title and its carriers."""
    text = "\n".join([_title(title), *sorted(carriers)])
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def carrier_keys(porteurs: Iterable[PorteurSaisi]) -> list[str]:
    """Return what tells carriers apart: the UAI of a school, else its words."""
    return [porteur.uai or slug(f"{porteur.name} {porteur.commune}") for porteur in porteurs]


def address(title: str, mark: str) -> str:
    """Return the address of a new sheet: two imports of one row give the same, so the second is refused."""
    return f"{_title(title)[:SLUG_WORDS].strip('-') or 'action'}-{mark}"


def content_of_row(row: Row, porteurs: Iterable[PorteurSaisi]) -> Contenu:
    """Return a whole sheet made of a row."""
    return Contenu(
        title=row.title,
        description=row.description,
        porteurs=tuple(porteurs),
        levels=tuple(level.value for level in row.levels),
        temporality=row.temporality.value,
        starts=row.starts,
        ends=row.ends,
        classes=row.classes,
        audience_size=row.audience_size,
        audience_note=row.audience_note,
        nature=row.nature.value,
        themes=tuple(theme.value for theme in row.themes),
        partenaires=tuple(PartenaireSaisi(name) for name in row.partners),
        liens=tuple(LienSaisi(url) for url in row.links),
        authority=row.authority,
        public_contact=row.public_contact,
        private_contact=row.private_contact,
        private_email=row.private_email,
        private_phone=row.private_phone,
    )


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

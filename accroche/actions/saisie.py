"""What a sheet says, as plain data: the one content that is declared, checked, loaded, told and compared.

A form, a row of a spreadsheet, a pack or the database give a :class:`Contenu`; ``operations.declare`` and
``operations.save`` write it, ``controle`` keeps private things out of it, ``dossier`` adds
:class:`Distinctions` and hands it to documents. :func:`changements` tells two of them apart, for the
journal, the mails and two people who met.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any

from accroche.actions.champs import CHAMPS, COLONNE, names
from accroche.actions.regles import (
    CodeCle,
    CodeTheme,
    Consentement,
    EtatPiece,
    Nature,
    RolePartenaire,
    SourceAction,
    Temporalite,
    TypePiece,
)
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.lib.dates import format_figures, format_window


@dataclass(frozen=True, slots=True)
class PorteurSaisi:
    """Who carries the action: a school by its ``uai``, or another organisation by kind, name and commune.

    The rest of a school is for reading only: its code says which one it is, the directory how it is named.
    So is where it stands: ``insee`` names the commune, ``latitude`` and ``longitude`` are WGS 84 degrees of
    the school or of its commune.
    """

    uai: str = ""
    kind: str = ""
    name: str = ""
    commune: str = ""
    insee: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def __str__(self) -> str:
        return f"{self.place} ({self.uai})" if self.uai else self.place

    @property
    def place(self) -> str:
        """Its name and its commune, as people say them."""
        return f"{self.name}, {self.commune}" if self.commune else self.name

    @property
    def level(self) -> Niveau | None:
        """The teaching level of a school; None for what is none."""
        return TypePorteur(self.kind).level if self.kind else None


@dataclass(frozen=True, slots=True)
class PartenaireSaisi:
    """A partner by its name, its role (``RolePartenaire``) and, in words, what it brings.

    ``kind`` and ``internal`` (to Éducation nationale) are the organisation's: nobody types them in a sheet.
    """

    name: str
    role: str = ""
    part: str = ""
    kind: str = ""
    internal: bool = False

    def __str__(self) -> str:
        return " – ".join(filter(None, (self.name, RolePartenaire(self.role).label, self.part)))


@dataclass(frozen=True, slots=True)
class LienSaisi:
    """An address and, if any, the words to show for it: never « cliquez ici »."""

    url: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.label} : {self.url}" if self.label else self.url


@dataclass(frozen=True, slots=True)
class ActiviteSaisie:
    """One of several things inside the action. ``number``: the row it was, None for a new one."""

    title: str
    description: str = ""
    starts: dt.date | None = None
    ends: dt.date | None = None
    number: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        days = format_window((self.starts, self.ends or self.starts)) if self.starts else ""
        return " – ".join(filter(None, (self.title, days, self.description)))


@dataclass(frozen=True, slots=True)
class PieceDite:
    """What is said of an attachment: its file's name, what it shows, whether its people agreed to be shown.

    The file itself stays with the sheet. ``state``: whether it can be seen at all.
    """

    name: str
    kind: str = TypePiece.IMAGE.value
    caption: str = ""
    consent: str = Consentement.PENDING.value
    state: str = EtatPiece.READY.value

    @property
    def is_public(self) -> bool:
        """Whether the public may see it: a document, or an image whose people agreed; once it is ready."""
        agreed = self.kind != TypePiece.IMAGE or Consentement(self.consent).allows_publication
        return self.state == EtatPiece.READY and agreed


@dataclass(frozen=True, slots=True)
class Contenu:
    """All that a person writes in a sheet; codes are the values of the vocabularies in ``regles.py``.

    The first of ``porteurs`` that is a school decides the académie.
    """

    title: str
    description: str = ""
    porteurs: tuple[PorteurSaisi, ...] = ()
    levels: tuple[str, ...] = ()
    temporality: str = ""
    starts: dt.date | None = None
    ends: dt.date | None = None
    place: str = ""
    classes: str = ""
    audience_size: int | None = None
    audience_note: str = ""
    nature: str = ""
    themes: tuple[str, ...] = ()
    cles: tuple[str, ...] = ()
    partenaires: tuple[PartenaireSaisi, ...] = ()
    liens: tuple[LienSaisi, ...] = ()
    activites: tuple[ActiviteSaisie, ...] = ()
    refaire: str = ""
    authority: str = ""
    public_contact: str = ""
    private_contact: str = ""
    private_email: str = ""
    private_phone: str = ""

    def __post_init__(self) -> None:
        """Put sets in the order of their vocabulary, so that equal content compares equal."""
        for name in _ORDER:
            if chosen := getattr(self, name):
                object.__setattr__(self, name, _in_order(name, frozenset(chosen)))

    @property
    def schools(self) -> tuple[str, ...]:
        """The codes of the schools that carry it, in order."""
        return tuple(porteur.uai for porteur in self.porteurs if porteur.uai)

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Its first and last day; None while nobody gave them."""
        return (self.starts, self.ends or self.starts) if self.starts else None


@dataclass(frozen=True, kw_only=True)
class Distinctions:
    """What is known of a sheet that nobody types in it: what it won, where it comes from, its dates.

    ``reprise_de``: the public sheet it takes up (``lignee.FicheReprise``). ``declared``, ``submitted``:
    moments, None when a file brought the sheet. When it became public is told by its journal and by its
    edition.
    """

    prize: str = ""
    remarkable: bool = False
    chosen: bool = False
    source: str = SourceAction.SEMAINE.value
    experitheque_id: int | None = None
    reprise_de: str = ""
    declared: dt.datetime | None = None
    submitted: dt.datetime | None = None


VOCABULARIES: dict[str, type[Niveau | CodeTheme | CodeCle]] = {
    "levels": Niveau,
    "themes": CodeTheme,
    "cles": CodeCle,
}

#: The codes of each vocabulary as plain texts: asking an enumeration for them costs more than the rest.
_ORDER = {name: tuple(code.value for code in vocabulary) for name, vocabulary in VOCABULARIES.items()}


@lru_cache(maxsize=256)
def _in_order(name: str, chosen: frozenset[str]) -> tuple[str, ...]:
    """Those codes of a vocabulary; the same few choices come back on thousands of sheets."""
    return tuple(filter(chosen.__contains__, _ORDER[name]))


#: Fields never shown to the public.
PRIVATE = tuple(champ.name for champ in CHAMPS if champ.prive)

#: Fields that are a column of the sheet each.
COLUMNS = names(None, *COLONNE)

#: How people read the name of each field.
FIELD_LABELS = {champ.name: champ.label for champ in CHAMPS if not champ.ajout}


def as_value(value: Any) -> Any:
    """Return a field's value as readable JSON: numbers stay, days are ISO, rows are lines of text."""
    if isinstance(value, tuple):
        return [as_value(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | str) else str(value)


def changements(before: Contenu, after: Contenu) -> dict[str, tuple[Any, Any]]:
    """Return what changed, by field in the order of the form, as JSON values before and after."""
    one, other = as_typed(before), as_typed(after)
    pairs = ((f.name, getattr(one, f.name), getattr(other, f.name)) for f in fields(Contenu))
    return {name: (as_value(old), as_value(new)) for name, old, new in pairs if old != new}


def as_typed(content: Contenu) -> Contenu:
    """Return the content without what nobody types: where carriers stand, what kind partners are."""
    return replace(
        content,
        porteurs=tuple(replace(row, insee="", latitude=None, longitude=None) for row in content.porteurs),
        partenaires=tuple(replace(row, kind="", internal=False) for row in content.partenaires),
    )


def values_of(content: Contenu) -> dict[str, Any]:
    """Return all the fields as JSON values."""
    return {f.name: as_value(getattr(content, f.name)) for f in fields(Contenu)}


def taken_up(content: Contenu, *, with_private: bool) -> Contenu:
    """Return the content of an earlier sheet for a new year: its days do not hold any more.

    ``with_private``: only for who could already read its private contact.
    """
    private: dict[str, Any] = {} if with_private else dict.fromkeys(PRIVATE, "")
    activities = tuple(replace(a, starts=None, ends=None, number=None) for a in content.activites)
    return replace(content, starts=None, ends=None, activites=activities, **private)


#: What of another school's sheet holds for who takes it up: what is done, for which levels, about what.
EMPRUNTES = frozenset(
    {"title", "description", "levels", "temporality", "nature", "themes", "cles", "activites", "refaire"}
)


def borrowed(content: Contenu) -> Contenu:
    """Return the content of another school's sheet for who takes it up: the idea, and nothing of its people.

    No carrier, partner, link, number, class, authority, contact, day nor place: these are told by who does it
    anew.
    """
    told = taken_up(content, with_private=False)
    return Contenu(**{name: getattr(told, name) for name in EMPRUNTES})


_LABELS: dict[str, Callable[[str], str]] = {
    "temporality": lambda code: Temporalite(code).label,
    "nature": lambda code: Nature(code).label,
    "levels": lambda code: Niveau(code).label,
    "themes": lambda code: CodeTheme(code).label,
    "cles": lambda code: CodeCle(code).label,
}


def in_words(name: str, value: Any) -> str:
    """Write a JSON value of :func:`changements` for people; « (vide) » for nothing."""
    if isinstance(value, list):
        return ", ".join(in_words(name, item) for item in value) or EMPTY
    if value is None or value == "":
        return EMPTY
    if name in {"starts", "ends"}:
        return format_figures(dt.date.fromisoformat(value))
    label = _LABELS.get(name)
    return label(value) if label else str(value)


EMPTY = "(vide)"

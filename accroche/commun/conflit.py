"""Two people wrote the same thing: both writings of each field are shown, and one says which to keep.

A page holds the marks of what it showed (:class:`MarksField`), so that a field its author left alone is not
theirs to impose. The page of the conflict is ``commun/_conflit.html``; what it sends back is read by
:func:`preferred` and settled by :func:`settled`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zlib import crc32

from django import forms

from accroche.commun.changements import Changements, Vocabulaire

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from accroche.commun.models import JournalEntry

    Content = TypeVar("Content", bound=DataclassInstance)

#: Where the page says which writing of a field to keep: ``choix-title``, « saisie » or « site ».
CHOICE: Final = "choix-"
SITE: Final = "site"

#: Characters of the marks of a page: some thirty fields, a digest each.
MARKS_LENGTH: Final = 10_000


class MarksField(forms.JSONField):
    """The marks of what a page showed; what is none of ours is refused before it is read."""

    def __init__(self, **kwargs: Any) -> None:
        """Hide them: nobody types them, and a page from before they were there has none."""
        super().__init__(**{"required": False, "widget": forms.HiddenInput, **kwargs})

    def to_python(self, value: Any) -> Any:
        """Return the marks by field. Raise ``ValidationError`` for what is too long or too deep for any."""
        if isinstance(value, str) and (len(value) > MARKS_LENGTH or value.count("[") + value.count("{") > 1):
            raise forms.ValidationError("Cette page a été abîmée en chemin : rechargez-la.")
        return super().to_python(value)


def marks(values: Mapping[str, Any]) -> dict[str, str]:
    """Return a short mark of each JSON value: a page that holds them tells what was changed in it since."""
    return {name: f"{crc32(json.dumps(value).encode()):08x}" for name, value in values.items()}


def untouched(read: Any, values: Mapping[str, Any]) -> frozenset[str]:
    """The fields of which ``values`` are still as the page showed them; ``read``: the marks it sent back."""
    held = read if isinstance(read, dict) else {}
    return frozenset(name for name, mark in marks(values).items() if held.get(name) == mark)


@dataclass(frozen=True, slots=True)
class Ecart:
    """A field told in two ways, in words: on the site, and by who typed it, maybe without touching it."""

    field: str
    label: str
    site: str
    typed: str
    untouched: bool


def ecarts(changes: Changements, vocabulaire: Vocabulaire, alone: Container[str]) -> list[Ecart]:
    """Return what the site and the typed page tell differently; ``alone``: the fields nobody touched."""
    return [
        Ecart(
            name,
            vocabulaire.label(name),
            vocabulaire.words(name, site),
            vocabulaire.words(name, typed),
            name in alone,
        )
        for name, (site, typed) in changes.items()
    ]


@dataclass(frozen=True, slots=True)
class Auteur:
    """Who wrote meanwhile, and when; ``mine``: who reads it, in another tab."""

    who: str
    at: dt.datetime
    mine: bool


def auteur(who: str, at: dt.datetime, by: int | None, reader: int | None) -> Auteur:
    """Return who wrote meanwhile; ``by`` and ``reader``: their accounts, None of nobody who is known."""
    return Auteur(who, at, by is not None and by == reader)


def auteur_of(entry: JournalEntry | None, reader: int | None) -> Auteur | None:
    """The same of a line of the journal; None where it holds none."""
    return auteur(entry.actor_name, entry.at, entry.actor_id, reader) if entry else None


def preferred(data: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """The fields whose writing on the site is to be kept, as the page of a conflict says."""
    return [name for name in names if data.get(f"{CHOICE}{name}") == SITE]


def settled(mine: Content, theirs: Content, names: Iterable[str]) -> Content:
    """Return ``mine`` with the fields ``names`` as ``theirs`` has them."""
    return replace(mine, **{name: getattr(theirs, name) for name in names})

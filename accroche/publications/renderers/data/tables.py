"""What the open data formats share: names, types, the licence, the notes for the reader."""

from __future__ import annotations

import datetime as dt
import math
import re
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from accroche.lib.texte import NBSP, slug
from accroche.publications.outline import Callout, KeyFigures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accroche.publications.outline import DataField, DataTable, Document, Value

Json: TypeAlias = dict[str, Any]

LICENCE: Final = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
FORMULA_NOTE: Final = (
    "Un texte qui commence par =, +, - ou @ est précédé d’une apostrophe dans les fichiers CSV, pour "
    "qu’aucun tableur ne le prenne pour une formule."
)
ABSENT_NOTE: Final = "Une case vide veut dire que la donnée est absente : ce n’est jamais zéro."
_SAFE_NAME: Final = re.compile("[a-z0-9][a-z0-9_-]*")

_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "date": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
}
_SURE: Final = {
    "string": frozenset({str, NoneType}),
    "integer": frozenset({int, NoneType}),
    "number": frozenset({int, NoneType}),
    "boolean": frozenset({bool, NoneType}),
}
TYPE_WORDS: Final = {
    "string": "texte",
    "date": "date",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "vrai ou faux",
}


def said(document: Document) -> tuple[str, ...]:
    """What the chapters of a document say in large figures and framed remarks, a sentence each, in order.

    Formats without pages say it in their first lines, so that all of them say the same.
    """
    lines = []
    for block in (block for section in document.sections for block in section.blocks):
        if isinstance(block, KeyFigures):
            for item in block.items:
                aside = f" ({item.detail})" if item.detail else ""
                lines.append(f"{item.figure.text} {item.label}{aside}")
        elif isinstance(block, Callout):
            lines.append(f"{block.title}{NBSP}: {''.join(part.text for part in block.content)}")
    return tuple(lines)


class DataError(ValueError):
    """A table that says one thing and holds another; the message is French and names the cell."""


def file_names(tables: tuple[DataTable, ...]) -> tuple[str, ...]:
    """Return one name per table, safe in a file system and in a data package."""
    names: list[str] = []
    for table in tables:
        name = base = table.name if _SAFE_NAME.fullmatch(table.name) else slug(table.name) or "table"
        rank = 1
        while name in names:
            rank += 1
            name = f"{base}-{rank}"
        names.append(name)
    return tuple(names)


def checked(table: DataTable) -> Iterator[tuple[Value, ...]]:
    """Yield the rows of ``table``; raise :class:`DataError` at one that does not fit its fields."""
    names = [field.name for field in table.fields]
    if len(set(names)) != len(names):
        raise DataError(f"Table {table.name} : deux colonnes portent le même nom.")
    # what is of one of these types fits, whatever it is: most values are looked at no further
    sure = [_SURE.get(field.type, frozenset()) for field in table.fields]
    for rank, row in enumerate(table.rows, start=1):
        if len(row) != len(sure):
            raise DataError(f"Table {table.name}, ligne {rank} : {len(row)} valeurs au lieu de {len(sure)}.")
        for place, value in enumerate(row):
            if type(value) not in sure[place] and not _fits(table.fields[place], value):
                raise DataError(
                    f"Table {table.name}, ligne {rank}, colonne {names[place]} : "
                    f"{value!r} n’est pas du type {table.fields[place].type}."
                )
        yield row


def _fits(field: DataField, value: Value) -> bool:
    if field.type not in _TYPES:
        raise DataError(f"Colonne {field.name} : type inconnu, {field.type}.")
    if value is None:
        return True
    # In Python a boolean is also an integer; in open data it is not.
    if isinstance(value, bool) and field.type != "boolean":
        return False
    if field.type == "date":
        return isinstance(value, str) and _date(value) is not None
    # Neither CSV nor JSON knows how to write « not a number ».
    return isinstance(value, _TYPES[field.type]) and not (
        isinstance(value, float) and not math.isfinite(value)
    )


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None

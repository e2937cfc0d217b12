"""Columns named by hand on a command: « titre=C », « Dates=Quand ? », « ignore=A,F »."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.columns import normal
from accroche.imports.recensement.table import Table
from accroche.imports.recensement.tables import Tables, with_fields
from accroche.lib.texte import slug

#: How a column is named, for the help of the command.
HELP: Final = (
    'ce que contient une colonne, par sa lettre ou son en-tête : « titre=C », « dates="Quand ?" », '
    "« description=H,I », « ignore=A » pour ne pas la reprendre, « titre=Collèges!C » dans une seule feuille"
)
_FIELDS: Final = {slug(name): champ for champ in Champ for name in (champ.value, champ.label)}
_ALL: Final = ", ".join(sorted(champ.value for champ in Champ))


class ChoiceError(ValueError):
    """A field or a column nobody knows; the message is French and says which there are."""


def chosen_columns(tables: Tables, choices: Sequence[str]) -> Tables:
    """Return the tables with what ``choices`` say of their columns. Raise :class:`ChoiceError`."""
    fields: dict[str, dict[int, Champ]] = {table.sheet: {} for table in tables.tables}
    for choice in choices:
        name, equal, target = choice.partition("=")
        champ = _FIELDS.get(slug(name))
        if not equal or champ is None:
            raise ChoiceError(f"« {choice} » : écrivez « champ=colonne » ; les champs sont {_ALL}.")
        sheet, bang, column = target.rpartition("!")
        found = [
            (table.sheet, position)
            for table in tables.tables
            if not bang or table.sheet == sheet
            for position in _positions(table, column)
        ]
        if not found:
            raise ChoiceError(
                f"« {choice} » : aucune colonne ne s’appelle ainsi. Donnez sa lettre ou son en-tête : "
                f"{_headings(tables)}."
            )
        for where, position in found:
            fields[where][position] = champ
    return with_fields(tables, fields)


def _positions(table: Table, named: str) -> Iterator[int]:
    """The columns a text names: one heading whole, else several by commas."""
    whole = _named(table, named)
    yield from whole or [position for part in named.split(",") for position in _named(table, part)]


def _named(table: Table, named: str) -> list[int]:
    """The columns of a letter or a heading; as it is written first: « Action 2 » is not « Action 1 »."""
    text = named.strip()
    exact = [one.position for one in table.columns if text.upper() == one.letter or text == one.heading]
    return exact or [
        one.position for one in table.columns if len(text) > 1 and normal(text) == normal(one.heading)
    ]


def _headings(tables: Tables) -> str:
    return ", ".join(
        f"{one.letter} « {one.heading[:30]} »" for table in tables.tables[:1] for one in table.columns[:30]
    )

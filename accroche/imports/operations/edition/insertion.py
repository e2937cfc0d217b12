"""Rows inserted together, and what no database may be left to judge alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class TooLongError(ValueError):
    """A text is longer than its column; the message says which."""


def insert(model: type[Row], rows: Sequence[Row]) -> None:
    """Insert the rows, each of which then knows its number. Raises :class:`TooLongError`."""
    check_lengths(rows)
    if connection.features.can_return_rows_from_bulk_insert:
        table: QuerySet[Row] = QuerySet(model)
        table.bulk_create(rows)
        return
    for row in rows:  # SQLite before 3.35
        row.save(force_insert=True)


def check_lengths(rows: Iterable[Model]) -> None:
    """Raise :class:`TooLongError` on what PostgreSQL would refuse later, and SQLite never."""
    for row in rows:
        for column in row._meta.concrete_fields:  # noqa: SLF001 - Django documents this name
            limit, value = column.max_length, getattr(row, column.attname)
            if limit is not None and isinstance(value, str) and len(value) > limit:
                raise TooLongError(f"« {value[:60]}… » compte {len(value)} caractères, {limit} au plus.")

"""Many rows of one table at once, whose texts are checked on both databases alike.

:func:`insert_many` is what ``bulk_create`` does, several times faster: that one makes an object and an SQL
text for each row. Here the text of a group of rows is made once and the driver repeats it.
:func:`insert_rows` inserts objects, each of which then knows its number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

from django.db import DataError, connection
from django.db.models import AutoField, DateField, DateTimeField, Field, JSONField, Model, QuerySet

Row = TypeVar("Row", bound=Model)

#: Rows of one statement, and the values any database takes in one. Where a trigger may write elsewhere,
#: SQLite keeps the pages that a statement changes until it ends: a row by itself costs three times as much.
TOGETHER: Final = 50
VALUES: Final = 999


class TooLongError(DataError):
    """A text is longer than its column, which PostgreSQL refuses and SQLite does not; it is quoted."""

    def __init__(self, text: str, limit: int) -> None:
        """Quote the beginning of the text; all of it is ``text``."""
        super().__init__(f"« {text[:60]}… » compte {len(text)} caractères, {limit} au plus.")
        self.text = text


def insert_many(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows that give ``columns`` (attribute names, in this order); the others have their default.

    Numbers are given by the database and not returned. Raises :class:`TooLongError`, ``IntegrityError`` and
    ``DataError`` as any write does.
    """
    told = list(rows)
    if not told:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}  # noqa: SLF001 - documented
    blank = model()
    given = [fields[name] for name in columns]
    others = [
        field for name, field in fields.items() if name not in columns and not isinstance(field, AutoField)
    ]
    _check(told, _limits(given))
    constants = tuple(
        field.get_db_prep_save(getattr(blank, field.attname), connection=connection) for field in others
    )
    adapters = [(at, adapt) for at, field in enumerate(given) if (adapt := _adapter(field))]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in [*given, *others])
    marks = f"({', '.join(['%s'] * (len(given) + len(others)))})"
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES "  # noqa: S608, SLF001 - our own names
    group = max(1, min(TOGETHER, VALUES // (len(given) + len(others))))
    whole = len(told) - len(told) % group
    with connection.cursor() as cursor:
        for some, size in ((told[:whole], group), (told[whole:], len(told) - whole)):
            if some:
                values = [
                    _values(some[first : first + size], adapters, constants)
                    for first in range(0, len(some), size)
                ]
                cursor.executemany(insert + ", ".join([marks] * size), values)


def insert_rows(model: type[Row], rows: Sequence[Row]) -> None:
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
        fields = row._meta.concrete_fields  # noqa: SLF001 - Django documents this name
        _check([[getattr(row, field.attname) for field in fields]], _limits(fields))


def _limits(fields: Sequence[Field[Any, Any]]) -> list[tuple[int, int]]:
    """Where texts have a limit, and which."""
    return [(at, field.max_length) for at, field in enumerate(fields) if field.max_length is not None]


def _check(rows: Sequence[Sequence[Any]], limits: Iterable[tuple[int, int]]) -> None:
    columns = list(zip(*rows, strict=True))
    for at, limit in limits if columns else ():
        texts = [text for text in columns[at] if isinstance(text, str)]
        if max(map(len, texts), default=0) > limit:
            text = next(text for text in texts if len(text) > limit)
            raise TooLongError(text, limit)


def _adapter(field: Any) -> Callable[[Any], Any] | None:
    """How a value is made one of the database's: only days, moments and JSON need it."""
    if isinstance(field, DateTimeField):
        return lru_cache(64)(connection.ops.adapt_datetimefield_value)
    if isinstance(field, DateField):
        return lru_cache(512)(connection.ops.adapt_datefield_value)
    if isinstance(field, JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


def _values(
    rows: Sequence[Sequence[Any]],
    adapters: Sequence[tuple[int, Callable[[Any], Any]]],
    constants: tuple[Any, ...],
) -> list[Any]:
    """All that one statement gives, row after row."""
    values: list[Any] = []
    for row in rows:
        first = len(values)
        values += row
        for at, adapt in adapters:
            values[first + at] = adapt(values[first + at])
        values += constants
    return values

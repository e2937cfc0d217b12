"""Queries that Django makes once: asked again, with other values, they cost what the database takes.

Most of what a short query costs is Django's making of its words, anew each time: ten times what SQLite takes
to answer. ``prepared`` has that done once for each shape of a query (how many values it is given), and puts
the values of the day into what was made. Rows are made by Django as ever: a query stays a queryset.

For reads that are the same at each request but for their values. What a queryset reads of the clock or of a
setting as it is made would be read once: it is an argument, or the query is none of these.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cache, partial, wraps
from typing import Any, Final, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.sql import Query

P = ParamSpec("P")
Row = TypeVar("Row")
M = TypeVar("M", bound=Model)

#: Queries of one function that are kept as they were made; then all are made again.
MOST: Final = 256
#: Values that all of them hold: the carriers of a département, page by page, a megabyte for each page.
MOST_VALUES: Final = 32_768
#: What stands for values while a query is made: any column may hold it, no query does.
_NUMBER: Final = 2_100_000_000
_TEXT: Final = "\ue0ff{}\ue0ff"
_DAY: Final = dt.date(8201, 5, 17)


class NotPreparableError(TypeError):
    """A value that is not found as it is in what a query was made of."""


class _Made:
    """A query of one shape: its words, and which of its values are told at each asking."""

    def __init__(self, queryset: QuerySet[Any], marks: dict[object, tuple[int, int | None]]) -> None:
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            self._sql, values = self._compiler.as_sql()
        except EmptyResultSet as error:
            raise NotPreparableError("a value that no row could have") from error
        self._values = [(marks.get(value), value) for value in values]
        self.weight = len(self._values)
        missing = marks.keys() - {value for value in values if value in marks}
        if missing:
            raise NotPreparableError(f"values that the query does not hold as they are: {len(missing)}")
        columns = [column for column, *_ in self._compiler.select[: self._compiler.col_count]]
        # how columns are read is the same on each connection to databases of one kind
        self._converters = self._compiler.get_converters(columns)

    def read(self, args: tuple[Any, ...], connection: Any) -> list[Any]:
        """Ask it with these values."""
        values = tuple(
            value if mark is None else args[mark[0]] if mark[1] is None else args[mark[0]][mark[1]]
            for mark, value in self._values
        )
        compiler, query, asked = map(_alike, (self._compiler, self._queryset.query, self._queryset))
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_more: (self._sql, values)
        compiler.get_converters = lambda *_args: self._converters
        query.get_compiler = lambda *_args, **_more: compiler
        asked._query = query  # noqa: SLF001 - where Django keeps it
        return list(asked)


def _alike(thing: Any) -> Any:
    """The same again, of the same parts, which asking does not change: Django's own copies copy them too."""
    again = object.__new__(type(thing))
    vars(again).update(vars(thing))
    return again


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Have the query that ``build`` makes of its arguments made once, and answer its rows.

    Arguments are numbers, texts, days and tuples of numbers, each a value of the query as it is (=, in):
    :class:`NotPreparableError` otherwise. An empty tuple finds nothing, and asks nothing. A range is no
    value: it is the rows of a page, each of which has its query; an empty one is as an empty tuple.
    """
    kept: dict[tuple[object, ...], _Made] = {}

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        if kwargs:
            raise TypeError("values of a prepared query are told by their place")
        connection = connections[DEFAULT_DB_ALIAS]
        values = tuple([_told(arg, connection) for arg in args])
        if () in values or range(0) in values:
            return []
        key = (connection.vendor, *map(_shape, values))
        made = kept.get(key)
        if made is None:
            marks, stand_ins = _stand_ins(args, connection)
            made = _Made(build(*stand_ins), marks)  # type: ignore[call-arg]
            held = made.weight + sum([one.weight for one in list(kept.values())])
            if len(kept) >= MOST or held > MOST_VALUES:  # who walks through all pages of a long list
                kept.clear()
            kept[key] = made
        return made.read(values, connection)

    return ask


def _shape(value: Any) -> object:
    if isinstance(value, tuple):
        return len(value)
    return value if isinstance(value, range) else type(value)


def _told(arg: Any, connection: Any) -> Any:
    """An argument as the database is told it."""
    if isinstance(arg, range):
        return arg
    if isinstance(arg, tuple):
        return _padded(arg)
    if isinstance(arg, dt.date) and not isinstance(arg, dt.datetime):
        return connection.ops.adapt_datefield_value(arg)
    if isinstance(arg, int | str) and not isinstance(arg, bool):
        return arg
    # « = NULL » finds nothing, where Django would ask « IS NULL »
    raise NotPreparableError(f"neither a number, a text, a day nor numbers: {type(arg).__name__}")


def _padded(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """As many as a power of two, the last again and again: a query for each is a dozen, not a thousand."""
    return numbers + numbers[-1:] * ((1 << (len(numbers) - 1).bit_length()) - len(numbers)) if numbers else ()


def _stand_ins(
    args: tuple[Any, ...], connection: Any
) -> tuple[dict[object, tuple[int, int | None]], tuple[Any, ...]]:
    marks: dict[object, tuple[int, int | None]] = {}
    stand_ins: list[Any] = []
    for at, value in enumerate(args):
        first = _NUMBER + at * 1_000_000
        if isinstance(value, range):
            stand_ins.append(value)
        elif isinstance(value, dt.date):
            day = _DAY + dt.timedelta(days=at)
            marks[_told(day, connection)] = (at, None)
            stand_ins.append(day)
        elif isinstance(value, tuple):
            mine = tuple(range(first, first + len(_padded(value))))
            marks |= {mark: (at, place) for place, mark in enumerate(mine)}
            stand_ins.append(mine)
        else:
            mark = first if isinstance(value, int) else _TEXT.format(at)
            marks[mark] = (at, None)
            stand_ins.append(mark)
    return marks, tuple(stand_ins)


class Parties(Generic[M]):
    """What is read with one row, as ``prefetch_related`` does for many: ``Parties(Action, liens=…)``.

    Each is told by the queryset of a row, ``lambda row: row.liens.all()``: pages find it in ``row.liens``.
    """

    def __init__(self, model: type[M], **parts: Callable[[M], QuerySet[Any]]) -> None:
        """Make nothing yet."""
        self._model = model
        self._parts = {name: (build, self._prepared(build)) for name, build in parts.items()}

    def _prepared(self, build: Callable[[M], QuerySet[Any]]) -> Callable[[int], list[Any]]:
        return prepared(partial(self._again, build))

    def _again(self, build: Callable[[M], QuerySet[Any]], pk: int) -> QuerySet[Any]:
        return build(self._model(pk=pk))

    def read(self, row: M) -> M:
        """Read them, one query each, and give the row back."""
        for name, (build, ask) in self._parts.items():
            found = ask(row.pk)
            relation = self._model._meta.get_field(name)  # noqa: SLF001 - Django's own word
            if relation.one_to_many:
                for one in found:
                    setattr(one, relation.remote_field.name, row)  # type: ignore[union-attr]
            _hold(row, name, relation.related_model, found, partial(self._again, build, row.pk))
        return row


class PartiesDeListe(Generic[M]):
    """The same for the rows of a list, of what points at each: told by the queryset of all their numbers."""

    def __init__(self, model: type[M], **parts: Callable[[tuple[int, ...]], QuerySet[Any]]) -> None:
        """Make nothing yet."""
        self._model = model
        self._parts = {name: (build, prepared(build)) for name, build in parts.items()}

    def read(self, rows: Sequence[M]) -> None:
        """Read them, one query each whatever the rows."""
        by_pk = {row.pk: row for row in rows}
        for name, (build, ask) in self._parts.items():
            relation: Any = self._model._meta.get_field(name)  # noqa: SLF001 - Django's own word
            column, pointer = relation.remote_field.attname, relation.remote_field.name
            found: dict[int, list[Any]] = {pk: [] for pk in by_pk}
            for one in ask(tuple(by_pk)):
                pk = getattr(one, column)
                setattr(one, pointer, by_pk[pk])
                found[pk].append(one)
            for pk, row in by_pk.items():
                _hold(row, name, relation.related_model, found[pk], partial(build, (pk,)))


class _Held(QuerySet[Any]):
    """What was found with a row; asked for less of it, or in another order, it is the query that found it.

    Of a bare queryset of the model, that would be of the rows of everybody.
    """

    again: Callable[[], QuerySet[Any]]

    def _chain(self) -> Any:
        return self.again()._chain()  # type: ignore[attr-defined]  # noqa: SLF001 - Django's own copy


@cache
def _bare(model: type[Model]) -> Query:
    """A query that nothing held ever asks: making one for each would take longer than reading its rows."""
    return Query(model)


def _hold(row: Model, name: str, model: Any, found: list[Any], again: Callable[[], QuerySet[Any]]) -> None:
    """Have ``row.name.all()`` give what was found, as Django does once it prefetched it."""
    rows: Any = _Held(model, _bare(model))
    rows.again, rows._result_cache, rows._prefetch_done = again, found, True  # noqa: SLF001 - as Django fills it
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = rows

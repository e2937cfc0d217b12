"""What the tests refuse beyond warnings: undefined template variables, and rows nobody ordered.

And what is remembered apart from sheets (``commun/memoire.py``) where it reads one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.template.base import FilterExpression, Node

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
#: Filters whose very purpose is an absent value.
FOR_ABSENT = {"default", "default_if_none"}


class UndefinedVariable(str):
    """Stands for a variable no context defines: the test that prints it fails.

    Django asks two things of ``string_if_invalid`` before it uses one: whether it is true, then whether
    it holds ``%s``. The first answer is no, which lets filters see an empty text as in production, when
    the expression says what an absent value becomes or when the template is not ours (the DSFR's own
    rely on absent variables). Otherwise both are yes, and formatting the name fails the test. ``{% if %}``
    never asks: an undefined variable is false there.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        """Tell Django whether to print this text instead of nothing."""
        frame = sys._getframe(1)
        if frame.f_code is not FilterExpression.resolve.__code__:
            return False
        expression: FilterExpression = frame.f_locals["self"]
        names = {getattr(function, "_filter_name", "") for function, _ in expression.filters}
        return not names & FOR_ABSENT and _ours(_node(frame))

    def __contains__(self, text: object) -> bool:
        """Claim a place for the variable's name."""
        return True

    def __mod__(self, name: object) -> str:
        """Fail: the template printed a variable nobody gave it."""
        node = _node(sys._getframe(1))
        place = f"{node.origin}:{node.token.lineno}" if node and node.token else "a template"
        pytest.fail(f"undefined template variable {name!s} in {place}", pytrace=False)


def _node(frame: FrameType | None) -> Node | None:
    """Return the innermost template node being rendered, which knows its file and line."""
    while frame:
        found = frame.f_locals.get("self")
        if isinstance(found, Node) and getattr(found, "origin", None):
            return found
        frame = frame.f_back
    return None


def _ours(node: Node | None) -> bool:
    """Tell whether a node was written in this repository or in a test."""
    if node is None or node.origin is None:
        return True
    name = Path(str(node.origin.name))
    if not name.is_absolute():  # "<unknown source>": a template written in a test
        return True
    return name.is_relative_to(ROOT) and ".venv" not in name.relative_to(ROOT).parts


def reversed_when_unordered(rows: list[Any], *, ordered: bool) -> list[Any]:
    """Return rows as a database might: reversed when nothing asked for an order.

    Both databases usually give back unordered rows as they were written, so that code relying on it
    passes every test and fails one day. Reversing breaks it at once, and always in the same way.
    """
    return rows if ordered else rows[::-1]


def unordered_rows_reversed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make every queryset without an order give its rows in reverse."""
    from django.db.models.query import QuerySet  # noqa: PLC0415 - needs configured settings

    fetch_all = QuerySet._fetch_all

    def fetch_all_reversed(self: Any) -> None:
        missing = self._result_cache is None
        fetch_all(self)
        if missing:
            self._result_cache = reversed_when_unordered(self._result_cache, ordered=self.ordered)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_all_reversed)
    yield


def sheets_read_apart_refused() -> Iterator[None]:
    """Make all that is remembered apart from sheets fail where it reads one, or what is added up of them.

    No sheet that changes has it read again: what it told of one would stay.
    """
    from django.apps import apps  # noqa: PLC0415 - needs configured settings
    from django.db import connection  # noqa: PLC0415 - the same

    from accroche.catalogue.visible import VISIBLE  # noqa: PLC0415 - the same
    from accroche.commun import memoire  # noqa: PLC0415 - the same

    apart = {label for label, vue in VISIBLE.items() if not vue.of_sheets}
    models = list(apps.get_models(include_auto_created=True))
    sheets = {label for label, vue in VISIBLE.items() if vue.of_sheets}
    sheets |= {model._meta.label for model in models if model._meta.app_label == "actions"} - apart
    refused = {f'"{apps.get_model(label)._meta.db_table}"' for label in sheets}

    def look(execute: Any, sql: str, *asked: Any) -> Any:
        if held := sorted(table for table in refused if table in sql):
            pytest.fail(f"remembered apart from sheets, it reads {', '.join(held)}")
        return execute(sql, *asked)

    def watched(read: Any, *args: Any, **kwargs: Any) -> Any:
        with connection.execute_wrapper(look):
            return read(*args, **kwargs)

    whole, memoire.read_apart = memoire.read_apart, watched
    yield
    memoire.read_apart = whole

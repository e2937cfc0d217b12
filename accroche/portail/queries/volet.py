"""What one table holds of a person, and how each of its rows is told; which tables: ``volets.py``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Model, Q

from accroche.comptes.models import User

Value: TypeAlias = Any
#: A column, or what is told of a row at a moment.
Champ: TypeAlias = str | Callable[[Any, dt.datetime], Value]


@dataclass(frozen=True, slots=True)
class Volet:
    """What one table holds of a person: its rows, found by ``columns``, and what is told of each.

    ``read``: selects the rows of a person; left out, those whose ``columns`` name them, by account or by
    address.
    """

    key: str
    title: str
    model: type[Model]
    champs: Mapping[str, Champ]
    columns: tuple[str, ...]
    read: Callable[[User], Q] | None = None

    def rows(self, person: User, at: dt.datetime) -> Iterator[dict[str, Value]]:
        """Each row, in the order in which it was written."""
        found = self.read(person) if self.read else self._named(person)
        for row in self.model._base_manager.filter(found).order_by("pk").distinct():  # noqa: SLF001 - all of them
            yield {
                label: champ(row, at) if callable(champ) else getattr(row, champ)
                for label, champ in self.champs.items()
            }

    def _named(self, person: User) -> Q:
        found = Q(pk__in=())
        for column in self.columns:
            is_account = self.model._meta.get_field(column).is_relation  # noqa: SLF001 - documented
            found |= Q(**{column: person} if is_account else {f"{column}__iexact": person.email})
        return found


def words_of(words: Any, column: str) -> Champ:
    """What a code of ``column`` is called by ``words``; nothing where there is none."""
    return lambda row, _at: words(code).label if (code := getattr(row, column)) else ""

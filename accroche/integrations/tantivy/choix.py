"""How many actions hold each choice: of those that answer, or of all there are.

Where each action has one value, neither more nor less, the library counts a column ten times as fast as where
some have several or none. So the choices of a field are laid into a few columns, one in each, and none is a
value too; what is left over is in the last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

import tantivy
from tantivy import Query

from accroche.integrations.tantivy.errors import told
from accroche.integrations.tantivy.schema import FACETS, columns_of

#: Values of one facet at most.
MOST_VALUES: Final = 1000
#: What stands where there is no choice: no code is empty.
NONE: Final = ""


def in_columns(fields: Mapping[str, Iterable[Any]]) -> dict[str, list[str]]:
    """The choices of an action, each in a column of its own as long as there is one."""
    found: dict[str, list[str]] = {}
    for name in FACETS:
        *single, last = columns_of(name)
        held = list(fields.get(name, ()))
        found |= {column: held[at : at + 1] or [NONE] for at, column in enumerate(single)}
        found[last] = held[len(single) :] or [NONE]
    return found


def counted(searcher: tantivy.Searcher, query: Query, names: list[str]) -> dict[str, dict[str, int]]:
    """How many of those that answer hold each choice of some fields: each of them is looked at."""
    asked = {
        column: {"terms": {"field": column, "size": MOST_VALUES}}
        for name in names
        for column in columns_of(name)
    }
    with told():
        found = searcher.aggregate(query, asked)
    return {name: _sums(found[column]["buckets"] for column in columns_of(name)) for name in names}


def _sums(columns: Iterable[list[dict[str, Any]]]) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for buckets in columns:
        for one in buckets:
            sums[str(one["key"])] += int(one["doc_count"])
    del sums[NONE]
    return dict(sums)


def of_all(searcher: tantivy.Searcher, name: str, *, is_exact: bool) -> dict[str, int]:
    """How many of all actions hold each choice: where each is held is listed, no action is looked at.

    ``is_exact``: nothing that was withdrawn stands in these lists, whose lengths the library knows.
    """
    living = None if is_exact else Query.all_query()
    with told():
        return dict(searcher.terms_with_prefix(name, "", living, MOST_VALUES))

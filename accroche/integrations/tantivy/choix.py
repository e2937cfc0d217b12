"""How many actions hold each choice: of those that answer, or of all there are."""

from __future__ import annotations

from typing import Final

import tantivy
from tantivy import Query

from accroche.integrations.tantivy.errors import told

#: Values of one facet at most.
MOST_VALUES: Final = 1000


def counted(searcher: tantivy.Searcher, query: Query, names: list[str]) -> dict[str, dict[str, int]]:
    """How many of those that answer hold each choice of some fields: each of them is looked at."""
    asked = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
    with told():
        found = searcher.aggregate(query, asked)
    return {
        name: {str(one["key"]): int(one["doc_count"]) for one in found[name]["buckets"]} for name in names
    }


def of_all(searcher: tantivy.Searcher, name: str, *, is_exact: bool) -> dict[str, int]:
    """How many of all actions hold each choice: where each is held is listed, no action is looked at.

    ``is_exact``: nothing that was withdrawn stands in these lists, whose lengths the library knows.
    """
    living = None if is_exact else Query.all_query()
    with told():
        return dict(searcher.terms_with_prefix(name, "", living, MOST_VALUES))

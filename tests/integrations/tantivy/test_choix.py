"""The choices of actions in columns: each counted once, however many an action holds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tantivy import Query

from accroche.integrations.tantivy import SearchIndex
from accroche.integrations.tantivy.choix import NONE, counted, in_columns, of_all
from accroche.integrations.tantivy.schema import FACETS, columns_of

#: None, as many as there are columns, more.
HELD = ((), ("sport",), ("sante", "sport", "culture"), ("sport", "sante", "parents", "numerique", "culture"))


def test_what_is_counted_in_columns_is_what_stands_in_lists(tmp_path: Path) -> None:
    made = SearchIndex(tmp_path, new=True)
    writer = made.writer()
    for key, held in enumerate(HELD, start=1):
        writer.add(key, {"theme": held, "niveau": ["lycee"] if key % 2 else []})
    writer.commit()
    writer.close()
    searcher = made.snapshot()._searcher
    counts = {"theme": Counter(theme for held in HELD for theme in held), "niveau": {"lycee": 2}, "video": {}}
    assert counted(searcher, Query.all_query(), list(counts)) == counts
    assert {name: of_all(searcher, name, is_exact=True) for name in counts} == counts


@given(st.dictionaries(st.sampled_from(sorted(FACETS)), st.lists(st.text("abc", min_size=1), max_size=6)))
def test_each_choice_is_in_one_column_and_no_column_is_empty(fields: dict[str, list[str]]) -> None:
    columns = in_columns(fields)
    assert all(columns.values())
    for name in FACETS:
        *single, last = (columns[column] for column in columns_of(name))
        assert all(len(one) == 1 for one in single)
        assert [one for column in (*single, last) for one in column if one != NONE] == fields.get(name, [])

"""What a file may change in a record that people may have edited."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.imports.edition.priorite import Arbitrage, decide, is_empty

NOTHING = Arbitrage((), ())
WRITE = Arbitrage(("title",), ())
KEEP = Arbitrage((), ("title",))


def decision(incoming: Any, current: Any, last: tuple[Any, Any] | None) -> Arbitrage:
    """Decide on one field; ``last`` is what its source last said, and what was then stored."""
    return decide(
        incoming={"title": incoming},
        current={"title": current},
        last_incoming=None if last is None else {"title": last[0]},
        last_stored=None if last is None else {"title": last[1]},
    )


@pytest.mark.parametrize(
    ("incoming", "current", "last", "expected"),
    [
        # another source: fills what is empty, never replaces
        ("A", "A", None, NOTHING),
        ("A", "", None, WRITE),
        ("A", "B", None, KEEP),
        ("", "B", None, KEEP),
        (["A"], [], None, WRITE),
        (["A"], ["B"], None, KEEP),
        (2, None, None, WRITE),
        (2, 1, None, KEEP),
        (2, 0, None, KEEP),
        (True, False, None, WRITE),
        (False, True, None, KEEP),
        # its own source, unchanged: nothing, whatever people wrote
        ("A", "A", ("A", "A"), NOTHING),
        ("A", "B", ("A", "A"), NOTHING),
        ("A", "", ("A", "A"), NOTHING),
        # its own source, changed: follows unless people changed it
        ("C", "A", ("A", "A"), WRITE),
        ("", "A", ("A", "A"), WRITE),
        ("C", "B", ("A", "A"), KEEP),
        ("C", "", ("A", "A"), KEEP),
        ("C", "C", ("A", "A"), NOTHING),
        # what the database holds is not what was said (a carrier whose place was already known)
        ("C", "A+", ("A", "A+"), WRITE),
        ("A", "A+", ("A", "A+"), NOTHING),
    ],
)
def test_table(incoming: Any, current: Any, last: tuple[Any, Any] | None, expected: Arbitrage) -> None:
    assert decision(incoming, current, last) == expected


@pytest.mark.parametrize(("current", "expected"), [("", WRITE), (None, WRITE), ("B", KEEP)])
@pytest.mark.parametrize("last_incoming", [{}, {"title": "A"}])
def test_a_field_its_source_never_wrote_is_only_filled(
    last_incoming: dict[str, str], current: Any, expected: Arbitrage
) -> None:
    found = decide(
        incoming={"title": "C"}, current={"title": current}, last_incoming=last_incoming, last_stored={}
    )
    assert found == expected


def test_fields_are_decided_one_by_one_in_the_order_of_the_file() -> None:
    found = decide(
        incoming={"title": "C", "prize": "C", "source": "A", "nature": "C"},
        current={"title": "A", "prize": "B", "source": "B", "nature": "A"},
        last_incoming=dict.fromkeys(["title", "prize", "nature", "source"], "A"),
        last_stored=dict.fromkeys(["title", "prize", "nature", "source"], "A"),
    )
    assert found == Arbitrage(("title", "nature"), ("prize",))


@pytest.mark.parametrize("value", [None, "", False, [], {}, (), {"a": None, "b": ""}])
def test_nothing_yet(value: Any) -> None:
    assert is_empty(value)


@pytest.mark.parametrize("value", [0, 0.0, " ", "0", True, [None], {"a": None, "b": 0}])
def test_something(value: Any) -> None:
    assert not is_empty(value)


FIELDS = ("title", "prize", "levels")
FACTS = st.fixed_dictionaries({name: st.sampled_from(["", "A", "B", "C"]) for name in FIELDS})
SOME = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["", "A", "B", "C"]))


@given(incoming=FACTS, current=FACTS, last_incoming=SOME, last_stored=SOME)
def test_never_writes_over_what_people_changed(
    incoming: dict[str, str],
    current: dict[str, str],
    last_incoming: dict[str, str],
    last_stored: dict[str, str],
) -> None:
    found = decide(incoming=incoming, current=current, last_incoming=last_incoming, last_stored=last_stored)
    for name in found.write:
        assert current[name] == last_stored.get(name, "")
    assert not set(found.write) & set(found.kept)
    assert all(incoming[name] != current[name] for name in (*found.write, *found.kept))


@given(incoming=FACTS, current=FACTS, last_stored=SOME)
def test_its_own_source_unchanged_does_nothing(
    incoming: dict[str, str], current: dict[str, str], last_stored: dict[str, str]
) -> None:
    found = decide(incoming=incoming, current=current, last_incoming=incoming, last_stored=last_stored)
    assert found == NOTHING


@given(incoming=FACTS, current=FACTS)
def test_another_source_leaves_what_is_written(incoming: dict[str, str], current: dict[str, str]) -> None:
    found = decide(incoming=incoming, current=current, last_incoming=None, last_stored=None)
    assert all(current[name] == "" for name in found.write)
    assert all(current[name] != "" for name in found.kept)
    untouched = set(FIELDS) - {*found.write, *found.kept}
    assert all(incoming[name] == current[name] for name in untouched)


@given(stored=FACTS, incoming=FACTS)
def test_its_own_source_is_followed_where_nobody_wrote(
    stored: dict[str, str], incoming: dict[str, str]
) -> None:
    found = decide(incoming=incoming, current=stored, last_incoming=stored, last_stored=stored)
    assert set(found.write) == {name for name in FIELDS if incoming[name] != stored[name]}
    assert found.kept == ()

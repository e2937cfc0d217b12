"""The rooms that are changed exist, each with tests of its own, and the table says what was tried."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts import mutants
from scripts.mutants import Score
from tests.strictness import ROOT


@pytest.mark.parametrize("room", mutants.rooms(), ids=lambda room: room.name)
def test_a_room_is_there(room: mutants.Room) -> None:
    assert [pattern for pattern in room.code if not list(ROOT.glob(pattern))] == []
    assert [path for path in room.tests if not (ROOT / path).exists()] == []
    assert room.tests


def test_a_choice_is_the_same_each_time_and_another_for_another_room() -> None:
    names = [f"accroche.lib.uai.x_parse__mutmut_{number}" for number in range(100)]
    chosen = mutants.chosen(reversed(names), 10, "lib/uai")
    assert chosen == mutants.chosen(names, 10, "lib/uai")
    assert (len(set(chosen)), set(chosen) <= set(names)) == (10, True)
    assert chosen != mutants.chosen(names, 10, "lib/dates")
    assert mutants.chosen(names, 100, "lib/uai") == sorted(names)


def test_a_room_is_tried_on_its_own_tests_where_others_reach_it_too(tmp_path: Path) -> None:
    one = mutants.Room("a", ("accroche/a.py",), ("tests/test_a.py",))
    other = mutants.Room("b", ("accroche/b/*",), ("tests/b", "tests/test_a_b.py"))
    path = tmp_path / "stats.json"
    every = ["tests/test_a.py::x", "tests/test_a_b.py::x", "tests/b/test_c.py::x", "tests/b_c.py::x"]
    names = ("accroche.a.x_f", "accroche.b.xǁClassǁmethod", "accroche.b.c.x_f", "accroche.bc.x_f")
    path.write_text(json.dumps({"tests_by_mangled_function_name": dict.fromkeys(names, every), "more": 1}))
    mutants._tell_apart([one, other], path)
    assert json.loads(path.read_text()) == {
        "tests_by_mangled_function_name": dict(
            zip(names, [every[:1], every[1:3], every[1:3], []], strict=True)
        ),
        "more": 1,
    }


def test_a_score_is_never_rounded_up() -> None:
    assert Score("a", 1000, 200, {str(number): "" for number in range(31)}).percent == 84
    assert Score("a", 10, 0, {}).percent == 0
    assert mutants.table([Score("lib/uai", 37, 20, {"x": "-a\n+b"})]).splitlines()[-1] == (
        "| lib/uai | 37 | 20 | 95 % | 1 |"
    )


def test_only_what_differs_is_told() -> None:
    shown = "# x: survived\n--- a.py\n+++ a.py\n@@ -1 +1 @@\n def f():\n-    return 1\n+    return 2\n"
    assert mutants._change(shown) == "-    return 1\n+    return 2"


def test_a_room_that_was_not_tried_here_keeps_its_row() -> None:
    told = mutants.table([Score("lib/dates", 269, 40, {}), Score("lib/uai", 37, 37, {})])
    assert mutants.table([Score("lib/uai", 37, 20, {})], told).splitlines()[2:] == [
        "| lib/uai | 37 | 20 | 100 % | 0 |",
        "| lib/dates | 269 | 40 | 100 % | 0 |",
    ]
    assert mutants.table([], told) == told

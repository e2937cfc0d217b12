"""The page about ASVS: each requirement of level 2 has its row, and all that a row names is there."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests import audit
from tests.strictness import ROOT

PAGE = ROOT / "docs" / "asvs.md"
#: Requirements of levels 1 and 2 in ASVS 4.0.3, by section: those that were not deleted from the standard.
SECTIONS = {
    "1.1": "1-7", "1.2": "1-4", "1.4": "1 4-5", "1.5": "1-4", "1.6": "1-4", "1.7": "1-2", "1.8": "1-2",
    "1.9": "1-2", "1.10": "1", "1.11": "1-2", "1.12": "2", "1.14": "1-6",
    "2.1": "1-12", "2.2": "1-3", "2.3": "1-3", "2.4": "1-5", "2.5": "1-7", "2.6": "1-3", "2.7": "1-6",
    "2.8": "1-7", "2.9": "1-3", "2.10": "1-4",
    "3.1": "1", "3.2": "1-4", "3.3": "1-4", "3.4": "1-5", "3.5": "1-3", "3.7": "1",
    "4.1": "1-3 5", "4.2": "1-2", "4.3": "1-3",
    "5.1": "1-5", "5.2": "1-8", "5.3": "1-10", "5.4": "1-3", "5.5": "1-4",
    "6.1": "1-3", "6.2": "1-6", "6.3": "1-2", "6.4": "1-2",
    "7.1": "1-4", "7.2": "1-2", "7.3": "1 3-4", "7.4": "1-3",
    "8.1": "1-4", "8.2": "1-3", "8.3": "1-8",
    "9.1": "1-3", "9.2": "1-4",
    "10.2": "1-2", "10.3": "1-3",
    "11.1": "1-8",
    "12.1": "1-3", "12.2": "1", "12.3": "1-6", "12.4": "1-2", "12.5": "1-2", "12.6": "1",
    "13.1": "1 3-5", "13.2": "1-3 5-6", "13.3": "1-2", "13.4": "1-2",
    "14.1": "1-4", "14.2": "1-6", "14.3": "2-3", "14.4": "1-7", "14.5": "1-4",
}  # fmt: skip
ITEMS = [
    f"{section}.{number}"
    for section, spans in SECTIONS.items()
    for span in spans.split()
    for first, last in [(span.split("-") * 2)[:2] if "-" not in span else span.split("-")]
    for number in range(int(first), int(last) + 1)
]


def rows() -> list[tuple[str, str, str, str]]:
    return audit.rows(PAGE, r"\d+\.\d+\.\d+.*")


def covered(item: str) -> list[str]:
    """The requirements a row stands for: one, or a run of the standard's order."""
    first, _, last = item.partition("-")
    return ITEMS[ITEMS.index(first) : ITEMS.index(last or first) + 1]


def test_the_standard_counts_259_requirements_at_level_2() -> None:
    assert len(ITEMS) == 259


def test_each_requirement_has_one_row_in_the_order_of_the_standard() -> None:
    assert [item for row in rows() for item in covered(row[0])] == ITEMS


def test_a_row_says_how_and_what_shows_it() -> None:
    for item, state, how, shown in rows():
        assert state in {"yes", "part", "operator", "n/a"}, item
        assert len(how) > 6, item
        assert (shown == "–") <= (state == "n/a"), item


@pytest.mark.parametrize("path", sorted({path for row in rows() for path in row[3].split(", ")} - {"–"}))
def test_what_a_row_names_is_there(path: str) -> None:
    file, _, name = path.partition("::")
    assert (ROOT / file).exists()
    if name:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_no_row_stands_twice_in_a_section() -> None:
    numbers = [[int(part) for part in row[0].partition("-")[0].split(".")] for row in rows()]
    assert all(before < after for before, after in pairwise(numbers))
    assert Path(PAGE).stat().st_size < 40_000

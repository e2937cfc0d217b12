"""No pattern of the code costs more than the length of the text it reads, whatever the text."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from tests.growth import growth
from tests.patterns import Found, collected, modules, texts

if TYPE_CHECKING:
    from pathlib import Path

#: The patterns are tried in so many tests, for who runs several at once.
PARTS = 4


def steep(found: Found) -> str:
    """The first text on which a pattern costs more than its length; nothing when there is none."""
    for use, read in found.readers():
        for name, text in texts(found.pattern):
            grown = growth(read, text)
            if grown.is_steep:
                return f"{found.where}: {use} on {name}: length to the power {grown.power:.1f}"
    return ""


@pytest.fixture(scope="module")
def found() -> list[Found]:
    """The patterns of the code: reading all of it costs as much as trying them."""
    return collected(modules())


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pattern_costs_more_than_the_length_of_its_text(found: list[Found], part: int) -> None:
    assert len(found) > 150
    slow = [told for one in found[part::PARTS] if (told := steep(one))]
    assert not slow, "\n".join(["Bound what repeats, or look from a rare character.", *slow])


PLANTED = """
import re
END = r"c"
HELD = {"key": [(1, re.compile(r"(?:a+)+!"))]}
FLAT = re.compile(r"[ab]+" + END)
class Reader:
    pattern = re.compile(r"\\\\s+x")
def read(text, word, rows):
    re.sub(rf"\\\\w+{word}", "", text)
    FLAT.search(text)
    return rows.filter(title__iregex=r".*a.*b")
"""


def test_patterns_are_found_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "planted.py"
    path.write_text(PLANTED.replace("\\\\", "\\"), encoding="utf-8")
    module = ModuleType("planted")
    module.__file__ = str(path)
    exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), vars(module))  # noqa: S102 - ours
    found = {str(one.pattern.pattern): one for one in collected([module])}
    assert set(found) == {"(?:a+)+!", "[ab]+c", r"\s+x", r"\w+mot", ".*a.*b"}
    assert all(steep(one) for one in found.values())


@pytest.mark.parametrize("pattern", ["a{1,9}b", "[^@ ]@[a-z]+", r"(?<!\s)\s*,", "(?:ab)*c"])
def test_what_is_straight_is_not_refused(pattern: str) -> None:
    import re  # noqa: PLC0415 - a pattern at the top would be taken for ours

    assert not steep(Found("here", re.compile(pattern), frozenset({"match", "fullmatch"})))

"""Page numbers and running headers, told from the text by how they come back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from accroche.rapport.lines import SOFT_HYPHEN, Line, folded

#: A page header is short.
MAX_HEADER: Final = 130
#: Page numbers that follow each other, and headers that come back, before they are taken for such.
MIN_NUMBERS: Final = 5
MIN_REPEATS: Final = 4
# From one page number that is seen to the next one: some pages show none.
_MAX_STEP: Final = 3
_MOST: Final = 0.4
_MIN_PAGE: Final = 8
_REGULAR: Final = 6
#: Shorter says nothing by itself: « N.C. », « Collège ».
_MIN_HEADER: Final = 9
#: A header has at most so many lines: what is beyond is no neighbour of a page end.
_FAR: Final = 4
_NUMBER = re.compile(r"[0-9]{1,4}")
_END_SIGNS: Final = frozenset(".:;!?…»)")
_OPEN_SIGNS: Final = frozenset(",(")
_VARIED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Pages:
    """The ranks of the lines that are no text, and how many of each kind they are."""

    ranks: frozenset[int] = frozenset()
    numbers: int = 0
    headers: tuple[str, ...] = ()

    def told(self) -> tuple[str, ...]:
        """Say in French what was taken for page numbers and headers."""
        found = []
        if self.numbers:
            found.append(f"{self.numbers} lignes sont lues comme des numéros de page et laissées de côté.")
        found += [
            f"« {header} » revient de page en page : cette ligne est lue comme un en-tête et laissée de côté."
            for header in self.headers
        ]
        return tuple(found)


def find_pages(lines: Sequence[Line], is_known: Callable[[Line], bool]) -> Pages:
    """Find page numbers and headers; ``is_known`` tells the lines of a sheet that come back by themselves."""
    groups: dict[str, list[int]] = defaultdict(list)
    for rank, line in enumerate(lines):
        if len(line.text) <= MAX_HEADER:
            groups[_NUMBER.sub("#", folded(line.text))].append(rank)
    numbers: set[int] = set()
    for key, ranks in groups.items():
        if "#" in key and len(ranks) >= MIN_NUMBERS and not is_known(lines[ranks[0]]):
            numbers |= _numbered(lines, ranks)
    # a header may tell a year, which is the same on each page: « Synthèse 2015-2016 »
    equal: dict[str, list[int]] = defaultdict(list)
    for rank in sorted(set[int]().union(*groups.values()) - numbers):
        equal[folded(lines[rank].text)].append(rank)
    headers: set[int] = set()
    names: list[str] = []
    for key, ranks in equal.items():
        if len(key) < _MIN_HEADER or len(ranks) < MIN_REPEATS or is_known(lines[ranks[0]]):
            continue
        if all(_cuts_word(lines, rank) for rank in ranks):
            continue  # half a label of a narrow box comes back too, and its word goes on below
        if _is_header(lines, ranks, numbers):
            headers |= set(ranks)
            names.append(lines[ranks[0]].text)
    return Pages(frozenset(numbers | headers), len(numbers), tuple(names))


def without_pages(
    lines: Sequence[Line], pages: Pages, is_known: Callable[[Line], bool]
) -> tuple[list[Line], frozenset[int]]:
    """Leave out what is no text; a sentence that a page end has cut is whole again.

    Also gives the numbers of the lines that a page ends after, and that are not seen to go on.
    """
    kept: list[Line] = []
    last_ones: set[int] = set()
    sizes = sorted(len(line.text) for line in lines)
    width = sizes[len(sizes) * 9 // 10] if sizes else 0
    blanks = 0
    cut = False
    for rank, line in enumerate(lines):
        if rank in pages.ranks:
            blanks, cut = max(blanks, line.blanks), True
            continue
        if cut:
            last = kept[-1].text[-1] if kept else "."
            goes_on = last in _OPEN_SIGNS or (
                last not in _END_SIGNS
                and (line.text[0].islower() or (_is_full(kept[-1], line, width) and not is_known(line)))
            )
            line = replace(line, blanks=0 if goes_on else max(blanks, line.blanks))  # noqa: PLW2901
            if kept and not goes_on:
                last_ones.add(kept[-1].number)
            blanks, cut = 0, False
        elif kept and kept[-1].page != line.page:
            last_ones.add(kept[-1].number)
        kept.append(line)
    return kept, frozenset(last_ones)


def _is_full(line: Line, below: Line, width: int) -> bool:
    """Tell whether a line has no more room and ends as no title does: its sentence goes on with a name."""
    last, first = line.text.rpartition(" ")[2], below.text.partition(" ")[0]
    room = width - len(line.text) - 1
    return last.isalpha() and last.islower() and first.isalpha() and len(first) > room


def _numbered(lines: Sequence[Line], ranks: Sequence[int]) -> set[int]:
    """The longest run of lines, alike but for one number that grows from page to page."""
    slots = len(_NUMBER.findall(lines[ranks[0]].text))
    best: list[int] = []
    for slot in range(slots):
        chain = _chain([(rank, int(_NUMBER.findall(lines[rank].text)[slot])) for rank in ranks])
        best = max(best, chain, key=len)
    if len(best) < max(MIN_NUMBERS, len(ranks) * _MOST):
        return set()
    wide = len(lines) // 2
    enough = (best[-1] - best[0]) >= max(wide, _MIN_PAGE * (len(best) - 1))
    return set(best) if enough else set()


def _chain(numbered: Sequence[tuple[int, int]]) -> list[int]:
    """The longest chain whose numbers grow by one, two or three; in the order of the text."""
    ends: dict[int, tuple[int, int, int | None]] = {}  # number: its chain's length, its index, the one before
    before: list[int | None] = []
    best, last = 0, None
    for index, (_rank, number) in enumerate(numbered):
        known = [ends[number - step] for step in range(1, _MAX_STEP + 1) if number - step in ends]
        length, previous = max(((one[0], one[1]) for one in known), default=(0, None))
        before.append(previous)
        if number not in ends or ends[number][0] < length + 1:
            ends[number] = (length + 1, index, previous)
        if length + 1 > best:
            best, last = length + 1, index
    chain: list[int] = []
    while last is not None:
        chain.append(numbered[last][0])
        last = before[last]
    return chain[::-1]


def _is_header(lines: Sequence[Line], ranks: Sequence[int], numbers: set[int]) -> bool:
    """Tell whether equal lines are a header: their neighbours vary, and they part sentences or pages."""
    taken = {*ranks, *numbers}
    above = [_neighbour(lines, rank, -1, taken) for rank in ranks]
    below = [_neighbour(lines, rank, 1, taken) for rank in ranks]
    for side in (above, below):
        if len({line.text for line in side if line is not None}) < _VARIED * len(ranks) - 1:
            return False
    beside = sum(rank - 1 in numbers or rank + 1 in numbers or _turns_page(lines, rank) for rank in ranks)
    if beside >= _VARIED * len(ranks):
        return True
    parted = sum(
        a is not None and b is not None and a.text[-1] not in _END_SIGNS and b.text[0].islower()
        for a, b in zip(above, below, strict=True)
    )
    if lines[ranks[0]].text[0].isupper() and parted * 4 >= len(ranks):
        return True
    if _NUMBER.search(lines[ranks[0]].text):  # days that many semaines share come back as well
        return False
    gaps = sorted(b - a for a, b in pairwise(lines[rank].number for rank in ranks))
    usual = gaps[len(gaps) // 2]
    return (
        len(ranks) >= _REGULAR and usual >= _MIN_PAGE and usual * 0.6 <= gaps[0] and gaps[-1] <= usual * 1.6
    )


def _cuts_word(lines: Sequence[Line], rank: int) -> bool:
    text = lines[rank].text
    return (
        text[-1] in f"-{SOFT_HYPHEN}"
        and text[-2:-1].isalpha()
        and rank + 1 < len(lines)
        and lines[rank + 1].text[0].islower()
    )


def _neighbour(lines: Sequence[Line], rank: int, step: int, taken: set[int]) -> Line | None:
    for _ in range(_FAR):
        rank += step
        if rank not in taken:
            break
    return lines[rank] if 0 <= rank < len(lines) else None


def _turns_page(lines: Sequence[Line], rank: int) -> bool:
    page = lines[rank].page
    return (rank > 0 and lines[rank - 1].page != page) or (
        rank + 1 < len(lines) and lines[rank + 1].page != page
    )

"""Frames of levels, counts and partners that stand elsewhere than under the narrative.

Before the narrative they stand beside, or under the actions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accroche.rapport.axes import announcement
from accroche.rapport.boxes import TICKED, UNKNOWN, UNTICKED
from accroche.rapport.labels import count_label, is_partners_heading
from accroche.rapport.lines import Line
from accroche.rapport.phrases import flat
from accroche.rapport.problems import Problems
from accroche.rapport.sections import is_date
from accroche.rapport.signs import Zone

_BOXES: Final = TICKED + UNTICKED + UNKNOWN
#: How a narrative begins: the académie, its semaine or its absence.
_OPENS = re.compile(
    r"(?:l'academie (?:de|d|du)\b|la (?:\w+ ){0,2}(?:semaine|edition)\b|(?:cette|pour (?:cette|la|sa)) "
    r"|les donnees\b|organise)"
)
_TELLS_RANK = re.compile(r"(?:l'academie (?:de|d|du)\b.{0,100}\bsa|la) [\w-]{2,20} (?:semaine|edition)\b")
_OPENING: Final = 200
#: A narrative goes across the page, a frame does not.
_WIDE: Final = 80
_NARROW: Final = 75
_SURE: Final = 3
#: Lines that a frame takes before its partners, and the kinds of them that make one.
_FRAME: Final = 14
_KINDS: Final = 2


def with_frame_before_examples(
    lines: Sequence[Line], sheets: Sequence[tuple[int, int, int]]
) -> tuple[list[Line], tuple[str, ...]]:
    """Put the frame before the examples in the sheets that end with it; say in French that it is done.

    ``sheets``: for each, the ranks of its heading, of its examples and of what follows it.
    """
    kept = list(lines)
    moved = 0
    for heading, examples, after in sheets:
        if any(_kind(lines[rank]) for rank in range(heading + 1, examples)):
            continue
        first = next((r for r in range(examples + 1, after) if _begins_frame(lines, r, after)), after)
        if first == after:
            continue
        moved += 1
        kept[examples:after] = [
            replace(lines[first], blanks=2),
            *lines[first + 1 : after],
            replace(lines[examples], blanks=2),
            *lines[examples + 1 : first],
        ]
    if not moved:
        return kept, ()
    return kept, (
        f"Dans {moved} fiches, niveaux, nombres et partenaires viennent sous les actions : lus avant elles.",
    )


def _kind(line: Line) -> str:
    """Which part of a frame a line is: a box, the partners' heading, or the label of a count; none: empty."""
    if line.text[0] in _BOXES:
        return "box"
    return "partners" if is_partners_heading(line.text) else count_label(line.text)[0]


def _begins_frame(lines: Sequence[Line], rank: int, after: int) -> bool:
    if not _kind(lines[rank]):
        return False
    return len({_kind(line) for line in lines[rank : min(after, rank + _FRAME)]} - {""}) >= _KINDS


def with_narrative_first(
    lines: Sequence[Line], sheets: Sequence[Zone], problems: Problems
) -> tuple[list[Line], tuple[str, ...]]:
    """Put the narrative first in the sheets that begin with their boxes; say in French that it is done.

    ``sheets`` are the first pages, their headings included.
    """
    kept = list(lines)
    turned = 0
    for zone in sheets:
        first = zone.first + 1
        while first < zone.after and is_date(lines[first].text):
            first += 1
        if first >= zone.after or lines[first].text[0] not in _BOXES:
            continue
        start, sure = _narrative(lines, first, zone.after)
        if not start:
            continue
        turned += 1
        if not sure:
            problems.note(
                lines[start].number,
                lines[start].text,
                "Les partenaires viennent avant le récit, et rien ne dit où il commence : il est lu à partir "
                "d’ici. Vérifiez les deux.",
            )
        kept[first : zone.after] = [
            replace(lines[start], blanks=2),
            *lines[start + 1 : zone.after],
            replace(lines[first], blanks=2),
            *lines[first + 1 : start],
        ]
    if not turned:
        return kept, ()
    return kept, (
        f"Dans {turned} fiches, niveaux, nombres et partenaires viennent avant le récit : il est lu d’abord.",
    )


def _narrative(lines: Sequence[Line], first: int, after: int) -> tuple[int, bool]:
    """Give the rank where the narrative begins under the partners (zero: nowhere), and whether it is sure."""
    heading = next((r for r in range(first, after) if is_partners_heading(lines[r].text)), None)
    if heading is None:
        return 0, False
    axes = next((r for r in range(heading, after - 1) if _announces(lines, r)), after)
    scores = {
        rank: _score(lines, rank) for rank in range(heading + 1, min(axes + 1, after)) if lines[rank].blanks
    }
    if not scores:
        return 0, False
    best = max(scores, key=lambda rank: (scores[rank], -rank))
    before = any(_OPENS.match(flat(lines[rank].text[:_WIDE])) for rank in scores if rank < best)
    return best, scores[best] >= _SURE and not before


def _announces(lines: Sequence[Line], rank: int) -> bool:
    return announcement(lines[rank].text, lines[rank + 1].text) is not None


def _score(lines: Sequence[Line], rank: int) -> int:
    line = lines[rank]
    score = min(line.blanks, 2) - 1
    if _OPENS.match(flat(line.text[:_WIDE])):
        score += 2
    if _TELLS_RANK.match(
        flat(f"{line.text} {lines[rank + 1].text if rank + 1 < len(lines) else ''}"[:_OPENING])
    ):
        score += _SURE  # nothing else says which semaine this is
    if len(line.text) > _WIDE and len(lines[rank - 1].text) < _NARROW and len(lines[rank - 2].text) < _NARROW:
        score += 2
    return score

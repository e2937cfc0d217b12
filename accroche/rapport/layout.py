"""How a file sets its lines apart: blank lines, wrapped or not; and titles that nothing announces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from accroche.rapport.addresses import Foot, assemble, is_address
from accroche.rapport.examples import announces_link
from accroche.rapport.labels import is_partners_heading
from accroche.rapport.lines import Line
from accroche.rapport.organisations import kind_of
from accroche.rapport.porteurs import names_organisation
from accroche.rapport.signs import ACTION, BULLET, Zone

_END_SIGNS: Final = frozenset(".:;!?…")
_OPEN_SIGNS: Final = frozenset(",;(–-")
#: Fewer pairs of lines tell nothing of a file.
_ENOUGH: Final = 12
#: Of all pairs of lines, those that share a sentence: below, no line is wrapped.
_UNWRAPPED: Final = 0.08
#: A line is full when the next word would have taken it past this part of the usual width.
_FULL: Final = 0.88
#: A title that wraps stops earlier than a full line: its next word is longer, or it is set in bold.
_NEARLY: Final = 0.75
#: One that stops earlier still is doubted.
_HALF: Final = 0.5
_CLOSED: Final = _END_SIGNS | frozenset(")»")
_MAX_TITLE_LINES: Final = 6
_MAX_TITLE: Final = 400
_SENTENCE = re.compile(r"[.!?…] [A-ZÉÈÀÂÊÎÔÇ«]")
_LONG: Final = 90
#: A title whose sign is forgotten has not so many lines and characters as a sentence may.
_MAX_FORGOTTEN_LINES: Final = 3
_MAX_FORGOTTEN: Final = 150
_OPENS_TITLE = re.compile(r"[«\"“]? ?[A-ZÀ-Þ0-9Œ]")
_TITLE_SCORE: Final = 3


@dataclass(frozen=True, slots=True)
class Spacing:
    """How many blank lines part two lines of a sentence, whether lines wrap, whether blank ones part texts.

    ``widths``: the usual length of a full line of the narrative, and of the narrow box beside it.
    """

    leading: int = 0
    tight: bool = False
    wrapped: bool = True
    widths: tuple[int, int] = (0, 0)

    def told(self) -> tuple[str, ...]:
        """Say in French what was assumed, when it is not the usual layout."""
        found = []
        if self.leading:
            found.append("Interligne : chaque ligne est suivie d’une ligne vide, qui ne sépare rien.")
        if self.tight and self.wrapped:
            found.append("Aucune ligne vide : un paragraphe finit où sa dernière ligne est plus courte.")
        elif self.tight or not self.wrapped:
            found.append("Chaque ligne est lue comme un paragraphe entier.")
        return tuple(found)


def learn_layout(lines: Sequence[Line], sheets: Sequence[Zone], narrow: Sequence[Zone]) -> Spacing:
    """Learn the layout from the lines of the sheets; ``narrow`` are their boxes of figures and partners."""
    pairs = [(lines[rank - 1], lines[rank]) for zone in sheets for rank in range(zone.first + 1, zone.after)]
    if len(pairs) < _ENOUGH:
        return Spacing()
    same = [below.blanks for above, below in pairs if _same_sentence(above, below)]
    wrapped = len(same) >= len(pairs) * _UNWRAPPED
    leading = Counter(same).most_common(1)[0][0] if wrapped else 0
    inside = {rank for zone in narrow for rank in range(zone.first, zone.after)}
    body = [r for zone in sheets for r in range(zone.first, zone.after) if r not in inside]
    widths = _width(lines, body), _width(lines, sorted(inside))
    ends = [
        below.blanks > leading
        for above, below in pairs
        if above.text[-1] in ".!?…"
        and _opens_text(below)
        and (not wrapped or _is_short(above, below, widths[0]))
    ]
    tight = len(ends) >= _ENOUGH // 2 and sum(ends) * 2 < len(ends)
    return Spacing(leading, tight, wrapped, widths)


def _opens_text(line: Line) -> bool:
    return line.text[0].isupper() and not is_address(line)


def _same_sentence(above: Line, below: Line) -> bool:
    return above.text[-1] not in _END_SIGNS and below.text[0].islower() and not is_address(below)


def _width(lines: Sequence[Line], ranks: Sequence[int]) -> int:
    sizes = sorted(len(lines[rank].text) for rank in ranks if not is_address(lines[rank]))
    return sizes[len(sizes) * 95 // 100] if sizes else 0


def with_layout(
    lines: Sequence[Line], layout: Spacing, sheets: Sequence[Zone], narrow: Sequence[Zone]
) -> list[Line]:
    """Give each line the blank ones above it that a usual file would have."""
    kept = list(lines)
    if layout.leading:
        kept = [replace(x, blanks=max(0, (x.blanks + 1) // (layout.leading + 1) - 1)) for x in kept]
    if not layout.tight:
        return kept
    inside = {rank for zone in narrow for rank in range(zone.first, zone.after)}
    for zone in sheets:
        counts = False
        for rank in range(zone.first + 1, zone.after):
            above, below = kept[rank - 1], kept[rank]
            counts = (counts or above.text.startswith("Nombre d")) and not is_partners_heading(above.text)
            width = layout.widths[rank in inside] if layout.wrapped else 0
            if counts or above.text.startswith(ACTION) or _ends_title(kept, rank, zone.after, width):
                continue  # who reads titles and figures knows where they end
            if not _goes_on(above, below, width):
                kept[rank] = replace(below, blanks=below.blanks + 1)
    return kept


def _goes_on(above: Line, below: Line, width: int) -> bool:
    """Tell whether a line goes on with the one above, in a file without blank lines."""
    if below.text.startswith((ACTION, BULLET)) or is_address(below):
        return True  # these open what they open, whatever the blank lines
    if _ends_in_address(above) and not below.text[0].isupper():
        return True
    return bool(width) and (_same_sentence(above, below) or not _is_short(above, below, width))


def _ends_title(lines: Sequence[Line], rank: int, after: int, width: int) -> bool:
    """Tell whether a line ends the one above, which is nearly full: both short of a sign, as titles are."""
    above, below = lines[rank - 1], lines[rank]
    if rank + 1 >= after or above.text[-1] in _END_SIGNS or below.text[-1] in _END_SIGNS or is_address(below):
        return False
    nearly = len(above.text) >= width * _NEARLY and above.text[-1] != ")"
    return (
        bool(width)
        and nearly
        and not below.text.startswith(BULLET)
        and _is_short(below, lines[rank + 1], width)
    )


def _may_end_title(lines: Sequence[Line], rank: int, after: int, width: int) -> bool:
    """Tell whether a line may end a title that stops early: it says no sentence, and one begins below it."""
    above, below = lines[rank - 1], lines[rank]
    return (
        not _ends_title(lines, rank, after, width)
        and rank + 1 < after
        and len(above.text) >= width * _HALF
        and above.text[-1] not in _CLOSED
        and below.text[-1] not in _END_SIGNS
        and not announces_link(below.text)
        and _is_short(below, lines[rank + 1], width)
        and not _is_short(lines[rank + 1], lines[min(rank + 2, after - 1)], width)
    )


def _ends_in_address(line: Line) -> bool:
    return "://" in line.text.rpartition(" ")[2]


def _is_short(line: Line, below: Line, width: int) -> bool:
    """Tell whether the next word had room on the line."""
    return len(line.text) + 1 + len(below.text.partition(" ")[0]) <= width * _FULL


# -- titles of actions ----------------------------------------------------------------------------------


def join_titles(
    lines: Sequence[Line], zones: Sequence[Zone], layout: Spacing
) -> tuple[list[Line], list[tuple[int, str]]]:
    """Write each title of an action on one line; also gives those whose end is unsure."""
    kept: list[Line] = []
    unsure: list[tuple[int, str]] = []
    rank = 0
    for zone in zones:
        kept.extend(lines[rank : zone.first])
        rank = zone.first
        while rank < zone.after:
            line = lines[rank]
            if not line.text.startswith(ACTION):
                kept.append(line)
                rank += 1
                continue
            start = rank
            if (
                line.text == ACTION and rank + 1 < zone.after and not lines[rank + 1].blanks
            ):  # its sign stands on a line of its own
                start = rank + 1
            end, sure = _title_end(lines, start, zone.after, layout)
            texts = [text.text for text in lines[rank:end]]
            title = assemble(texts, Foot())
            kept.append(replace(line, text=title))
            if not sure:
                unsure.append((line.number, title))
            rank = end
            if rank < zone.after and layout.tight and not lines[rank].blanks and end > start:
                kept.append(replace(lines[rank], blanks=1))
                rank += 1
    kept.extend(lines[rank:])
    return kept, unsure


def _title_end(lines: Sequence[Line], rank: int, after: int, layout: Spacing) -> tuple[int, bool]:
    """Give the rank after the last line of a title, and whether it is sure."""
    last, sure = _last_joined(lines, rank, after, layout)
    if last == rank or not sure:
        return last + 1, sure
    whole = assemble([line.text for line in lines[rank : last + 1]], Foot())
    is_one = whole[-1] not in _END_SIGNS and len(whole) <= _MAX_TITLE and not _SENTENCE.search(whole[2:])
    if is_one and last - rank < _MAX_TITLE_LINES:
        return last + 1, True
    if not layout.tight:
        return rank + 1, True  # the reader of actions knows those that a blank line does not end
    first = 0
    for end in range(rank, last):
        following = lines[end + 1].text
        if lines[end].text[-1] in _OPEN_SIGNS or following[0].islower() or following[0] == "(":
            continue
        first = first or end + 1
        so_far = assemble([line.text for line in lines[rank : end + 1]], Foot())
        if names_organisation(so_far):
            return end + 1, False
    return first or rank + 1, False


def _last_joined(lines: Sequence[Line], rank: int, after: int, layout: Spacing) -> tuple[int, bool]:
    """Give the last line that no space parts from a title, and whether what follows it is sure."""
    last = rank
    width = layout.widths[0]
    while last + 1 < after and last - rank < _MAX_TITLE_LINES:
        above, below = lines[last], lines[last + 1]
        if below.blanks or below.text.startswith((ACTION, BULLET)) or is_address(below):
            break
        is_end = above.text[-1] not in _OPEN_SIGNS and _is_short(above, below, width)
        if layout.tight and is_end and not _same_sentence(above, below):
            if last == rank and layout.wrapped and _may_end_title(lines, last + 1, after, width):
                return last + 1, False
            if not _ends_title(lines, last + 1, after, width):
                break
        last += 1
    return last, True


def with_forgotten_signs(
    lines: Sequence[Line], zones: Sequence[Zone]
) -> tuple[list[Line], list[tuple[int, str]]]:
    """Open with the usual sign the titles whose author forgot it; also gives them, with their lines.

    Only where other titles have one, and nearly all of those name who carries the action.
    """
    titles = [line.text for line in lines if line.text.startswith(ACTION)]
    if sum(names_organisation(title, commas=True) for title in titles) * 2 <= len(titles):
        return list(lines), []
    kept: list[Line] = []
    found: list[tuple[int, str]] = []
    rank = 0
    for zone in zones:
        while rank < zone.after:
            end = _forgotten_end(lines, rank, zone) if rank >= zone.first else 0
            line = lines[rank]
            if end:
                title = assemble([line.text for line in lines[rank:end]], Foot())
                found.append((line.number, title))
                kept.append(replace(line, text=f"{ACTION} {title}"))
                kept.append(replace(lines[end], blanks=max(1, lines[end].blanks)))
            else:
                kept.append(line)
            rank = end + 1 if end else rank + 1
    return [*kept, *lines[rank:]], found


def _forgotten_end(lines: Sequence[Line], rank: int, zone: Zone) -> int:
    """Give the rank after the title that begins here without a sign; zero when none does."""
    above = lines[rank - 1]
    if above.text.startswith(ACTION) or above.text[-1] == ":":
        return 0
    if not (rank == zone.first or lines[rank].blanks or above.text[-1] in _END_SIGNS or is_address(above)):
        return 0
    best = 0
    for end in range(rank + 1, min(rank + _MAX_FORGOTTEN_LINES, zone.after - 1) + 1):
        last, below = lines[end - 1], lines[end]
        if end > rank + 1 and (last.blanks or last.text.startswith((ACTION, BULLET))):
            break
        if (below.blanks or last.text[-1] not in _OPEN_SIGNS) and _is_forgotten(lines, rank, end, zone):
            best = end if below.blanks else best or end
    return best


def _is_forgotten(lines: Sequence[Line], rank: int, end: int, zone: Zone) -> bool:
    """Tell whether the lines before ``end`` name an action and its carrier, over a text that tells it."""
    text = assemble([line.text for line in lines[rank:end]], Foot())
    if len(text) > _MAX_FORGOTTEN or not _OPENS_TITLE.match(text) or not _names_carrier(text):
        return False
    if lines[end].text[0].islower() or _names_carrier(lines[end].text):
        return False
    following = _groups(lines, Zone(end, min(zone.after, end + _MAX_TITLE_LINES)))[0]
    told = sum(len(lines[one].text) for one in following)
    return told >= _LONG and _may_be_title(lines, text, following)


def _names_carrier(text: str) -> bool:
    start, comma, _rest = text.partition(",")
    return bool(comma) and (names_organisation(text, commas=True) or kind_of(start) is not None)


def find_titles(lines: Sequence[Line], zone: Zone) -> tuple[list[int], list[int]]:
    """Find titles that no sign opens, by their form and what surrounds them; and those that are unsure."""
    groups = _groups(lines, zone)
    gap = _usual_gap(lines, zone)
    found: list[int] = []
    unsure: list[int] = []
    for place, group in enumerate(groups):
        text = assemble([lines[rank].text for rank in group], Foot())
        following = groups[place + 1] if place + 1 < len(groups) else None
        if following is None or not _may_be_title(lines, text, following):
            continue
        score = 0
        if names_organisation(text):
            score += 2
        if lines[group.start].blanks > gap:
            score += 2
        if not place:
            score += 2
        if "," in text:
            score += 1
        if sum(len(lines[rank].text) for rank in following) >= _LONG:
            score += 1
        if score >= _TITLE_SCORE:
            found.append(group.start)
        if score in {_TITLE_SCORE - 1, _TITLE_SCORE}:
            unsure.append(group.start)
    return found, unsure


def _groups(lines: Sequence[Line], zone: Zone) -> list[range]:
    groups: list[range] = []
    for rank in range(zone.first, zone.after):
        line = lines[rank]
        apart = line.blanks or line.text.startswith(BULLET) or is_address(line)
        if groups and not apart and not is_address(lines[rank - 1]):
            groups[-1] = range(groups[-1].start, rank + 1)
        else:
            groups.append(range(rank, rank + 1))
    return groups


def _usual_gap(lines: Sequence[Line], zone: Zone) -> int:
    """The blank lines that part two paragraphs of one action: the fewest that part any."""
    gaps: Iterable[int] = (lines[rank].blanks for rank in range(zone.first + 1, zone.after))
    return min((gap for gap in gaps if gap), default=1)


def _may_be_title(lines: Sequence[Line], text: str, following: range) -> bool:
    below = lines[following.start]
    return (
        len(text) <= _MAX_TITLE
        and text[-1] not in _END_SIGNS
        and not text.startswith(BULLET)
        and not text[0].islower()
        and "://" not in text
        and not announces_link(text)
        and not is_address(below)
        and not below.text.startswith(BULLET)
        and not _SENTENCE.search(text)
    )

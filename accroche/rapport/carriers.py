"""Titles of actions whose carrier stands below them, after a label: « Porteur : Collège … »."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accroche.rapport.lines import Line, folded
from accroche.rapport.porteurs import names_organisation
from accroche.rapport.signs import ACTION

_MAX_LABEL: Final = 40
#: Lines of a title, and of what carries the action.
_MAX_LINES: Final = 3
_CARRIER = re.compile(r"(?:[a-z']{1,15} ){0,2}port(?:eurs?|euses?|ee?s? par)\b")
_ENOUGH: Final = 3


def with_carriers(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Write each carrier behind its title and a comma; say in French which label was read so.

    The label is one that names a carrier, or that most titles have under them with an organisation.
    """
    titles = [rank for rank, line in enumerate(lines) if line.text.startswith(ACTION)]
    labelled = {rank: at for rank in titles if (at := _labelled(lines, rank))}
    votes = Counter(_label(lines[at]) for at in labelled.values())
    named = Counter(_label(lines[at]) for at in labelled.values() if _names(lines[at]))
    labels = {
        label
        for label, count in votes.items()
        if _CARRIER.match(label)
        or (count >= _ENOUGH and count * 2 > len(titles) and named[label] * 2 > count)
    }
    kept: list[Line] = []
    read: list[str] = []
    opened = False  # what comes under a title parted from it
    rank = 0
    while rank < len(lines):
        at = labelled.get(rank, 0)
        if not at or _label(lines[at]) not in labels:
            line = lines[rank]
            kept.append(replace(line, blanks=max(1, line.blanks)) if opened else line)
            opened = False
            rank += 1
            continue
        label, _, value = lines[at].text.partition(":")
        end = _end(lines, at)
        texts = [*(line.text.rstrip(" ,") for line in lines[rank:at])]
        values = [value.strip(), *(line.text for line in lines[at + 1 : end])]
        blanks = max(int(opened), lines[rank].blanks)
        kept.append(replace(lines[rank], blanks=blanks, text=f"{' '.join(texts)}, {' '.join(values)}"))
        read.append(label.strip())
        rank = end
        opened = True
    shown = ", ".join(sorted(set(read)))
    return kept, (f"Sous les titres, « {shown} » est lu comme qui porte l’action.",) if read else ()


def _labelled(lines: Sequence[Line], rank: int) -> int:
    """The rank of the labelled line under a title; zero when there is none."""
    for at in range(rank + 1, min(rank + 1 + _MAX_LINES, len(lines))):
        line = lines[at]
        if line.blanks > 1 or line.text.startswith(ACTION):
            return 0
        label, colon, value = line.text.partition(":")
        if colon and value.strip() and len(label) <= _MAX_LABEL and "://" not in line.text:
            return at
        if line.blanks:
            return 0
    return 0


def _label(line: Line) -> str:
    return folded(line.text.partition(":")[0])


def _names(line: Line) -> bool:
    return names_organisation(f"x, {line.text.partition(':')[2].strip()}")


def _end(lines: Sequence[Line], at: int) -> int:
    """The rank after the carrier: it may wrap, up to a blank line."""
    end = at + 1
    while end < len(lines) and not _parts(lines[end]) and end - at <= _MAX_LINES:
        end += 1
    return end if end == len(lines) or _parts(lines[end]) else at + 1


def _parts(line: Line) -> bool:
    return line.blanks > 0 or line.text.startswith(ACTION)

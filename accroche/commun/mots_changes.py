"""What changed between two values, word by word: for people who look for what a colleague touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rapidfuzz.distance import LCSseq


class Kind(StrEnum):
    """What became of a passage."""

    SAME = "same"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that stayed, came or went."""

    kind: Kind
    text: str


_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_LINE = re.compile(r"\n|[^\n]+")
#: Beyond so many words, two texts are shown one after the other: comparing them would take seconds.
LONGEST = 4000
#: Of the words of the shorter text, the share that has to stay for a comparison word by word to be read.
#: Under it what stays are articles, and both texts are told whole.
STAYS = 0.5
#: Words kept around a change; a longer unchanged passage is cut.
AROUND = 12


def in_words(value: Any) -> str:
    """Return a value of the journal as people read it: yes and no, one line an item, nothing for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dict):
        return ", ".join(f"{key} : {in_words(item)}" for key, item in value.items() if in_words(item))
    if isinstance(value, list | tuple):
        return "\n".join(in_words(item) for item in value)
    return str(value)


def compare(before: str, after: str, *, by_line: bool = False) -> tuple[Passage, ...]:
    """Return the passages that lead from ``before`` to ``after``, in order.

    Put together, those not inserted give ``before``, those not deleted give ``after``. ``by_line``: lines are
    told whole, as those of a vocabulary: half an answer says nothing. Word by word only where enough stays
    for a reader to see what moved; else what was, then what is.
    """
    if by_line:
        return tuple(_passages(_LINE.findall(before), _LINE.findall(after)))
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) <= LONGEST:
        found = tuple(_passages(old, new))
        if _helps(found, old, new):
            return found
    whole = (Passage(Kind.DELETED, before), Passage(Kind.INSERTED, after))
    return tuple(passage for passage in whole if passage.text)


def _helps(passages: tuple[Passage, ...], old: list[str], new: list[str]) -> bool:
    stays = sum(_count(_WORD.findall(one.text)) for one in passages if one.kind is Kind.SAME)
    return stays >= STAYS * min(_count(old), _count(new))


def _count(pieces: list[str]) -> int:
    """How many of them are words."""
    return sum(piece[0].isalnum() for piece in pieces)


def _passages(old: list[str], new: list[str]) -> Iterator[Passage]:
    # what goes and what comes between two passages that stay is told together, what goes first
    here = there = 0
    stays = [(one.a, one.b, one.size) for one in LCSseq.opcodes(old, new).as_matching_blocks()]
    for start, new_start, size in stays:
        if here != start:
            yield Passage(Kind.DELETED, "".join(old[here:start]))
        if there != new_start:
            yield Passage(Kind.INSERTED, "".join(new[there:new_start]))
        if size:
            yield Passage(Kind.SAME, "".join(old[start : start + size]))
        here, there = start + size, new_start + size


def shortened(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Cut the long unchanged passages, keeping the words next to what changed."""
    last = len(passages) - 1
    return tuple(
        _cut(passage, first=number == 0, last=number == last) if passage.kind is Kind.SAME else passage
        for number, passage in enumerate(passages)
    )


def _cut(passage: Passage, *, first: bool, last: bool) -> Passage:
    words = _WORD.findall(passage.text)
    if len(words) <= 3 * AROUND:
        return passage
    head = "" if first else "".join(words[:AROUND])
    tail = "" if last else "".join(words[-AROUND:])
    told = f"{head} […] {tail}"
    if first:
        told = told.lstrip()
    # the space beside what changed stays: « 51recensées »
    return Passage(Kind.SAME, told.rstrip() if last else told)

"""A passage of a text with the words that were looked for, as safe HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from django.utils.safestring import SafeString

#: Letters of a passage, and of those how many come before the first word that was found.
PASSAGE: Final = 220
BEFORE: Final = 60
Marks = Sequence[tuple[int, int]]


def passage(texts: Iterable[tuple[str, Marks]]) -> SafeString:
    """The passage that says the most of what was looked for; nothing when no text says any of it.

    ``texts``: each with where its words stand, in order.
    """
    best: tuple[int, str, int, Marks] | None = None
    for text, marks in texts:
        for first, _ in marks:
            inside = [mark for mark in marks if first <= mark[0] < first + PASSAGE - BEFORE]
            told = len({text[start:end].lower() for start, end in inside})
            if best is None or told > best[0]:
                best = (told, text, first, marks)
    return _drawn(*best[1:]) if best else SafeString()


def _drawn(text: str, first: int, marks: Marks) -> SafeString:
    start = max(0, first - BEFORE)
    if start:  # from the beginning of a word
        start = text.find(" ", start, first) + 1 or first
    end = start + PASSAGE
    if end < len(text):
        end = max(text.rfind(" ", first + 1, end), next(last for at, last in marks if at == first))
    shown = [(low, high) for low, high in marks if low >= start and high <= end]
    pieces, at = [], start
    for low, high in shown:
        pieces += [text[at:low], text[low:high]]
        at = high
    before, *marked = _escaped([*pieces, text[at:end]])
    told = [f"<mark>{word}</mark>{after}" for word, after in zip(marked[::2], marked[1::2], strict=True)]
    # all but our own marks is escaped: Django's way to say so costs as much as finding the words
    return SafeString("".join(["… " if start else "", before, *told, " …" if end < len(text) else ""]))


def _escaped(pieces: list[str]) -> list[str]:
    """Each as HTML; five replacements for all of them, not for each."""
    safe = escape("\0".join(pieces)).split("\0")
    return safe if len(safe) == len(pieces) else list(map(escape, pieces))

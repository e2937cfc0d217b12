"""A passage of a text with the words that were looked for, as safe HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
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
    pieces: list[tuple[str, str]] = []
    at = start
    for low, high in shown:
        pieces.append((text[at:low], text[low:high]))
        at = high
    body = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}{}{}", "… " if start else "", body, text[at:end], " …" if end < len(text) else "")

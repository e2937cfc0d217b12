"""Words too long for a line: addresses, digests. Where they may break, without adding a character."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from accroche.integrations.typst.fonts import printable

#: A text, or its parts; a part that is a list is one long word, in pieces.
Soft: TypeAlias = str | list[str | list[str]]

_LONG_WORD: Final = 26
_LONG_RUN: Final = re.compile(rf"\S{{{_LONG_WORD + 1},}}")
# After a sign as people expect in an address, or anywhere as a last resort.
_PIECE: Final = re.compile(r"[^/_.,;:?&=#%+@~-]{1,14}[/_.,;:?&=#%+@~-]*|[/_.,;:?&=#%+@~-]+")


def soft(text: str) -> Soft:
    """Return the text to print: as one string, or as parts when it holds a word too long for a line.

    Such a word is a list of pieces that it may break between.
    """
    text = printable(text)
    if len(text) <= _LONG_WORD:
        return text
    parts: list[str | list[str]] = []
    done = 0
    for found in _LONG_RUN.finditer(text):
        # A word of letters alone is left to hyphenation, unless no language has such a word.
        if found.end() - found.start() <= 2 * _LONG_WORD and found[0].isalpha():
            continue
        parts += [text[done : found.start()], _PIECE.findall(found[0])]
        done = found.end()
    return [part for part in [*parts, text[done:]] if part] if parts else text

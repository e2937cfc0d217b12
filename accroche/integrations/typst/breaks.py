"""Where words may break: names nowhere; addresses and digests, too long for a line, without a sign added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from accroche.integrations.typst.fonts import printable

#: A text, or its parts; one that is a list is a word never hyphenated, whole or in the pieces it breaks into.
Soft: TypeAlias = str | list[str | list[str]]

_LONG_WORD: Final = 26
_LONG_RUN: Final = re.compile(rf"\S{{{_LONG_WORD + 1},}}")
#: The same in the hanging column, forty millimetres wide.
_NARROW_WORD: Final = 19
_NARROW_RUN: Final = re.compile(rf"\S{{{_NARROW_WORD + 1},}}")
# After a sign as people expect in an address, or anywhere as a last resort.
_PIECE: Final = re.compile(r"[^/_.,;:?&=#%+@~-]{1,14}[/_.,;:?&=#%+@~-]*|[/_.,;:?&=#%+@~-]+")


# A name, or a word that begins a sentence: those that are short could not be hyphenated anyway.
_NAME: Final = re.compile(r"\b[A-ZÀ-ÖØ-ÞŒ][^\W\d_]{4,}")


def soft(text: str, *, narrow: bool = False) -> Soft:
    """Return the text to print: as one string, or as parts when some of its words break in their own way.

    ``narrow``: it stands in the hanging column, where no line holds what another would.
    A word too long for a line is a list of the pieces that it may break between; a name, which no hyphen may
    cut, is a list of one piece.
    """
    text = printable(text)
    parts: list[str | list[str]] = []
    done = 0
    for start, end, pieces in _apart(text, narrow=narrow):
        parts += [text[done:start], pieces]
        done = end
    return [part for part in [*parts, text[done:]] if part] if parts else text


def _apart(text: str, *, narrow: bool) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the words that break in a way of their own: where they begin and end, and their pieces."""
    done = 0
    longest, run = (_NARROW_WORD, _NARROW_RUN) if narrow else (_LONG_WORD, _LONG_RUN)
    for found in run.finditer(text) if len(text) > longest else ():
        # A word of letters alone is left to hyphenation, unless no language has one; titles have none.
        if not narrow and found.end() - found.start() <= 2 * longest and found[0].isalpha():
            continue
        yield from _names(text, done, found.start())
        yield found.start(), found.end(), _PIECE.findall(found[0])
        done = found.end()
    yield from _names(text, done, len(text))


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int, list[str]]]:
    for found in _NAME.finditer(text, start, end):
        yield found.start(), found.end(), [found[0]]

"""Characters that readers never see, or that show a text otherwise than it is: taken away before it is shown.

What is stored keeps what was typed. Pages of documents, tables and files for people go through
:func:`lisible`; data for machines write such signs as escapes instead, so that nothing is lost there.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Stands for what no font has and no machine agrees on, so that its absence is seen.
ILLISIBLE: Final = "\ufffd"

#: Bullets of symbol fonts that word processors leave in what is pasted.
_BULLETS: Final = dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf0e0\uf0fc", "•")
#: They shape letters of some scripts, and make one picture of several; anywhere else they hide.
_JOINERS: Final = "\u200c\u200d"
#: How the sign before it is drawn: as a picture, or as text.
_VARIANTS: Final = "\ufe0e\ufe0f"
#: Invisible without being of the categories of what is.
_FILLERS: Final = "\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0"

#: Anything that may have to go; a text without any of it is returned as it came.
_SUSPECT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\uf8ff\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    f"\U000e0000-\U0010ffff{_FILLERS}]"
)


def lisible(text: str) -> str:
    """Return ``text`` as whoever reads it must see it; the same object when nothing is wrong with it.

    What turns the writing round, what has no width, what is no character of writing goes; what parts lines
    becomes a line end; a sign that only some font can draw becomes :data:`ILLISIBLE`, a bullet when
    it is known to be one. What shapes the letters of some scripts stays between such letters.
    """
    if text.isascii() and text.isprintable():
        return text
    if _SUSPECT.search(text) is None:
        return text
    return "".join(_shown(text, rank) for rank in range(len(text)))


def escaped(json_text: str) -> str:
    """Return a JSON text with what :func:`lisible` minds written as escapes: the same data, which people see.

    A lone surrogate, which no UTF-8 can hold and few programs read, becomes :data:`ILLISIBLE`.
    """
    return _SUSPECT.sub(lambda found: _escape(found[0]), json_text)


def _escape(character: str) -> str:
    if unicodedata.category(character) == "Cs":
        return ILLISIBLE
    pairs = character.encode("utf-16-be").hex()
    return "".join(f"\\u{pairs[at : at + 4]}" for at in range(0, len(pairs), 4))


def _shown(text: str, rank: int) -> str:
    character = text[rank]
    if _SUSPECT.match(character) is None:
        return character
    if character in "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029":
        return "\n"
    if character in _BULLETS:
        return _BULLETS[character]
    if character in _JOINERS or character in _VARIANTS:
        return character if _belongs(character, text[rank - 1 : rank], text[rank + 1 : rank + 2]) else ""
    category = unicodedata.category(character)
    if category in {"Co", "Cs"} or ord(character) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 - no character, by Unicode
        return ILLISIBLE
    # pictures, tags, and what later versions of Unicode may put in the rest of these ranges
    return "" if category[0] in "CM" or character in _FILLERS else character


def _belongs(character: str, before: str, after: str) -> bool:
    """Tell whether a joiner joins, or a variant varies, what stands around it."""
    if not before:
        return False
    if character in _VARIANTS:
        return unicodedata.category(before)[0] == "S" or before in "#*0123456789"
    if not after:
        return False
    if _shapes(before) and _shapes(after):
        return True
    pictures = (before in _VARIANTS or unicodedata.category(before)[0] == "S") and (
        unicodedata.category(after)[0] == "S"
    )
    return character == "\u200d" and pictures


def _shapes(letter: str) -> bool:
    """Tell whether a letter is of a script whose letters change by what stands beside them."""
    return "\u0600" <= letter <= "\u18ff" and unicodedata.category(letter)[0] in "LM"

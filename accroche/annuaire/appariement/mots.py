"""Words of a mention or of a school, as they are compared: no accents, no capitals, no abbreviations."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

from accroche.lib.texte import unaccented

#: Every list of words, as vocabulaire.toml holds it.
VOCABULARY: Final[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("vocabulaire.toml").read_text(encoding="utf-8")
)
#: What people and directories shorten, and what it stands for; several words are separate words.
ABBREVIATIONS: Final[dict[str, str]] = VOCABULARY["abbreviations"]
#: Words that tell no school from another.
EMPTY: Final = frozenset(VOCABULARY["empty"].split())
#: Words that say what a school is, not which one: found, they count little; missing, they cost nothing.
WEAK: Final = frozenset(VOCABULARY["weak"].split())
#: Words of agriculture: a lycée they name is no other.
LAND: Final = frozenset(VOCABULARY["land"].split())

#: A part of a school that stands elsewhere: « Annexe X ».
APART: Final = frozenset(VOCABULARY["apart"].split())

#: « (A ABSORBE L'UAI 0400057V EN 2022) » is no name, and no other school either.
ABSORBED: Final = re.compile(r"\(a absorb[eé] [^()\n]*\)?", re.IGNORECASE)

_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
#: « N.-D. », « N-D »: Notre-Dame.
_OUR_LADY = re.compile(r"\bn\s?[.-]\s?-?\s?d\b\.?")
#: « Dillon1 » is two words; « ce1 », « 4e » one
_WORD = re.compile(r"[a-z]{4,}|[a-z0-9]+")


def fold(text: str) -> str:
    """Return the text in small letters without accents; ligatures as two letters: for words of schools."""
    if text.isascii():
        return text.lower()
    return unaccented(text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae"))


def typed(text: str) -> list[str]:
    """The words of a text, folded, as they are written; « C.L.G. » is one word."""
    folded = fold(text)
    if "n" in folded and ("-" in folded or "." in folded):
        folded = _OUR_LADY.sub("nd ", folded)
    if "." in folded:
        folded = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", folded)
    return _WORD.findall(folded)


def words(text: str) -> list[str]:
    """The words of a text, folded, abbreviations written out."""
    found: list[str] = []
    for word in typed(text):
        meaning = ABBREVIATIONS.get(word, word)
        found += meaning.split() if " " in meaning else (meaning,)
    return found


_CLASS = re.compile(r"[3-6](?:e|eme|emes|ieme|iemes)")


def is_class(word: str) -> bool:
    """« 4e », « 6eme » is a class."""
    return bool(_CLASS.fullmatch(word))


def figures(word: str) -> str:
    """Return the figures of a word: « 12 » of « 12eme »."""
    return "" if word.isalpha() else "".join(filter(str.isdigit, word))


def tells(word: str) -> bool:
    """Whether a word tells a school from another; « 4e » is a class."""
    return word not in EMPTY and word not in WEAK and not is_class(word)


#: Linking words that are letters too, where nothing follows: « Anatole France A », « Arago D ».
_LETTERS: Final = frozenset(word for word in EMPTY if len(word) == 1)


def plain(tokens: Sequence[str]) -> tuple[str, ...]:
    """All words but those that tell nothing: « École de X » and « École X » are one name, « X A » another."""
    last = len(tokens) - 1
    return tuple(
        word for i, word in enumerate(tokens) if word not in EMPTY or (word in _LETTERS and i == last)
    )


def telling(tokens: Sequence[str], ends: Collection[int] | None = None) -> tuple[str, ...]:
    """Those that tell a school from another; the « A » of « École Anatole France A » does, at the end.

    ``ends``: where nothing follows, « École Anatole France A, Dijon »; by default the last word alone.
    """
    if ends is None:
        ends = (len(tokens) - 1,)
    return tuple(
        word for i, word in enumerate(tokens) if tells(word) or (word in _LETTERS and i in ends and i > 0)
    )

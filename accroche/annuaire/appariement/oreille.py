"""How a French word sounds, roughly: « Jorès » and « Jaurès », « Josef » and « Joseph » have one key."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: What is written, and how it is heard; in this order, on folded letters. First a letter without which
#: nothing of it is written: most are not.
_SOUNDS: Final = tuple(
    (letter, re.compile(written), heard)
    for letter, written, heard in (
        ("s", r"(?<=[aeiouy])s(?=[aeiouy])", "z"),
        ("c", r"sc(?=[eiy])|c(?=[eiy])", "s"),
        ("t", r"ti(?=on)", "s"),
        ("c", r"ch(?=[rlnst]|$)|c(?!h)", "k"),
        ("q", r"q", "k"),
        ("g", r"gu(?=[eiy])", "g"),
        ("g", r"g(?=[eiy])ea?|g(?=[iy])", "j"),
        ("h", r"(?<![cs])h", ""),
        ("", r"(?:ai|ei|i)[nm](?![aeiouyhnm])", "in"),
        ("", r"[ea][nm](?![aeiouyhnm])", "an"),
        ("", r"ai|ei|oe", "e"),
        ("", r"(?<![stdxpez])[stdxpez]+$", ""),
        ("z", r"z", "s"),
        ("", r"(.)\1+", r"\1"),
    )
)
#: The same, wherever they stand, before the others.
_LETTERS: Final = (("ph", "f"), ("qu", "k"), ("ck", "k"), ("eau", "o"), ("au", "o"), ("y", "i"))
#: Shorter words sound alike too easily (letters).
SHORTEST: Final = 3


def heard(word: str) -> str:
    """Return how a folded word is heard; a word too short, or with a figure, only as it is written."""
    if len(word) < SHORTEST or not word.isalpha():
        return word
    key = word
    for letters, said in _LETTERS:
        if letters in key:
            key = key.replace(letters, said)
    for letter, written, said in _SOUNDS:
        if letter in key:
            key = written.sub(said, key)
    return key if len(key) > 1 else word


#: The same, kept: a directory's words are asked for by every frame. What strangers wrote is not worth it.
sound = lru_cache(maxsize=65536)(heard)

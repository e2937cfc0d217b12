"""Accents encoded twice: UTF-8 that a program read as Windows-1252 and wrote again, « LycÃ©e » for « Lycée ».

Only the sequences French texts give are mended, each alone: a cell may hold right accents beside them.
"""

from __future__ import annotations

import re
from typing import Final

#: The characters that Windows-1252 makes of the bytes 80 to BF; those it leaves undefined stay as they are.
_TAILS: Final = "".join(
    bytes([code]).decode("cp1252", errors="ignore") or chr(code) for code in range(0x80, 0xC0)
)
#: What begins a letter of French (Ã, Å), a sign or a no-break space (Â), a quote, a dash or a euro (â).
_TWICE: Final = re.compile(f"[ÂÃÅ][{re.escape(_TAILS)}]|â[{re.escape(_TAILS)}]{{2}}")
#: More rounds than any file went through.
_ROUNDS: Final = 3


def mended(text: str) -> str:
    """Return ``text`` with its accents encoded once; the same text when they were."""
    # most texts, told without reading them letter by letter
    if text.isascii() or not ("Ã" in text or "Â" in text or "â" in text or "Å" in text):
        return text
    for _ in range(_ROUNDS):
        before, text = text, _TWICE.sub(_once, text)
        if text == before:
            break
    return text


def _once(found: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, found[0])).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _byte(character: str) -> bytes:
    return character.encode("cp1252", errors="ignore") or character.encode("latin-1")

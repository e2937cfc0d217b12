"""A large figure in two: « au moins 1 153 » is a few words, set small, and a number, set large."""

from __future__ import annotations

import re
from typing import Final

_QUALIFIED: Final = re.compile(r"(?P<words>\D{3}(?:\D*[^\d\s])?)\s*(?P<number>\d.*)")
_LARGE: Final = 9


def words_and_number(text: str) -> tuple[str, str]:
    """Return the words before a number, and the number; no words when there are none, or it is long."""
    found = _QUALIFIED.fullmatch(text)
    return (found["words"], found["number"]) if found and len(found["number"]) <= _LARGE else ("", text)

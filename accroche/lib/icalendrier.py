"""Lines of a calendar file (RFC 5545): texts escaped, long lines folded between two letters.

The same bytes as the library ``icalendar`` writes, which looks at each letter of each line by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

#: Bytes of a line at most, without the blank that carries on the one before.
WIDEST: Final = 74
_FOLD: Final = b"\r\n "
#: What begins a sign of two letters, which some programs read only in one line.
_BEGINS: Final = b"\\^"
#: How letters of more than one byte carry on (UTF-8).
_MASK, _CARRIES_ON = 0xC0, 0x80


def texte(value: str) -> str:
    r"""A text as a line holds it; ``\N``, which some write for the end of a line, ends one."""
    return (
        value.replace(r"\N", "\n")
        .replace("\\", "\\\\")
        .replace(";", r"\;")
        .replace(",", r"\,")
        .replace("\r\n", r"\n")
        .replace("\n", r"\n")
        .replace("\r", r"\n")
    )


def jour(day: dt.date) -> str:
    """A whole day."""
    return day.isoformat().replace("-", "")


def moment(at: dt.datetime) -> str:
    """A moment, by the clock of everywhere."""
    told = at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    return f"{told.replace('-', '').replace(':', '')}Z"


def lignes(told: Iterable[str]) -> bytes:
    """Lines as a file holds them, each ended."""
    return b"".join(b"%b\r\n" % plie(line) for line in told)


def plie(line: str) -> bytes:
    """One line, folded where it is too long."""
    whole = line.encode()
    if len(whole) <= WIDEST:
        return whole
    parts, first, length = [], 0, len(whole)
    while length - first > WIDEST:
        last = first + WIDEST
        while whole[last] & _MASK == _CARRIES_ON:
            last -= 1
        if whole[last - 1] in _BEGINS and last - first > 1:
            last -= 1
        parts.append(whole[first:last])
        first = last
    parts.append(whole[first:])
    return _FOLD.join(parts)

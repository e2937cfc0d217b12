"""What a picture is and how large, from its first bytes: nothing is decoded."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"
#: Marks of a JPEG that stand alone, without a length after them.
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
#: Those of a frame, which says how large the picture is: all of C0 to CF but tables and a reserved one.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class PictureError(ValueError):
    """The bytes are no PNG and no JPEG, or are cut short before they say how large they are."""


@dataclass(frozen=True, slots=True)
class Picture:
    """How the web names it, and its sides in pixels."""

    media_type: str
    width: int
    height: int


def picture(content: bytes) -> Picture:
    """Return what ``content`` says it is. Raises :class:`PictureError`."""
    try:
        found = _png(content) if content.startswith(_PNG) else _jpeg(content)
    except struct.error as error:
        raise PictureError("The picture is cut short.") from error
    if not found.width or not found.height:
        raise PictureError("The picture has no surface.")
    return found


def _png(content: bytes) -> Picture:
    kind, width, height = struct.unpack_from(">4sII", content, len(_PNG) + 4)
    if kind != b"IHDR":
        raise PictureError("The picture does not begin as a PNG does.")
    return Picture("image/png", width, height)


def _jpeg(content: bytes) -> Picture:
    if not content.startswith(_JPEG):
        raise PictureError("The picture is neither a PNG nor a JPEG.")
    at = len(_JPEG)
    while True:
        start, mark = struct.unpack_from(">BB", content, at)
        if start != 0xFF:  # noqa: PLR2004 - what each mark begins with
            raise PictureError("The picture is no JPEG beyond its first bytes.")
        if mark == 0xFF:  # noqa: PLR2004 - filled with more of the same
            at += 1
        elif mark in _ALONE:
            at += 2
        elif mark in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return Picture("image/jpeg", width, height)
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]

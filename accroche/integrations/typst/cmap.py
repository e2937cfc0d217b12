"""Which characters a font file has: its table « cmap », in the two forms that hold them all."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_COLLECTION = b"ttcf"
_SEGMENTS, _GROUPS = 4, 12
_LAST_OF_ALL = 0xFFFF


def code_points(font: bytes) -> frozenset[int]:
    """Return the code points of a font, or of the first face of a collection."""
    at = struct.unpack_from(">L", font, 12)[0] if font[:4] == _COLLECTION else 0
    (tables,) = struct.unpack_from(">H", font, at + 4)
    records = (struct.unpack_from(">4sLLL", font, at + 12 + 16 * rank) for rank in range(tables))
    cmap = next(offset for name, _checksum, offset, _length in records if name == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    points: set[int] = set()
    for rank in range(subtables):
        _platform, _encoding, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * rank)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if form == _GROUPS:
            points.update(_grouped(font, cmap + offset))
        elif form == _SEGMENTS:
            points.update(_segmented(font, cmap + offset))
    return frozenset(points)


def _grouped(font: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">L", font, at + 12)
    for group in range(groups):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * group)
        yield from range(first, last + 1)


def _segmented(font: bytes, at: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    count = doubled // 2
    lasts = struct.unpack_from(f">{count}H", font, at + 14)
    firsts = struct.unpack_from(f">{count}H", font, at + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * doubled)
    places = at + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", font, places)
    for rank, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        for point in range(first, last + 1):
            if offsets[rank]:
                # counted from where the offset itself stands
                (glyph,) = struct.unpack_from(
                    ">H", font, places + 2 * rank + offsets[rank] + 2 * (point - first)
                )
            else:
                glyph = (point + deltas[rank]) % 0x10000
            if glyph and point != _LAST_OF_ALL:
                yield point

"""The one font family of our documents, the same on every machine, and what it can print.

An archive PDF may not hold a character its fonts lack, so text is brought within the font first.
"""

from __future__ import annotations

import re
import shutil
import struct
import tempfile
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

import font_source_sans_pro
import typst

from accroche.lib.texte import normalised

_WEIGHTS: Final = ("Light", "Regular", "Semibold", "Bold")
_SPACES: Final = re.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029]+")
# Signs the family lacks, written with those it has. Invisible marks go.
_INSTEAD: Final = {
    **dict.fromkeys("\u2010\u2011\u2012", "-"),
    **dict.fromkeys("\u2212\u2015", "–"),
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u205f\u3000", " "),
    **dict.fromkeys("\u2007", "\u00a0"),
    **dict.fromkeys("\u2009\u200a", "\u202f"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff", ""),
    # Symbol-font bullets left over by word processors.
    **dict.fromkeys("\uf0a7\uf0b7\uf0d8\uf0e0\uf0fc▪▫◦‣", "•"),
}
#: Stands for a character that cannot be printed, so that its absence is seen.
_UNKNOWN: Final = "?"
_FORMAT_12: Final = 12


@cache
def fonts() -> typst.Fonts:
    """Load the family once per process; neither the system's fonts nor the typesetter's own take part."""
    # The wheel holds each face twice (OTF and TTF) and the order of a folder is the machine's own:
    # with one file a face, the same face is chosen everywhere.
    folder = Path(_folder().name)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    # Lives as long as the process: faces are read when first used.
    folder = tempfile.TemporaryDirectory(prefix="accroche-fonts-")
    for weight in _WEIGHTS:
        shutil.copy(_face(weight), folder.name)
    return folder


def _face(weight: str) -> Path:
    return Path(font_source_sans_pro.__file__).parent / "files" / f"SourceSansPro-{weight}.ttf"


def printable(text: str) -> str:
    """Return ``text`` with spaces collapsed and every character within the font.

    A sign the font lacks is replaced by its nearest equivalent, or by « ? », never dropped.
    No-break spaces are kept.
    """
    text = _SPACES.sub(" ", normalised(text))
    if text.isascii() and text.isprintable():
        return text
    known = coverage()
    return "".join(c if ord(c) in known and c not in _INSTEAD else _replace(c, known) for c in text)


def _replace(character: str, known: frozenset[int]) -> str:
    if character in _INSTEAD:
        return _INSTEAD[character]
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"}:
        return ""
    plain = unicodedata.normalize("NFKD", character)
    if all(ord(c) in known for c in plain):
        return plain
    return _UNKNOWN


@cache
def coverage() -> frozenset[int]:
    """Return the code points of the family; its faces all have the same ones."""
    data = _face("Regular").read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * rank) for rank in range(tables))
    cmap = next(offset for name, _checksum, offset, _length in records if name == b"cmap")
    (subtables,) = struct.unpack_from(">H", data, cmap + 2)
    points: set[int] = set()
    for rank in range(subtables):
        _platform, _encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * rank)
        form, _pad, _size, _language, groups = struct.unpack_from(">HHLLL", data, cmap + offset)
        if form == _FORMAT_12:
            for group in range(groups):
                first, last, _glyph = struct.unpack_from(">LLL", data, cmap + offset + 16 + 12 * group)
                points.update(range(first, last + 1))
    return frozenset(points)

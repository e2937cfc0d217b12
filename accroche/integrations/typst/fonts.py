"""The fonts of our documents, the same on every machine, and what they can print.

One family for all that is written here, and behind it what it lacks: other scripts, pictures, signs. Chinese,
Japanese and Korean weigh more than all the rest and are an operator's choice (``requirements/cjk.txt``). An
archive PDF may not hold a character its fonts lack, so text is brought within the fonts first.
"""

from __future__ import annotations

import re
import tempfile
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import font_source_sans_pro
import typst

from accroche.integrations.typst.cmap import code_points
from accroche.lib.signes import ILLISIBLE, lisible
from accroche.lib.texte import normalised

FAMILY: Final = "Source Sans Pro"
_WEIGHTS: Final = ("Light", "Regular", "Semibold", "Bold")
#: Wheels of font files alone, in the order they are asked for what the family lacks.
_OTHERS: Final = ("manimgx_fonts", "manimgx_fonts_cjk")
#: Asked before the others, which hold some of its letters among those of their script.
_FIRST: Final = "Noto Sans"
#: The one of a collection of faces that differ by the shape of some letters.
_HAN: Final = "Noto Sans CJK SC"
#: Pictures come last: they have figures of their own.
_PICTURES: Final = "Noto Emoji"
_SPACES: Final = re.compile(r"[ \t\r\n\f\v\u0085\u2028\u2029]+")
# Signs that the fonts lack, or draw too wide for a text, written with those they have.
_INSTEAD: Final = {
    **dict.fromkeys("\u2010\u2011\u2012", "-"),
    **dict.fromkeys("\u2212\u2015", "–"),
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u205f\u3000", " "),
    **dict.fromkeys("\u2007", "\u00a0"),
    **dict.fromkeys("\u2009\u200a", "\u202f"),
    **dict.fromkeys("▪▫◦‣●○◉⚫⚪", "•"),
    **dict.fromkeys("►▸➤➢", "▶"),
    **dict.fromkeys("➔➜➙➝➞➨⇒⟶", "→"),
    **dict.fromkeys("★☆", "⭐"),
    **dict.fromkeys("✗✘", "✖"),
    **dict.fromkeys("✎✐", "✏"),
    "✆": "☎",
    "□": "☐",
    "❖": "◆",
}
#: Stands for a character that cannot be printed, so that its absence is seen.
_UNKNOWN: Final = "?"


@cache
def fonts() -> typst.Fonts:
    """Load the fonts once per process; neither the system's nor the typesetter's own take part."""
    # The wheel holds each face twice (OTF and TTF) and the order of a folder is the machine's own:
    # with one file a face, the same face is chosen everywhere.
    folders = [Path(_folder().name), *_other_folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def families() -> tuple[str, ...]:
    """Return the families in the order they are asked for a letter."""

    def rank(name: str) -> tuple[int, str]:
        return (FAMILY, _FIRST).index(name) if name in {FAMILY, _FIRST} else 2 + (name == _PICTURES), name

    known = (name for name in fonts().families() if not name.startswith("Noto Sans CJK") or name == _HAN)
    return tuple(sorted(known, key=rank))


def _other_folders() -> list[Path]:
    specs = (find_spec(name) for name in _OTHERS)
    return [Path(spec.origin).parent for spec in specs if spec and spec.origin]


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    # Lives as long as the process: faces are read when first used. Links: a process that is killed leaves
    # its folder, which would be a megabyte each time.
    folder = tempfile.TemporaryDirectory(prefix="accroche-fonts-")
    for weight in _WEIGHTS:
        face = _face(weight)
        Path(folder.name, face.name).symlink_to(face)
    return folder


def _face(weight: str) -> Path:
    return Path(font_source_sans_pro.__file__).parent / "files" / f"SourceSansPro-{weight}.ttf"


def printable(text: str) -> str:
    """Return ``text`` with spaces collapsed and every character within the fonts.

    A sign they lack is replaced by its nearest equivalent, or by « ? », never dropped (:func:`lost` names
    those). No-break spaces are kept.
    """
    text = _SPACES.sub(" ", normalised(lisible(text)))
    if text.isascii() and text.isprintable():
        return text
    known = coverage()
    return "".join(
        c if ord(c) in known and c not in _INSTEAD else _equivalent(c, known) or _UNKNOWN for c in text
    )


def lost(text: str) -> str:
    """Return the characters of ``text`` that nothing can print, each once, in the order of the text."""
    if text.isascii():
        return ""
    known = coverage()
    found = (c for c in normalised(lisible(text)) if ord(c) not in known and not c.isspace())
    unreadable = (ILLISIBLE,) if ILLISIBLE in text or ILLISIBLE in lisible(text) else ()
    return "".join(dict.fromkeys([*(c for c in found if not _equivalent(c, known)), *unreadable]))


def _equivalent(character: str, known: frozenset[int]) -> str:
    """Return what a character that the fonts lack is written with; nothing when nothing resembles it."""
    if character in _INSTEAD:
        return _INSTEAD[character]
    plain = unicodedata.normalize("NFKD", character)
    return plain if plain != character and all(ord(c) in known for c in plain) else ""


@cache
def coverage() -> frozenset[int]:
    """Return the code points that the fonts have; the faces of a family all have the same ones."""
    files = [
        _face("Regular"),
        *(path for folder in _other_folders() for path in sorted(folder.glob("*.[ot]t[fc]*"))),
    ]
    return frozenset[int]().union(*(code_points(path.read_bytes()) for path in files))

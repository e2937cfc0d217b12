"""The look that every format shares, as Word takes it: colours, letters, the measures of a page.

The colours are those of the PDF (``integrations/typst/templates/theme.typ``; a test compares them), the
letters those of the HTML: they travel inside the file, since no office machine has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

ACCENT: Final = "0B5A6B"
DEEP: Final = "083F4B"
INK: Final = "182329"
QUIET: Final = "4B5A61"
RULE: Final = "C5D0D4"
WASH: Final = "EEF4F5"
PAPER: Final = "FFFFFF"
#: Steps of the accent for ordered classes, light to dark, and from which one letters on it are white.
STEPS: Final = ("CFE3E7", "8FBFC8", "367A89", "0B5A6B", "083F4B")
DARK_STEP: Final = 2
#: The pattern of the cover, all darker than what white letters need.
SHADES: Final = ("0C4F5E", "12687A", "0A4653", "1B7D90", "0E5666")

FONT: Final = "Accroche Texte"
LIGHT: Final = "Accroche Texte Light"
#: What stands for them where a file's own letters are not read: the face they were made from.
TWINS: Final = {FONT: "Source Sans Pro", LIGHT: "Source Sans Pro Light"}
SYMBOLS: Final = "Segoe UI Symbol"

#: An A4 page, its margins, the width of the text and how far the text stands from the page's left edge, in
#: twentieths of a point.
PAGE: Final = (11906, 16838)
SIDE: Final = 1134
TEXT_WIDTH: Final = 9638
#: What parts a title on the cover from the line under it.
SUBTITLE_SPACE: Final = 320
#: Twentieths of a point to English Metric Units.
EMU: Final = 635


@dataclass(frozen=True, slots=True)
class Face:
    """A face that travels in the file: its family, what it is there, where its bytes are."""

    family: str
    element: str
    path: Path


_FONTS: Final = Path(__file__).parent / "fonts"
FACES: Final = (
    Face(FONT, "w:embedRegular", _FONTS / "accroche-texte-regular.ttf"),
    Face(FONT, "w:embedBold", _FONTS / "accroche-texte-semibold.ttf"),
    Face(LIGHT, "w:embedRegular", _FONTS / "accroche-texte-light.ttf"),
)

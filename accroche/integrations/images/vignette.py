"""The picture that messages and networks show beside a link: a title on a board, 1200 by 630 points."""

from __future__ import annotations

import io
from bisect import bisect_right
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import font_source_sans_pro
from PIL import Image, ImageDraw, ImageFont

#: What networks ask for, in points.
SIZE: Final = (1200, 630)
_MARGIN: Final = 80
_BOARD, _CHALK, _SOFT, _SUN = "#17503f", "#ffffff", "#d5e7de", "#ffd166"
#: Sizes tried for the title, and how many lines it may take: the first at which it is whole.
_TITLES: Final = ((84, 3), (68, 4), (54, 5), (44, 6))
_SMALL: Final = 34
_LEADING: Final = 1.18
_MORE: Final = "…"
#: Pictures kept drawn, ten kilobytes each: one takes as long as five pages, and a change elsewhere on
#: the site has them asked for again.
_KEPT: Final = 64


@lru_cache(_KEPT)
def draw_vignette(title: str, above: str, below: str) -> bytes:
    """Draw ``title`` whole if it can be, between a line above and a line below; PNG, the same bytes twice.

    Texts hold what the font has (``integrations/typst/fonts.py: printable``), in one line.
    """
    image = Image.new("RGB", SIZE, _BOARD)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, SIZE[1]), fill=_SUN)
    width = SIZE[0] - 2 * _MARGIN
    small = _font("Regular", _SMALL)
    pen.text((_MARGIN, _MARGIN - 12), _fitted(above, small, width), font=small, fill=_SOFT)
    pen.text((_MARGIN, SIZE[1] - _MARGIN - _SMALL), _fitted(below, small, width), font=small, fill=_SOFT)
    size, lines = _set(title, width)
    font, leading = _font("Bold", size), int(size * _LEADING)
    top = (SIZE[1] - leading * len(lines)) // 2
    for number, line in enumerate(lines):
        pen.text((_MARGIN, top + number * leading), line, font=font, fill=_CHALK)
    held = io.BytesIO()
    image.quantize(64).save(held, "PNG", optimize=True)
    return held.getvalue()


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    # the layout of every machine: another library may or may not be there
    file = str(folder / f"SourceSansPro-{weight}.ttf")
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def _set(title: str, width: int) -> tuple[int, list[str]]:
    """The largest size at which the title is whole, and its lines; else the smallest, cut with « … »."""
    for size, most in _TITLES:
        lines = _lines(title, _font("Bold", size), width)
        if len(lines) <= most:
            return size, lines
    kept = lines[:most]
    kept[-1] = _fitted(f"{kept[-1]} {_MORE}{_MORE}", _font("Bold", size), width) if kept else ""
    kept[-1] = kept[-1].rstrip(f" {_MORE}") + _MORE
    return size, kept


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Break at spaces, and inside a word that is wider than a line."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        tried = f"{line} {word}" if line else word
        if font.getlength(tried) <= width:
            line = tried
            continue
        if line:
            lines.append(line)
        line = word
        while font.getlength(line) > width:
            cut = max(1, _beginning(line, font, width))
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def _fitted(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """A text of one line, cut with an ellipsis where it is too long."""
    if font.getlength(text) <= width:
        return text
    return f"{text[: _beginning(text, font, width, _MORE)].rstrip()}{_MORE}"


def _beginning(text: str, font: ImageFont.FreeTypeFont, width: int, more: str = "") -> int:
    """How many characters of ``text``, with ``more`` behind them, stand in ``width``.

    Measured by halves: one character after the other took seconds for a title without a space.
    """
    fits = range(1, len(text))
    return bisect_right(fits, False, key=lambda n: font.getlength(text[:n] + more) > width)

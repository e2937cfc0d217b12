"""WordprocessingML by hand: elements from prefixed names, runs of text that no input can break.

python-docx keeps the package (parts, relationships, properties); it has no words for most of what an
accessible document needs, and searches the tree for each paragraph it adds. So we draw elements.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from docx.oxml.parser import oxml_parser
from lxml.etree import _Element as Xml

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NAMESPACES", "Xml", "clean", "el", "field", "paragraph", "qualified", "run"]

NAMESPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}

# XML 1.0 has no way to write these.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS: Final = re.compile("(\r\n|[\r\n\u2028\u2029\t])")


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML forbids."""
    return text if text.isascii() and text.isprintable() else _FORBIDDEN.sub("", text)


@cache
def qualified(name: str) -> str:
    """Return the name that lxml uses: ``w:p`` gives ``{http://…}p``; unprefixed names stay."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


def el(name: str, attributes: dict[str, str | int] | None = None, *children: Xml | str | None) -> Xml:
    """Return an element; a child that is text becomes its text, None is left out."""
    prefix = name.partition(":")[0]
    element = oxml_parser.makeelement(qualified(name), None, {prefix: NAMESPACES[prefix]})
    for key, value in (attributes or {}).items():
        element.set(qualified(key), clean(str(value)))
    for child in children:
        if isinstance(child, str):
            element.text = clean(child)
        elif child is not None:
            element.append(child)
    return element


def run(text: str, style: str = "") -> Xml:
    """Return a run; line breaks and tabs in ``text`` become those of the format."""
    element = el("w:r", None, el("w:rPr", None, el("w:rStyle", {"w:val": style})) if style else None)
    for piece in _BREAKS.split(clean(text)):
        if piece == "\t":
            element.append(el("w:tab"))
        elif _BREAKS.fullmatch(piece):
            element.append(el("w:br"))
        elif piece:
            written = el("w:t", None, piece)
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            element.append(written)
    return element


def paragraph(style: str, content: Iterable[Xml], *properties: Xml) -> Xml:
    """Return a paragraph of the named style; ``properties`` come in the order of the schema."""
    return el("w:p", None, el("w:pPr", None, el("w:pStyle", {"w:val": style}), *properties), *content)


def field(instruction: str, shown: str, style: str = "") -> Xml:
    """Return a field that Word computes, showing ``shown`` until then."""
    return el("w:fldSimple", {"w:instr": f" {instruction} "}, run(shown, style))

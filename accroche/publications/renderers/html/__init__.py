"""Draws a document as HTML: a file that stands alone, or the body of a page of the site.

Both are the same content. The file carries its style, its letters and its script inside, asks nothing of
any network, and forbids itself to by its own security policy; the site links style sheet and script instead.
Without scripts all is there to read: long documents fold on a phone, and open on a wide screen and on paper,
by their style alone.

What is said and where it leads is settled here; who calls gives ``draw``, which fills our templates.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from accroche.publications.outline import Document, Section, SectionKind
from accroche.publications.renderers.html import anchors as ids
from accroche.publications.renderers.html.anchors import Anchors, Part
from accroche.publications.renderers.html.blocks import Draw, render_block
from accroche.publications.renderers.html.inline import is_web_address
from accroche.publications.renderers.html.safe import Html, element

__all__ = ["Draw", "render", "render_body"]

_STATIC: Final = Path(__file__).resolve().parents[2] / "static" / "publications"
_STYLE_SHEETS: Final = ("document-standalone.css", "document.css")
#: What a page of the site runs for its own folds, and what every document does.
_SCRIPTS: Final = (
    _STATIC.parents[2] / "commun" / "static" / "commun" / "impression.js",
    _STATIC / "document.js",
)
_FONT = re.compile(r'url\("(fonts/[a-z-]+\.woff2)"\)')
#: A document of fewer parts is read at a stretch, on a phone too.
_FEW_PARTS: Final = 5
#: Bodies kept: the editions people read at the same time, two versions of each.
_KEPT: Final = 8


def render(document: Document, draw: Draw) -> str:
    """Return the document as one HTML file."""
    style, script = _style(), _script()
    return draw(
        "publications/document/standalone.html",
        {
            **_head(document),
            "body": render_body(document, draw),
            "style": style,
            "script": script,
            "policy": (
                f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
                "font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
            ),
            "site_url": document.site_url if is_web_address(document.site_url) else "",
            "main": ids.MAIN,
        },
    )


def render_body(document: Document, draw: Draw, *, after_header: str = "") -> Html:
    """Return the document without the shell of a page: its header, its contents, its sections.

    ``after_header`` is put between the header and the contents: the site's list of downloads, to which the
    tools beside the text then lead.
    """
    header = draw("publications/document/header.html", _head(document))
    return element(
        "{}{}{}", Html(header), after_header, _content(document, draw, downloads=bool(after_header))
    )


@lru_cache(maxsize=_KEPT)
def _content(document: Document, draw: Draw, *, downloads: bool) -> Html:
    """Return contents and sections.

    Kept by the document's whole value, so that what is given back can never be stale: a document that
    differs by one character is another one.
    """
    anchors = Anchors(document)
    # In reading order: figures are numbered as they are drawn, and their sources come last.
    folds = sum(_has_its_page(section) for _, section in document.walk()) > _FEW_PARTS
    sections = [_section(part, anchors, anchors.parts, draw, folds=folds) for part in anchors.parts]
    context = {
        "folds": folds,
        "downloads": ids.DOWNLOADS if downloads else "",
        "parts": anchors.parts,
        "sections": sections,
        "sources": anchors.sources(),
        "contents": ids.CONTENTS,
        "sources_anchor": ids.SOURCES,
        "hatch": ids.HATCH,
    }
    return Html(draw("publications/document/content.html", context))


def _has_its_page(section: Section) -> bool:
    return section.kind is not SectionKind.PLAIN


def _section(part: Part, anchors: Anchors, siblings: tuple[Part, ...], draw: Draw, *, folds: bool) -> Html:
    blocks = [render_block(block, anchors, part.inner_level, draw) for block in part.section.blocks]
    sections = [_section(child, anchors, part.parts, draw, folds=folds) for child in part.parts]
    context = {
        "part": part,
        "section": part.section,
        "blocks": blocks,
        "sections": sections,
        "contents": ids.CONTENTS,
        "folds": folds and _has_its_page(part.section) and bool(blocks or sections),
        "is_open": part is anchors.parts[0],
        **_neighbours(part, siblings),
    }
    return Html(draw("publications/document/section.html", context))


def _neighbours(part: Part, siblings: tuple[Part, ...]) -> dict[str, Any]:
    """Return the sheets before and after a sheet."""
    if part.section.kind is not SectionKind.SHEET:
        return {"is_sheet": False, "previous": None, "next": None}
    rank = siblings.index(part)
    around = [None, *siblings, None]
    return {"is_sheet": True, "previous": around[rank], "next": around[rank + 2]}


def _head(document: Document) -> dict[str, Any]:
    return {"document": document}


def _style() -> Html:
    """Return the style of a file that stands alone, its letters inside."""
    sheets = (_STATIC.joinpath(name).read_text(encoding="utf-8") for name in _STYLE_SHEETS)
    # Ours, and read from our own folder: nothing of a document ever goes through here.
    return Html(_FONT.sub(_embedded, "\n".join(sheets)))


def _script() -> Html:
    """Return the script of a file that stands alone; ours, as the style is."""
    return Html("\n".join(path.read_text(encoding="utf-8") for path in _SCRIPTS))


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


def _embedded(found: re.Match[str]) -> str:
    data = base64.b64encode(_STATIC.joinpath(found[1]).read_bytes()).decode("ascii")
    return f'url("data:font/woff2;base64,{data}")'

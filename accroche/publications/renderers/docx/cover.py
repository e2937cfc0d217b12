"""The first page: the title on a deep ground that reaches the edges of the paper, as the PDF has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from accroche.lib.dates import format_date
from accroche.publications.outline import TileMap
from accroche.publications.renderers.docx.identity import DEEP, EMU, PAGE, SHADES, SUBTITLE_SPACE
from accroche.publications.renderers.docx.xml import NAMESPACES, Xml, el, paragraph, qualified, run

if TYPE_CHECKING:
    from accroche.publications.outline import Document
    from accroche.publications.renderers.docx.inline import Inliner

#: In English Metric Units: a millimetre, the height of the ground, where the tiles are and how wide.
_MM: Final = 36_000
_PANEL: Final = 178 * _MM
_MOTIF: Final = (88 * _MM, 14 * _MM)
_PITCH: Final = 12 * _MM
_TILE: Final = _PITCH * 9 // 10
#: No other drawing has this number.
_NUMBER: Final = 20_000

#: In twentieths of a point: where the title ends, where it may begin, and lines.
_BOTTOM: Final = 9_000
_TOP: Final = 1_361 + 300
_TITLE_LINE: Final = 760
_SUBTITLE_LINE: Final = 400
#: Letters that fit on a line of each.
_TITLE_LETTERS: Final = 27
_SUBTITLE_LETTERS: Final = 50


def cover(document: Document, inliner: Inliner) -> list[Xml]:
    """Draw the first page."""
    drawn = [
        paragraph("Organisation", [el("w:r", None, _ground(document)), run(document.organisation)]),
        paragraph("Title", [run(document.title)]),
    ]
    if document.subtitle:
        drawn.append(paragraph("Subtitle", [run(document.subtitle)]))
    version = [run(document.version, "Strong"), run(_day(document))]
    if document.site_url:
        version += [run("\t"), inliner.link(document.site_url, document.site_url)]
    told = [run(f"{document.cover}\n", "Strong")] if document.cover else []
    return [*drawn, paragraph("Resume", [*told, run(document.abstract)]), paragraph("Version", version)]


def above_title(document: Document) -> int:
    """Return what stands free above the title, so that the ground ends under it: in twentieths of a point."""
    title, subtitle = _lines(document.title, _TITLE_LETTERS), _lines(document.subtitle, _SUBTITLE_LETTERS)
    below = SUBTITLE_SPACE + subtitle * _SUBTITLE_LINE if subtitle else 0
    return max(_BOTTOM - _TOP - title * _TITLE_LINE - below, SUBTITLE_SPACE)


def version_told(document: Document) -> str:
    """Return the version and its day."""
    return f"{document.version}{_day(document)}"


def _day(document: Document) -> str:
    day = format_date(document.date)
    # A version that already names its day is not dated twice.
    return "" if day in document.version else f", {day}"


def _lines(text: str, letters: int) -> int:
    return -(-len(text) // letters)


def _ground(document: Document) -> Xml:
    """Return the ground and its tiles, behind the text, which readers of screens are told to pass over."""
    blocks = (block for _, section in document.walk() for block in section.blocks)
    tile_map = next((block for block in blocks if isinstance(block, TileMap)), None)
    shapes = [_rectangle(0, 0, PAGE[0] * EMU, _PANEL, DEEP)]
    for rank, tile in enumerate(tile_map.tiles if tile_map else ()):
        left, top = _MOTIF[0] + tile.column * _PITCH, _MOTIF[1] + tile.row * _PITCH
        if left + _TILE <= PAGE[0] * EMU and top + _TILE <= _PANEL:
            shapes.append(_rectangle(left, top, _TILE, _TILE, SHADES[(rank * 7 + tile.row) % len(SHADES)]))
    size: dict[str, str | int] = {"cx": PAGE[0] * EMU, "cy": _PANEL}
    nowhere: dict[str, str | int] = {"x": 0, "y": 0}
    frame = el(
        "a:xfrm",
        None,
        el("a:off", nowhere),
        el("a:ext", size),
        el("a:chOff", nowhere),
        el("a:chExt", size),
    )
    group = el("wpg:wgp", None, el("wpg:cNvGrpSpPr"), el("wpg:grpSpPr", None, frame), *shapes)
    decorative = el(
        "a:ext", {"uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"}, el("adec:decorative", {"val": 1})
    )
    flat = dict.fromkeys(("distT", "distB", "distL", "distR"), 0)
    anchor = el(
        "wp:anchor",
        {
            **flat,
            "simplePos": 0,
            "relativeHeight": 0,
            "behindDoc": 1,
            "locked": 0,
            "layoutInCell": 1,
            "allowOverlap": 1,
        },
        el("wp:simplePos", nowhere),
        el("wp:positionH", {"relativeFrom": "page"}, el("wp:posOffset", None, "0")),
        el("wp:positionV", {"relativeFrom": "page"}, el("wp:posOffset", None, "0")),
        el("wp:extent", size),
        el("wp:effectExtent", {"l": 0, "t": 0, "r": 0, "b": 0}),
        el("wp:wrapNone"),
        el(
            "wp:docPr",
            {"id": _NUMBER, "name": "Fond de couverture", "descr": ""},
            el("a:extLst", None, decorative),
        ),
        el("wp:cNvGraphicFramePr"),
        el("a:graphic", None, el("a:graphicData", {"uri": NAMESPACES["wpg"]}, group)),
    )
    # programs older than these drawings go without: the text has its own ground
    choice = etree.Element(qualified("mc:Choice"), {"Requires": "wpg"}, nsmap={"wpg": NAMESPACES["wpg"]})
    choice.append(el("w:drawing", None, anchor))
    return el("mc:AlternateContent", None, choice, el("mc:Fallback"))


def _rectangle(left: int, top: int, width: int, height: int, color: str) -> Xml:
    place = el("a:xfrm", None, el("a:off", {"x": left, "y": top}), el("a:ext", {"cx": width, "cy": height}))
    form = el("a:prstGeom", {"prst": "rect"}, el("a:avLst"))
    fill = el("a:solidFill", None, el("a:srgbClr", {"val": color}))
    properties = el("wps:spPr", None, place, form, fill, el("a:ln", None, el("a:noFill")))
    return el("wps:wsp", None, el("wps:cNvSpPr"), properties, el("wps:bodyPr"))

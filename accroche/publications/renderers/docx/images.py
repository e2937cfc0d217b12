"""Pictures in Word: as they came, with their text alternative where readers of screens look for it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from accroche.publications.outline import Share
from accroche.publications.renderers.docx.identity import TEXT_WIDTH
from accroche.publications.renderers.docx.xml import NAMESPACES, Xml, el, paragraph

if TYPE_CHECKING:
    from docx.document import Document as Word

    from accroche.publications.outline import Image

# In English Metric Units: 635 to a twentieth of a point, 36 000 to a millimetre.
_WIDTH: Final = TEXT_WIDTH * 635
_TALLEST: Final = 190 * 36_000
_SHARES: Final = {Share.FULL: 1.0, Share.HALF: 0.5, Share.THIRD: 1 / 3}
#: Charts are numbered from one: pictures far above them, since no two drawings may have one number.
_FIRST: Final = 10_000


def draw(block: Image, rank: int, word: Word) -> Xml:
    """Add a picture to ``word`` and return the paragraph that shows it; ``rank``: its own, from one."""
    key, _ = word.part.get_or_add_image(io.BytesIO(block.content))
    wide = int(_WIDTH * _SHARES[block.share])
    tall = wide * block.picture.height // block.picture.width
    if tall > _TALLEST:
        wide, tall = wide * _TALLEST // tall, _TALLEST
    size: dict[str, str | int] = {"cx": max(wide, 1), "cy": max(tall, 1)}
    name: dict[str, str | int] = {"id": _FIRST + rank, "name": f"Image {rank}"}
    shown = el(
        "pic:pic",
        None,
        el("pic:nvPicPr", None, el("pic:cNvPr", {**name, "descr": block.alt}), el("pic:cNvPicPr")),
        el(
            "pic:blipFill",
            None,
            el("a:blip", {"r:embed": key}),
            el("a:stretch", None, el("a:fillRect")),
        ),
        el(
            "pic:spPr",
            None,
            el("a:xfrm", None, el("a:off", {"x": 0, "y": 0}), el("a:ext", size)),
            el("a:prstGeom", {"prst": "rect"}, el("a:avLst")),
        ),
    )
    drawing = el(
        "wp:inline",
        {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
        el("wp:extent", size),
        el("wp:docPr", {**name, "descr": block.alt, "title": block.caption}),
        el("wp:cNvGraphicFramePr"),
        el("a:graphic", None, el("a:graphicData", {"uri": NAMESPACES["pic"]}, shown)),
    )
    return paragraph("Figure", [el("w:r", None, el("w:drawing", None, drawing))])

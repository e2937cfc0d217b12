"""One block, one template: what each kind of block hands to its own."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, assert_never

from accroche.publications.outline import (
    UNTOLD_BOX,
    UNTOLD_BOXES,
    Align,
    BarChart,
    Block,
    BulletList,
    Calendar,
    Callout,
    Example,
    Facts,
    Image,
    KeyFigures,
    LevelBoxes,
    Line,
    NumberedList,
    Paragraph,
    Table,
    TileMap,
    Timeline,
)
from accroche.publications.renderers.html import drawings
from accroche.publications.renderers.html.anchors import Anchors
from accroche.publications.renderers.html.inline import figure, is_web_address, line, link
from accroche.publications.renderers.html.safe import Html

#: Draws one of our templates: its name, and what it shows. Django's ``render_to_string`` is one.
Draw: TypeAlias = Callable[[str, Mapping[str, Any]], str]


def render_block(block: Block, anchors: Anchors, level: int, draw: Draw) -> Html:
    """Return a block as HTML; ``level`` is that of a heading inside it."""
    name, context = _prepared(block, anchors, level)
    return Html(draw(f"publications/blocks/{name}.html", {"block": block, **context}))


def _prepared(  # noqa: C901, PLR0911, PLR0912 - one branch for each kind of block, and mypy counts them
    block: Block, anchors: Anchors, level: int
) -> tuple[str, dict[str, Any]]:
    match block:
        case Paragraph():
            return "paragraph", {"content": line(block.content, anchors)}
        case BulletList():
            return "bullet_list", {"items": [line(item, anchors) for item in block.items]}
        case NumberedList():
            return "numbered_list", {"items": [line(item, anchors) for item in block.items]}
        case Facts():
            return "facts", {"items": [(label, line(content, anchors)) for label, content in block.items]}
        case LevelBoxes():
            return "level_boxes", {"untold": UNTOLD_BOXES, "untold_one": UNTOLD_BOX}
        case KeyFigures():
            return "key_figures", {"items": [(figure(item.figure, anchors), item) for item in block.items]}
        case Timeline():
            return "timeline", {}
        case Example():
            return "example", _example(block, anchors, level)
        case Callout():
            return "callout", {"content": line(block.content, anchors)}
        case Table():
            return "table", _table(block, anchors)
        case BarChart():
            return "bar_chart", {"bars": drawings.bars(block)}
        case Calendar():
            return "calendar", {"months": drawings.months(block), "spans": drawings.spans(block)}
        case TileMap():
            return "tile_map", _tile_map(block, anchors)
        case Image():
            return "image", {"source": _source(block), "picture": block.picture}
        case _:
            assert_never(block)


def _example(block: Example, anchors: Anchors, level: int) -> dict[str, Any]:
    return {
        "anchor": anchors.section(block.id) if block.id else "",
        "level": level,
        "url": block.url if is_web_address(block.url) else "",
        "links": [link(item) for item in block.links],
    }


def _table(block: Table, anchors: Anchors) -> dict[str, Any]:
    def cells(row: tuple[Line, ...]) -> list[tuple[Html, Align]]:
        return [(line(cell, anchors), column.align) for cell, column in zip(row, block.columns, strict=True)]

    rows = [cells(row) for row in block.rows]  # first: figures are numbered as they are read
    return {"rows": rows, "total": cells(block.total) if block.total is not None else None}


def _source(block: Image) -> str:
    """Return the picture as an address: a file that stands alone asks nothing of any network."""
    return f"data:{block.picture.media_type};base64,{base64.b64encode(block.content).decode('ascii')}"


def _tile_map(block: TileMap, anchors: Anchors) -> dict[str, Any]:
    shades = drawings.legend(block)
    width, height = drawings.map_size(block)
    tiles = [(tile, anchors.section(tile.target)) for tile in drawings.tiles(block, shades)]
    return {"tiles": tiles, "shades": shades, "width": width, "height": height}

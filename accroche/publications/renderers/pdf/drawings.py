"""Charts, calendar and map as the templates need them: shares and classes, settled once here."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from accroche.integrations.typst import printable, soft
from accroche.lib.dates import SHORT_MONTHS
from accroche.publications.renderers.legend import class_kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from accroche.publications.outline import BarChart, Calendar, TileMap

Data: TypeAlias = dict[str, object]


def bars(block: BarChart) -> Data:
    """Return the bars, and the value that the longest stands for."""
    return {
        "b": "bars",
        "alt": printable(block.alt),
        "top": max((bar.value or 0 for bar in block.bars), default=0),
        # letters of the longest text, which stands after its bar
        "longest": max((len(bar.text) for bar in block.bars), default=0),
        "bars": [
            {"label": soft(bar.label), "value": bar.value, "text": soft(bar.text)} for bar in block.bars
        ],
    }


def calendar(block: Calendar) -> Data:
    """Return months and windows as shares of the calendar's width."""
    days = (block.ends - block.starts).days + 1

    def share(day: dt.date) -> float:
        return (min(max(day, block.starts), block.ends) - block.starts).days / days

    months = [
        (
            block.starts.year + (block.starts.month - 1 + step) // 12,
            (block.starts.month - 1 + step) % 12 + 1,
        )
        for step in range(
            (block.ends.year - block.starts.year) * 12 + block.ends.month - block.starts.month + 1
        )
    ]
    return {
        "b": "calendar",
        "alt": printable(block.alt),
        "months": [
            {
                "at": share(block.starts.replace(year=year, month=month, day=1)),
                "label": SHORT_MONTHS[month - 1],
                # once a year, where it begins: a calendar on two years says which is which
                "year": str(year) if month == 1 or not rank else "",
            }
            for rank, (year, month) in enumerate(months)
        ],
        "spans": [
            {
                "label": soft(span.label),
                "windows": [
                    [share(first), share(last) - share(first) + 1 / days]
                    for first, last in span.windows
                    if first <= block.ends and last >= block.starts
                ],
            }
            for span in block.spans
        ],
    }


def tile_map(block: TileMap, targets: Mapping[str, str]) -> Data:
    """Return the tiles and how each class is drawn; ``targets`` are the anchors they lead to."""
    kinds = [class_kind(rank, label) for rank, label in enumerate(block.legend)]
    values = [rank for rank, kind in enumerate(kinds) if kind == "value"]
    return {
        "b": "map",
        "alt": printable(block.alt),
        "columns": max((tile.column for tile in block.tiles), default=0) + 1,
        "rows": max((tile.row for tile in block.tiles), default=0) + 1,
        "classes": [
            {"label": soft(label), "kind": kind, "rank": values.index(rank) if rank in values else 0}
            for rank, (label, kind) in enumerate(zip(block.legend, kinds, strict=True))
        ],
        "tiles": [
            {
                "code": printable(tile.code),
                "column": tile.column,
                "row": tile.row,
                "legend": tile.legend,
                "value": printable(tile.value),
                "to": targets.get(tile.target),
            }
            for tile in block.tiles
        ],
    }

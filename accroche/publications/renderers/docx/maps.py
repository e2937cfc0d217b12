"""Drawings that stay editable: the calendar and the tile map are tables with coloured cells."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from accroche.lib.dates import SHORT_MONTHS, format_windows
from accroche.publications.renderers.docx.grid import Cell, Grid, even, fit
from accroche.publications.renderers.docx.styles import SCALE, TEXT_WIDTH
from accroche.publications.renderers.docx.xml import Xml, paragraph, run

if TYPE_CHECKING:
    from accroche.publications.outline import Calendar, Span, Tile, TileMap
    from accroche.publications.renderers.docx.inline import Inliner

# More columns than this, and dates no longer fit: they are written in words instead.
_MOST_MONTHS: Final = 13
_LABEL_WIDTH: Final = 1900
_BUSY: Final = SCALE[2]
_TILE: Final = 850
_TILE_HEIGHT: Final = 520
# The longest text that is written on a tile.
_ON_TILE: Final = 5
# From this class on, the colour is dark and asks for light text.
_DARK: Final = 4


def calendar(block: Calendar) -> Xml:
    """Draw a calendar: a row per line, a column per month, days written in the cells."""
    months = _months(block.starts, block.ends)
    if not 0 < len(months) <= _MOST_MONTHS:
        return _in_words(block)
    head = [Cell([paragraph("TableauTexte", [run("Académie")])])]
    head += [
        Cell([paragraph("TableauJour", [run(f"{SHORT_MONTHS[first.month - 1]}\n{first.year}")])])
        for first, _ in months
    ]
    rows = []
    for span in block.spans:
        label = Cell([paragraph("TableauTexte", [run(span.label)])])
        if any(_days(span, month) for month in months):
            rows.append([label, *(_month_cell(_days(span, month)) for month in months)])
        else:
            said = format_windows(span.windows) or "dates non communiquées"
            rows.append(
                [label, Cell([paragraph("TableauTexte", [run(said, "Etiquette")])], span=len(months))]
            )
    return Grid(
        "TableauCalendrier",
        [_LABEL_WIDTH, *even(len(months), TEXT_WIDTH - _LABEL_WIDTH)],
        block.caption,
        block.alt,
        head=[head],
        rows=rows,
        row_headers=True,
    ).xml()


def _in_words(block: Calendar) -> Xml:
    said = [(span.label, format_windows(span.windows) or "dates non communiquées") for span in block.spans]
    pairs = [("Académie", "Dates"), *said]
    head, *rows = [[Cell([paragraph("TableauTexte", [run(text)])]) for text in pair] for pair in pairs]
    return Grid(
        "TableauAccroche",
        fit([[pair[0] for pair in pairs], [pair[1] for pair in pairs]]),
        block.caption,
        block.alt,
        head=[head],
        rows=rows,
        row_headers=True,
    ).xml()


def _months(starts: dt.date, ends: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Return first and last day of each month from ``starts`` to ``ends``, cut at these."""
    firsts = [starts]
    while (following := _next_month(firsts[-1])) <= ends:
        firsts.append(following)
        if len(firsts) > _MOST_MONTHS:
            break
    lasts = [later - dt.timedelta(days=1) for _, later in pairwise(firsts)]
    return list(zip(firsts, [*lasts, min(ends, _next_month(firsts[-1]) - dt.timedelta(days=1))], strict=True))


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _days(span: Span, month: tuple[dt.date, dt.date]) -> list[str]:
    """Return what of ``span`` falls in ``month``: « 18–22 », « 30 », « tout »."""
    found = []
    for start, end in span.windows:
        first, last = max(start, month[0]), min(end, month[1])
        if first > last:
            continue
        if (first, last) == month and first != last:
            found.append("tout")
        else:
            found.append(str(first.day) if first == last else f"{first.day}–{last.day}")
    return found


def _month_cell(days: list[str]) -> Cell:
    content = [paragraph("TableauJour", [run("\n".join(days))] if days else ())]
    return Cell(content, shade=_BUSY if days else "")


def tile_map(block: TileMap, inliner: Inliner) -> list[Xml]:
    """Draw the map, its legend, and what each tile says in words.

    The class of a tile shows by its colour and by dots, since colour alone tells nothing to some. A
    short text is written on the tile; every text is written in full below the map.
    """
    if not block.tiles:
        return [paragraph("Note", [run(block.alt)])]
    places: dict[tuple[int, int], list[Tile]] = {}
    for tile in block.tiles:
        places.setdefault((tile.row, tile.column), []).append(tile)
    rows = range(min(row for row, _ in places), max(row for row, _ in places) + 1)
    columns = range(min(column for _, column in places), max(column for _, column in places) + 1)
    width = min(_TILE, TEXT_WIDTH // len(columns))
    cells = [
        [_tile_cell(places.get((row, column), ()), block, inliner) for column in columns] for row in rows
    ]
    drawn = [
        Grid(
            "TableauCarte",
            [width] * len(columns),
            block.caption,
            block.alt,
            rows=cells,
            row_height=_TILE_HEIGHT,
            centred=True,
        ).xml()
    ]
    if block.legend:
        drawn += [
            paragraph("Note", [run("Légende, du gris et du clair au foncé :")]),
            Grid(
                "TableauCarte",
                even(len(block.legend)),
                f"Légende : {block.caption}",
                " ; ".join(f"{_dots(rank)} {words}" for rank, words in enumerate(block.legend)),
                rows=[
                    [_legend_cell(rank, words, len(block.legend)) for rank, words in enumerate(block.legend)]
                ],
            ).xml(),
        ]
    said: list[Xml] = [run("En toutes lettres. ", "Strong")]
    for rank, tile in enumerate(block.tiles):
        said.append(inliner.reference(_words(tile), tile.target))
        last = rank == len(block.tiles) - 1
        # « N.C. » already ends the sentence.
        said.append(run("" if last and _words(tile).endswith(".") else "." if last else " ; "))
    return [*drawn, paragraph("Note", said)]


def _tile_cell(tiles: list[Tile] | tuple[()], block: TileMap, inliner: Inliner) -> Cell:
    if not tiles:
        return Cell([paragraph("Tuile", ())])
    content = []
    for tile in tiles:
        style = "TuileFoncee" if _scale(tile.legend, len(block.legend)) >= _DARK else "Tuile"
        name = inliner.reference(tile.code, tile.target, style="", tooltip=_words(tile))
        words = tile.value or tile.text
        short = f"\n{words}" if 0 < len(words) <= _ON_TILE else ""
        content.append(paragraph(style, [name, run(f"{short}\n{_dots(tile.legend)}")]))
    return Cell(content, shade=SCALE[_scale(tiles[0].legend, len(block.legend))])


def _words(tile: Tile) -> str:
    """Return what the tile says; its text may be a figure alone, or name the académie already."""
    return tile.text if tile.text.startswith(tile.label) else f"{tile.label}\u00a0: {tile.text}"


def _legend_cell(rank: int, words: str, classes: int) -> Cell:
    colour = _scale(rank, classes)
    style = "LegendeFoncee" if colour >= _DARK else "LegendeTexte"
    return Cell([paragraph(style, [run(f"{_dots(rank)}\n{words}")])], shade=SCALE[colour])


def _dots(rank: int) -> str:
    return "•" * rank if rank > 0 else "–"


def _scale(rank: int, classes: int) -> int:
    """Return the colour of class ``rank``; with many classes several share one, told apart by dots."""
    last = len(SCALE) - 1
    if rank <= 0 or classes <= 1:
        return 0
    return min(last, -(-rank * last // (classes - 1)))

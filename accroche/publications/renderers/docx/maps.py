"""Drawings that stay editable: the calendar and the tile map are tables with coloured cells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from accroche.lib.dates import SHORT_MONTHS, format_windows
from accroche.publications.renderers.docx.grid import Cell, Grid, even, fit
from accroche.publications.renderers.docx.identity import DARK_STEP, PAPER, STEPS, TEXT_WIDTH, WASH
from accroche.publications.renderers.docx.xml import Xml, paragraph, run
from accroche.publications.renderers.legend import ClassKind, class_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accroche.publications.outline import Calendar, Span, Tile, TileMap
    from accroche.publications.renderers.docx.inline import Inliner

# More columns than this, and dates no longer fit: they are written in words instead.
_MOST_MONTHS: Final = 13
_LABEL_WIDTH: Final = 1900
_HATCHED: Final = "thinDiagStripe"
_BUSY: Final = STEPS[1]
_TILE: Final = 850
_TILE_HEIGHT: Final = 520
# The longest text that is written on a tile.
_ON_TILE: Final = 5


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

    A number has a step of the scale; « N.C. » is hatched and « not available » pale, since neither is one.
    The number is written on the tile, as colour alone tells nothing to some, and every text in full below.
    """
    if not block.tiles:
        return [paragraph("Note", [run(block.alt)])]
    grounds = _grounds(block.legend)
    signed = {tile.legend for tile in block.tiles if not _short(tile)}
    places: dict[tuple[int, int], list[Tile]] = {}
    for tile in block.tiles:
        places.setdefault((tile.row, tile.column), []).append(tile)
    rows = range(min(row for row, _ in places), max(row for row, _ in places) + 1)
    columns = range(min(column for _, column in places), max(column for _, column in places) + 1)
    width = min(_TILE, TEXT_WIDTH // len(columns))
    cells = [
        [_tile_cell(places.get((row, column), ()), grounds, inliner) for column in columns] for row in rows
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
            paragraph("Intervalle", ()),
            Grid(
                "TableauCarte",
                even(len(block.legend)),
                f"Légende : {block.caption}",
                " ; ".join(block.legend),
                rows=[
                    [
                        _legend_cell(words, ground, signed=rank in signed)
                        for rank, (words, ground) in enumerate(zip(block.legend, grounds, strict=True))
                    ]
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


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a class stands on: its colour, white letters or not, hatched or not.

    ``sign`` tells it from its neighbours where no number does.
    """

    colour: str
    dark: bool = False
    pattern: str = "clear"
    sign: str = "–"


_UNCLASSED: Final = _Ground(WASH)


def _grounds(legend: Sequence[str]) -> list[_Ground]:
    kinds = [class_kind(rank, label) for rank, label in enumerate(legend)]
    values = kinds.count(ClassKind.VALUE)
    grounds, rank = [], 0
    for kind in kinds:
        if kind is ClassKind.VALUE:
            # with more classes than steps, neighbours share one: the number on the tile tells them apart
            step = rank * (len(STEPS) - 1) // max(values - 1, 1) if values > len(STEPS) else rank
            rank += 1
            grounds.append(_Ground(STEPS[step], dark=step >= DARK_STEP, sign="•" * rank))
        else:
            grounds.append(_Ground(PAPER, pattern=_HATCHED) if kind is ClassKind.UNKNOWN else _UNCLASSED)
    return grounds


def _tile_cell(tiles: Sequence[Tile], grounds: Sequence[_Ground], inliner: Inliner) -> Cell:
    if not tiles:
        return Cell([paragraph("Tuile", ())])
    content = []
    for tile in tiles:
        ground = _ground(tile, grounds)
        name = inliner.reference(tile.code, tile.target, style="", tooltip=_words(tile))
        told = run(f"\n{_short(tile) or ground.sign}", "ValeurTuile")
        content.append(paragraph("TuileFoncee" if ground.dark else "Tuile", [name, told]))
    first = _ground(tiles[0], grounds)
    return Cell(content, shade=first.colour, pattern=first.pattern)


def _ground(tile: Tile, grounds: Sequence[_Ground]) -> _Ground:
    return grounds[tile.legend] if 0 <= tile.legend < len(grounds) else _UNCLASSED


def _short(tile: Tile) -> str:
    """Return the number that fits on a tile, nothing when it has none."""
    words = tile.value or tile.text
    return words if len(words) <= _ON_TILE else ""


def _words(tile: Tile) -> str:
    """Return what the tile says; its text may be a figure alone, or name the académie already."""
    return tile.text if tile.text.startswith(tile.label) else f"{tile.label}\u00a0: {tile.text}"


def _legend_cell(words: str, ground: _Ground, *, signed: bool) -> Cell:
    words = f"{ground.sign}\n{words}" if signed else words
    style = "LegendeFoncee" if ground.dark else "LegendeTexte"
    return Cell([paragraph(style, [run(words)])], shade=ground.colour, pattern=ground.pattern)

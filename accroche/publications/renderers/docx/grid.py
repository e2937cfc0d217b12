"""One way to write a table: named style, header row repeated, rows kept whole, words for its drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from accroche.publications.renderers.docx.identity import RULE, TEXT_WIDTH
from accroche.publications.renderers.docx.xml import Xml, el, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

#: About the width of a letter in table text, of a bold one, and the margins of a cell.
_LETTER: Final = 96
_BOLD_LETTER: Final = 118
_PADDING: Final = 210
# A word longer than this may be cut: addresses.
_WORD: Final = 24
# Beyond this a column gets no wider for holding more text.
_LONG: Final = 90


@dataclass(frozen=True, slots=True)
class Cell:
    """Paragraphs of a cell, its colour and pattern, how many columns it spans."""

    content: Sequence[Xml]
    shade: str = ""
    span: int = 1
    pattern: str = "clear"

    def xml(self, width: int) -> Xml:
        """Return the cell's element; a cell without a paragraph would be a broken file."""
        properties = [el("w:tcW", {"w:w": width, "w:type": "dxa"})]
        if self.span > 1:
            properties.append(el("w:gridSpan", {"w:val": self.span}))
        if self.shade:
            # Colour that carries data belongs to the cell, not to a style.
            stripes = "auto" if self.pattern == "clear" else RULE
            properties.append(el("w:shd", {"w:val": self.pattern, "w:color": stripes, "w:fill": self.shade}))
        return el(
            "w:tc", None, el("w:tcPr", None, *properties), *(self.content or [paragraph("TableauTexte", ())])
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: widths of its columns, header rows, other rows, and what it says in words."""

    style: str
    widths: Sequence[int]
    title: str
    description: str
    head: Sequence[Sequence[Cell]] = ()
    rows: Sequence[Sequence[Cell]] = ()
    row_headers: bool = False
    row_height: int = 0
    centred: bool = False

    def xml(self) -> Xml:
        """Return the table's element."""
        # The same flags twice: once as a number, for programs that read only that.
        number = 0x0600 | 0x20 * bool(self.head) | 0x80 * self.row_headers
        look: dict[str, str | int] = {
            "w:val": f"{number:04X}",
            "w:firstRow": int(bool(self.head)),
            "w:lastRow": 0,
            "w:firstColumn": int(self.row_headers),
            "w:lastColumn": 0,
            "w:noHBand": 1,
            "w:noVBand": 1,
        }
        return el(
            "w:tbl",
            None,
            el(
                "w:tblPr",
                None,
                el("w:tblStyle", {"w:val": self.style}),
                el("w:tblW", {"w:w": sum(self.widths), "w:type": "dxa"}),
                el("w:jc", {"w:val": "center"}) if self.centred else None,
                el("w:tblLayout", {"w:type": "fixed"}),
                el("w:tblLook", look),
                el("w:tblCaption", {"w:val": self.title}),
                el("w:tblDescription", {"w:val": self.description}),
            ),
            el("w:tblGrid", None, *(el("w:gridCol", {"w:w": width}) for width in self.widths)),
            *(self._row(row, header=True) for row in self.head),
            *(self._row(row, header=False) for row in self.rows),
        )

    def _row(self, cells: Sequence[Cell], *, header: bool) -> Xml:
        properties = [el("w:cantSplit")]
        if self.row_height:
            properties.append(el("w:trHeight", {"w:val": self.row_height, "w:hRule": "atLeast"}))
        if header:
            properties.append(el("w:tblHeader"))
        drawn: list[Xml] = []
        column = 0
        for cell in cells:
            drawn.append(cell.xml(sum(self.widths[column : column + cell.span])))
            column += cell.span
        return el("w:tr", None, el("w:trPr", None, *properties), *drawn)


def fit(texts: Sequence[Sequence[str]], total: int = TEXT_WIDTH) -> list[int]:
    """Share ``total`` between columns: room for the longest word of each, the rest by length of text.

    ``texts`` has one sequence per column, header included.
    """
    least = [
        _PADDING
        + _BOLD_LETTER * min(_WORD, max((len(word) for text in column for word in text.split()), default=1))
        for column in texts
    ]
    most = [_PADDING + _LETTER * min(_LONG, max(map(len, column), default=1)) for column in texts]
    if sum(least) >= total:
        return _exactly([total * width // sum(least) for width in least], total)
    spare, wanted = total - sum(least), sum(most) - sum(least)
    if wanted <= 0:
        return _exactly([total * width // sum(least) for width in least], total)
    return _exactly(
        [low + spare * max(0, high - low) // wanted for low, high in zip(least, most, strict=True)], total
    )


def _exactly(widths: list[int], total: int) -> list[int]:
    """Give the last column what rounding left."""
    return [*widths[:-1], total - sum(widths[:-1])]


def even(count: int, total: int = TEXT_WIDTH) -> list[int]:
    """Share ``total`` evenly."""
    return _exactly([total // count] * count, total)

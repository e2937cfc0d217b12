"""What each block of the outline becomes in Word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from accroche.publications.outline import (
    UNTOLD_BOX,
    UNTOLD_BOXES,
    Align,
    BarChart,
    BulletList,
    Calendar,
    Callout,
    Example,
    Facts,
    Image,
    KeyFigures,
    LevelBoxes,
    NumberedList,
    Paragraph,
    Table,
    TileMap,
    Timeline,
    Tone,
)
from accroche.publications.renderers.docx import images, maps
from accroche.publications.renderers.docx.chart import MOST_BARS, Chart, draw
from accroche.publications.renderers.docx.grid import Cell, Grid, even, fit
from accroche.publications.renderers.docx.identity import SYMBOLS, TEXT_WIDTH
from accroche.publications.renderers.docx.inline import plain
from accroche.publications.renderers.docx.package import new_list
from accroche.publications.renderers.docx.styles import HEADING_LEVELS
from accroche.publications.renderers.docx.xml import Xml, clean, el, field, paragraph, run
from accroche.publications.renderers.figures import words_and_number

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from docx.document import Document as Word

    from accroche.publications.outline import Block, Event, Figure, KeyFigure, Line
    from accroche.publications.renderers.docx.inline import Inliner

_TONES: Final = {Tone.BODY: "Normal", Tone.LEAD: "Chapeau", Tone.NOTE: "Note"}
_DATE_WIDTH: Final = 2400
# Key figures side by side, in a sheet too, where levels stand beside them; letters large ones may have.
_ABREAST: Final = 4
_BESIDE: Final = 3
_LEVELS_WIDTH: Final = 2500
_SIZES: Final = ((7, "ChiffreCle"), (16, "ChiffreCleLong"))


class Blocks:
    """Draws blocks of one document, and numbers its tables and figures."""

    def __init__(self, word: Word, inliner: Inliner, date: dt.date) -> None:
        """Start numbering from one."""
        self._word = word
        self._inliner = inliner
        self._date = date
        self._numbers = {"Tableau": 0, "Figure": 0}
        self._charts = self._images = 0
        #: whether entries are small, for what one looks up
        self.is_index = False
        self._drawers: dict[type[Block], Callable[[Any], list[Xml]]] = {
            Paragraph: self._paragraph,
            BulletList: self._bullet_list,
            NumberedList: self._numbered_list,
            Facts: self._facts,
            LevelBoxes: self._level_boxes,
            KeyFigures: self._key_figures,
            Timeline: self._timeline,
            Callout: self._callout,
            Table: self.table,
            BarChart: self._bar_chart,
            Calendar: self._calendar,
            TileMap: self._tile_map,
            Image: self._image,
        }

    def draw_all(self, blocks: Sequence[Block], depth: int) -> list[Xml]:
        """Draw the blocks of a section at ``depth``; levels and the figures that follow them are one band."""
        drawn: list[Xml] = []
        left = list(blocks)
        while left:
            block = left.pop(0)
            figures = left[0] if left else None
            if (
                isinstance(block, LevelBoxes)
                and isinstance(figures, KeyFigures)
                and 0 < len(figures.items) <= _BESIDE
            ):
                left.pop(0)
                band = self._key_figures_line(figures.items, block)
                under = _source(figures.source) or [paragraph("Intervalle", ())]
                drawn += [paragraph("Intervalle", ()), band, *under]
            elif isinstance(block, Example):
                drawn += self._example(block, depth)
            else:
                drawn += self._drawers[type(block)](block)
        return drawn

    def _paragraph(self, block: Paragraph) -> list[Xml]:
        return [paragraph(_TONES[block.tone], self._inliner.line(block.content))]

    def _bullet_list(self, block: BulletList) -> list[Xml]:
        style = "IndexEntree" if self.is_index else "ListBullet"
        return [paragraph(style, self._inliner.line(item)) for item in block.items]

    def _numbered_list(self, block: NumberedList) -> list[Xml]:
        number = el("w:numId", {"w:val": new_list(self._word)})
        return [
            paragraph(
                "ListNumber",
                self._inliner.line(item),
                el("w:numPr", None, el("w:ilvl", {"w:val": 0}), number),
            )
            for item in block.items
        ]

    def _facts(self, block: Facts) -> list[Xml]:
        style = "IndexFait" if self.is_index else "Fait"
        return [
            paragraph(style, [run(f"{label}\u00a0:", "Strong"), run("\t"), *self._inliner.line(content)])
            for label, content in block.items
        ]

    def _callout(self, block: Callout) -> list[Xml]:
        title = [paragraph("TitreEncadre", [run(block.title)])] if block.title else []
        return [*title, paragraph("Encadre", self._inliner.line(block.content))]

    def _calendar(self, block: Calendar) -> list[Xml]:
        return [*self._caption("Figure", block.caption), maps.calendar(block), *_source(block.source)]

    def _tile_map(self, block: TileMap) -> list[Xml]:
        drawn = maps.tile_map(block, self._inliner)
        return [*self._caption("Figure", block.caption), *drawn, *_source(block.source)]

    def _image(self, block: Image) -> list[Xml]:
        self._images += 1
        return [
            *self._caption("Figure", block.caption),
            images.draw(block, self._images, self._word),
            paragraph("Note", [run(block.attribution)]),
        ]

    def _caption(self, kind: str, words: str) -> list[Xml]:
        """Draw a numbered caption; the number is a field, so a table of figures may be made of them."""
        if not words:
            return []
        self._numbers[kind] += 1
        number = field(f"SEQ {kind} \\* ARABIC", str(self._numbers[kind]))
        return [paragraph("Caption", [run(f"{kind}\u00a0"), number, run(f" – {words}")])]

    def _level_boxes(self, block: LevelBoxes) -> list[Xml]:
        title = [paragraph("TitreCases", [run(block.caption)])] if block.caption else []
        return [*title, *self._boxes(block, "Case")]

    def _boxes(self, block: LevelBoxes, style: str) -> list[Xml]:
        if block.unknown:
            return [paragraph(style, [run(UNTOLD_BOXES, "Etiquette")])]
        drawn = []
        for label, ticked in block.items:
            if ticked is None:
                drawn.append(paragraph(style, [run(label), run(f" – {UNTOLD_BOX}", "Etiquette")]))
                continue
            answer = "oui" if ticked else "non"
            box = self._checkbox(label, ticked=ticked)
            drawn.append(paragraph(style, [box, run(f"\u00a0{label}"), run(f" – {answer}", "Etiquette")]))
        return drawn

    def _checkbox(self, label: str, *, ticked: bool) -> Xml:
        """Draw a box that Word lets people tick; elsewhere it is the sign ☑ or ☐."""
        states = {"checkedState": "2611", "uncheckedState": "2610"}
        box = el(
            "w14:checkbox",
            None,
            el("w14:checked", {"w14:val": int(ticked)}),
            *(el(f"w14:{name}", {"w14:val": code, "w14:font": SYMBOLS}) for name, code in states.items()),
        )
        properties = el(
            "w:sdtPr",
            None,
            el("w:alias", {"w:val": clean(label)[:60]}),
            el("w:id", {"w:val": self._inliner.control_number()}),
            box,
        )
        return el(
            "w:sdt",
            None,
            properties,
            el("w:sdtContent", None, run("☑" if ticked else "☐", "Symbole" if ticked else "Absent")),
        )

    def _key_figures(self, block: KeyFigures) -> list[Xml]:
        lines = -(-len(block.items) // _ABREAST)
        if not lines:
            return []
        each = -(-len(block.items) // lines)
        drawn: list[Xml] = []
        for start in range(0, len(block.items), each):
            drawn += [paragraph("Intervalle", ()), self._key_figures_line(block.items[start : start + each])]
        return [*drawn, *_source(block.source)]

    def _key_figures_line(self, items: tuple[KeyFigure, ...], levels: LevelBoxes | None = None) -> Xml:
        """Draw figures under what they count; levels, when there are any, are the first of the columns."""
        title = "Niveaux et chiffres clés" if levels else "Chiffres clés"
        head = [Cell([paragraph("ChiffreCleLibelle", [run(item.label)])]) for item in items]
        row = []
        for item in items:
            content = [self._large(item.figure)]
            if item.detail:
                content.append(paragraph("ChiffreCleDetail", [run(item.detail)]))
            row.append(Cell(content))
        said = " ; ".join(f"{item.label} : {item.figure.text}" for item in items)
        widths = even(len(items))
        if levels:
            head.insert(0, Cell([paragraph("ChiffreCleLibelle", [run(levels.caption)])]))
            row.insert(0, Cell(self._boxes(levels, "TableauCase")))
            widths = [_LEVELS_WIDTH, *even(len(items), TEXT_WIDTH - _LEVELS_WIDTH)]
        return Grid("TableauChiffresCles", widths, title, said, head=[head], rows=[row]).xml()

    def _large(self, figure: Figure) -> Xml:
        words, number = words_and_number(figure.text)
        style = next((style for letters, style in _SIZES if len(number) <= letters), "ChiffreCleMots")
        if not words:
            return paragraph(style, self._inliner.figure(figure, "Nombre"))
        return paragraph(
            style, self._inliner.cited(figure, [run(f"{words}\n", "Qualificatif"), run(number, "Nombre")])
        )

    def _timeline(self, block: Timeline) -> list[Xml]:
        if not block.events:
            return []
        dated = any(event.when for event in block.events)
        head = [Cell([paragraph("TableauTexte", [run("Temps fort")])])]
        rows = [[Cell(_event(event))] for event in block.events]
        if dated:
            head.insert(0, Cell([paragraph("TableauTexte", [run("Date")])]))
            for row, event in zip(rows, block.events, strict=True):
                row.insert(0, Cell([paragraph("TableauTexte", [run(event.when or "date non précisée")])]))
        widths = [_DATE_WIDTH, TEXT_WIDTH - _DATE_WIDTH] if dated else [TEXT_WIDTH]
        title = block.caption or "Temps forts"
        grid = Grid(
            "TableauAccroche",
            widths,
            title,
            f"{title} : {len(block.events)} dans l’ordre, avec leur nature, leur lieu et leurs étapes.",
            head=[head],
            rows=rows,
            row_headers=dated,
        )
        above = paragraph("Caption", [run(title)]) if block.caption else paragraph("Intervalle", ())
        return [above, grid.xml()]

    def _example(self, block: Example, depth: int) -> list[Xml]:
        level = min(depth + 1, HEADING_LEVELS)
        title = [run(block.title)]
        if mark := self._inliner.example_marks.get(block.id):
            title = self._inliner.bookmark(mark, title)
        # cards one after the other are one line, but for what parts them
        drawn = [paragraph("Intervalle", ())]
        if block.prize:
            drawn.append(paragraph("CartePrix", [run(f"\u00a0{block.prize}\u00a0", "Prix")]))
        if block.title.strip():
            drawn.append(paragraph(f"CarteTitre{level}", title))
        if block.porteurs:
            drawn.append(paragraph("Porteurs", [run(block.porteurs)]))
        drawn += [paragraph("Carte", [run(text)]) for text in block.paragraphs]
        if block.partners:
            drawn.append(paragraph("MotsCles", [run(block.partner_line)]))
        links = [self._inliner.link(link.text, link.url) for link in block.links]
        if block.url:
            links.append(self._inliner.link("Voir la fiche de l’action", block.url))
        drawn += [paragraph("CarteLien", [link]) for link in links]
        if block.tags:
            drawn.append(
                paragraph("MotsCles", [run("Mots clés\u00a0: ", "Strong"), run(", ".join(block.tags))])
            )
        return drawn

    def table(self, block: Table, mark: str = "") -> list[Xml]:
        """Draw a captioned table; ``mark`` is the bookmark of its caption."""
        caption = self._caption("Tableau", block.caption)
        if mark and caption:
            words = list(caption[0])[1:]
            caption[0].extend(self._inliner.bookmark(mark, words))
        texts = [
            [column.label, *(plain(row[rank]) for row in block.lines)]
            for rank, column in enumerate(block.columns)
        ]
        styles = [
            "TableauNombre" if column.align is Align.END else "TableauTexte" for column in block.columns
        ]
        grid = Grid(
            "TableauAccroche",
            fit(texts),
            block.caption,
            block.note or f"{block.caption} : {len(block.rows)} lignes, {len(block.columns)} colonnes.",
            head=[
                [
                    Cell([paragraph(style, [run(column.label)])])
                    for style, column in zip(styles, block.columns, strict=True)
                ]
            ],
            rows=[
                [
                    Cell([paragraph(style, self._inliner.line(line))])
                    for style, line in zip(styles, row, strict=True)
                ]
                for row in block.rows
            ]
            + ([self._total(block.total, styles)] if block.total is not None else []),
            row_headers=True,
        )
        note = [paragraph("Note", [run(block.note)])] if block.note else []
        return [*caption, grid.xml(), *note, *_source(block.source)]

    def _total(self, total: tuple[Line, ...], styles: list[str]) -> list[Cell]:
        return [
            Cell([paragraph(style, self._inliner.line(line, "Strong"))])
            for style, line in zip(styles, total, strict=True)
        ]

    def _bar_chart(self, block: BarChart) -> list[Xml]:
        if not block.bars:
            return [paragraph("Note", [run(block.alt)])]
        parts = -(-len(block.bars) // MOST_BARS)
        each = -(-len(block.bars) // parts)
        drawn: list[Xml] = []
        for start in range(0, len(block.bars), each):
            rank = start // each + 1
            title = block.caption if parts == 1 else f"{block.caption} ({rank} sur {parts})"
            self._charts += 1
            bars = block.bars[start : start + each]
            drawn += self._caption("Figure", title)
            drawn.append(draw(Chart(self._charts, title, block.alt, bars), self._word, self._date))
        return [*drawn, *_source(block.source)]


def _source(words: str) -> list[Xml]:
    """Draw where a figure or a table comes from, under it."""
    return [paragraph("Source", [run(words)])] if words else []


def _event(event: Event) -> list[Xml]:
    words = [run(event.title, "Strong")]
    about = " – ".join(part for part in (event.kind, event.place) if part)
    if about:
        words.append(run(f"\n{about}", "Etiquette"))
    drawn = [paragraph("TableauTexte", words)]
    if event.summary:
        drawn.append(paragraph("TableauSuite", [run(event.summary)]))
    if event.stops:
        stops = f"Étapes\u00a0: {', '.join(event.stops)}"
        drawn.append(paragraph("TableauSuite", [run(stops)]))
    return drawn

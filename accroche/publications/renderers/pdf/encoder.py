"""The tree of a document as plain data for the templates, and what is counted on the way."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import count
from typing import TYPE_CHECKING, Final

from accroche.integrations.typst import printable, soft
from accroche.lib.dates import format_date
from accroche.lib.texte import NBSP
from accroche.publications.outline import (
    UNTOLD_BOX,
    UNTOLD_BOXES,
    Align,
    BarChart,
    Block,
    BulletList,
    Calendar,
    Callout,
    Document,
    Example,
    Facts,
    Figure,
    Image,
    KeyFigures,
    LevelBoxes,
    Line,
    Link,
    NumberedList,
    Paragraph,
    Ref,
    Section,
    SectionKind,
    Share,
    Table,
    Text,
    TileMap,
    Timeline,
    Tone,
)
from accroche.publications.paroles import words
from accroche.publications.renderers.figures import words_and_number
from accroche.publications.renderers.pdf.drawings import Data, bars, calendar, tile_map
from accroche.publications.renderers.pdf.mots import divides, heading, plain, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_KEYWORDS: Final = ("persévérance scolaire", "décrochage scolaire", "académies")
_ANNEX_TITLE: Final = "D’où viennent les chiffres"
_ANNEX_ANCHOR: Final = "annexe-provenances"
#: Pages an annex entry lists; a figure quoted more often is found by search.
_USES: Final = 8
#: Beyond this many characters a card may break across pages; under it, it fits on any.
_SHORT_CARD: Final = 1800
#: A text up to this long beside its heading is not cut.
_FEW_WORDS: Final = 700
#: A heading up to this long hangs beside its text; longer ones stand above it.
_SHORT_TITLE: Final = 90
#: The format takes no longer address.
_LONGEST_URL: Final = 8000
#: A column of cells up to this long gets the width it needs; others share what is left, as cells usually are.
_SHORT_CELL: Final = 22
_LONG_CELL: Final = 110
#: Beyond so many columns, those of numbers of so few signs share alike.
_FEW_COLUMNS: Final = 4
_SHORT_NUMBER: Final = 8
#: The least a column shares as: a word of its head fits on a line.
_NARROW_CELL: Final = 55
#: A row whose cells are up to this long stays on one page.
_WHOLE_CELL: Final = 400
_ENDINGS: Final = {"image/png": "png", "image/jpeg": "jpg"}
#: Percents of the width of the text.
_SHARES: Final = {Share.FULL: 100, Share.HALF: 50, Share.THIRD: 33}


def _length(block: Block | None) -> int:
    return sum(map(len, words(block)))


def _follows(section: Section, run: object) -> bool:
    """Tell whether a section goes on down the page: a sheet after a sheet, a short annex after an annex.

    A plain section after a sheet goes back to its chapter, and to a page of its own.
    """
    if section.kind is SectionKind.SHEET:
        return run is SectionKind.SHEET
    brief = section.kind is SectionKind.ANNEX or (section.kind is SectionKind.INDEX and not section.sections)
    return brief and run is SectionKind.ANNEX


class OutlineError(ValueError):
    """The document contradicts itself: a link or a figure leads nowhere, an id is used twice."""


class Encoder:
    """One document on its way to the templates, and what is counted on the way."""

    def __init__(self, document: Document) -> None:
        """Take the document; raise :class:`OutlineError` when two of its parts share an id."""
        self.document = document
        self.sections = {section.id for _depth, section in document.walk()}
        self.examples = {one.id for one in document.examples() if one.id}
        self.provenances = {one.id for one in document.provenances}
        self.uses: dict[str, list[str]] = defaultdict(list)
        self.numbers = {"Tableau": count(1), "Figure": count(1)}
        #: the pictures met on the way, by the name of the file they go by
        self.pictures: dict[str, bytes] = {}
        for what, ids in (
            ("sections", [section.id for _depth, section in document.walk()]),
            ("examples", [one.id for one in document.examples() if one.id]),
            ("provenances", [one.id for one in document.provenances]),
        ):
            twice = sorted(key for key, times in Counter(ids).items() if times > 1)
            if twice:
                raise OutlineError(f"Two {what} share an id: {', '.join(twice)}.")

    def encode(self) -> Data:
        """Return what the template reads."""
        document = self.document
        language, _, region = document.language.partition("-")
        tile_map = next(
            (
                block
                for _, section in document.walk()
                for block in section.blocks
                if isinstance(block, TileMap)
            ),
            None,
        )
        runs = self._runs()  # counts the uses that the annex lists
        if document.provenances:
            # what one looks things up in comes last
            place = next((n for n, run in enumerate(runs) if run["kind"] is SectionKind.INDEX), len(runs))
            runs.insert(place, {"kind": "annex-provenances"})
        return {
            "title": printable(document.title),
            "cover": soft(document.title),
            "line": soft(document.cover),
            "subtitle": printable(document.subtitle),
            "carried": soft(document.subtitle),
            "words": printable(document.title).split(" "),
            "organisation": printable(document.organisation),
            "version": printable(document.version),
            "abstract": printable(document.abstract),
            "running": printable(document.subtitle or document.title),
            "date": [document.date.year, document.date.month, document.date.day],
            # A version that already names its day is not dated twice.
            "day": "" if (day := format_date(document.date)) in document.version else day,
            "keywords": [*_KEYWORDS, *document.keywords, *filter(None, [printable(document.subtitle)])],
            "lang": language,
            "region": region or None,
            "site": document.site_url,
            "motif": [[tile.column, tile.row] for tile in tile_map.tiles] if tile_map else [],
            "runs": runs,
            "annex": {
                "title": _ANNEX_TITLE,
                "summary": "",
                "kind": SectionKind.ANNEX,
                "level": 1,
                "anchor": _ANNEX_ANCHOR,
            },
            "provenances": self._origins(),
        }

    def _origins(self) -> list[Data]:
        """Put together the provenances that say the same of figures that add nothing up."""
        groups: dict[str, list[Data]] = {}
        for one in self.document.provenances:
            key = one.statement if not one.rows else f"{one.statement}\n{one.id}"
            groups.setdefault(key, []).append(
                {
                    "anchor": f"p-{one.id}",
                    "label": soft(one.label),
                    "value": soft(one.value),
                    "rows": [[soft(cell) for cell in row] for row in one.rows],
                    "uses": self.uses[one.id],
                }
            )
        return [{"statement": soft(key.partition("\n")[0]), "items": items} for key, items in groups.items()]

    def _runs(self) -> list[Data]:
        """Cut the tree into runs of pages, each with its own running title."""
        runs: list[Data] = []
        owners: list[Section] = []  # the page-opening sections above this one
        depths: list[int] = []
        parts: list[Data] = []
        openings: list[Data] = []
        for depth, section in self.document.walk():
            left = False
            while depths and depths[-1] >= depth:
                owners.pop()
                depths.pop()
                left = True
            opens = depth == 1 or section.kind is not SectionKind.PLAIN
            if opens:
                owners.append(section)
                depths.append(depth)
            if (opens or left) and not (runs and _follows(section, runs[-1]["kind"])):
                parts, openings = [], []
                runs.append(
                    {
                        "title": soft(owners[-1].title),
                        "anchor": f"s-{section.id}",
                        "kind": owners[-1].kind,
                        "divider": opens and divides(section),
                        "parts": parts,
                        "openings": openings,
                    }
                )
            if opens:
                openings.append({"anchor": f"s-{section.id}", "title": soft(section.title)})
            parts.append(self._part(section, depth, owners[-1]))
        return runs

    def _part(self, section: Section, depth: int, owner: Section) -> Data:
        opens = section is owner
        first = section.blocks[0] if section.blocks else None
        running = isinstance(first, BulletList | Timeline) or (
            isinstance(first, Paragraph) and first.tone is not Tone.LEAD
        )
        hangs = not opens and running and not section.summary and len(section.title) <= _SHORT_TITLE
        sheet = opens and section.kind is SectionKind.SHEET
        blocks = list(self._blocks(section.blocks, banded=sheet))
        if isinstance(first, Timeline) and first.caption.startswith(section.title):
            # « Temps forts », then « Temps forts de la semaine » under it, says one thing twice.
            blocks[0]["caption"] = ""
        return {
            "opens": opens,
            "kind": section.kind,
            "level": depth,
            "title": heading(section.title, narrow=hangs),
            "summary": soft(section.summary),
            "anchor": f"s-{section.id}",
            "hangs": hangs,
            # A few lines beside their heading stay on its page.
            "breaks": hangs and _length(first) > _FEW_WORDS,
            # What begins with large figures is read by who reads nothing else.
            "large": opens and isinstance(first, KeyFigures),
            "blocks": blocks,
        }

    # -- blocks ---------------------------------------------------------------------------------

    def _blocks(self, blocks: Sequence[Block], *, banded: bool) -> Iterator[Data]:
        levels: LevelBoxes | None = None
        for position, block in enumerate(blocks):
            following = blocks[position + 1] if position + 1 < len(blocks) else None
            if isinstance(block, LevelBoxes):
                if banded and isinstance(following, KeyFigures):
                    levels = block
                else:
                    yield self._band(block, None)
            elif isinstance(block, KeyFigures) and levels is not None:
                yield self._band(levels, block)
                levels = None
            else:
                drawn = self._block(block)
                # What a sheet says of itself first stands over the whole width, as its figures do.
                drawn["wide"] = banded
                yield drawn

    def _block(self, block: Block) -> Data:
        encode: Callable[..., Data] = getattr(self, f"_{type(block).__name__.lower()}")
        return encode(block)

    def _band(self, levels: LevelBoxes, figures: KeyFigures | None) -> Data:
        return {
            "b": "band",
            "levels": {
                "caption": soft(levels.caption),
                "items": [[printable(label), ticked] for label, ticked in levels.items],
                "untold": UNTOLD_BOX,
                "unknown": UNTOLD_BOXES if levels.unknown else None,
                "alt": printable(spoken(levels)),
            },
            "figures": self._keyfigures(figures) if figures else None,
        }

    def _paragraph(self, block: Paragraph) -> Data:
        return {"b": "paragraph", "tone": block.tone, "content": self._line(block.content)}

    def _bulletlist(self, block: BulletList) -> Data:
        return {"b": "bullets", "items": [self._line(item) for item in block.items]}

    def _numberedlist(self, block: NumberedList) -> Data:
        return {"b": "numbered", "items": [self._line(item) for item in block.items]}

    def _facts(self, block: Facts) -> Data:
        return {"b": "facts", "items": [[soft(label), self._line(line)] for label, line in block.items]}

    def _keyfigures(self, block: KeyFigures) -> Data:
        items: list[Data] = []
        for item in block.items:
            words, number = words_and_number(item.figure.text)
            items.append(
                {
                    "figure": self._figure(item.figure),
                    "words": printable(words),
                    "number": soft(number),
                    "length": len(number),
                    "label": soft(item.label),
                    "detail": soft(item.detail),
                }
            )
        return {
            "b": "key-figures",
            "items": items,
            "qualified": any(item["words"] for item in items),
            "source": soft(block.source),
        }

    def _callout(self, block: Callout) -> Data:
        return {"b": "callout", "title": soft(block.title), "content": self._line(block.content)}

    def _timeline(self, block: Timeline) -> Data:
        return {
            "b": "timeline",
            "caption": soft(block.caption),
            "events": [
                {
                    "when": soft(event.when),
                    "kind": soft(event.kind),
                    "title": soft(event.title),
                    "place": soft(event.place),
                    "summary": soft(event.summary),
                    "stops": [soft(stop) for stop in event.stops],
                }
                for event in block.events
            ],
        }

    def _example(self, block: Example) -> Data:
        length = sum(map(len, block.paragraphs)) + sum(len(link.text) for link in block.links)
        return {
            "b": "example",
            "anchor": f"e-{block.id}" if block.id else None,
            "title": heading(block.title, narrow=True),
            "porteurs": soft(block.porteurs, narrow=True),
            "partners": soft(block.partner_line),
            "paragraphs": [soft(paragraph) for paragraph in block.paragraphs],
            "links": [self._link(link) for link in block.links],
            "prize": soft(block.prize, narrow=True),
            "tags": [soft(tag) for tag in block.tags],
            "url": block.url if block.url.startswith(("http://", "https://")) else "",
            "long": length > _SHORT_CARD,
        }

    def _table(self, block: Table) -> Data:
        weights, longest_of_all = [], 0
        for position, column in enumerate(block.columns):
            cells = [len(plain(row[position])) for row in block.lines]
            longest = max([len(column.label), *cells])
            longest_of_all = max(longest, longest_of_all)
            numbers = column.align is Align.END and max(cells, default=0) <= _SHORT_NUMBER
            if numbers and len(block.columns) > _FEW_COLUMNS:
                # Many columns of numbers share what the labels leave, so that their heads break by words.
                weights.append(max(len(word) for word in [*column.label.split(), "numéro"]))
            else:
                usual = sum(cells) // max(len(cells), 1)
                weights.append(0 if longest <= _SHORT_CELL else min(max(usual, _NARROW_CELL), _LONG_CELL))
        return {
            "b": "table",
            "caption": self._numbered("Tableau", block.caption),
            "columns": [
                {"label": soft(column.label), "end": column.align is Align.END, "weight": weight}
                for column, weight in zip(block.columns, weights, strict=True)
            ],
            "whole": longest_of_all <= _WHOLE_CELL,
            "rows": [[{"line": self._line(cell)} for cell in row] for row in block.rows],
            "total": [{"line": self._line(cell)} for cell in block.total]
            if block.total is not None
            else None,
            "note": soft(block.note),
            "source": soft(block.source),
        }

    def _barchart(self, block: BarChart) -> Data:
        return {**bars(block), **self._figured(block)}

    def _calendar(self, block: Calendar) -> Data:
        return {**calendar(block), **self._figured(block)}

    def _tilemap(self, block: TileMap) -> Data:
        targets = {tile.target: self._target(tile.target) for tile in block.tiles if tile.target}
        return {**tile_map(block, targets), **self._figured(block)}

    def _image(self, block: Image) -> Data:
        name = f"image-{len(self.pictures) + 1}.{_ENDINGS[block.picture.media_type]}"
        self.pictures[name] = block.content
        return {
            "b": "image",
            "path": name,
            "alt": printable(block.alt),
            "caption": self._numbered("Figure", block.caption) if block.caption else "",
            "credit": soft(block.attribution),
            "share": _SHARES[block.share],
        }

    def _figured(self, block: BarChart | Calendar | TileMap) -> Data:
        return {"caption": self._numbered("Figure", block.caption), "source": soft(block.source)}

    def _numbered(self, name: str, caption: str) -> object:
        return soft(f"{name}{NBSP}{next(self.numbers[name])}{NBSP}– {caption}")

    # -- inline ---------------------------------------------------------------------------------

    def _line(self, line: Line) -> list[Data]:
        items: list[Data] = []
        for item in line:
            match item:
                case Text():
                    items.append({"t": "text", "v": soft(item.text), "strong": item.strong})
                case Link():
                    items.append(self._link(item))
                case Ref():
                    # an index sets them in columns
                    words = soft(item.text, narrow=True)
                    items.append({"t": "ref", "v": words, "to": self._target(item.target)})
                case Figure():
                    items.append(self._figure(item))
        return items

    @staticmethod
    def _link(link: Link) -> Data:
        # What is no address of the web is printed, but never made to be clicked.
        if not link.url.startswith(("http://", "https://")) or len(link.url) > _LONGEST_URL:
            return {"t": "text", "v": soft(link.text), "strong": False}
        return {"t": "link", "v": soft(link.text), "url": link.url}

    def _figure(self, figure: Figure) -> Data:
        if figure.provenance not in self.provenances:
            raise OutlineError(f"The figure « {figure.text} » has no provenance « {figure.provenance} ».")
        uses = self.uses[figure.provenance]
        use = None
        if len(uses) < _USES:
            use = f"u-{figure.provenance}-{len(uses) + 1}"
            uses.append(use)
        return {"t": "figure", "v": soft(figure.text), "to": f"p-{figure.provenance}", "use": use}

    def _target(self, target: str) -> str:
        if target in self.sections:
            return f"s-{target}"
        if target in self.examples:
            return f"e-{target}"
        raise OutlineError(f"No section or example « {target} » to link to.")

"""Bar charts as Word makes them: a chart part with the workbook it is drawn from, both editable."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import xlsxwriter
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from accroche.publications.renderers.docx.identity import ACCENT, FONT, INK, RULE, TEXT_WIDTH
from accroche.publications.renderers.docx.package import add_part
from accroche.publications.renderers.docx.xml import Xml, clean, el, paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as Word

    from accroche.publications.outline import Bar

#: More bars than this do not fit on a page: the rest goes to another chart.
MOST_BARS: Final = 34

# In English Metric Units: 635 to a twentieth of a point.
_WIDTH: Final = TEXT_WIDTH * 635
_BAR: Final = 225_000
_EDGES: Final = 180_000

_SHEET: Final = "Données"
# The only relationship of a chart part.
_WORKBOOK_KEY: Final = "rId1"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart to draw: its number in the document, its title, what it shows in words, its bars."""

    number: int
    title: str
    alt: str
    bars: Sequence[Bar]


def draw(chart: Chart, word: Word, date: dt.date) -> Xml:
    """Add a chart part to ``word`` and return the paragraph that shows it."""
    number, bars = chart.number, chart.bars
    part, key = add_part(
        word,
        f"/word/charts/chart{number}.xml",
        CONTENT_TYPE.DML_CHART,
        RELATIONSHIP_TYPE.CHART,
        _chart_xml(bars),
    )
    name = f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"
    workbook = Part(PackURI(name), CONTENT_TYPE.SML_SHEET, _workbook(bars, date), word.part.package)
    part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE)
    return _inline(chart, key)


def _inline(chart: Chart, key: str) -> Xml:
    name = f"Graphique {chart.number}"
    data = el("a:graphicData", {"uri": "http://schemas.openxmlformats.org/drawingml/2006/chart"})
    data.append(el("c:chart", {"r:id": key}))
    drawing = el(
        "wp:inline",
        {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
        el("wp:extent", {"cx": _WIDTH, "cy": _EDGES + _BAR * len(chart.bars)}),
        el("wp:docPr", {"id": chart.number, "name": name, "descr": chart.alt, "title": chart.title}),
        el("wp:cNvGraphicFramePr"),
        el("a:graphic", None, data),
    )
    return paragraph("Figure", [el("w:r", None, el("w:drawing", None, drawing))])


def _label(bar: Bar) -> str:
    """Return what names the bar on its axis; a figure that draws no bar is said here, never as zero."""
    return clean(bar.label) if bar.value is not None else f"{clean(bar.label)} ({clean(bar.text)})"


def _chart_xml(bars: Sequence[Bar]) -> bytes:
    root = el(
        "c:chartSpace",
        None,
        _val("date1904", 0),
        _val("lang", "fr-FR"),
        _val("roundedCorners", 0),
        el(
            "c:chart",
            None,
            _val("autoTitleDeleted", 1),
            el("c:plotArea", None, el("c:layout"), _bars(bars), _labels_axis(), _values_axis()),
            _val("plotVisOnly", 1),
            _val("dispBlanksAs", "gap"),
        ),
        el("c:spPr", None, el("a:noFill"), el("a:ln", None, el("a:noFill"))),
        _text(900),
        el("c:externalData", {"r:id": _WORKBOOK_KEY}, _val("autoUpdate", 0)),
    )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _val(name: str, value: str | int) -> Xml:
    return el(f"c:{name}", {"val": value})


def _fill(color: str) -> Xml:
    return el("a:solidFill", None, el("a:srgbClr", {"val": color}))


def _characters(name: str, size: int, *, bold: bool = False) -> Xml:
    attributes: dict[str, str | int] = {"lang": "fr-FR"} if name == "a:rPr" else {}
    return el(
        name,
        {**attributes, "sz": size, "b": int(bold)},
        _fill(INK),
        el("a:latin", {"typeface": FONT}),
        el("a:cs", {"typeface": FONT}),
    )


def _text(size: int, *, bold: bool = False) -> Xml:
    body = el(
        "a:p",
        None,
        el("a:pPr", None, _characters("a:defRPr", size, bold=bold)),
        el("a:endParaRPr", {"lang": "fr-FR"}),
    )
    return el("c:txPr", None, el("a:bodyPr"), el("a:lstStyle"), body)


def _bars(bars: Sequence[Bar]) -> Xml:
    last = len(bars) + 1
    points = [
        el("c:pt", {"idx": rank}, el("c:v", None, str(bar.value)))
        for rank, bar in enumerate(bars)
        if bar.value is not None
    ]
    names = [el("c:pt", {"idx": rank}, el("c:v", None, _label(bar))) for rank, bar in enumerate(bars)]
    title = el("c:pt", {"idx": 0}, el("c:v", None, "Valeur"))
    series = el(
        "c:ser",
        None,
        _val("idx", 0),
        _val("order", 0),
        el("c:tx", None, _reference("c:strRef", "$B$1", "c:strCache", 1, [title])),
        el("c:spPr", None, _fill(ACCENT)),
        _val("invertIfNegative", 0),
        _data_labels(bars),
        el("c:cat", None, _reference("c:strRef", f"$A$2:$A${last}", "c:strCache", len(bars), names)),
        el("c:val", None, _reference("c:numRef", f"$B$2:$B${last}", "c:numCache", len(bars), points)),
    )
    return el(
        "c:barChart",
        None,
        _val("barDir", "bar"),
        _val("grouping", "clustered"),
        _val("varyColors", 0),
        series,
        _val("gapWidth", 45),
        _val("axId", 1001),
        _val("axId", 1002),
    )


def _reference(name: str, cells: str, cache: str, count: int, points: list[Xml]) -> Xml:
    code = el("c:formatCode", None, "General") if cache == "c:numCache" else None
    return el(
        name,
        None,
        el("c:f", None, f"'{_SHEET}'!{cells}"),
        el(cache, None, code, _val("ptCount", count), *points),
    )


def _shown() -> list[Xml]:
    """Return where labels stand and what they show: the value, nothing else."""
    hidden = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
    return [_val("dLblPos", "outEnd"), *(_val(name, int(name == "showVal")) for name in hidden)]


def _data_labels(bars: Sequence[Bar]) -> Xml:
    """Return the labels; one printed otherwise than its value (« au moins 2 ») has a text of its own."""
    own = []
    for rank, bar in enumerate(bars):
        if bar.value is None or bar.text == str(bar.value):
            continue
        words = el("a:r", None, _characters("a:rPr", 900, bold=True), el("a:t", None, clean(bar.text)))
        rich = el("c:rich", None, el("a:bodyPr", {"wrap": "none"}), el("a:lstStyle"), el("a:p", None, words))
        own.append(el("c:dLbl", None, _val("idx", rank), el("c:tx", None, rich), *_shown()))
    return el(
        "c:dLbls",
        None,
        *own,
        el("c:spPr", None, el("a:noFill"), el("a:ln", None, el("a:noFill"))),
        _text(900, bold=True),
        *_shown(),
    )


def _labels_axis() -> Xml:
    return el(
        "c:catAx",
        None,
        _val("axId", 1001),
        # From the top down, as one reads.
        el("c:scaling", None, _val("orientation", "maxMin")),
        _val("delete", 0),
        _val("axPos", "l"),
        el("c:numFmt", {"formatCode": "General", "sourceLinked": 0}),
        _val("majorTickMark", "none"),
        _val("minorTickMark", "none"),
        _val("tickLblPos", "low"),
        el("c:spPr", None, el("a:ln", {"w": 9525}, _fill(RULE))),
        _text(900),
        _val("crossAx", 1002),
        _val("crosses", "autoZero"),
        _val("auto", 0),
        _val("lblAlgn", "ctr"),
        _val("lblOffset", 100),
        # Every label is printed, however many there are.
        _val("tickLblSkip", 1),
        _val("noMultiLvlLbl", 1),
    )


def _values_axis() -> Xml:
    return el(
        "c:valAx",
        None,
        _val("axId", 1002),
        # A bar that does not start from zero would lie.
        el("c:scaling", None, _val("orientation", "minMax"), _val("min", 0)),
        _val("delete", 1),
        _val("axPos", "t"),
        el("c:numFmt", {"formatCode": "General", "sourceLinked": 0}),
        _val("majorTickMark", "none"),
        _val("minorTickMark", "none"),
        _val("tickLblPos", "nextTo"),
        _val("crossAx", 1001),
        _val("crosses", "autoZero"),
        _val("crossBetween", "between"),
    )


def _workbook(bars: Sequence[Bar], date: dt.date) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    # The library stamps the clock when no date is given.
    book.set_properties({"created": dt.datetime(date.year, date.month, date.day)})  # noqa: DTZ001 - a day
    sheet = book.add_worksheet(_SHEET)
    sheet.set_column(0, 0, 48)
    for column, label in enumerate(("Libellé", "Valeur", "Texte imprimé")):
        sheet.write_string(0, column, label)
    for row, bar in enumerate(bars, start=1):
        sheet.write_string(row, 0, _label(bar))
        if bar.value is not None:
            sheet.write_number(row, 1, bar.value)
        sheet.write_string(row, 2, clean(bar.text))
    book.close()
    return out.getvalue()

"""The drawings of an HTML document: to scale, said in words, never by colour alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from lxml import html

from accroche.publications.outline import (
    Bar,
    BarChart,
    Block,
    Calendar,
    Document,
    Section,
    Span,
    Tile,
    TileMap,
)
from accroche.publications.renderers import html as renderer

YEAR = (dt.date(2015, 9, 1), dt.date(2016, 7, 5))


def drawn(block: Block) -> Any:
    section = Section("partie", "Partie", (block,))
    document = Document("Titre", "", "Bureau", "Version 1", YEAR[1], "", (section,))
    return html.document_fromstring(renderer.render(document, render_to_string))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def one(root: Any, path: str) -> Any:
    (found,) = root.xpath(path)
    return found


def classed(name: str) -> str:
    return f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"


def test_bars_share_one_scale_and_an_absent_value_is_not_zero() -> None:
    chart = BarChart(
        "C", "Alt", (Bar("a", 40, "40"), Bar("b", 10, "10"), Bar("c", 0, "0"), Bar("d", None, "N.C."))
    )
    root = drawn(chart)
    bars = root.xpath(classed("doc-bars") + "//li")
    assert [bar.xpath(".//rect[@class='doc-ink']/@width") for bar in bars] == [["100%"], ["25%"], ["0%"], []]
    assert [len(bar.xpath(".//rect[@class='doc-hatched']")) for bar in bars] == [0, 0, 0, 1]
    assert words(bars[3]) == "d N.C."


def test_a_bar_without_an_answer_is_outlined_and_one_not_communicated_hatched() -> None:
    root = drawn(BarChart("C", "Alt", (Bar("a", None, "non disponible"), Bar("b", None, "N.C."))))
    assert root.xpath(classed("doc-bars") + "//rect/@class") == ["doc-outlined", "doc-hatched"]


def test_bars_all_at_zero_have_no_length() -> None:
    root = drawn(BarChart("C", "Alt", (Bar("a", 0, "0"),)))
    assert root.xpath("//rect[@class='doc-ink']/@width") == ["0%"]


def test_a_calendar_draws_its_windows_and_says_them() -> None:
    days = (dt.date(2016, 1, 1), dt.date(2016, 1, 10))
    spans = (
        Span("A", ((dt.date(2016, 1, 1), dt.date(2016, 1, 1)), (dt.date(2016, 1, 6), dt.date(2016, 1, 10)))),
        Span("B", ()),
        Span("C", ((dt.date(2015, 12, 1), dt.date(2016, 1, 2)),)),
        Span("D", ((dt.date(2017, 1, 1), dt.date(2017, 1, 2)),)),
    )
    root = drawn(Calendar("C", "Alt", *days, spans))
    lines = root.xpath(classed("doc-spans") + "/li")
    windows = [
        [(rect.get("x"), rect.get("width")) for rect in line.xpath(".//rect[contains(@class, 'doc-window')]")]
        for line in lines
    ]
    assert windows == [[("0%", "10%"), ("50%", "50%")], [], [("0%", "20%")], []]
    assert words(lines[0]) == "A le 1er janvier 2016 et du 6 au 10 janvier 2016"
    assert words(lines[1]) == "B dates non communiquées"


def test_a_calendar_names_the_months_that_have_room() -> None:
    root = drawn(Calendar("C", "Alt", *YEAR, ()))
    names = [name for name in map(words, root.xpath("//*[@class='doc-month-name']")) if name]
    assert (names[0], names[-1], len(names)) == ("sept.", "juin", 10)


def test_tiles_say_their_words_and_need_no_colour() -> None:
    tiles = (
        Tile("STR", "Strasbourg", 2, 0, 0, "non disponible"),
        Tile("GUY", "Guyane", 0, 0, 1, "N.C.", "nulle-part"),
        Tile("LYO", "Lyon", 1, 1, 3, "Lyon\u00a0: 89", "partie"),
        Tile("???", "Ailleurs", 1, 0, 9, "hors légende"),
    )
    legend = ("Données non disponibles", "Nombre non communiqué (N.C.)", "Moins de 20", "20 et plus")
    root = drawn(TileMap("Carte", "Alt", tiles, legend))
    drawing = one(root, "//svg[contains(@class, 'doc-map-drawing')]")
    assert drawing.get("viewbox", drawing.get("viewBox")) == "-1 -1 130 86"
    # in reading order, whatever the order given
    groups = drawing.xpath("./g")
    assert [words(group.find(".//text")) for group in groups] == ["GUY", "???", "STR", "LYO"]
    names = [one(group, "./@aria-label|./a/@aria-label") for group in groups]
    assert names == [
        "Guyane\u00a0: N.C.",
        "Ailleurs\u00a0: hors légende",
        "Strasbourg\u00a0: non disponible",
        "Lyon\u00a0: 89",
    ]
    assert drawing.xpath(".//a/@href") == ["#partie"]
    assert [len(group.xpath(".//rect[@fill]")) for group in groups] == [1, 0, 0, 0]
    assert [len(group.xpath(".//circle")) for group in groups] == [0, 0, 0, 2]
    assert [words(item) for item in root.xpath("//ul[@class='doc-legend']/li")] == list(legend)

"""The HTML of a document: whole, inert, navigable, the same every time."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import itertools
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any, get_args
from urllib.parse import unquote

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from accroche.lib.signes import lisible
from accroche.publications.outline import (
    Bar,
    BarChart,
    Block,
    BulletList,
    Calendar,
    Callout,
    Column,
    Document,
    Event,
    Example,
    Facts,
    Figure,
    KeyFigure,
    KeyFigures,
    LevelBoxes,
    Link,
    Paragraph,
    Provenance,
    Ref,
    Section,
    SectionKind,
    Span,
    Table,
    Text,
    Tile,
    TileMap,
    Timeline,
)
from accroche.publications.renderers import html as renderer
from accroche.publications.renderers.html.inline import is_web_address
from tests.publications.renderers.sample import HOSTILE, png, sample_document

BAD_ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "\tjavascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//example.org/",
    "/relative",
    "http://",
    "https:example.org",
    "http://[broken",
    "http://exa mple.org/",
    "",
)
YEAR = (dt.date(2015, 9, 1), dt.date(2016, 7, 5))


def document(*blocks: Block, provenances: tuple[Provenance, ...] = (), **fields: Any) -> Document:
    made = Document(
        title="Titre",
        subtitle="Sous-titre",
        organisation="Bureau",
        version="Version 1",
        date=dt.date(2016, 9, 1),
        abstract="Résumé",
        sections=(Section("partie", "Partie", blocks),),
        provenances=provenances,
    )
    return replace(made, **fields)


def tree(content: Document) -> Any:
    return html.document_fromstring(renderer.render(content, render_to_string))


@cache
def sample() -> Any:
    return tree(sample_document())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def one(root: Any, path: str) -> Any:
    (found,) = root.xpath(path)
    return found


def classed(name: str) -> str:
    return f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"


# -- the whole ----------------------------------------------------------------------------------


def test_the_sample_uses_every_block() -> None:
    used = {type(block) for _depth, section in sample_document().walk() for block in section.blocks}
    assert used == set(get_args(Block))


def test_the_same_document_gives_the_same_bytes() -> None:
    first = renderer.render(sample_document(), render_to_string)
    renderer._content.cache_clear()
    assert renderer.render(sample_document(), render_to_string) == first


def test_what_is_kept_is_never_that_of_another_document() -> None:
    before = renderer.render_body(document(Paragraph((Text("avant"),))), render_to_string)
    after = renderer.render_body(document(Paragraph((Text("après"),))), render_to_string)
    assert "avant" in before
    assert "après" in after
    assert "avant" not in after


def test_the_page_says_its_language_its_title_and_its_parts() -> None:
    root = sample()
    assert root.get("lang") == "fr-FR"
    assert root.findtext("head/title") == (
        "Synthèse nationale de la Semaine de la persévérance scolaire – Édition 2015-2016"
    )
    assert len(root.xpath("//main")) == 1
    assert len(root.xpath("//h1")) == 1
    assert root.xpath("//a[@class='doc-skip']/@href") == ["#contenu"]


def test_headings_go_down_one_level_at_a_time() -> None:
    levels = [int(heading.tag[1]) for heading in sample().xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_sections_deeper_than_headings_go_still_have_one() -> None:
    section = Section("s9", "Neuvième")
    for rank in range(8, 0, -1):
        section = Section(f"s{rank}", f"Rang {rank}", sections=(section,))
    root = tree(document(sections=(section,)))
    assert words(one(root, "//*[@id='s9']//h6")) == "Neuvième"


def test_ids_are_unique_and_links_inside_lead_somewhere() -> None:
    root = sample()
    ids = root.xpath("//@id")
    assert not [ident for ident, count in Counter(ids).items() if count > 1]
    targets = {unquote(href[1:]) for href in root.xpath("//a/@href") if href.startswith("#")}
    assert targets <= set(ids)
    assert {ref[4:-1] for ref in root.xpath("//@fill")} <= {f"#{ident}" for ident in ids}


def test_repeated_and_odd_ids_are_made_usable_and_references_follow() -> None:
    ids = ("même", "même", "contenu", 'a" onclick="x', "Ça & là", "")
    sections = tuple(Section(ident, f"n° {rank}") for rank, ident in enumerate(ids))
    refs = Section("refs", "Renvois", (Paragraph(tuple(Ref(f"vers {i}", i) for i in ids)),))
    root = tree(document(sections=(*sections, refs)))
    anchors = root.xpath("//section/@id")
    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", anchor) for anchor in anchors)
    assert len(root.xpath("//*[@id='contenu']")) == 1
    hrefs = root.xpath("//p[@class='doc-body']/a/@href")
    assert hrefs[0] == hrefs[1] == f"#{anchors[0]}"
    assert hrefs[2] == f"#{anchors[2]}"


def test_an_unknown_reference_is_words_alone() -> None:
    root = tree(document(Paragraph((Text("Voir "), Ref("ailleurs", "nulle-part"), Text(".")))))
    assert words(one(root, "//p[@class='doc-body']")) == "Voir ailleurs."
    assert not root.xpath("//p[@class='doc-body']/a")


def test_contents_list_two_levels_and_the_sources() -> None:
    for contents in sample().xpath("//nav"):
        assert words(contents).startswith("Sommaire L’essentiel")
        titles = [words(item) for item in contents.xpath(".//a")]
        assert "Académie de Dijon" in titles
        assert "Temps forts" not in titles
        assert titles[-1] == "D’où viennent les chiffres"


def test_a_sheet_leads_to_its_neighbours() -> None:
    sheet = one(sample(), "//section[@id='dijon']")
    assert sheet.xpath(".//ul[@class='doc-neighbours']//a/@href") == [
        "#aix-marseille",
        "#sommaire",
        "#guyane",
    ]
    only = document(sections=(Section("seule", "Seule", kind=SectionKind.SHEET),))
    assert tree(only).xpath("//ul[@class='doc-neighbours']//a/@href") == ["#sommaire"]


def test_a_picture_is_inside_with_its_words_and_its_author() -> None:
    first, second = sample().xpath("//figure[contains(@class, 'doc-image ')]")
    (image,) = first.xpath("img")
    assert image.get("alt") == "Un rectangle bleu canard."
    assert (image.get("width"), image.get("height")) == ("60", "40")
    kind, _, data = image.get("src").partition(",")
    assert (kind, base64.b64decode(data)) == ("data:image/png;base64", png(60, 40))
    assert "doc-image-half" in first.get("class")
    assert " ".join(first.xpath("string(figcaption)").split()) == (
        "Une image légendée Atelier du lycée Le Castel – Licence Ouverte 2.0"
    )
    assert second.xpath("string(img/@alt)") == f"Une bande : {HOSTILE}"


# -- nothing from elsewhere, nothing alive ------------------------------------------------------


def test_the_file_asks_nothing_of_the_network_and_runs_nothing() -> None:
    root = sample()
    assert [script.get("src") for script in root.xpath("//script")] == [None]  # its own, inside
    assert not root.xpath("//iframe|//object|//embed|//form|//base")
    assert {source[:11] for source in root.xpath("//img/@src")} == {"data:image/"}
    assert not root.xpath("//@style|//@*[starts-with(name(), 'on')]")
    assert root.xpath("//link/@href") == ["data:,"]
    style = root.findtext("head/style")
    assert "@import" not in style
    assert {found[:5] for found in re.findall(r'url\("([^"]*)', style)} == {"data:"}


def test_the_file_forbids_itself_any_style_and_script_but_its_own() -> None:
    source = renderer.render(sample_document(), render_to_string)
    policy = one(html.document_fromstring(source), "//meta[@http-equiv]/@content")
    for what, directive in (("<style>", "style-src"), ('<script type="module">', "script-src")):
        own = re.search(rf"{what}(.*?)</s", source, re.DOTALL)
        assert own is not None
        digest = base64.b64encode(hashlib.sha256(own[1].encode()).digest()).decode()
        assert f"; {directive} 'sha256-{digest}'; " in policy
    assert policy.startswith("default-src 'none'; ")


def test_a_long_document_folds_its_parts_and_a_short_one_none() -> None:
    folds = sample().xpath("//section[details]")
    assert {"academies", "dijon", "methode", "provenances"} <= {fold.get("id") for fold in folds}
    # the first part is open, and a title is never inside what its fold hides
    assert [fold.get("id") for fold in folds if fold.xpath("details/@open")] == ["essentiel"]
    assert all(fold.xpath("div/*[self::h2 or self::h3]") for fold in folds)
    assert not tree(document()).xpath("//main//section/details")


def every_block(text: str) -> tuple[tuple[Block, ...], tuple[Provenance, ...]]:
    """Return blocks with ``text`` wherever a text goes."""
    line = (Text(text), Text(text, strong=True), Link(text, text), Ref(text, text), Figure(text, "p"))
    window = ((YEAR[0], YEAR[0]),)
    blocks: tuple[Block, ...] = (
        Paragraph(line),
        BulletList((line,)),
        Facts(((text, line),)),
        LevelBoxes(text, ((text, True),)),
        KeyFigures((KeyFigure(Figure(text, "p"), text, text),)),
        Timeline(text, (Event(text, text, text, text, text, (text,)),)),
        Example(text, text, (text,), (Link(text, text),), text, (text,), text, partners=(text, text)),
        Callout(text, line),
        Table(text, (Column(text), Column(text)), ((line, line),), text),
        BarChart(text, text, (Bar(text, 1, text), Bar(text, None, text))),
        Calendar(text, text, *YEAR, (Span(text, window), Span(text, ()))),
        TileMap(
            text, text, (Tile(text, text, 0, 0, 0, text, "partie"), Tile(text, text, 1, 0, 0, text)), (text,)
        ),
    )
    return blocks, (Provenance("p", text, text, text, ((text, text, text),)),)


@pytest.mark.parametrize(
    "hostile",
    [
        HOSTILE,
        "</style></title><script>alert(1)</script>",
        "\"'><img src=x onerror=alert(1)>",
        "{{ document }}{% now 'Y' %}",
        "javascript:alert(1)",
        "&lt;b&gt;",
    ],
)
def test_hostile_words_are_printed_and_inert(hostile: str) -> None:
    blocks, provenances = every_block(hostile)
    section = Section(hostile, hostile, blocks, summary=hostile)
    root = tree(
        Document(
            title=hostile,
            subtitle=hostile,
            organisation=hostile,
            version=hostile,
            date=YEAR[0],
            abstract=hostile,
            sections=(section,),
            provenances=provenances,
            language=hostile,
            site_url=hostile,
        )
    )
    assert not root.xpath("//body//script|//img|//main//style|//@onerror")
    assert len(root.xpath("//script")) == 1
    assert all(href.startswith("#") for href in root.xpath("//a/@href"))
    text = root.text_content()
    assert text.count(hostile) > 40


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60))
def test_any_words_give_a_page_that_says_them(text: str) -> None:
    root = tree(document(Paragraph((Text(text),))))
    assert one(root, "//p[@class='doc-body']").text_content() == lisible(text)


# -- links and figures --------------------------------------------------------------------------


@pytest.mark.parametrize("url", BAD_ADDRESSES)
def test_an_address_that_is_not_of_the_web_is_words_alone(url: str) -> None:
    assert not is_web_address(url)
    root = tree(document(Paragraph((Link("le site", url),)), Example("E", "", (), url=url), site_url=url))
    assert words(one(root, "//p[@class='doc-body']")) == "le site"
    assert not root.xpath("//main//section//a[not(starts-with(@href, '#'))]|//footer//a")


def test_links_leave_without_a_trace_and_show_their_address_on_paper_once() -> None:
    url = "https://example.org/a?b=1&c=é"
    root = tree(document(Paragraph((Link("le site", url), Link(url, url)))))
    named, bare = root.xpath("//p[@class='doc-body']/a")
    assert (named.get("href"), named.get("rel"), named.get("class")) == (url, "noopener", "doc-link")
    assert bare.get("class") == "doc-bare"


def test_each_figure_opens_its_source_and_the_source_leads_back() -> None:
    root = sample()
    figures = root.xpath("//a[@class='doc-figure']")
    assert len(figures) > 20
    for figure in figures:
        source = root.get_element_by_id(figure.get("href")[1:])
        assert f"#{figure.get('id')}" in source.xpath(".//p[@class='doc-back']/a/@href")
    assert len(root.xpath("//p[@class='doc-back']/a")) == len(figures)


def test_a_source_says_what_it_adds_up() -> None:
    source = one(sample(), "//*[@id='source-premiere']")
    assert words(one(source, ".//p[@class='doc-source-value']")) == "11 académies"
    assert [words(cell) for cell in source.xpath(".//tbody/tr[2]/*")] == [
        "Guyane",
        "première",
        "d’après le site de l’académie",
    ]


def test_a_figure_without_a_known_source_is_not_a_link() -> None:
    root = tree(document(Paragraph((Figure("12", "inconnue"),))))
    assert words(one(root, "//p[@class='doc-body']")) == "12"
    assert not root.xpath("//a[@class='doc-figure']|//*[@id='provenances']")


# -- blocks -------------------------------------------------------------------------------------


def test_ticked_levels_are_said_and_not_only_drawn() -> None:
    root = tree(document(LevelBoxes("Niveaux", (("Collège", True), ("Lycée", False)))))
    boxes = root.xpath(classed("doc-levels") + "//li")
    assert [words(box) for box in boxes] == ["Collège : oui", "Lycée : non"]
    assert [len(box.xpath(".//path")) for box in boxes] == [1, 0]


def test_unknown_levels_are_neither_ticked_nor_not() -> None:
    root = tree(document(LevelBoxes("Niveaux", (("Collège", True),), unknown=True)))
    assert words(one(root, classed("doc-levels"))) == "Niveaux non précisés"
    assert not root.xpath(classed("doc-levels") + "//*[self::path or self::rect]")


def test_a_level_that_nobody_can_tell_has_no_box() -> None:
    root = tree(document(LevelBoxes("Niveaux", (("Collège", True), ("Lycée", None)))))
    boxes = root.xpath(classed("doc-levels") + "//li")
    assert [words(box) for box in boxes] == ["Collège : oui", "Lycée : non précisé"]
    assert [len(box.xpath(".//rect")) for box in boxes] == [1, 0]


def test_an_event_without_a_day_says_so() -> None:
    root = tree(document(Timeline("Temps forts", (Event("", "Visite", "Le recteur"),))))
    assert words(one(root, classed("doc-event-when"))) == "Date non communiquée Visite"


def test_a_table_names_its_rows_and_columns_and_scrolls_by_keyboard() -> None:
    table = Table("Légende", (Column("A"), Column("B")), (((Text("x"),), (Text("y"),)),), "Note")
    root = tree(document(table))
    assert words(one(root, "//table/caption")) == "Légende"
    assert len(root.xpath("//thead//th[@scope='col']")) == 2
    assert words(one(root, "//tbody//th[@scope='row']")) == "x"
    region = one(root, "//table/..")
    assert (region.get("tabindex"), region.get("role"), region.get("aria-label")) == ("0", "group", "Légende")


def test_an_example_links_to_its_sheet_when_it_has_one() -> None:
    root = tree(document(Example("Titre A", "", (), url="https://example.org/a"), Example("Titre B", "", ())))
    first, second = root.xpath(classed("doc-example") + "/h3")
    assert first.xpath("./a/@href") == ["https://example.org/a"]
    assert not second.xpath("./a")


def test_an_example_says_whom_it_is_made_with() -> None:
    root = tree(document(Example("A", "", (), partners=("X", "Y (finance)", "Z")), Example("B", "", ())))
    assert root.xpath(classed("doc-partners") + "/text()") == ["Avec X, Y (finance) et Z"]


def test_the_body_puts_what_the_page_adds_after_the_header() -> None:
    body = renderer.render_body(document(Paragraph((Text("texte"),))), render_to_string, after_header="<b>")
    assert "&lt;b&gt;" in body
    assert body.index("<h1>") < body.index("&lt;b&gt;") < body.index('class="doc-layout"')
    assert "<html" not in body
    assert "<style" not in body

from __future__ import annotations

import datetime as dt
import io
import re
from typing import get_args

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from accroche.lib.signes import lisible
from accroche.publications.outline import (
    Bar,
    BarChart,
    Block,
    Calendar,
    Callout,
    Document,
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
    Table,
    Text,
    Tile,
    TileMap,
    Timeline,
)
from accroche.publications.renderers.docx import render
from accroche.publications.renderers.docx.inline import Names, safe_url
from tests.publications.renderers.docx_xml import (
    attribute,
    check_links,
    document_of,
    find,
    headings,
    parts,
    sample,
    words,
    xml,
)
from tests.publications.renderers.sample import sample_document
from tests.thorough import examples

#: Characters that XML forbids, or that have a meaning in it or in Word's fields.
NASTY = "a\x00\x0b\x1f\ud800\ufffe<w:t>&amp;\"'{ PAGE }\\\r\n\tb\u202e"


# -- links and bookmarks ------------------------------------------------------------------------


def test_links_and_bookmarks_are_whole() -> None:
    check_links(sample())


def test_every_section_has_a_bookmark() -> None:
    names = {attribute(start, "w:name") for start in find(xml(sample()), ".//w:bookmarkStart")}
    for _depth, section in sample_document().walk():
        assert f"section_{section.id.replace('-', '_')}"[:34] in names


def test_figures_lead_to_their_provenance_and_back() -> None:
    provenance = Provenance("total actions", "Actions", "30", "Somme.", (("Dijon", "30", "note"),))
    figure = Figure("30 actions", "total actions")
    body = xml(render(document_of(Paragraph((figure,)), Paragraph((figure,)), provenances=(provenance,))))
    links = {words(link): attribute(link, "w:anchor") for link in find(body, ".//w:hyperlink")}
    assert links["30 actions"] == "source_total_actions"
    assert links["30"] == "chiffre_total_actions"
    (table,) = find(body, "w:body/w:tbl")
    assert "Dijon\u00a0: 30 (note)" in words(table)
    marks = [attribute(start, "w:name") for start in find(table, ".//w:bookmarkStart")]
    assert marks == ["source_total_actions"]


def test_a_provenance_of_many_rows_has_its_own_table() -> None:
    rows = tuple((f"Académie {rank}", str(rank), "") for rank in range(5))
    provenance = Provenance("p", "Total", "10", "Somme.", rows)
    content = render(document_of(Paragraph((Figure("10", "p"),)), provenances=(provenance,)))
    summary, detail = find(xml(content), "w:body/w:tbl")
    assert "Détail : 5 lignes" in words(summary)
    assert len(find(detail, "w:tr")) == 6
    check_links(content)


def test_links_that_lead_nowhere_are_words() -> None:
    line = (
        Ref("renvoi perdu", "nulle-part"),
        Figure("12", "inconnue"),
        Link("piège", "javascript:alert(1)"),
        Link("fichier", "file:///etc/passwd"),
        Link("sans hôte", "http:///x"),
        Link("cassé", "http://[::1"),
        Link("port", "http://x.fr:99999999/"),
        Link("trop long", "https://x.fr/" + "a" * 3000),
    )
    content = render(document_of(Paragraph(line)))
    body = xml(content)
    targets = {words(link) for link in find(body, ".//w:hyperlink")}
    assert not targets & {part.text for part in line}
    assert all(part.text in words(body) for part in line)
    check_links(content)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&c=2#d"),
        ("HTTP://Example.org:8080", "http://example.org:8080"),
        ("https://example.org/é à", "https://example.org/%C3%A9%20%C3%A0"),
        ("https://example.org/%C3%A9", "https://example.org/%C3%A9"),
        ('https://example.org/"><x>', "https://example.org/%22%3E%3Cx%3E"),
        ("https://académie.fr/", "https://xn--acadmie-eya.fr/"),
        ("https://user:pass@example.org/", "https://example.org/"),
        ("mailto:a@example.org", ""),
        ("https://exa mple.org/", ""),
        ("", ""),
    ],
)
def test_safe_url(url: str, expected: str) -> None:
    assert safe_url(url) == expected


@given(st.text() | st.text().map("https://example.org/".__add__) | st.text().map("http://".__add__))
def test_safe_url_is_ascii_or_nothing_and_stable(url: str) -> None:
    safe = safe_url(url)
    assert safe.isascii()
    assert safe_url(safe) == safe


def test_bookmark_names_that_look_alike_differ() -> None:
    names = Names()
    taken = [names.take("section", text) for text in ("Été", "ete", "", "", "x" * 90, "x" * 91)]
    assert len({name.casefold() for name in taken}) == len(taken)
    assert all(len(name) <= 40 for name in taken)


# -- whatever comes -----------------------------------------------------------------------------


def test_blocks_without_content() -> None:
    empty: tuple[Block, ...] = (
        Paragraph(()),
        Facts(()),
        LevelBoxes("", ()),
        KeyFigures(()),
        Timeline("", ()),
        Example("", "", ()),
        Callout("", ()),
        Table("", (), ()),
        BarChart("", "Rien à montrer.", ()),
        Calendar("", "", dt.date(2016, 1, 1), dt.date(2015, 1, 1), ()),
        TileMap("", "Aucune tuile.", (), ()),
    )
    content = render(document_of(*empty))
    assert docx.Document(io.BytesIO(content)).paragraphs
    assert headings(content) == [(1, "Une partie")]


def test_the_sample_uses_every_block() -> None:
    kinds = {type(block) for _depth, section in sample_document().walk() for block in section.blocks}
    assert kinds == set(get_args(Block))


def test_nasty_characters_break_nothing() -> None:
    blocks: tuple[Block, ...] = (
        Paragraph((Text(NASTY), Link(NASTY, f"https://example.org/{NASTY}"), Figure(NASTY, NASTY))),
        LevelBoxes(NASTY, ((NASTY, True),)),
        KeyFigures((KeyFigure(Figure(NASTY, NASTY), NASTY, NASTY),)),
        Example(NASTY, NASTY, (NASTY,), (Link(NASTY, NASTY),), NASTY, (NASTY,), NASTY, partners=(NASTY,)),
        BarChart(NASTY, NASTY, (Bar(NASTY, 1, NASTY), Bar(NASTY, None, NASTY))),
        TileMap(NASTY, NASTY, (Tile(NASTY, NASTY, 0, 0, 9, NASTY, NASTY),), (NASTY,)),
    )
    provenance = Provenance(NASTY, NASTY, NASTY, NASTY, ((NASTY, NASTY, NASTY),) * 5)
    document = Document(
        NASTY,
        NASTY,
        NASTY,
        NASTY,
        dt.date(2016, 9, 12),
        NASTY,
        (Section(NASTY, NASTY, blocks, summary=NASTY), Section(NASTY, NASTY)),
        (provenance,),
        site_url=NASTY,
    )
    content = render(document)
    for name, part in parts(content).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
    assert "<w:t>&amp;" in words(xml(content))
    check_links(content)
    openpyxl.load_workbook(
        io.BytesIO(next(part for name, part in parts(content).items() if name.endswith(".xlsx")))
    )


@settings(max_examples=examples(30))
@given(st.text(max_size=200))
def test_any_text_is_written(text: str) -> None:
    body = xml(render(document_of(Paragraph((Text(text, strong=True),)), provenances=())))
    kept = re.sub(r"[\x00-\x1f]", "", lisible(text))
    assert kept in words(body)

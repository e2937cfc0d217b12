"""What stands under and beside a drawing in every format: its source, the total row, values, years, links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from lxml import html as lxml_html

from accroche.publications.renderers import html, pdf
from tests.publications.renderers.docx_xml import sample, words, xml
from tests.publications.renderers.lecture_pdf import Reader, bare
from tests.publications.renderers.sample import sample_document


def in_pdf() -> str:
    with Reader(pdf.render(sample_document())) as read:
        return "".join(read.texts)


def in_html() -> str:
    page: Any = lxml_html.document_fromstring(html.render(sample_document(), render_to_string))
    return str(page.text_content())


def in_docx() -> str:
    return words(xml(sample()))


@pytest.mark.parametrize("read", [in_pdf, in_html, in_docx])
def test_every_format_prints_where_drawings_come_from_and_what_they_add_up_to(
    read: Callable[[], str],
) -> None:
    printed = bare(read())
    for told in (
        "Source : bilans transmis au bureau national.",  # large figures
        "Source : carte d’essai, trente académies.",  # map
        "Source : dates données par les académies.",  # calendar
        "Source : fiches des académies, édition d’essai.",  # table
        "Source : pages des académies, relevées en juin 2016.",  # bars
        "Ensembleau moins 1296",  # the total row
        "Une autre liste recommence à un.",
        "DIJ19",  # a value on its tile
        "Rapport remis en septembre 2016",  # the line of the cover
    ):
        assert bare(told) in printed, told
    assert "2015" in printed.split(bare("Dates des semaines académiques"))[-1]


def test_a_reference_leads_to_an_example() -> None:
    with Reader(pdf.render(sample_document())) as read:
        cited = next(n for n, text in enumerate(read.texts) if "Commencer par" in text)
        assert read.targets(cited) & {n for n, text in enumerate(read.texts) if "MATLAN" in text}
    page: Any = lxml_html.document_fromstring(html.render(sample_document(), render_to_string))
    (link,) = page.xpath("//a[text()='Matlan']/@href")
    assert "MATLAN" in page.get_element_by_id(link.removeprefix("#")).text_content()

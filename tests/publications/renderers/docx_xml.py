"""Reading Word files in tests: parts, elements, words; links checked as a whole."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from accroche.publications.outline import (
    Block,
    Document,
    Provenance,
    Section,
    SectionKind,
)
from accroche.publications.renderers.docx import render
from tests.publications.renderers.sample import sample_document

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}


@cache
def sample() -> bytes:
    return render(sample_document())


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml(content: bytes, name: str = "word/document.xml") -> Element:
    return etree.fromstring(parts(content)[name])


def find(element: Element, path: str) -> list[Element]:
    return element.findall(path, NS)


def attribute(element: Element, name: str) -> str:
    prefix, local = name.split(":")
    return element.get(f"{{{NS[prefix]}}}{local}", "")


def words(element: Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{{{W}}}t"))


def style_of(paragraph: Element) -> str:
    return next((attribute(found, "w:val") for found in find(paragraph, "w:pPr/w:pStyle")), "")


def outline_level(style: str) -> int:
    """The level of a heading by its style, zero for what is none: sheets and examples have their own."""
    found = re.fullmatch(r"(?:Heading|FicheTitre|CarteTitre)(\d)", style)
    return int(found[1]) if found else 0


def headings(content: bytes) -> list[tuple[int, str]]:
    return [
        (level, words(paragraph))
        for paragraph in find(xml(content), ".//w:p")
        if (level := outline_level(style_of(paragraph)))
    ]


def document_of(*blocks: Block, provenances: tuple[Provenance, ...] = (), **changes: object) -> Document:
    section = Section("partie", "Une partie", blocks, kind=SectionKind.CHAPTER)
    document = dataclasses.replace(sample_document(), sections=(section,), provenances=provenances, data=())
    return dataclasses.replace(document, **changes)  # type: ignore[arg-type]


def check_links(content: bytes) -> None:
    body = xml(content)
    starts, ends = find(body, ".//w:bookmarkStart"), find(body, ".//w:bookmarkEnd")
    names = [attribute(start, "w:name") for start in starts]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in names)
    numbers = [attribute(start, "w:id") for start in starts]
    assert len(set(numbers)) == len(numbers)
    assert sorted(numbers) == sorted(attribute(end, "w:id") for end in ends)
    relations = {
        relation.get("Id") for relation in etree.fromstring(parts(content)["word/_rels/document.xml.rels"])
    }
    for link in find(body, ".//w:hyperlink"):
        anchor, relation = attribute(link, "w:anchor"), attribute(link, "r:id")
        assert words(link).strip()
        assert anchor in names if anchor else relation in relations

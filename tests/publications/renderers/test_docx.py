from __future__ import annotations

import dataclasses
import datetime as dt
import io
import os
import re
import zipfile
from itertools import pairwise
from urllib.parse import urlsplit

import docx
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from lxml import etree

from accroche.publications.outline import (
    Example,
    Section,
    SectionKind,
)
from accroche.publications.renderers.docx import identity, render
from accroche.publications.renderers.docx.identity import (
    ACCENT,
    DARK_STEP,
    DEEP,
    FONT,
    INK,
    LIGHT,
    PAPER,
    QUIET,
    SHADES,
    STEPS,
    TEXT_WIDTH,
    WASH,
)
from accroche.publications.renderers.docx.inline import safe_url
from accroche.publications.renderers.docx.package import KEYWORDS
from accroche.publications.renderers.docx.styles import STYLES
from tests.integrations.typst.test_theme import THEME as TYPST_THEME
from tests.publications.renderers.docx_xml import (
    W,
    attribute,
    document_of,
    find,
    headings,
    parts,
    sample,
    words,
    xml,
)
from tests.publications.renderers.processes import outputs
from tests.publications.renderers.sample import HOSTILE, sample_document

# -- the package --------------------------------------------------------------------------------


def test_python_docx_opens_it() -> None:
    opened = docx.Document(io.BytesIO(sample()))
    texts = [paragraph.text for paragraph in opened.paragraphs]
    assert sample_document().title in texts
    assert any(HOSTILE in text for text in texts)


def test_core_properties() -> None:
    document = sample_document()
    properties = docx.Document(io.BytesIO(sample())).core_properties
    assert properties.title == document.title
    assert properties.subject == document.subtitle
    assert properties.author == properties.last_modified_by == document.organisation
    assert properties.keywords == ", ".join((*KEYWORDS, *document.keywords))
    assert properties.language == "fr-FR"
    assert properties.version == document.version
    settled = dt.datetime.combine(document.date, dt.time(), tzinfo=dt.UTC)
    assert properties.created == properties.modified == settled


def test_nothing_is_left_of_the_library_template() -> None:
    names = parts(sample())
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "Effects" in name]
    assert b"Macintosh" not in b"".join(names.values())
    assert b"python-docx" not in b"".join(names.values())


def test_every_relationship_leads_to_a_part_or_the_web() -> None:
    content = parts(sample())
    for name in [name for name in content if name.endswith(".rels")]:
        folder = name.replace("_rels/", "").rpartition("/")[0]
        for relation in etree.fromstring(content[name]):
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External":
                assert urlsplit(target).scheme in {"http", "https"}
                assert safe_url(target) == target
            else:
                path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                assert os.path.normpath(path) in content


def test_a_title_longer_than_properties_allow() -> None:
    content = render(document_of(title="é" * 400))
    assert len(docx.Document(io.BytesIO(content)).core_properties.title) == 255


# -- language, styles, settings -----------------------------------------------------------------


def test_language_is_french_everywhere() -> None:
    languages = find(xml(sample(), "word/styles.xml"), ".//w:lang")
    assert {attribute(found, "w:val") for found in languages} == {"fr-FR"}
    settings = xml(sample(), "word/settings.xml")
    assert attribute(find(settings, "w:themeFontLang")[0], "w:val") == "fr-FR"
    assert attribute(find(settings, "w:decimalSymbol")[0], "w:val") == ","


def test_the_contents_fill_themselves_when_the_file_is_opened() -> None:
    assert attribute(find(xml(sample(), "word/settings.xml"), "w:updateFields")[0], "w:val") == "true"


def test_every_style_used_exists() -> None:
    defined = {attribute(style, "w:styleId") for style in find(xml(sample(), "word/styles.xml"), "w:style")}
    body = xml(sample())
    used = {
        attribute(found, "w:val")
        for name in ("pStyle", "rStyle", "tblStyle")
        for found in find(body, f".//w:{name}")
    }
    assert used <= defined
    assert {"Heading1", "Heading2", "Heading3", "Title", "Subtitle", "ListBullet", "Caption"} <= used
    assert {"Chapeau", "Note", "Encadre", "TableauAccroche"} <= used
    names = {attribute(name, "w:val") for name in find(xml(sample(), "word/styles.xml"), "w:style/w:name")}
    assert {"Chapeau", "Note", "Encadré", "Tableau Accroche"} <= names


def test_formatting_is_in_styles_only() -> None:
    body = xml(sample())
    assert {child.tag for found in find(body, ".//w:rPr") for child in found} == {f"{{{W}}}rStyle"}
    # only a paragraph can say that its list begins again from one
    allowed = {f"{{{W}}}{name}" for name in ("pStyle", "pageBreakBefore", "numPr")}
    assert {child.tag for found in find(body, ".//w:pPr") for child in found} == allowed


def test_the_letters_travel_in_the_file() -> None:
    assert {style.look.font for style in STYLES} - {""} == {FONT, LIGHT, "Segoe UI Symbol"}
    defaults = find(xml(sample(), "word/styles.xml"), "w:docDefaults//w:rFonts")[0]
    assert attribute(defaults, "w:ascii") == FONT
    content = parts(sample())
    table = etree.fromstring(content["word/fontTable.xml"])
    names = {attribute(font, "w:name") for font in find(table, "w:font")}
    assert names == {FONT, LIGHT, "Segoe UI Symbol"}
    relations = {
        one.get("Id"): one.get("Target") for one in etree.fromstring(content["word/_rels/fontTable.xml.rels"])
    }
    for face, path in zip(find(table, "w:font/*[@r:id]"), identity.FACES, strict=True):
        turned = content[f"word/{relations[attribute(face, 'r:id')]}"]
        key = bytes.fromhex(attribute(face, "w:fontKey").strip("{}").replace("-", ""))[::-1]
        start = bytes(byte ^ key[rank % 16] for rank, byte in enumerate(turned[:32]))
        assert start + turned[32:] == path.path.read_bytes()
        font = TTFont(io.BytesIO(start + turned[32:]))
        assert font["name"].getDebugName(1) == path.family
        assert {ord(c) for c in "àéœŒ«»’–…\u00a0\u202f☐☑→"} <= set(font.getBestCmap())


def test_the_colours_are_those_of_the_pdf() -> None:
    colours = {found.upper() for found in re.findall(r"#(\w{6})", TYPST_THEME)}
    assert {ACCENT, DEEP, INK, QUIET, WASH, identity.RULE} <= colours
    assert {*STEPS, *SHADES} <= colours


def luminance(color: str) -> float:
    channels = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *((color, PAPER) for color in (INK, ACCENT, QUIET)),
        *((color, WASH) for color in (INK, ACCENT, QUIET)),
        *((INK, color) for color in STEPS[:DARK_STEP]),
        *((PAPER, color) for color in (*STEPS[DARK_STEP:], DEEP, ACCENT, *SHADES)),
    ],
)
def test_contrast(text: str, ground: str) -> None:
    light, dark = sorted((luminance(text), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


# -- structure ----------------------------------------------------------------------------------


def test_headings_follow_each_other_and_say_something() -> None:
    found = headings(sample())
    assert found[0][0] == 1
    assert all(title.strip() for _level, title in found)
    assert all(after - before <= 1 for (before, _), (after, _) in pairwise(found))
    titles = {section.title for _depth, section in sample_document().walk()}
    assert titles <= {title for _level, title in found}


def test_sections_without_a_title_leave_neither_heading_nor_gap() -> None:
    inner = Section("dedans", "Dedans", (Example("Exemple", "", ("Récit.",)),))
    document = dataclasses.replace(
        document_of(), sections=(Section("vide", " ", (), (inner,)), Section("fin", "Fin"))
    )
    assert headings(render(document)) == [(1, "Dedans"), (2, "Exemple"), (1, "Fin")]


def test_very_deep_sections_stay_headings() -> None:
    section = Section("fond", "Fond")
    for depth in range(9):
        section = Section(f"s{depth}", f"Niveau {depth}", (), (section,))
    found = headings(render(dataclasses.replace(document_of(), sections=(section,))))
    assert [level for level, _title in found] == [1, 2, 3, 4, 5, 6, 6, 6, 6, 6]


def test_chapters_sheets_and_annexes_start_a_page() -> None:
    starts = {
        words(paragraph)
        for paragraph in find(xml(sample()), ".//w:p")
        if find(paragraph, "w:pPr/w:pageBreakBefore")
    }
    own = {
        section.title for _depth, section in sample_document().walk() if section.kind is not SectionKind.PLAIN
    }
    assert starts == {*own, "Sommaire", "Provenance des chiffres"}


def test_no_title_stands_alone_before_a_sheet() -> None:
    sheets = tuple(Section(name, name, kind=SectionKind.SHEET) for name in ("Un", "Deux"))
    chapter = Section("c", "Chapitre", (), sheets, kind=SectionKind.CHAPTER)
    body = xml(render(dataclasses.replace(document_of(), sections=(chapter,))))
    breaks = [words(p) for p in find(body, ".//w:p") if find(p, "w:pPr/w:pageBreakBefore")]
    assert "Un" not in breaks
    assert "Deux" in breaks


def test_page_is_a4_with_header_and_footer_after_the_cover() -> None:
    section = docx.Document(io.BytesIO(sample())).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    width = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    assert round(width / 635) == TEXT_WIDTH
    assert section.different_first_page_header_footer
    content = parts(sample())
    header = next(content[name] for name in content if "header" in name)
    footer = next(content[name] for name in content if "footer" in name)
    assert b"STYLEREF &quot;Titre courant&quot;" in header
    assert b" PAGE " in footer
    assert b" NUMPAGES " in footer


def test_table_of_contents_is_a_field_filled_beforehand() -> None:
    (sdt,) = [found for found in find(xml(sample()), "w:body/w:sdt") if find(found, "w:sdtPr/w:docPartObj")]
    (instruction,) = [found.text or "" for found in find(sdt, ".//w:instrText")]
    assert instruction.split()[:3] == ["TOC", "\\o", '"1-2"']
    kinds = [attribute(found, "w:fldCharType") for found in find(sdt, ".//w:fldChar")]
    assert kinds == ["begin", "separate", "end"]
    entries = [words(paragraph) for paragraph in find(sdt, "w:sdtContent/w:p")]
    expected = [title for level, title in headings(sample()) if level <= 2]
    assert entries == ["Sommaire", *expected]


def test_a_document_without_sections_has_no_table_of_contents() -> None:
    content = render(dataclasses.replace(document_of(), sections=(), provenances=()))
    assert not find(xml(content), ".//w:sdt")
    assert docx.Document(io.BytesIO(content)).paragraphs


def test_same_document_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib\n"
        "from tests.publications.renderers.sample import sample_document\n"
        "from accroche.publications.renderers.docx import render\n"
        "print(hashlib.sha256(render(sample_document())).hexdigest())\n"
    )
    assert len(outputs(code)) == 1


def test_zip_entries_carry_the_date_of_the_document() -> None:
    day = sample_document().date
    with zipfile.ZipFile(io.BytesIO(sample())) as archive:
        dates = {entry.date_time for entry in archive.infolist()}
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert dates == {(day.year, day.month, day.day, 0, 0, 0)}

"""The package around the text: parts, properties, settings, and a zip that is the same every time."""

from __future__ import annotations

import datetime as dt
import io
import uuid
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Final

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

from accroche.publications.renderers.docx.cover import above_title
from accroche.publications.renderers.docx.identity import (
    ACCENT,
    DEEP,
    FACES,
    FONT,
    LIGHT,
    PAGE,
    SIDE,
    STEPS,
    SYMBOLS,
    TWINS,
    WASH,
)
from accroche.publications.renderers.docx.styles import styles_xml
from accroche.publications.renderers.docx.xml import NAMESPACES, clean, el, paragraph, qualified

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document as Word

    from accroche.publications.outline import Document
    from accroche.publications.renderers.docx.xml import Xml

#: What a library search finds this document by, whatever its kind.
KEYWORDS: Final = ("persévérance scolaire", "décrochage scolaire", "Éducation nationale")

# Core properties may hold no more.
_PROPERTY: Final = 255
# Kinds of lists.
_BULLETS: Final = 0
_NUMBERS: Final = 1
# A zip cannot be older.
_OLDEST: Final = dt.date(1980, 1, 1)
_A4: Final = {"w:w": PAGE[0], "w:h": PAGE[1]}
_MARGINS: Final = {
    "w:top": 1361,
    "w:right": SIDE,
    "w:bottom": 1247,
    "w:left": SIDE,
    "w:header": 624,
    "w:footer": 567,
    "w:gutter": 0,
}
_FONT_TYPE: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
#: How many bytes of a font are turned.
_OBFUSCATED: Final = 32
# Of the library's default template: a picture of an empty page, data of a Macintosh, old styles.
_LEFTOVERS: Final = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


def new_word(document: Document) -> Word:
    """Return an empty Word document with our styles, settings, page and properties."""
    word = docx.Document()
    theme = word.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    if word.part.package is None:  # pragma: no cover - the library says so of parts not yet in a file
        raise RuntimeError("A document without a package")
    for relationships in (word.part.package.rels, word.part.rels):
        for key in [key for key, found in relationships.items() if found.reltype in _LEFTOVERS]:
            del relationships[key]
    _refill(word.styles.element, styles_xml(document.language, above_title(document)))
    _refill(word.settings.element, _settings(document.language))
    _refill(word.part.numbering_part.element, _numbering())
    add_part(word, "/word/theme/theme1.xml", CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, _theme(theme))
    _add_fonts(word)
    properties = Part(
        PackURI("/docProps/app.xml"),
        CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
        _extended_properties(document),
        word.part.package,
    )
    word.part.package.relate_to(properties, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    _core_properties(word, document)
    _refill(word.element.body.sectPr, [*_page(1), el("w:titlePg")])
    return word


def _page(columns: int) -> list[Xml]:
    each: dict[str, str | int] = {"w:num": columns} if columns > 1 else {}
    return [
        el("w:type", {"w:val": "continuous"}),
        el("w:pgSz", {**_A4}),
        el("w:pgMar", {**_MARGINS}),
        el("w:cols", {**each, "w:space": 567}),
    ]


def section_break(columns: int) -> Xml:
    """Return the paragraph that ends a stretch of text in so many columns; the next begins under it."""
    return paragraph("Intervalle", (), el("w:sectPr", None, *_page(columns)))


def first_section(word: Word) -> None:
    """Give running titles and a first page without them to the first stretch: the others have its own."""
    last = word.element.body.sectPr
    first = next(word.element.body.iter(qualified("w:sectPr")))
    if first is last:
        return
    references = [child for child in last if child.tag.endswith("Reference")]
    for rank, reference in enumerate(references):
        first.insert(rank, reference)
    title = last.find(qualified("w:titlePg"))
    if title is not None:
        first.append(title)


def add_part(word: Word, name: str, content_type: str, relationship: str, content: bytes) -> tuple[Part, str]:
    """Add a part to the main document; return it and the id of its relationship."""
    part = Part(PackURI(name), content_type, content, word.part.package)
    return part, word.part.relate_to(part, relationship)


def to_bytes(word: Word, date: dt.date) -> bytes:
    """Write the package; every entry is dated ``date``, so that equal content gives equal bytes."""
    written = io.BytesIO()
    word.save(written)
    out = io.BytesIO()
    day = max(date, _OLDEST)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Otherwise the entry tells the operating system it was made on.
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return out.getvalue()


def _refill(element: Xml, children: list[Xml]) -> None:
    """Replace the content of ``element``; its own declarations of namespaces stay."""
    for child in list(element):
        element.remove(child)
    element.extend(children)


def _core_properties(word: Word, document: Document) -> None:
    properties = word.core_properties
    moment = dt.datetime.combine(document.date, dt.time(), tzinfo=dt.UTC)
    properties.title = clean(document.title)[:_PROPERTY]
    properties.subject = clean(document.subtitle)[:_PROPERTY]
    properties.author = clean(document.organisation)[:_PROPERTY]
    properties.last_modified_by = clean(document.organisation)[:_PROPERTY]
    properties.comments = clean(document.abstract)[:_PROPERTY]
    properties.version = clean(document.version)[:_PROPERTY]
    properties.keywords = ", ".join((*KEYWORDS, *map(clean, document.keywords)))
    properties.language = document.language
    properties.revision = 1
    properties.created = moment
    properties.modified = moment


def _settings(language: str) -> list[Xml]:
    compatibility = el(
        "w:compatSetting",
        {
            "w:name": "compatibilityMode",
            "w:uri": "http://schemas.microsoft.com/office/word",
            "w:val": 15,
        },
    )
    return [
        el("w:zoom", {"w:percent": 100}),
        el("w:embedTrueTypeFonts"),
        el("w:defaultTabStop", {"w:val": 567}),
        el("w:characterSpacingControl", {"w:val": "doNotCompress"}),
        # the contents know their pages: Word asks, once, then fills them
        el("w:updateFields", {"w:val": "true"}),
        el("w:compat", None, compatibility),
        el("w:themeFontLang", {"w:val": language}),
        el("w:decimalSymbol", {"w:val": ","}),
        el("w:listSeparator", {"w:val": ";"}),
    ]


def _numbering() -> list[Xml]:
    return [
        _kind_of_list(_BULLETS, "bullet", "ListBullet", "•", {"w:left": 340, "w:hanging": 227}),
        _kind_of_list(_NUMBERS, "decimal", "ListNumber", "%1.", {"w:left": 397, "w:hanging": 397}),
        el("w:num", {"w:numId": 1}, el("w:abstractNumId", {"w:val": _BULLETS})),
    ]


def _kind_of_list(number: int, form: str, style: str, sign: str, indent: dict[str, str | int]) -> Xml:
    level = el(
        "w:lvl",
        {"w:ilvl": 0},
        el("w:start", {"w:val": 1}),
        el("w:numFmt", {"w:val": form}),
        el("w:pStyle", {"w:val": style}),
        el("w:lvlText", {"w:val": sign}),
        el("w:lvlJc", {"w:val": "left"}),
        el("w:pPr", None, el("w:ind", indent)),
        el("w:rPr", None, el("w:color", {"w:val": ACCENT})),
    )
    kind = el("w:multiLevelType", {"w:val": "singleLevel"})
    return el("w:abstractNum", {"w:abstractNumId": number}, kind, level)


def new_list(word: Word) -> int:
    """Add a numbered list, which starts from one, and return its number."""
    lists = word.part.numbering_part.element
    number = 1 + len(lists.findall(qualified("w:num")))
    override = el("w:lvlOverride", {"w:ilvl": 0}, el("w:startOverride", {"w:val": 1}))
    lists.append(el("w:num", {"w:numId": number}, el("w:abstractNumId", {"w:val": _NUMBERS}), override))
    return number


def _add_fonts(word: Word) -> None:
    """Add the table of fonts, and the faces that travel in the file."""
    keys = {face: uuid.uuid5(uuid.NAMESPACE_URL, f"accroche:{face.path.name}") for face in FACES}
    fonts = [
        el(
            "w:font",
            {"w:name": name},
            el("w:altName", {"w:val": twin}),
            el("w:charset", {"w:val": "00"}),
            el("w:family", {"w:val": "swiss"}),
            el("w:pitch", {"w:val": "variable"}),
            *(
                el(face.element, {"r:id": f"rId{rank}", "w:fontKey": f"{{{str(key).upper()}}}"})
                for rank, (face, key) in enumerate(keys.items(), start=1)
                if face.family == name
            ),
        )
        for name, twin in (*TWINS.items(), (SYMBOLS, "DejaVu Sans"))
    ]
    written = etree.tostring(
        el("w:fonts", None, *fonts), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    kind, relation = CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE
    table, _ = add_part(word, "/word/fontTable.xml", kind, relation, written)
    # in the order of their numbers above
    for face, key in keys.items():
        name = PackURI(f"/word/fonts/{face.path.stem}.odttf")
        content = _obfuscated(face.path, key.bytes[::-1])
        table.relate_to(Part(name, _FONT_TYPE, content, word.part.package), _FONT_RELATION)


@cache
def _obfuscated(path: Path, key: bytes) -> bytes:
    """Return a font as the format keeps it: its first bytes turned by its key."""
    content = path.read_bytes()
    turned = bytes(byte ^ key[rank % len(key)] for rank, byte in enumerate(content[:_OBFUSCATED]))
    return turned + content[_OBFUSCATED:]


def _theme(template: bytes) -> bytes:
    """Return the theme with our font and colours, for what people add to the document."""
    theme = parse_xml(template)
    names = {"a": NAMESPACES["a"]}
    for face in theme.findall(".//a:majorFont/a:latin", names) + theme.findall(
        ".//a:minorFont/a:latin", names
    ):
        face.set("typeface", FONT)
    for face in theme.findall(".//a:majorFont/a:latin", names):
        face.set("typeface", LIGHT)
    palette = {
        "dk2": DEEP,
        "lt2": WASH,
        "accent1": ACCENT,
        "accent2": STEPS[2],
        "accent3": STEPS[1],
        "accent4": "8A5A00",
        "accent5": "2F6B4F",
        "accent6": "8C2F39",
    }
    for name, value in palette.items():
        slot = theme.find(f".//a:clrScheme/a:{name}", names)
        if slot is not None:
            _refill(slot, [el("a:srgbClr")])
            slot[0].set("val", value)
    return etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _extended_properties(document: Document) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    root = etree.fromstring(f'<Properties xmlns="{space}"/>')
    for name, value in (("Company", clean(document.organisation)), ("Application", "Accroche")):
        etree.SubElement(root, f"{{{space}}}{name}").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

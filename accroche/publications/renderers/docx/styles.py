"""The named styles of our documents: all formatting lives here, none in the text.

Names of built-in styles are those Word keeps in the file in every language (« heading 1 » shows as
« Titre 1 »); our own are French. Sizes are in half-points, distances in twentieths of a point.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from accroche.publications.renderers.docx.xml import Xml, el, qualified

#: On every office machine, or replaced there by a twin of the same widths (Liberation Sans).
FONT: Final = "Arial"
SYMBOLS: Final = "Segoe UI Symbol"

NAVY: Final = "22387A"
INK: Final = "1F2430"
GREY: Final = "565C6B"
RULE: Final = "C6CEE2"
PALE: Final = "EDF1FA"
LINK: Final = "1D4FA3"
#: Classes of the tile map, from « not available » up; the first is grey.
SCALE: Final = ("E7E7EA", "E2E9F8", "BFCFEF", "8FA9DE", "4766B0", "22387A")

#: Text width of an A4 page between our margins, in twentieths of a point.
TEXT_WIDTH: Final = 9638

TOC_LEVELS: Final = 3
HEADING_LEVELS: Final = 6


@dataclass(frozen=True, slots=True)
class Look:
    """How a style looks; zero or empty means: as the style it is based on."""

    size: int = 0
    color: str = ""
    bold: bool | None = None
    italic: bool = False
    caps: bool = False
    underline: str = ""
    font: str = ""
    before: int | None = None
    after: int | None = None
    line: int = 0
    left: int = 0
    hanging: int = 0
    align: str = ""
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    shade: str = ""
    borders: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    tabs: tuple[tuple[str, int, str], ...] = ()
    bullet: bool = False


def _run_properties(look: Look) -> Xml | None:
    parts: list[Xml] = []
    if look.font:
        names = {f"w:{script}": look.font for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        parts.append(el("w:rFonts", {**names}))
    if look.bold is not None:
        value: dict[str, str | int] = {} if look.bold else {"w:val": "0"}
        parts += [el("w:b", value), el("w:bCs", value)]
    if look.italic:
        parts += [el("w:i"), el("w:iCs")]
    if look.caps:
        parts.append(el("w:caps"))
    if look.color:
        parts.append(el("w:color", {"w:val": look.color}))
    if look.size:
        parts += [el("w:sz", {"w:val": look.size}), el("w:szCs", {"w:val": look.size})]
    if look.underline:
        parts.append(el("w:u", {"w:val": look.underline}))
    return el("w:rPr", None, *parts) if parts else None


def _borders(name: str, borders: dict[str, tuple[int, str, int]]) -> Xml:
    return el(
        name,
        None,
        *(
            el(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": space, "w:color": color})
            for side, (size, color, space) in borders.items()
        ),
    )


def _paragraph_properties(look: Look) -> Xml | None:
    """Return the properties in the order that the schema asks for."""
    flags = {"w:keepNext": look.keep_next, "w:keepLines": look.keep_lines}
    parts = [el(name) for name, on in flags.items() if on]
    if look.bullet:
        parts.append(el("w:numPr", None, el("w:numId", {"w:val": 1})))
    if look.borders:
        parts.append(_borders("w:pBdr", look.borders))
    if look.shade:
        parts.append(el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": look.shade}))
    if look.tabs:
        stops = (
            el("w:tab", {"w:val": kind, "w:leader": leader, "w:pos": at}) for kind, at, leader in look.tabs
        )
        parts.append(el("w:tabs", None, *stops))
    parts += [el(name, values) for name, values in _distances(look).items() if values]
    if look.align:
        parts.append(el("w:jc", {"w:val": look.align}))
    if look.outline is not None:
        parts.append(el("w:outlineLvl", {"w:val": look.outline}))
    return el("w:pPr", None, *parts) if parts else None


def _distances(look: Look) -> dict[str, dict[str, str | int]]:
    spacing: dict[str, str | int] = {}
    if look.before is not None:
        spacing["w:before"] = look.before
    if look.after is not None:
        spacing["w:after"] = look.after
    if look.line:
        spacing |= {"w:line": look.line, "w:lineRule": "auto"}
    indent: dict[str, str | int] = {}
    if look.left:
        indent["w:left"] = look.left
        if look.borders:
            # A frame is inset on both sides alike.
            indent["w:right"] = look.left
    if look.hanging:
        indent["w:hanging"] = look.hanging
    return {"w:spacing": spacing, "w:ind": indent}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph or character style; ``key`` is how paragraphs name it."""

    key: str
    name: str
    look: Look
    based: str = "Normal"
    after: str = "Normal"
    kind: str = "paragraph"

    def xml(self) -> Xml:
        """Return the style's element."""
        own = not self.name.islower() and self.name not in _BUILT_IN
        attributes: dict[str, str | int] = {"w:type": self.kind, "w:styleId": self.key}
        if own:
            attributes["w:customStyle"] = 1
        paragraph = self.kind == "paragraph"
        return el(
            "w:style",
            attributes,
            el("w:name", {"w:val": self.name}),
            el("w:basedOn", {"w:val": self.based}) if self.based else None,
            el("w:next", {"w:val": self.after}) if paragraph and self.after else None,
            el("w:uiPriority", {"w:val": 1 if own else 9}),
            el("w:qFormat"),
            _paragraph_properties(self.look) if paragraph else None,
            _run_properties(self.look),
        )


_BUILT_IN: Final = frozenset(
    {"Normal", "Title", "Subtitle", "List Bullet", "TOC Heading", "Strong", "Hyperlink"}
)

_FRAME: Final = dict.fromkeys(("top", "left", "bottom", "right"), (6, RULE, 8)) | {"left": (36, NAVY, 8)}


def _headings() -> tuple[Style, ...]:
    sizes = ((44, 240, 40), (32, 400, 20), (25, 320, 0), (22, 260, 0), (20, 220, 0), (20, 200, 0))
    return tuple(
        Style(
            f"Heading{level}",
            f"heading {level}",
            Look(
                color=NAVY,
                bold=True,
                keep_next=True,
                keep_lines=True,
                size=size,
                before=before,
                after=after,
                outline=level - 1,
                italic=level == HEADING_LEVELS,
            ),
        )
        for level, (size, before, after) in enumerate(sizes, start=1)
    )


_RIGHT: Final = (("right", TEXT_WIDTH, "none"),)

# Space comes before a paragraph, not after: a table has none of its own, and what follows it needs some.
STYLES: Final = (
    Style("Normal", "Normal", Look(before=120, after=0, line=274), based="", after=""),
    *_headings(),
    Style("Title", "Title", Look(size=72, color=NAVY, bold=True, before=2600, line=240, keep_next=True)),
    Style("Subtitle", "Subtitle", Look(size=34, color=GREY, before=200, line=252)),
    Style("Organisation", "Organisation", Look(size=21, color=INK, bold=True, before=0)),
    Style("Version", "Version", Look(size=19, color=GREY, before=140)),
    Style("Chapeau", "Chapeau", Look(size=23, color=NAVY, before=160, line=288)),
    Style(
        "Resume",
        "Chapeau de couverture",
        Look(size=23, before=500, line=300, borders={"top": (18, NAVY, 16)}),
    ),
    Style("SousTitre", "Sous-titre de section", Look(size=23, color=GREY, before=40, keep_next=True)),
    Style("Note", "Note", Look(size=17, color=GREY, before=80, line=252)),
    Style(
        "TitreEncadre",
        "Titre d’encadré",
        Look(
            size=21, color=NAVY, bold=True, before=240, left=200, shade=PALE, borders=_FRAME, keep_next=True
        ),
        after="Encadre",
    ),
    Style("Encadre", "Encadré", Look(before=0, left=200, shade=PALE, borders=_FRAME, keep_lines=True)),
    Style(
        "ListBullet", "List Bullet", Look(before=70, left=340, hanging=227, bullet=True), after="ListBullet"
    ),
    Style("ListNumber", "List Number", Look(before=70, left=397, hanging=397), after="ListNumber"),
    Style("Caption", "caption", Look(size=19, color=NAVY, bold=True, before=280, after=90, keep_next=True)),
    Style("Figure", "Figure", Look(before=0, keep_lines=True)),
    Style(
        "Fait", "Fait", Look(before=80, left=2268, hanging=2268, tabs=(("left", 2268, "none"),)), after="Fait"
    ),
    Style("TitreCases", "Titre de cases à cocher", Look(bold=True, before=160, keep_next=True), after="Case"),
    Style("Case", "Case à cocher", Look(before=20, left=284, hanging=284, keep_lines=True), after="Case"),
    Style("Porteurs", "Porteurs", Look(color=GREY, before=20, keep_next=True)),
    Style("Distinction", "Distinction", Look(size=19, color=NAVY, bold=True, before=40, keep_next=True)),
    Style("MotsCles", "Mots clés", Look(size=17, color=GREY, before=60)),
    Style("TableauTexte", "Tableau texte", Look(size=18, before=0, line=252)),
    Style("TableauSuite", "Tableau suite", Look(before=50), based="TableauTexte"),
    Style("TableauNombre", "Tableau nombre", Look(align="right"), based="TableauTexte"),
    Style("TableauJour", "Tableau jour", Look(size=15, align="center"), based="TableauTexte"),
    Style("ChiffreCle", "Chiffre clé", Look(size=52, color=NAVY, bold=True, before=0, line=240)),
    Style("ChiffreCleLong", "Chiffre clé long", Look(size=30), based="ChiffreCle"),
    Style("ChiffreCleLibelle", "Chiffre clé libellé", Look(size=19, before=0, line=247)),
    Style("ChiffreCleDetail", "Chiffre clé détail", Look(size=17, color=GREY, before=0, line=247)),
    Style("Tuile", "Tuile", Look(size=16, color=INK, bold=True, align="center", before=0, line=228)),
    Style("TuileFoncee", "Tuile foncée", Look(color="FFFFFF"), based="Tuile"),
    Style("LegendeTexte", "Légende", Look(size=15, color=INK, align="center", before=0, line=228)),
    Style("LegendeFoncee", "Légende foncée", Look(color="FFFFFF"), based="LegendeTexte"),
    Style(
        "TOCHeading", "TOC Heading", Look(size=44, color=NAVY, bold=True, before=0, after=160, keep_next=True)
    ),
    Style("TOC1", "toc 1", Look(bold=True, before=140, tabs=(("right", TEXT_WIDTH, "dot"),))),
    Style("TOC2", "toc 2", Look(before=40, left=284, tabs=(("right", TEXT_WIDTH, "dot"),))),
    Style("TOC3", "toc 3", Look(before=20, left=567, tabs=(("right", TEXT_WIDTH, "dot"),))),
    Style(
        "Header", "header", Look(size=16, color=GREY, before=0, tabs=_RIGHT, borders={"bottom": (4, RULE, 4)})
    ),
    Style(
        "Footer", "footer", Look(size=16, color=GREY, before=0, tabs=_RIGHT, borders={"top": (4, RULE, 4)})
    ),
    Style("Strong", "Strong", Look(bold=True), based="", kind="character"),
    Style("Hyperlink", "Hyperlink", Look(color=LINK, underline="single"), based="", kind="character"),
    Style("Chiffre", "Chiffre sourcé", Look(underline="dotted"), based="", kind="character"),
    Style("TitreCourant", "Titre courant", Look(), based="", kind="character"),
    Style("Etiquette", "Étiquette", Look(color=GREY), based="", kind="character"),
    Style("LienTuile", "Lien de tuile", Look(underline="single"), based="", kind="character"),
    Style("Symbole", "Symbole", Look(font=SYMBOLS), based="", kind="character"),
)


def _middle() -> Xml:
    return el("w:tcPr", None, el("w:vAlign", {"w:val": "center"}))


def _table_style(key: str, name: str, properties: tuple[Xml, ...], *conditions: Xml) -> Xml:
    return el(
        "w:style",
        {"w:type": "table", "w:customStyle": 1, "w:styleId": key},
        el("w:name", {"w:val": name}),
        el("w:basedOn", {"w:val": "TableNormal"}),
        el("w:uiPriority", {"w:val": 1}),
        el("w:qFormat"),
        el("w:pPr", None, el("w:spacing", {"w:before": 0, "w:after": 0})),
        el("w:tblPr", None, *properties),
        *conditions,
    )


def _margins(vertical: int, horizontal: int) -> Xml:
    sides = (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal))
    return el("w:tblCellMar", None, *(el(f"w:{side}", {"w:w": w, "w:type": "dxa"}) for side, w in sides))


def _condition(kind: str, look: Look, borders: dict[str, tuple[int, str, int]] | None = None) -> Xml:
    cell: list[Xml] = []
    if borders:
        cell.append(_borders("w:tcBorders", borders))
    if look.shade:
        cell.append(el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": look.shade}))
    return el(
        "w:tblStylePr",
        {"w:type": kind},
        _run_properties(look),
        el("w:tcPr", None, *cell) if cell else None,
    )


def _head() -> Xml:
    return _condition("firstRow", Look(bold=True, color=NAVY, shade=PALE), {"bottom": (8, NAVY, 0)})


def _table_styles() -> tuple[Xml, ...]:
    normal = el(
        "w:style",
        {"w:type": "table", "w:default": 1, "w:styleId": "TableNormal"},
        el("w:name", {"w:val": "Normal Table"}),
        el("w:uiPriority", {"w:val": 99}),
        el("w:semiHidden"),
        el("w:unhideWhenUsed"),
        el("w:tblPr", None, el("w:tblInd", {"w:w": 0, "w:type": "dxa"}), _margins(0, 108)),
    )
    lines = {"top": (8, NAVY, 0), "bottom": (8, NAVY, 0), "insideH": (4, RULE, 0)}
    gaps = dict.fromkeys(("top", "left", "bottom", "right", "insideH", "insideV"), (24, "FFFFFF", 0))
    return (
        normal,
        _table_style(
            "TableauAccroche",
            "Tableau Accroche",
            (_borders("w:tblBorders", lines), _margins(50, 90)),
            _head(),
            _condition("firstCol", Look(bold=True)),
        ),
        _table_style(
            "TableauCalendrier",
            "Tableau calendrier",
            (
                _borders("w:tblBorders", lines | {"insideV": (4, RULE, 0)}),
                _margins(15, 30),
            ),
            _middle(),
            _head(),
            _condition("firstCol", Look(bold=True)),
        ),
        _table_style(
            "TableauChiffresCles",
            "Tableau chiffres clés",
            (
                _borders(
                    "w:tblBorders", {"top": (18, NAVY, 0), "bottom": (4, RULE, 0), "insideV": (4, RULE, 0)}
                ),
                _margins(40, 140),
            ),
            _condition("firstRow", Look(bold=True)),
        ),
        _table_style(
            "TableauCarte", "Tableau carte", (_borders("w:tblBorders", gaps), _margins(40, 20)), _middle()
        ),
    )


def styles_xml(language: str) -> list[Xml]:
    """Return the children of ``w:styles``: defaults in ``language``, then every style."""
    defaults = el(
        "w:docDefaults",
        None,
        el(
            "w:rPrDefault",
            None,
            el(
                "w:rPr",
                None,
                el("w:rFonts", {f"w:{script}": FONT for script in ("ascii", "hAnsi", "eastAsia", "cs")}),
                el("w:color", {"w:val": INK}),
                el("w:sz", {"w:val": 20}),
                el("w:szCs", {"w:val": 20}),
                el("w:lang", {"w:val": language, "w:eastAsia": language, "w:bidi": "ar-SA"}),
            ),
        ),
        el("w:pPrDefault", None, el("w:pPr", None, el("w:widowControl"))),
    )
    written = [style.xml() for style in STYLES]
    written[0].set(qualified("w:default"), "1")
    character = el(
        "w:style",
        {"w:type": "character", "w:default": 1, "w:styleId": "DefaultParagraphFont"},
        el("w:name", {"w:val": "Default Paragraph Font"}),
        el("w:uiPriority", {"w:val": 1}),
        el("w:semiHidden"),
    )
    return [defaults, *written, character, *_table_styles()]

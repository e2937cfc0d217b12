"""The named styles of our documents: all formatting lives here, none in the text.

Names of built-in styles are those Word keeps in the file in every language (« heading 1 » shows as
« Titre 1 »); our own are French. Sizes are in half-points, distances in twentieths of a point.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from accroche.publications.renderers.docx.identity import (
    ACCENT,
    DEEP,
    FONT,
    INK,
    LIGHT,
    PAPER,
    QUIET,
    RULE,
    SUBTITLE_SPACE,
    SYMBOLS,
    TEXT_WIDTH,
    WASH,
)
from accroche.publications.renderers.docx.looks import Look, paragraph_properties, run_properties
from accroche.publications.renderers.docx.table_styles import table_styles
from accroche.publications.renderers.docx.xml import Xml, el, qualified

TOC_LEVELS: Final = 3
HEADING_LEVELS: Final = 6
#: Headings this high are set in light letters, and so is the title of a sheet, whatever its level.
LIGHT_LEVELS: Final = 1


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
            paragraph_properties(self.look) if paragraph else None,
            run_properties(self.look),
        )


_BUILT_IN: Final = frozenset(
    {"Normal", "Title", "Subtitle", "List Bullet", "TOC Heading", "Strong", "Hyperlink"}
)

_BAR: Final = {"top": (4, WASH, 6), "left": (24, ACCENT, 10), "bottom": (4, WASH, 6)}
#: The line beside an example, the same on all its paragraphs, so that it is one.
_CARD: Final = {"left": (12, RULE, 10)}
#: How far an example, a callout stand from the text's edge, their bar included.
_INSET: Final = 227
#: Levels an example may have: it is never a chapter nor a sheet.
CARD_LEVELS: Final = range(2, HEADING_LEVELS + 1)


def _headings() -> tuple[Style, ...]:
    # a chapter opens a page, in light letters; what is inside is told apart by weight
    sizes = ((56, 0, 260), (27, 360, 60), (24, 320, 40), (22, 260, 0), (21, 220, 0), (20, 200, 0))
    return tuple(
        Style(
            f"Heading{level}",
            f"heading {level}",
            Look(
                color=ACCENT,
                bold=level > LIGHT_LEVELS,
                font=LIGHT if level <= LIGHT_LEVELS else "",
                keep_next=True,
                keep_lines=True,
                size=size,
                before=before,
                after=after,
                line=252,
                outline=level - 1,
            ),
        )
        for level, (size, before, after) in enumerate(sizes, start=1)
    )


def _sheets() -> tuple[Style, ...]:
    """Titles of sheets: headings as large as a chapter's."""
    look = Look(size=48, font=LIGHT, bold=False, before=0, after=40)
    return tuple(
        Style(f"FicheTitre{level}", f"Titre de fiche {level}", look, based=f"Heading{level}")
        for level in range(1, HEADING_LEVELS + 1)
    )


def _cards() -> tuple[Style, ...]:
    """Titles of examples: headings beside which the line of their card runs."""
    look = Look(color=INK, size=22, before=0, left=_INSET, borders=_CARD)
    return tuple(
        Style(f"CarteTitre{level}", f"Titre d’exemple {level}", look, based=f"Heading{level}", after="Carte")
        for level in CARD_LEVELS
    )


_RIGHT: Final = (("right", TEXT_WIDTH, "none"),)
_TOC: Final = (("right", TEXT_WIDTH, "dot"),)

# Space comes before a paragraph, not after: a table has none of its own, and what follows it needs some.
STYLES: Final = (
    Style("Normal", "Normal", Look(before=120, after=0, line=276), based="", after=""),
    *_headings(),
    *_sheets(),
    *_cards(),
    # the cover: white on the deep ground that a drawing spreads to the edges of the page
    Style("Organisation", "Organisation", Look(size=21, color=PAPER, bold=True, before=0, ground=DEEP)),
    Style(
        "Title",
        "Title",
        Look(size=72, color=PAPER, font=LIGHT, before=0, line=228, keep_next=True, ground=DEEP),
    ),
    Style(
        "Subtitle",
        "Subtitle",
        Look(size=30, color=PAPER, bold=True, before=SUBTITLE_SPACE, ground=DEEP),
    ),
    Style("Resume", "Chapeau de couverture", Look(size=28, color=ACCENT, font=LIGHT, before=1900, line=300)),
    Style("Version", "Version", Look(size=19, color=QUIET, before=700, tabs=_RIGHT)),
    Style("Chapeau", "Chapeau", Look(size=25, font=LIGHT, before=160, line=288)),
    Style(
        "SousTitre", "Sous-titre de section", Look(size=22, color=QUIET, before=0, after=120, keep_next=True)
    ),
    Style("Note", "Note", Look(size=17, color=QUIET, before=80, line=252)),
    Style("Source", "Source", Look(size=16, color=QUIET, before=60, line=240)),
    Style(
        "TitreEncadre",
        "Titre d’encadré",
        Look(
            size=21,
            color=ACCENT,
            bold=True,
            before=240,
            left=_INSET,
            shade=WASH,
            borders=_BAR,
            keep_next=True,
        ),
        after="Encadre",
    ),
    Style("Encadre", "Encadré", Look(before=0, left=_INSET, shade=WASH, borders=_BAR, keep_lines=True)),
    Style(
        "ListBullet", "List Bullet", Look(before=70, left=340, hanging=227, bullet=True), after="ListBullet"
    ),
    Style("ListNumber", "List Number", Look(before=70, left=397, hanging=397), after="ListNumber"),
    Style("Caption", "caption", Look(size=19, color=ACCENT, bold=True, before=280, after=90, keep_next=True)),
    Style("Figure", "Figure", Look(before=0, keep_lines=True)),
    Style(
        "Fait", "Fait", Look(before=80, left=2268, hanging=2268, tabs=(("left", 2268, "none"),)), after="Fait"
    ),
    # what one looks up, in two columns
    Style("IndexEntree", "Entrée d’index", Look(size=17, before=20, left=170, hanging=170, line=240)),
    Style(
        "IndexFait",
        "Entrée de liste",
        Look(size=17, before=50, left=1134, hanging=1134, line=240, tabs=(("left", 1134, "none"),)),
    ),
    Style("TitreCases", "Titre de cases à cocher", Look(bold=True, before=160, keep_next=True), after="Case"),
    Style("Case", "Case à cocher", Look(before=20, left=284, hanging=284, keep_lines=True), after="Case"),
    # an example: all beside one line
    Style("Carte", "Exemple", Look(before=80, left=_INSET, borders=_CARD), after="Carte"),
    Style(
        "CartePrix", "Exemple, distinction", Look(size=18, bold=True, before=0, keep_next=True), based="Carte"
    ),
    Style("Porteurs", "Exemple, porteurs", Look(color=QUIET, before=20, keep_next=True), based="Carte"),
    Style("CarteLien", "Exemple, lien", Look(before=40), based="Carte"),
    Style("MotsCles", "Exemple, mots clés", Look(size=17, color=QUIET, before=60), based="Carte"),
    Style("Intervalle", "Intervalle", Look(size=12, before=0, line=240, keep_next=True)),
    Style("TableauTexte", "Tableau texte", Look(size=18, before=0, line=252)),
    Style("TableauSuite", "Tableau suite", Look(before=50), based="TableauTexte"),
    Style("TableauNombre", "Tableau nombre", Look(align="right"), based="TableauTexte"),
    Style("TableauJour", "Tableau jour", Look(size=15, align="center"), based="TableauTexte"),
    Style("TableauCase", "Tableau case à cocher", Look(left=284, hanging=284), based="TableauTexte"),
    Style("ChiffreCle", "Chiffre clé", Look(size=60, color=ACCENT, font=LIGHT, before=0, line=228)),
    Style("ChiffreCleLong", "Chiffre clé long", Look(size=36), based="ChiffreCle"),
    Style(
        "Qualificatif",
        "Chiffre clé, mots",
        Look(size=20, font=FONT, color=INK, underline="none"),
        based="",
        kind="character",
    ),
    Style("Nombre", "Nombre", Look(underline="none"), based="", kind="character"),
    Style("ChiffreCleMots", "Chiffre clé en mots", Look(size=25, font=FONT, bold=True), based="ChiffreCle"),
    Style("ChiffreCleLibelle", "Chiffre clé libellé", Look(size=19, before=0, line=247)),
    Style("ChiffreCleDetail", "Chiffre clé détail", Look(size=17, color=QUIET, before=0, line=247)),
    Style("Tuile", "Tuile", Look(size=16, color=INK, bold=True, align="center", before=0, line=228)),
    Style("TuileFoncee", "Tuile foncée", Look(color=PAPER), based="Tuile"),
    Style("LegendeTexte", "Légende", Look(size=15, color=INK, align="center", before=0, line=228)),
    Style("LegendeFoncee", "Légende foncée", Look(color=PAPER), based="LegendeTexte"),
    Style(
        "TOCHeading",
        "TOC Heading",
        Look(size=54, color=ACCENT, font=LIGHT, before=0, after=200, keep_next=True),
    ),
    Style(
        "TOC1",
        "toc 1",
        Look(color=ACCENT, bold=True, before=160, tabs=_TOC, borders={"top": (6, ACCENT, 3)}),
    ),
    Style("TOC2", "toc 2", Look(before=40, tabs=_TOC)),
    Style("TOC3", "toc 3", Look(before=20, left=340, tabs=_TOC)),
    Style(
        "Header",
        "header",
        Look(size=16, color=QUIET, before=0, tabs=_RIGHT, borders={"bottom": (4, RULE, 4)}),
    ),
    Style("Footer", "footer", Look(size=16, color=QUIET, before=0, tabs=_RIGHT)),
    Style("Strong", "Strong", Look(bold=True), based="", kind="character"),
    Style("Hyperlink", "Hyperlink", Look(color=ACCENT, underline="single"), based="", kind="character"),
    Style("Chiffre", "Chiffre sourcé", Look(underline="dotted"), based="", kind="character"),
    Style("TitreCourant", "Titre courant", Look(), based="", kind="character"),
    Style("Etiquette", "Étiquette", Look(color=QUIET), based="", kind="character"),
    Style("LienTuile", "Lien de tuile", Look(underline="single"), based="", kind="character"),
    Style("Symbole", "Symbole", Look(font=SYMBOLS, color=ACCENT), based="", kind="character"),
    Style("Absent", "Symbole, non coché", Look(font=SYMBOLS, color=QUIET), based="", kind="character"),
    Style("ValeurTuile", "Valeur de tuile", Look(bold=False), based="", kind="character"),
    Style("Prix", "Prix", Look(color=PAPER, bold=True, ground=ACCENT), based="", kind="character"),
    Style("NumeroPage", "Numéro de page", Look(color=ACCENT, bold=True), based="", kind="character"),
)


def styles_xml(language: str, above_title: int) -> list[Xml]:
    """Return the children of ``w:styles``: defaults in ``language``, then every style.

    ``above_title`` is what stands free above the title of this document's cover.
    """
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
    title = next(style for style in STYLES if style.key == "Title")
    own = {"Title": replace(title, look=replace(title.look, before=above_title))}
    written = [own.get(style.key, style).xml() for style in STYLES]
    written[0].set(qualified("w:default"), "1")
    character = el(
        "w:style",
        {"w:type": "character", "w:default": 1, "w:styleId": "DefaultParagraphFont"},
        el("w:name", {"w:val": "Default Paragraph Font"}),
        el("w:uiPriority", {"w:val": 1}),
        el("w:semiHidden"),
    )
    return [defaults, *written, character, *table_styles()]

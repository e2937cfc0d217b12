"""What surrounds the text: table of contents, running titles, the annex of provenances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from accroche.publications.outline import Column, SectionKind, Table, Text
from accroche.publications.renderers.docx.cover import version_told
from accroche.publications.renderers.docx.grid import Cell, Grid
from accroche.publications.renderers.docx.identity import TEXT_WIDTH
from accroche.publications.renderers.docx.styles import TOC_LEVELS
from accroche.publications.renderers.docx.xml import Xml, el, field, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document as Word

    from accroche.publications.outline import Document, Provenance
    from accroche.publications.renderers.docx.blocks import Blocks
    from accroche.publications.renderers.docx.inline import Inliner

ANNEX_TITLE: Final = "Provenance des chiffres"
ANNEX_MARK: Final = "provenance_des_chiffres"
#: Sections that the table of contents always names, and that running titles follow.
PAGES: Final = frozenset(SectionKind) - {SectionKind.PLAIN}

# What a figure counts, its value, where it comes from.
_WIDTHS: Final = (2900, 1600, TEXT_WIDTH - 4500)
# More rows than this make a table of their own.
_FEW_ROWS: Final = 3


def contents(document: Document, inliner: Inliner) -> list[Xml]:
    """Draw the table of contents: a field that Word refreshes as it opens the file, filled beforehand.

    Word asks first, as it does for any file that is not its own (``updateFields``); who says no keeps every
    entry and its link. Page numbers come then, since only the program that lays the pages out knows them,
    and a wrong number is worse than a link.
    """
    entries = [
        (depth, section.title, mark)
        for (depth, section), mark in zip(document.walk(), inliner.section_marks, strict=True)
    ]
    if document.provenances:
        entries.append((1, ANNEX_TITLE, ANNEX_MARK))
    deepest = toc_depth(document)
    kept = [entry for entry in entries if entry[0] <= deepest and entry[1].strip()]
    if not kept:
        return []
    instruction = f' TOC \\o "1-{deepest}" \\h \\z \\u '
    begin = [
        el("w:r", None, el("w:fldChar", {"w:fldCharType": "begin"})),
        el("w:r", None, _instruction(instruction)),
        el("w:r", None, el("w:fldChar", {"w:fldCharType": "separate"})),
    ]
    end = el("w:r", None, el("w:fldChar", {"w:fldCharType": "end"}))
    lines = [[inliner.anchor(mark, [run(title)])] for _depth, title, mark in kept]
    lines[0] = [*begin, *lines[0]]
    lines[-1] = [*lines[-1], end]
    written = [
        paragraph(f"TOC{depth}", line) for (depth, _title, _mark), line in zip(kept, lines, strict=True)
    ]
    gallery = el(
        "w:docPartObj",
        None,
        el("w:docPartGallery", {"w:val": "Table of Contents"}),
        el("w:docPartUnique"),
    )
    properties = el("w:sdtPr", None, el("w:id", {"w:val": inliner.control_number()}), gallery)
    heading = paragraph("TOCHeading", [run("Sommaire")], el("w:pageBreakBefore"))
    return [el("w:sdt", None, properties, el("w:sdtContent", None, heading, *written))]


def _instruction(text: str) -> Xml:
    element = el("w:instrText", None, text)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def toc_depth(document: Document) -> int:
    """Return how deep the table of contents goes: as deep as sections that have their own page."""
    depths = [depth for depth, section in document.walk() if section.kind in PAGES]
    return min(TOC_LEVELS, max(depths, default=2))


def running_titles(word: Word, document: Document) -> None:
    """Draw header and footer of every page but the first."""
    section = word.sections[0]
    section.header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    # The style's name is ours, hence the same in every language of Word; empty until Word computes it.
    current = field('STYLEREF "Titre courant"', "")
    header = paragraph("Header", [run(f"{document.title}\t"), current])
    pages = [run("\t"), field("PAGE", "1", "NumeroPage"), run("\u00a0/\u00a0"), field("NUMPAGES", "1")]
    footer = paragraph("Footer", [run(f"{document.organisation} – {document.version}"), *pages])
    for part, content in ((section.header.part, header), (section.footer.part, footer)):
        element = part.element
        for child in list(element):
            element.remove(child)
        element.append(content)


def annex(document: Document, inliner: Inliner, blocks: Blocks) -> list[Xml]:
    """Draw where each figure comes from; rows that add up to a total have a table of their own."""
    if not document.provenances:
        return []
    title = inliner.bookmark(ANNEX_MARK, [run(ANNEX_TITLE, "TitreCourant")])
    intro = (
        "Chaque chiffre imprimé dans ce document mène à sa ligne dans ce tableau ; la valeur, ici, ramène à "
        "l’endroit où il est imprimé. « N.C. » veut dire non communiqué, et n’est jamais compté comme zéro."
    )
    head = [
        Cell([paragraph("TableauTexte", [run(label)])]) for label in ("Chiffre", "Valeur", "D’où il vient")
    ]
    grid = Grid(
        "TableauAccroche",
        _WIDTHS,
        ANNEX_TITLE,
        "Pour chaque chiffre : ce qu’il compte, sa valeur imprimée, les données et la règle dont il vient.",
        head=[head],
        rows=[_entry(provenance, inliner) for provenance in document.provenances],
        row_headers=True,
    )
    drawn = [
        paragraph("Heading1", title, el("w:pageBreakBefore")),
        paragraph("Normal", [run(intro)]),
        paragraph("Caption", [run("Origine de chaque chiffre")]),
        grid.xml(),
    ]
    for provenance in document.provenances:
        if len(provenance.rows) > _FEW_ROWS:
            drawn += blocks.table(_detail(provenance), inliner.details[provenance.id])
    return drawn


def _entry(provenance: Provenance, inliner: Inliner) -> list[Cell]:
    label = inliner.bookmark(inliner.sources[provenance.id], [run(provenance.label)])
    use = inliner.use(provenance.id)
    value = run(provenance.value, "Chiffre" if use else "")
    said = [paragraph("TableauTexte", [run(provenance.statement)])]
    if len(provenance.rows) > _FEW_ROWS:
        words = f"Détail : {len(provenance.rows)} lignes"
        said.append(
            paragraph(
                "TableauSuite", [inliner.anchor(inliner.details[provenance.id], [run(words, "Hyperlink")])]
            )
        )
    else:
        for what, figure, note in provenance.rows:
            words = f"{what}\u00a0: {figure}" + (f" ({note})" if note else "")
            said.append(paragraph("TableauSuite", [run(words, "Etiquette")]))
    return [
        Cell([paragraph("TableauTexte", label)]),
        Cell(
            [
                paragraph(
                    "TableauTexte",
                    [inliner.anchor(use, [value], "Où ce chiffre est imprimé") if use else value],
                )
            ]
        ),
        Cell(said),
    ]


def _detail(provenance: Provenance) -> Table:
    noted = any(note for _what, _figure, note in provenance.rows)
    columns = (Column("De quoi il s’agit"), Column("Chiffre donné"), *((Column("Note"),) if noted else ()))
    return Table(
        caption=f"Détail\u00a0: {provenance.label}",
        columns=columns,
        rows=tuple(tuple((Text(text),) for text in row[: len(columns)]) for row in provenance.rows),
        note=f"Valeur imprimée\u00a0: {provenance.value}.",
    )


def colophon(document: Document) -> Xml:
    """Draw the last line; a document may not end with a table."""
    return paragraph("Note", [run(f"{document.title}. {document.organisation}. {version_told(document)}.")])

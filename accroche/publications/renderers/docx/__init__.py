"""Word documents that people can go on writing: named styles, live fields and charts, all accessible.

The file depends on the document alone: no clock, no random identifier, so that a frozen synthesis keeps
its bytes. Links that lead nowhere, and addresses Word would refuse, are printed as plain words.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from accroche.publications.outline import SectionKind, Timeline
from accroche.publications.renderers.docx import frame
from accroche.publications.renderers.docx.blocks import Blocks
from accroche.publications.renderers.docx.cover import cover
from accroche.publications.renderers.docx.inline import Inliner
from accroche.publications.renderers.docx.package import first_section, new_word, section_break, to_bytes
from accroche.publications.renderers.docx.styles import HEADING_LEVELS
from accroche.publications.renderers.docx.xml import el, paragraph, qualified, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accroche.publications.outline import Document, Section
    from accroche.publications.renderers.docx.xml import Xml

__all__ = ["render"]


def render(document: Document) -> bytes:
    """Return ``document`` as a Word file."""
    word = new_word(document)
    inliner = Inliner(word, document)
    text = _Text(inliner, Blocks(word, inliner, document.date))
    frame.running_titles(word, document)
    drawn = [*cover(document, inliner), *frame.contents(document, inliner)]
    for rank, section in enumerate(document.sections):
        drawn += text.section(section, 0, starts_page=rank == 0 or section.kind in frame.PAGES)
    drawn += frame.annex(document, inliner, text.blocks)
    drawn.append(frame.colophon(document))
    # The page layout, last child of the body, stays last.
    word.element.body[:0] = list(_apart(drawn))
    first_section(word)
    return to_bytes(word, document.date)


class _Text:
    """Draws sections; each takes the next bookmark, in reading order."""

    def __init__(self, inliner: Inliner, blocks: Blocks) -> None:
        self.blocks = blocks
        self._inliner = inliner
        self._marks = iter(inliner.section_marks)

    def section(self, section: Section, above: int, *, starts_page: bool) -> list[Xml]:
        """Draw a section under a heading of level ``above``; one without a title takes no level."""
        titled = bool(section.title.strip())
        level = min(above + titled, HEADING_LEVELS)
        drawn = self._heading(section, level, starts_page=starts_page) if titled else []
        if not titled:
            drawn += self._inliner.bookmark(next(self._marks), ())
        if section.summary:
            drawn.append(paragraph("SousTitre", [run(section.summary)]))
        if section.kind is SectionKind.INDEX:
            return [*drawn, *self._index(section, level)]
        return drawn + self._inside(section, level)

    def _index(self, section: Section, level: int) -> list[Xml]:
        """Draw what one looks up, in two columns under its title."""
        self.blocks.is_index = True
        inside = self._inside(section, level)
        self.blocks.is_index = False
        return [section_break(1), *inside, section_break(2)]

    def _inside(self, section: Section, level: int) -> list[Xml]:
        drawn: list[Xml] = []
        blocks = section.blocks
        if blocks and isinstance(first := blocks[0], Timeline) and first.caption.startswith(section.title):
            # « Temps forts », then « Temps forts de la semaine » under it, says one thing twice.
            blocks = (replace(first, caption=""), *blocks[1:])
        drawn += self.blocks.draw_all(blocks, level)
        for rank, inner in enumerate(section.sections):
            # No title stands alone on its page when a sheet follows at once.
            follows_title = rank == 0 and not section.blocks and not section.summary
            own_page = inner.kind in frame.PAGES and not follows_title
            drawn += self.section(inner, level, starts_page=own_page)
        return drawn

    def _heading(self, section: Section, level: int, *, starts_page: bool) -> list[Xml]:
        # Running titles follow the sections that have a page of their own.
        style = "TitreCourant" if section.kind in frame.PAGES else ""
        title = self._inliner.bookmark(next(self._marks), [run(section.title, style)])
        breaks = [el("w:pageBreakBefore")] if starts_page else []
        heading = "FicheTitre" if section.kind is SectionKind.SHEET else "Heading"
        return [paragraph(f"{heading}{level}", title, *breaks)]


def _apart(drawn: list[Xml]) -> Iterator[Xml]:
    """Keep tables apart: two that touch are one table to Word."""
    previous = ""
    for element in drawn:
        if element.tag == previous == qualified("w:tbl"):
            yield paragraph("Figure", ())
        yield element
        previous = element.tag

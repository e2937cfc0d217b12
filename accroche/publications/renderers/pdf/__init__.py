"""Draw a document as an accessible PDF for archives and print: PDF/UA-1 and PDF/A-2a at once.

This side says what is drawn, as plain data; the Typst templates say how. Texts travel as data and
are never evaluated. What would cost the typesetter a search is settled here: where a page begins,
who cites a figure, the number of a drawing, the share of a column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from accroche.integrations.typst import compile_pages, compile_pdf
from accroche.publications.renderers.pdf.encoder import Encoder, OutlineError

if TYPE_CHECKING:
    from accroche.publications.outline import Document

__all__ = ["OutlineError", "render", "render_pages"]

#: Pixels an inch of the pages one looks at before they are printed: an A4 is 794 wide.
_PPI: Final = 96


def render(document: Document) -> bytes:
    """Return the PDF of ``document``; equal documents give equal bytes.

    Raise :class:`OutlineError` when the tree contradicts itself, since a dead link or a figure
    without a source must not be published.
    """
    encoder = Encoder(document)
    return compile_pdf(f"{document.layout}.typ", encoder.encode(), day=document.date, files=encoder.pictures)


def render_pages(document: Document) -> list[bytes]:
    """Return the pages of :func:`render` as pictures (PNG), the cover first. Raise the same."""
    encoder = Encoder(document)
    return compile_pages(f"{document.layout}.typ", encoder.encode(), ppi=_PPI, files=encoder.pictures)

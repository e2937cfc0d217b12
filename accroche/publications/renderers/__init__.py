"""Every format a document can be drawn in: a new format is one file here and one line below.

A renderer takes a :class:`~accroche.publications.outline.Document` and gives files: relative name to bytes.
"""

from __future__ import annotations

from collections.abc import Callable

from accroche.publications.outline import Document

Files = dict[str, bytes]


def _pdf(document: Document) -> Files:
    from accroche.publications.renderers import pdf  # noqa: PLC0415 - load only what is asked for

    return {"synthese.pdf": pdf.render(document)}


def _docx(document: Document) -> Files:
    from accroche.publications.renderers import docx  # noqa: PLC0415 - the same

    return {"synthese.docx": docx.render(document)}


def _html(document: Document) -> Files:
    from accroche.publications.renderers import html  # noqa: PLC0415 - the same

    return {"synthese.html": html.render(document).encode()}


def _data(document: Document) -> Files:
    from accroche.publications.renderers import data  # noqa: PLC0415 - the same

    return {f"donnees/{name}": content for name, content in data.render(document).items()}


FORMATS: dict[str, Callable[[Document], Files]] = {
    "pdf": _pdf,
    "docx": _docx,
    "html": _html,
    "data": _data,
}

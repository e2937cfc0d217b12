"""The text layer of a PDF, with what the reader of reports needs and PDFium leaves out.

PDFium gives the lines without the blank ones between paragraphs, and without the addresses
behind the links: both are put back, the blank lines from the distance between lines, the
addresses at the foot of their page, page ends as form feeds.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from typing import Final

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from accroche.lib.texte import pluriel
from accroche.rapport.problems import SourceError

#: The 2015-2016 report has some sixty pages.
MAX_PAGES: Final = 600
#: Characters of text kept from one file.
MAX_CHARACTERS: Final = 20_000_000
_MAX_LINKS: Final = 500
_MAX_ADDRESS: Final = 4_000
# Two lines further apart than this many usual distances have a blank line between them.
_GAP: Final = 1.3
# PDFium's sign for a hyphen at a line end, which it joins to the next line.
_HYPHENS: Final = ("\ufffe", "\x02")


def read_pdf(data: bytes, name: str, progress: Callable[[int, int], None] | None = None) -> str:
    """Give the text of a PDF; raise :class:`SourceError` when it has none or cannot be opened."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise SourceError(_refusal(str(error), name)) from error
    with closing(document):
        total = len(document)
        if total > MAX_PAGES:
            raise SourceError(
                f"« {name} » a {total} pages ; une synthèse n’en a pas {MAX_PAGES}. Extrayez-en les pages "
                "utiles."
            )
        pages: list[str] = []
        silent = size = 0
        for rank in range(total):
            try:
                text = _page(document, rank)
            except pdfium.PdfiumError as error:
                raise SourceError(
                    f"La page {rank + 1} de « {name} » est abîmée. Rouvrez le PDF et enregistrez-le à "
                    "nouveau."
                ) from error
            silent += not text.strip()
            size += len(text)
            if size > MAX_CHARACTERS:
                raise SourceError(
                    f"« {name} » contient trop de texte pour une synthèse. Vérifiez le fichier."
                )
            pages.append(text)
            if progress is not None:
                progress(rank + 1, total)
    if silent * 2 > total or not total:
        raise SourceError(
            f"« {name} » est un PDF numérisé : {silent} {pluriel(silent, 'page', 'pages')} sur {total} sans "
            "texte. Passez-le à la reconnaissance de caractères (OCR), ou demandez le document d’origine."
        )
    return "\f".join(pages)


def _refusal(message: str, name: str) -> str:
    if "password" in message.lower() or "security" in message.lower():
        return f"« {name} » est protégé par un mot de passe. Enregistrez-en une copie sans protection."
    return f"« {name} » est un PDF abîmé ou incomplet. Téléchargez-le à nouveau."


def _page(document: pdfium.PdfDocument, rank: int) -> str:
    with closing(document[rank]) as page:
        with closing(page.get_textpage()) as text:
            lines = _lines(text)
        links = list(_links(document, page))
    return "\n".join([*lines, *(["", "", *links] if links else []), ""])


def _lines(page: pdfium.PdfTextPage) -> list[str]:
    """Give the lines, with a blank one wherever the page shows more space than usual."""
    content: str = page.get_text_range()
    lines: list[str] = []
    tops: list[float | None] = []
    start = 0
    aligned = len(content) == page.count_chars()
    for line in content.split("\r\n"):
        margin = len(line) - len(line.lstrip())
        visible = aligned and margin < len(line)
        lines.append(line)
        tops.append(page.get_charbox(start + margin, loose=True)[3] if visible else None)
        start += len(line) + 2
    # Loose boxes have the height of the font, whatever the letter: tops compare from line to line.
    gaps = sorted(a - b for a, b in pairwise(tops) if a is not None and b is not None and a > b)
    usual = gaps[len(gaps) // 4] if gaps else 0.0
    output: list[str] = []
    previous: float | None = None
    for line, top in zip(lines, tops, strict=True):
        if previous is not None and top is not None and usual and abs(previous - top) > usual * _GAP:
            output.append("")
        for hyphen in _HYPHENS:
            line = line.replace(hyphen, "-\n")  # noqa: PLW2901
        output.append(line)
        previous = top if top is not None else previous
    return output


def _links(document: pdfium.PdfDocument, page: pdfium.PdfPage) -> Iterator[str]:
    """Give the web addresses behind the links of a page, in their order."""
    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    for _ in range(_MAX_LINKS):
        if not raw.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(link)):
            return
        action = raw.FPDFLink_GetAction(link)
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        size = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
        if not 1 < size <= _MAX_ADDRESS:
            continue
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(document.raw, action, buffer, size)
        address = buffer.value.decode("utf-8", "replace").strip()
        if address.startswith(("http://", "https://")) and not any(c.isspace() for c in address):
            yield address

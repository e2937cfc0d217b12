"""Read a PDF back with PDFium: its text, where its links lead, what its tags say."""

from __future__ import annotations

import ctypes
from functools import cached_property
from typing import TYPE_CHECKING, Self

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Reader:
    """An open PDF. Pages stay open with it: PDFium's handles die with theirs."""

    def __init__(self, pdf: bytes) -> None:
        self.file = pdfium.PdfDocument(pdf)
        self.pages = list(self.file)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for page in self.pages:
            page.close()
        self.file.close()

    @cached_property
    def texts(self) -> list[str]:
        read = []
        for page in self.pages:
            text = page.get_textpage()
            read.append(text.get_text_bounded())
            text.close()
        return read

    def page_of(self, title: str) -> int:
        """Return the page whose first words are ``title``."""
        return next(n for n, text in enumerate(self.texts) if bare(text).startswith(bare(title)))

    def page_at(self, title: str) -> int:
        """Return the page to which the bookmark ``title`` leads."""
        return int(
            next(one for one in self.file.get_toc() if one.get_title() == title).get_dest().get_index()
        )

    def addresses(self, page: int) -> set[str]:
        """Return the web addresses one can click on a page."""
        found = set()
        for link in self._links(page):
            if action := raw.FPDFLink_GetAction(link):
                size = raw.FPDFAction_GetURIPath(self.file.raw, action, None, 0)
                buffer = ctypes.create_string_buffer(size)
                raw.FPDFAction_GetURIPath(self.file.raw, action, buffer, size)
                if buffer.value:
                    found.add(buffer.value.decode())
        return found

    def targets(self, page: int) -> set[int]:
        """Return the pages that a page leads to."""
        found = set()
        for link in self._links(page):
            action = raw.FPDFLink_GetAction(link)
            dest = raw.FPDFLink_GetDest(self.file.raw, link)
            if not dest and action:
                dest = raw.FPDFAction_GetDest(self.file.raw, action)
            if dest:
                found.add(raw.FPDFDest_GetDestPageIndex(self.file.raw, dest))
        return found

    def _links(self, page: int) -> Iterator[object]:
        position, link = ctypes.c_int(0), raw.FPDF_LINK()
        while raw.FPDFLink_Enumerate(self.pages[page].raw, position, link):
            yield link

    def tags(self, page: int) -> list[tuple[str, str]]:
        """Return the type and the text alternative of each element of a page's structure."""
        tree = raw.FPDF_StructTree_GetForPage(self.pages[page].raw)
        count = raw.FPDF_StructTree_CountChildren(tree)
        stack = [raw.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(count)]
        found = []
        while stack:
            element = stack.pop()
            if element:
                kind = _utf16(raw.FPDF_StructElement_GetType, element)
                found.append((kind, _utf16(raw.FPDF_StructElement_GetAltText, element)))
                children = raw.FPDF_StructElement_CountChildren(element)
                stack += [raw.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(children)]
        raw.FPDF_StructTree_Close(tree)
        return found


def bare(text: str) -> str:
    """Leave out what setting changes: spaces, ends of lines, hyphens put in words."""
    return "".join(c for c in text if not c.isspace() and c not in "\ufffe\u00ad\x02-")


def _utf16(read: Callable[..., int], element: object) -> str:
    size = read(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")

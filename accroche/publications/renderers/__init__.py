"""Every format a document can be drawn in: a new format is one file here and one line below.

A renderer takes a :class:`~accroche.publications.outline.Document` and gives the bytes of its file, or those
of several by name. It does not know what the document is, and so not what its files are called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from accroche.publications.outline import Document

if TYPE_CHECKING:
    from accroche.publications.renderers.html import Draw

Drawn = bytes | Mapping[str, bytes]


def _pdf(document: Document, _draw: Draw) -> Drawn:
    from accroche.publications.renderers import pdf  # noqa: PLC0415 - load only what is asked for

    return pdf.render(document)


def _docx(document: Document, _draw: Draw) -> Drawn:
    from accroche.publications.renderers import docx  # noqa: PLC0415 - the same

    return docx.render(document)


def _html(document: Document, draw: Draw) -> Drawn:
    from accroche.publications.renderers import html  # noqa: PLC0415 - the same

    return html.render(document, draw).encode()


def _data(document: Document, _draw: Draw) -> Drawn:
    from accroche.publications.renderers import data  # noqa: PLC0415 - the same

    return data.render(document)


def _write_data(document: Document, folder: Path) -> list[str]:
    from accroche.publications.renderers import data  # noqa: PLC0415 - the same

    return data.write(document, folder)


#: Those of several files, which are written one after the other: all of them at once may fill the memory.
#: Each returns the names of its files.
STREAMED: dict[str, Callable[[Document, Path], list[str]]] = {"data": _write_data}

#: By name, which is also how its file ends. ``Draw`` fills our HTML templates: who calls gives it.
FORMATS: dict[str, Callable[[Document, Draw], Drawn]] = {
    "pdf": _pdf,
    "docx": _docx,
    "html": _html,
    "data": _data,
}

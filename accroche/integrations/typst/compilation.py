"""Compile a template of this package with data; the data is never read as markup."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typst

from accroche.integrations.typst.fonts import families, fonts
from accroche.lib import doors

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEMPLATES: Final = Path(__file__).parent / "templates"


class CompilationError(Exception):
    """The typesetter refused; trying again with the same data cannot help."""

    def __init__(self, message: str, hints: tuple[str, ...] = (), diagnostic: str = "") -> None:
        """Keep the message, its hints, and the full diagnostic with its place in the template."""
        super().__init__(message)
        self.hints = hints
        self.diagnostic = diagnostic


def compile_pdf(
    template: str, data: Mapping[str, object], *, day: dt.date, files: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the PDF/UA-1 and PDF/A-2a file that ``template`` draws from ``data``.

    ``files`` are pictures that the data name, by plain names of ours. Equal data give equal bytes: ``day`` is
    the only time in the file. Raise :class:`CompilationError` when the template or the standards refuse the
    data.
    """
    doors.passing("a PDF is typeset")
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    options = {"format": "pdf", "pdf_standards": ["ua-1", "a-2a"], "timestamp": midnight}
    pdf = _compiled(template, data, files or {}, options)
    if not isinstance(pdf, bytes):
        raise CompilationError(f"The typesetter returned {type(pdf).__name__} instead of a file.")
    return pdf


def compile_pages(
    template: str, data: Mapping[str, object], *, ppi: int, files: Mapping[str, bytes] | None = None
) -> list[bytes]:
    """Return the pages that :func:`compile_pdf` would lay out, each as a PNG of ``ppi`` pixels an inch.

    Raise :class:`CompilationError` when the template refuses the data.
    """
    doors.passing("pages are drawn")
    drawn = _compiled(template, data, files or {}, {"format": "png", "ppi": ppi})
    return [drawn] if isinstance(drawn, bytes) else drawn


def _compiled(
    template: str, data: Mapping[str, object], files: Mapping[str, bytes], options: Mapping[str, Any]
) -> bytes | list[bytes]:
    try:
        # The data go by a file that the template reads, never as an input string: the typesetter
        # remembers the pages it has laid out, and a changed input would make it forget them all. Its
        # memory knows files by their place under the root, so that a new folder each time is no loss.
        with tempfile.TemporaryDirectory(prefix="accroche-typst-") as folder:
            root = Path(folder)
            shutil.copytree(_TEMPLATES, root, dirs_exist_ok=True)
            for name, content in files.items():
                (root / name).write_bytes(content)
            told = json.dumps({**data, "fonts": families()}, ensure_ascii=False)
            (root / "document.json").write_text(told, encoding="utf-8")
            drawn = typst.Compiler(root / template, root=root, font_paths=fonts()).compile(**options)
    except typst.TypstError as error:
        raise CompilationError(error.message, tuple(error.hints), error.diagnostic) from error
    if drawn is None:
        raise CompilationError("The typesetter returned nothing.")
    return drawn

"""A table that a page gives as a file: CSV line by line, or a workbook; neither is ever whole in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from django.http import FileResponse, StreamingHttpResponse

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_csv(name: str, lines: Iterable[str]) -> StreamingHttpResponse:
    """The lines of a CSV as a file to keep, called ``name`` without its ending."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def send_workbook(name: str, write: Callable[[Path], None]) -> FileResponse:
    """A workbook as a file to keep, called ``name`` without its ending; ``write`` writes it to a path."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "classeur.xlsx"
        write(path)
        with path.open("rb") as file:
            while block := file.read(1024 * 1024):
                out.write(block)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)

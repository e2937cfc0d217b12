"""Open data of a document: JSON, CSV with a Frictionless data package, and one XLSX workbook.

Choices, for whoever reads these files:

- CSV is RFC 4180 in UTF-8 without a byte order mark, comma between values, CRLF at line ends: what
  data.gouv.fr validates. People who open files in a French spreadsheet, which expects semicolons, get
  the workbook instead.
- A text that a spreadsheet would take for a formula (it starts with ``= + - @``, a tab or a line
  break) is preceded by an apostrophe in CSV, and stored as text in the workbook; JSON has it untouched.
- A sign that hides, or that turns the writing round, is taken away where people read (CSV, workbook);
  JSON keeps what was told, and writes such a sign as an escape.
- An absent value is an empty cell, ``null`` in JSON. It is never zero.

The bytes depend on the document alone: nothing here reads the clock.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from accroche.publications.renderers.data import content, images, package, tables, workbook

if TYPE_CHECKING:
    from accroche.publications.outline import Document

__all__ = ["JSON_NAME", "PACKAGE_NAME", "XLSX_NAME", "DataError", "render", "write"]

DataError = tables.DataError

JSON_NAME: Final = "donnees.json"
XLSX_NAME: Final = "donnees.xlsx"
PACKAGE_NAME: Final = "datapackage.json"


def render(document: Document) -> dict[str, bytes]:
    """Return the open data files of ``document``, by file name. Raise as :func:`write` does."""
    with TemporaryDirectory(prefix="accroche-donnees-") as folder:
        return {name: (Path(folder) / name).read_bytes() for name in write(document, Path(folder))}


def write(document: Document, folder: Path) -> list[str]:
    """Write the open data files of ``document`` in a folder, row by row, and return their names.

    Without any table there is neither data package nor workbook, since both would be empty.
    Raise :class:`DataError` when a value is not of the type its column declares, and ``OSError``.
    """
    document = images.with_images(document)
    names = tables.file_names(document.data)
    # these first: they see whether each value is what its column declares
    sheets = {
        name: package.write_csv(table, folder / f"{name}.csv")
        for name, table in zip(names, document.data, strict=True)
    }
    with (folder / JSON_NAME).open("w", encoding="utf-8", newline="\n") as file:
        content.write(document, names, file)
    if not document.data:
        return [JSON_NAME]
    (folder / PACKAGE_NAME).write_bytes(content.encode(package.describe(document, sheets)))
    workbook.write(document, names, folder / XLSX_NAME)
    return [JSON_NAME, *(f"{name}.csv" for name in names), PACKAGE_NAME, XLSX_NAME]

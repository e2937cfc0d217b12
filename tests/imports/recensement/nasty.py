"""Builders of the nasty files: what people send, and what attackers would. Made in code, never kept."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from tests.factories import make_uai

#: A plain census: three actions of two schools of the Dijon territory of ``tests.factories``.
HEADINGS = ("Titre de l’action", "Établissement", "UAI", "Dates", "Niveaux", "Nombre d’élèves")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("Forum des métiers", "Collège Dijon 1", make_uai(1), "14/03/2027", "Collège", 120),
    ("Théâtre forum", "Collège Dijon 1", make_uai(1), "du 14 au 18 mars 2027", "Collège", 25),
    ("Rallye des métiers", "Collège Dijon 2", make_uai(2), "toute l’année", "Collège", 30),
)
TITLES = tuple(row[0] for row in ROWS)
PLAIN: tuple[tuple[Any, ...], ...] = (HEADINGS, *ROWS)

Build = Callable[[Path], None]
Grid = Sequence[Sequence[Any]]


def xlsx(
    rows: Grid = PLAIN, change: Callable[[Any], None] | None = None, sheets: dict[str, Grid] | None = None
) -> Build:
    """A workbook of these rows; ``change`` is given the first sheet before it is saved."""

    def build(path: Path) -> None:
        book = openpyxl.Workbook()
        sheet: Any = book.active
        for row in rows:
            sheet.append(list(row))
        for name, grid in (sheets or {}).items():
            other = book.create_sheet(name)
            for row in grid:
                other.append(list(row))
        if change:
            change(sheet)
        book.save(path)

    return build


def ods(rows: Grid = PLAIN, names: Sequence[str] = ("Feuille1",)) -> Build:
    """An ODS of these rows, in the last of its sheets; the others are empty."""

    def build(path: Path) -> None:
        book = OpenDocumentSpreadsheet()
        for name in names:
            table = Table(name=name)
            for row in rows if name == names[-1] else ():
                line = TableRow()
                for cell in row:
                    line.addElement(_ods_cell(cell))
                table.addElement(line)
            book.spreadsheet.addElement(table)
        book.save(str(path))

    return build


def _ods_cell(cell: Any) -> Any:
    if isinstance(cell, dt.date):
        return TableCell(valuetype="date", datevalue=cell.isoformat())
    if isinstance(cell, int | float):
        return TableCell(valuetype="float", value=str(cell))
    made = TableCell(valuetype="string")
    if cell is not None:
        made.addElement(P(text=str(cell)))
    return made


def csv(rows: Grid = PLAIN, *, encoding: str = "utf-8", separator: str = ";", end: str = "\r\n") -> Build:
    """A CSV of these rows, every cell quoted where it has to be."""

    def quoted(cell: Any) -> str:
        text = "" if cell is None else str(cell)
        return '"' + text.replace('"', '""') + '"' if set(text) & set(f'{separator}"\r\n') else text

    def build(path: Path) -> None:
        text = "".join(separator.join(map(quoted, row)) + end for row in rows)
        # « ’ » and « œ » are in Windows-1252 too
        path.write_bytes(text.encode(encoding))

    return build


def raw(content: bytes) -> Build:
    """These very bytes."""

    def build(path: Path) -> None:
        path.write_bytes(content)

    return build


def changed(parts: dict[str, bytes | None], base: Build | None = None) -> Build:
    """A workbook with parts added or replaced (None: left out) in its archive."""

    def build(path: Path) -> None:
        (base or xlsx())(path)
        with zipfile.ZipFile(path) as archive:
            content: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
        for name, part in parts.items():
            if part is None:
                content.pop(name, None)
            else:
                content[name] = part
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in content.items():
                archive.writestr(name, part)

    return build


def truncated(share: float) -> Build:
    """The beginning of a workbook."""

    def build(path: Path) -> None:
        xlsx()(path)
        content = path.read_bytes()
        path.write_bytes(content[: int(len(content) * share)])

    return build


def sheet_xml(body: str, before: str = "") -> bytes:
    """The XML of a worksheet whose rows are ``body``."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{space}"><sheetData>{body}'
        "</sheetData></worksheet>"
    ).encode()


def with_sheet(body: str, before: str = "") -> Build:
    """A workbook whose first sheet has this XML."""
    return changed({"xl/worksheets/sheet1.xml": sheet_xml(body, before)})


#: More rows than are read of a sheet (``integrations/tableur/lecteur.py``).
MANY = 300_000


def many_rows(cells: str = "", above: str = "") -> Build:
    """A workbook of :data:`MANY` rows with a style each; ``cells``: what each holds, « # » its number."""

    def build(path: Path) -> None:
        rows = (f'<row r="{n}" s="0">{cells.replace("#", str(n))}</row>' for n in range(10, MANY + 1))
        with_sheet(above + "".join(rows))(path)

    return build


def many_lines(line: bytes, above: Build | None = None) -> Build:
    """A CSV that ends with :data:`MANY` times this line."""

    def build(path: Path) -> None:
        if above:
            above(path)
        with path.open("ab") as file:
            file.write(line * MANY)

    return build


def ods_ending(row: str, rows: Grid = PLAIN) -> Build:
    """An ODS whose sheet ends with this XML."""

    def build(path: Path) -> None:
        ods((*rows, ("",)))(path)
        with zipfile.ZipFile(path) as archive:
            content = archive.read("content.xml").decode()
        assert "</table:table>" in content
        told = content.replace("</table:table>", f"{row}</table:table>").encode()
        changed({"content.xml": told}, ods())(path)

    return build


def ods_merged(down: int, rows: Grid) -> Build:
    """An ODS below empty rows kept as one, whose second cell of the second row stands for ``down`` rows.

    What it covers is a covered cell in its column.
    """

    def build(path: Path) -> None:
        ods(rows)(path)
        with zipfile.ZipFile(path) as archive:
            content = archive.read("content.xml").decode()
        before, *lines = content.split("<table:table-row>")
        cells = lines[1].split("<table:table-cell")
        cells[2] = f' table:number-columns-spanned="1" table:number-rows-spanned="{down}"{cells[2]}'
        lines[1] = "<table:table-cell".join(cells)
        for covered in range(2, 1 + down):
            cells = lines[covered].split("<table:table-cell")
            lines[covered] = _covered(cells)
        empty = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        told = before + empty + "".join(f"<table:table-row>{line}" for line in lines)
        changed({"content.xml": told.encode()}, ods())(path)

    return build


def _covered(cells: list[str]) -> str:
    """The cells of a row, the second of which a merged one covers."""
    return f"{cells[0]}<table:table-cell{cells[1]}<table:covered-table-cell/>" + "".join(
        f"<table:table-cell{cell}" for cell in cells[3:]
    )


def repeated(cell: str, times: int = 1_000_000) -> str:
    """A row of an ODS that is there so many times."""
    return f'<table:table-row table:number-rows-repeated="{times}">{cell}</table:table-row>'


def late_password(path: Path) -> None:
    """A large workbook with a password, whose directory comes after what it holds."""
    with path.open("wb") as file:
        file.write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        file.truncate(30_000_000)
        file.seek(0, io.SEEK_END)
        file.write("EncryptedPackage".encode("utf-16-le") + b"\0" * 90)


def bomb(path: Path) -> None:
    """A workbook with 40 MB of zeros packed in 40 KB."""
    xlsx()(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as part:
        block = b"0" * 1_000_000
        for _ in range(40):
            part.write(block)


def lying_bomb(path: Path) -> None:
    """The same, whose directory says it holds a hundred bytes."""
    bomb(path)
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(bytes(content))


def huge(path: Path) -> None:
    """A file of 1 GB, without using the disk: a hole."""
    with path.open("wb") as file:
        file.write(b"titre;etablissement\n")
        file.truncate(1024**3)


def encrypted(path: Path) -> None:
    """What Excel writes for a workbook with a password: an old container that holds a package."""
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le")
    )


def zipped(names: dict[str, bytes]) -> Build:
    """An archive of these parts."""

    def build(path: Path) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, part in names.items():
                archive.writestr(name, part)
        path.write_bytes(out.getvalue())

    return build

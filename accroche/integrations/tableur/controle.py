"""What a file is, by its content, and what is refused before anything of it is read.

Nothing here grows with what the file claims: the directory of the archive and the head of each part are
read, never a part whole.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final


class FileKind(StrEnum):
    """The kinds of files we read."""

    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"


class RefusedError(ValueError):
    """A file that is not read; the message is French and says what to do."""


MEGABYTE: Final = 1024 * 1024
#: The largest file taken, and how much its parts may hold together once unpacked, in bytes.
MAX_BYTES: Final = 40 * MEGABYTE
#: What to do with a larger one.
LIGHTER: Final = "Retirez-en les images, ou partagez-le en plusieurs fichiers."
MAX_UNPACKED: Final = 600 * MEGABYTE
#: Compression no real workbook reaches; small parts are let be.
MAX_RATIO: Final = 250
SMALL_PART: Final = 2 * MEGABYTE
MAX_PARTS: Final = 2000
#: How much of an XML part is looked at for a DOCTYPE, which has to stand before its first element.
HEAD: Final = 64 * 1024

_NOT_SHEETS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"BM", "une image"),
    (b"RIFF", "une image ou une vidéo"),
    (b"%PDF", "un PDF"),
    (b"{\\rtf", "un document texte (RTF)"),
    (b"\x1f\x8b", "une archive"),
    (b"Rar!", "une archive"),
    (b"7z\xbc\xaf", "une archive"),
    (b"\x7fELF", "un programme"),
    (b"MZ", "un programme"),
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML: Final = re.compile(rb"\s*(?:<!doctype html|<html|<table|<svg)", re.IGNORECASE)
_XML: Final = re.compile(rb"\s*<\?xml")
_ENTITIES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
#: What to do with a file that is no table.
ADVICE: Final = (
    "Enregistrez votre tableau au format Excel (.xlsx), LibreOffice (.ods) ou CSV, puis recommencez."
)


def check(path: Path) -> FileKind:
    """Return what ``path`` is. Raise :class:`RefusedError` for what is not read."""
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("Ce fichier est vide.")
    if size > MAX_BYTES:
        raise RefusedError(
            f"Ce fichier pèse {size // MEGABYTE} Mo, {MAX_BYTES // MEGABYTE} Mo au plus. {LIGHTER}"
        )
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK"):
        return _check_archive(path)
    if head.startswith(_OLE):
        raise RefusedError(_ole(path))
    _check_text(head)
    return FileKind.CSV


def _check_text(head: bytes) -> None:
    """Refuse what does not begin as the text of a table."""
    for magic, what in _NOT_SHEETS:
        if head.startswith(magic) and (magic not in {b"BM", b"MZ"} or b"\0" in head):
            raise RefusedError(f"Ce fichier est {what}, pas un tableau. {ADVICE}")
    if head[4:8] == b"ftyp":  # HEIC photos of telephones, and films
        raise RefusedError(f"Ce fichier est une photo ou une vidéo, pas un tableau. {ADVICE}")
    if _HTML.match(head) or _XML.match(head):
        raise RefusedError(f"Ce fichier est une page web ou un XML, pas un tableau. {ADVICE}")
    if b"\0" in head and not head.startswith(_UTF16):
        # UTF-16 without its mark has a zero in every other place
        odd, even = head[1::2].count(0), head[::2].count(0)
        if min(odd, even) > len(head) // 100 or max(odd, even) < len(head) // 4:
            raise RefusedError(f"Ce fichier n’est pas un tableau. {ADVICE}")


def _ole(path: Path) -> str:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        encrypted = content.find("EncryptedPackage".encode("utf-16-le")) >= 0
    if encrypted:
        return (
            "Ce fichier est protégé par un mot de passe. Dans Excel : Fichier, Informations, Protéger le "
            "classeur, retirez le mot de passe, enregistrez, puis recommencez."
        )
    return f"Ce fichier est dans un ancien format (Excel 97-2003 ou Word). {ADVICE}"


def _check_archive(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            kind = _kind(archive, {part.filename for part in parts})
            _check_content(archive, parts)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        if isinstance(error, RefusedError):
            raise
        raise RefusedError(
            "Ce fichier est abîmé ou incomplet : ouvrez-le dans votre tableur, enregistrez-le de nouveau, "
            "puis recommencez."
        ) from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise RefusedError(
            f"Ce fichier contient trop de choses une fois ouvert ({unpacked // MEGABYTE} Mo). Copiez les "
            "lignes utiles dans un nouveau classeur."
        )
    for part in parts:
        if part.flag_bits & 0x1:
            raise RefusedError("Ce fichier est protégé par un mot de passe : retirez-le, puis recommencez.")
        if part.file_size > SMALL_PART and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise RefusedError(
                "Ce fichier est anormalement comprimé : il n’est pas ouvert. Copiez les lignes utiles dans "
                "un nouveau classeur."
            )


def _kind(archive: zipfile.ZipFile, names: set[str]) -> FileKind:
    if "xl/workbook.xml" in names:
        if _declares_macros(archive, names) or any(
            name.startswith(("xl/vbaProject", "xl/macrosheets/", "xl/activeX/")) for name in names
        ):
            raise RefusedError(
                "Ce classeur contient des macros. Enregistrez-le comme « Classeur Excel (.xlsx) », sans "
                "macros, puis recommencez."
            )
        if any(name.startswith("xl/externalLinks/") for name in names):
            raise RefusedError(
                "Ce classeur prend des valeurs dans d’autres fichiers. Dans Excel : Données, Modifier les "
                "liens, Rompre la liaison, enregistrez, puis recommencez."
            )
        return FileKind.XLSX
    if "xl/workbook.bin" in names:
        raise RefusedError(f"Ce classeur est au format binaire (.xlsb). {ADVICE}")
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as file:
            mime = file.read(200)
        if b"opendocument.spreadsheet" in mime:
            _check_ods(archive, names)
            return FileKind.ODS
    if "word/document.xml" in names or "content.xml" in names or "ppt/presentation.xml" in names:
        raise RefusedError(f"Ce fichier est un document ou un diaporama, pas un tableau. {ADVICE}")
    if any(name.endswith(".iwa") for name in names):
        raise RefusedError(
            "Ce fichier est au format Numbers. Dans Numbers : Fichier, Exporter vers, Excel, puis déposez le "
            "nouveau fichier."
        )
    raise RefusedError(f"Ce fichier est une archive, pas un tableau. {ADVICE}")


def _declares_macros(archive: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether it is a workbook with macros under another name, wherever they are."""
    if "[Content_Types].xml" not in names:
        return False
    with archive.open("[Content_Types].xml") as file:
        types = file.read(MEGABYTE)
    return b"macroEnabled" in types or b"vbaProject" in types


def _check_ods(archive: zipfile.ZipFile, names: set[str]) -> None:
    if "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as file:
            if b"encryption-data" in file.read(MEGABYTE):
                raise RefusedError(
                    "Ce fichier est protégé par un mot de passe : enregistrez-le sans, puis recommencez."
                )
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
        raise RefusedError("Ce classeur contient des macros : enregistrez-le sans, puis recommencez.")


def _check_content(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse entities: neither a workbook nor what reads it needs any."""
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                head = file.read(HEAD)
            if _ENTITIES.search(head.replace(b"\0", b"")):
                raise RefusedError(
                    "Ce fichier contient des instructions qu’aucun tableur n’écrit : il n’est pas ouvert. "
                    f"{ADVICE}"
                )

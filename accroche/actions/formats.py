"""What a file is, from its first bytes and its inside: never from its name or from what the sender says.

Each refusal says what to send instead.
"""

from __future__ import annotations

import os
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from accroche.lib.texte import normalised

#: Bytes of one file, and files of one sheet.
MAX_BYTES = 10 * 1024 * 1024
MAX_PIECES = 12
#: What an office document may hold once unpacked; more is a bomb or a film.
MAX_ENTRIES = 5_000
MAX_UNPACKED = 200 * 1024 * 1024
#: Bytes that tell what a file is, and bytes read of the list of an office document's parts.
_HEAD = 1024
MAX_LIST = 1024 * 1024


class Format(StrEnum):
    """What we take; the values end the names of files."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"

    @property
    def is_image(self) -> bool:
        """Whether it is shown in pages; the others are downloaded."""
        return self in IMAGES

    @property
    def media_type(self) -> str:
        """How the web names it."""
        return MEDIA_TYPES[self]


IMAGES = frozenset({Format.JPEG, Format.PNG, Format.WEBP, Format.GIF})
_OPENXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
MEDIA_TYPES = {
    Format.JPEG: "image/jpeg",
    Format.PNG: "image/png",
    Format.WEBP: "image/webp",
    Format.GIF: "image/gif",
    Format.PDF: "application/pdf",
    Format.DOCX: f"{_OPENXML}.wordprocessingml.document",
    Format.XLSX: f"{_OPENXML}.spreadsheetml.sheet",
    Format.PPTX: f"{_OPENXML}.presentationml.presentation",
    Format.ODT: f"{_ODF}.text",
    Format.ODS: f"{_ODF}.spreadsheet",
    Format.ODP: f"{_ODF}.presentation",
}
#: What a browser may offer to choose. HEIC is not in it: an iPhone then sends its photographs as JPEG.
ACCEPT = ",".join([*(MEDIA_TYPES[kind] for kind in Format), *(f".{kind}" for kind in Format), ".jpeg"])

_PACKED = {f"{MEDIA_TYPES[kind]}.main+xml": kind for kind in (Format.DOCX, Format.XLSX, Format.PPTX)}
_OPEN = {MEDIA_TYPES[kind]: kind for kind in (Format.ODT, Format.ODS, Format.ODP)}


class FormatError(ValueError):
    """The file is not one we take; the message says why and what to send instead."""


@dataclass(frozen=True, slots=True)
class _Signature:
    """Bytes at the start of a file that we know and do not take."""

    start: bytes
    message: str


HEIC = (
    "Cette photo est au format HEIC des iPhone, et de certains Android, que beaucoup d’ordinateurs ne lisent "
    "pas. Envoyez-la en JPEG : choisissez-la depuis l’iPhone lui-même, qui la convertit, ou réglez l’appareil"
    " photo : sur iPhone, « Formats › Le plus compatible » ; sur Android, sans « haute efficacité »."
)
_VIDEO = (
    "C’est une vidéo. Déposez-la sur un site de vidéos, par exemple PodEduc, puis ajoutez son adresse aux "
    "liens de la fiche."
)
_OTHER = "Ce fichier n’est ni une image, ni un PDF, ni un document bureautique. Envoyez un JPEG ou un PDF."
_REFUSED = (
    _Signature(
        b"\xd0\xcf\x11\xe0",
        "C’est un ancien format de bureautique, ou un document protégé par un mot de passe. "
        "Enregistrez-le sans mot de passe en PDF, DOCX ou ODT.",
    ),
    _Signature(b"\x1aE\xdf\xa3", _VIDEO),
    _Signature(b"II*\x00", "C’est une image TIFF. Enregistrez-la en JPEG ou en PNG."),
    _Signature(b"MM\x00*", "C’est une image TIFF. Enregistrez-la en JPEG ou en PNG."),
    _Signature(b"BM", "C’est une image BMP. Enregistrez-la en JPEG ou en PNG."),
    _Signature(b"{\\rtf", "C’est un document RTF. Enregistrez-le en PDF, DOCX ou ODT."),
    _Signature(b"Rar!", "C’est une archive. Envoyez les fichiers un par un."),
    _Signature(b"7z\xbc\xaf", "C’est une archive. Envoyez les fichiers un par un."),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def sniff(file: IO[bytes]) -> Format:
    """Return what a file is, by its beginning and the list of its parts. Raises :class:`FormatError`."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(_HEAD)
    if not size:
        raise FormatError("Ce fichier est vide. Choisissez-en un autre.")
    if size > MAX_BYTES:
        raise FormatError(TOO_BIG)
    if head.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Format.WEBP
    if head.startswith((b"GIF87a", b"GIF89a")):
        return Format.GIF
    if head.startswith(b"%PDF-"):
        return Format.PDF
    if head.startswith(b"PK\x03\x04"):
        return _office(file)
    raise FormatError(_why_not(head))


LIGHTER = "Réduisez l’image, ou exportez le document en PDF allégé."
TOO_BIG = f"Ce fichier dépasse {MAX_BYTES // 1024 // 1024} Mo. {LIGHTER}"


def _why_not(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in _HEIC_BRANDS:
            return HEIC
        if brand in {b"avif", b"avis"}:
            return "C’est une image AVIF. Enregistrez-la en JPEG ou en PNG."
        return _VIDEO
    for signature in _REFUSED:
        if head.startswith(signature.start):
            return signature.message
    if b"<svg" in head.lstrip().lower():
        return "C’est un dessin SVG, qui peut cacher un programme. Exportez-le en PNG ou en PDF."
    return _OTHER


def _office(file: IO[bytes]) -> Format:
    """Return the office format of a zip, by the list of its parts."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise FormatError("Ce document est trop gros une fois ouvert. Exportez-le en PDF.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise FormatError("Ce document est protégé par un mot de passe. Retirez-le avant l’envoi.")
            names = {entry.filename for entry in entries}
            if "[Content_Types].xml" in names:
                found = _openxml(names, _beginning(archive, "[Content_Types].xml"))
            elif "mimetype" in names:
                found = _opendocument(names, _beginning(archive, "mimetype"))
            else:
                found = None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise FormatError(
            "Ce document est abîmé. Ouvrez-le, enregistrez-le à nouveau, renvoyez-le."
        ) from error
    if found is None:
        raise FormatError("C’est une archive. Envoyez les fichiers un par un.")
    return found


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(MAX_LIST)


_MACROS = "Ce document contient des macros. Enregistrez-le sans macros, ou exportez-le en PDF."


def _openxml(names: set[str], parts: bytes) -> Format | None:
    if b"macroEnabled" in parts or b"vbaProject" in parts or any("vbaproject" in n.lower() for n in names):
        raise FormatError(_MACROS)
    return next((kind for media, kind in _PACKED.items() if media.encode() in parts), None)


def _opendocument(names: set[str], media: bytes) -> Format | None:
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise FormatError(_MACROS)
    return _OPEN.get(media.decode("ascii", "replace").strip())


_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
LONGEST_NAME = 120


def shown_name(given: str, kind: Format) -> str:
    """Return the name to show and to download under: the sender's words, the ending of what it is."""
    last = re.split(r"[\\/]", normalised(given))[-1]
    # no control and no invisible character: those that turn the writing round would disguise an ending
    visible = "".join(
        " " if c.isspace() else c for c in last if unicodedata.category(c)[0] != "C" or c == "\t"
    )
    stem = visible.rpartition(".")[0] or visible
    clean = " ".join(_FORBIDDEN.sub(" ", stem).split()).strip(". ")[:LONGEST_NAME].rstrip()
    return f"{clean or 'fichier'}.{kind}"

"""Reads a file into text: plain text in the usual encodings, or the text layer of a PDF.

Every refusal says what the file is and what to do with it.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from accroche.rapport.problems import SourceError

__all__ = ["MAX_BYTES", "SourceError", "read_text"]

#: The largest file read, in bytes. The whole 2015-2016 report is 0.2 MB of text, 3 MB of PDF.
MAX_BYTES: Final = 20_000_000
_HEAD: Final = 1_024
_BOM: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Controls that a text file may hold: tab, line ends, vertical tab, form feed, end of file of old systems.
_ALLOWED: Final = frozenset(b"\t\n\v\f\r\x1a")
#: One control character in a hundred is no accident.
_MAX_CONTROLS: Final = 0.01


def read_text(path: Path, *, progress: Callable[[int, int], None] | None = None) -> str:
    """Give the text of ``path``; ``progress`` is told the pages read and their total, for a PDF.

    At most :data:`MAX_BYTES` bytes are read. Raise :class:`SourceError` for anything that
    gives no text.
    """
    data = _read_bytes(path)
    name = path.name
    head = data[:_HEAD]
    if b"%PDF-" in head:
        from accroche.rapport.pdf import read_pdf  # noqa: PLC0415  PDFium is loaded for a PDF only

        return read_pdf(data, name, progress)
    _refuse_other_formats(head, name)
    text = _decode(data, name)
    if not text.strip("\ufeff \t\r\n\f\v\x1a"):
        raise SourceError(f"Le fichier « {name} » est vide. Choisissez le fichier de la synthèse.")
    return text


def _read_bytes(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        data = b""
        if stat.S_ISREG(mode):  # a pipe would be waited for
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise SourceError(f"Le fichier « {path} » n’existe pas. Vérifiez son nom et son dossier.") from error
    except PermissionError as error:
        raise SourceError(
            f"Le fichier « {path} » n’est pas lisible par ce compte. Donnez-lui le droit de lecture."
        ) from error
    except (OSError, ValueError) as error:
        raise SourceError(f"Le fichier « {path} » n’a pas pu être lu : {error}.") from error
    if stat.S_ISDIR(mode):
        raise SourceError(f"« {path} » est un dossier. Indiquez le fichier de la synthèse (.txt ou .pdf).")
    if not stat.S_ISREG(mode):
        raise SourceError(f"« {path} » n’est pas un fichier ordinaire. Indiquez un fichier .txt ou .pdf.")
    if len(data) > MAX_BYTES:
        raise SourceError(
            f"Le fichier « {path.name} » dépasse {MAX_BYTES // 1_000_000} Mo. Une synthèse est bien plus "
            "légère : vérifiez le fichier, ou enregistrez-la en texte."
        )
    if not data:
        raise SourceError(f"Le fichier « {path.name} » est vide. Choisissez le fichier de la synthèse.")
    return data


def _refuse_other_formats(head: bytes, name: str) -> None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise SourceError(
            f"« {name} » est un document Word (.docx), OpenDocument (.odt) ou une archive. Ouvrez-le et "
            "enregistrez-le en PDF, ou en texte brut (.txt, UTF-8)."
        )
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(
            f"« {name} » est un ancien document Office (.doc, .xls). Ouvrez-le et enregistrez-le en PDF, ou "
            "en texte brut (.txt, UTF-8)."
        )
    if head.startswith(b"{\\rtf"):
        raise SourceError(
            f"« {name} » est au format RTF. Ouvrez-le et enregistrez-le en texte brut (.txt, UTF-8)."
        )


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in _BOM:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise SourceError(
                    f"« {name} » s’annonce en {encoding.upper()} et ne l’est pas jusqu’au bout : il est "
                    "abîmé ou coupé. Reprenez l’original."
                ) from error
    controls = sum(byte < 0x20 and byte not in _ALLOWED for byte in data)  # noqa: PLR2004  ASCII controls
    if 0 in data or controls > len(data) * _MAX_CONTROLS:
        raise SourceError(
            f"« {name} » n’est pas un texte (contenu binaire). Choisissez la synthèse en .txt ou en .pdf."
        )
    for encoding in ("utf-8", "windows-1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SourceError(f"L’encodage de « {name} » n’est pas reconnu. Enregistrez-le en texte UTF-8.")

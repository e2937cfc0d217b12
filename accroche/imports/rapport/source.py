"""Reads a file into text: plain text in the usual encodings, or the text layer of a PDF.

Every refusal says what the file is and what to do with it.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from accroche.imports.rapport.problemes import SourceError

__all__ = ["MAX_OCTETS", "SourceError", "read_text"]

#: The largest file read, in bytes. The whole 2015-2016 report is 0.2 MB of text, 3 MB of PDF.
MAX_OCTETS: Final = 20_000_000
_DEBUT: Final = 1_024
_BOM: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Controls that a text file may hold: tab, line ends, vertical tab, form feed, end of file of old systems.
_PERMIS: Final = frozenset(b"\t\n\v\f\r\x1a")
#: One control character in a hundred is no accident.
_MAX_CONTROLES: Final = 0.01


def read_text(path: Path, *, progress: Callable[[int, int], None] | None = None) -> str:
    """Give the text of ``path``; ``progress`` is told the pages read and their total, for a PDF.

    At most :data:`MAX_OCTETS` bytes are read. Raise :class:`SourceError` for anything that
    gives no text.
    """
    data = _octets(path)
    nom = path.name
    debut = data[:_DEBUT]
    if b"%PDF-" in debut:
        from accroche.imports.rapport.pdf import lire_pdf  # noqa: PLC0415  PDFium is loaded for a PDF only

        return lire_pdf(data, nom, progress)
    _refuser_autres_formats(debut, nom)
    texte = _decoder(data, nom)
    if not texte.strip("\ufeff \t\r\n\f\v\x1a"):
        raise SourceError(f"Le fichier « {nom} » est vide. Choisissez le fichier de la synthèse.")
    return texte


def _octets(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SourceError(
                f"« {path} » est un dossier. Indiquez le fichier de la synthèse (.txt ou .pdf)."
            )
        if not stat.S_ISREG(mode):
            raise SourceError(f"« {path} » n’est pas un fichier ordinaire. Indiquez un fichier .txt ou .pdf.")
        with path.open("rb") as fichier:
            data = fichier.read(MAX_OCTETS + 1)
    except FileNotFoundError as erreur:
        raise SourceError(f"Le fichier « {path} » n’existe pas. Vérifiez son nom et son dossier.") from erreur
    except PermissionError as erreur:
        raise SourceError(
            f"Le fichier « {path} » n’est pas lisible par ce compte. Donnez-lui le droit de lecture."
        ) from erreur
    except (OSError, ValueError) as erreur:
        raise SourceError(f"Le fichier « {path} » n’a pas pu être lu : {erreur}.") from erreur
    if len(data) > MAX_OCTETS:
        raise SourceError(
            f"Le fichier « {path.name} » dépasse {MAX_OCTETS // 1_000_000} Mo. Une synthèse est bien plus "
            "légère : vérifiez le fichier, ou enregistrez-la en texte."
        )
    if not data:
        raise SourceError(f"Le fichier « {path.name} » est vide. Choisissez le fichier de la synthèse.")
    return data


def _refuser_autres_formats(debut: bytes, nom: str) -> None:
    if debut.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        raise SourceError(
            f"« {nom} » est un document Word (.docx), OpenDocument (.odt) ou une archive. Ouvrez-le et "
            "enregistrez-le en PDF, ou en texte brut (.txt, UTF-8)."
        )
    if debut.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(
            f"« {nom} » est un ancien document Office (.doc, .xls). Ouvrez-le et enregistrez-le en PDF, ou "
            "en texte brut (.txt, UTF-8)."
        )
    if debut.startswith(b"{\\rtf"):
        raise SourceError(
            f"« {nom} » est au format RTF. Ouvrez-le et enregistrez-le en texte brut (.txt, UTF-8)."
        )


def _decoder(data: bytes, nom: str) -> str:
    for marque, encodage in _BOM:
        if data.startswith(marque):
            try:
                return data.decode(encodage)
            except UnicodeDecodeError as erreur:
                raise SourceError(
                    f"« {nom} » s’annonce en {encodage.upper()} et ne l’est pas jusqu’au bout : il est abîmé "
                    "ou coupé. Reprenez l’original."
                ) from erreur
    controles = sum(octet < 0x20 and octet not in _PERMIS for octet in data)  # noqa: PLR2004  ASCII controls
    if 0 in data or controles > len(data) * _MAX_CONTROLES:
        raise SourceError(
            f"« {nom} » n’est pas un texte (contenu binaire). Choisissez la synthèse en .txt ou en .pdf."
        )
    for encodage in ("utf-8", "windows-1252"):
        try:
            return data.decode(encodage)
        except UnicodeDecodeError:
            continue
    raise SourceError(f"L’encodage de « {nom} » n’est pas reconnu. Enregistrez-le en texte UTF-8.")

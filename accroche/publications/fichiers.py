"""The files of a document that may be downloaded: a fixed table, looked for where builds write.

A build writes under ``<root>/<school year>/``; that of a frozen version may have a folder of its own
inside, named by its number. Nothing a visitor sends ever becomes a path: names are looked up here.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from accroche.lib.texte import NBSP, comparable
from accroche.publications.documents.kinds import Kind
from accroche.publications.outline import Document
from accroche.publications.versions import WORKING

_MANIFEST: Final = "donnees.json"
#: The one entry that no build writes: it packs what is spread over several files.
_ARCHIVE: Final = "donnees.zip"
#: What is set page by page costs three milliseconds a row, of a processor: with more rows than this, an
#: operator builds it.
MOST_ROWS: Final = 1_000
_LAID_OUT: Final = frozenset({"pdf", "docx"})
_KILO: Final = 1000
#: ZIP has no earlier day; a fixed one keeps the archive of the same files the same.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file that may be downloaded: its public name, where a build writes it, what draws it, what it is."""

    name: str
    path: str
    drawn: str
    format: str
    label: str
    content_type: str


@dataclass(frozen=True, slots=True)
class _Offered:
    """What a format gives to download, whatever the document."""

    drawn: str
    format: str
    label: str
    content_type: str
    #: the file of the data folder; empty for the one file that has the name of its kind
    inside: str = ""


_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFERED: Final = (
    _Offered("pdf", "PDF", "{label}, mise en page", "application/pdf"),
    _Offered("docx", "DOCX", "{label}, à modifier", _WORD),
    _Offered("html", "HTML", "Cette page, à garder", "text/html; charset=utf-8"),
    _Offered("data", "XLSX", "Les données, dans un classeur", _EXCEL, "donnees.xlsx"),
    _Offered("data", "ZIP de CSV", "Les données et leur schéma", "application/zip", _ARCHIVE),
    _Offered("data", "JSON", "Les données et leur origine", "application/json", _MANIFEST),
)


def fichiers_of(kind: Kind) -> dict[str, Fichier]:
    """Return what may be downloaded of a kind of document, by public name, in the order it is offered."""
    found = {}
    for one in _OFFERED:
        if kind.formats and one.drawn not in kind.formats:
            continue
        name = one.inside or f"{kind.name}.{one.drawn}"
        path = f"{kind.folder}/{name}" if one.inside else name
        found[name] = Fichier(
            name, path, one.drawn, one.format, one.label.format(label=kind.label), one.content_type
        )
    return found


def at_once(kind: Kind, document: Document) -> dict[str, Fichier]:
    """Return those of its files that are drawn while a request waits: a long one is not laid out then."""
    rows = sum(len(table.rows) for table in document.data)
    found = fichiers_of(kind)
    return found if rows <= MOST_ROWS else {k: one for k, one in found.items() if one.drawn not in _LAID_OUT}


@dataclass(frozen=True, slots=True)
class Version:
    """Which telling of an edition is meant: its school year, its number when frozen, its printed name."""

    year: str
    number: int | None = None
    label: str = WORKING


@dataclass(frozen=True, slots=True)
class Offre:
    """A file as the page offers it; ``size`` is None when it was never produced."""

    fichier: Fichier
    size: int | None

    @property
    def detail(self) -> str:
        """Format and size: « PDF, 2,1 Mo »."""
        said = "pas encore produit" if self.size is None else poids(self.size)
        return f"{self.fichier.format}, {said}"


def offres(kind: Kind, folder: Path | None) -> tuple[Offre, ...]:
    """Return every file of a kind, in the order of the table: found in ``folder``, or not produced."""
    return tuple(Offre(fichier, _size(kind, folder, fichier)) for fichier in fichiers_of(kind).values())


def contenu(kind: Kind, folder: Path | None, fichier: Fichier) -> Path | bytes | None:
    """Return the file to send, or its bytes when it is made on demand; None when there is none."""
    if folder is None:
        return None
    if fichier.name == _ARCHIVE:
        return _archive(folder / kind.folder)
    path = folder / fichier.path
    return path if path.is_file() else None


def public_name(fichier: Fichier, *marks: str) -> str:
    """How a file is called once it is far from its page: « synthese-2015-2016-v2.pdf »."""
    stem, _, extension = fichier.name.partition(".")
    return f"{'-'.join((stem, *filter(None, marks)))}.{extension}"


def picked(fichier: Fichier, drawn: Mapping[str, bytes]) -> bytes:
    """Return a file among those just drawn, by path; the archive packs what it is made of."""
    if fichier.name != _ARCHIVE:
        return drawn[fichier.path]
    inside = {Path(path).name: content for path, content in sorted(drawn.items())}
    return _zipped({name: content for name, content in inside.items() if _is_packed(name)})


def poids(size: int) -> str:
    """Write a size in bytes as French does: « 2,1 Mo »."""
    if size < _KILO:
        return f"{size}{NBSP}octets"
    if size < _KILO**2:
        return f"{round(size / _KILO)}{NBSP}ko"
    if size < _KILO**3:
        return f"{size / _KILO**2:.1f}{NBSP}Mo".replace(".", ",")
    return f"{size / _KILO**3:.1f}{NBSP}Go".replace(".", ",")


def _size(kind: Kind, folder: Path | None, fichier: Fichier) -> int | None:
    if folder is None:
        return None
    if fichier.name == _ARCHIVE:
        archive = _archive(folder / kind.folder)
        return len(archive) if archive else None
    path = folder / fichier.path
    return path.stat().st_size if path.is_file() else None


def folder_of(kind: Kind, root: Path, version: Version) -> Path | None:
    """Return the folder that holds the files of a version, never those of another one.

    The data of a build name its version. A folder without data is trusted only at the place that is
    the version's own.
    """
    year = root / version.year
    places = [year] if version.number is None else [year / str(version.number), year]
    for place in places:
        manifest = place / kind.folder / _MANIFEST
        if manifest.is_file():
            # what an older release wrote has other spaces in its dates
            told = _told_version(manifest, manifest.stat().st_mtime_ns)
            if comparable(told) == comparable(version.label):
                return place
        elif place is places[0] and place.is_dir():
            return place
    return None


@lru_cache(maxsize=32)
def _told_version(manifest: Path, _modified: int) -> str:
    """Return the version that a build says it is of; kept until the file changes."""
    try:
        return str(json.loads(manifest.read_bytes())["document"]["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _archive(data: Path) -> bytes | None:
    """Return the CSV files and the schema that describes them, packed; None when there are none."""
    paths = sorted(path for path in data.glob("*") if path.is_file() and _is_packed(path.name))
    return _packed(tuple((path, path.stat().st_mtime_ns) for path in paths)) if paths else None


@lru_cache(maxsize=8)
def _packed(paths: tuple[tuple[Path, int], ...]) -> bytes:
    return _zipped({path.name: path.read_bytes() for path, _modified in paths})


def _is_packed(name: str) -> bool:
    return name.endswith(".csv") or name == "datapackage.json"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()

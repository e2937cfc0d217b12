"""Draws documents, and writes their files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string

from accroche.actions.models import Action
from accroche.campagne.models import Semaine
from accroche.commun.terminal import move_file, replace_file
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Place
from accroche.lib import doors
from accroche.publications.documents.kinds import AFFICHE, Kind
from accroche.publications.donnees import Rows
from accroche.publications.fichiers import Fichier, at_once, picked
from accroche.publications.outline import Document
from accroche.publications.queries import academie_document, poster_document
from accroche.publications.renderers import FORMATS, STREAMED

#: Seconds a poster is kept: one link may send a whole school to it.
POSTER_KEPT = 3600

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file that was written, and its size in bytes."""

    path: Path
    size: int


def write_files(
    kind: Kind, document: Document, folder: Path, formats: Sequence[str], progress: Progress | None = None
) -> list[BuiltFile]:
    """Draw ``document`` in each of ``formats`` and write the files, named by their kind, under ``folder``.

    A file appears whole or not at all: it is written aside, then renamed. Data come first: the rows of a long
    table are let go with them, so that pages are laid out in the room they took. Raises ``OSError``.
    """
    doors.passing("a document is drawn")
    written = []
    for done, name in enumerate(in_order(formats), start=1):
        if name in STREAMED:
            written += _streamed(STREAMED[name], document, folder / kind.folder)
            for table in document.data:
                if isinstance(table.rows, Rows):
                    table.rows.let_go()
            paths: dict[Path, bytes] = {}
        else:
            paths = {folder / inside: drawn for inside, drawn in _files(kind, document, name).items()}
        for path, content in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, content)
            written.append(BuiltFile(path, len(content)))
        if progress:
            progress(done, len(formats))
    return written


def in_order(formats: Iterable[str]) -> list[str]:
    """Return formats in the order in which they are written."""
    return sorted(formats, key=lambda name: name not in STREAMED)


def _streamed(
    write: Callable[[Document, Path], list[str]], document: Document, folder: Path
) -> list[BuiltFile]:
    """Write files aside, then rename each into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".ecriture-") as aside:
        names = write(document, Path(aside))
        for name in names:
            move_file(Path(aside) / name, folder / name)
    return [BuiltFile(folder / name, (folder / name).stat().st_size) for name in names]


def draw_file(kind: Kind, semaine: Semaine, fichier: Fichier, *, access: Access, day: dt.date) -> bytes:
    """Return one file of a document about an académie, as of ``day``.

    Raises ``PermissionDenied``, and ``LookupError`` for one that is too long to be drawn at once.
    """
    if kind.right is None or not access.allows(kind.right, Place(academie=semaine.academie_id)):
        raise PermissionDenied
    document = academie_document(kind, semaine, day=day)
    if fichier.name not in at_once(kind, document):
        raise LookupError(fichier.name)
    doors.passing("a document is drawn")
    return picked(fichier, _files(kind, document, fichier.drawn))


def draw_poster(action: Action) -> bytes:
    """Return the poster of a public sheet as a PDF; kept a while, by what it says."""
    document = poster_document(action)
    key = f"affiche:{sha256(repr(document).encode()).hexdigest()}"
    drawn: bytes | None = cache.get(key)
    if drawn is None:
        doors.passing("a document is drawn")
        drawn = _files(AFFICHE, document, "pdf")[f"{AFFICHE.name}.pdf"]
        cache.set(key, drawn, POSTER_KEPT)
    return drawn


def _files(kind: Kind, document: Document, name: str) -> Mapping[str, bytes]:
    """Draw a document in one format: its files by name."""
    drawn = FORMATS[name](document, render_to_string)
    if isinstance(drawn, bytes):
        return {f"{kind.name}.{name}": drawn}
    return {f"{kind.folder}/{inside}": content for inside, content in drawn.items()}

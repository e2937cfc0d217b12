"""What commands share: progress on the terminal and clear refusals."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from accroche.lib.texte import pluriel

Step = Callable[[int, int], None]

ADVICE = "Choisissez un autre emplacement, ou vérifiez vos droits et la place qui reste."


@contextmanager
def progress(label: str) -> Iterator[Step]:
    """Show a progress bar on standard error; yields ``step(done, total)``. Silent when not a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(label, total=None)

        def step(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield step


def shortened(lines: Sequence[str], shown: int = 20) -> Iterator[str]:
    """Yield the first lines, then how many more there are."""
    yield from lines[:shown]
    if len(lines) > shown:
        more = len(lines) - shown
        yield f"… et {more} {pluriel(more, 'autre', 'autres')}."


def write_file(path: Path, content: str | Iterable[str]) -> None:
    """Write a text file whole or not at all, its folder made if need be; it may come piece by piece.

    Raises ``CommandError`` when it cannot be.
    """
    pieces = (content,) if isinstance(content, str) else content
    try:
        if path.is_dir():
            raise CommandError(f"{path} est un dossier : donnez un nom de fichier.")
        writable_folder(path.parent)
        if path.exists() and not path.is_file():  # a pipe or a device is written to, not replaced
            with path.open("w", encoding="utf-8") as file:
                file.writelines(pieces)
        else:
            with contextlib.suppress(FileNotFoundError):
                path.stat()  # a link that turns in circles is refused here, not replaced
            replace_file(path.resolve(), (piece.encode() for piece in pieces))
    except OSError as error:
        raise CommandError(f"Impossible d’écrire {path} : {error.strerror}. {ADVICE}") from error


def replace_file(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write aside, then rename: the file appears whole or stays as it was. Raises ``OSError``."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
        move_file(Path(name), path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def move_file(aside: Path, path: Path) -> None:
    """Rename a file that was written aside, on the same disk; its readers are settled. Raises ``OSError``."""
    # made to be handed on, or the instance's own, which stay private
    aside.chmod(0o600 if path.is_relative_to(settings.DATA) else 0o644)
    aside.replace(path)


def writable_folder(path: Path) -> Path:
    """Return the folder, made if need be. Raises ``CommandError`` when it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"Impossible de créer le dossier {path} : {error.strerror}. {ADVICE}") from error
    return path

"""Reading a checked file: once into a spool by a bounded process, then row by row from the spool."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from accroche.integrations.tableur.controle import FileKind, RefusedError, check
from accroche.lib import doors
from accroche.lib.tableur.cellules import Cell

#: Seconds of the clock; the processor's are bounded in the process itself.
TIMEOUT: Final = 150
_REFUSED: Final = 3
#: Bytes that hold the last line of a spool, when it tells what was mended.
_TAIL: Final = 1000
_NO_ROOM: Final = 4
_TOO_MUCH: Final = (
    "Ce fichier est trop lourd à ouvrir : sa feuille s’étend sans doute bien au-delà des lignes remplies. "
    "Copiez les lignes utiles dans un nouveau classeur, puis recommencez."
)


#: What ``json.loads`` asks of a line that our own program wrote: nothing stands before what it holds.
_decode: Final = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a spool. ``hidden_*``: how many the whole file hides; ``is_csv``: it has no cell types."""

    name: str
    visible: bool
    is_csv: bool = False
    hidden_columns: int = 0
    hidden_rows: int = 0


def unpack(path: Path, spool: Path) -> FileKind:
    """Check and read ``path`` into ``spool``. Raise :class:`RefusedError`; no spool is then left.

    Raises ``OSError`` on a full disk: the file is not at fault.
    A spool that is there is whole: it takes its name at the end, whatever stops this half-way.
    """
    doors.passing("a spreadsheet is read")
    kind = check(path)
    aside = spool.with_name(f"{spool.name}.{secrets.token_hex(8)}")
    command = [sys.executable, "-m", "accroche.integrations.tableur.lecteur", kind, str(path), str(aside)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
        if done.returncode == _NO_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if done.returncode:
            told = done.stdout.strip().splitlines()
            raise RefusedError(told[-1] if done.returncode == _REFUSED and told else _TOO_MUCH)
        aside.replace(spool)
    except subprocess.TimeoutExpired as error:
        raise RefusedError(_TOO_MUCH) from error
    finally:
        aside.unlink(missing_ok=True)
    return kind


def sheets_of(spool: Path) -> Iterator[tuple[Sheet, Iterator[tuple[int, list[Cell]]]]]:
    """Yield each sheet of a spool with its rows; the rows have to be read before the next sheet."""
    with spool.open(encoding="utf-8") as lines:
        head = next(lines, "")
        while head:
            told = json.loads(head)
            if "sheet" not in told:  # what was mended, at the end
                return
            following: list[str] = []
            rows = _rows(lines, following)
            yield (
                Sheet(
                    told["sheet"],
                    told["visible"],
                    is_csv=told.get("csv", False),
                    hidden_columns=told.get("hidden_columns", 0),
                    hidden_rows=told.get("hidden_rows", 0),
                ),
                rows,
            )
            if not following:  # what the reader left
                following += islice((line for line in lines if line[0] == "{"), 1)
            head = following[0] if following else ""


@dataclass(frozen=True, slots=True)
class Mended:
    """How many cells had their accents encoded twice, and one of them, before and after."""

    cells: int
    before: str
    after: str


def mended_in(spool: Path) -> Mended | None:
    """Return what was mended while a file was read into ``spool``, None when nothing had to be."""
    with spool.open("rb") as lines:
        lines.seek(max(0, spool.stat().st_size - _TAIL))
        last = lines.read().rstrip(b"\n").rpartition(b"\n")[2]
    if not last.startswith(b'{"mended"'):
        return None
    told = json.loads(last)
    return Mended(told["mended"], told["before"], told["after"])


def read_rows(spool: Path, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the rows of one sheet: the number it has in the file, then its cells."""
    for found, rows in sheets_of(spool):
        if found.name == sheet:
            yield from rows
            return


def _rows(lines: Iterator[str], following: list[str]) -> Iterator[tuple[int, list[Cell]]]:
    for line in lines:
        if line[0] == "{":
            following.append(line)
            return
        (number, *cells), _ = _decode(line)
        yield number, [_day(cell) if type(cell) is list else (None if cell == "" else cell) for cell in cells]


def _day(cell: list[Any]) -> dt.date:
    text = cell[0]
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)

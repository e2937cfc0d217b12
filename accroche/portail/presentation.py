"""One's own data as an archive: a page to read, the same for programs, and the files of one's sheets."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from accroche.actions.models import PieceJointe
from accroche.lib.dates import format_date
from accroche.lib.moments import PARIS, format_moment
from accroche.portail.queries import MesDonnees, Value

#: The name of the archive, and of what it holds.
ARCHIVE, PAGE, DATA, FILES = "mes-donnees-accroche.zip", "mes-donnees.html", "mes-donnees.json", "fichiers"


class _Outgoing(io.RawIOBase):
    """What a ZIP is written to while it leaves: bytes wait here until they are taken, none are kept."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        """Bytes come in."""
        return True

    def write(self, chunk: Any) -> int:
        """Take bytes in."""
        self._waiting += chunk
        return len(chunk)

    def taken(self) -> bytes:
        """What waits; nothing waits any more."""
        found = bytes(self._waiting)
        self._waiting.clear()
        return found


def archive(told: MesDonnees) -> Iterator[bytes]:
    """The archive, piece by piece as it is made: nothing of it is ever kept on the disk.

    A file that is missing on the server is left out; its sheet names it still.
    """
    out = _Outgoing()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        packed.writestr(_entry(PAGE, told.at), render_to_string("portail/mes_donnees.html", _page(told)))
        packed.writestr(_entry(DATA, told.at), json.dumps(as_json(told), ensure_ascii=False, indent=2))
        yield out.taken()
        for piece in told.files:
            yield from _packed(packed, out, piece, told.at)
    yield out.taken()


def _packed(packed: ZipFile, out: _Outgoing, piece: PieceJointe, at: dt.datetime) -> Iterator[bytes]:
    try:
        content = piece.file.open("rb")
    except FileNotFoundError:
        return
    # a name of ours before the visitor's: two sheets may have a « photo.jpg »
    name = f"{FILES}/{piece.action_id}-{piece.pk}-{piece.name}"
    with content, packed.open(_entry(name, at), "w", force_zip64=True) as kept:
        for chunk in content.chunks():
            kept.write(chunk)
            yield out.taken()


def _entry(name: str, at: dt.datetime) -> ZipInfo:
    made = ZipInfo(name, at.astimezone(PARIS).timetuple()[:6])
    made.compress_type = ZIP_DEFLATED
    return made


def as_json(told: MesDonnees) -> dict[str, Any]:
    """The data as JSON values: moments in ISO 8601, each part under its key."""
    held = {
        part.key: [{label: _plain(value) for label, value in row.items()} for row in rows]
        for part, rows in told.parts
    }
    return {"le": told.at.isoformat(), **held}


def _plain(value: Value) -> Value:
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)


def _page(told: MesDonnees) -> dict[str, Any]:
    """What the page shows: what is empty is said in one line, at its end."""
    return {
        "personne": told.person,
        "le": told.at,
        "parties": [
            (part.title, [[(label, in_french(value)) for label, value in row.items()] for row in rows])
            for part, rows in told.parts
            if rows
        ],
        "vides": [part.title for part, rows in told.parts if not rows],
    }


def in_french(value: Value) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, dt.date):
        return format_moment(value) if isinstance(value, dt.datetime) else format_date(value)
    if isinstance(value, list):
        return ", ".join(in_french(item) for item in value) or "–"
    if isinstance(value, dict):
        return "\n".join(f"{name} : {in_french(item)}" for name, item in value.items()) or "–"
    return str(value)

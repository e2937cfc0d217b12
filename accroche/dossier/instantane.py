"""The edition's plain data as JSON and back, for snapshots and for remembering what was loaded."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import TypeAdapter

from accroche.dossier.dossier import EditionDossier

_EDITION = TypeAdapter(EditionDossier)

#: The shape of the data. Raise it when the dataclasses change, and teach :func:`load` to read the one
#: before: frozen versions of the synthesis keep theirs for good.
SHAPE = 1


class UnknownShapeError(ValueError):
    """The data were written by another version of Accroche, in a shape this one cannot read."""


def dump(dossier: EditionDossier) -> dict[str, Any]:
    """Return JSON-ready data; equal dossiers give equal data (sets are sorted)."""
    data: dict[str, Any] = _EDITION.dump_python(dossier, mode="json")
    for semaine in data["semaines"]:
        semaine["levels"].sort()
    return {"shape": SHAPE, **data}


def load(data: dict[str, Any]) -> EditionDossier:
    """Do the inverse of :func:`dump`.

    Raises :class:`UnknownShapeError` on another shape, ``pydantic.ValidationError`` on data that break
    their own.
    """
    content = dict(data)
    if (shape := content.pop("shape", None)) != SHAPE:
        raise UnknownShapeError(f"Instantané de forme {shape!r} : cette version lit la forme {SHAPE}.")
    return _EDITION.validate_python(content)


def digest(data: dict[str, Any]) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON text of ``data``."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

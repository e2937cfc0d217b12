"""The edition's plain data as JSON and back, for snapshots and for remembering what was loaded."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import TypeAdapter

from accroche.actions.dossier import EditionDossier

_EDITION = TypeAdapter(EditionDossier)


def dump(dossier: EditionDossier) -> dict[str, Any]:
    """Return JSON-ready data; equal dossiers give equal data (sets are sorted)."""
    data: dict[str, Any] = _EDITION.dump_python(dossier, mode="json")
    for semaine in data["semaines"]:
        semaine["levels"].sort()
    return data


def load(data: dict[str, Any]) -> EditionDossier:
    """Inverse of :func:`dump`. Raises ``pydantic.ValidationError`` on data of another shape."""
    return _EDITION.validate_python(data)


def digest(data: dict[str, Any]) -> str:
    """SHA-256 (hexadecimal) of the canonical JSON text of ``data``."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

"""The départements and collectivités by their names, as ``reference.toml`` holds them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from accroche.lib import doors
from accroche.lib.texte import slug

#: Académies and départements, of which the database is a copy.
REFERENCE: Final = Path(__file__).with_name("reference.toml")


def read_reference() -> Mapping[str, Any]:
    """Return what ``reference.toml`` tells of académies and départements."""
    doors.passing("a file is read")
    return tomllib.loads(REFERENCE.read_text(encoding="utf-8"))


def is_departement(name: str) -> bool:
    """Tell whether a name is that of a département or collectivité, whatever its accents and capitals."""
    return slug(name) in _slugs()


@cache
def _slugs() -> frozenset[str]:
    return frozenset(slug(name) for name in read_reference()["departements"].values())

"""Every word that a document prints, block by block: what an acronym is looked for in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from enum import Enum
from typing import Final

from accroche.publications.outline import Section

#: What parts of a document are found by, or kept for programs: printed nowhere.
_UNPRINTED: Final = frozenset({"id", "target", "provenance", "url", "content_type"})


def words(part: object) -> Iterator[str]:
    """Yield the texts of a section, a block or a line, in the order they are held."""
    if isinstance(part, str):
        if part and not isinstance(part, Enum):
            yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from words(one)
    elif isinstance(part, Section) or dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            if field.name not in _UNPRINTED:
                yield from words(getattr(part, field.name))

"""Three-way comparison: what a file may change in a record that people may have edited.

A record remembers, per field, what its source last said (``incoming``) and what the database then
held (``stored``). A field is the file's to change only while nobody else has touched it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Arbitrage:
    """Fields to write, and fields kept although the file says something else."""

    write: tuple[str, ...]
    kept: tuple[str, ...]


def decide(
    *,
    incoming: Mapping[str, Any],
    current: Mapping[str, Any],
    last_incoming: Mapping[str, Any] | None,
    last_stored: Mapping[str, Any] | None,
) -> Arbitrage:
    """Decide field by field. ``last_*`` are None when another kind of source wrote the record.

    From its own source, a field follows the file unless people changed it since. From another
    source, or where its own source never wrote, a file only fills what is empty: it never replaces
    what someone else wrote.
    """
    write: list[str] = []
    kept: list[str] = []
    for field, value in incoming.items():
        if current[field] == value:
            continue
        if last_incoming is not None and field in last_incoming and last_incoming[field] == value:
            continue  # the file says what it said before: nothing new to weigh
        if last_stored is None or field not in last_stored:
            free = is_empty(current[field])
        else:
            free = current[field] == last_stored[field]
        (write if free else kept).append(field)
    return Arbitrage(tuple(write), tuple(kept))


def is_empty(value: Any) -> bool:
    """Whether a field holds nothing yet: no text, no rows, unknown, unticked. Zero is something."""
    if isinstance(value, dict):
        return all(map(is_empty, value.values()))
    return value is None or value is False or value in ("", [], ())

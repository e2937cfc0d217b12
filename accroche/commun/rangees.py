"""Rows of a list in a form: one more, one less, one higher or lower, on what was typed.

Their order is that of their numbers, ``<list>-<number>-<field>``; a row left empty is no row. So a button
that works without JavaScript only has to move values, as ``commun/static/commun/autosave.js`` does with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

#: Rows of one list: more is a mistake or an attack.
MOST: Final = 60

Saisie = dict[str, list[str]]


class Geste(StrEnum):
    """What a button of a list does; the value of all but the first names the row too."""

    ADD = "ajouter"
    REMOVE = "retirer"
    UP = "monter"
    DOWN = "descendre"


def geste_of(data: Mapping[str, list[str]]) -> tuple[Geste, str] | None:
    """Return the button pressed and what it names; None when the whole form was sent."""
    return next(((geste, data[geste][0]) for geste in Geste if data.get(geste)), None)


def list_touched(geste: Geste, target: str) -> str:
    """The name of the list whose button was pressed."""
    return target if geste is Geste.ADD else target.rpartition("-")[0]


def rearranged(data: Mapping[str, list[str]], geste: Geste, target: str) -> Saisie:
    """Return what was typed, rearranged; what does not exist, or one row too many, changes nothing."""
    found = {name: list(values) for name, values in data.items()}
    if geste is Geste.ADD:
        size = f"{target}-TOTAL_FORMS"
        if size in found:
            found[size] = [str(min(_number(found[size][0]) + 1, MOST))]
        return found
    prefix, _, number = target.rpartition("-")
    total = _number(found.get(f"{prefix}-TOTAL_FORMS", ["0"])[0])
    here = _number(number, default=total)
    if here >= total:
        return found
    if geste is Geste.REMOVE:
        _put(found, f"{prefix}-{here}-", {})
        return found
    there = here + (1 if geste is Geste.DOWN else -1)
    if 0 <= there < total:
        mine, other = (_taken(found, f"{prefix}-{n}-") for n in (here, there))
        _put(found, f"{prefix}-{here}-", other)
        _put(found, f"{prefix}-{there}-", mine)
    return found


def _number(text: str, default: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else default  # noqa: PLR2004 - no list is that long


def _taken(data: Saisie, prefix: str) -> Saisie:
    return {name.removeprefix(prefix): values for name, values in data.items() if name.startswith(prefix)}


def _put(data: Saisie, prefix: str, values: Saisie) -> None:
    for name in [name for name in data if name.startswith(prefix)]:
        del data[name]
    data |= {f"{prefix}{field}": held for field, held in values.items()}

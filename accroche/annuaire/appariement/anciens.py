"""Names schools had: those the directory was told, and those that lists of the ministry gave them before."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name a school had, and the last year of it (None: nobody knows)."""

    text: str
    until: int | None = None


@cache
def _told() -> dict[str, tuple[FormerName, ...]]:
    """By UAI, names of the ministry's lists of 2016 to 2023 that the directory of 2024 tells no more.

    From the indices de position sociale, the indicateurs de valeur ajoutée des collèges, the indicateurs de
    résultats des lycées and the collèges near a priority quarter (DEPP, Licence Ouverte).
    """
    found: dict[str, tuple[FormerName, ...]] = {}
    with Path(__file__).with_name("anciens_noms.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            one = FormerName(row["nom"], int(row["jusque"]) if row["jusque"] else None)
            found[row["uai"]] = (*found.get(row["uai"], ()), one)
    return found


def told_before(uai: str) -> tuple[FormerName, ...]:
    """Return the names a school had in lists of other years; none for most."""
    return _told().get(uai, ())

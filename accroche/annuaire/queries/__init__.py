"""Reads of the directory: finding a school from what is typed, recognising one from what is written."""

from __future__ import annotations

from accroche.annuaire.queries.proches import departement_of, near_schools
from accroche.annuaire.queries.recherche import (
    academie_of,
    find_alike,
    find_schools,
    school_index,
    with_academie,
)
from accroche.annuaire.queries.reconnaissance import Matcher

__all__ = [
    "Matcher",
    "academie_of",
    "departement_of",
    "find_alike",
    "find_schools",
    "near_schools",
    "school_index",
    "with_academie",
]

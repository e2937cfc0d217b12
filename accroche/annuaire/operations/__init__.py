"""Writes of the reference data: académies and départements, then the schools of the directory."""

from __future__ import annotations

from accroche.annuaire.operations.anciens_noms import RenommageReport, load_renommages
from accroche.annuaire.operations.directory import DirectoryReport, load_directory
from accroche.annuaire.operations.reference import (
    load_reference,
    write_reference,
)

__all__ = [
    "DirectoryReport",
    "RenommageReport",
    "load_directory",
    "load_reference",
    "load_renommages",
    "write_reference",
]

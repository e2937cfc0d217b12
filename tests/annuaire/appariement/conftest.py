"""Some forty real schools, as the composite directory tells them: names in capitals, tails, siblings."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from accroche.annuaire.appariement import FormerName, Moteur, SchoolFacts
from accroche.annuaire.departements import REFERENCE
from accroche.annuaire.lecture import Record, read_directory

SCHOOLS = Path(__file__).with_name("schools.csv")


def academies() -> dict[str, frozenset[str]]:
    """The départements of every académie of any time."""
    table = tomllib.loads(REFERENCE.read_text(encoding="utf-8"))["academies"]
    return {name: frozenset(entry["departements"]) for name, entry in table.items()}


def facts(
    record: Record, *, pk: int = 0, former: tuple[FormerName, ...] = (), is_open: bool = True
) -> SchoolFacts:
    """A line of a directory as recognition reads it."""
    return SchoolFacts(
        pk=pk or record.line,
        uai=record.uai,
        kind=record.kind.value,
        name=record.name,
        commune=record.commune,
        insee=record.insee,
        departement=record.departement,
        private={"public": False, "private": True}.get(record.sector.value),
        former_names=former,
        is_open=is_open,
    )


def records() -> list[Record]:
    with SCHOOLS.open(encoding="utf-8", newline="") as file:
        return read_directory(file)[0]


@pytest.fixture(scope="session")
def moteur() -> Moteur:
    return Moteur([facts(record) for record in records()], academies())

"""What the bureau writes of a version of the grid, field by field, as plain data and as words."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, Final

from accroche.campagne.grille import LEVELS
from accroche.campagne.preuves import Preuve
from accroche.campagne.regles import AXE_LABELS
from accroche.lib.texte import liste

#: JSON values by the code of their field: what a page shows, what was typed, what the journal keeps.
Valeurs = Mapping[str, Any]

LEVEL_FIELDS: Final = tuple(f"level_{n}" for n in range(LEVELS))

#: The fields of a criterion, as people call them, in the order of its page.
CRITERE: Final = {
    "objectif": "Objectif",
    "code": "Numéro",
    "title": "Intitulé",
    **{name: f"Niveau {n}" for n, name in enumerate(LEVEL_FIELDS)},
    "axe": "Axe de travail",
    "weight": "Poids",
    "evidence": "Ce que le site montre à côté",
    "anciens": "Vient de",
}
#: The same of the version itself.
TETE: Final = {"name": "Nom", "preamble": "Préambule", "objectifs": "Objectifs"}
LABELS: Final = TETE | CRITERE


def words(field: str, value: Any) -> str:
    """Word the JSON value of a field for people; empty when it says nothing."""
    if field == "axe":
        return AXE_LABELS.get(value, str(value))
    if field == "evidence":
        return liste(Preuve(code).label for code in value)
    if field == "anciens":
        return liste(value)
    if field == "objectifs":
        return " ; ".join(label for _, label in value)
    return "" if value is None else str(value)


def next_code(objectif: int, taken: Container[str]) -> str:
    """A free code for one more criterion of the objective that people call ``objectif``: « 2.4 »."""
    number = 1
    while f"{objectif}.{number}" in taken:
        number += 1
    return f"{objectif}.{number}"

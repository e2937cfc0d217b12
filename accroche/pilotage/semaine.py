"""A semaine's own page as plain data: what its fields are called, and what changed between two writings."""

from __future__ import annotations

from typing import Any, Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.champs import CHAMPS, Voie
from accroche.campagne.regles import (
    Alliances,
    Appel,
    Charge,
    Indicateur,
    Obstacle,
    Portage,
    Signataire,
    StatutSemaine,
)
from accroche.dossier.comparaison import words
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.chiffres import Chiffre, Kind, format_chiffres
from accroche.lib.dates import format_windows
from accroche.lib.libelles import Libelle
from accroche.lib.texte import liste

#: Who speaks when a figure is typed on the page.
SOURCE: Final = "Saisi par l’académie"

#: The fields of the page, as people call them, in its order.
LABELS: Final = {champ.name: champ.label for champ in CHAMPS if champ.goes(Voie.FORMULAIRE)}
#: The fields that are a code, each with its vocabulary.
CODES: Final[dict[str, type[Libelle]]] = {
    "status": StatutSemaine,
    "alliances": Alliances,
    "portage": Portage,
    "appel": Appel,
    "obstacle": Obstacle,
    "staff_strain": Charge,
    "absence_by": Signataire,
}
#: The fields that are levels, in their order.
LEVELS: Final = ("levels", "levels_unknown")
FIGURES: Final = {
    Indicateur.ACTIONS: "actions_figures",
    Indicateur.ETABLISSEMENTS: "etablissements_figures",
}


def changements(before: SemaineDossier, after: SemaineDossier) -> dict[str, tuple[Any, Any]]:
    """Return what differs, by field in the order of the page, as JSON values before and after."""
    return {
        field: (value_of(before, field), value_of(after, field))
        for field in LABELS
        if getattr(before, field) != getattr(after, field)
    }


def values_of(semaine: SemaineDossier) -> dict[str, Any]:
    """Return all the fields as JSON values."""
    return {field: value_of(semaine, field) for field in LABELS}


def value_of(semaine: SemaineDossier, field: str) -> Any:
    """One field as a JSON value: a code, a number, codes in their order, or what its rows say, in words."""
    value = getattr(semaine, field)
    if field in CODES:
        return value.value
    if field in LEVELS:
        return [level.value for level in Niveau if level in value]
    if field == "windows":
        return format_windows(value)
    if field in FIGURES.values():
        return figures_text(value)
    return value if value is None or isinstance(value, int | str) else words(value)


def in_words(field: str, value: Any) -> str:
    """Word a JSON value for people; empty when it says nothing."""
    if vocabulary := CODES.get(field):
        return vocabulary(value).label
    if field in LEVELS:
        return liste(Niveau(code).label for code in value)
    return words(value)


def figures_text(figures: tuple[Chiffre, ...]) -> str:
    """An answer as one would type it; empty when nobody answered."""
    if all(figure.kind is Kind.UNAVAILABLE for figure in figures):
        return ""
    return format_chiffres(figures)

"""A semaine's own page as plain data: what its fields are called, and what changed between two writings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import Indicateur
from accroche.dossier.comparaison import words
from accroche.dossier.dossier import SemaineDossier
from accroche.lib.chiffres import Chiffre, Kind, format_chiffres
from accroche.lib.dates import format_windows
from accroche.lib.texte import liste

#: Who speaks when a figure is typed on the page.
SOURCE: Final = "Saisi par l’académie"

#: The fields of the page, as people call them, in its order.
LABELS: Final = {
    "status": "Où en est la semaine",
    "ordinal": "Rang",
    "title": "Titre",
    "windows": "Dates",
    "themes": "Thèmes",
    "levels": "Niveaux",
    "narrative": "Récit",
    "temps_forts": "Temps forts",
    "ressources": "Ressources",
    "pilot": "Service pilote",
    "sponsor": "Parrainage",
    "funding": "Financement",
    "committee": "Comité de pilotage",
    "partners": "Partenaires",
    "partners_narrative": "Récit des partenariats",
    "actions_figures": "Nombre d’actions annoncé",
    "etablissements_figures": "Nombre d’établissements annoncé",
}
FIGURES: Final = {
    Indicateur.ACTIONS: "actions_figures",
    Indicateur.ETABLISSEMENTS: "etablissements_figures",
}


@dataclass(frozen=True, slots=True)
class Changement:
    """One field told in two ways: its name, what people call it, what was and what is, in words."""

    field: str
    label: str
    before: str
    after: str


def changements(before: SemaineDossier, after: SemaineDossier) -> tuple[Changement, ...]:
    """Return the fields that differ, in the order of the page."""
    return tuple(
        Changement(field, label, in_words(before, field), in_words(after, field))
        for field, label in LABELS.items()
        if getattr(before, field) != getattr(after, field)
    )


def in_words(semaine: SemaineDossier, field: str) -> str:
    """What one field says, for people; empty when it says nothing."""
    if field == "windows":
        return format_windows(semaine.windows)
    if field == "levels":
        return liste(level.label for level in Niveau if level in semaine.levels)
    if field in FIGURES.values():
        return figures_text(getattr(semaine, field))
    return words(getattr(semaine, field))


def figures_text(figures: tuple[Chiffre, ...]) -> str:
    """An answer as one would type it; empty when nobody answered."""
    if all(figure.kind is Kind.UNAVAILABLE for figure in figures):
        return ""
    return format_chiffres(figures)

"""Editions and their semaines: what the académies report each year."""

from __future__ import annotations

from accroche.campagne.models.edition import (
    Axe,
    CitationObjectif,
    Echeance,
    Edition,
    EditionQuerySet,
    Mentions,
    Objectif,
    Texte,
    Tutorat,
    TutoratAcademie,
)
from accroche.campagne.models.grille import (
    Correspondance,
    Critere,
    Grille,
    GrilleEdition,
    GrilleObjectif,
    GrilleQuerySet,
)
from accroche.campagne.models.origine import AvecOrigine
from accroche.campagne.models.programme import Etape, Ressource, Retombee, TempsFort, TexteStrategie
from accroche.campagne.models.semaine import (
    AxeRetenu,
    Chiffre,
    Fenetre,
    Partenaire,
    Semaine,
    SemainePartenaire,
    SemaineQuerySet,
)

__all__ = [
    "AvecOrigine",
    "Axe",
    "AxeRetenu",
    "Chiffre",
    "CitationObjectif",
    "Correspondance",
    "Critere",
    "Echeance",
    "Edition",
    "EditionQuerySet",
    "Etape",
    "Fenetre",
    "Grille",
    "GrilleEdition",
    "GrilleObjectif",
    "GrilleQuerySet",
    "Mentions",
    "Objectif",
    "Partenaire",
    "Ressource",
    "Retombee",
    "Semaine",
    "SemainePartenaire",
    "SemaineQuerySet",
    "TempsFort",
    "Texte",
    "TexteStrategie",
    "Tutorat",
    "TutoratAcademie",
]

"""The tools of steering on « Mon espace »: one row each, shown to who has one of its rights somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right


@dataclass(frozen=True, slots=True)
class Outil:
    """A tool: where it is (``route``, without arguments), what it is called, and what one does there."""

    route: str
    label: str
    phrase: str
    rights: frozenset[Right]

    @property
    def address(self) -> str:
        """Where it is, from the root of the site."""
        return reverse(self.route)


#: In the order in which they are shown.
OUTILS: Final[tuple[Outil, ...]] = (
    Outil(
        "cockpit:cockpit",
        "Le cockpit",
        "Où en est chaque académie, ce qui manque, et les chiffres avec leurs lignes.",
        frozenset({Right.SEE_STEERING}),
    ),
    Outil(
        "pilotage:semaines",
        "La page de la semaine",
        "Les dates, les temps forts et le récit que le public lit.",
        frozenset({Right.EDIT_SEMAINE}),
    ),
    Outil(
        "evaluation:evaluations",
        "L’auto-évaluation",
        "La grille nationale, ce qu’elle dit de la semaine, et ce qu’on en tire.",
        frozenset({Right.SEE_STEERING}),
    ),
    Outil(
        "evaluation:axes",
        "Les axes de travail",
        "Ce que les faits suggèrent, ce que l’académie choisit, ce que c’est devenu.",
        frozenset({Right.SEE_STEERING}),
    ),
    Outil(
        "pilotage:editions",
        "Les éditions",
        "Où en est chacune, le calendrier, à qui c’est de jouer.",
        frozenset({Right.SEE_STEERING}),
    ),
    Outil(
        "redaction:courant",
        "La synthèse nationale",
        "Ce que le bureau écrit de l’édition, à côté de ce que disent les fiches ; puis la construire.",
        frozenset({Right.STEER}),
    ),
    Outil(
        "tutorat:appui_courant",
        "Qui a besoin d’appui",
        "Les points où une aide servirait, sans classement.",
        frozenset({Right.SEE_STEERING}),
    ),
    Outil(
        "tutorat:tutorats_courants",
        "Le tutorat",
        "Qui accompagne qui, le plan et les échanges de chaque binôme.",
        frozenset({Right.SEE_STEERING}),
    ),
    Outil(
        "evaluation:grilles",
        "La grille d’auto-évaluation",
        "Ses versions, à lire et à imprimer ; le bureau national y prépare la suivante.",
        frozenset({Right.SEE_STEERING}),
    ),
    Outil(
        "cockpit:comparaison",
        "D’une édition à l’autre",
        "Ce qui a changé, aussi sûrement que les chiffres le permettent.",
        frozenset({Right.SEE_STEERING}),
    ),
    Outil(
        "cockpit:partenaire",
        "La part de votre organisation",
        "Les actions publiées où elle figure, d’une édition à l’autre, et un bilan à imprimer.",
        frozenset({Right.SEE_PARTNER}),
    ),
)


def outils(access: Access) -> tuple[Outil, ...]:
    """Those that are for who has ``access``."""
    return tuple(outil for outil in OUTILS if any(access.has(right) for right in outil.rights))

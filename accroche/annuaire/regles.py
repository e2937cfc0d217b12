"""The vocabulary of territories and carriers."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from accroche.lib.libelles import Libelle


class Niveau(Libelle):
    """The four teaching levels ticked on an académie's sheet."""

    PREMIER_DEGRE = "premier_degre", "Premier degré"
    COLLEGE = "college", "Collège"
    LYCEE = "lycee", "Lycée"
    LYCEE_PROFESSIONNEL = "lycee_professionnel", "Lycée professionnel"


def reaches(level: Niveau, told: Collection[Niveau], unknown: Collection[Niveau]) -> bool | None:
    """Tell whether a level is reached, by those that are ``told`` and those of which nobody can tell.

    None, and never no, for one of these; and for each where no level is told nor said unknown.
    """
    if level in told:
        return True
    return None if level in unknown or not (told or unknown) else False


class TypePorteur(Libelle):
    """What kind of organisation carries an action."""

    ECOLE = "ecole", "École"
    COLLEGE = "college", "Collège"
    LYCEE = "lycee", "Lycée"
    LYCEE_PROFESSIONNEL = "lycee_professionnel", "Lycée professionnel"
    CIO = "cio", "Centre d’information et d’orientation"
    DSDEN = "dsden", "Direction départementale (DSDEN)"
    CIRCONSCRIPTION = "circonscription", "Circonscription du premier degré"
    RESEAU = "reseau", "Réseau d’établissements"
    CHAMBRE = "chambre", "Chambre consulaire"
    OPERATEUR = "operateur", "Opérateur"
    ASSOCIATION = "association", "Association"
    COLLECTIVITE = "collectivite", "Collectivité"
    TERRITOIRE = "territoire", "Territoire"
    ACADEMIE = "academie", "Services académiques"
    AUTRE = "autre", "Autre organisme"

    @property
    def level(self) -> Niveau | None:
        """The teaching level such a carrier stands for; None for one that is no school."""
        return NIVEAU_DE.get(self)


#: The level a carrier stands for; other carriers have none.
NIVEAU_DE: dict[TypePorteur, Niveau] = {
    TypePorteur.ECOLE: Niveau.PREMIER_DEGRE,
    TypePorteur.COLLEGE: Niveau.COLLEGE,
    TypePorteur.LYCEE: Niveau.LYCEE,
    TypePorteur.LYCEE_PROFESSIONNEL: Niveau.LYCEE_PROFESSIONNEL,
}


def departement_code(postal_code: str) -> str:
    """The code of the département most of whose communes have such a postal code; few lie across a border."""
    if postal_code.startswith("20"):
        return "2A" if postal_code < "20200" else "2B"
    return postal_code[: 3 if postal_code.startswith(("97", "98")) else 2]


class Secteur(StrEnum):
    """Who runs a school; empty when the source does not tell."""

    UNKNOWN = ""
    PUBLIC = "public"
    PRIVATE = "private"


class Precision(StrEnum):
    """What a position stands for; empty when there is none."""

    UNKNOWN = ""
    ETABLISSEMENT = "etablissement"
    COMMUNE = "commune"


class Mouvement(StrEnum):
    """What an import of the directory did to a school."""

    CREATED = "created"
    CHANGED = "changed"
    CLOSED = "closed"
    REOPENED = "reopened"

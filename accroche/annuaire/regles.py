"""The vocabulary of territories and carriers."""

from __future__ import annotations

from enum import StrEnum


class Niveau(StrEnum):
    """The four teaching levels ticked on an académie's sheet."""

    PREMIER_DEGRE = "premier_degre"
    COLLEGE = "college"
    LYCEE = "lycee"
    LYCEE_PROFESSIONNEL = "lycee_professionnel"

    @property
    def label(self) -> str:
        """The name printed beside the tick box."""
        return NIVEAU_LABELS[self]


NIVEAU_LABELS = {
    Niveau.PREMIER_DEGRE: "Premier degré",
    Niveau.COLLEGE: "Collège",
    Niveau.LYCEE: "Lycée",
    Niveau.LYCEE_PROFESSIONNEL: "Lycée professionnel",
}


class TypePorteur(StrEnum):
    """What kind of organisation carries an action."""

    ECOLE = "ecole"
    COLLEGE = "college"
    LYCEE = "lycee"
    LYCEE_PROFESSIONNEL = "lycee_professionnel"
    CIO = "cio"
    DSDEN = "dsden"
    CIRCONSCRIPTION = "circonscription"
    RESEAU = "reseau"
    CHAMBRE = "chambre"
    OPERATEUR = "operateur"
    ASSOCIATION = "association"
    COLLECTIVITE = "collectivite"
    TERRITOIRE = "territoire"
    ACADEMIE = "academie"
    AUTRE = "autre"

    @property
    def label(self) -> str:
        """The name shown to people."""
        return PORTEUR_LABELS[self]

    @property
    def level(self) -> Niveau | None:
        """The teaching level such a carrier stands for; None for one that is no school."""
        return NIVEAU_DE.get(self)


PORTEUR_LABELS = {
    TypePorteur.ECOLE: "École",
    TypePorteur.COLLEGE: "Collège",
    TypePorteur.LYCEE: "Lycée",
    TypePorteur.LYCEE_PROFESSIONNEL: "Lycée professionnel",
    TypePorteur.CIO: "Centre d’information et d’orientation",
    TypePorteur.DSDEN: "Direction départementale (DSDEN)",
    TypePorteur.CIRCONSCRIPTION: "Circonscription du premier degré",
    TypePorteur.RESEAU: "Réseau d’établissements",
    TypePorteur.CHAMBRE: "Chambre consulaire",
    TypePorteur.OPERATEUR: "Opérateur",
    TypePorteur.ASSOCIATION: "Association",
    TypePorteur.COLLECTIVITE: "Collectivité",
    TypePorteur.TERRITOIRE: "Territoire",
    TypePorteur.ACADEMIE: "Services académiques",
    TypePorteur.AUTRE: "Autre organisme",
}

#: The level a carrier stands for; other carriers have none.
NIVEAU_DE: dict[TypePorteur, Niveau] = {
    TypePorteur.ECOLE: Niveau.PREMIER_DEGRE,
    TypePorteur.COLLEGE: Niveau.COLLEGE,
    TypePorteur.LYCEE: Niveau.LYCEE,
    TypePorteur.LYCEE_PROFESSIONNEL: Niveau.LYCEE_PROFESSIONNEL,
}


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

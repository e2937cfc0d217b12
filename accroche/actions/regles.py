"""The vocabulary of actions, and their two first states.

The full cycle (draft, submitted, to complete, published…) comes with the declaration of actions;
files already obey its one rule that cannot wait: an import never publishes.
"""

from __future__ import annotations

from enum import StrEnum


class Etat(StrEnum):
    """Whether an action waits for moderation or is public."""

    SUBMITTED = "submitted"
    PUBLISHED = "published"


class Temporalite(StrEnum):
    """When an action happens: in the week, all year, or both; empty when unknown."""

    UNKNOWN = ""
    SEMAINE = "semaine"
    ANNEE = "annee"
    LES_DEUX = "les_deux"

    @property
    def label(self) -> str:
        """The words shown to people; empty when unknown."""
        return TEMPORALITE_LABELS[self]


TEMPORALITE_LABELS = {
    Temporalite.UNKNOWN: "",
    Temporalite.SEMAINE: "Pendant la semaine",
    Temporalite.ANNEE: "Toute l’année",
    Temporalite.LES_DEUX: "Pendant la semaine et toute l’année",
}


class Nature(StrEnum):
    """Which of the three stages of the policy an action serves; empty when unknown."""

    UNKNOWN = ""
    PREVENTION = "prevention"
    INTERVENTION = "intervention"
    REMEDIATION = "remediation"

    @property
    def label(self) -> str:
        """The words shown to people; empty when unknown."""
        return NATURE_LABELS[self]


NATURE_LABELS = {
    Nature.UNKNOWN: "",
    Nature.PREVENTION: "Prévention",
    Nature.INTERVENTION: "Intervention",
    Nature.REMEDIATION: "Remédiation",
}


class SourceAction(StrEnum):
    """Where the report took an example from."""

    SEMAINE = "semaine"
    EXPERITHEQUE = "experitheque"
    CARDIE = "cardie"


class CodeTheme(StrEnum):
    """What an action is about."""

    CLIMAT_SCOLAIRE = "climat_scolaire"
    ORIENTATION = "orientation"
    ESTIME_DE_SOI = "estime_de_soi"
    NUMERIQUE = "numerique"
    CULTURE = "culture"
    PARENTS = "parents"
    PREMIER_DEGRE = "premier_degre"
    DECOUVERTE_METIERS = "decouverte_metiers"
    EVALUATION = "evaluation"
    TUTORAT = "tutorat"
    CITOYENNETE = "citoyennete"
    INCLUSION = "inclusion"
    LANGUE = "langue"
    RACCROCHAGE = "raccrochage"
    SANTE = "sante"
    SPORT = "sport"
    ENTREPRENEURIAT = "entrepreneuriat"
    FORMATION = "formation"
    MEDIAS = "medias"
    MATHEMATIQUES = "mathematiques"

    @property
    def label(self) -> str:
        """The name shown to people."""
        return THEME_LABELS[self]


THEME_LABELS = {
    CodeTheme.CLIMAT_SCOLAIRE: "Climat scolaire",
    CodeTheme.ORIENTATION: "Orientation",
    CodeTheme.ESTIME_DE_SOI: "Estime de soi",
    CodeTheme.NUMERIQUE: "Numérique",
    CodeTheme.CULTURE: "Culture et arts",
    CodeTheme.PARENTS: "Parents",
    CodeTheme.PREMIER_DEGRE: "Premier degré",
    CodeTheme.DECOUVERTE_METIERS: "Découverte des métiers",
    CodeTheme.EVALUATION: "Évaluation",
    CodeTheme.TUTORAT: "Tutorat et entraide",
    CodeTheme.CITOYENNETE: "Citoyenneté",
    CodeTheme.INCLUSION: "Inclusion",
    CodeTheme.LANGUE: "Langue et lecture",
    CodeTheme.RACCROCHAGE: "Raccrochage",
    CodeTheme.SANTE: "Santé et bien-être",
    CodeTheme.SPORT: "Sport",
    CodeTheme.ENTREPRENEURIAT: "Esprit d’entreprendre",
    CodeTheme.FORMATION: "Formation des équipes",
    CodeTheme.MEDIAS: "Médias",
    CodeTheme.MATHEMATIQUES: "Mathématiques",
}

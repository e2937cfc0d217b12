"""The vocabulary of actions; their states are in ``cycle.py``."""

from __future__ import annotations

from enum import StrEnum


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
    """Where a sheet comes from: one of the report's three lists, or a declaration on the site."""

    SEMAINE = "semaine"
    EXPERITHEQUE = "experitheque"
    CARDIE = "cardie"
    DECLARATION = "declaration"


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


class CodeCle(StrEnum):
    """The sixteen keys of raccrochage, as the académie of Guadeloupe lists them in the 2015-2016 report."""

    EQUIPE = "equipe"
    INJUSTICE = "injustice"
    APPARTENANCE = "appartenance"
    OUVERTURE = "ouverture"
    DIFFICULTES = "difficultes"
    MOTIVATION = "motivation"
    COMPORTEMENT = "comportement"
    ABSENTEISME = "absenteisme"
    ACCUEIL = "accueil"
    CADRES = "cadres"
    AMBITION = "ambition"
    ADULTES = "adultes"
    COLLECTIFS = "collectifs"
    JEUNE = "jeune"
    NORME = "norme"
    PROCESSUS = "processus"

    @property
    def label(self) -> str:
        """The name shown to people."""
        return CLE_LABELS[self]


CLE_LABELS = {
    CodeCle.EQUIPE: "Une équipe stable aux valeurs communes",
    CodeCle.INJUSTICE: "Effacer le sentiment d’injustice",
    CodeCle.APPARTENANCE: "Nourrir le sentiment d’appartenance",
    CodeCle.OUVERTURE: "S’ouvrir davantage vers l’extérieur",
    CodeCle.DIFFICULTES: "Prendre en compte les difficultés d’apprentissage",
    CodeCle.MOTIVATION: "Repérer le manque de motivation",
    CodeCle.COMPORTEMENT: "Définir le comportement perturbateur et le seuil toléré",
    CodeCle.ABSENTEISME: "Comprendre les causes de l’absentéisme",
    CodeCle.ACCUEIL: "Soigner l’accueil du jeune et de sa famille",
    CodeCle.CADRES: "Déplacer les cadres habituels de l’enseignement",
    CodeCle.AMBITION: "Viser un diplôme ou une attestation",
    CodeCle.ADULTES: "Offrir un collectif d’adultes bienveillants",
    CodeCle.COLLECTIFS: "Varier les collectifs : paire, groupe, classe",
    CodeCle.JEUNE: "Partir du jeune tel qu’il est",
    CodeCle.NORME: "Articuler la norme et la marge",
    CodeCle.PROCESSUS: "Penser le raccrochage comme un processus",
}


class RolePartenaire(StrEnum):
    """What part a partner takes in an action; empty when nobody said."""

    UNKNOWN = ""
    PARTICIPE = "participe"
    COORGANISE = "coorganise"
    FINANCE = "finance"

    @property
    def label(self) -> str:
        """The words shown to people; empty when unknown."""
        return ROLE_PARTENAIRE_LABELS[self]


ROLE_PARTENAIRE_LABELS = {
    RolePartenaire.UNKNOWN: "",
    RolePartenaire.PARTICIPE: "participe",
    RolePartenaire.COORGANISE: "coorganise",
    RolePartenaire.FINANCE: "finance",
}


class TypePiece(StrEnum):
    """What an attachment is, as its content says."""

    IMAGE = "image"
    DOCUMENT = "document"


class EtatPiece(StrEnum):
    """Whether an attachment can be shown; a large image is drawn anew after it was received."""

    PREPARING = "preparing"
    READY = "ready"
    #: it cannot be opened; the row says why, and waits to be removed
    BROKEN = "broken"


class Consentement(StrEnum):
    """Whether the people an image shows agreed to its publication."""

    #: not answered yet: the image is never public
    PENDING = "pending"
    #: the school holds the written authorisations (image rights)
    RECORDED = "recorded"
    #: nobody can be recognised
    NOBODY = "nobody"

    @property
    def allows_publication(self) -> bool:
        """Whether the image may be public."""
        return self is not Consentement.PENDING

    @property
    def label(self) -> str:
        """The words shown to people."""
        return CONSENTEMENT_LABELS[self]


CONSENTEMENT_LABELS = {
    Consentement.PENDING: "Je ne sais pas encore : l’image reste invisible du public",
    Consentement.RECORDED: "Autorisations écrites conservées par l’établissement",
    Consentement.NOBODY: "Personne n’est reconnaissable",
}

"""The vocabulary of actions; their states are in ``cycle.py``."""

from __future__ import annotations

from enum import StrEnum

from accroche.lib.libelles import Libelle


class Temporalite(Libelle):
    """When an action happens: in the week, all year, or both; empty when unknown."""

    UNKNOWN = ""
    SEMAINE = "semaine", "Pendant la semaine"
    ANNEE = "annee", "Toute l’année"
    LES_DEUX = "les_deux", "Pendant la semaine et toute l’année"


class Nature(Libelle):
    """Which of the three stages of the policy an action serves; empty when unknown."""

    UNKNOWN = ""
    PREVENTION = "prevention", "Prévention"
    INTERVENTION = "intervention", "Intervention"
    REMEDIATION = "remediation", "Remédiation"


class SourceAction(StrEnum):
    """Where a sheet comes from: one of the report's three lists, or a declaration on the site."""

    SEMAINE = "semaine"
    EXPERITHEQUE = "experitheque"
    CARDIE = "cardie"
    DECLARATION = "declaration"


class CodeTheme(Libelle):
    """What an action is about."""

    CLIMAT_SCOLAIRE = "climat_scolaire", "Climat scolaire"
    ORIENTATION = "orientation", "Orientation"
    ESTIME_DE_SOI = "estime_de_soi", "Estime de soi"
    NUMERIQUE = "numerique", "Numérique"
    CULTURE = "culture", "Culture et arts"
    PARENTS = "parents", "Parents"
    PREMIER_DEGRE = "premier_degre", "Premier degré"
    DECOUVERTE_METIERS = "decouverte_metiers", "Découverte des métiers"
    EVALUATION = "evaluation", "Évaluation"
    TUTORAT = "tutorat", "Tutorat et entraide"
    CITOYENNETE = "citoyennete", "Citoyenneté"
    INCLUSION = "inclusion", "Inclusion"
    LANGUE = "langue", "Langue et lecture"
    RACCROCHAGE = "raccrochage", "Raccrochage"
    SANTE = "sante", "Santé et bien-être"
    SPORT = "sport", "Sport"
    ENTREPRENEURIAT = "entrepreneuriat", "Esprit d’entreprendre"
    FORMATION = "formation", "Formation des équipes"
    MEDIAS = "medias", "Médias"
    MATHEMATIQUES = "mathematiques", "Mathématiques"


class CodeCle(Libelle):
    """The sixteen keys of raccrochage, as the académie of Guadeloupe lists them in the 2015-2016 report."""

    EQUIPE = "equipe", "Une équipe stable aux valeurs communes"
    INJUSTICE = "injustice", "Effacer le sentiment d’injustice"
    APPARTENANCE = "appartenance", "Nourrir le sentiment d’appartenance"
    OUVERTURE = "ouverture", "S’ouvrir davantage vers l’extérieur"
    DIFFICULTES = "difficultes", "Prendre en compte les difficultés d’apprentissage"
    MOTIVATION = "motivation", "Repérer le manque de motivation"
    COMPORTEMENT = "comportement", "Définir le comportement perturbateur et le seuil toléré"
    ABSENTEISME = "absenteisme", "Comprendre les causes de l’absentéisme"
    ACCUEIL = "accueil", "Soigner l’accueil du jeune et de sa famille"
    CADRES = "cadres", "Déplacer les cadres habituels de l’enseignement"
    AMBITION = "ambition", "Viser un diplôme ou une attestation"
    ADULTES = "adultes", "Offrir un collectif d’adultes bienveillants"
    COLLECTIFS = "collectifs", "Varier les collectifs : paire, groupe, classe"
    JEUNE = "jeune", "Partir du jeune tel qu’il est"
    NORME = "norme", "Articuler la norme et la marge"
    PROCESSUS = "processus", "Penser le raccrochage comme un processus"


class RolePartenaire(Libelle):
    """What part a partner takes in an action; empty when nobody said."""

    UNKNOWN = ""
    PARTICIPE = "participe", "participe"
    COORGANISE = "coorganise", "coorganise"
    FINANCE = "finance", "finance"


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


class Consentement(Libelle):
    """Whether the people an image shows agreed to its publication."""

    #: not answered yet: the image is never public
    PENDING = "pending", "Je ne sais pas encore : l’image reste invisible du public"
    #: the school holds the written authorisations (image rights)
    RECORDED = "recorded", "Autorisations écrites conservées par l’établissement"
    #: nobody can be recognised
    NOBODY = "nobody", "Personne n’est reconnaissable"

    @property
    def allows_publication(self) -> bool:
        """Whether the image may be public."""
        return self is not Consentement.PENDING

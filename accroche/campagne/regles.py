"""The vocabulary of an edition and its semaines."""

from __future__ import annotations

from enum import StrEnum


class StatutSemaine(StrEnum):
    """Whether the académie reported on its semaine."""

    #: its edition is running: nothing is reported yet, and its actions may already be there
    PREPARING = "preparing"
    REPORTED = "reported"
    UNAVAILABLE = "unavailable"

    @property
    def label(self) -> str:
        """The words shown to who writes the page."""
        return STATUT_LABELS[self]


STATUT_LABELS = {
    StatutSemaine.PREPARING: "En préparation",
    StatutSemaine.REPORTED: "L’académie a rendu compte",
    StatutSemaine.UNAVAILABLE: "Données non disponibles",
}


class Indicateur(StrEnum):
    """What a figure of a semaine counts."""

    ACTIONS = "actions"
    ETABLISSEMENTS = "etablissements"

    @property
    def nouns(self) -> tuple[str, str]:
        """What it counts, singular and plural."""
        return INDICATEUR_NOUNS[self]


INDICATEUR_NOUNS = {
    Indicateur.ACTIONS: ("action", "actions"),
    Indicateur.ETABLISSEMENTS: ("école ou établissement", "écoles et établissements"),
}


class CodeAxe(StrEnum):
    """The axes of work of the national catalogue, in the order the report argues them."""

    STRUCTURATION = "structuration"
    VALORISATION = "valorisation"
    VALORISATION_PROJET = "valorisation_projet"
    PARTENAIRES = "partenaires"
    ANIMATION = "animation"
    RECENSEMENT = "recensement"
    DYNAMIQUE = "dynamique"
    NIVEAUX = "niveaux"
    DEPLOIEMENT = "deploiement"
    CONSOLIDATION = "consolidation"


class CodeObjectif(StrEnum):
    """The four objectives of the national self-evaluation grid."""

    IDENTIFIER_VALORISER = "identifier_valoriser"
    MOBILISER_PARTENAIRES = "mobiliser_partenaires"
    INTEGRER_STRATEGIE = "integrer_strategie"
    COMMUNIQUER = "communiquer"


class TypePartenaire(StrEnum):
    """What kind of organisation a partner is; empty when the source does not tell."""

    UNKNOWN = ""
    COLLECTIVITE = "collectivite"
    SERVICE_ETAT = "service_etat"
    ASSOCIATION = "association"
    ENTREPRISE = "entreprise"
    OPERATEUR = "operateur"
    CHAMBRE = "chambre"
    RECHERCHE = "recherche"
    PARENTS = "parents"
    SANTE = "sante"
    EDUCATION = "education"
    FORMATION = "formation"
    MEDIA = "media"
    AUTRE = "autre"

    @property
    def label(self) -> str:
        """The name shown to people."""
        return PARTENAIRE_LABELS[self]


#: In the order in which they are offered and shown.
PARTENAIRE_LABELS = {
    TypePartenaire.COLLECTIVITE: "Collectivités",
    TypePartenaire.SERVICE_ETAT: "Services de l’État",
    TypePartenaire.ASSOCIATION: "Associations",
    TypePartenaire.ENTREPRISE: "Entreprises",
    TypePartenaire.CHAMBRE: "Chambres consulaires",
    TypePartenaire.OPERATEUR: "Opérateurs",
    TypePartenaire.FORMATION: "Formation",
    TypePartenaire.RECHERCHE: "Recherche et enseignement supérieur",
    TypePartenaire.SANTE: "Santé",
    TypePartenaire.PARENTS: "Parents",
    TypePartenaire.MEDIA: "Médias",
    TypePartenaire.EDUCATION: "Éducation",
    TypePartenaire.AUTRE: "Autres partenaires",
    TypePartenaire.UNKNOWN: "Autres partenaires",
}


class TypeTempsFort(StrEnum):
    """What kind of event a temps fort is."""

    SEMINAIRE = "seminaire"
    JOURNEE = "journee"
    TABLE_RONDE = "table_ronde"
    FORUM = "forum"
    TOURNEE = "tournee"
    VISITE = "visite"
    CONCOURS = "concours"
    CEREMONIE = "ceremonie"
    CONFERENCE = "conference"
    FORMATION = "formation"
    SALON = "salon"
    LANCEMENT = "lancement"
    CLOTURE = "cloture"
    ANIMATION = "animation"
    PRESSE = "presse"

    @property
    def label(self) -> str:
        """The name shown to people."""
        return TEMPS_FORT_LABELS[self]


TEMPS_FORT_LABELS = {
    TypeTempsFort.SEMINAIRE: "Séminaire",
    TypeTempsFort.JOURNEE: "Journée académique",
    TypeTempsFort.TABLE_RONDE: "Table ronde",
    TypeTempsFort.FORUM: "Forum",
    TypeTempsFort.TOURNEE: "Tournée",
    TypeTempsFort.VISITE: "Visite officielle",
    TypeTempsFort.CONCOURS: "Concours",
    TypeTempsFort.CEREMONIE: "Cérémonie",
    TypeTempsFort.CONFERENCE: "Conférence",
    TypeTempsFort.FORMATION: "Formation",
    TypeTempsFort.SALON: "Salon",
    TypeTempsFort.LANCEMENT: "Lancement",
    TypeTempsFort.CLOTURE: "Clôture",
    TypeTempsFort.ANIMATION: "Animation",
    TypeTempsFort.PRESSE: "Rencontre avec la presse",
}


class TypeRessource(StrEnum):
    """What kind of resource a semaine produced."""

    DOSSIER_PRESSE = "dossier_presse"
    DOSSIER_THEMATIQUE = "dossier_thematique"
    RECENSEMENT = "recensement"
    CARTE = "carte"
    PROGRAMME = "programme"
    VIDEO = "video"
    ARTICLE = "article"
    SITE = "site"
    EMISSION = "emission"
    BILAN = "bilan"
    GUIDE = "guide"
    DIAPORAMA = "diaporama"
    FILM = "film"

    @property
    def label(self) -> str:
        """The name shown to people."""
        return RESSOURCE_LABELS[self]


RESSOURCE_LABELS = {
    TypeRessource.DOSSIER_PRESSE: "Dossier de presse",
    TypeRessource.DOSSIER_THEMATIQUE: "Dossier thématique",
    TypeRessource.RECENSEMENT: "Recensement",
    TypeRessource.CARTE: "Carte",
    TypeRessource.PROGRAMME: "Programme",
    TypeRessource.VIDEO: "Vidéo",
    TypeRessource.ARTICLE: "Article",
    TypeRessource.SITE: "Site",
    TypeRessource.EMISSION: "Émission",
    TypeRessource.BILAN: "Bilan",
    TypeRessource.GUIDE: "Guide",
    TypeRessource.DIAPORAMA: "Diaporama",
    TypeRessource.FILM: "Court métrage",
}


class TypeTutorat(StrEnum):
    """Why an académie is proposed for support."""

    PRIORITAIRE = "prioritaire"
    POSSIBLE = "possible"
    CHARGE = "charge"


class SectionTexte(StrEnum):
    """Where a national text of an edition stands in its synthesis."""

    INTRODUCTION = "introduction"
    PERSPECTIVES = "perspectives"


#: What each axis asks for, when an edition's own catalogue does not word it.
AXE_LABELS: dict[str, str] = {
    CodeAxe.STRUCTURATION: "Structurer l’événement à l’échelle de l’académie",
    CodeAxe.VALORISATION: "Mieux valoriser l’événement et ses actions",
    CodeAxe.VALORISATION_PROJET: "Donner à chaque projet son article ou sa vidéo",
    CodeAxe.PARTENAIRES: "Mobiliser davantage les partenaires de l’École",
    CodeAxe.ANIMATION: "Animer le territoire et ses acteurs",
    CodeAxe.RECENSEMENT: "Recenser les actions de façon exhaustive",
    CodeAxe.DYNAMIQUE: "Passer de la sensibilisation à une dynamique collective",
    CodeAxe.NIVEAUX: "Toucher tous les niveaux, dont le premier degré",
    CodeAxe.DEPLOIEMENT: "Étendre la semaine aux autres bassins",
    CodeAxe.CONSOLIDATION: "Consolider la dynamique engagée",
}

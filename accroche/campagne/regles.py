"""The vocabulary of an edition and its semaines."""

from __future__ import annotations

from collections.abc import Container
from enum import StrEnum

from accroche.lib.libelles import Libelle


class StatutSemaine(Libelle):
    """Whether the académie reported on its semaine."""

    #: its edition is running: nothing is reported yet, and its actions may already be there
    PREPARING = "preparing", "En préparation"
    REPORTED = "reported", "L’académie a rendu compte"
    UNAVAILABLE = "unavailable", "Données non disponibles"


class Signataire(Libelle):
    """Who signs that a semaine has no data: a side and no person, since documents keep it."""

    UNKNOWN = ""
    BUREAU = "bureau", "le bureau national"
    ACADEMIE = "academie", "l’académie"


class Indicateur(StrEnum):
    """What a figure of a semaine counts."""

    ACTIONS = "actions"
    ETABLISSEMENTS = "etablissements"

    @property
    def nouns(self) -> tuple[str, str]:
        """What it counts, singular and plural."""
        return INDICATEUR_NOUNS[self]

    @property
    def repeats(self) -> bool:
        """Whether one may stand in two numbers of an answer, « cette semaine » and « toute l’année »."""
        return self is Indicateur.ETABLISSEMENTS


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


class RoleSemaine(Libelle):
    """What part a partner takes in a semaine; empty when nobody said."""

    UNKNOWN = ""
    PRESENTE = "presente", "présente son action"
    INTERVIENT = "intervient", "intervient"
    PREPARE = "prepare", "prépare un temps fort"
    CO_ORGANISE = "co_organise", "co-organise la semaine"
    FINANCE = "finance", "finance"
    ACCUEILLE = "accueille", "accueille"


class Alliances(Libelle):
    """Between whom the alliances of a semaine are; empty when nobody said.

    ``NC``: its académie was asked, and does not know.
    """

    UNKNOWN = ""
    INTERNES = "internes", "Dans l’Éducation nationale"
    SURTOUT_INTERNES = "surtout_internes", "Souvent dans l’Éducation nationale"
    INTERNES_EXTERNES = "internes_externes", "Dans l’Éducation nationale et au-dehors"
    NC = "nc", "Non communiqué"


class Portage(Libelle):
    """Who weaves the alliances of a semaine; empty when nobody said."""

    UNKNOWN = ""
    PORTEURS = "porteurs", "Les porteurs de projet, chacun de son côté"
    SERVICES = "services", "Les services de l’académie"
    LES_DEUX = "les_deux", "Les porteurs de projet et les services de l’académie"
    NC = "nc", "Non communiqué"


class Appel(Libelle):
    """Which bassins were called to take part; empty when nobody said."""

    UNKNOWN = ""
    TOUS = "tous", "Tous les bassins"
    CERTAINS = "certains", "Certains bassins seulement"


class Autorite(Libelle):
    """Who in authority is present at a temps fort."""

    RECTEUR = "recteur", "Recteur ou rectrice"
    DASEN = "dasen", "Directeur académique (DASEN)"
    INSPECTEUR = "inspecteur", "Inspection"
    PREFET = "prefet", "Préfet ou sous-préfet"
    ELUS = "elus", "Élus"
    MINISTRE = "ministre", "Ministre ou secrétaire d’État"
    AUTRE = "autre", "Autre autorité"

    @classmethod
    def in_order(cls, codes: Container[str]) -> tuple[Autorite, ...]:
        """Return those of ``codes``, in the order of this vocabulary, each once."""
        return tuple(one for one in cls if one in codes)


class TypeMedia(Libelle):
    """What kind of medium told of a semaine; empty when nobody said."""

    UNKNOWN = ""
    PRESSE = "presse", "Presse"
    RADIO = "radio", "Radio"
    TELEVISION = "television", "Télévision"
    WEB = "web", "Site ou réseau social"


class Obstacle(Libelle):
    """What kept an académie from doing more, told to the national bureau alone; empty when nobody said."""

    UNKNOWN = ""
    AUCUN = "aucun", "Aucun obstacle particulier"
    CHARGE = "charge", "La charge de travail des services"
    CALENDRIER = "calendrier", "Le calendrier"
    MOYENS = "moyens", "Les moyens"
    MOBILISATION = "mobilisation", "La mobilisation des établissements"
    AUTRE = "autre", "Autre chose"


class Charge(Libelle):
    """How heavy a semaine was for those who prepared it, told to the national bureau alone."""

    UNKNOWN = ""
    TENABLE = "tenable", "Tenable"
    TENDUE = "tendue", "Tendue"
    INTENABLE = "intenable", "Intenable"


#: The most académies one may offer to accompany.
MENTOR_LIMIT = 3


class TypeTempsFort(Libelle):
    """What kind of event a temps fort is."""

    SEMINAIRE = "seminaire", "Séminaire"
    JOURNEE = "journee", "Journée académique"
    TABLE_RONDE = "table_ronde", "Table ronde"
    FORUM = "forum", "Forum"
    TOURNEE = "tournee", "Tournée"
    VISITE = "visite", "Visite officielle"
    CONCOURS = "concours", "Concours"
    CEREMONIE = "ceremonie", "Cérémonie"
    CONFERENCE = "conference", "Conférence"
    FORMATION = "formation", "Formation"
    SALON = "salon", "Salon"
    LANCEMENT = "lancement", "Lancement"
    CLOTURE = "cloture", "Clôture"
    ANIMATION = "animation", "Animation"
    PRESSE = "presse", "Rencontre avec la presse"


class TypeRessource(Libelle):
    """What kind of resource a semaine produced."""

    DOSSIER_PRESSE = "dossier_presse", "Dossier de presse"
    DOSSIER_THEMATIQUE = "dossier_thematique", "Dossier thématique"
    RECENSEMENT = "recensement", "Recensement"
    CARTE = "carte", "Carte"
    PROGRAMME = "programme", "Programme"
    VIDEO = "video", "Vidéo"
    ARTICLE = "article", "Article"
    SITE = "site", "Site"
    EMISSION = "emission", "Émission"
    BILAN = "bilan", "Bilan"
    GUIDE = "guide", "Guide"
    DIAPORAMA = "diaporama", "Diaporama"
    FILM = "film", "Court métrage"

    @property
    def unpublished(self) -> str:
        """How it is said that one of this kind is not published."""
        feminine = (self.CARTE, self.VIDEO, self.EMISSION)
        return "non publiée" if self in feminine else "non publié"


class TypeTutorat(Libelle):
    """Why an académie is proposed for support."""

    PRIORITAIRE = "prioritaire", "Accompagnement proposé en priorité"
    POSSIBLE = "possible", "Accompagnement possible"
    CHARGE = "charge", "Attention à la charge de travail"


class SectionTexte(StrEnum):
    """Where a national text of an edition stands in its synthesis."""

    INTRODUCTION = "introduction"
    MESSAGES = "messages"
    PREAMBULE = "preambule"
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

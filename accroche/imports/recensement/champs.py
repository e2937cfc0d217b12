"""What a column of a census sheet may hold: names and explanations."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Champ(StrEnum):
    """What one column says."""

    IDENTIFIANT = "identifiant"
    VERSION = "version"
    ETAT = "etat"
    TITRE = "titre"
    DESCRIPTION = "description"
    TYPE = "type"
    ETABLISSEMENT = "etablissement"
    UAI = "uai"
    COMMUNE = "commune"
    ACADEMIE = "academie"
    DATES = "dates"
    DEBUT = "debut"
    FIN = "fin"
    MOIS = "mois"
    LIEU = "lieu"
    TEMPORALITE = "temporalite"
    NIVEAUX = "niveaux"
    PREMIER_DEGRE = "premier_degre"
    COLLEGE = "college"
    LYCEE = "lycee"
    LYCEE_PROFESSIONNEL = "lycee_professionnel"
    NATURE = "nature"
    THEMES = "themes"
    CLASSES = "classes"
    EFFECTIF = "effectif"
    PUBLIC = "public"
    PARTENAIRES = "partenaires"
    AUTORITE = "autorite"
    CONTACT_PUBLIC = "contact_public"
    CONTACT = "contact"
    COURRIEL = "courriel"
    TELEPHONE = "telephone"
    LIENS = "liens"
    CLES = "cles"
    REFAIRE = "refaire"
    TEMPS = "temps"
    PARTS = "parts"
    LIBELLES = "libelles"
    TYPES = "types"
    LIEUX = "lieux"
    PRIX = "prix"
    REMARQUABLE = "remarquable"
    EXEMPLE = "exemple"
    ORIGINE = "origine"
    EXPERITHEQUE = "experitheque"
    REPRISE = "reprise"
    NOMBRE_PIECES = "nombre_pieces"
    PIECES = "pieces"
    DECLAREE = "declaree"
    ENVOYEE = "envoyee"
    PUBLIEE = "publiee"
    ADRESSE = "adresse"
    IGNORE = "ignore"

    @property
    def label(self) -> str:
        """The heading we write ourselves."""
        return CHAMPS[self][0]

    @property
    def explanation(self) -> str:
        """What goes in the column, in a sentence."""
        told = CHAMPS[self][1]
        return (
            f"{told} Pour information : une modification ici n’est pas reprise."
            if self.is_information
            else told
        )

    @property
    def is_private(self) -> bool:
        """Whether only who moderates may read it."""
        return self in {Champ.CONTACT, Champ.COURRIEL, Champ.TELEPHONE, Champ.PIECES}

    @property
    def is_information(self) -> bool:
        """Whether our exports tell it and nothing takes it back."""
        return self in INFORMATION

    @property
    def may_repeat(self) -> bool:
        """Whether several columns of one table may hold it, put together."""
        return self in {Champ.DESCRIPTION, Champ.LIEU, Champ.PARTENAIRES, Champ.LIENS, Champ.MOIS} | LEVELS


#: Heading and explanation of each column.
CHAMPS: Final[dict[Champ, tuple[str, str]]] = {
    Champ.IDENTIFIANT: (
        "Identifiant",
        "Le numéro de la fiche sur le site. À laisser tel quel ; vide pour une fiche nouvelle.",
    ),
    Champ.VERSION: ("Version", "L’état de la fiche au moment de l’export. À laisser tel quel."),
    Champ.ETAT: ("État", "Où en est la fiche."),
    Champ.TITRE: ("Titre de l’action", "Le nom de l’action, 300 caractères au plus. Obligatoire."),
    Champ.DESCRIPTION: ("Description", "Ce qui se passe, en quelques phrases."),
    Champ.TYPE: ("Type d’établissement", "École, collège, lycée… quand le nom ne le dit pas."),
    Champ.ETABLISSEMENT: (
        "Établissement",
        "Le nom, suivi de la commune ; plusieurs : par des points-virgules. Obligatoire sans UAI.",
    ),
    Champ.UAI: (
        "UAI",
        "Le code de l’établissement, sept chiffres et une lettre ; plusieurs : par des points-virgules.",
    ),
    Champ.COMMUNE: ("Commune", "La commune de l’établissement."),
    Champ.ACADEMIE: ("Académie", "L’académie de l’établissement."),
    Champ.DATES: ("Dates", "En une case : « 14/03/2016 », « du 14 au 18 mars 2016 », « toute l’année »."),
    Champ.DEBUT: ("Début", "Le premier jour."),
    Champ.FIN: ("Fin", "Le dernier jour, compris."),
    Champ.MOIS: ("Mois", "Le mois ou l’année que « Dates » ne donne pas : « octobre », « 2026 »."),
    Champ.LIEU: ("Lieu", "Si l’action n’a pas lieu dans l’établissement : salle, quartier, commune."),
    Champ.TEMPORALITE: ("Moment", "« Pendant la semaine », « Toute l’année », ou les deux."),
    Champ.NIVEAUX: (
        "Niveaux",
        "Premier degré, Collège, Lycée, Lycée professionnel ; séparés par des points-virgules.",
    ),
    Champ.PREMIER_DEGRE: ("Premier degré", "Une croix si l’action concerne ce niveau."),
    Champ.COLLEGE: ("Collège", "Une croix si l’action concerne ce niveau."),
    Champ.LYCEE: ("Lycée", "Une croix si l’action concerne ce niveau."),
    Champ.LYCEE_PROFESSIONNEL: ("Lycée professionnel", "Une croix si l’action concerne ce niveau."),
    Champ.NATURE: ("Nature", "Prévention, intervention ou remédiation."),
    Champ.THEMES: ("Thèmes", "Les thèmes du site, séparés par des points-virgules."),
    Champ.CLASSES: ("Classes", "Les classes concernées, 200 caractères au plus."),
    Champ.EFFECTIF: ("Nombre d’élèves", "Un nombre entier."),
    Champ.PUBLIC: ("Public", "Qui est concerné, en mots."),
    Champ.PARTENAIRES: (
        "Partenaires",
        "Les organismes qui prennent part, séparés par des points-virgules.",
    ),
    Champ.AUTORITE: ("Personnalités présentes", "Qui vient : recteur ou rectrice, préfet, élus."),
    Champ.CONTACT_PUBLIC: ("Contact public", "À qui s’adresser ; sera visible sur le site."),
    Champ.CONTACT: ("Contact", "Qui suit l’action. Jamais public."),
    Champ.COURRIEL: ("Courriel", "L’adresse pour les questions de l’académie. Jamais publique."),
    Champ.TELEPHONE: ("Téléphone", "Jamais public."),
    Champ.LIENS: ("Liens", "Des adresses qui commencent par https://, séparées par des points-virgules."),
    Champ.CLES: ("Clés du raccrochage", "Celles que l’action met en œuvre."),
    Champ.REFAIRE: ("Pour la refaire", "Ce qu’il faut savoir pour la mener ailleurs."),
    Champ.TEMPS: ("Temps de l’action", "Ses temps, un par ligne : titre, jours, ce qui s’y passe."),
    Champ.PARTS: ("Part des partenaires", "Ce que chacun fait et apporte, et ce qu’il est."),
    Champ.LIBELLES: ("Libellés des liens", "Ce qu’on trouve à chaque adresse."),
    Champ.TYPES: ("Types des porteurs", "École, collège, association… de chaque porteur, dans leur ordre."),
    Champ.LIEUX: ("Lieux des porteurs", "Code de la commune, latitude et longitude de chaque porteur."),
    Champ.PRIX: ("Prix", "Le prix que l’action a reçu."),
    Champ.REMARQUABLE: ("Action remarquable", "Oui si l’académie ou le bureau l’a signalée."),
    Champ.EXEMPLE: ("Exemple de la synthèse", "Oui si elle est choisie pour la synthèse nationale."),
    Champ.ORIGINE: ("Origine de la fiche", "Déclarée sur le site, ou lue dans un rapport."),
    Champ.EXPERITHEQUE: ("Fiche Expérithèque", "Son numéro dans l’Expérithèque."),
    Champ.REPRISE: ("Reprise de", "L’action qu’elle reprend, si elle est publique."),
    Champ.NOMBRE_PIECES: ("Nombre de pièces jointes", "Images et documents joints, publics ou non."),
    Champ.PIECES: ("Pièces jointes", "Leur nom, ce qu’elles montrent, l’accord des personnes."),
    Champ.DECLAREE: ("Déclarée le", "Le jour où la fiche a été commencée."),
    Champ.ENVOYEE: ("Envoyée le", "Le jour où elle a été envoyée à l’académie."),
    Champ.PUBLIEE: ("Publiée le", "Le jour de sa dernière publication, si elle est publiée."),
    Champ.ADRESSE: ("Adresse publique", "Sa page sur le site, si le public la lit."),
    Champ.IGNORE: ("(ne pas reprendre)", "Cette colonne n’est pas lue."),
}  # fmt: skip

#: A column for each level, ticked; several may be of one: « Maternelle » and « Élémentaire ».
LEVELS: Final = frozenset({Champ.PREMIER_DEGRE, Champ.COLLEGE, Champ.LYCEE, Champ.LYCEE_PROFESSIONNEL})
#: Fields that say who carries an action.
CARRIERS: Final = frozenset({Champ.ETABLISSEMENT, Champ.UAI})
#: What says on which days an action takes place.
DAYS: Final = frozenset({Champ.DATES, Champ.DEBUT, Champ.FIN})
#: What our exports tell and nothing takes back.
INFORMATION: Final = frozenset({
    Champ.ETAT, Champ.CLES, Champ.REFAIRE, Champ.TEMPS, Champ.PARTS, Champ.LIBELLES, Champ.TYPES, Champ.LIEUX,
    Champ.PRIX, Champ.REMARQUABLE, Champ.EXEMPLE, Champ.ORIGINE, Champ.EXPERITHEQUE, Champ.REPRISE,
    Champ.NOMBRE_PIECES, Champ.PIECES, Champ.DECLAREE, Champ.ENVOYEE, Champ.PUBLIEE, Champ.ADRESSE,
})  # fmt: skip

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
    IGNORE = "ignore"

    @property
    def label(self) -> str:
        """The heading we write ourselves."""
        return CHAMPS[self][0]

    @property
    def explanation(self) -> str:
        """What goes in the column, in a sentence."""
        return CHAMPS[self][1]

    @property
    def is_private(self) -> bool:
        """Whether only who moderates may read it."""
        return self in {Champ.CONTACT, Champ.COURRIEL, Champ.TELEPHONE}

    @property
    def is_information(self) -> bool:
        """Whether our exports tell it and nothing takes it back."""
        return self is Champ.ETAT

    @property
    def may_repeat(self) -> bool:
        """Whether several columns of one table may hold it; their texts are put together."""
        return self in {Champ.DESCRIPTION, Champ.PARTENAIRES, Champ.LIENS}


#: Heading and explanation of each column.
CHAMPS: Final[dict[Champ, tuple[str, str]]] = {
    Champ.IDENTIFIANT: (
        "Identifiant",
        "Le numéro de la fiche sur le site. À laisser tel quel ; vide pour une fiche nouvelle.",
    ),
    Champ.VERSION: ("Version", "L’état de la fiche au moment de l’export. À laisser tel quel."),
    Champ.ETAT: ("État", "Où en est la fiche. Pour information : une modification ici n’est pas reprise."),
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
    Champ.MOIS: ("Mois", "Le mois, quand « Dates » ne donne que les jours : « octobre », « 10 au 25 »."),
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
    Champ.IGNORE: ("(ne pas reprendre)", "Cette colonne n’est pas lue."),
}  # fmt: skip

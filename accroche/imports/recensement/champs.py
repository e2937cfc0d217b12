"""What a column of a census sheet may hold: names, explanations, and the headings people write."""

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

#: The headings people write, as ``colonnes.normal`` makes them.
SYNONYMS: Final[dict[Champ, tuple[str, ...]]] = {
    Champ.IDENTIFIANT: ("identifiant", "id", "identifiant accroche"),
    Champ.VERSION: ("version",),
    Champ.ETAT: ("etat", "statut", "etat de la fiche"),
    Champ.TITRE: (
        "titre", "titre de l action", "intitule", "intitule de l action", "intitule action",
        "nom de l action",
        "action", "nom du projet", "titre du projet", "intitule du projet", "projet", "titre action",
        "denomination", "libelle", "libelle de l action", "action menee", "action proposee", "nom action",
    ),
    Champ.DESCRIPTION: (
        "description", "descriptif", "description de l action", "descriptif de l action", "resume",
        "contenu",
        "presentation", "presentation de l action", "presentation synthetique", "deroulement", "detail",
        "objectif", "objectif de l action", "modalite", "modalite de mise en oeuvre",
        "descriptif succinct", "description succincte", "precision",
    ),
    Champ.TYPE: (
        "type", "type d etablissement", "type etablissement", "nature de l etablissement", "categorie",
    ),
    Champ.ETABLISSEMENT: (
        "etablissement", "nom de l etablissement", "etablissement porteur", "etablissement concerne",
        "ecole", "nom etab",
        "etab", "structure", "structure porteuse", "porteur", "porteur du projet", "porteur de l action",
        "nom etablissement", "etablissement scolaire", "ecole ou etablissement", "ecole etablissement",
        "denomination etablissement", "organisme", "lieu d enseignement", "etablissement participant",
        "ecole college lycee", "etablissement service", "nom et commune de l etablissement",
        "nom et ville de l etablissement", "eple",
    ),
    Champ.UAI: (
        "uai", "rne", "code uai", "code rne", "numero uai", "numero rne", "uai etablissement", "uai rne",
        "rne uai", "code etablissement", "no uai", "n uai", "n rne", "code uai rne", "immatriculation",
    ),
    Champ.COMMUNE: (
        "commune", "ville", "localite", "commune de l etablissement", "ville de l etablissement", "lieu",
        "nom de la commune",
    ),
    Champ.ACADEMIE: ("academie", "rectorat", "academie de"),
    Champ.DATES: (
        "date", "date de l action", "quand", "periode", "date ou periode", "date et heure", "calendrier",
        "date de realisation", "date prevue", "jour", "date horaire", "periode de realisation", "date lieu",
        "duree", "date de l evenement",
    ),
    Champ.DEBUT: (
        "debut", "date de debut", "date debut", "du", "premier jour", "a partir du",
        "date debut de l action",
        "dates debut", "dates du", "periode debut", "date du",
    ),
    Champ.FIN: (
        "fin", "date de fin", "date fin", "au", "dernier jour", "jusqu au", "date fin de l action",
        "dates fin", "dates au", "periode fin", "date au",
    ),
    Champ.TEMPORALITE: (
        "moment", "temporalite", "frequence", "semaine ou annee", "ponctuelle ou annuelle",
        "pendant la semaine ou toute l annee", "action ponctuelle ou annuelle",
    ),
    Champ.NIVEAUX: (
        "niveau", "niveau concerne", "niveau d enseignement", "cycle", "degre", "niveau scolaire",
        "niveau vise",
    ),
    Champ.PREMIER_DEGRE: (
        "premier degre", "1er degre", "niveau premier degre", "niveau 1er degre", "primaire",
        "niveau ecole",
    ),
    Champ.COLLEGE: ("college", "niveau college", "clg", "public college"),
    Champ.LYCEE: (
        "lycee", "niveau lycee", "lgt", "lycee general et technologique", "niveau lgt", "public lycee",
    ),
    Champ.LYCEE_PROFESSIONNEL: (
        "lycee professionnel", "lp", "niveau lp", "niveau lycee professionnel", "lycee pro",
    ),
    Champ.NATURE: (
        "nature", "nature de l action", "type d action", "prevention intervention remediation",
        "type de l action",
        "axe",
    ),
    Champ.THEMES: ("theme", "thematique", "theme de l action", "domaine", "mot cle", "theme principal"),
    Champ.CLASSES: ("classe", "classe concernee", "division", "groupe", "classe participante"),
    Champ.EFFECTIF: (
        "nombre d eleve", "nb eleve", "nb d eleve", "effectif", "nombre de participant", "eleve concerne",
        "nombre d eleve concerne", "nb participant", "nbre d eleve", "nbre eleve", "effectif concerne",
        "nombre",
        "nombre de jeune",
    ),
    Champ.PUBLIC: ("public", "public vise", "public concerne", "public cible", "beneficiaire"),
    Champ.PARTENAIRES: (
        "partenaire", "partenariat", "partenaire exterieur", "intervenant", "partenaire de l action",
        "partenaire associe", "partenaire implique", "partenaire interne", "partenaire externe",
    ),
    Champ.AUTORITE: ("personnalite presente", "autorite", "personnalite", "presence d autorite", "invite"),
    Champ.CONTACT_PUBLIC: ("contact public", "contact a afficher"),
    Champ.CONTACT: (
        "contact", "referent", "personne contact", "nom du contact", "responsable",
        "responsable de l action",
        "nom du referent", "personne ressource", "coordonnateur", "personne a contacter", "nom prenom",
        "coordonnee", "nom du responsable", "referent de l action", "chef de projet", "pilote",
    ),
    Champ.COURRIEL: (
        "courriel", "mail", "email", "e mail", "mel", "adresse mail", "adresse electronique",
        "mail contact",
        "courriel du contact", "adresse courriel", "mail du referent", "contact mail",
    ),
    Champ.TELEPHONE: (
        "telephone", "tel", "numero de telephone", "n de telephone", "portable", "contact telephone",
    ),
    Champ.LIENS: (
        "lien", "site", "site web", "url", "lien internet", "adresse internet", "lien vers le site",
        "ressource",
    ),
    # not « Observations », « Remarques »: what is noted for the office, told as left aside, one click to take
    Champ.IGNORE: ("n", "no", "numero", "ligne", "a corriger", "rang", "ordre"),
}  # fmt: skip

#: What longer headings begin with, in the order they are tried: « Objectifs poursuivis par l’équipe ».
BEGINNINGS: Final[tuple[tuple[str, Champ], ...]] = (
    (r".*\b(?:uai|rne)\b", Champ.UAI),
    (r"date.*\bdebut\b", Champ.DEBUT),
    (r"date.*\bfin\b", Champ.FIN),
    (r"(?:mail|courriel|mel|email|e mail|adresse (?:mail|email|e mail|mel|electronique))\b", Champ.COURRIEL),
    (r"(?:tel|telephone|portable)\b", Champ.TELEPHONE),
    (r"(?:nombre|nb|nbre|combien)\b.*\b(?:eleve|jeune|participant|beneficiaire)\b", Champ.EFFECTIF),
    (r"effectif\b", Champ.EFFECTIF),
    (r"(?:titre|intitule|nom (?:du projet|de l action)|action|projet)\b(?!.*descri)", Champ.TITRE),
    (r"(?:description|descriptif|resume|presentation|contenu|objectif|modalite|deroulement)\b",
     Champ.DESCRIPTION),
    (r"(?:partenaire|partenariat|intervenant)\b", Champ.PARTENAIRES),
    (r"public\b(?!.*prive)", Champ.PUBLIC),
    (r"niveau\b(?!.*intervention)", Champ.NIVEAUX),
    (r"classe\b", Champ.CLASSES),
    (r"(?:date|periode)\b(?!.*(?:limite|retour|saisie|reponse|envoi|inscription))", Champ.DATES),
    (r"(?:theme|thematique)\b", Champ.THEMES),
    (r"(?:contact|referente?|coordonnee|responsable|personne (?:referente?|a contacter|ressource))\b",
     Champ.CONTACT),
    (r"(?:etablissement|etab)\b(?!.*prive)", Champ.ETABLISSEMENT),
    (r"(?:commune|ville)\b", Champ.COMMUNE),
    (r"(?:lien|site (?:web|internet))\b", Champ.LIENS),
    (r"(?:autorite|personnalite)\b", Champ.AUTORITE),
)  # fmt: skip

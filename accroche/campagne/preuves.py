"""What the site already knows of a semaine and can show beside a criterion of the grid: a fixed vocabulary.

A criterion names the evidence it is judged on; what each says of one semaine is computed elsewhere.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Preuve(StrEnum):
    """One kind of evidence: its code, its name, and what whoever writes a criterion may expect of it."""

    _value_: str
    label: str
    explanation: str

    def __new__(cls, code: str, label: str = "", explanation: str = "") -> Self:
        """Keep what the evidence shows beside its name."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.explanation = explanation
        return member

    FICHES = (
        "fiches",
        "Fiches et établissements",
        "Les fiches publiées, les établissements distincts qui les portent, et les nombres annoncés.",
    )
    COUVERTURE = (
        "couverture",
        "Part de l’annuaire",
        "La part des écoles, collèges, lycées et lycées professionnels qui ont déclaré, et qui manque.",
    )
    NIVEAUX = (
        "niveaux",
        "Niveaux touchés",
        "Les niveaux cochés, et les fiches de chacun.",
    )
    LISTE_PUBLIQUE = (
        "liste_publique",
        "Liste publique des actions",
        "Les recensements, cartes et programmes publiés, et les fiches publiées sur les fiches reçues.",
    )
    FICHES_RACONTEES = (
        "fiches_racontees",
        "Fiches racontées",
        "Les fiches qui ont un texte, un lien, une image ou une vidéo, et celles qui n’en ont pas.",
    )
    REMARQUABLES = (
        "remarquables",
        "Actions distinguées",
        "Les actions remarquables ou primées, et les temps forts qui en présentent.",
    )
    REPRISES = (
        "reprises",
        "Actions reprises",
        "Les fiches nées d’une autre : une bonne idée qui a fait école.",
    )
    ALLIANCES = (
        "alliances",
        "Alliances déclarées",
        "Ce que l’académie dit de ses alliances : entre personnels de l’Éducation nationale, ou ouvertes.",
    )
    PARTENAIRES_DES_FICHES = (
        "partenaires_des_fiches",
        "Partenaires des fiches",
        "Les fiches qui nomment un partenaire extérieur, et les partenaires extérieurs de la semaine.",
    )
    FAMILLES_DE_PARTENAIRES = (
        "familles_de_partenaires",
        "Familles de partenaires",
        "Combien de familles de partenaires extérieurs sont présentes : collectivités, associations, santé…",
    )
    PORTAGE = (
        "portage",
        "Qui noue les alliances",
        "Les porteurs d’actions, les services, ou les deux, comme l’académie le dit.",
    )
    ROLES_DES_PARTENAIRES = (
        "roles_des_partenaires",
        "Rôle des partenaires",
        "Ce que font les partenaires de la semaine : présents, intervenants, co-organisateurs, financeurs…",
    )
    PARENTS = (
        "parents",
        "Place des parents",
        "Les actions qui ont les parents pour thème, et les parents partenaires.",
    )
    STRATEGIE = (
        "strategie",
        "Textes de stratégie",
        "Les textes qui relient la semaine à une politique, et les plans ou circulaires publiés.",
    )
    FINANCEMENT = (
        "financement",
        "Financement",
        "Le financement que la page de la semaine annonce.",
    )
    PILOTAGE = (
        "pilotage",
        "Service pilote et comité",
        "Le service pilote et le comité de pilotage de la page de la semaine.",
    )
    DATES = (
        "dates",
        "Dates et nom de la semaine",
        "Les périodes, leur nombre de jours, et le nom que porte la semaine.",
    )
    TERRITOIRES = (
        "territoires",
        "Bassins et départements",
        "Les bassins appelés à participer, ceux qui ont une fiche, et les étapes des tournées.",
    )
    RESEAU = (
        "reseau",
        "Vie du réseau",
        "Les séminaires, formations et journées de l’année, et les actions qui durent toute l’année.",
    )
    BILAN = (
        "bilan",
        "Bilan de l’édition",
        "Le bilan publié, les nombres restés N.C., et le rang de la semaine.",
    )
    AXES_SUIVIS = (
        "axes_suivis",
        "Axes de l’édition d’avant",
        "Les axes retenus l’an dernier et ce qu’ils sont devenus.",
    )
    SUPPORTS = (
        "supports",
        "Supports publiés",
        "Les ressources publiées, par type : dossier de presse, programme, site, vidéo…",
    )
    PRODUCTIONS = (
        "productions",
        "Productions en ligne",
        "Les ressources publiées sur celles qui existent, et celles qui ont une adresse.",
    )
    MEDIAS = (
        "medias",
        "Retombées",
        "Les articles et émissions notés par l’académie, et les rencontres avec la presse.",
    )
    TEMPS_FORTS = (
        "temps_forts",
        "Temps forts",
        "Les temps forts par type, avec leurs lieux.",
    )
    AUTORITES = (
        "autorites",
        "Autorités présentes",
        "Les temps forts tenus devant le recteur, le DASEN, un préfet, des élus…",
    )

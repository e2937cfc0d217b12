"""The open data of the synthesis: each column holds its own field, compared whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.regles import Alliances, Appel, Autorite, Portage, RoleSemaine, TypeMedia
from accroche.dossier.bilan import bilan
from accroche.dossier.dossier import ActionDossier, EditionDossier, PorteurSaisi, Retombee, TexteStrategie
from accroche.lib.chiffres import Chiffre, Kind
from accroche.publications.documents.synthese.donnees import data_tables
from tests.dossier.sample import CAEN, DIJON, EDITION

#: What belongs to no school: an organisation, without place nor level.
DSDEN = PorteurSaisi(kind=TypePorteur.DSDEN, name="DSDEN de la Nièvre")
#: The address of the sheet that one takes up.
REPRISE = "2014-2015/caen/ecole-ouverte"
SAMPLE = replace(
    EDITION,
    semaines=(
        CAEN,
        replace(
            DIJON,
            actions=(DIJON.actions[0], ActionDossier("Atelier", porteurs=(DSDEN,), reprise_de=REPRISE)),
            partners=(replace(DIJON.partners[0], role=RoleSemaine.INTERVIENT), *DIJON.partners[1:]),
            temps_forts=(
                replace(DIJON.temps_forts[0], authorities=(Autorite.RECTEUR, Autorite.ELUS)),
                *DIJON.temps_forts[1:],
            ),
            alliances=Alliances.INTERNES_EXTERNES,
            portage=Portage.LES_DEUX,
            appel=Appel.CERTAINS,
            bassins=("Auxerre", "Beaune"),
            strategie=(TexteStrategie("Plan", dt.date(2015, 11, 23)),),
            medias=(Retombee("France Bleu", TypeMedia.RADIO, url="http://fb.fr"),),
            obstacle_text="Rien de public",
        ),
    ),
)


def tables(dossier: EditionDossier = SAMPLE) -> dict[str, list[dict[str, Any]]]:
    """Each table by its name, each row by its columns."""
    return {
        table.name: [
            dict(zip((field.name for field in table.fields), row, strict=True)) for row in table.rows
        ]
        for table in data_tables(dossier, bilan(dossier))
    }


def exact(value: int) -> Chiffre:
    return Chiffre(Kind.EXACT, value)


#: Nobody signed that there is nothing to tell.
UNSIGNED = {"absence_signee_par": "", "absence_signee_le": None, "absence_d_apres": ""}


def levels(*ticked: Niveau) -> dict[str, bool | None]:
    return {level.value: level in ticked if ticked else None for level in Niveau}


def test_the_tables_are_these() -> None:
    assert {name: len(rows) for name, rows in tables().items()} == {
        "totaux": 2,
        "chiffres": 2,
        "semaines": 2,
        "axes": 2,
        "temps_forts": 2,
        "ressources": 1,
        "partenaires": 2,
        "strategie": 1,
        "medias": 1,
        "actions": 2,
        "porteurs": 2,
        "partenaires_actions": 1,
        "grille": 3,
    }


def test_carriers_stand_where_they_are() -> None:
    assert tables()["porteurs"] == [
        {
            "academie": "Dijon",
            "action": "Forum des métiers",
            "nom": "Lycée Le Castel",
            "type": "lycee",
            "niveau": "lycee",
            "commune": "Dijon",
            "code_commune": "21231",
            "uai": "0010001W",
            "latitude": 47.3149,
            "longitude": 5.0422,
        },
        {
            "academie": "Dijon",
            "action": "Atelier",
            "nom": "DSDEN de la Nièvre",
            "type": "dsden",
            "niveau": "",
            "commune": "",
            "code_commune": "",
            "uai": None,
            "latitude": None,
            "longitude": None,
        },
    ]


def test_actions() -> None:
    assert tables()["actions"] == [
        {
            "academie": "Dijon",
            "rang": 1,
            "titre": "Forum des métiers",
            "porteurs": "Lycée Le Castel, Dijon",
            **levels(Niveau.LYCEE),
            "temporalite": "semaine",
            "lieu": "Salle des fêtes de Beaune",
            "nature": "prevention",
            "themes": "decouverte_metiers ; orientation",
            "partenaires": "ONISEP",
            "prix": "Prix du public",
            "remarquable": True,
            "source": "experitheque",
            "experitheque": 9661,
            "reprise_de": "",
            "adresses": "http://www.ac-dijon.fr/forum",
            "exemple": True,
        },
        {
            "academie": "Dijon",
            "rang": 2,
            "titre": "Atelier",
            "porteurs": "DSDEN de la Nièvre",
            **levels(),
            "temporalite": "",
            "lieu": "",
            "nature": "",
            "themes": "",
            "partenaires": "",
            "prix": "",
            "remarquable": False,
            "source": "semaine",
            "experitheque": None,
            "reprise_de": REPRISE,
            "adresses": "",
            "exemple": True,
        },
    ]


def test_semaines() -> None:
    assert tables()["semaines"] == [
        {
            "academie": "Caen",
            "statut": "reported",
            **UNSIGNED,
            "rang": 2,
            "debut": "2016-03-21",
            "fin": "2016-03-27",
            "dates": "du 21 au 27\u00a0mars 2016",
            **levels(),
            **dict.fromkeys(
                ("intitule", "themes", "pilote", "parrain", "financement", "comite", "partenaires"), ""
            ),
            **dict.fromkeys(("alliances", "portage", "appel", "bassins"), ""),
        },
        {
            "academie": "Dijon",
            "statut": "reported",
            **UNSIGNED,
            "rang": 1,
            "debut": "2016-01-18",
            "fin": "2016-03-18",
            "dates": "du 18 au 22\u00a0janvier 2016 et du 14 au 18\u00a0mars 2016",
            **levels(Niveau.COLLEGE, Niveau.LYCEE),
            "intitule": "Dijon persévère",
            "themes": "Le numérique",
            "pilote": "CARDIE",
            "parrain": "Une marraine",
            "financement": "Fonds européens",
            "comite": "Un comité",
            "partenaires": "ONISEP ; CANOPE",
            "alliances": "internes_externes",
            "portage": "les_deux",
            "appel": "certains",
            "bassins": "Auxerre ; Beaune",
        },
    ]
    undated = tables(replace(SAMPLE, semaines=(replace(CAEN, windows=()),)))["semaines"][0]
    assert (undated["debut"], undated["fin"], undated["dates"]) == (None, None, "")
    themed = tables(replace(SAMPLE, semaines=(replace(CAEN, themes=("Lire", "Compter")),)))["semaines"][0]
    assert themed["themes"] == "Lire ; Compter"


def test_figures() -> None:
    told = tables()
    shared = {"academie": "Dijon", "rang": 1, "perimetre": "", "source": "", "additionne": True}
    assert told["chiffres"] == [
        shared
        | {
            "indicateur": "actions",
            "nature": "exact",
            "valeur": 19,
            "note": "recensées",
            "texte": "19",
        },
        shared
        | {
            "indicateur": "etablissements",
            "nature": "more_than",
            "valeur": 30,
            "note": "",
            "texte": "plus de 30",
        },
    ]


def test_a_total_says_who_is_missing_and_why() -> None:
    told = {
        "Caen": Chiffre(Kind.ABOUT, 10),
        "Dijon": Chiffre(Kind.EXACT, 19),
        "Lyon": Chiffre(Kind.NOT_COMMUNICATED),
        "Nice": Chiffre(Kind.ALL),
        "Toulouse": Chiffre(Kind.UNAVAILABLE),
    }
    semaines = tuple(
        replace(CAEN, academie=name, actions_figures=(figure,), etablissements_figures=(exact(rank),))
        for rank, (name, figure) in enumerate(told.items(), start=1)
    )
    assert tables(replace(SAMPLE, semaines=semaines))["totaux"] == [
        {
            "indicateur": "actions",
            "somme": 29,
            "borne_inferieure": None,
            "texte": "29\u00a0actions (somme des nombres donnés)",
            "exact": False,
            "approche": True,
            "academies_comptees": 2,
            "academies_repondantes": 4,
            "nombres_approches": "Caen",
            "recoupements_possibles": "",
            "non_communique": "Lyon",
            "tous": "Nice",
            "non_disponible": "Toulouse",
        },
        {
            "indicateur": "etablissements",
            "somme": 15,
            "borne_inferieure": 15,
            "texte": "15\u00a0écoles et établissements",
            "exact": True,
            "approche": False,
            "academies_comptees": 5,
            "academies_repondantes": 5,
            "nombres_approches": "",
            "recoupements_possibles": "",
            "non_communique": "",
            "tous": "",
            "non_disponible": "",
        },
    ]


def test_the_lists_of_a_semaine() -> None:
    told = tables()
    assert told["axes"] == [
        {
            "academie": "Dijon",
            "rang": 1,
            "code": "niveaux",
            "libelle": "Le premier degré",
            "precision": "Le premier degré.",
        },
        {
            "academie": "Dijon",
            "rang": 2,
            "code": "structuration",
            "libelle": "Structurer",
            "precision": "",
        },
    ]
    assert told["temps_forts"] == [
        {
            "academie": "Dijon",
            "titre": "Salon",
            "type": "salon",
            "debut": "2016-01-21",
            "fin": "2016-01-21",
            "lieu": "Nevers",
            "etapes": "",
            "autorites": "recteur ; elus",
        },
        {
            "academie": "Dijon",
            "titre": "Tour",
            "type": "tournee",
            "debut": None,
            "fin": None,
            "lieu": "",
            "etapes": "Cher ; Indre",
            "autorites": "",
        },
    ]
    assert told["ressources"] == [
        {
            "academie": "Dijon",
            "titre": "Carte",
            "type": "carte",
            "adresse": "http://www.ac-dijon.fr/carte",
            "publiee": True,
        }
    ]
    dijon = {"academie": "Dijon"}
    assert told["partenaires"] == [
        dijon | {"nom": "ONISEP", "type": "operateur", "interne": True, "role": "intervient"},
        dijon
        | {
            "nom": "CANOPE",
            "type": DIJON.partners[1].kind,
            "interne": DIJON.partners[1].internal,
            "role": "",
        },
    ]
    assert told["strategie"] == [dijon | {"titre": "Plan", "date": "2015-11-23", "adresse": ""}]
    assert told["medias"] == [
        dijon | {"media": "France Bleu", "type": "radio", "date": None, "adresse": "http://fb.fr"}
    ]

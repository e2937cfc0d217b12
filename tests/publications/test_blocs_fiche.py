"""The sheet of an académie, told whole: each heading and sentence, for what was said and for what was not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

import pytest

from accroche.actions.regles import SourceAction
from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import (
    ActionDossier,
    AxeRetenu,
    EtapeDossier,
    PartenaireDossier,
    RessourceDossier,
    SemaineDossier,
    TempsFortDossier,
)
from accroche.publications.blocs import Provenances, academie_sheet
from tests.dossier.sample import CAEN, DIJON
from tests.publications import recit

BOXES: Final = (
    "LevelBoxes: Niveaux concernés | "
    "Premier degré ; {} ; Collège ; {} ; Lycée ; {} ; Lycée professionnel ; {} | {}"
)
NOBODY_KNOWS: Final = BOXES.format(*["None"] * 4, "oui")
NO_FIGURE: Final = (
    "KeyFigures: [non disponible](#p-{0}-actions) | actions identifiées ; "
    "[non disponible](#p-{0}-etablissements) | écoles et établissements impliqués"
)
DECLARED: Final = ActionDossier("Atelier", source=SourceAction.DECLARATION)
AMIENS: Final = SemaineDossier("Amiens", (), None, StatutSemaine.UNAVAILABLE, narrative="Un récit.")


def sheet(semaine: SemaineDossier, axes: dict[str, str] | None = None) -> list[str]:
    return recit.section(academie_sheet(semaine, axes or {}, Provenances()))


def part(semaine: SemaineDossier, heading: str) -> list[str]:
    """What stands under one heading."""
    told = sheet(semaine)
    at = next(rank for rank, line in enumerate(told) if line.startswith(heading))
    following = (rank for rank, line in enumerate(told) if rank > at and line.startswith("#"))
    return told[at + 1 : next(following, len(told))]


def test_a_sheet_that_says_everything() -> None:
    provenances = Provenances()
    found = academie_sheet(DIJON, {"niveaux": "Le premier degré"}, provenances)
    assert recit.section(found) == [
        "# Académie de Dijon (#academie-dijon, sheet) Du 18 au 22~janvier 2016 et du 14 au 18~mars 2016",
        BOXES.format("non", "oui", "oui", "non", "non"),
        (
            "KeyFigures: [19](#p-dijon-actions) | actions identifiées | recensées ; "
            "[plus de 30](#p-dijon-etablissements) | écoles et établissements impliqués"
        ),
        (
            "Facts: Rang ; Première édition ; Intitulé ; Dijon persévère ; Thème ; Le numérique ; "
            "Service pilote ; CARDIE ; Parrain ; Une marraine ; Financement ; Fonds européens ; "
            "Comité de pilotage ; Un comité"
        ),
        "Paragraph: Deux semaines.",
        "Paragraph: Des rencontres.",
        "## Axes de travail pour la prochaine édition (#academie-dijon-axes, plain)",
        "BulletList: **Le premier degré.** Le premier degré. ; **structuration**",
        "## Partenaires (#academie-dijon-partenaires, plain)",
        "Paragraph: Des partenaires.",
        "Facts: Partenaires cités ; ONISEP et CANOPE",
        "## Temps forts (#academie-dijon-temps-forts, plain)",
        (
            "Timeline: Temps forts de la semaine | Le 21~janvier 2016 | Salon | Salon | Nevers | Un salon. ; "
            "Tournée | Tour | Cher ; Indre"
        ),
        "## Ressources (#academie-dijon-ressources, plain)",
        "BulletList: [Carte](http://www.ac-dijon.fr/carte)",
        "## Exemples d’actions (#academie-dijon-actions, plain)",
        "Paragraph: Deux exemples. | note",
        (
            "Example: Forum des métiers | Lycée Le Castel, Dijon | Des métiers, en vrai. | "
            "[Le forum](http://www.ac-dijon.fr/forum) | Prix du public | "
            "Pendant la semaine ; Prévention ; Découverte des métiers ; Orientation ; "
            "Source~: Expérithèque | ONISEP"
        ),
        "Example: Atelier",
    ]
    assert recit.provenances(provenances.all()) == [
        "#p-dijon-actions Académie de Dijon~: actions identifiées = 19 ; Chiffre déclaré par l’académie.",
        "  actions identifiées | 19 | recensées",
        (
            "#p-dijon-etablissements Académie de Dijon~: écoles et établissements impliqués = plus de 30 ; "
            "Chiffre déclaré par l’académie."
        ),
    ]


def test_a_sheet_that_says_its_dates() -> None:
    assert sheet(CAEN) == [
        "# Académie de Caen (#academie-caen, sheet) Du 21 au 27~mars 2016",
        NOBODY_KNOWS,
        NO_FIGURE.format("caen"),
        "Facts: Rang ; Deuxième édition",
    ]


def test_an_academie_that_did_not_answer() -> None:
    assert sheet(AMIENS) == [
        "# Académie d’Amiens (#academie-amiens, sheet) Dates non communiquées",
        (
            "Callout: Données non disponibles | "
            "Les données de l’académie d’Amiens ne sont pas disponibles pour cette édition."
        ),
        NOBODY_KNOWS,
        NO_FIGURE.format("amiens"),
    ]


def test_an_academie_that_did_not_answer_and_whose_schools_did() -> None:
    assert sheet(replace(AMIENS, actions=(DECLARED,))) == [
        "# Académie d’Amiens (#academie-amiens, sheet) Dates non communiquées",
        NOBODY_KNOWS,
        NO_FIGURE.format("amiens"),
        "Paragraph: Un récit.",
        "## Actions (#academie-amiens-actions, plain)",
        (
            "Paragraph: Dans cette académie, 1~action est publiée~; elle n’en a pas encore choisi en "
            "exemple. Elle figure dans les données de la synthèse. | note"
        ),
    ]


def test_an_academie_that_prepares_its_semaine() -> None:
    assert sheet(SemaineDossier("Le Havre", (), None, StatutSemaine.PREPARING)) == [
        "# Académie du Havre (#academie-le-havre, sheet) Dates non communiquées",
        (
            "Callout: Compte rendu attendu | L’académie du Havre n’a pas rendu compte de sa "
            "semaine à ce jour~: cette fiche montre ce qui est publié."
        ),
        NOBODY_KNOWS,
        NO_FIGURE.format("le-havre"),
    ]


@pytest.mark.parametrize(
    ("total", "shown", "heading", "sentence"),
    [
        (1, 1, "Exemple d’action", ""),
        (2, 2, "Exemples d’actions", ""),
        (
            2,
            1,
            "Exemple d’action",
            (
                "Dans cette académie, 2~actions sont publiées~; une est montrée ici en exemple. "
                "L’autre figure dans les données de la synthèse."
            ),
        ),
        (
            1200,
            2,
            "Exemples d’actions",
            (
                "Dans cette académie, 1^200~actions sont publiées~; deux sont montrées ici en exemple. "
                "Les 1^198 autres figurent dans les données de la synthèse."
            ),
        ),
        (
            2,
            0,
            "Actions",
            (
                "Dans cette académie, 2~actions sont publiées~; elle n’en a pas encore choisi en exemple. "
                "Elles figurent dans les données de la synthèse."
            ),
        ),
    ],
)
def test_what_is_said_of_the_others(total: int, shown: int, heading: str, sentence: str) -> None:
    actions = (replace(DECLARED, chosen=True),) * shown + (DECLARED,) * (total - shown)
    told = sheet(replace(CAEN, actions=actions))
    assert told[4:] == [
        f"## {heading} (#academie-caen-actions, plain)",
        *([f"Paragraph: {sentence} | note"] if sentence else []),
        *(["Example: Atelier"] * shown),
    ]


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (AxeRetenu("niveaux"), "BulletList: **niveaux**"),
        (AxeRetenu("niveaux", "Le CM2, l'été !"), "BulletList: **niveaux.** Le CM2, l’été~!"),
    ],
)
def test_an_axis(kept: AxeRetenu, told: str) -> None:
    assert part(replace(CAEN, axes=(kept,)), "## Axes") == [told]


def test_partners_without_a_word_on_them_and_a_word_without_partners() -> None:
    named = replace(CAEN, partners=(PartenaireDossier("L'ONISEP"),))
    assert part(named, "## Partenaires") == ["Facts: Partenaires cités ; L’ONISEP"]
    assert part(replace(CAEN, partners_narrative="Beaucoup."), "## Partenaires") == ["Paragraph: Beaucoup."]


def test_events_are_told_field_by_field() -> None:
    starts, ends = dt.date(2016, 3, 21), dt.date(2016, 3, 23)
    events = (
        TempsFortDossier("L'un", "salon", starts, ends, "L'Isle", "L'accueil.", (EtapeDossier("L'Aigle"),)),
        TempsFortDossier("Tour", "tournee", starts),
        # the page of a semaine does not ask what kind it is
        TempsFortDossier("Une soirée", "", starts),
    )
    found = academie_sheet(replace(CAEN, temps_forts=events), {}, Provenances())
    (timeline,) = found.sections[0].blocks
    assert recit.value(timeline) == (
        "Temps forts de la semaine | "
        "Du 21 au 23~mars 2016 | Salon | L’un | L’Isle | L’accueil. | L’Aigle ; "
        "Le 21~mars 2016 | Tournée | Tour ; "
        "Le 21~mars 2016 | Une soirée"
    )


@pytest.mark.parametrize(
    ("resource", "told"),
    [
        (
            RessourceDossier("Guide de l'élève", "guide", "https://a.fr/g"),
            "[Guide de l’élève](https://a.fr/g)",
        ),
        (RessourceDossier("L'affiche", "carte", "https://a.fr/c"), "[L’affiche](https://a.fr/c) (carte)"),
        (RessourceDossier("Le film", "video"), "Le film (vidéo)"),
        (
            RessourceDossier("Le film", "video", published=False),
            "Le film (vidéo, non publiée)",
        ),
        (RessourceDossier("VIDÉO", "video", published=False), "VIDÉO, non publiée"),
        (RessourceDossier("Le film", "video", published=None), "Le film (vidéo, publication non précisée)"),
        (
            RessourceDossier("", "", "https://www.ac-caen.fr/x"),
            "[ac-caen.fr](https://www.ac-caen.fr/x) (page)",
        ),
    ],
)
def test_a_resource(resource: RessourceDossier, told: str) -> None:
    assert part(replace(CAEN, ressources=(resource,)), "## Ressources") == [f"BulletList: {told}"]


def test_facts_begin_with_a_capital_and_levels_are_ticked() -> None:
    told = sheet(
        replace(
            CAEN,
            ordinal=None,
            levels=frozenset({Niveau.PREMIER_DEGRE, Niveau.LYCEE_PROFESSIONNEL}),
            themes=("l'écoute", "le sport"),
            pilot="la CARDIE",
        )
    )
    assert told[1] == BOXES.format("oui", "non", "non", "oui", "non")
    assert told[3] == "Facts: Thème ; L’écoute et le sport ; Service pilote ; La CARDIE"


def test_a_sheet_without_a_fact_has_no_list_of_them() -> None:
    assert sheet(replace(CAEN, ordinal=None)) == sheet(CAEN)[:3]

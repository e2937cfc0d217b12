"""Two whole documents as text: the census list of an académie, and the synthesis of three semaines.

What a sheet tells is held in ``test_blocs_fiche.py``; here stand the headings and sentences around it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from accroche.campagne.regles import StatutSemaine
from accroche.dossier.dossier import SemaineDossier
from accroche.publications.documents import liste_recensement, synthese
from accroche.publications.outline import Document, Section, SectionKind
from accroche.publications.versions import Imprint
from tests.dossier.sample import CAEN, DIJON, EDITION
from tests.publications import recit
from tests.publications.documents.test_liste_recensement import TOLD

LYON = SemaineDossier("Lyon", (), None, StatutSemaine.UNAVAILABLE)
IMPRINT = Imprint("Bureau", site_url="https://accroche.example/")


def cover(document: Document) -> list[str]:
    """What stands on the cover, line by line."""
    told = (
        document.title,
        document.subtitle,
        document.organisation,
        document.version,
        str(document.date),
        document.abstract,
        document.language,
        document.site_url,
        "public" if document.is_public else "de travail",
        document.cover,
    )
    return [recit.visible(line) for line in told]


def body(document: Document) -> list[str]:
    """Every section but the sheets of académies, of which only the heading is told."""

    def short(section: Section) -> Section:
        if section.kind is SectionKind.SHEET:
            return replace(section, blocks=(), sections=())
        return replace(section, sections=tuple(short(part) for part in section.sections))

    return [line for section in document.sections for line in recit.section(short(section))]


@pytest.fixture
def three() -> Document:
    """The synthesis of three semaines: one that says everything, one its dates, one nothing."""
    return synthese.build(replace(EDITION, semaines=(CAEN, DIJON, LYON)), IMPRINT)


@pytest.fixture
def census() -> Document:
    """The list of seven sheets."""
    return liste_recensement.build(TOLD, IMPRINT)


def test_the_synthesis_of_three_semaines(three: Document) -> None:
    assert cover(three) == [
        "Semaine de la persévérance scolaire",
        "Synthèse nationale de l’édition 2015-2016",
        "Bureau",
        "Version de travail",
        "2016-07-05",
        (
            "Trois académies, 2 comptes rendus, au moins 19~actions d’après l’unique académie "
            "dont les données sont disponibles."
        ),
        "fr-FR",
        "https://accroche.example/",
        "public",
        "Mai 2016",
    ]
    assert body(three) == [
        "# L’édition en bref (#en-bref, chapter)",
        (
            "KeyFigures: [au moins 19](#p-actions) | actions identifiées | l’unique académie dont les "
            "données sont disponibles ; [au moins 30](#p-etablissements) | écoles et établissements "
            "impliqués | l’unique académie dont les données sont disponibles ; [2~/~3](#p-comptes-rendus) "
            "| académies ont rendu compte ; [1](#p-premieres) | première édition | Une académie en avait "
            "déjà tenu une | Source~: comptes rendus des académies, édition 2015-2016."
        ),
        "NumberedList: **Deux** académies racontent. ; Une reste à entendre.",
        (
            "Callout: Ce que ces totaux ne disent pas | Les données de l’académie suivante ne sont pas "
            "disponibles~: [Lyon](#academie-lyon)."
        ),
        "# Introduction (#introduction, chapter)",
        "## Mobiliser (#introduction-1, plain)",
        "Paragraph: Un texte.",
        "## Donner à voir (#introduction-2, plain)",
        "Paragraph: Un autre.",
        "# Ce que disent les chiffres (#chiffres, chapter)",
        (
            "Paragraph: Les académies ont identifié [au moins 19](#p-actions)~actions dans [au moins "
            "30](#p-etablissements)~écoles et établissements. La synthèse en présente 2 en exemple, avec 2 "
            "temps forts et 1 ressource. | lead"
        ),
        (
            "TileMap: Actions identifiées par académie | Carte en carreaux~: 3~académies. Non "
            "disponibles~: Lyon. | CAE | Caen | 3 | 1 | 1 | N.C. | academie-caen | N.C. ; DIJ | Dijon | 6 "
            "| 3 | 3 | 19 | academie-dijon | 19 ; LYO | Lyon | 6 | 4 | 0 | non disponible | academie-lyon "
            "| Données non disponibles ; Nombre non communiqué (N.C.) ; Moins de 10 actions ; 10 à 29 "
            "actions ; 30 à 99 actions ; 100 actions et plus | Source~: comptes rendus des académies, "
            "édition 2015-2016."
        ),
        (
            "BarChart: Académies qui touchent chaque niveau, sur 1 académie qui le dit | Barres~: Premier "
            "degré 0, Collège 1, Lycée 1, Lycée professionnel 0. | Premier degré | 0 | 0~académie ; "
            "Collège | 1 | 1~académie ; Lycée | 1 | 1~académie ; Lycée professionnel | 0 | 0~académie | "
            "Source~: comptes rendus des académies, édition 2015-2016."
        ),
        (
            "BarChart: Actions identifiées par académie, de la plus à la moins nombreuse | Barres~: Dijon "
            "19, Caen N.C., Lyon non disponible. | Dijon | 19 | 19 ; Caen | None | N.C. ; Lyon | None | "
            "non disponible | Source~: comptes rendus des académies, édition 2015-2016."
        ),
        "# De quoi parlent les actions (#themes, chapter)",
        (
            "Paragraph: Parmi [2](#p-fiches)~actions présentées, 1 n’a pas de thème~; l’autre en porte 2. "
            "Une même action peut porter plusieurs thèmes et toucher plusieurs niveaux. | lead"
        ),
        (
            "Table: Actions présentées par thème et par niveau | Thème | start ; Premier degré | end ; "
            "Collège | end ; Lycée | end ; Lycée professionnel | end ; Niveau non précisé | end ; Ensemble "
            "| end ; Académies | end | Découverte des métiers ; 0 ; 0 ; 1 ; 0 ; 0 ; 1 ; 1 ; Orientation ; "
            "0 ; 0 ; 1 ; 0 ; 0 ; 1 ; 1 | Le total n’est pas la somme des lignes~: une action y est comptée "
            "une fois, quel que soit le nombre de ses thèmes. De même, une action qui touche plusieurs "
            "niveaux est comptée à chacun. | Toutes les actions ; 0 ; 0 ; 1 ; 0 ; 1 ; 2 ; 1 | Source~: "
            "comptes rendus des académies, édition 2015-2016."
        ),
        "# Les académies (#academies, chapter)",
        (
            "Paragraph: Chaque fiche réunit les dates, le récit, les niveaux, les chiffres, les "
            "partenaires et des exemples. | lead"
        ),
        (
            "Calendar: Quand chaque académie a tenu sa semaine | Calendrier de l’année scolaire, une ligne "
            "par académie dans l’ordre des dates, de Dijon à Caen. Les dates figurent sur chaque fiche. | "
            "2015-09-01 | 2016-07-05 | Dijon | 2016-01-18 ; 2016-01-22 ; 2016-03-14 ; 2016-03-18 ; Caen | "
            "2016-03-21 ; 2016-03-27 | Source~: dates données par les académies."
        ),
        "## Académie de Caen (#academie-caen, sheet) Du 21 au 27~mars 2016",
        "## Académie de Dijon (#academie-dijon, sheet) Du 18 au 22~janvier 2016 et du 14 au 18~mars 2016",
        "## Académie de Lyon (#academie-lyon, sheet) Dates non communiquées",
        "# Conclusion (#conclusion, chapter)",
        "Paragraph: [Une](#p-suivantes) académie avait déjà tenu une semaine~: [Caen](#academie-caen).",
        "## Grille de 2016 (#grille, plain)",
        "Paragraph: Comment la grille a servi.",
        "## Communiquer (#objectif-communiquer, plain)",
        "Paragraph: Bien.",
        "Paragraph: Fiches à lire~: [Dijon](#academie-dijon) et [Caen](#academie-caen). | note",
        (
            "Table: La grille, critère par critère~: Communiquer | Critère | start ; Niveau~0 | start ; "
            "Niveau~1 | start ; Niveau~2 | start ; Niveau~3 | start ; Niveau~4 | start | **4.1~Annoncer** "
            "; Rien. ; Un peu. ; À moitié. ; Presque tout. ; Tout. ; **4.2~Rassembler** ; Rien. ; Un peu. "
            "; À moitié. ; Presque tout. ; Tout. | Source~: Grille de 2016."
        ),
        "## Mobiliser (#objectif-mobiliser-partenaires, plain)",
        (
            "Table: La grille, critère par critère~: Mobiliser | Critère | start ; Niveau~0 | start ; "
            "Niveau~1 | start ; Niveau~2 | start ; Niveau~3 | start ; Niveau~4 | start | **2.1~Ouvrir** ; "
            "Rien. ; Un peu. ; À moitié. ; Presque tout. ; Tout. | Source~: Grille de 2016."
        ),
        "# Perspectives pour l’édition 2016-2017 (#perspectives, chapter)",
        "## 1. Aider (#perspective-1, plain)",
        "Paragraph: Tôt.",
        "Facts: Qui agit ; Les académies ; Échéance ; avant le 31 mars 2017",
        "## Les axes de travail de la prochaine édition (#axes, plain)",
        (
            "Table: Axes de travail retenus par les académies | Axe | start ; Académies | end ; Lesquelles "
            "| start | Structurer ; [1](#p-axe-structuration) ; [Dijon](#academie-dijon) ; Le premier "
            "degré ; [1](#p-axe-niveaux) ; [Dijon](#academie-dijon) | Source~: axes retenus par les "
            "académies, édition 2015-2016~; une académie peut en retenir plusieurs."
        ),
        "## Accompagnement et tutorat (#tutorat, plain)",
        (
            "BulletList: **Accompagnement proposé en priorité~: **[Dijon](#academie-dijon) et "
            "[Caen](#academie-caen). Pour progresser."
        ),
        "# Totaux et sources (#totaux, annex)",
        (
            "Table: Chiffres déclarés par les académies, édition 2015-2016 | Académie | start ; Actions | "
            "end ; Écoles et établissements | end ; Rang | end | [Caen](#academie-caen) ; non disponible ; "
            "non disponible ; deuxième ; [Dijon](#academie-dijon) ; 19 ; plus de 30 ; première ; "
            "[Lyon](#academie-lyon) ; non disponible ; non disponible ; – | Total~: au moins 19~actions, "
            "d’après l’unique académie dont les données sont disponibles~; au moins 30~écoles et "
            "établissements, d’après l’unique académie dont les données sont disponibles. N.C.~: non "
            "communiqué, jamais compté comme zéro. | Ensemble ; [au moins 19](#p-actions) ; [au moins "
            "30](#p-etablissements) ; – | Source~: comptes rendus des académies, édition 2015-2016."
        ),
        "## Remarques sur les sources (#remarques, plain)",
        "BulletList: Une note.",
        "# Mentions (#mentions, annex)",
        (
            "Facts: Ministère ; Éducation nationale ; Contact ; bureau@exemple.fr ; Licence ; Licence "
            "Ouverte 2.0 ; Crédits ; Le bureau"
        ),
        "# Sigles (#sigles, index)",
        (
            "Facts: CANOPE ; Réseau Canopé, réseau de création et d’accompagnement pédagogiques ; CARDIE ; "
            "Cellule académique recherche, développement, innovation et expérimentation ; ONISEP ; Office "
            "national d’information sur les enseignements et les professions"
        ),
        "# Index des exemples (#index, index)",
        "## Par thème (#index-theme, plain)",
        "### Découverte des métiers (#index-theme-decouverte-metiers, plain)",
        "BulletList: [Forum des métiers](#academie-dijon-exemple-1), Dijon",
        "### Orientation (#index-theme-orientation, plain)",
        "BulletList: [Forum des métiers](#academie-dijon-exemple-1), Dijon",
        "## Par niveau (#index-niveau, plain)",
        "### Lycée (#index-niveau-lycee, plain)",
        "BulletList: [Forum des métiers](#academie-dijon-exemple-1), Dijon",
    ]


def test_where_the_figures_of_a_synthesis_come_from(three: Document) -> None:
    sheets = tuple(f"p-{name}-" for name in ("caen", "dijon", "lyon"))
    told = [one for one in three.provenances if not one.id.startswith(sheets)]
    assert recit.provenances(told) == [
        (
            "#p-actions Actions identifiées, toutes académies = au moins 19~actions ; Somme des nombres "
            "donnés par 1~académie, édition 2015-2016. N.C. n’est pas compté comme zéro~; un autre "
            "périmètre n’est pas additionné."
        ),
        "  Caen | non disponible | ",
        "  Dijon | 19 | recensées",
        "  Lyon | non disponible | ",
        (
            "#p-etablissements Écoles et établissements impliqués, toutes académies = au moins 30~écoles et"
            " établissements ; Somme des nombres donnés par 1~académie, édition 2015-2016. N.C. n’est pas "
            "compté comme zéro~; un autre périmètre n’est pas additionné."
        ),
        "  Caen | non disponible | ",
        "  Dijon | plus de 30 | ",
        "  Lyon | non disponible | ",
        (
            "#p-comptes-rendus Académies qui ont rendu compte = 2~/~3 ; Compté sur les fiches~: académies "
            "dont les données sont disponibles. Ce sont Caen et Dijon."
        ),
        (
            "#p-premieres Académies dont c’est la première édition = 1 ; Compté sur les fiches~: académies "
            "qui tiennent leur première semaine. C’est Dijon."
        ),
        (
            "#p-fiches Actions présentées en exemple = 2 ; Compté sur les fiches des actions. Une action "
            "peut porter plusieurs thèmes, ou aucun."
        ),
        (
            "#p-suivantes Académies qui avaient déjà tenu une semaine = 1 ; Compté sur les fiches~: académies"
            " dont le rang dépasse un. C’est Caen."
        ),
        (
            "#p-axe-structuration Académies qui retiennent l’axe «~Structurer~» = 1 ; Compté sur les fiches~:"
            " académies qui retiennent cet axe. C’est Dijon."
        ),
        (
            "#p-axe-niveaux Académies qui retiennent l’axe «~Le premier degré~» = 1 ; Compté sur les fiches~:"
            " académies qui retiennent cet axe. C’est Dijon."
        ),
    ]


def test_the_census_list(census: Document) -> None:
    assert cover(census) == [
        "Recensement de l’académie de~Dijon",
        "Liste des fiches de l’édition 2026-2027",
        "Bureau",
        "État au 26~novembre 2026",
        "2026-11-26",
        "Quatre fiches déclarées, dont 2 publiées.",
        "fr-FR",
        "https://accroche.example/",
        "de travail",
        "",
    ]
    assert body(census) == [
        "# En bref (#en-bref, chapter)",
        (
            "KeyFigures: [4](#p-fiches) | fiches déclarées ; [2](#p-publiees) | fiches publiées ; "
            "[3](#p-etablissements) | écoles et établissements"
        ),
        (
            "Callout: Document de travail | Cette liste montre aussi des fiches qui ne sont pas "
            "publiques~: gardez-la dans l’académie. Le public lit les fiches publiées sur le site."
        ),
        (
            "Table: Fiches déclarées par niveau | Niveau | start ; Fiches | end | Premier degré ; "
            "[0](#p-niveau-premier_degre) ; Collège ; [2](#p-niveau-college) ; Lycée ; "
            "[1](#p-niveau-lycee) ; Lycée professionnel ; [0](#p-niveau-lycee_professionnel) ; Niveau non "
            "renseigné ; [2](#p-niveau-inconnu) | Une fiche qui touche plusieurs niveaux est comptée à "
            "chacun."
        ),
        (
            "Table: Fiches déclarées par département | Département | start ; Fiches | end | Côte-d’Or ; "
            "[2](#p-departement-cote-d-or) ; Nièvre ; [1](#p-departement-nievre) ; Sans établissement de "
            "l’annuaire ; [1](#p-departement-sans-etablissement-de-l-annuaire) | Une fiche est comptée une "
            "fois, au département de son premier établissement."
        ),
        "# Les fiches déclarées (#fiches, chapter)",
        "## Côte-d’Or (#departement-cote-d-or, plain)",
        (
            "Table: Fiches déclarées, Côte-d’Or | Action | start ; Portée par | start ; Niveaux | start ; "
            "Quand et où | start ; État | start | élan ; Lycée Clos Maire, Beaune ; Collège et lycée ; non "
            "précisé ; En attente de relecture ; Tutorat ; Collège Marcelle Pardé, Dijon~; CIO de Dijon, "
            "Dijon ; Collège ; Le 26~novembre 2026 ; Publiée"
        ),
        "## Nièvre (#departement-nievre, plain)",
        (
            "Table: Fiche déclarée, Nièvre | Action | start ; Portée par | start ; Niveaux | start ; Quand "
            "et où | start ; État | start | Atelier ; Collège Adam Billaut, Nevers~; Collège Marcelle "
            "Pardé, Dijon ; non précisé ; Toute l’année ; À compléter"
        ),
        "## Sans établissement de l’annuaire (#departement-sans-etablissement-de-l-annuaire, plain)",
        (
            "Table: Fiche déclarée, Sans établissement de l’annuaire | Action | start ; Portée par | start "
            "; Niveaux | start ; Quand et où | start ; État | start | Forum ; CIO de Dijon, Dijon ; non "
            "précisé ; non précisé ; Publiée"
        ),
        "# Les fiches écartées (#ecartees, chapter)",
        "Paragraph: Elles ne sont pas comptées~: retirées, refusées, ou réunies à une autre fiche.",
        (
            "Table: Fiches retirées, refusées ou fusionnées | Action | start ; Portée par | start ; "
            "Niveaux | start ; Quand et où | start ; État | start | Refusée ; Collège Marcelle Pardé, "
            "Dijon ; Collège ; non précisé ; Refusée ; Retirée ; Collège Adam Billaut, Nevers ; non "
            "précisé ; non précisé ; Retirée ; Réunie ; Lycée Clos Maire, Beaune ; non précisé ; non "
            "précisé ; Fusionnée"
        ),
    ]


def test_where_the_figures_of_a_census_list_come_from(census: Document) -> None:
    assert recit.provenances(census.provenances) == [
        (
            "#p-fiches Fiches déclarées = 4 ; Compté le 26~novembre 2026 sur les fiches envoyées à "
            "l’académie~: celles qui attendent, à compléter et publiées."
        ),
        (
            "#p-publiees Fiches publiées = 2 ; Compté le 26~novembre 2026 sur les fiches envoyées à "
            "l’académie~: celles que le public lit."
        ),
        (
            "#p-etablissements Écoles et établissements = 3 ; Compté le 26~novembre 2026 sur les fiches "
            "envoyées à l’académie~: chaque école ou établissement une fois, même s’il porte plusieurs "
            "fiches."
        ),
        (
            "#p-niveau-premier_degre Fiches déclarées par niveau~: Premier degré = 0 ; Compté le 26~novembre "
            "2026 sur les fiches envoyées à l’académie~: celles qui touchent ce niveau."
        ),
        (
            "#p-niveau-college Fiches déclarées par niveau~: Collège = 2 ; Compté le 26~novembre 2026 sur les"
            " fiches envoyées à l’académie~: celles qui touchent ce niveau."
        ),
        (
            "#p-niveau-lycee Fiches déclarées par niveau~: Lycée = 1 ; Compté le 26~novembre 2026 sur les "
            "fiches envoyées à l’académie~: celles qui touchent ce niveau."
        ),
        (
            "#p-niveau-lycee_professionnel Fiches déclarées par niveau~: Lycée professionnel = 0 ; Compté le "
            "26~novembre 2026 sur les fiches envoyées à l’académie~: celles qui touchent ce niveau."
        ),
        (
            "#p-niveau-inconnu Fiches déclarées par niveau~: Niveau non renseigné = 2 ; Compté le 26~novembre"
            " 2026 sur les fiches envoyées à l’académie~: celles qui touchent ce niveau."
        ),
        (
            "#p-departement-cote-d-or Fiches déclarées par département~: Côte-d’Or = 2 ; Compté le 26~"
            "novembre 2026 sur les fiches envoyées à l’académie~: celles dont le premier établissement est "
            "dans ce département."
        ),
        (
            "#p-departement-nievre Fiches déclarées par département~: Nièvre = 1 ; Compté le 26~novembre 2026"
            " sur les fiches envoyées à l’académie~: celles dont le premier établissement est dans ce "
            "département."
        ),
        (
            "#p-departement-sans-etablissement-de-l-annuaire Fiches déclarées par département~: Sans "
            "établissement de l’annuaire = 1 ; Compté le 26~novembre 2026 sur les fiches envoyées à "
            "l’académie~: celles dont le premier établissement est dans ce département."
        ),
    ]


def test_a_census_list_without_a_sheet() -> None:
    nobody = liste_recensement.build(replace(TOLD, fiches=()), IMPRINT)
    assert body(nobody) == [
        "# En bref (#en-bref, chapter)",
        (
            "Callout: Aucune fiche | Aucune fiche n’est déclarée dans l’académie de Dijon pour l’édition "
            "2026-2027. Les brouillons ne figurent pas ici~: leur établissement ne les a pas encore envoyés."
        ),
    ]
    assert nobody.provenances == ()

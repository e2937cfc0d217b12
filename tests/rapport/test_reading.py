"""The invented report of ``fixtures/mini_rapport.txt``, read fact by fact."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.dossier.dossier import (
    AxeRetenu,
    EditionDossier,
    LienSaisi,
    Niveau,
    PerspectiveDossier,
    PorteurSaisi,
    RessourceDossier,
    SemaineDossier,
    SourceAction,
    StatutSemaine,
    TutoratDossier,
    TypePorteur,
)
from accroche.lib.chiffres import Chiffre, Kind
from accroche.rapport.reading import Reading, ReadingError, read
from tests.thorough import THOROUGH

MINI = (Path(__file__).parent / "fixtures" / "mini_rapport.txt").read_text(encoding="utf-8")
LINES = MINI.split("\n")
SOURCE = "Synthèse nationale 2015-2016"
BILAN = "http://www.ac-valmont.fr/semaine-perseverance/bilan.pdf"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(MINI, "2015-2016")


@pytest.fixture
def dossier(reading: Reading) -> EditionDossier:
    return reading.dossier


@pytest.fixture
def valmont(dossier: EditionDossier) -> SemaineDossier:
    return dossier.semaines[0]


@pytest.fixture
def reunion(dossier: EditionDossier) -> SemaineDossier:
    return dossier.semaines[1]


def test_nothing_is_left_unread(reading: Reading) -> None:
    assert reading.problems == ()


def test_sheets_in_order_whatever_the_page_headers(dossier: EditionDossier) -> None:
    assert [s.academie for s in dossier.semaines] == ["Valmont", "La Réunion", "Outre-Monts"]
    assert dossier.edition == "2015-2016"
    assert dossier.title == "Semaine de la persévérance scolaire"
    assert "Synthèse nationale" not in "".join(a.description for s in dossier.semaines for a in s.actions)


def test_dates_and_ordinals(dossier: EditionDossier) -> None:
    valmont, reunion, outre_monts = dossier.semaines
    assert valmont.windows == (
        (dt.date(2016, 1, 11), dt.date(2016, 1, 15)),
        (dt.date(2016, 3, 14), dt.date(2016, 3, 18)),
    )
    assert reunion.windows == ((dt.date(2016, 2, 29), dt.date(2016, 3, 5)),)
    assert outre_monts.windows == ((dt.date(2016, 2, 22), dt.date(2016, 2, 26)),)
    # the département of Valmont had a second, the académie its first
    assert [s.ordinal for s in dossier.semaines] == [1, 4, None]


def test_an_academie_that_did_not_answer_keeps_its_sheet(dossier: EditionDossier) -> None:
    missing = dossier.semaines[2]
    unknown = (Chiffre(Kind.UNAVAILABLE, source=SOURCE),)
    assert missing.status is StatutSemaine.UNAVAILABLE
    assert (missing.actions_figures, missing.etablissements_figures) == (unknown, unknown)
    assert (missing.levels, missing.actions, missing.axes) == (frozenset(), (), ())
    assert missing.narrative == missing.partners_narrative == missing.examples_note == ""


def test_levels_are_the_ticked_boxes(valmont: SemaineDossier, reunion: SemaineDossier) -> None:
    assert valmont.levels == {Niveau.PREMIER_DEGRE, Niveau.LYCEE}
    assert reunion.levels == {Niveau.COLLEGE, Niveau.LYCEE_PROFESSIONNEL}


def test_figures_keep_what_is_said_of_them(valmont: SemaineDossier, reunion: SemaineDossier) -> None:
    assert [(c.value, c.perimeter) for c in valmont.actions_figures] == [
        (31, "actions montées exprès pour la Semaine de la persévérance scolaire"),
        (58, "actions déjà en place que la Semaine a fait voir"),
    ]
    assert valmont.etablissements_figures == (Chiffre(Kind.ABOUT, 30, "établissements", source=SOURCE),)
    assert reunion.etablissements_figures == (Chiffre(Kind.NOT_COMMUNICATED, source=SOURCE),)


def test_axes_in_order_with_their_wording(valmont: SemaineDossier, reunion: SemaineDossier) -> None:
    assert [axe.code for axe in valmont.axes] == ["structuration", "partenaires", "niveaux"]
    assert valmont.axes[2] == AxeRetenu("niveaux", "Davantage d’écoles du premier degré")
    assert [axe.code for axe in reunion.axes] == ["valorisation_projet", "consolidation"]


def test_narrative_is_whole_paragraphs(valmont: SemaineDossier, reunion: SemaineDossier) -> None:
    assert valmont.narrative.split("\n\n") == [
        (
            "La première édition de la Semaine de la persévérance scolaire dans l’Académie de Valmont a eu "
            "lieu en deux fois."
        ),
        (
            "Le département de la Lande, plus avancé, a organisé sa seconde Semaine en janvier. Un "
            f"document est publié ({BILAN}). Le Football-club du Val est cité."
        ),
        "Deux bassins ont été choisis :",
        (
            "- Le bassin du Nord\n"
            "- Le bassin de l’Est, avec un atelier sur le « numérique et la persévérance scolaire »"
        ),
        "L’événement a été parrainé par l’ancienne championne Lise Aubrac, qui a repris ses études.",
    ]
    assert reunion.narrative.endswith(
        "En l’absence de bilan complet, deux axes de travail se dégagent pour les semaines qui viendront :"
    )


def test_partners_sponsor_and_funding(valmont: SemaineDossier, reunion: SemaineDossier) -> None:
    assert valmont.partners_narrative == (
        "Elle a reçu pour la première fois l’aide des fonds structurels européens.\n\n"
        "- Les collectivités (communes du Val)"
    )
    assert valmont.sponsor == "Lise Aubrac"
    assert valmont.funding == "fonds structurels européens"
    assert (reunion.partners_narrative, reunion.sponsor, reunion.funding) == ("N.C.", "", "")


def test_links_of_the_narrative_are_resources(valmont: SemaineDossier, reunion: SemaineDossier) -> None:
    assert valmont.ressources == (RessourceDossier("", "site", BILAN),)
    assert reunion.ressources == (
        RessourceDossier(
            "Bande-annonce de la Semaine", "video", "http://www.dailymotion.com/video/x40_bande-annonce"
        ),
    )


def test_actions_of_valmont(valmont: SemaineDossier) -> None:
    workshop, code, challenges = valmont.actions
    assert workshop.title == (
        "Lire l’avenir, écrire demain : un atelier qui dure toute l’année et qui réunit chaque semaine les "
        "élèves"
    )
    assert workshop.porteurs == (
        PorteurSaisi("", TypePorteur.LYCEE, "Lycée général et technologique Beaupré", "Clairval"),
    )
    assert (workshop.prize, workshop.remarkable) == ("Prix du public", True)
    assert workshop.description == (
        "Les élèves écrivent l’histoire de leur ville avec une co-organisatrice. L’atelier est ouvert à tous."
    )
    assert workshop.liens == (
        LienSaisi("https://www.youtube.com/watch?v=AbCdEfGhIjK", "Vidéo de présentation du projet"),
    )
    assert (code.title, code.description) == ("Ateliers de code", "Une initiation au code.")
    assert code.porteurs == (
        PorteurSaisi("", TypePorteur.COLLEGE, "Collège Choiseul", "Port-les-Bains"),
        PorteurSaisi("", TypePorteur.COLLEGE, "Collège Roland Garros", "Villeneuve d’Aval"),
    )
    assert [(p.name, p.commune) for p in challenges.porteurs] == [
        ("Collège Félix Tison", "Nuits"),
        ("Collège Claude Guyon", "Arnay"),
        ("Collège Lazare Cornot", "Nolay"),
    ]
    # cut at the line end and capitalised by accident in the body; whole at the foot of the page
    assert challenges.liens == (
        LienSaisi("http://www.ac-valmont.fr/actions/semaine-des-defis-a-relever.html"),
    )
    assert challenges.description == "Chaque classe relève un défi :\n\n- Le premier défi\n- Le second défi"
    assert {a.source for a in valmont.actions} == {SourceAction.SEMAINE}


def test_actions_of_la_reunion(reunion: SemaineDossier) -> None:
    cio, evening = reunion.actions
    assert reunion.examples_note.startswith(
        "Les projets qui suivent ont été choisis sur le site Expérithèque, et"
    )
    assert {a.source for a in reunion.actions} == {SourceAction.EXPERITHEQUE}
    assert cio.porteurs == (PorteurSaisi("", TypePorteur.CIO, "CIO de Sainte-Rose", "Sainte-Rose"),)
    assert (cio.prize, cio.experitheque_id) == ("Prix de l’audace", 1234)
    assert [link.label for link in cio.liens] == ["Fiche Expérithèque n° 1234"]
    assert evening.porteurs == (
        PorteurSaisi("", TypePorteur.TERRITOIRE, "Mare-aux-Songes", "Mare-aux-Songes"),
    )
    # the figure says « 2 dites “initiatives remarquables” », and there are two
    assert all(a.remarkable for a in reunion.actions)


def test_introduction_and_conclusion(dossier: EditionDossier) -> None:
    assert [heading for heading, _text in dossier.introduction] == [
        "INTRODUCTION",
        "DEUX EFFETS",
        "Conclusion",
        "Perspectives pour l’édition 2016-2017 de la Semaine de la persévérance scolaire",
    ]
    assert dossier.introduction[0][1] == (
        "Ce document réunit ce que les services ont fait, et ce que les écoles ont montré, au cours de "
        "la Semaine de la persévérance scolaire. Il est tenu à jour."
    )
    assert [(o.code, o.academies) for o in dossier.objectifs] == [
        ("identifier_valoriser", ("Outre-Monts", "La Réunion", "Valmont")),
        ("integrer_strategie", ("Valmont",)),
    ]
    assert dossier.objectifs[1].label.endswith("de lutte contre le décrochage scolaire")
    assert dossier.perspectives[0] == PerspectiveDossier(
        "Étudier à l’échelle du pays tout ce que les semaines ont laissé derrière elles",
        "Ces données doivent être analysées.",
    )
    assert dossier.previous_academies == ("La Réunion", "Outre-Monts")
    assert dossier.tutorats == (
        TutoratDossier(
            "prioritaire", ("Valmont", "Outre-Monts"), "Académies présentant la plus grande marge de progrès"
        ),
        TutoratDossier(
            "possible", ("La Réunion",), "Académies qui viennent d’amorcer une nouvelle dynamique"
        ),
    )


def test_progress_counts_the_sheets() -> None:
    told: list[tuple[int, int]] = []
    read(MINI, "2015-2016", progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_same_reading_with_windows_line_ends(reading: Reading) -> None:
    assert read(MINI.replace("\n", "\r\n"), "2015-2016") == reading


def test_a_report_without_end_or_introduction() -> None:
    start, end = MINI.index("Académie de Valmont"), MINI.index(" CONCLUSION")
    reading = read(MINI[start:end], "2015-2016")
    without, unknown = (one.message for one in reading.problems)
    assert "n’a pas d’introduction" in without
    assert "n’a pas de conclusion. Ces parties restent inconnues : objectifs, perspectives, aca" in unknown
    dossier = reading.dossier
    assert [dossier.introduction, dossier.objectifs, dossier.previous_academies] == [(), (), ()]


@pytest.mark.parametrize(
    ("text", "edition", "word"),
    [
        ("", "2015-2016", "Aucun titre"),
        ("Bonjour.\nL’Académie de Valmont existe.", "2015-2016", "Aucun titre"),
        (MINI, "2015", "n’est pas une édition"),
    ],
)
def test_another_text_is_refused(text: str, edition: str, word: str) -> None:
    with pytest.raises(ReadingError, match=word):
        read(text, edition)


@pytest.mark.parametrize(
    ("before", "after", "line", "word"),
    [
        ("14 – 18 Mars 2016", "14 – 18 Marsouin 2016", "14 – 18 Marsouin 2016", "Mois inconnu"),
        ("29 Février – 5 Mars 2016 \n", "", "Académie de La Réunion", "les dates"),
        ("Trois axes de travail", "Quatre axes de travail", "Quatre axes", "annonce 4 axes"),
        ("- La consolidation de", "- La pétanque de", "- La pétanque", "dix axes"),
        (
            "\uf0fe Lycée  \n",
            "",
            "\uf0fe Premier degré",
            "Case à cocher illisible : lycée. Ce niveau reste inconnu ;",
        ),
        ("\uf0fe Lycée  \n", "\uf0fe Licée\n\uf0fe Lycée\n", "\uf0fe Licée", "aucun des quatre niveaux"),
        ("\uf0fe Lycée  \n", "\uf0fe Lycée\n\uf06f Lycée\n", "\uf06f Lycée", "déjà une case"),
        (": N.C.", ": beaucoup", "Nombre d’écoles/établissement impliquées : beaucoup", "Nombre non compris"),
        (": N.C.", ":", "Nombre d’écoles/établissement impliquées :", "manque"),
        ("Partenaires  \n \nN.C.  ", "", "Académie de La Réunion", "« Partenaires »"),
        ("\uf0d8 Défis et tutorat", "\uf0d8\n\n\uf0d8 Défis et tutorat", "\uf0d8", "n’a pas de titre"),
        ("Une initiation au code.  ", "", "\uf0d8 Ateliers de code", "n’a pas de description"),
        ("Une soirée à Mare-aux-Songes.", "Une soirée.", "\uf0d8 Soirée des talents", "lu comme le lieu"),
        ("2015 (La Réunion, Outre-Monts)", "2015 (La Réunion)", "Une grille", "annonce 2 académies"),
        (
            "l’Académie de la Réunion  \n \nLes projets",
            "l’Académie de Caen\n\nLes projets",
            "Exemples",
            "« Caen »",
        ),
        ("Académie de La Réunion \n", "", "\uf06f Premier degré", "Une autre fiche semble commencer"),
        (
            "\uf06f Lycée professionnel \n \n",
            "\uf06f Lycée professionnel\nPerdu.\n",
            "Perdu.",
            "aucune rubrique",
        ),
        (" Académie d’Outre-Monts \n", " Académie de Valmont\n", "Académie de Valmont", "a déjà sa fiche"),
        (f"\n{BILAN}", "", "Le département", "« Semaine » a peut-être pris sa majuscule"),
        ("relever.html", "", "http://www.ac-valmont.fr/actions/Semaine-des-defis-a-", "coupée"),
    ],
)
def test_what_is_unreadable_is_told_with_its_line(before: str, after: str, line: str, word: str) -> None:
    assert before in MINI
    text = MINI.replace(before, after)
    problems = read(text, "2015-2016").problems
    found = [p for p in problems if word in p.message]
    lines = [raw.strip(" \f") for raw in text.split("\n")]
    assert found, problems
    assert any(lines[p.line - 1].startswith(line) for p in found)


def _reads_without_error(lines: list[str]) -> None:
    try:
        reading = read("\n".join(lines), "2015-2016")
    except ReadingError:
        return
    assert all(1 <= p.line <= len(lines) for p in reading.problems)


@pytest.mark.parametrize("rank", range(0, len(LINES), 1 if THOROUGH else 5))
def test_any_prefix_and_any_line_lost_or_doubled_is_survived(rank: int) -> None:
    _reads_without_error(LINES[:rank])
    _reads_without_error(LINES[rank:])
    _reads_without_error(LINES[:rank] + LINES[rank + 1 :])
    _reads_without_error(LINES[: rank + 1] + LINES[rank:])


@given(st.lists(st.sampled_from(LINES), max_size=60))
def test_any_order_of_lines_is_survived(lines: list[str]) -> None:
    _reads_without_error(lines)


@given(
    st.integers(0, len(MINI)),
    st.text(max_size=12)
    | st.sampled_from(["\f", "\x00", "http://[", "https://a:9/-\n", "\uf0d8", "\uf0fe", "(", "«"]),
)
def test_any_characters_inserted_are_survived(rank: int, inserted: str) -> None:
    text = MINI[:rank] + inserted + MINI[rank:]
    read(text, "2015-2016")


def test_a_report_given_twice_is_kept_once(dossier: EditionDossier) -> None:
    reading = read(f"{MINI}\n\f{MINI}", "2015-2016")
    assert reading.dossier == dossier
    repeated = [p for p in reading.problems if "a déjà sa fiche" in p.message]
    assert [p.excerpt for p in repeated][:2] == ["Académie de Valmont", "Académie de La Réunion"]


def test_an_objective_given_twice_is_kept_once(dossier: EditionDossier) -> None:
    heading = "Identifier et valoriser les actions mises en œuvre dans l’Académie"
    reading = read(f"{MINI}\n\n{heading}\n\nEncore.\n", "2015-2016")
    assert reading.dossier.objectifs == dossier.objectifs
    assert [(p.excerpt, "déjà donnée" in p.message) for p in reading.problems] == [(heading, True)]


def test_lost_symbols_are_told_first() -> None:
    reading = read(re.sub("[\uf0d8\uf0fe\uf06f]", "", MINI), "2015-2016")
    assert reading.problems[0].line == 1
    assert "donnees/donnees.json" in reading.problems[0].message

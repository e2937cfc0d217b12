"""What a narrative states besides its figures: events, documents, who steers. Invented sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.campagne.regles import Autorite, TypeTempsFort
from accroche.imports.rapport.paragraphs import Paragraph
from accroche.imports.rapport.phrases import flat
from accroche.imports.rapport.pilotage import read_pilotage
from accroche.imports.rapport.problems import Problems
from accroche.imports.rapport.ressources import read_ressources
from accroche.imports.rapport.temps_forts import read_temps_forts

Event = tuple[str, str, str]


def events(text: str, *, bullet: bool = False) -> tuple[list[Event], int]:
    """Kind, title and first day of each event, and how many sentences were named."""
    problems = Problems()
    found = read_temps_forts([Paragraph(7, text, bullet)], "2015-2016", problems)
    assert all(one.starts == one.ends or one.ends for one in found)
    return [(one.kind, one.title, str(one.starts or "")) for one in found], len(problems.left)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "L’académie a également organisé un séminaire académique sur l’estime de soi pour ses équipes.",
            [("seminaire", "Séminaire académique sur l’estime de soi", "")],
        ),
        (
            "Les services ont organisé deux conférences en présence du Recteur, ainsi qu’une table ronde.",
            [("conference", "Deux conférences", ""), ("table_ronde", "Table ronde", "")],
        ),
        (
            "L’Académie a organisé le 12 mars 2016 une manifestation intitulée « Journée d’étude du Val ».",
            [("journee", "Journée d’étude du Val", "2016-03-12")],
        ),
        (
            "Un forum itinérant a aussi été mis en place par la mission.",
            [("tournee", "Forum itinérant", "")],
        ),
        (
            "Le salon des formations s’est tenu à Clairval le samedi 5 mars 2016.",
            [("salon", "Salon des formations", "2016-03-05")],
        ),
        (
            "La fête commença par la tenue d’une cérémonie le 3 février 2016.",
            [("ceremonie", "Cérémonie", "2016-02-03")],
        ),
        (
            "Elle s’est ouverte par la visite du Collège du Val par la Rectrice.",
            [("visite", "Visite du Collège du Val", "")],
        ),
        (
            "L’événement a été clôturé par le concert des lycéens, en présence du Préfet.",
            [("cloture", "Concert des lycéens", "")],
        ),
        (
            "Les services ont mis en place un séminaire sur le thème « Tenir bon » du 14 au 15 mars 2016.",
            [("seminaire", "Séminaire « Tenir bon »", "2016-03-14")],
        ),
    ],
)
def test_an_event_that_is_stated_is_one(text: str, told: list[Event]) -> None:
    assert events(text) == (told, 0)


@pytest.mark.parametrize(
    "text",
    [
        "La journée académique de la persévérance organisée au lycée du Val le mardi 15 décembre 2015",
        "La tenue d’un salon des métiers, dont chacun se souvient",
    ],
)
def test_so_is_a_line_of_a_list(text: str) -> None:
    found, named = events(text, bullet=True)
    assert len(found) == 1
    assert named == 0


@pytest.mark.parametrize(
    "text",
    [
        "Un séminaire serait utile l’an prochain.",
        "L’édition 2014-2015 avait permis la tenue d’un séminaire.",
        "Les académies pourraient se retrouver autour d’une table ronde.",
        "L’académie a organisé un séminaire le 12 mars 2014.",
        "L’académie a organisé un séminaire le 12 mars 2016 puis le 14 avril 2016.",
        "Le séminaire du 12 mars 2016 a été annulé.",
        "On a parlé d’un colloque.",
        "Le Recteur est venu au collège.",
        "Rendez-vous fut pris le 4 avril 2016 à Clairval.",
    ],
)
def test_one_that_is_only_spoken_of_is_named(text: str) -> None:
    assert events(text) == ([], 1)


@pytest.mark.parametrize(
    "text",
    [
        "Ce séminaire a réuni cent personnes.",
        "Lors de cette journée académique, chacun a parlé.",
        "Les équipes ont travaillé.",
    ],
)
def test_what_comes_back_to_one_says_nothing_new(text: str) -> None:
    assert events(text) == ([], 0)


def test_who_in_authority_was_there() -> None:
    text = "Les services ont organisé un séminaire en présence de la Rectrice et une conférence."
    seminar, talk = read_temps_forts([Paragraph(1, text)], "2015-2016", Problems())
    assert (seminar.kind, seminar.authorities) == (TypeTempsFort.SEMINAIRE, (Autorite.RECTEUR,))
    assert talk.authorities == ()
    assert (seminar.starts, talk.ends) == (None, None)


def test_days_of_several() -> None:
    text = "L’académie a organisé un salon le 4 avril 2016, puis une conférence du 6 au 8 avril 2016."
    salon, talk = read_temps_forts([Paragraph(1, text)], "2015-2016", Problems())
    assert salon.starts == dt.date(2016, 4, 4)
    assert (talk.starts, talk.ends) == (dt.date(2016, 4, 6), dt.date(2016, 4, 8))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Organisé par la CARDIE de Valmont, cet événement a réuni les équipes.", ("CARDIE", "")),
        ("La Mission de lutte, pilote de la Semaine, a écrit à tous.", ("Mission de lutte", "")),
        ("L’événement a été piloté par le service du Val en lien avec tous.", ("Service du Val", "")),
        ("Le comité de pilotage a réuni les partenaires.", ("", "Comité de pilotage")),
        ("Un groupe de suivi du Val s’est réuni.", ("", "Groupe de suivi du Val")),
        ("Cette stratégie est portée par le service du Val.", ("", "")),
        ("Il a été organisé par des élèves, cet événement est le leur.", ("", "")),
    ],
)  # fmt: skip
def test_who_steers(text: str, told: tuple[str, str]) -> None:
    assert read_pilotage([Paragraph(1, text)], Problems()) == told


def test_a_steering_that_is_not_understood_is_named() -> None:
    problems = Problems()
    assert read_pilotage([Paragraph(3, "Le pilotage a été partagé.")], problems) == ("", "")
    assert [one.line for one in problems.left] == [3]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("L’académie a réalisé un dossier de presse.", [("Dossier de presse", None)]),
        ("L’académie a publié un dossier thématique.", [("Dossier thématique", True)]),
        ("Elle a élaboré un guide. Ce document est disponible sur le site.", [("Guide", True)]),
        ("Un diaporama a été réalisé. Les ressources n’ont pas été publiées.", [("Diaporama", False)]),
        ("Un recensement a été réalisé. Ce document n’est pas disponible.", [("Recensement", False)]),
        ("Un bilan a été réalisé (http://www.ac-valmont.fr/bilan.pdf).", []),
        ("Un dossier de presse serait utile.", []),
    ],
)  # fmt: skip
def test_documents_and_whether_they_are_published(text: str, told: list[tuple[str, bool | None]]) -> None:
    found = read_ressources([Paragraph(1, text)], Problems())
    assert [(one.title, one.published) for one in found] == told


@pytest.mark.parametrize("text", ["À l’École ’élémentaire’", "ŒUVRE…", "İstanbul", "½ ﬁn n°"])
def test_a_flat_text_has_the_places_of_the_text(text: str) -> None:
    assert len(flat(text)) == len(text)

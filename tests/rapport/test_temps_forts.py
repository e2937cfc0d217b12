"""What a narrative states besides its figures: events, documents, who steers. Invented sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.campagne.regles import Autorite, TypeTempsFort
from accroche.dossier.dossier import ActionDossier
from accroche.rapport.lines import Line
from accroche.rapport.paragraphs import Paragraph
from accroche.rapport.phrases import flat
from accroche.rapport.pilotage import read_pilotage
from accroche.rapport.problems import Problems
from accroche.rapport.ressources import read_ressources
from accroche.rapport.temps_forts import read_in_actions, read_temps_forts

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
            "La Semaine a connu deux temps forts : un séminaire au Val le 14 mars 2016 et une table ronde.",
            [("seminaire", "Séminaire", "2016-03-14"), ("table_ronde", "Table ronde", "")],
        ),
        (
            'L’académie a organisé une fête intitulée "Journée d’étude du Val".',
            [("journee", "Journée d’étude du Val", "")],
        ),
        (
            "Une conférence et une table ronde ont été organisées.",
            [("conference", "Conférence et une table ronde", "")],
        ),
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
        (
            "Le 17 mars 2016, une table ronde s’est tenue à Clairval.",
            [("table_ronde", "Table ronde", "2016-03-17")],
        ),
        (
            "Le lancement de la Semaine a eu lieu le lundi 14 mars 2016 au lycée du Val.",
            [("lancement", "Lancement de la Semaine", "2016-03-14")],
        ),
        (
            "La mobilisation du Val, dans le cadre d’un forum venant clôturer l’événement.",
            [("forum", "Forum", "")],
        ),
        (
            "La Semaine a été ponctuée par une exposition ouverte à tous.",
            [("animation", "Exposition ouverte à tous", "")],
        ),
        (
            "Cette Semaine, qui a inclus la manifestation des Journées académiques du Val, a plu.",
            [("journee", "Journées académiques du Val", "")],
        ),
        (
            "On notera la présence de la Rectrice à la remise de deux prix.",
            [("visite", "Présence de la Rectrice à la remise de deux prix", "")],
        ),
        (
            "Elles ont su mobiliser les lycées afin d’organiser une soirée ou encore un lâcher de ballons.",
            [("animation", "Soirée", ""), ("animation", "Lâcher de ballons", "")],
        ),
        (
            "Outre l’organisation d’ateliers, la Semaine a vu une conférence de presse.",
            [("animation", "Ateliers", "")],
        ),
        (
            "La visite par les élus de deux lycées du réseau : Lycée du Val et Lycée des Monts",
            [("visite", "Visite : Lycée du Val", ""), ("visite", "Visite : Lycée des Monts", "")],
        ),
        (
            "La visite par les élus de trois lycées du réseau : Lycée du Val et Lycée des Monts",
            [("visite", "Visite de trois lycées du réseau", "")],
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
        "L’association du Val, qui est intervenue au Collège des Monts",
        "Le Cercle, qui est intervenu sur le thème « Tenir bon »",
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
        "Merci au Cercle du Val, qui est intervenu au Collège des Monts.",
        "La Semaine a connu trois temps forts : un séminaire et une table ronde.",
        "Le Recteur est venu au collège.",
        "Rendez-vous fut pris le 4 avril 2016 à Clairval.",
        "L’ouverture de la Semaine a réuni les familles.",
        "L’académie organise chaque année un forum ; il a été mis en place au lycée.",
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
        "Le collège a mis en place des ateliers de soutien toute l’année.",
        "Une exposition présente ce que les classes du Val ont fait et les actions qui ont été organisées.",
        "Le réseau a mis en place un atelier relais.",
    ],
)
def test_what_comes_back_to_one_says_nothing_new(text: str) -> None:
    assert events(text) == ([], 0)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Un forum s’est tenu à Clairval-sur-Mer le 12 mars 2016.", "Clairval-sur-Mer"),
        ("Un forum s’est tenu le 12 mars 2016 au lycée du Val à Clairval.", "Lycée du Val à Clairval"),
        ("Un forum s’est tenu à l’ESPE, avec tous.", "ESPE"),
        ("Un forum s’est tenu dans les locaux de la mairie du Val.", "Locaux de la mairie du Val"),
        ("La Semaine s’est ouverte à Clairval avec la visite du Collège du Val par la Rectrice.", "Clairval"),
        ("Un forum s’est tenu au lycée du Val à Clairval L’École des Monts", "Lycée du Val à Clairval"),
        ("Un forum s’est tenu au lycée Val, La Rochelle.", "Lycée Val"),
        ("Un forum s’est tenu au lycée Val à La Rochelle.", "Lycée Val à La Rochelle"),
        ("Un forum s’est tenu au lycée.", ""),
        ("Un forum s’est tenu à destination des collèges du Val.", ""),
        ("L’académie a organisé un forum destiné au Lycée du Val.", ""),
        ("L’académie a organisé un forum sur le projet mis en œuvre dans le Collège du Val.", ""),
    ],
)  # fmt: skip
def test_the_place_that_is_named_beside(text: str, place: str) -> None:
    (event,) = read_temps_forts([Paragraph(1, text)], "2015-2016", Problems())
    assert event.place == place


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Le forum itinérant s’est arrêté deux fois : le lycée professionnel (LP) du Val et le LP Nord.",
            ["Lycée professionnel du Val", "Lycée professionnel Nord"],
        ),
        ("Le Tour du Val s’est arrêté dans deux des six départements : Val et Monts.", ["Val", "Monts"]),
        ("Le forum itinérant s’est arrêté dans trois lycées : le lycée du Val et le lycée des Monts.", None),
    ],
)  # fmt: skip
def test_stops_are_those_that_are_counted(text: str, places: list[str] | None) -> None:
    told = [Paragraph(1, "Un forum itinérant a été mis en place."), Paragraph(2, text)]
    events = read_temps_forts(told, "2015-2016", Problems())
    assert [stop.place for stop in events[-1].stops] == (places or [])
    assert len(events) == (2 if "Tour" in text else 1)


def test_a_list_of_events_is_announced() -> None:
    bullets = (
        "La présentation aux familles et à la presse, en présence du Préfet, du projet « Les Monts » ;",
        "L’organisation d’ateliers de lecture ;",
        "La valorisation de cinq initiatives.",
    )
    listed = [Paragraph(number, text, bullet=True) for number, text in enumerate(bullets, 2)]
    problems = Problems()
    told = [Paragraph(1, "La Semaine a été rythmée par trois temps forts :"), *listed]
    found = read_temps_forts(told, "2015-2016", problems)
    assert [one.title for one in found] == ["Présentation du projet « Les Monts »", "Ateliers de lecture"]
    assert [one.line for one in problems.readings()] == [2, 3]
    # without what announces them, nothing says that they are events
    assert read_temps_forts([Paragraph(1, "Trois axes :"), *listed], "2015-2016", Problems()) == ()


def test_a_list_that_lost_its_signs_ends_with_its_count() -> None:
    texts = (
        "La Semaine a été rythmée par deux temps forts :",
        "Le salon des métiers du 14 mars 2016 à Clairval",
        "Une exposition sur les métiers",
        "Une soirée pour tous",
    )
    told = [Paragraph(number, text) for number, text in enumerate(texts, 1)]
    found = read_temps_forts(told, "2015-2016", Problems())
    assert [one.title for one in found] == ["Salon des métiers", "Exposition sur les métiers"]


def test_an_example_that_tells_the_day_of_the_opening() -> None:
    lines = [
        Line(40, "Le lycée du Val"),
        Line(41, "attend. Le lancement de la Semaine a eu lieu le 14 mars 2016."),
    ]
    action = ActionDossier(
        title="Relais",
        description="Une table ronde a été organisée le 15 mars 2016. Le lancement de la Semaine a eu lieu "
        "le 14 mars 2016 à Clairval. Au programme de la journée du 16 mars : échanges.",
    )
    problems = Problems()
    found = read_in_actions([action], lines, "2015-2016", problems)
    assert [(one.title, one.starts, one.place) for one in found] == [
        ("Lancement de la Semaine", dt.date(2016, 3, 14), "Clairval"),
        ("Journée : Relais", dt.date(2016, 3, 16), ""),
    ]
    assert [one.line for one in problems.readings()] == [40, 41]


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

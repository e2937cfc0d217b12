"""The national synthesis of 2015-2016 itself, when it is beside the repository."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from accroche.campagne.regles import Autorite
from accroche.dossier.comparaison import differences
from accroche.dossier.dossier import Niveau, SourceAction, StatutSemaine
from accroche.rapport.lines import fact, folded, split_lines
from accroche.rapport.portee import within
from accroche.rapport.problems import Problems
from accroche.rapport.reading import Reading, read
from accroche.rapport.source import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.dossier.dossier import ActionDossier, EditionDossier, SemaineDossier

ACTIONS = {
    "Aix-Marseille": 2,
    "Amiens": 3,
    "Besançon": 3,
    "Bordeaux": 4,
    "Caen": 4,
    "Clermont-Ferrand": 5,
    "Corse": 2,
    "Créteil": 5,
    "Dijon": 4,
    "Grenoble": 4,
    "Guadeloupe": 4,
    "Guyane": 2,
    "La Réunion": 4,
    "Lille": 3,
    "Limoges": 2,
    "Lyon": 3,
    "Martinique": 3,
    "Montpellier": 4,
    "Nancy-Metz": 3,
    "Nantes": 4,
    "Nice": 5,
    "Orléans-Tours": 3,
    "Paris": 3,
    "Poitiers": 2,
    "Reims": 3,
    "Rennes": 3,
    "Rouen": 5,
    "Strasbourg": 0,
    "Toulouse": 0,
    "Versailles": 5,
}
SECOND = {"Aix-Marseille", "Bordeaux", "Clermont-Ferrand", "Créteil", "Grenoble", "Nancy-Metz", "Poitiers"}


@pytest.fixture(scope="module")
def text(shared_dir: Path) -> str:
    path = shared_dir / "seeds" / "000_2ce074a5ed108ce0.txt"
    if not path.is_file():
        pytest.skip("the 2015-2016 synthesis is not beside this clone")
    return read_text(path)


@pytest.fixture(scope="module")
def reading(text: str) -> Reading:
    return read(text, "2015-2016")


@pytest.fixture
def semaines(reading: Reading) -> dict[str, SemaineDossier]:
    return {semaine.academie: semaine for semaine in reading.dossier.semaines}


def _action(semaines: dict[str, SemaineDossier], academie: str, start: str) -> ActionDossier:
    return next(a for a in semaines[academie].actions if a.title.startswith(start))


def test_every_sheet_every_action_and_no_problem(reading: Reading) -> None:
    assert {s.academie: len(s.actions) for s in reading.dossier.semaines} == ACTIONS
    assert sum(ACTIONS.values()) == 97
    assert reading.problems == ()


def test_dates(semaines: dict[str, SemaineDossier]) -> None:
    assert semaines["Dijon"].windows == (
        (dt.date(2016, 1, 18), dt.date(2016, 1, 22)),
        (dt.date(2016, 3, 14), dt.date(2016, 3, 18)),
    )
    assert semaines["Limoges"].windows == ((dt.date(2015, 9, 1), dt.date(2016, 7, 5)),)
    assert semaines["Aix-Marseille"].windows == ((dt.date(2016, 4, 30), dt.date(2016, 4, 30)),)
    assert semaines["Besançon"].windows == ((dt.date(2016, 3, 29), dt.date(2016, 4, 1)),)
    assert semaines["Montpellier"].windows == ((dt.date(2016, 2, 15), dt.date(2016, 2, 19)),)
    assert semaines["La Réunion"].windows == ((dt.date(2015, 11, 30), dt.date(2015, 12, 5)),)
    assert all(s.windows for s in semaines.values())


def test_ordinals(semaines: dict[str, SemaineDossier]) -> None:
    assert {name for name, s in semaines.items() if s.ordinal == 2} == SECOND
    assert {name: s.ordinal for name, s in semaines.items() if s.ordinal not in {1, 2}} == {
        "Strasbourg": None,
        "Toulouse": None,
        "Versailles": 4,
    }


def test_who_did_not_answer(semaines: dict[str, SemaineDossier]) -> None:
    missing = {name for name, s in semaines.items() if s.status is StatutSemaine.UNAVAILABLE}
    assert missing == {"Strasbourg", "Toulouse"}


def test_levels_by_the_boxes(semaines: dict[str, SemaineDossier]) -> None:
    college, lycee, lp = Niveau.COLLEGE, Niveau.LYCEE, Niveau.LYCEE_PROFESSIONNEL
    assert semaines["Aix-Marseille"].levels == set(Niveau)
    assert semaines["Besançon"].levels == {college, lycee, lp}
    assert semaines["Guadeloupe"].levels == {Niveau.PREMIER_DEGRE, college, lycee}
    assert semaines["Limoges"].levels == {lycee, lp}
    assert semaines["Toulouse"].levels == set()
    assert sum(len(s.levels) for s in semaines.values()) == 95  # ticked boxes in the whole report


def test_axes(semaines: dict[str, SemaineDossier]) -> None:
    assert [a.code for a in semaines["Reims"].axes] == ["animation", "valorisation"]
    assert [a.code for a in semaines["Limoges"].axes] == [
        "animation",
        "valorisation",
        "partenaires",
        "niveaux",
    ]
    assert [a.code for a in semaines["Lille"].axes] == ["valorisation", "deploiement"]
    assert [a.code for a in semaines["Versailles"].axes] == ["consolidation"]
    assert [a.code for a in semaines["Dijon"].axes] == ["structuration", "niveaux"]


def test_figures(semaines: dict[str, SemaineDossier]) -> None:
    def values(name: str) -> list[int | None]:
        return [c.value for c in (*semaines[name].actions_figures, *semaines[name].etablissements_figures)]

    assert values("Besançon") == [19, 144, 20]
    assert values("Lyon") == [31, 58, 14, 70]
    assert values("Rennes") == [49, 13, 30]
    assert values("Guyane") == [None, None]
    assert values("Caen") == [22, 30]


@pytest.mark.parametrize(
    ("academie", "start", "porteurs"),
    [
        ("Clermont-Ferrand", "« Je suis capable", [("École élémentaire", "Blanzat")]),
        (
            "Créteil",
            "Ateliers",
            [("Collège Choiseul", "Haÿ-les-roses"), ("Collège Roland Garros", "Villeneuve Saint-Georges")],
        ),
        (
            "Dijon",
            "Défis",
            [
                ("Collège Félix Tisserand", "Nuits-Saint-Georges"),
                ("Collège Claude Guyot", "Arnay-le-Duc"),
                ("Collège Lazare Carnot", "Nolay"),
            ],
        ),
        ("Dijon", "Les ateliers", [("Collège Croix Menée", "Le Creusot")]),
        ("Grenoble", "Accompagner", [("Lycée professionnel Dolto", "Fontanil Cornillon")]),
        ("Lyon", "Team", [("MENESR", ""), ("IFé", "")]),
        ("Nice", "L’aide", [("Lycée du Coudon", "La Garde")]),
        ("Nancy-Metz", "« Le monde", [("CIO de Verdun", "Verdun")]),
        ("Paris", "Développer", [("Collège Aimé Césaire", "Paris 18e")]),
        ("Besançon", "Micro-lycée", [("Micro-lycée Pergaud", "Besançon")]),
        ("Versailles", "Soirée", [("Mantes-la-Ville", "Mantes-la-Ville")]),
        ("Guadeloupe", "Fresque", []),
    ],
)
def test_tricky_carriers(
    semaines: dict[str, SemaineDossier], academie: str, start: str, porteurs: list[tuple[str, str]]
) -> None:
    assert [(p.name, p.commune) for p in _action(semaines, academie, start).porteurs] == porteurs


def test_addresses_are_whole_and_spelt_as_at_the_foot(semaines: dict[str, SemaineDossier], text: str) -> None:
    addresses = [link.url for s in semaines.values() for a in s.actions for link in a.liens]
    addresses += [r.url for s in semaines.values() for r in s.ressources if r.url]
    lines = {line.strip() for line in text.split("\n")}
    assert len(addresses) == 70
    assert [a for a in addresses if a not in lines] == []
    assert [a for a in addresses if "Semaine" in a] == []


def test_events_documents_and_who_steers(reading: Reading, pack_2015: EditionDossier) -> None:
    """Those that are taken are the pack's; sentences that speak of others are named."""
    ours, left_out = within(reading.dossier, pack_2015)
    assert differences(ours, reading.dossier) == ()
    told = {s.academie: s for s in reading.dossier.semaines}
    assert sum(len(s.temps_forts) for s in told.values()) >= 47
    assert (told["Lyon"].temps_forts[0].starts, told["Lyon"].temps_forts[0].authorities) == (
        dt.date(2016, 4, 7),
        (Autorite.RECTEUR,),
    )
    assert [one.published for one in told["Guyane"].ressources] == [False]
    assert [(one.kind, one.published) for one in told["Besançon"].ressources] == [("dossier_presse", True)]
    assert {s.pilot for s in told.values()} == {
        "",
        "CARDIE",
        "Mission de lutte contre le décrochage scolaire",
    }
    assert told["Limoges"].committee == "Groupe académique de pilotage du décrochage scolaire"
    named = Counter(one.academie for one in reading.leftovers)
    assert left_out.unrecognised["temps forts"] <= 2
    assert {"Besançon", "Corse", "Guyane", "Nantes"} <= named.keys()
    assert len(reading.understood) == 48  # one tells the stops of an event that another told
    assert sum(bool(one.place or one.stops) for s in told.values() for one in s.temps_forts) >= 15
    assert told["Besançon"].temps_forts[0].starts == dt.date(2016, 3, 29)
    assert [stop.place for stop in told["Orléans-Tours"].temps_forts[0].stops][:2] == ["Cher", "Indre"]


def test_sources_and_prizes(semaines: dict[str, SemaineDossier]) -> None:
    sources = {s.academie: s.actions[0].source for s in semaines.values() if s.actions}
    assert {name for name, source in sources.items() if source is SourceAction.EXPERITHEQUE} == {
        "Guyane",
        "Paris",
        "Reims",
        "Rennes",
    }
    assert {name for name, source in sources.items() if source is SourceAction.CARDIE} == {"Poitiers"}
    assert {(name, a.prize) for name, s in semaines.items() for a in s.actions if a.prize} == {
        ("Aix-Marseille", "Prix du public"),
        ("Aix-Marseille", "Prix du jury"),
        ("Bordeaux", "Prix de l’audace artistique"),
    }


def test_end_of_the_report(reading: Reading) -> None:
    dossier = reading.dossier
    assert dossier.previous_academies == (
        "Aix-Marseille",
        "Bordeaux",
        "Clermont-Ferrand",
        "Créteil",
        "Grenoble",
        "Nancy-Metz",
        "Poitiers",
        "Versailles",
    )
    assert [(t.kind, t.academies) for t in dossier.tutorats] == [
        ("prioritaire", ("Paris", "Limoges", "Toulouse", "Strasbourg")),
        ("possible", ("Bordeaux", "Corse", "Martinique", "Poitiers", "Reims")),
    ]
    assert [o.academies for o in dossier.objectifs] == [
        ("Nantes", "Créteil", "Versailles", "La Réunion", "Orléans-Tours"),
        ("Orléans-Tours", "Rouen", "Montpellier", "Versailles"),
        ("Créteil", "Nantes", "Rouen", "Versailles", "Lille", "La Réunion", "Orléans-Tours"),
        ("Versailles",),
    ]
    assert len(dossier.perspectives) == 3


def test_no_prose_is_lost(reading: Reading, text: str) -> None:
    pieces: list[str] = []

    def _collect(value: object) -> None:
        if isinstance(value, str):
            pieces.append(value)
        elif isinstance(value, (tuple, frozenset)):
            for element in value:
                _collect(element)
        else:
            for name in getattr(value, "__slots__", ()):
                _collect(getattr(value, name))

    def _letters(raw: str) -> str:
        return "".join(c for c in folded(fact(raw)) if c.isalnum())

    _collect(reading.dossier)
    everything = _letters(" ".join(pieces))
    # Full lines are prose; titles become facts, and the list of previous académies too.
    prose = [
        line for line in split_lines(text, Problems()) if len(line.text) > 90 and line.text[0] != "\uf0d8"
    ]
    lost = [line.text for line in prose if _letters(line.text) not in everything]
    assert len(prose) > 1_000
    assert [p for p in lost if not p.startswith(("Défis", "Huit Académies", "2015 (Aix-Marseille"))] == []

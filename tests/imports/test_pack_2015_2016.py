"""The 2015-2016 pack: its facts, its places and its prose."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from accroche.annuaire.departements import REFERENCE
from accroche.annuaire.regles import Niveau, TypePorteur
from accroche.campagne.regles import CodeAxe, CodeObjectif, StatutSemaine
from accroche.imports.pack import PACKS
from accroche.lib.chiffres import Kind
from accroche.lib.dates import school_year
from accroche.lib.texte import slug, typographie

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from accroche.dossier.dossier import ActionDossier, EditionDossier, PorteurSaisi, SemaineDossier

FOLDER = PACKS / "2015-2016"
FILES = [FOLDER / "edition.toml", *sorted((FOLDER / "academies").glob("*.toml"))]
Figures = list[tuple[str, int | None, bool]]

#: Carriers the report places in a commune but that have no position, and why.
UNPLACED: dict[str, str] = {}

#: South, north, west, east, in degrees: roughly, what each part of the country fits in.
BOXES = {
    "métropole": (41.3, 51.1, -5.2, 9.6),
    "Guadeloupe": (15.8, 16.6, -61.9, -60.9),
    "Martinique": (14.3, 14.9, -61.3, -60.8),
    "Guyane": (2.1, 5.8, -54.7, -51.6),
    "La Réunion": (-21.4, -20.8, 55.2, 55.9),
}


@pytest.fixture
def semaines(pack_2015: EditionDossier) -> dict[str, SemaineDossier]:
    return {semaine.academie: semaine for semaine in pack_2015.semaines}


def actions(dossier: EditionDossier) -> Iterator[tuple[str, ActionDossier]]:
    return ((semaine.academie, action) for semaine in dossier.semaines for action in semaine.actions)


def porteurs(dossier: EditionDossier) -> Iterator[tuple[str, PorteurSaisi]]:
    return ((name, porteur) for name, action in actions(dossier) for porteur in action.porteurs)


# -- facts ----------------------------------------------------------------------------------------------


def test_every_academie_of_the_time_has_its_semaine(semaines: dict[str, SemaineDossier]) -> None:
    table = tomllib.loads(REFERENCE.read_text(encoding="utf-8"))["academies"]
    then = {name for name, facts in table.items() if "valid_from" not in facts}
    assert set(semaines) == then
    assert len(semaines) == 30


def test_ninety_seven_actions(pack_2015: EditionDossier) -> None:
    assert sum(1 for _ in actions(pack_2015)) == 97
    assert all(2 <= len(semaine.actions) <= 5 for semaine in pack_2015.semaines if semaine.actions)


def test_two_academies_have_only_their_dates(semaines: dict[str, SemaineDossier]) -> None:
    unavailable = {name for name, one in semaines.items() if one.status is StatutSemaine.UNAVAILABLE}
    assert unavailable == {"Strasbourg", "Toulouse"}
    for name, window in (
        ("Strasbourg", (dt.date(2016, 2, 22), dt.date(2016, 2, 27))),
        ("Toulouse", (dt.date(2016, 4, 11), dt.date(2016, 4, 15))),
    ):
        semaine = semaines[name]
        assert semaine.windows == (window,)
        assert not semaine.levels | set(semaine.actions)
        assert semaine.ordinal is None
        assert {f.kind for f in semaine.actions_figures + semaine.etablissements_figures} == {
            Kind.UNAVAILABLE
        }
    assert {name for name, one in semaines.items() if not one.actions} == unavailable


def test_windows_that_are_no_plain_week(semaines: dict[str, SemaineDossier]) -> None:
    assert semaines["Dijon"].windows == (
        (dt.date(2016, 1, 18), dt.date(2016, 1, 22)),
        (dt.date(2016, 3, 14), dt.date(2016, 3, 18)),
    )
    assert semaines["Limoges"].windows == (school_year("2015-2016"),)
    assert semaines["Aix-Marseille"].windows == ((dt.date(2016, 4, 30), dt.date(2016, 4, 30)),)
    others = [one for name, one in semaines.items() if name not in {"Dijon", "Limoges", "Aix-Marseille"}]
    assert {len(one.windows) for one in others} == {1}
    assert all(3 <= (ends - starts).days <= 10 for one in others for starts, ends in one.windows)


def test_every_day_is_in_the_school_year(pack_2015: EditionDossier) -> None:
    first, last = school_year("2015-2016")
    for semaine in pack_2015.semaines:
        for starts, ends in semaine.windows:
            assert first <= starts <= ends <= last
        for event in semaine.temps_forts:
            days = [day for day in (event.starts, event.ends, *(s.date for s in event.stops)) if day]
            assert all(first <= day <= last for day in days), event.title


def test_ordinals(semaines: dict[str, SemaineDossier], pack_2015: EditionDossier) -> None:
    assert semaines["Aix-Marseille"].ordinal == 2
    assert semaines["Versailles"].ordinal == 4
    later = tuple(name for name, one in semaines.items() if one.ordinal and one.ordinal > 1)
    assert later == pack_2015.previous_academies
    assert len(later) == 8
    assert sum(one.ordinal == 1 for one in semaines.values()) == 20


@pytest.mark.parametrize(
    ("academie", "on_actions", "on_schools"),
    [
        ("Lyon", [("exact", 31, True), ("exact", 58, True)], [("exact", 14, True), ("exact", 70, True)]),
        ("Rennes", [("exact", 49, True), ("exact", 13, True)], [("more_than", 30, True)]),
        ("Besançon", [("exact", 19, True), ("exact", 144, False)], [("exact", 20, True)]),
        ("Bordeaux", [("exact", 40, True)], [("about", 30, True)]),
        ("Versailles", [("exact", 300, True)], [("not_communicated", None, True)]),
        ("Guyane", [("not_communicated", None, True)], [("not_communicated", None, True)]),
        ("Reims", [("not_communicated", None, True)], [("not_communicated", None, True)]),
        ("La Réunion", [("not_communicated", None, True)], [("all", None, True)]),
        ("Orléans-Tours", [("not_communicated", None, True)], [("exact", 45, True)]),
        ("Créteil", [("exact", 26, True)], [("not_communicated", None, True)]),
        ("Rouen", [("exact", 7, True)], [("not_communicated", None, True)]),
    ],
)
def test_figures(
    semaines: dict[str, SemaineDossier], academie: str, on_actions: Figures, on_schools: Figures
) -> None:
    semaine = semaines[academie]
    assert [(f.kind.value, f.value, f.additive) for f in semaine.actions_figures] == on_actions
    assert [(f.kind.value, f.value, f.additive) for f in semaine.etablissements_figures] == on_schools


def test_only_these_did_not_communicate(pack_2015: EditionDossier) -> None:
    def silent(name: str) -> set[str]:
        return {
            one.academie
            for one in pack_2015.semaines
            for figure in getattr(one, name)
            if figure.kind is Kind.NOT_COMMUNICATED
        }

    assert silent("actions_figures") == {"Guyane", "La Réunion", "Orléans-Tours", "Reims"}
    assert silent("etablissements_figures") == {"Créteil", "Guyane", "Reims", "Rouen", "Versailles"}


def test_the_national_part_is_whole(pack_2015: EditionDossier) -> None:
    assert [axe.code for axe in pack_2015.axes] == list(CodeAxe)
    assert [objectif.code for objectif in pack_2015.objectifs] == list(CodeObjectif)
    assert [len(group.academies) for group in pack_2015.tutorats] == [4, 5]
    assert len(pack_2015.perspectives) == 3
    names = {semaine.academie for semaine in pack_2015.semaines}
    assert {name for objectif in pack_2015.objectifs for name in objectif.academies} <= names
    assert {name for group in pack_2015.tutorats for name in group.academies} <= names


def test_every_academie_that_reported_keeps_an_axis(pack_2015: EditionDossier) -> None:
    for semaine in pack_2015.semaines:
        assert bool(semaine.axes) is (semaine.status is StatutSemaine.REPORTED), semaine.academie
        assert bool(semaine.levels) is (semaine.status is StatutSemaine.REPORTED), semaine.academie


# -- places and addresses -------------------------------------------------------------------------------


def test_every_carrier_with_a_commune_has_a_place(pack_2015: EditionDossier) -> None:
    unplaced = {one.name for _, one in porteurs(pack_2015) if one.commune and one.latitude is None}
    assert unplaced == set(UNPLACED)


def test_every_place_is_in_france(pack_2015: EditionDossier) -> None:
    placed = [(name, one) for name, one in porteurs(pack_2015) if one.latitude is not None]
    assert len(placed) > 80
    for name, one in placed:
        south, north, west, east = BOXES.get(name, BOXES["métropole"])
        assert one.latitude is not None
        assert one.longitude is not None
        assert south < one.latitude < north, one
        assert west < one.longitude < east, one


def test_every_commune_is_in_its_academie(pack_2015: EditionDossier) -> None:
    table = tomllib.loads(REFERENCE.read_text(encoding="utf-8"))["academies"]
    for name, one in porteurs(pack_2015):
        if one.insee:
            code = one.insee[:3] if one.insee.startswith("97") else one.insee[:2]
            assert code in table[name]["departements"], one
        else:
            assert one.latitude is None, one


def test_every_place_is_in_its_academie(pack_2015: EditionDossier, shared_dir: Path) -> None:
    path = shared_dir / "data" / "academies_15.geojson"
    shapes = {
        slug(feature["properties"]["name"]): feature["geometry"]
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    }
    shapes |= dict.fromkeys(("caen", "rouen"), shapes["normandie"])
    for name, one in porteurs(pack_2015):
        if one.latitude is not None and one.longitude is not None:
            shape = shapes[slug(name)]
            parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            assert any(_holds(part[0], one.longitude, one.latitude) for part in parts), one


def _holds(ring: list[list[float]], x: float, y: float) -> bool:
    """Tell whether a point is inside a ring: a ray from it then crosses the ring an odd number of times."""
    crossings = (
        x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) is not (y2 > y)
    )
    return sum(crossings) % 2 == 1


def test_a_carrier_named_twice_is_at_one_place(pack_2015: EditionDossier) -> None:
    places: dict[tuple[str, ...], set[Any]] = defaultdict(set)
    for name, one in porteurs(pack_2015):
        places[name, one.kind, one.name, one.commune].add((one.insee, one.latitude, one.longitude, one.uai))
    assert {key for key, found in places.items() if len(found) > 1} == set()


def test_carriers_are_named_with_their_kind(pack_2015: EditionDossier) -> None:
    words = {
        TypePorteur.ECOLE: "ecole",
        TypePorteur.COLLEGE: "college",
        TypePorteur.LYCEE: "lycee",
        TypePorteur.LYCEE_PROFESSIONNEL: "lycee professionnel",
        TypePorteur.CIO: "cio",
        TypePorteur.DSDEN: "dsden",
    }
    odd = [
        one.name
        for _, one in porteurs(pack_2015)
        if words.get(TypePorteur(one.kind), "") not in " ".join(_words(one.name))
    ]
    assert odd == []


def test_addresses_are_whole_and_those_of_the_report(pack_2015: EditionDossier, shared_dir: Path) -> None:
    (path,) = (shared_dir / "seeds").glob("*.txt")
    printed = {word.strip("()«».,;") for word in path.read_text(encoding="utf-8").split()}
    found = {link.url for _, action in actions(pack_2015) for link in action.liens}
    found |= {one.url for semaine in pack_2015.semaines for one in semaine.ressources if one.url}
    assert len(found) >= 70
    for url in found:
        assert re.fullmatch(r"https?://[\w.-]+\.[a-z]{2,}(/\S*)?", url), url
        assert url in printed, url


def test_each_external_sheet_is_the_one_linked(pack_2015: EditionDossier) -> None:
    known = 0
    for _, action in actions(pack_2015):
        linked = {int(n) for link in action.liens for n in re.findall(r"idFiche=(\d+)", link.url)}
        assert linked == ({action.experitheque_id} if action.experitheque_id else set()), action.title
        known += bool(linked)
    assert known > 20


def test_every_link_says_what_one_finds_there(pack_2015: EditionDossier) -> None:
    for _, action in actions(pack_2015):
        for link in action.liens:
            assert link.label, link.url
            assert not re.search(r"cliquez|https?:|\bici$", link.label, re.IGNORECASE), link.label


# -- prose ----------------------------------------------------------------------------------------------


def values(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a TOML file with its key."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from values(value, f"{path}.{key}")
    elif isinstance(data, list):
        for value in data:
            yield from values(value, path)
    elif isinstance(data, str):
        yield path.removeprefix("."), data


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_typography(path: Path) -> None:
    for key, text in values(tomllib.loads(path.read_text(encoding="utf-8"))):
        if key.endswith("url"):
            continue
        assert typographie(text) == text, key
        assert not re.search(r"[\"“”']|\.\.\.|  ", text), key
        assert unicodedata.normalize("NFC", text) == text, key


PROSE = {
    "narrative",
    "partners_narrative",
    "examples_note",
    "sponsor",
    "funding",
    "committee",
    "detail",
    "summary",
    "description",
    "text",
    "conclusion",
    "reason",
    "notes",
}


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    return re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))


def test_prose_is_shorter_than_what_it_retells(pack_2015: EditionDossier, shared_dir: Path) -> None:
    (path,) = (shared_dir / "seeds").glob("*.txt")
    ours = sum(
        len(_words(text))
        for file in FILES
        for key, text in values(tomllib.loads(file.read_text(encoding="utf-8")))
        if key.rpartition(".")[2] in PROSE
    )
    assert ours < 0.7 * len(_words(path.read_text(encoding="utf-8")))
    for semaine in pack_2015.semaines:
        if semaine.status is StatutSemaine.REPORTED:
            assert 1 <= len(semaine.narrative.split("\n\n")) <= 5, semaine.academie


def test_every_school_of_the_pack_stands_for_a_level(pack_2015: EditionDossier) -> None:
    kinds = {porteur.kind for _, porteur in porteurs(pack_2015)}
    assert {TypePorteur.ECOLE, TypePorteur.COLLEGE, TypePorteur.LYCEE} <= kinds
    ticked = {level for semaine in pack_2015.semaines for level in semaine.levels}
    assert ticked == set(Niveau)


def test_no_phone_number_nor_private_address(pack_2015: EditionDossier) -> None:
    del pack_2015
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b0[1-9](?:[ .-]?\d\d){4}\b|[\w.]+@[\w.]+\.\w+", text), path.stem


def test_the_facts_that_the_report_says_in_set_phrases(pack_2015: EditionDossier) -> None:
    told = [semaine for semaine in pack_2015.semaines if semaine.status is StatutSemaine.REPORTED]
    assert Counter(semaine.alliances.value for semaine in told) == {
        "surtout_internes": 14,
        "internes_externes": 12,
        "internes": 1,
        "nc": 1,
    }
    assert Counter(semaine.portage.value for semaine in told) == {
        "porteurs": 14,
        "les_deux": 11,
        "": 2,  # Besançon and Guadeloupe say nothing of who weaves them
        "nc": 1,
    }
    assert {semaine.academie: len(semaine.bassins) for semaine in told if semaine.appel} == {
        "Dijon": 3,
        "Lille": 3,
    }
    assert {semaine.academie for semaine in told if semaine.obstacle} == {"Aix-Marseille", "Limoges"}
    # what nobody answered in the report stays unsaid
    assert not any(semaine.help_asked or semaine.staff_days or semaine.mentor_offer for semaine in told)

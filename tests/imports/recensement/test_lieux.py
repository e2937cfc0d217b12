"""Where an action is, as lists say it: what becomes its place, its carrier, or the commune of that one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from accroche.actions.models import Action
from accroche.imports.operations.recensement import import_rows
from accroche.imports.recensement.lieux import elsewhere, together
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.table import Table, find_table
from accroche.imports.recensement.words import no_nowhere
from accroche.lib.tableur.cellules import Cell
from tests import factories
from tests.factories import YEAR
from tests.imports.recensement.test_columns import COMMUNES, DAYS, SCHOOLS, TITLES
from tests.imports.recensement.test_import import confronted

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.comptes.models import User
    from tests.factories import Territory

HALLS = ("Salle des fêtes", "Gymnase", "À définir")
TOWNS = ("Dijon", "Beaune", "Nolay")


def table_of(told: dict[str, tuple[str, ...]]) -> Table:
    rows = [list(told), *map(list, zip(TITLES, DAYS, *list(told.values())[2:], strict=True))]
    table = find_table("", enumerate(rows, 1), communes=COMMUNES)
    assert table
    return table


#: The columns of a list beside its titles and days: what the last holds, then the places of its rows.
KINDS: dict[str, tuple[dict[str, tuple[str, ...]], str, tuple[str, ...]]] = {
    "a hall, beside a school": (
        {"Établissement": SCHOOLS, "Lieu": HALLS},
        "lieu",
        ("Salle des fêtes", "Gymnase", ""),
    ),
    "a school that receives, beside the one that carries": (
        {"Établissement": SCHOOLS, "Lieu": SCHOOLS},
        "lieu",
        SCHOOLS,
    ),
    "schools, and nobody else who carries": ({"Lieu": SCHOOLS}, "etablissement", ("", "", "")),
    "communes, and no other column of them": (
        {"Structure": ("Le Lien", "MJC", "CIDFF"), "Lieu": TOWNS},
        "commune",
        TOWNS,
    ),
    "towns, where nobody carries": (
        {"Salle": ("Gymnase", "MJC", "À définir"), "Ville": TOWNS},
        "commune",
        ("Gymnase, Dijon", "MJC, Beaune", "Nolay"),
    ),
    "communes, beside those of who carries": (
        {"Structure": ("Le Lien", "MJC", "CIDFF"), "Ville": TOWNS, "Où": TOWNS},
        "lieu",
        TOWNS,
    ),
    "an agenda that says it in several columns": (
        {"location_address": ("3 rue Hoche", "", ""), "location_city": TOWNS, "location_name": HALLS},
        "lieu",
        ("3 rue Hoche, Salle des fêtes, Dijon", "Gymnase, Beaune", "Nolay"),
    ),
    "a table in two languages": (
        {"Lieu": HALLS, "location_en": ("Village hall", "Gym", "Stage")},
        "ignore",
        ("Salle des fêtes", "Gymnase", ""),
    ),
    "addresses, of whom nothing says": ({"Adresse": ("3 rue Hoche",) * 3}, "ignore", ("", "", "")),
    "where somebody lives": (
        {"Établissement": SCHOOLS, "Lieu d’habitation": ("3 rue Hoche", "Bâtiment B", "4 cour du Puits")},
        "ignore",
        ("", "", ""),
    ),
    "rooms by their codes": ({"Salle": ("B204", "C12", "B204")}, "lieu", ("B204", "C12", "B204")),
    "a question": ({"Où se déroule l’action ?": HALLS}, "lieu", ("Salle des fêtes", "Gymnase", "")),
    "where it would be otherwise": ({"Lieu": HALLS, "Lieu de repli": TOWNS}, "ignore", (*HALLS[:2], "")),
    "where one meets before": ({"Salle": HALLS, "Lieu de rendez-vous": TOWNS}, "ignore", (*HALLS[:2], "")),
    "where one meets, and no more": (
        {"Lieu de rendez-vous": ("Gare", "Préau", "Gare")},
        "lieu",
        ("Gare", "Préau", "Gare"),
    ),
    "marks of a page": (
        {"Emplacement": ("Halle<br/>au blé", "Rue &amp; cour", "Parc")},
        "lieu",
        ("Halle au blé", "Rue & cour", "Parc"),
    ),
    "matches at home and away": ({"Lieu": ("Domicile", "Extérieur", "À domicile")}, "ignore", ("", "", "")),
    "people": ({"Lieu": ("Mme Roux", "M. Petit", "Mme Martin")}, "contact", ("", "", "")),
}


@pytest.mark.parametrize(("told", "champ", "places"), KINDS.values(), ids=KINDS)
def test_where_a_list_says_it(told: dict[str, tuple[str, ...]], champ: str, places: tuple[str, ...]) -> None:
    whole: dict[str, tuple[str, ...]] = {"Titre": TITLES, "Dates": tuple(map(str, DAYS)), **told}
    table = table_of(whole)
    assert table.columns[-1].champ.value == champ
    rows = list(zip(*whole.values(), strict=True))
    assert tuple(RowReader(table, YEAR).read(n, row).place for n, row in enumerate(rows, 2)) == places


def test_what_is_left_beside_a_day_and_a_place_is_what_happens() -> None:
    played = ("Le trio Roux", "Les Baladins", "Un quatuor de cuivres")
    rows: list[tuple[int, list[Cell]]] = [(1, ["Date", "Lieu", "Ensemble"])]
    rows += enumerate(map(list, zip(DAYS, ("La halle", "Parc", "Kiosque"), played, strict=True)), 2)
    table = find_table("", rows, communes=COMMUNES)
    assert table
    assert [one.champ.value for one in table.columns] == ["dates", "lieu", "titre"]


def test_places_that_carry_are_told_and_no_other() -> None:
    alone = table_of({"Titre": TITLES, "Dates": DAYS, "Lieu": SCHOOLS})
    beside = table_of({"Titre": TITLES, "Dates": DAYS, "Établissement": SCHOOLS, "Lieu": SCHOOLS})
    told = (
        "La colonne C, « Lieu », nomme des établissements : faute d’autre porteur, ils portent les actions. "
        "S’ils ne font que les accueillir, choisissez « Lieu » pour elle, et dites qui les porte."
    )
    assert [one for table in (alone, beside) for one in table.doubts] == [told]


def test_a_place_that_is_too_long_is_cut_and_told_and_its_row_is_taken() -> None:
    table = table_of({"Titre": TITLES, "Dates": DAYS, "Lieu": HALLS})
    row = RowReader(table, YEAR).read(2, (TITLES[0], DAYS[0], "Salle " * 50))
    assert (len(row.place), row.place[-7:], row.is_blocked) == (198, " Salle…", False)
    assert [(one.message, one.suggestion) for one in row.remarks] == [
        ("Ce texte compte 299 caractères, 200 au plus : la fin n’est pas reprise.", "Raccourcissez-le.")
    ]


@pytest.mark.parametrize("text", ["À définir", "n.c.", "–", "Lieu à préciser", "Extérieur", "aucun", "?"])
def test_what_says_no_place_is_none(text: str) -> None:
    assert no_nowhere(text) == ""
    assert no_nowhere(f"{text} : salle 3") != ""


def test_what_comes_back_of_our_own_lists_is_the_place_it_says() -> None:
    told = {"Identifiant": ("1",), "Version": ("1",), "Titre": TITLES[:1], "Lieu": ("Extérieur",)}
    table = find_table("", enumerate((list(told), [one for (one,) in told.values()]), 1))
    assert table
    assert RowReader(table, YEAR).read(2, ("1", "1", TITLES[0], "Extérieur")).place == "Extérieur"


def test_parts_of_a_place_are_told_once() -> None:
    assert together(("Théâtre de Beaune", "", "3 rue Hoche", "BEAUNE")) == "Théâtre de Beaune, 3 rue Hoche"
    assert together(("Beaune", "Théâtre de Beaune", "عمان")) == "Théâtre de Beaune, عمان"


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("COLLEGE PASTEUR", ""),
        ("Collège Pasteur, Beaune", ""),
        ("Collège Pasteur, salle 3",) * 2,
        ("عمان",) * 2,
    ],
)
def test_who_carries_an_action_is_no_place_of_it(place: str, kept: str) -> None:
    assert elsewhere(place, ["Collège Pasteur", "مدرسة"], ["", "Beaune"]) == kept


@pytest.mark.django_db
def test_a_hall_among_schools_is_the_place_of_who_carries_all(
    tmp_path: Path, where: Territory, moderator: User
) -> None:
    school = factories.school(where, 5)
    rows = (
        ("Titre", "Lieu", "Ville", "location_address"),
        ("Forum", "Salle des fêtes", "Talant", "3 rue Hoche"),
        ("Bal", "À définir", "Talant", ""),
        ("Salon", f"{school.name}, {school.commune}", "", ""),
        ("Café", f"{school.name}, {school.commune}", "", ""),
        ("Fête", f"{school.name}, {school.commune}", "", ""),
    )
    fresh = confronted(tmp_path, rows, where, factories.access(moderator))()
    import_rows(lambda: replace(fresh, answers={"porteur": "Mairie de Talant"}), source="a.csv")
    told = {one.title: (str(one.porteurs.get().name), one.place) for one in Action.objects.all()}
    assert told == {
        "Forum": ("Mairie de Talant", "Salle des fêtes, 3 rue Hoche, Talant"),
        "Bal": ("Mairie de Talant", ""),
        "Salon": (school.name, ""),
        "Café": (school.name, ""),
        "Fête": (school.name, ""),
    }


@pytest.mark.django_db
def test_a_school_that_carries_and_receives_is_told_once(
    tmp_path: Path, where: Territory, moderator: User
) -> None:
    school = factories.school(where, 5)
    told = f"{school.name}, {school.commune}"
    rows = (("Titre", "Établissement", "Lieu"), ("Forum", told, school.name), ("Salon", told, "Gymnase"))
    fresh = confronted(tmp_path, rows, where, factories.access(moderator))()
    import_rows(lambda: fresh, source="a.csv")
    assert dict(Action.objects.values_list("title", "place")) == {"Forum": "", "Salon": "Gymnase"}


def test_what_is_no_place_is_told() -> None:
    table = table_of({"Titre": TITLES, "Dates": tuple(map(str, DAYS)), "Lieu": HALLS})
    reader = RowReader(table, YEAR)
    told = {
        place: (row.place, [one.message for one in row.remarks])
        for place in ("Extérieur", "Mme Roche", "Anne Roux", "À définir", "Salle Jeanne")
        for row in [reader.read(2, ["Forum", "8 mars 2027", place])]
    }
    assert told == {
        "Extérieur": ("", ["« Extérieur » ne nomme pas de lieu : il n’est pas repris."]),
        "Mme Roche": ("", ["« Mme Roche » est une personne, et un lieu est public : il n’est pas repris."]),
        "Anne Roux": ("Anne Roux", ["« Anne Roux » est peut-être une personne, et un lieu est public."]),
        "À définir": ("", []),
        "Salle Jeanne": ("Salle Jeanne", []),
    }

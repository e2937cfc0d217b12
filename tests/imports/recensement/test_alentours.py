"""What is no action of a list: other things and people, other tables, rows that say what to write."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.table import LeftOut, Table, find_table, lines
from accroche.imports.recensement.tables import Tables, as_json, from_json, with_fields
from tests.imports.recensement.test_columns import COMMUNES, DAYS, SCHOOLS, TITLES

PEOPLE = ("Anne Roy", "Luc Petit", "Zoé Blanc")
BIRTHS = ("12/11/2011", "13/11/2011", "14/11/2011")
THINGS = ("Ballons de handball", "Chasubles jaunes", "Filets de but")
FIRSTS = tuple(dt.date(2027, month, 1) for month in (1, 2, 4))

Columns = dict[str, tuple[Any, ...]]


def table_of(told: Columns, *above: list[Any]) -> Table:
    """The table of a sheet whose columns are ``told``, below the rows ``above``."""
    rows = [*above, list(told), *(list(cells) for cells in zip(*told.values(), strict=True))]
    table = find_table("", list(enumerate(rows, 1)), None, COMMUNES)
    assert table is not None
    return table


STRANGE: dict[str, tuple[Columns, str]] = {
    "residences": ({"nom_programme": THINGS, "cp": (21000,) * 3, "ville": ("Dijon",) * 3}, "aucune colonne"),
    "purchases": ({"Objet": THINGS, "Fournisseur": PEOPLE, "Quantité": (1, 2, 3), "Date": DAYS}, "acheté"),
    "pupils": (
        {"Prénom": ("Anne", "Luc", "Zoé"), "Date de naissance": BIRTHS, "Établissement": SCHOOLS},
        "personnes",
    ),
    "voters": (
        {"Date": DAYS, "Lieu": SCHOOLS} | {f"Question {letter} ?": ("x", "y", "z") for letter in "abcdefg"},
        "presque aucune",
    ),
    "data, by their name and what they are for": ({"Nom de base": THINGS, "Objectifs": TITLES}, "sûrement"),
    "places": (
        {"nom": THINGS, "description": TITLES, "horaires": ("9 h - 18 h",) * 3, "adresse": THINGS},
        "lieux",
    ),
    "projects by their names, what they are and what is to be done": (
        {"name": TITLES, "body": THINGS, "Résumé": TITLES, "Objectif": THINGS, "estimation": ("1", "2", "3")},
        "",
    ),
    "a programme by its sessions, hours and rooms": (
        {"Session": TITLES, "Time": ("9h", "10h", "11h"), "Room": ("A", "B", "C"), "Description": THINGS},
        "",
    ),
    "what has a name and is described": ({"Nom": TITLES, "Description": THINGS, "Votes": (1, 2, 3)}, ""),
    "what is described and bought": (
        {"Nom": THINGS, "Description": TITLES, "Prix": (1, 2, 3)},
        "sûrement",
    ),
    "what is described and somewhere": (
        {"Nom": THINGS, "Description": TITLES, "Ville": ("Dijon", "Beaune", "Nolay")},
        "sûrement",
    ),
    "actions by their name alone": ({"Projet": TITLES, "Ville": ("Dijon", "Beaune", "Nolay")}, ""),
    "names, and who carries them": ({"Nom": TITLES, "Établissement": SCHOOLS}, ""),
    "names, and when": ({"Nom": TITLES, "Date": DAYS}, ""),
    "expenses of actions": (
        {"Action": TITLES, "Date": DAYS, "Fournisseur": PEOPLE, "Facture": ("F1", "F2", "F3")},
        "",
    ),
    "a shop of a school": ({"Titre": TITLES, "Date": DAYS, "Public": ("6e",) * 3, "Stock": (1,) * 3}, ""),
}


@pytest.mark.parametrize(("told", "why"), STRANGE.values(), ids=STRANGE)
def test_a_table_that_looks_like_no_list_of_actions_is_asked_about(told: Columns, why: str) -> None:
    table = table_of(told)
    assert (why in table.strange, bool(table.strange)) == (True, bool(why))


def test_who_says_what_columns_hold_says_that_they_are_actions() -> None:
    table = table_of(STRANGE["residences"][0])
    kept = from_json(as_json(Tables((table,), ())))
    assert (kept.are_readable, kept.strange) == (False, (table.strange,))
    chosen = with_fields(kept, {"": {0: Champ.TITRE}})
    assert (chosen.are_readable, chosen.strange) == (True, ())


@pytest.mark.parametrize(
    "row", [("Écrivez un nom court", "Ex. : Collège X"), ("Champ texte", "Champ texte\n(une par ligne)")]
)
def test_a_row_that_says_what_to_write_is_no_action(row: tuple[str, str]) -> None:
    told = {"Titre": (row[0], *TITLES), "Établissement": (row[1], *SCHOOLS)}
    rows = [list(told), *(list(cells) for cells in zip(*told.values(), strict=True))]
    left: list[tuple[int, LeftOut]] = []
    read = [number for number, _ in lines(table_of(told), enumerate(rows, 1), left)]
    assert (read, left) == ([3, 4, 5], [(2, LeftOut.GUIDE)])


ACTIONS = {
    "verbs, and where": ("Écrire un roman", "Collège Carnot", "Écrire à plusieurs"),
    "orders, and when": ("Présentez votre métier", "Expliquez-le", "18/03/2027"),
    "orders to oneself": ("Donnez-vous de l’air", "Mettez-vous au vert"),
    "verbs alone": ("Choisir un métier", "Préciser son projet", ""),
    "a word of each kind": ("Café des parents", "Lycée Le Castel", "Projet", "Lycée", "Commune"),
}


@pytest.mark.parametrize("cells", ACTIONS.values(), ids=ACTIONS)
def test_a_title_that_tells_to_do_something_or_words_of_headings_are_an_action(
    cells: tuple[Any, ...],
) -> None:
    rows = [["Titre", "Établissement", "Nature", "Cible", "Partenaire"][: len(cells)], [*cells], [*cells]]
    rows[2][0] = "Bal"
    table = find_table("", list(enumerate(rows, 1)), None, COMMUNES)
    assert table is not None
    left: list[tuple[int, LeftOut]] = []
    assert [number for number, _ in lines(table, enumerate(rows, 1), left)] == [2, 3]
    assert (table.ends, table.doubts) == (0, ())


OTHER: list[Any] = ["Intitulé de l’action", "Établissement", "Partenaires"]
ABOVE: list[list[Any]] = [["Titre", "Date"], ["Réunion", "8 mars 2027"], []]
BESIDE: dict[str, tuple[list[list[Any]], int, str]] = {
    "above": (ABOVE, 0, "commence à la ligne 1"),
    "below": ([], 6, "ni ce qui est en dessous"),
}


@pytest.mark.parametrize(("above", "ends", "told"), BESIDE.values(), ids=BESIDE)
def test_another_table_of_the_sheet_is_told_and_not_read(
    above: list[list[Any]], ends: int, told: str
) -> None:
    rows: list[list[Any]] = [*above, ["Titre", "Établissement", "Date", "Public"]]
    rows += map(list, zip(TITLES, SCHOOLS, DAYS, "abc", strict=True))
    rows += [[], OTHER, ["Bal", "Collège Carnot", "Mairie"]] if ends else []
    table = find_table("", list(enumerate(rows, 1)), None, COMMUNES)
    assert table is not None
    assert (table.ends, told in "".join(table.doubts)) == (ends, True)


def test_days_that_are_all_the_first_of_a_month_are_months() -> None:
    told = {"Titre": (*TITLES, "Bal"), "Date": (*FIRSTS, "à définir")}
    row = RowReader(table_of(told), "2026-2027").read(3, [TITLES[1], FIRSTS[1]])
    assert (row.starts, row.ends) == (dt.date(2027, 2, 1), dt.date(2027, 2, 28))
    assert "le mois entier" in "".join(table_of(told).doubts)


STAY_DAYS: dict[str, tuple[Columns, bool]] = {
    "as texts": ({"Date": tuple(f"{day:%d/%m/%Y}" for day in FIRSTS)}, True),
    "beside hours": ({"Date": FIRSTS, "Horaires": ("9h", "14h", "10h")}, True),
    "ends of stretches": ({"Début": FIRSTS, "Fin": FIRSTS}, True),
    "with their hours": ({"Date": tuple(dt.datetime.combine(day, dt.time(9)) for day in FIRSTS)}, False),
}


@pytest.mark.parametrize(("told", "doubted"), STAY_DAYS.values(), ids=STAY_DAYS)
def test_what_may_be_days_stays_days_and_is_told(told: Columns, *, doubted: bool) -> None:
    table = table_of({"Titre": TITLES, **told})
    assert (Champ.MOIS in table.fields, "écrivez-les en lettres" in "".join(table.doubts)) == (False, doubted)


def test_one_language_of_two_is_taken_or_told() -> None:
    both = table_of({"Title": ("Job fair", "Café", "Visit"), "Titre": TITLES, "Date": DAYS})
    assert [one.champ for one in both.columns] == [Champ.IGNORE, Champ.TITRE, Champ.DATES]
    rows = table_of({"Titre": TITLES, "Langue": ("fr", "en", "fr"), "Date": DAYS})
    assert "dit plusieurs langues" in "".join(rows.doubts)


NOT_OURS = (
    *(
        "Collège de secteur",
        "École de rattachement",
        "Lycée d’origine",
        "Structure membre",
        "Organisme financeur",
    ),
    *("Direction pilote", "Membre", "Situation", "Diagnostic", "Profil du jeune"),
)


@pytest.mark.parametrize("heading", NOT_OURS)
def test_whoever_carries_no_action_and_what_is_said_of_somebody_are_left_aside(heading: str) -> None:
    table = table_of({"Titre": TITLES, "Date": DAYS, heading: SCHOOLS})
    assert table.columns[2].champ is Champ.IGNORE


def test_rows_above_the_headings_are_told_and_one_that_says_little_is_no_heading() -> None:
    filled = [[f"Kit {letter}", "12", letter, "x"] for letter in "abc"]
    told: Columns = {"Titre": TITLES, "Établissement": SCHOOLS, "Date": DAYS, "Niveau": ("6e",) * 3}
    found = table_of(told, *filled)
    assert found.heading_row == 4
    assert found.doubts[0].startswith("3 lignes remplies, de la ligne 1 à la ligne 3,")
    assert not table_of(told, ["Actions de l’académie"], ["Fait le", "12/03/2027"]).doubts
    talks: list[list[Any]] = [[f"{day}/2/2027", "I love it", f"Make it work {day}"] for day in range(1, 5)]
    rows: list[list[Any]] = [["Timestamp", "Bio", "Title of your talk"], *talks]
    rows.append(["5/2/2027", "Talk (short)", "When asleep"])
    table = find_table("", list(enumerate(rows, 1)))
    assert table is not None
    assert table.heading_row == 1


@pytest.mark.parametrize(
    ("carrier", "commune", "is_told"),
    [
        ("Organisateur", "Commune du lieu", True),
        ("Porteur", "commune_projet", True),
        ("Organisateur", "Ville", False),
        ("Établissement", "Commune de l’action", False),
    ],
)
def test_a_commune_of_the_action_is_told_when_it_becomes_that_of_who_carries_it(
    carrier: str, commune: str, is_told: bool
) -> None:
    rows: list[list[Any]] = [
        ["Titre", carrier, commune],
        ["Forum", "Le Lien", "Nolay"],
        ["Bal", "Graines", "Beaune"],
    ]
    table = find_table("", enumerate(rows, 1))
    assert table
    told = [doubt for doubt in table.doubts if "dit où se passent les actions" in doubt]
    assert told == [one for one in told if f"La colonne C, « {commune} »" in one]
    assert bool(told) == is_told


def test_a_short_description_is_named_among_what_may_be_the_title() -> None:
    told: Columns = {"Heure": ("9h", "10h", "11h"), "Zorglub": THINGS, "Description": TITLES}
    table = table_of(told)
    assert [doubt for doubt in table.doubts if "C, « Description »" in doubt] == [table.doubts[0]]


@pytest.mark.parametrize(("first", "told"), [("Quand", ""), ("12/03/2027", "La ligne 1 est lue comme celle")])
def test_a_table_without_headings_is_told(first: str, told: str) -> None:
    rows: list[list[Any]] = [["Zorg", first, "Visite du port"], ["Zarg", "13/03/2027", "Café des parents"]]
    table = find_table("", enumerate(rows, 1))
    assert table
    assert [doubt[: len(told)] for doubt in table.doubts if "en-têtes" in doubt] == ([told] if told else [])

"""Several actions on one row, a month of several rows: which columns tell of each, and the rows they give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.corrections import correction_sheets
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.table import find_table
from accroche.imports.recensement.tables import (
    LeftOutRows,
    as_json,
    from_json,
    rows_of,
    tables_of,
    with_fields,
)
from accroche.integrations.tableur import unpack

HEADINGS: list[Any] = ["Collège", "Action", "Date", "Public", "Action 2", "Date 2", "Action 3", "Budget 3"]
ROWS: list[list[Any]] = [
    ["Collège Pardé", "Forum des métiers", "08/03/2027", "3e", "Café des parents", "09/03/2027", "", ""],
    ["Collège Monge", "Défi lecture", "10/03/2027", "6e", "", "", "Visite de l’usine", "300"],
    ["Collège Carnot", "", "", "5e", "Rallye des métiers", "11/03/2027", "", ""],
    ["Collège Rostand", "Mur des réussites", "", "4e", "", "12/03/2027", "", ""],
]


def written(folder: Path, rows: list[list[str]]) -> Path:
    """A list, in a spool."""
    source, spool = folder / "liste.csv", folder / "lignes"
    source.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    unpack(source, spool)
    return spool


def test_each_action_of_a_row_is_a_row_with_its_own_day_and_place(tmp_path: Path) -> None:
    spool = written(tmp_path, [HEADINGS, *ROWS])
    # as the site keeps them between two steps
    tables = from_json(as_json(tables_of(spool)))
    assert len(tables.notes) == 1
    assert with_fields(tables, {"": {4: Champ.IGNORE, 6: Champ.IGNORE}}).notes == ()
    read = list(rows_of(spool, tables.tables, "2026-2027", LeftOutRows()))
    assert [(row.where[1:], row.title, str(row.starts), row.mentions) for row in read] == [
        ((2, 1), "Forum des métiers", "2027-03-08", ("Collège Pardé",)),
        ((2, 2), "Café des parents", "2027-03-09", ("Collège Pardé",)),
        ((3, 1), "Défi lecture", "2027-03-10", ("Collège Monge",)),
        ((3, 3), "Visite de l’usine", "None", ("Collège Monge",)),
        ((4, 2), "Rallye des métiers", "2027-03-11", ("Collège Carnot",)),
        ((5, 1), "Mur des réussites", "None", ("Collège Rostand",)),
        ((5, 2), "", "2027-03-12", ("Collège Rostand",)),
    ]
    assert [row.letters[Champ.TITRE] for row in read] == ["B", "E", "B", "G", "E", "B", "E"]
    assert read[-1].is_blocked, "a day without a title is told"


def test_a_column_of_one_action_is_chosen_or_left_for_that_action_alone() -> None:
    table = find_table("", enumerate([HEADINGS, *ROWS], 1))
    assert table
    alone = table.with_fields({4: Champ.IGNORE, 6: Champ.IGNORE})
    assert [[one.heading for one in told.columns] for told in alone.each_action] == [
        ["Collège", "Action", "Date", "Public", "Budget 3"]
    ]
    assert len(table.with_fields({3: Champ.PUBLIC}).each_action) == 3
    whole = table.with_fields({7: Champ.TITRE})
    assert [one.heading for one in whole.columns if one.champ is Champ.TITRE] == ["Budget 3"]
    assert whole.each_action == (whole,)


def test_a_row_to_correct_is_there_once_with_the_answers_of_each_of_its_actions(tmp_path: Path) -> None:
    tables = tables_of(written(tmp_path, [HEADINGS, *ROWS]))
    pair, mur = ROWS[0], ["Collège Rostand", "", "12/03/2027", "4e", "", "12/03/2027", None, None]
    refused = [("", 2, pair, "C : non"), ("", 2, pair, "C : non\nF : non"), ("", 5, mur, "E : titre")]
    (sheet,) = correction_sheets(tables, {"titre": "Portes ouvertes"}, lambda: iter(refused))
    assert sheet.headings == [*HEADINGS, "À corriger"]
    named = [mur[0], "Portes ouvertes", *mur[2:4], "Portes ouvertes", *mur[5:]]
    assert list(sheet.rows) == [[*pair, "C : non\nF : non"], [*named, "E : titre"]]


@pytest.mark.parametrize(
    "headings",
    [
        ("Projet n°1", "Public n° 1", "Projet n°2", "Public n°2"),
        tuple(f"Action {n} – {what}" for n in (1, 2) for what in ("Titre", "Date")),
    ],
)
def test_the_number_of_an_action_is_written_otherwise(headings: tuple[str, ...]) -> None:
    rows: list[list[Any]] = [
        ["Collège Pardé", "Forum des métiers", "", "Café des parents", ""],
        ["Collège Monge", "Défi lecture"],
    ]
    table = find_table("", enumerate([["Collège", *headings], *rows], 1))
    assert table
    assert [one.action for one in table.columns] == [0, 1, 1, 2, 2]
    assert [one.champ for one in table.columns][1::2] == [Champ.TITRE, Champ.TITRE]


@pytest.mark.parametrize("what", ["Activité {}", "Contact {} – Nom"])
def test_several_of_something_beside_a_title_take_nothing_from_other_columns(what: str) -> None:
    headings: list[Any] = ["Titre", what.format(1), what.format(2), "Partenaire 1", "Partenaire 2"]
    rows: list[list[Any]] = [["Forum des métiers", "Anne Roux", "Marc Petit", "Mairie de Nolay", "Le Lien"]]
    table = find_table("", enumerate([headings, *rows, rows[0]], 1))
    assert table
    assert [one.champ for one in table.columns][3:] == [Champ.PARTENAIRES] * 2


def test_wishes_are_no_actions() -> None:
    wishes = ["Robotique", "Théâtre", "Cuisine"]
    rows: list[list[Any]] = [[f"Classe {at}", wishes[at % 3], wishes[(at + 1) % 3]] for at in range(9)]
    table = find_table("", enumerate([["Classe", "Atelier 1", "Atelier 2"], *rows], 1))
    assert table
    assert len(table.each_action) == 1


def read_of(folder: Path, rows: list[list[Any]]) -> list[Row]:
    """The rows of a list, in the edition after that of its days."""
    spool = written(folder, rows)
    return list(rows_of(spool, tables_of(spool).tables, "2027-2028", LeftOutRows()))


@pytest.mark.parametrize(
    "rows",
    [
        [["Titre", "Date", "Mois"], ["Forum", "30 janvier", "Janvier 2027"], ["Café", "31 janvier", ""]],
        [["Mois", "Date", "Titre"], ["Mars 2027", "08/03", "Forum"], ["", "09/03", "Café"]],
        [["Année", "Date", "Titre"], ["2027", "8 mars", "Forum"], ["", "2 avril", "Café"]],
        [["Année", "Mois", "Jour", "Titre"], ["2027", "mars", "8", "Forum"], ["", "avril", "2", "Café"]],
    ],
)
def test_a_month_or_a_year_above_is_read_wherever_it_stands(tmp_path: Path, rows: list[list[Any]]) -> None:
    assert [row.is_blocked for row in read_of(tmp_path, rows)] == [True, True]


def test_a_month_that_is_written_once_is_of_the_rows_under_it_that_name_it(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Mois", "Date", "Titre"],
        ["Janvier 2027", "30 janvier", "Forum des métiers"],
        ["", "31 janvier", "Café des parents"],
        ["", "3 mars", "Défi lecture"],
        ["Octobre 2026", "10 oct.", "Rallye des métiers"],
        ["", "le 11 oct.", "Mur des réussites"],
    ]
    read = read_of(tmp_path, rows)
    # of another school year, each but the one whose month nothing tells
    assert [row.is_blocked for row in read] == [True, True, False, True, True]
    assert [row.cells[0] for row in read] == [
        "Janvier 2027",
        "Janvier 2027",
        None,
        "Octobre 2026",
        "Octobre 2026",
    ]

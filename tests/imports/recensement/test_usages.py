"""Habits of programs and of people who keep lists: a word before each heading, sections, columns in turn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from accroche.actions.regles import CodeTheme
from accroche.imports.queries.memoire import _as_said
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.table import LeftOut, find_table
from accroche.imports.recensement.tables import LeftOutRows, rows_of, tables_of
from accroche.imports.recensement.words import themes_of
from accroche.integrations.tableur import RefusedError, unpack
from accroche.integrations.tableur.texte import rows as csv_rows
from accroche.integrations.tableur.texte import separator_of
from tests.imports.recensement import nasty
from tests.imports.recensement.test_columns import DAYS, SCHOOLS, TITLES, Told, found
from tests.imports.recensement.test_parties import EMAILS
from tests.imports.recensement.test_plusieurs import written

THREE: tuple[Any, ...] = ("2027-03-08", "2027-05-10", "2027-04-05")
KINDS: dict[str, Told] = {
    "a word of the program before each heading": {
        "csvDate": (THREE, "dates"),
        "csvTitre": (TITLES, "titre"),
        "csvLieu": (("Salle 1", "Salle 2", "Salle 3"), "lieu"),
    },
    "a word that is an action’s stays": {
        "Action date": (THREE, "dates"),
        "Action nom": (TITLES, "titre"),
        "Action contact": (("Anne Roux", "Marc Petit", "Léa Blanc"), "contact"),
    },
    "the thing above what is told of it": {
        "Projet – Titre": (TITLES, "titre"),
        "Projet – Date": (THREE, "dates"),
        "Projet – Lieu": (("Dijon", "Beaune", "Nolay"), "commune"),
    },
    "a word that says whose dates these are": {
        "Commande nom": (TITLES, "titre"),
        "Commande date": (THREE, "-"),
        "Commande numéro": (("12", "13", "14"), "-"),
    },
    "the thing before what is told of it": {
        "festival_nom": (TITLES, "titre"),
        "festival_ville": (("Dijon", "Beaune", "Nolay"), "commune"),
        "festivalDate": (THREE, "dates"),
        "groupe_nom": (("Les Bleus", "Les Verts", "Les Roses"), "-"),
    },
    "who receives, in English, and when it is launched": {
        "Topic": (TITLES, "titre"),
        "Host": (("Mairie de Nolay", "Le Lien", "Musée de Beaune"), "etablissement"),
        "Date de lancement": (THREE, "debut"),
    },
    "who receives, when it is somebody": {
        "Topic": (TITLES, "titre"),
        "Host": (("Anne Roux", "Marc Petit", "Léa Blanc"), "contact"),
    },
    "a launch beside a beginning": {
        "Projet": (TITLES, "titre"),
        "Date de lancement": (("2026-10-01", "2026-10-02", "2026-10-03"), "-"),
        "Date de début": (THREE, "debut"),
    },
    "a group, a telephone and an address in one column": {
        "Initiative": (TITLES, "titre"),
        "Group / organisation": (("Mairie de Nolay", "Le Lien", "Musée de Beaune"), "etablissement"),
        "Tél. / mail": (("03 80 00 00 00 / a@exemple.fr", "b@exemple.fr", "Mme Roux"), "contact"),
        "Mail": (EMAILS, "courriel"),
        "Notes": (("Rappeler la mairie. Vu.", "Attendre. Rien.", "Fait. Classé."), "-"),
        "Note d’intention": (("Lire. Dire.", "Voir. Rire.", "Jouer. Oser."), "description"),
    },
    "themes that are what each meeting is about": {
        "Thème": (("Lire ensemble au collège", "Parler devant tous", "Écrire un journal"), "titre"),
        "Établissement": (SCHOOLS, "etablissement"),
        "Dates": (DAYS, "dates"),
    },
    "themes of ours": {
        "Thème": (("Orientation", "Un autre", "Un troisième"), "themes"),
        "Action": (TITLES, "titre"),
    },
    "who reserved, and until when": {
        "Nom": (("Thomas Petit", "Anne Martin", "Michel Roux"), "contact"),
        "Date échéance": (THREE, "fin"),
        "Partner name": (("Le Lien", "Musée de Beaune", "CIDFF"), "partenaires"),
    },
    "who answered a quiz": {
        "Horodateur": (("2027/03/08 10:00:01",) * 3, "-"),
        "Nom": (("Petit", "Martin", "Roux"), "-"),
        "Prénom": (("Camille", "Alex", "Dominique"), "-"),
    },
}  # fmt: skip


@pytest.mark.parametrize("told", KINDS.values(), ids=KINDS)
def test_each_kind_of_list_says_what_its_columns_hold(told: Told) -> None:
    expected = {heading: "ignore" if champ == "-" else champ for heading, (_, champ) in told.items()}
    assert {one.heading: one.champ.value for one in found(told)} == expected


#: Characters of a remark that are enough to know it.
_BEGINNING = 24


def read_of(folder: Path, rows: list[list[Any]]) -> list[tuple[Any, ...]]:
    """Each action of a list with its first day, then the rows that are none."""
    spool, left = written(folder, rows), LeftOutRows()
    read = [
        (row.title, str(row.starts), " ".join(one.message for one in row.remarks)[:_BEGINNING].rstrip())
        for row in rows_of(spool, tables_of(spool).tables, "2026-2027", left)
    ]
    return [*read, *((one.number, one.why) for one in left.left_out)]


#: A list, and its actions with their days and what is told of them; then what is no action.
SECTIONS: dict[str, tuple[list[list[str]], list[tuple[Any, ...]]]] = {
    "bare days under their month": (
        [
            ["Mois", "Date", "Titre"],
            *(["Mars 2027", "9", "Forum"], ["", "lundi 15", "Café"], ["", "2 mai", "Bal"]),
        ],
        [("Forum", "2027-03-09", ""), ("Café", "2027-03-15", ""), ("Bal", "2027-05-02", "")],
    ),
    "a month in a row of its own": (
        [
            ["Date", "Titre", "Public"],
            ["AVRIL 2027", "", ""],
            ["9", "Forum", "6e"],
            ["12/04", "Café", "5e"],
            ["MAI 2027", "MAI 2027", "MAI 2027"],
            ["3 et 4", "Bal", "4e"],
            ["7 juin 2027", "Jeux", "3e"],
        ],
        [
            ("Forum", "2027-04-09", ""),
            ("Café", "2027-04-12", ""),
            ("Bal", "2027-05-03", ""),
            ("Jeux", "2027-06-07", ""),
            (2, LeftOut.SECTION),
            (5, LeftOut.SECTION),
        ],
    ),
    "bare days below another month, which are of neither for sure": (
        [
            ["Date", "Titre", "Public"],
            *(["MARS 2027"], ["9", "Forum", "6e"], ["Avril 2027", "Défi", "5e"], ["3", "Bal", "4e"]),
        ],
        [
            *(("Forum", "2027-03-09", ""), ("Défi", "2027-04-01", "")),
            *(("Bal", "None", "Il manque le mois : « 3"), (2, LeftOut.SECTION)),
        ],
    ),
    "the month after the one above is of its year, and before it of none we know": (
        [
            ["Date", "Titre", "Public"],
            *(["JANVIER 2027"], ["30", "Forum", "6e"], ["2 février", "Défi", "5e"], ["3", "Bal", "4e"]),
        ],
        [
            *(("Forum", "2027-01-30", ""), ("Défi", "2027-02-02", "")),
            *(("Bal", "None", "Il manque le mois : « 3"), (2, LeftOut.SECTION)),
        ],
    ),
    "bare days below another month, beside a column of months": (
        [["Mois", "Date", "Titre"], ["Mars", "9", "Forum"], ["", "2 mai", "Bal"], ["", "5", "Jeux"]],
        [
            *(("Forum", "2027-03-09", ""), ("Bal", "2027-05-02", "")),
            ("Jeux", "None", "Il manque le mois : « 5"),
        ],
    ),
    "a day in a row of its own, first of its columns": (
        [
            ["Date", "Heure", "Titre", "Public"],
            ["Lundi 8 mars 2027", "", "", ""],
            *(["", "9h", "Forum", "6e"], ["12/03/2027", "14h", "Café", "5e"], ["", "15h", "Bal", "4e"]),
        ],
        [
            *(("Forum", "2027-03-08", ""), ("Café", "2027-03-12", ""), ("Bal", "2027-03-08", "")),
            (2, LeftOut.SECTION),
        ],
    ),
    "a day ends where another time has a row of its own": (
        [
            ["Titre", "Date", "Public"],
            *(["Lundi 8 mars 2027"], ["Forum"], ["Toute l’année"], ["Café", "", "6e"]),
            *(["Mardi 9 mars 2027"], ["Matin"], ["Bal"], ["Dates à définir"], ["Jeux", "", "5e"]),
        ],
        [
            *(("Forum", "2027-03-08", ""), ("Toute l’année", "None", ""), ("Café", "None", "")),
            *(("Matin", "2027-03-09", ""), ("Bal", "2027-03-09", "")),
            *(("Dates à définir", "None", ""), ("Jeux", "None", "")),
            *((2, LeftOut.SECTION), (6, LeftOut.SECTION)),
        ],
    ),
    "prices below the days of a programme are of no day, and are no titles": (
        [
            ["JOUR", "HEURE", "ACTION", "LIEU"],
            *(["LUNDI 8 MARS 2027"], ["", "9h", "Forum", "CDI"], ["TARIFS", "", "PRIX", ""]),
            *(["", "1 place", "30€", ""], ["", "", "1984", "Salle B"]),
        ],
        [
            *(("Forum", "2027-03-08", ""), ("PRIX", "None", "« TARIFS » ne donne pas")),
            *(("30€", "None", "« 30€ » est une somme, p"), ("1984", "None", "")),
            (2, LeftOut.SECTION),
        ],
    ),
    "a part of a day, or a note in its column, ends no day": (
        [
            ["JOUR", "ACTION", "LIEU"],
            *(["LUNDI 8 MARS 2027"], ["TOUTE LA JOURNÉE", "RADIO", "CDI"], ["COMPLET", "Vélo", "Cour"]),
            ["", "Bal", "Cour"],
        ],
        [
            ("RADIO", "None", "« TOUTE LA JOURNÉE » dit"),
            *(("Vélo", "None", "« COMPLET » ne donne pas"), ("Bal", "2027-03-08", "")),
            (2, LeftOut.SECTION),
        ],
    ),
    "a second day of an action, which is none of the next": (
        [["Titre", "Date"], ["Forum", "08/03/2027"], ["", "09/03/2027"], ["Café", ""]],
        [("Forum", "2027-03-08", ""), ("", "2027-03-09", "Il manque le titre de l’"), ("Café", "None", "")],
    ),
    "a year of the few days that have none": (
        [
            ["Titre", "Date", "Année"],
            *([f"Forum {at}", f"0{at}/03/2027", "2027"] for at in range(1, 6)),
            ["Café", "8 mars", "2025"],
        ],
        [
            *((f"Forum {at}", f"2027-03-0{at}", "") for at in range(1, 6)),
            ("Café", "None", "« 8 mars 2025 » est hors"),
        ],
    ),
    "a day, a month and a year, each a number in its column": (
        [
            ["Mois", "Jour", "Année", "Titre"],
            *([str(at), f"{at + 9}", "2027", f"Forum {at}"] for at in range(1, 6)),
        ],
        [(f"Forum {at}", f"2027-0{at}-{at + 9}", "") for at in range(1, 6)],
    ),
    "how many days, and of how many months": (
        [
            ["Mois", "Jours", "Année", "Titre"],
            *([str(at), f"{at + 9}", "2027", f"Forum {at}"] for at in range(1, 6)),
        ],
        [(f"Forum {at}", "None", "") for at in range(1, 6)],
    ),
    "days to be told, beside those of their month": (
        [["Mois", "Jour", "Titre"], ["mars", "9", "Forum"], ["mars", "TBD", "Café"], ["mars", "12", "Bal"]],
        [
            ("Forum", "2027-03-09", ""),
            ("Café", "2027-03-01", "« mars ; TBD » est lu :"),
            ("Bal", "2027-03-12", ""),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "told"), SECTIONS.values(), ids=SECTIONS)
def test_a_month_above_is_that_of_the_days_below(
    tmp_path: Path, rows: list[list[str]], told: list[tuple[Any, ...]]
) -> None:
    assert read_of(tmp_path, rows) == told


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Horaire", "Des jours ont une ligne à eux (« Lundi 8 mars 2027 », ligne 2), et aucune colonne"),
        ("Date", "La ligne 2 ne dit qu’un jour, « Lundi 8 mars 2027 » : la ligne 3, et les autres"),
    ],
)
def test_days_with_a_row_of_their_own_are_told(heading: str, told: str) -> None:
    rows: list[list[Any]] = [
        ["Titre", "Public", heading],
        *(["Lundi 8 mars 2027"], ["Forum", "6e"], ["Mardi 9 mars 2027"], ["Café", "5e"]),
    ]
    table = find_table("", enumerate(rows, 1))
    assert table
    assert [doubt[: len(told)] for doubt in table.doubts] == [told]


@pytest.mark.parametrize(
    ("headings", "actions", "named"),
    [
        (
            ("Action", "Date", "Action", "Date"),
            [1, 1, 2, 2],
            "« Action » (colonne A) et « Action » (colonne C)",
        ),
        (("Action 1", "Date", "Action 3", "Date"), [1, 1, 2, 2], "« Action 1 » et « Action 3 »"),
        (("Action", "Date", "Action 2", "Date"), [1, 1, 2, 2], "« Action » et « Action 2 »"),
        (("Titre", "Titre", "Date", "Date"), [0, 0, 0, 0], ""),
        (("Titre", "Date", "Titre", "Public"), [0, 0, 0, 0], ""),
    ],
)
def test_columns_that_come_back_in_turn_are_of_one_action_each(
    headings: tuple[str, ...], actions: list[int], named: str
) -> None:
    rows: list[list[Any]] = [
        ["Forum", "08/03/2027", "Café des parents", "09/03/2027"],
        ["Défi", "10/03/2027", "Mur des réussites", "12/03/2027"],
    ]
    table = find_table("", enumerate([list(headings), *rows], 1))
    assert table
    assert [one.action for one in table.columns] == actions
    assert (f": {named} deviennent chacun" in "".join(table.doubts)) is any(actions)


def test_a_cell_says_no_more_than_it_does(tmp_path: Path) -> None:
    """Neither the marks of a page, nor that somebody carries what « inconnu » does."""
    headings = ["Titre", "Porteur", "Partenaires", "Lien"]
    told = [
        ["Forum", "Mairie de Nolay", '"Arts &amp; Lettres, Le Lien"', "www.lorient.bzh"],
        ["Café", "N.C.", "", ""],
    ]
    spool = written(tmp_path, [headings, *told])
    forum, cafe = rows_of(spool, tables_of(spool).tables, "2026-2027", LeftOutRows())
    assert (forum.partners, forum.links) == (("Arts & Lettres", "Le Lien"), ("https://www.lorient.bzh",))
    assert (forum.mentions, cafe.mentions) == (("Mairie de Nolay",), ())


def test_a_cell_in_quotes_behind_a_space_is_without_them(tmp_path: Path) -> None:
    spool = written(
        tmp_path, [["Titre", ' "Date"'], ["Forum", ' "08/03/2027" '], ["Café", ' "9; 10 mars 2027"']]
    )
    read = rows_of(spool, tables_of(spool).tables, "2026-2027", LeftOutRows())
    assert [str(row.starts) for row in read] == ["2027-03-08", "2027-03-09"]


def test_quotes_that_people_write_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('titre;etablissement\nForum; "Le Cid" au collège\nCafé; "Clg A"\n', encoding="utf-8")
    assert list(csv_rows(path))[1:] == [["Forum", ' "Le Cid" au collège'], ["Café", ' "Clg A"']]


@pytest.mark.parametrize(
    "rows",
    [
        # closed rows below, by the quote that opens another cell, or never
        'Forum;"Le Cid au collège;1\nCafé;Clg A;2\nSalon;"Clg B; annexe";3\n',
        'Forum;"Le Cid au collège;1\nCafé;Clg A;2\n',
    ],
)
def test_a_quote_that_nobody_closed_swallows_no_row(rows: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"titre;etablissement;n\n{rows}", encoding="utf-8")
    with pytest.raises(RefusedError, match="un guillemet n’y est peut-être pas refermé"):
        list(csv_rows(path))
    path.write_text('titre;etablissement\nForum;"Clg A,\nà Nolay" \n', encoding="utf-8")
    assert list(csv_rows(path))[1] == ["Forum", "Clg A,\nà Nolay "]


def test_what_programs_write_for_nothing_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Titre,Commune,Jour\nForum,NULL,nan\nNull et non avenu,#N/A,\n", encoding="utf-8")
    read = [["Titre", "Commune", "Jour"], ["Forum", "", ""], ["Null et non avenu", "", ""]]
    assert list(csv_rows(path)) == read


def test_texts_of_many_lines_part_no_table() -> None:
    lines = "un, deux\n" * 9
    assert separator_of("Projet;Description\n" + f'Forum;"{lines}"\nCafé;"{lines}"\n') == ";"


def test_what_people_write_for_nothing_is_nothing(tmp_path: Path) -> None:
    rows = [["Titre", "Description", "Lien"], ["Forum", "Non précisé", "N/A"], ["Non renseignée", "Bal", ""]]
    spool = written(tmp_path, rows)
    first, second = rows_of(spool, tables_of(spool).tables, "2026-2027", LeftOutRows())
    assert (first.description, first.links, first.remarks) == ("", (), [])
    assert [one.message for one in second.remarks] == ["Il manque le titre de l’action."]


def test_a_word_of_people_that_is_a_code_of_ours_is_no_theme() -> None:
    assert themes_of("Éducation / Formation")[0] == ()
    assert themes_of("Formation des équipes, Culture")[0] == (CodeTheme.FORMATION, CodeTheme.CULTURE)


def test_lines_that_end_on_a_carriage_return_alone_are_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'Titre,Dates (8; 9),Lieu\rForum,"8; 9 mars","A, ""B"""\rBal,"10; 11; 12 mars",C\r')
    assert [row[1] for row in csv_rows(path)] == ["Dates (8; 9)", "8; 9 mars", "10; 11; 12 mars"]


def test_rows_cut_short_are_parted_as_their_headings() -> None:
    assert (
        separator_of("Titre;Date;Lieu\nForum, débat;8 mars\nCafé, thé;9 mars;Dijon\nJeu, bal;10 mars\n")
        == ";"
    )
    assert (
        separator_of("Titre,Niveaux,Date,Lieu\nForum,6e;5e\nCafé,4e;3e,9 mars\nBal,2de;1re,3 mai,Nolay\n")
        == ","
    )


def test_a_town_is_a_commune_as_its_arrondissements_are() -> None:
    assert _as_said("lyon-5e-arrondissement") == (
        *("lyon-5e-arrondissement", "lyon", "lyon-5e", "lyon-5eme", "lyon-5", "lyon-05"),
    )
    assert "lyon-1er" in _as_said("lyon-1er-arrondissement")
    assert _as_said("nolay") == ("nolay",)


def test_an_empty_heading_begins_with_no_word() -> None:
    table = find_table(
        "", enumerate([["", "csvDate", "csvTitre", "csvLieu"], ["1", THREE[0], "Forum", "Ici"]], 1)
    )
    assert table
    assert [one.champ for one in table.columns][:2] == [Champ.DATES, Champ.TITRE]


def test_of_sheets_that_say_nothing_sure_those_of_one_kind_are_read_together(tmp_path: Path) -> None:
    call = (("Bourse", "Somme"), ("Verger du quartier", 120), ("Fanfare", 80))
    other = (("Code", "Couleur"), (1, "bleu"), (2, "vert"))
    path, spool = tmp_path / "liste.xlsx", tmp_path / "spool"
    nasty.xlsx(call, sheets={"2025": call, "Légende": other})(path)
    unpack(path, spool)
    found = tables_of(spool)
    assert [table.sheet for table in found.tables] == ["Sheet", "2025"]
    assert found.notes[0].startswith("Feuille qui ne dit pas ce que sont des actions, non lue : « Légende ».")

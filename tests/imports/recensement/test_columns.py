"""What each column of a table holds, by heading and cells: one invented table for each kind of list."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from accroche.imports.recensement.assemblage import Assemblage
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.choix import ChoiceError, chosen_columns
from accroche.imports.recensement.columns import Column, recognise
from accroche.imports.recensement.contenu import cases_of
from accroche.imports.recensement.especes import Espece, espece
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.table import BY_HAND, Absence, LeftOut, Table, find_table, lines
from accroche.imports.recensement.tables import Tables
from tests.factories import make_uai

COMMUNES = frozenset({"dijon", "beaune", "nolay"})
STAMPS = ("2026-11-03 09:12:44", "2026-11-04 17:40:02", "2026-11-05 08:01:17")
DAYS = ("18/03/2027", "du 8 au 12 mars 2027", "toute l’année")
SCHOOLS = ("Collège Marcelle Pardé", "Lycée Le Castel", "École Jules Ferry")
TITLES = ("Forum des métiers", "Café des parents", "Visite d’entreprise")
#: What a column holds, by its heading: its cells, then the field; « - »: left aside.
Told = dict[str, tuple[tuple[Any, ...], str]]
LISTS: dict[str, Told] = {
    "an agenda of a town": {
        "Nom": (TITLES, "titre"),
        "Catégorie": (("Sortie", "Atelier", "Sortie"), "-"),
        "Lieu": (("Salle Polyvalente", "Place du Marché", "Parc des Sources"), "lieu"),
        "Adresse": (("1 rue Verte, 21000 Dijon", "2 quai Bleu", "3 place Rouge"), "-"),
        "Code postal": (("21000", "21200", "21340"), "-"),
        "Ville": (("Dijon", "Beaune", "Nolay"), "commune"),
        "Coordonnées": (("47.32, 5.04", "47.02, 4.83", "46.95, 4.63"), "-"),
        "Horaires": (("10h-12h", "14h", "9h30"), "-"),
        "Tarif": (("Gratuit", "5 €", "Gratuit"), "-"),
        "Site web": (("https://exemple.fr/a", "https://exemple.fr/b", "https://exemple.fr/c"), "liens"),
        "Affiche": (("a.jpg", "b.jpg", "c.png"), "-"),
    },
    "an agenda a program writes": {
        "uid": ((101, 102, 103), "-"),
        "title_fr": (TITLES, "titre"),
        "title_en": (("Careers fair", "Parents’ café", "A visit"), "-"),
        "longdescription_fr": (("<p>Un</p>", "<p>Deux</p>", "<p>Trois</p>"), "description"),
        "updatedat": (STAMPS, "-"),
        "firstdate_begin": (("2027-03-18T09:00:00+01:00",) * 3, "debut"),
        "lastdate_end": (("2027-03-18T12:00:00+01:00",) * 3, "fin"),
        "timings": (('[{"begin": "2027"}]',) * 3, "-"),
        "location_name": (SCHOOLS, "etablissement"),
        "location_city": (("Dijon", "Dijon", "Beaune"), "commune"),
        "location_postalcode": ((21000, 21000, 21200), "-"),
        "image": (("https://exemple.fr/1.jpg",) * 3, "-"),
        "status": ((1, 1, 1), "-"),
    },
    "answers to a form": {
        "ID de la réponse": ((12, 13, 14), "-"),
        "Date de soumission": (STAMPS, "-"),
        "Heure de début": (STAMPS, "-"),
        "Adresse de messagerie": (("a@exemple.fr", "b@exemple.fr", "c@exemple.fr"), "courriel"),
        "Votre établissement": (SCHOOLS, "etablissement"),
        "Quel est le titre de votre action ?": (TITLES, "titre"),
        "Décrivez votre action en quelques lignes": (("Un texte", "Un autre", "Un dernier"), "description"),
        "À quelle date aura lieu votre action ?": (DAYS, "dates"),
        "Combien d’élèves sont concernés ?": (("environ 120", "40", "deux classes"), "effectif"),
        "Acceptez-vous d’être recontacté ?": (("Oui", "Oui", "Non"), "-"),
    },
    "a list of projects": {
        "numero_dossier": (("P-1", "P-2", "P-3"), "-"),
        "nom_du_projet": (TITLES, "titre"),
        "porteur_projet": (("Mission locale", "Mairie de Nolay", "Centre social"), "etablissement"),
        "dateDebut": ((dt.date(2027, 3, 1),) * 3, "debut"),
        "dateFin": ((dt.date(2027, 3, 5),) * 3, "fin"),
        "budget_total": ((1200, 3000, 800), "-"),
        "statut": (("retenu", "refusé", "retenu"), "-"),
        "Nb de participants": ((40, 60, 28), "effectif"),
    },
    "kinds of events, not of schools": {
        "Événement": (TITLES, "titre"),
        "Type": (("Rencontre / débat", "Agenda / Mes sorties", "Exposition"), "-"),
        "Public": (("2nd degré", "1er degré", "2nd degré"), "niveaux"),
        "mois": (("octobre 2026", "mai 2027", "mars 2027"), "mois"),
        "dates": (("10 au 25", "", "toute l’année"), "dates"),
        "Structure": (SCHOOLS, "etablissement"),
        "Niveau": (("Facile", "Difficile", "Facile"), "-"),
    },
    "kinds of schools": {
        "Type": (("École élémentaire", "Collège", "Lycée professionnel"), "type"),
        "Nom": (("École Jules Ferry", "Collège Pardé", "Lycée Rostand"), "etablissement"),
        "Intitulé": (TITLES, "titre"),
        "Durée": (("2h", "3 mois", "une journée"), "-"),
        "Département": (("21", "21", "58"), "-"),
        "Circonscription": (("Beaune", "Dijon Sud", "Nevers"), "-"),
        "Académie": (("Dijon", "Dijon", "Dijon"), "academie"),
    },
    "codes of schools under any heading": {
        "Réf.": (tuple(make_uai(number) for number in (1, 2, 3)), "uai"),
        "Initiative": (TITLES, "titre"),
        "Lieu": (("Dijon", "Beaune", "Nolay"), "commune"),
        "Date": (STAMPS, "-"),
        "Jour de l’action": (DAYS, "dates"),
    },
    "days in numbered columns": {
        "Titre": (TITLES, "titre"),
        "Jour 1": (("lundi 15 mars 2027 de 10h à 12h",) * 3, "debut"),
        "Jour 2": (("mardi 16 mars 2027",) * 3, "-"),
        "Jour 3": (("mercredi 17 mars 2027",) * 3, "fin"),
    },
    "days told twice": {
        "Titre": (TITLES, "titre"),
        "date": (DAYS, "-"),
        "date_debut": (("2027-03-08", "2027-03-09", "2027-03-10"), "debut"),
        "date_fin": (("2027-03-08", "2027-03-09", "2027-03-10"), "fin"),
    },
    "a calendar a site exports": {
        "Event Name": (TITLES, "titre"),
        "Event Start Date": (("2027-03-18", "2027-03-19", "2027-03-20"), "debut"),
        "Event Start Time": (("10:00", "11:00", "14:00"), "-"),
        "Event End Date": (("2027-03-18", "2027-03-19", "2027-03-20"), "fin"),
        "venue_name": (("Salle Polyvalente", "Place du Marché", "Parc des Sources"), "lieu"),
        "venue_city": (("Dijon", "Beaune", "Nolay"), "commune"),
        "organizer_name": (("Mission locale", "Mairie de Nolay", "Centre social"), "etablissement"),
        "prix": (("Gratuit", "5 €", "Gratuit"), "-"),
        "tags": (("vin", "jeu", "vin"), "-"),
    },
    "questions with their numbers": {
        "G1Q1. Nom de l’établissement": (SCHOOLS, "etablissement"),
        "Q2 - Commune": (("Dijon", "Dijon", "Beaune"), "commune"),
        "Q3. Titre de l’action": (TITLES, "titre"),
        "Q4. Date de démarrage": (DAYS, "debut"),
        "Q5. Structures partenaires": (("CAF", "Mission locale", "CAF"), "partenaires"),
        "Q6. Lieu de déroulement": (("Gymnase", "Au collège", "Parc"), "lieu"),
    },
    "one answer of several to a question": {
        "Date de soumission": (STAMPS, "-"),
        "Nom de l’école ou de l’établissement": (SCHOOLS, "etablissement"),
        "Dans quelle commune ?": (("Dijon", "Beaune", "Nolay"), "commune"),
        "Pouvez-vous nous la décrire ?": (("Un texte", "Un autre", "Un dernier"), "description"),
        "Quels niveaux ? [Maternelle]": (("Non", "Non", "Oui"), "premier_degre"),
        "Quels niveaux ? [Élémentaire]": (("Oui", "Non", "Non"), "premier_degre"),
        "Quels niveaux ? [Collège]": (("Non", "Oui", "Non"), "college"),
        "Partenaires [Collège]": (("Oui", "Non", "Non"), "partenaires"),
        "L’action a lieu : [Date de début]": (("2026-11-02 00:00:00",) * 3, "debut"),
        "L’action a lieu : [Date de fin]": (("2026-11-06 00:00:00",) * 3, "fin"),
        "Rôle [Nom]": (("Petit", "Martin", "Roux"), "-"),
        "Titre du média": (TITLES, "titre"),
        "Votre nom et votre fonction": (("Mme Petit, CPE", "M. Roux", "Mme Roy"), "contact"),
        "Calendrier de réalisation": (DAYS, "-"),
    },
    "the name beside the hour of an answer is who answered": {
        "Heure de début": (STAMPS, "-"),
        "Nom": (("Camille Petit", "Alex Martin", "Do Roux"), "-"),
        "Public": (("tous", "tous", "6e"), "public"),
        "Calendrier prévu": (DAYS, "dates"),
    },
    "the same title on many rows, when nothing says more": {
        "Établissement": ((*SCHOOLS, "École Verte", "École Bleue", "École Rouge"), "etablissement"),
        "Événement": (("Portes ouvertes",) * 6, "titre"),
        "Catégorie": (("Sortie", "Atelier") * 3, "-"),
    },
    "places, two in three of which are schools": {
        "Subject": (TITLES, "titre"),
        "Location": (("Lycée Le Castel, Dijon", "Collège Pardé", "Dijon"), "etablissement"),
    },
    "a calendar of machines": {
        "DTSTART": (("20270318T090000Z", "20270319T140000Z", "20270320"), "debut"),
        "DTEND": (("20270318T110000Z", "20270319T150000Z", "20270320"), "fin"),
        "SUMMARY": (TITLES, "titre"),
        "DESCRIPTION": (("Un texte", "Un autre", "Un dernier"), "description"),
    },
    "tasks of a planner, whom people carry": {
        "Task Name": (TITLES, "titre"),
        "Attribué à": (("Anne Le Goff", "Marc Roux", "Léa Martin"), "contact"),
        "Porteur(s)": (("Roux Marc", "Petit Lise, Vert Eva", "Léa Martin"), "-"),
        "Date de début": (("08/03/2027", "09/03/2027", "10/03/2027"), "debut"),
        "Due date": (("2027-03-09T16:00:00Z", "2027-03-10T16:00:00Z", "2027-03-12T16:00:00Z"), "fin"),
        "Catégories": (("école", "école; stage", "école"), "-"),
        "Labels": (("Vert", "Rouge", "Bleu"), "-"),
    },
    "people who carry projects, in lists that say it otherwise": {
        "Projet": (TITLES, "titre"),
        "Porteur(s) du projet": (("Roux Marc", "Petit Lise, Vert Eva", "Jean-Marc Roy"), "contact"),
        "Unité/Comité": (("COMITÉ JEUNESSE", "UNITÉ SOCIALE", "COMITÉ SPORT"), "etablissement"),
        "Emplacement": (("Rectorat, salle 2", "Mairie de Nolay", "Musée Rolin"), "lieu"),
        "Passage": (("lundi 8 mars 2027", "mardi 9 mars 2027 à 14h", "jeudi 11 mars"), "dates"),
    },
    "an agenda of rooms, whose title is what describes it shortly": {
        "Début": (("08/03/2027 09:00", "09/03/2027 14:00", "10/03/2027 10:00"), "debut"),
        "Brève description": (TITLES, "titre"),
        "Description complète": (("Élèves de 3e.", "Des parents viennent.", "Au CDI."), "description"),
    },
    "days, months and years in columns of their own": {
        "title": (TITLES, "titre"),
        "day": ((2, 15, 24), "dates"),
        "month": (("Nov", "Oct", "Juin"), "mois"),
        "year": ((2020, 2020, 2021), "mois"),
        "meetupLink": (("https://exemple.fr/a", "https://exemple.fr/b", "https://exemple.fr/c"), "liens"),
        "videoLink": (("https://exemple.fr/d", "", "https://exemple.fr/f"), "liens"),
    },
    "schools that bear somebody’s name, under who carries": {
        "Projet": (TITLES, "titre"),
        "Établissement porteur": (("Jean Moulin", "Victor Hugo", "Louise Michel"), "etablissement"),
    },
    "who receives, and no title": {
        "nom": (("Mairie de Nolay", "Syndicat mixte des Sources", "Association Graines"), "etablissement"),
        "commune_code": (("", "", ""), "-"),
        "année": ((2026, 2027, 2027), "-"),
    },
    "who answered is no title": {
        "Nom": (("Petit", "Martin", "Roux"), "-"),
        "Prénom": (("Camille", "Alex", "Dominique"), "-"),
        "Action": (TITLES, "titre"),
    },
}  # fmt: skip


def found(told: Told) -> list[Any]:
    """The columns of a table of these cells."""
    rows: list[tuple[int, list[Any]]] = [
        (1, list(told)),
        *(
            (number, list(cells))
            for number, cells in enumerate(zip(*(one[0] for one in told.values()), strict=True), 2)
        ),
    ]
    table = find_table("", rows, communes=COMMUNES)
    assert table
    return list(table.columns)


@pytest.mark.parametrize("told", LISTS.values(), ids=LISTS)
def test_each_kind_of_list_says_what_its_columns_hold(told: Told) -> None:
    columns = found(told)
    expected = {heading: "ignore" if champ == "-" else champ for heading, (_, champ) in told.items()}
    assert {one.heading: one.champ.value for one in columns} == expected
    assert all(one.reason for one in columns), "each says why"
    assert all(one.score >= 50 for one in columns if one.champ is not Champ.IGNORE)


def test_a_row_of_cells_is_no_second_line_of_headings() -> None:
    told = LISTS["a calendar a site exports"]
    rows = [(1, [*told, "", ""]), (2, [cells[0] for cells, _ in told.values()]), (3, ["Autre", "2027-03-20"])]
    table = find_table("", [(number, list(cells)) for number, cells in rows])
    assert table
    assert table.heading_row == 1


def test_headings_that_say_when_and_where_alone_are_headings_all_the_same() -> None:
    rows: list[list[Any]] = [
        ["Catégorie", "", "DateDebut", "DateFin", "Ville"],
        ["Seniors", "1re division", dt.date(2027, 3, 8), dt.date(2027, 3, 9), "Dijon"],
        ["Seniors", "2e division", dt.date(2027, 3, 10), dt.date(2027, 3, 11), "Beaune"],
    ]
    table = find_table("", enumerate(rows, 1), communes=COMMUNES)
    assert table
    assert (table.heading_row, table.looks_right) == (1, False)
    assert [one.champ for one in table.columns] == [Champ.IGNORE, Champ.DEBUT, Champ.FIN, Champ.COMMUNE]


def test_reasons_are_sentences_people_read() -> None:
    told = {one.heading: one.reason for one in found(LISTS["kinds of events, not of schools"])}
    assert told["Événement"] == "d’après le mot « Événement » et 3 textes courts, tous différents"
    assert told["Structure"] == "d’après l’en-tête et 3 textes courts, tous différents"
    assert told["Niveau"].startswith("l’en-tête ferait penser à « Niveaux », mais les cases sont autre chose")
    assert {one.heading: one.reason for one in found(LISTS["days told twice"])}["date"] == (
        "le premier et le dernier jour ont chacun leur colonne"
    )


def test_a_number_of_another_tool_never_points_at_our_sheets() -> None:
    told = recognise(["ID", "Titre"], held=cases_of([[1, "Forum"], [2, "Café"]]))
    assert [one.champ for one in told] == [Champ.IGNORE, Champ.TITRE]
    ours = recognise(
        ["Identifiant", "Version", "État", "Titre de l’action"], held=cases_of([[1, 1, "À relire", 1984]])
    )
    assert [one.champ for one in ours] == [Champ.IDENTIFIANT, Champ.VERSION, Champ.ETAT, Champ.TITRE]


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("18/03/2027", Espece.DAY),
        ("10 au 25", Espece.DAY),
        ("2027-03-18T09:00:00+01:00", Espece.DAY),
        ("Semaine de la persévérance scolaire", Espece.DAY),
        (dt.datetime.fromisoformat("2026-11-03T09:12:44"), Espece.STAMP),
        ("03/11/2026 09:12", Espece.STAMP),
        ("Journée du 8 mars : égalité", Espece.WORDS),
        ("14h30", Espece.HOUR),
        ("2h", Espece.HOUR),
        ("21000", Espece.POSTAL),
        ("1 200,50", Espece.NUMBER),
        ("50 €", Espece.MONEY),
        ("47.3,5.0412", Espece.COORDINATES),
        ("06 12 34 56 78", Espece.PHONE),
        ("www.exemple.fr", Espece.URL),
        ("affiche.jpg", Espece.FILE),
        ("[{'text': 'x'}]", Espece.DATA),
        ("IFS-2023-001", Espece.CODE),
        ("oui", Espece.TICK),
        ("A", Espece.WORDS),
        ("mot " * 40, Espece.PROSE),
    ],
)  # fmt: skip
def test_what_a_cell_is(cell: Any, what: Espece) -> None:
    text = cell.strip() if isinstance(cell, str) else str(cell)
    assert espece(cell, text) is what


def table_of(*headings: str) -> Tables:
    table = find_table("F", [(1, list(headings)), (2, ["Un", "Deux", "Trois", "Quatre"])])
    assert table
    return Tables((table,), ())


def test_columns_are_named_by_hand_by_letter_or_heading() -> None:
    tables = table_of("Quoi", "Titre", "Notes", "Qui ?")
    chosen = chosen_columns(tables, ["titre=A", "Établissement=Qui ?", "description=F!C"]).tables[0]
    assert [one.champ.value for one in chosen.columns] == ["titre", "ignore", "description", "etablissement"]
    assert [one.reason for one in chosen.columns][:2] == [
        BY_HAND,
        "« Titre de l’action » est déjà dit par la colonne A",
    ]
    assert chosen.missing == ()
    several = chosen_columns(table_of("École", "Action 1", "Action 2"), ["ignore=Action 2"]).tables[0]
    assert [one.champ.value for one in several.columns][1:] == ["titre", "ignore"]
    assert table_of("Rouge", "Vert", "Bleu", "Gris").tables[0].missing == (Absence.TITLE, Absence.CARRIER)
    for wrong, words in (
        ("titre", "champ=colonne"),
        ("titres=A", "champ=colonne"),
        ("titre=Z", "A « Quoi »"),
    ):
        with pytest.raises(ChoiceError, match=words):
            chosen_columns(tables, [wrong])


def test_a_title_that_begins_with_total_is_no_total() -> None:
    table = find_table("", [(1, ["Titre", "Établissement", "Date"])])
    assert table
    rows: list[tuple[int, list[Any]]] = [
        (2, ["Total respect : journée contre le harcèlement", "Collège 12", "09/03/2027"]),
        (3, ["TOTAL FESTUM", None, "10/03/2027"]),
        (4, ["Moyenne", "Collège Lazare Carnot", None]),
        (5, ["TOTAL", None, 3]),
        (6, ["Sous-total", "12 actions", "3,5"]),
    ]
    left: list[tuple[int, LeftOut]] = []
    assert [number for number, _ in lines(table, iter(rows), left)] == [2, 3, 4]
    assert left == [(5, LeftOut.TOTAL), (6, LeftOut.TOTAL)]


def values(**columns: tuple[str, Any]) -> dict[Champ, Any]:
    """What a row of these columns says: a name of the field, its heading and its cell."""
    champs = [Champ(name.rstrip("_")) for name in columns]
    table = Table(
        "", 1, tuple(Column(at, columns[name][0], champs[at], 100) for at, name in enumerate(columns))
    )
    return Assemblage(table).values([cell for _, cell in columns.values()])


@pytest.mark.parametrize(
    ("month", "days", "dates"),
    [
        ("octobre 2026", "10 au 25", "10 au 25 octobre 2026"),
        (dt.date(2026, 10, 1), "10 au 25", "10 au 25 octobre 2026"),
        ("mai 2027", None, "mai 2027"),
        ("mars 2027", "toute l’année", "mars 2027 ; toute l’année"),
        ("mars", "8 et 9 mars", "8 et 9 mars"),
    ],
)
def test_a_month_and_its_days_in_two_columns_are_put_together(month: Any, days: Any, dates: str) -> None:
    assert values(mois=("Mois", month), dates=("Dates", days))[Champ.DATES] == dates


@pytest.mark.parametrize(
    ("dates", "year", "told"),
    [
        ({"Date": "12 mars"}, 2027, ["2027-03-12"] * 2),
        ({"Début": "30 déc.", "Fin": "2 janvier 2027"}, 2026, ["2026-12-30", "2027-01-02"]),
        ({"Date": ""}, 2026, ["None"] * 2),
    ],
)
def test_days_have_the_year_that_is_beside_them(dates: dict[str, str], year: int, told: list[str]) -> None:
    cells: list[Any] = ["Forum des métiers", *dates.values(), year]
    other: list[Any] = ["Café des parents", *(day and "14 mars" for day in dates.values()), year]
    table = find_table("", enumerate([["Action", *dates, "Année"], cells, other], 1))
    assert table
    row = RowReader(table, "2026-2027").read(2, cells)
    assert [str(row.starts), str(row.ends)] == told
    # never this year’s in silence
    assert RowReader(table, "2027-2028").read(2, cells).is_blocked is (told[0] != "None")


def test_descriptions_are_put_together_without_what_pages_are_made_of() -> None:
    told = values(
        description=("description_fr", "Un atelier avec des p…"),
        description_=(
            "longdescription_fr",
            "<p>Un atelier avec des professionnels.</p><li>R&amp;D</li>",
        ),
        description__=("Objectifs", "Choisir sa voie"),
    )
    assert told[Champ.DESCRIPTION] == (
        "Un atelier avec des professionnels.\n\n• R&D\n\nObjectifs : Choisir sa voie"
    )
    marked = values(description=("text", "Un **atelier**"), description_=("text_md", "Un atelier"))
    assert marked[Champ.DESCRIPTION] == "Un **atelier**"
    assert values(titre=("Titre", "R&D < 2 & co"))[Champ.TITRE] == "R&D < 2 & co"
    calendar = values(description=("DESCRIPTION", r"\n\nSalle 12\, au fond\n"))
    assert str(calendar[Champ.DESCRIPTION]).strip() == "Salle 12, au fond"


def test_a_level_is_ticked_in_any_of_its_columns() -> None:
    for cells, ticked in ((("Non", "Oui"), "Oui"), (("x", ""), "x"), (("Non", "Non"), "Non")):
        told = values(
            premier_degre=("Maternelle", cells[0]),
            premier_degre_=("Élémentaire", cells[1]),
        )
        assert told[Champ.PREMIER_DEGRE] == ticked


@pytest.mark.parametrize(
    ("begin", "end", "read"),
    [
        (("11/18/2026", "11/09/2026"), ("11/10/2026", "11/09/2026"), "09/11/2026"),
        (("18/11/2026", "11/09/2026"), ("18/11/2026", "12/09/2026"), "11/09/2026"),
        (("18/11/2026", "11/09/2026"), ("11/18/2026", "12/09/2026"), "11/09/2026"),
    ],
)
def test_one_day_tells_that_the_month_is_written_first(begin: Any, end: Any, read: str) -> None:
    rows = [[TITLES[at], begin[at], end[at]] for at in (0, 1)]
    table = find_table("", [(1, ["Titre", "Début", "Fin"]), (2, rows[0]), (3, rows[1])])
    assert table
    assert Assemblage(table).values(rows[1])[Champ.DEBUT] == read
    assert ("mois écrit avant le jour" in table.columns[1].reason) is (read != begin[1])

"""Headings read by their parts, answers that have a column each, and what cells say against a heading."""

from __future__ import annotations

from typing import Any

import pytest

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.table import find_table
from accroche.imports.recensement.tables import Tables, as_json, from_json
from tests.imports.recensement.test_columns import COMMUNES, DAYS, SCHOOLS, STAMPS, TITLES, Told, found

SENTENCES = ("Tutorat, visites et ateliers.", "Stages en laboratoire.", "Défis robotiques.")
EMAILS = ("a@exemple.fr", "b@exemple.fr", "c@exemple.fr")
PEOPLE = ("Mme Roche, directrice", "M. Girard, professeur", "Mme Joly")
YES_NO = ("Oui", "Non", "Oui")
KINDS: dict[str, Told] = {
    "answers that have a column each": {
        "Établissement": (SCHOOLS, "etablissement"),
        "Titre": (TITLES, "titre"),
        "Niveaux concernés [6e]": (YES_NO, "niveaux"),
        "Niveaux concernés [5e]": (("Y", "N", "Y"), "niveaux"),
        "Public visé [Élèves de 3e]": ((1, 0, 0), "niveaux"),
        "Public visé [Parents]": ((0, 0, 1), "public"),
        "Partenaires/Mairie": (("1", "0", "0"), "partenaires"),
        "Partenaires/CCI": (("", "", ""), "partenaires"),
        "Thématiques [Orientation]": (("Orientation", "", ""), "themes"),
        "Validation [Dossier complet]": (YES_NO, "-"),
    },
    "the name of what nobody thought of": {
        "Nom_du_POI": (TITLES, "titre"),
        "Code_postal_et_commune": (("21000#Dijon", "21200#Beaune", "21340#Nolay"), "commune"),
        "Periodes_regroupees": (
            ("2027-01-22<->2027-01-23", "2027-03-08<->2027-03-12|2027-03-15<->2027-03-16", "2027-01-21"),
            "dates",
        ),
        "Nom du bénéficiaire / Beneficiary name": (SCHOOLS, "etablissement"),
        "Nom de l’instructeur": (("Petit", "Martin", "Roux"), "-"),
        "Nom de la rue": (("Rue Verte", "Quai Bleu", "Place Rouge"), "-"),
    },
    "headings of which a part says more": {
        "Stand / atelier": (TITLES, "titre"),
        "Action – Date": (DAYS, "dates"),
        "Comité – Date": (("01/02/2027", "02/02/2027", "03/02/2027"), "-"),
        "Contact public – e-mail": (EMAILS, "courriel"),
        "2. École": (SCHOOLS, "etablissement"),
        "4.1) Nombre d’élèves": ((12, 30, 25), "effectif"),
    },
    "a form in English": {
        "Timestamp": (STAMPS, "-"),
        "Email Address": (EMAILS, "courriel"),
        "What is the name of your event?": (TITLES, "titre"),
        "Please describe your event": (("One", "Two", "Three"), "description"),
        "When will it take place?": (
            ("March 9, 2027", "March 8, 2027 → March 12, 2027", "10 May 2027"),
            "dates",
        ),
        "Which school?": (SCHOOLS, "etablissement"),
        "How many students?": ((12, 30, 25), "effectif"),
        "Grades involved": (("2de, 1re", "6e", "Tle"), "niveaux"),
        "Partner organizations": (("Rotary club", "", "CCI"), "partenaires"),
    },
    "schools under their kind alone": {
        "Collège": (("Henri Morat", "Les Trois Rivières", "Jean Mermoz"), "etablissement"),
        "Action": (TITLES, "titre"),
        "Lycée": (("x", "", "x"), "lycee"),
    },
    "people under « Porteur », the school under its code": {
        "UAI": (("0211526V", "0711052H", "0891168L"), "uai"),
        "Dénomination": (("E.E.PU LAZARE CARNOT", "CLG PASTEUR", "LGT PIERRE LAROUSSE"), "etablissement"),
        "Nom du projet": (TITLES, "titre"),
        "Porteur de projet (nom, fonction)": (PEOPLE, "contact"),
        "Date du comité": (("12/05/2027",) * 3, "-"),
    },
    "kinds of organisers, who name nobody": {
        "Titre": (TITLES, "titre"),
        "Organisateur": (("mairie", "association", "bar"), "-"),
        "Date": (("04/12/2026", "05/12/2026", "06/12/2026"), "debut"),
        "Fin": (("", "20/12/2026", ""), "fin"),
    },
    "what is done in sentences, beside its name": {
        "Nom de la cordée": (TITLES, "titre"),
        "Établissement tête de cordée": (SCHOOLS, "etablissement"),
        "Actions menées": (SENTENCES, "description"),
    },
    "what is done in sentences, and no name": {
        "Établissement": (SCHOOLS, "etablissement"),
        "Actions menées": (SENTENCES, "titre"),
    },
    "unknown headings whose cells say what they are": {
        "Titre": (TITLES, "titre"),
        "Collège bénéficiaire": (SCHOOLS, "etablissement"),
        "libelle_nature": (("COLLEGE", "LYCEE", "ECOLE"), "type"),
        "Encadrement": (PEOPLE, "contact"),
        "Répondre à": (EMAILS, "courriel"),
        "Joignable au": (("03 80 11 22 33", "03 80 11 22 34", "03 80 11 22 35"), "telephone"),
        "Planification": (("du 8 au 12 mars 2027", "toute l’année", "jeudi 11 mars 2027"), "dates"),
        "Tranche": (("6e et 5e", "CM2", "2de pro"), "niveaux"),
        "Propos": (("mot " * 40, "autre " * 40, "texte " * 40), "description"),
    },
    "unknown headings whose cells may be several things": {
        "Titre": (TITLES, "titre"),
        "Notifié": (("12/11/2026", "13/11/2026", "14/11/2026"), "-"),
        "Secteur": (("Dijon", "Beaune", "Nolay"), "-"),
        "Suivi": (("À relancer", "Clos", "En attente"), "-"),
    },
    "a form that talks": {
        "Bonjour ! Quel est le nom de votre établissement ?": (SCHOOLS, "etablissement"),
        "Comment s’appelle votre action ?": (TITLES, "titre"),
        "En quoi consiste-t-elle ?": (("Un", "Deux", "Trois"), "description"),
        "C’est pour quand ?": (DAYS, "dates"),
        "Avec qui ?": (("Mairie", "CCI", ""), "partenaires"),
        "Qui est concerné ?": (("des parents", "les familles", "le quartier"), "public"),
        "Un mail pour vous joindre ?": (EMAILS, "courriel"),
    },
    "schools that benefit, an activity that was chosen": {
        "Atelier choisi": (TITLES, "titre"),
        "Écoles bénéficiaires": (SCHOOLS, "etablissement"),
        "Adresse académique": (EMAILS, "courriel"),
        "Full description": (("Un", "Deux", "Trois"), "description"),
        "Kick-off": (("2026-10-05", "2027-03-01", "2026-11-06"), "debut"),
        "Wrap-up": (("2027-06-11", "2027-06-30", "2027-05-28"), "fin"),
    },
    "headings that say when, who and how many in other words": {
        "Qui": (SCHOOLS, "etablissement"),
        "Quoi": (TITLES, "titre"),
        "Où": (("Dijon", "Beaune", "Nolay"), "commune"),
        "Début prévu": (("septembre 2026", "novembre 2026", "janvier 2027"), "debut"),
        "Début des inscriptions": (("01/12/2026", "02/12/2026", "03/12/2026"), "-"),
        "Élèves": ((12, 30, 25), "effectif"),
        "Destinataires": (("familles", "", "parents"), "public"),
        "Valorisation (lien)": (("https://exemple.fr/a", "", "https://exemple.fr/c"), "liens"),
    },
    "a table of a program": {
        "post_title": (TITLES, "titre"),
        "post_date": (STAMPS, "-"),
        "begins_on": (("2027-02-06T13:00:00Z",) * 3, "debut"),
        "ends_on": (("2027-02-06T16:00:00Z",) * 3, "fin"),
        "organisateur_nom": (("Info jeunes", "Ville de Mâcon", "FCPE"), "etablissement"),
        "organisateur_ville": (("Dijon", "Beaune", "Nolay"), "-"),
        "_EventURL": (("https://exemple.fr/a", "https://exemple.fr/b", "https://exemple.fr/c"), "liens"),
    },
    "the first and the last of several days, as OpenAgenda writes them": {
        "Titre": (TITLES, "titre"),
        "Première date - Début": (("2027-01-21T18:00:00+01:00",) * 3, "debut"),
        "Première date - Fin": (("2027-01-21T20:00:00+01:00",) * 3, "-"),
        "Dernière date - Début": (("2027-03-10T09:00:00+01:00",) * 3, "-"),
        "Dernière date - Fin": (("2027-03-10T12:00:00+01:00",) * 3, "fin"),
    },
    "words cut short, and headings of which one word is proved by the cells": {
        "projectName": (TITLES, "titre"),
        "nbStudents": ((12, 30, 25), "effectif"),
        "Coordinator’s city": (("Dijon", "Beaune", "Nolay"), "commune"),
        "Coordinator’s website": (("https://exemple.fr/a", "", "https://exemple.fr/c"), "liens"),
        "Juridiction organisatrice": (("Tribunal judiciaire", "Cour d’appel", "Barreau"), "etablissement"),
        "Année des élèves": ((2026, 2025, 2024), "-"),
        "Part de jeunes": ((40, 30, 25), "-"),
    },
    "sections of a form before each heading": {
        "Identification > Commune": (("Dijon", "Beaune", "Nolay"), "commune"),
        "Projet > Intitulé": (TITLES, "titre"),
        "libelle_nature": (("COLLEGE", "LYCEE", "ECOLE"), "type"),
        "émetteur": (("Ludothèque municipale", "CCI", "Association Ciné 21"), "etablissement"),
    },
    "whether there is one, and which": {
        "Projet SPME": (TITLES, "titre"),
        "Nbr él.": ((12, 30, 25), "effectif"),
        "8. Avez-vous un partenaire ? Si oui, lequel ?": (("Non", "Oui, la mairie", "CCI"), "partenaires"),
        "Avez-vous un budget ? Si oui, lequel ?": (("Non", "100 €", "Non"), "-"),
        "Établissement organisateur": (SCHOOLS, "etablissement"),
        "Établissements invités": (SCHOOLS, "-"),
    },
    "no title but the only short texts, all different": {
        "Collège": (SCHOOLS, "etablissement"),
        "Ce que nous faisons": (TITLES, "titre"),
        "Animé": (("Anne Roy", "Luc Bon", "Zoé May"), "-"),
        "Avancée": (("Clos", "En attente", "Clos"), "-"),
    },
    "a school by its kind and its name in two columns, a title that speaks of schools": {
        "Nature": (("Collège", "Lycée", "École"), "type"),
        "Patronyme": (("Victor Hugo", "Bonaparte", "Pierre et Marie Curie"), "etablissement"),
        "Commune": (("Dijon", "Beaune", "Nolay"), "commune"),
        "Démarche engagée": (("Un collège sans déchets", "Lycée nourricier", "La cour verte"), "titre"),
        "Date d’obtention": (("12/06/2026", "13/06/2026", "14/06/2026"), "-"),
    },
    "a name beside a kind of school, where another column says the title": {
        "Type d’établissement": (("Collège", "Lycée", "École"), "type"),
        "Nom": (("Pasteur", "Carnot", "Lazare Carnot"), "etablissement"),
        "Manifestation prévue": (TITLES, "titre"),
    },
    "a name beside a kind of school, and no other title": {
        "Type d’établissement": (("Collège", "Lycée", "École"), "type"),
        "Nom": (TITLES, "titre"),
    },
    "the codes of questions, and a title of one word each": {
        "ETAB. Votre établissement": (SCHOOLS, "etablissement"),
        "DATEACT. À quelle date a-t-elle lieu ?": (DAYS, "dates"),
        "NB. D’ÉLÈVES": ((12, 30, 25), "effectif"),
        "Libellé module": (("Tremplin", "Sas", "Accueil 15-18"), "titre"),
        "Réseau FOQUALE": (("Dijon Sud", "Nevers", "Autun"), "-"),
    },
    "days in English cut short": {
        "Activity": (TITLES, "titre"),
        "Day": (("Mon 8 March 2027", "Wed 10 March 2027", "Tue 16 March 2027"), "dates"),
    },
    "a sentence that begins like a title, above moments": {
        "Titre": (TITLES, "titre"),
        "L’action se déroule :": (("pendant la semaine", "toute l’année", "pendant la semaine"), "dates"),
    },
    "who is counted, who comes and with whom": {
        "NOM_EVT": (TITLES, "titre"),
        "Élèves concernés (niveau)": (("6e et 5e", "2de", "CM2"), "niveaux"),
        "Combien sont-ils ?": ((150, 30, 25), "effectif"),
        "Combien d’heures ?": ((2, 4, 6), "-"),
        "Structure pilote": (SCHOOLS, "etablissement"),
        "Co-organisateurs": (("FFB", "Région", "Mission locale"), "partenaires"),
        "Qui intervient de l’extérieur ?": (("AFEV", "", "FCPE"), "partenaires"),
        "Elle démarre le": (("2027-03-08", "2026-11-09", "2027-02-15"), "debut"),
        "Elle se termine le": (("2027-03-12", "2027-06-30", "2027-02-19"), "fin"),
    },
    "people counted under a heading that says no more": {
        "Titre": (TITLES, "titre"),
        "Avec quelles classes ?": (("toutes", "6e, 3e", "1re"), "classes"),
        "Nb. pers.": ((300, 150, 400), "effectif"),
    },
    "headings that brackets alone tell apart": {
        "Projet (objectif principal)": (("Apaiser.", "Faire lire.", "Aider."), "description"),
        "Projet (nom)": (TITLES, "titre"),
        "Élèves – nb": ((30, 120, 45), "effectif"),
        "Élèves – niveaux": (("4e", "tous", "2de"), "niveaux"),
    },
    "a stay, and who asks": {
        "Nom de votre organisme": (("Les Petits débrouillards", "Médiathèque", "FCPE 58"), "etablissement"),
        "Nom du séjour": (TITLES, "titre"),
        "Départ": (("2027-03-08", "2027-05-10", "2027-04-05"), "debut"),
        "Retour": (("2027-03-10", "2027-05-12", "2027-04-06"), "fin"),
        "Nom et numéro de la personne à contacter": (("Léa 06 00", "Luc 06 01", "Zoé 06 02"), "contact"),
    },
    "an outing is a title, or when one comes back": {
        "Atelier": (TITLES, "titre"),
        "Entrée": (("2027-03-08", "2027-05-10", "2027-04-05"), "debut"),
        "Sortie": (("2027-03-10", "2027-05-12", "2027-04-06"), "fin"),
    },
    "people counted in other words": {
        "Titre": (TITLES, "titre"),
        "Scolaires attendus": ((300, 150, 400), "effectif"),
    },
    "no title, and several columns that might be it": {
        "Collège": (SCHOOLS, "etablissement"),
        "Ce que nous faisons": (TITLES, "-"),
        "Ce que nous espérons": (("Moins de retards", "Des familles présentes", "Lire plus"), "-"),
    },
    "days of something else": {
        "Fiche action": (TITLES, "titre"),
        "Date de l’écrit": (("12/11/2026", "13/11/2026", "14/11/2026"), "-"),
        "Date du bilan": (("12/11/2026", "13/11/2026", "14/11/2026"), "-"),
        "Dates de réalisation prévues": (DAYS, "dates"),
    },
    "an action told at length in its heading": {
        "Établissement(s) porteur(s)": (SCHOOLS, "etablissement"),
        "Action prévue pendant la semaine de la persévérance scolaire": (TITLES, "titre"),
        "Day": (("08/03/2027", "10/03/2027", "18/03/2027"), "dates"),
    },
    "a column of schools with the name of a level": {
        "Collège": (("Collège Pardé", "Collège Monge", "Collège Carnot"), "etablissement"),
        "Action": (TITLES, "titre"),
        "Q7 - Level - Selected Choice": (("Lycée", "Collège", "Lycée"), "niveaux"),
    },
    "a public that is of levels": {
        "Nom de l’action menée": (TITLES, "titre"),
        "À quel(s) public(s) s’adresse-t-elle ?": (("Élèves de 3e;", "2de pro;1re pro;", "CM2;"), "niveaux"),
        "Si oui, coordonnées d’un contact": (("Mme Gay, 03 86 11 22 33", "", "M. Blanc"), "contact"),
        "9bis. Mél du référent": (EMAILS, "courriel"),
        "DATE_MODIF": (("", "", ""), "-"),
    },
}  # fmt: skip


@pytest.mark.parametrize("told", KINDS.values(), ids=KINDS)
def test_each_kind_of_list_says_what_its_columns_hold(told: Told) -> None:
    expected = {heading: "ignore" if champ == "-" else champ for heading, (_, champ) in told.items()}
    columns = found(told)
    assert {one.heading: one.champ.value for one in columns} == expected
    assert all(one.reason for one in columns), "each says why"


def rows_of(told: Told) -> list[dict[str, Any]]:
    """What the rows of a list say, once its columns were kept as the site keeps them."""
    cells = [values for values, _ in told.values()]
    rows = [[column[at] for column in cells] for at in range(3)]
    table = find_table(
        "", [(1, list(told)), *((at + 2, row) for at, row in enumerate(rows))], communes=COMMUNES
    )
    assert table
    kept = from_json(as_json(Tables((table,), ()))).tables[0]
    assert kept == table
    reader = RowReader(kept, "2026-2027")
    return [vars(reader.read(at + 2, row)) for at, row in enumerate(rows)]


def test_a_tick_says_its_answer_and_another_text_itself() -> None:
    told = KINDS["answers that have a column each"] | {
        "Partenaires [Autre]": (("Oui", "", "Rotary club"), "")
    }
    first, _, third = rows_of(told)
    assert (first["partners"], first["levels"], first["themes"]) == (
        ("Mairie",),
        ("college",),
        ("orientation",),
    )
    assert (third["partners"], third["audience_note"]) == (("Rotary club",), "Parents")


def test_days_and_communes_are_read_as_programs_write_them() -> None:
    first, second, _ = rows_of(KINDS["the name of what nobody thought of"])
    assert [first["starts"].isoformat(), first["ends"].isoformat(), first["commune"]] == [
        "2027-01-22", "2027-01-23", "Dijon",
    ]  # fmt: skip
    assert second["ends"].isoformat() == "2027-03-16"


def test_a_day_and_the_last_one_are_a_stretch() -> None:
    first, second, _ = rows_of(KINDS["kinds of organisers, who name nobody"])
    assert (first["starts"], first["ends"]) == (first["ends"], first["starts"])
    assert [second["starts"].isoformat(), second["ends"].isoformat()] == ["2026-12-05", "2026-12-20"]


def test_a_school_under_its_kind_has_it() -> None:
    assert [row["type_word"] for row in rows_of(KINDS["schools under their kind alone"])] == ["college"] * 3


def test_headings_on_two_lines_are_told_apart() -> None:
    upper: list[Any] = ["Établissement", None, "Action", None, "Niveaux", None, "Personne à contacter", None]
    lower: list[Any] = ["Nom", "Commune", "Intitulé", "Date", "6e", "5e", "Nom", "Mail"]
    rows: list[list[Any]] = [
        [SCHOOLS[at], "Dijon", TITLES[at], "09/03/2027", "x", "", "Mme Roy", EMAILS[at]] for at in range(3)
    ]
    numbered: list[tuple[int, list[Any]]] = [(1, upper), (2, lower), *enumerate(rows, 3)]
    table = find_table("", numbered)
    assert table
    assert [one.champ.value for one in table.columns] == [
        "etablissement", "commune", "titre", "dates", "niveaux", "niveaux", "contact", "courriel",
    ]  # fmt: skip
    row = RowReader(table, "2026-2027").read(3, rows[0])
    assert (row.private_contact, row.private_email, row.levels) == ("Mme Roy", "a@exemple.fr", ("college",))
    assert Champ.DATES in table.fields


def test_what_stands_under_an_action_is_no_action() -> None:
    upper: list[Any] = ["Établissement", "Actions réalisées pendant la semaine", None, None]
    lower: list[Any] = [None, "Public", "Intitulé", "Partenaires"]
    rows: list[list[Any]] = [[SCHOOLS[at], "familles", TITLES[at], "Mairie"] for at in range(3)]
    table = find_table("", [(1, upper), (2, lower), *((at + 3, row) for at, row in enumerate(rows))])
    assert table
    assert table.heading_row == 2
    assert [one.champ.value for one in table.columns] == ["etablissement", "public", "titre", "partenaires"]


@pytest.mark.parametrize(
    ("headings", "read", "told"),
    [
        (("Timestamp", "Event name", "Start date"), "2027-03-08", "« 3/8/2027 » est lu le 8 mars"),
        (("Horodateur", "Titre", "Début"), "2027-08-03", ""),
        (("Created", "Event name", "Start date"), "2027-08-03", "« 3/8/2027 » est lu le 3 août"),
    ],
)
def test_days_that_may_be_read_both_ways_are_told(headings: tuple[str, ...], read: str, told: str) -> None:
    days = ("3/8/2027", "3/9/2027", "4/5/2027")
    rows: list[tuple[int, list[Any]]] = [
        (at + 2, [f"11/{at + 2}/2026 14:03:2{at}", TITLES[at], days[at]]) for at in range(3)
    ]
    table = find_table("", [(1, list(headings)), *rows])
    assert table
    assert told in "".join(table.doubts)
    assert bool(table.doubts) is bool(told)
    day = RowReader(table, "2026-2027").read(2, rows[0][1])
    found = day.starts.isoformat() if day.starts else "2027-08-03"  # the edition ends on 31 July
    assert found == read


def test_days_of_which_one_is_no_month_leave_no_doubt() -> None:
    rows: list[tuple[int, list[Any]]] = [(2, ["Forum", "3/8/2027"]), (3, ["Salon", "3/18/2027"])]
    table = find_table("", [(1, ["Event name", "Start date"]), *rows])
    assert table
    assert (table.doubts, table.columns[1].month_first) == ((), True)


def test_texts_beside_them_stay_as_they_are_written() -> None:
    """« 3/18/2027 » is read as a day of March, and is not written otherwise in somebody’s words."""
    text = "3/18/2027: forum, puis salon le 4/12/2027."
    rows: list[tuple[int, list[Any]]] = [(2, ["Forum", text, "3/8/2027"]), (3, ["Salon", text, "3/18/2027"])]
    table = find_table("", [(1, ["Event name", "Description", "Start date"]), *rows])
    assert table
    found = RowReader(table, "2026-2027").read(2, rows[0][1])
    assert (found.description, str(found.starts)) == (text, "2027-03-08")


TOLD_BESIDE: dict[str, tuple[Told, str]] = {
    "a title that is assumed": (
        {"Collège": (SCHOOLS, ""), "Ce que nous faisons": (TITLES, "")},
        "la colonne B, « Ce que nous faisons », est prise pour lui",
    ),
    "a title that is the shortest of what describes": (
        {"Brève description": (TITLES, ""), "Description complète": (SENTENCES, "")},
        "la colonne A, « Brève description », est prise pour lui",
    ),
    "several actions on one row": (
        {"Établissement": (SCHOOLS, ""), "Action 1": (TITLES, ""), "Action 2": (TITLES, "")},
        "« Action 1 » et « Action 2 » deviennent chacun une fiche",
    ),
    "a title its heading says": ({"Établissement": (SCHOOLS, ""), "Action": (TITLES, "")}, ""),
}


@pytest.mark.parametrize(("told", "doubt"), TOLD_BESIDE.values(), ids=TOLD_BESIDE)
def test_what_is_assumed_or_left_of_a_row_is_told(told: Told, doubt: str) -> None:
    rows = [list(told), *[list(cells) for cells in zip(*(cells for cells, _ in told.values()), strict=True)]]
    table = find_table("Feuille", list(enumerate(rows, 1)), None, COMMUNES)
    assert table is not None
    assert doubt in "".join(table.doubts)
    assert bool(table.doubts) is bool(doubt)


def test_columns_that_might_be_the_title_say_so_each() -> None:
    told: Told = {
        "Collège": (SCHOOLS, ""),
        "Ce que nous faisons": (TITLES, ""),
        "Ce que nous espérons": (("Moins de retards", "Des familles présentes", "Lire plus"), ""),
        "Avancée": (("Clos", "En attente", "Clos"), ""),
    }
    reasons = [one.reason for one in found(told)]
    assert [("pourrait être le titre" in reason) for reason in reasons] == [False, True, True, False]


def test_a_partner_is_read_behind_the_yes_that_announces_it() -> None:
    headings = ["Établissement", "Action", "Avez-vous un partenaire ? Si oui, lequel ?"]
    answers = ("Non", "Oui, la mission locale", "Oui : Le Bien public", "oui avec la mairie", "Ouïe et bruit")
    rows: list[list[Any]] = [headings, *(["Collège Carnot", "Défi", told] for told in answers)]
    table = find_table("Feuille", list(enumerate(rows, 1)), None, COMMUNES)
    assert table is not None
    reader = RowReader(table, "2026-2027")
    read = [reader.read(number, cells).partners for number, cells in enumerate(rows[1:], 2)]
    assert read == [(), ("la mission locale",), ("Le Bien public",), ("avec la mairie",), ("Ouïe et bruit",)]

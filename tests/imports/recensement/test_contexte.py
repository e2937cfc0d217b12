"""What a column holds once the others are known."""

from __future__ import annotations

from typing import Any

import pytest

from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.table import find_table
from accroche.imports.recensement.tables import Tables, with_fields
from tests.imports.recensement.test_columns import SCHOOLS, TITLES, Told, found
from tests.imports.recensement.test_usages import THREE

SIX = ("2027-03-08", "2027-03-09", "2027-03-10", "2027-03-11", "2027-03-12", "2027-03-15")
WORKS = ("Une cantate", "Chants du soir", "Trois motets", "Un requiem", "Chansons de mer", "Un opéra")
CASES: dict[str, Told] = {
    "names that come back beside a title: who does it": {
        "Nom": (("Chœur du Val", "Chœur du Val", *("La Brise",) * 4), "etablissement"),
        "Date": (SIX, "dates"),
        "Programme": (WORKS, "titre"),
    },
    "people who come back carry nothing": {
        "Nom": (("Anne Roux", "Anne Roux", *("Marc Petit",) * 4), "contact"),
        "Date": (SIX, "dates"),
        "Programme": (WORKS, "titre"),
    },
    "who answers, of a talk": {
        "Your name": (("Ben Best", "Ann Moor", "Lou Park"), "contact"),
        "Votre nom": (("x", "y", "z"), "-"),
        "Bio": (("Ben codes.", "Ann draws, and writes.", "Lou sings. Well."), "-"),
        "Title of your talk": (TITLES, "titre"),
    },
    "a title in other languages alone: in English first": {
        "titre_de": (("Berufe", "Elterncafé", "Besuch"), "-"),
        "titre_en": (("Jobs fair", "Parents’ café", "A visit"), "titre"),
        "description_en": (("We talk.", "We drink.", "We go."), "description"),
        "date": (THREE, "dates"),
    },
    "a title in French beside others": {
        "titre_en": (("Jobs fair", "Parents’ café", "A visit"), "-"),
        "titre_fr": (TITLES, "titre"),
    },
    "the school somebody belongs to, beside who carries": {
        "Établissement de rattachement": (("Lycée Carnot", "Lycée Carnot", "Collège Jorge"), "-"),
        "Porteur": (SCHOOLS, "etablissement"),
        "Titre": (TITLES, "titre"),
    },
    "the school somebody belongs to, alone": {
        "Établissement de rattachement": (SCHOOLS, "etablissement"),
        "Titre": (TITLES, "titre"),
    },
    "a partner who organises, where nobody else does": {
        "Nom partenaire (organisateur)": (SCHOOLS, "etablissement"),
        "Titre": (TITLES, "titre"),
    },
    "a partner who organises, beside who does": {
        "Nom partenaire (organisateur)": (("CCI", "Le Lien", "Mairie"), "partenaires"),
        "Établissement": (SCHOOLS, "etablissement"),
    },
    "organisations by their names, and one address for all rows": {
        "Dénomination actuelle": (("Zorg SAS", "Le Lien", "CCI"), "etablissement"),
        "Titre": (TITLES, "titre"),
        "Zorglub": (("https://a.fr",) * 3, "-"),
    },
    "the only texts where when and where are told": {
        "Date": (THREE, "dates"),
        "Ville": (("Dijon", "Beaune", "Nolay"), "commune"),
        "Zorglub": (TITLES, "titre"),
    },
    "forms that talk: when it takes place, for whom it is, whom to ask": {
        "Votre action s’intitule": (TITLES, "titre"),
        "Elle aura lieu le": (THREE, "dates"),
        "À qui est-elle destinée ?": (("Parents et voisins", "Élus", "Familles"), "public"),
        "Émetteur": (("Ville de Dijon", "Le Lien", "MJC"), "etablissement"),
        "Contact pour l’organisation": (("Anne Roux", "Marc Petit", "Léa Blanc"), "contact"),
        "Lieu téléphone": (("0380000000", "0380000001", "0380000002"), "-"),
        "Modalités": (("À distance", "Sur place", "Les deux"), "-"),
    },
    "what is told twice, in English as well, and by codes of LimeSurvey": {
        "Q04[SQ001]. Niveaux concernés [Collège]": (("Oui", "Non", "Oui"), "college"),
        "Q04[SQ002]. Niveaux concernés [Lycée]": (("Non", "Oui", "Oui"), "lycee"),
        "Projet lauréat": (TITLES, "titre"),
        "Nom du lauréat": (("Le Lien", "Ville de Nevers", "US Sens"), "etablissement"),
        "Résumé": (("On parle.", "On joue.", "On visite."), "description"),
        "Abstract (English)": (("We talk.", "We play.", "We visit."), "-"),
    },
    "what a form is of, when it is from and to, and another word by one letter": {
        "Submission Title": (TITLES, "titre"),
        "Submission Date": (THREE, "-"),
        "TimeSpan From": (("2027-03-08 00:00", "2027-05-10 00:00", "2027-04-05 00:00"), "debut"),
        "TimeSpan To": (("2027-03-09 00:00", "2027-05-11 00:00", "2027-04-06 00:00"), "fin"),
        "Auction": (("Une chaise", "Deux tables", "Un banc"), "-"),
    },
    "when one answers, beside when it is": {
        "Titre": (TITLES, "titre"),
        "Date": (THREE, "dates"),
        "Candidatures du": (("2027-01-04",) * 3, "-"),
        "Candidatures au": (("2027-01-29",) * 3, "-"),
    },
    "hours of a morning, and a column of days that is empty": {
        "Event Name": (TITLES, "titre"),
        "Start Date (Parsed)": (("", "", ""), "-"),
        "Start": (("April 26, 2027, 8:30 AM", "April 5, 2027, 7:00 PM", "None"), "debut"),
        "Video Youtube": (tuple(f"https://youtube.com/{n}" for n in "123"), "liens"),
    },
    "a match and its hours as a site sells them; what is kept of a file, and what a program keeps": {
        "Match": (("Sens - Nevers", "Nolay - Beaune", "Dijon - Mâcon"), "titre"),
        "Date and Time": (
            *(("Thursday, April 20 · 12 - 1pm EDT", "July 2 · 8am - July 3 · 7pm EDT", "May 2 · 5pm EDT"),),
            "dates",
        ),
        "Foto": (tuple(f"{n}.jpg (https://a.fr/{'x' * 130}{n})" for n in "abc"), "-"),
        "Keywords": (tuple(f"{n}, {', '.join(['forêt'] * 30)}" for n in "abc"), "-"),
        "web-scraper-start-url": (("https://a.fr", "https://b.fr", "https://a.fr"), "-"),
        "submission_publishedAt": (THREE, "-"),
    },
    "who is given something, by their names, and where a map shows it": {
        "beneficiaire": (("Mairie de Nolay", "Association Graines", "Collège Carnot"), "etablissement"),
        "Objet du projet": (TITLES, "titre"),
        "groupe": (("UMP", "SRC", "UDI"), "-"),
        "partners": (("ville-a", "ville-b", "ville-c"), "-"),
        "partner-name": (("Ville A", "Ville B", "Ville C"), "partenaires"),
        "Carte": (("https://a.fr/1", "https://a.fr/2", "https://a.fr/3"), "-"),
        "reference-link": (("https://b.fr/1", "https://b.fr/2", "https://b.fr/3"), "liens"),
        "VOTE_EFFECTIF": (("123", "123", "123"), "-"),
    },
    "people under « Intervenant » are private": {
        "Titre": (TITLES, "titre"),
        "Intervenant(s)": (("Anne Roux", "Marc Petit", "Léa Blanc"), "contact"),
    },
    "and no partners, who may bear the name of somebody": {
        "Titre": (TITLES, "titre"),
        "Partenaires": (("Léo Lagrange", "Simone Veil", "Anne Roux"), "partenaires"),
    },
    "communes under « Nom », and what they do": {
        "Nom": (("DIJON", "BEAUNE", "NOLAY"), "etablissement"),
        "Détails": (TITLES, "titre"),
    },
    "nor of a match, and where only when is told": {
        "Date": (THREE, "dates"),
        "Ville": (("Dijon", "Beaune", "Nolay"), "commune"),
        "Adversaire": (("Les ours de Nolay", "Dijon et les siens", "Étoile de Beaune"), "-"),
    },
}


@pytest.mark.parametrize("told", CASES.values(), ids=CASES)
def test_other_columns_say_what_one_is(told: Told) -> None:
    expected = {heading: "ignore" if champ == "-" else champ for heading, (_, champ) in told.items()}
    assert {one.heading: one.champ.value for one in found(told)} == expected


@pytest.mark.parametrize(
    ("heading", "cells", "is_told"),
    [
        ("Zorglub", THREE, True),
        ("Calendrier", tuple(f"Fin des inscriptions le {n} mars 2027, à midi" for n in "123"), True),
        ("Zorglub", ("[1-10]", "[2-5]", "[3-4]"), False),
        ("Date de saisie", THREE, False),
    ],
)
def test_days_left_aside_are_told_where_no_column_says_when(
    heading: str, cells: tuple[str, ...], is_told: bool
) -> None:
    rows: list[list[Any]] = [
        ["Titre", heading],
        *([title, cell] for title, cell in zip(TITLES, cells, strict=True)),
    ]
    table = find_table("", enumerate(rows, 1))
    assert table
    told = [doubt for doubt in table.doubts if "n’auront pas de date" in doubt]
    assert bool(told) == is_told
    assert all(f"Si c’est la colonne B, « {heading} »" in doubt for doubt in told)
    after = with_fields(Tables((table,), table.doubts), {"": {1: Champ.DATES}})
    assert [note for note in after.notes if "n’auront pas de date" in note] == []


def test_a_row_that_holds_the_moment_of_an_answer_is_none_of_headings() -> None:
    asked = f"Renseignez ce que vous avez fait avant. {'Plusieurs réponses sont possibles. ' * 12}"
    answers = ["2021-06-10 09:06:03", "Collège", "Date", "Lycée", "Description"]
    rows: list[list[Any]] = [
        ["Date de soumission", asked, f"{asked} [A]", "Vous enseignez en", "Avis"],
        answers,
    ]
    table = find_table("", enumerate([*rows, ["2021-06-11 09:06:04", "Non", "Oui", "Lycée", "Rien"]], 1))
    assert table
    assert table.heading_row == 1

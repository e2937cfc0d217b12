"""Headings nobody thought of: a known word and another, which the cells prove or not."""

from __future__ import annotations

import pytest

from accroche.imports.recensement import mots
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.ecriture import normal
from tests.imports.recensement.test_columns import DAYS, SCHOOLS, TITLES, Told, found
from tests.imports.recensement.test_parties import EMAILS

THREE = ("12/11/2026", "13/11/2026", "14/11/2026")
LINKS = ("https://exemple.fr/a", "https://exemple.fr/b", "https://exemple.fr/c")
PUPILS = ("Léa Martin", "Karim Benali", "Zoé Petit")
SURNAMES = ("Martin", "Benali", "Petit")
PROSE = tuple(f"Un texte long qui raconte, n° {n}. " * 9 for n in "123")
CASES: dict[str, Told] = {
    "days by their ends, hours to the second, a month that is usual": {
        "Titre": (TITLES, "titre"),
        "date_from": (THREE, "debut"),
        "finish_dt": (THREE, "fin"),
        "HStart": (("13:30:00", "14:00:00", "09:15:00"), "-"),
        "Mois habituel de début": (("04 (avril)", "05 (mai)", "06 (juin)"), "-"),
    },
    "a heading that is only close to one whose cells have a form": {
        "Titre": (TITLES, "titre"),
        "main_contact": (("Will Usher", "Mark Howells", ""), "-"),
    },
    "its first word, or its last, is what a heading names": {
        "rd_name": (("Smart Foodsheds", "Open Labs", "Blue Rivers"), "titre"),
        "Date de la séance": (DAYS[:1] * 2 + ("19/03/2027",), "dates"),
        "cre_ville": (("Agadir", "Port-Clair", "Safi"), "commune"),
        "target_groups": (("des parents", "les familles", "le quartier"), "public"),
        "funder_name": (("Fonds Vert", "Fonds Bleu", "Fonds Rouge"), "-"),
    },
    "the name of an action, wherever it is said and on several rows": {
        "Fiche : intitulé du projet": (("Carnaval", "Carnaval", "Radio"), "titre"),
        "Statut du porteur": (("Mairie", "Association", "Mairie"), "-"),
        "Nom de l’organisateur retenu": (("Les Verts", "Le Lien", "Graines"), "etablissement"),
    },
    "what an office does with a file is no day of ours, whatever it is called": {
        "Titre": (TITLES, "titre"),
        "Date de labellisation": (THREE, "-"),
        "Date de premier versement": (THREE, "-"),
        "Date du bilan": (THREE, "-"),
        "Date du dernier contact": (THREE, "-"),
    },
    "nor that of a quote, of an answer, of a deadline or of inscriptions, whatever begins so": {
        "Titre": (TITLES, "titre"),
        "Date du devis": (THREE, "-"),
        "Date de l’avis": (THREE, "-"),
        "Date du jour": (THREE, "-"),
        "Date butoir": (THREE, "-"),
        "Date de fin d’inscription": (THREE, "-"),
        "Début des inscriptions": (THREE, "-"),
        "Date de repli": (THREE, "-"),
    },
    "what is anybody’s own is nothing of an action": {
        "Nom et prénom de l’élève référent": (PUPILS, "-"),
        "Nom du lauréat": (PUPILS, "-"),
        "Nom de la vedette": (PUPILS, "-"),
        "Nom usuel": (SURNAMES, "-"),
        "Nom du représentant légal": (SURNAMES, "-"),
        "Ville de naissance": (("Dijon", "Beaune", "Nolay"), "-"),
        "Mail des parents": (EMAILS, "-"),
        "Détail des allergies": (tuple(f"Ne mange pas de {one} à la cantine" for one in "abc"), "-"),
    },
    "nor who they are for, by name, nor what is written of one of them": {
        "Bénéficiaires": (PUPILS, "-"),
        "Liste public": (PUPILS, "-"),
        "Besoins de l’élève": (PROSE, "-"),
        "Situation familiale": (PROSE, "-"),
        "Objectifs pour l’élève": (PROSE, "description"),
    },
    "schools and titles of somebody are not those of an action": {
        "École d’origine du formateur": (SCHOOLS, "-"),
        "Établissement d’origine": (SCHOOLS, "-"),
        "Titre de transport": (("Carte", "Billet", "Ticket"), "-"),
    },
    "two days that may be it: none is taken": {
        "Titre": (TITLES, "titre"),
        "Date de la séance": (THREE, "-"),
        "Date du spectateur": (THREE, "-"),
    },
    "what is told of a partner is no description, nor are classes in a text a list of them": {
        "title": (TITLES, "titre"),
        "partner-name": (("Mairie de Nolay", "Le Lien", "CCI"), "partenaires"),
        "partner-description": (("Une mairie.", "Un réseau.", "Une chambre."), "-"),
        "Propos": (
            tuple(f"Les élèves de {n}e jouent, filment et montrent leur pièce au village." for n in "654"),
            "description",
        ),
    },
    "contacts that are all mails, addresses under an unknown heading, one who owns": {
        "Name": (TITLES, "titre"),
        "Contacts": (EMAILS, "courriel"),
        "À lire": (LINKS, "liens"),
        "À voir": (tuple(f"{link}/photo.jpg" for link in LINKS), "-"),
        "Enfants permis": (("1", "0", "1"), "-"),
        "Owner": (SCHOOLS, "etablissement"),
        "Collaborator": (("Mairie", "", "CCI"), "partenaires"),
    },
    "a day of what describes is a day, what is written in a mail no address, a program a title": {
        "Programme": (TITLES, "titre"),
        "date_mission": (THREE, "dates"),
        "Sujet mail": (("Bienvenue", "Rappel", "Merci"), "-"),
    },
    "names under an unknown heading: what describes is not taken for them": {
        "Zorglub": (("Smart Foodsheds", "Open Labs", "Blue Rivers"), "-"),
        "Description": (("Des repas courts", "Un atelier ouvert", "Une rivière propre"), "description"),
    },
}  # fmt: skip


@pytest.mark.parametrize("told", CASES.values(), ids=CASES)
def test_a_word_says_what_the_cells_prove(told: Told) -> None:
    expected = {heading: "ignore" if champ == "-" else champ for heading, (_, champ) in told.items()}
    assert {one.heading: one.champ.value for one in found(told)} == expected


def test_it_is_told_which_word() -> None:
    columns = found({"Titre": (TITLES, "titre"), "Date de la séance": (THREE, "dates")})
    assert columns[1].reason.startswith("d’après le mot « date », dans l’en-tête, et 3 dates")
    assert columns[1].score == 56


def test_single_names_are_no_titles_even_for_want_of_others() -> None:
    assert found({"Nom zorglub": (SURNAMES, "-"), "Date": (THREE, "dates")})[0].champ is Champ.IGNORE


def test_words_are_compared_as_headings_are_made() -> None:
    told = [value for value in vars(mots).values() if isinstance(value, frozenset)]
    assert [word for those in told for word in those if normal(word) != word] == []

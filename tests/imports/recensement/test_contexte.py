"""What a column holds once the others are known."""

from __future__ import annotations

import pytest

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

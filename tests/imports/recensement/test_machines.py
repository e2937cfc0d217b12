"""Headings as programs write them, words cut short or as one, and what their cells say of people and days."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.actions.regles import CodeTheme
from accroche.imports.recensement.ecriture import unglued
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.table import find_table
from accroche.lib.tableur.cellules import Cell
from tests.imports.recensement.test_columns import SCHOOLS, STAMPS, TITLES, Told, found

DAYS = ("2027-03-08", "2027-05-10", "2027-04-05")
TOWNS = ("Dijon", "Beaune", "Nolay")
NAMES = ("Le Lien", "Ville de Nevers", "Le Lien")
LISTS: dict[str, Told] = {
    "columns of a database, of actions and of who carries them": {
        "ACT_NUM": ((12, 13, 14), "-"),
        "ACT_LIB": (TITLES, "titre"),
        "ACT_DTDEB": (DAYS, "debut"),
        "ACT_DTFIN": (DAYS, "fin"),
        "ACT_COM": (TOWNS, "commune"),
        "ACT_NB_BENEF": ((40, 25, 12), "effectif"),
        "STRUCT_LIB": (NAMES, "etablissement"),
    },
    "one word each, cut short, where cells prove it": {
        "tit": (TITLES, "titre"),
        "deb": (DAYS, "debut"),
        "com": (("Rien", "À revoir demain", "Vu avec eux le soir"), "-"),
        "coll": (("Ville de Sens",) * 3, "etablissement"),
    },
    "two words as one, and one that only begins so": {
        "nomstructure": (NAMES, "etablissement"),
        "titreprojet": (TITLES, "titre"),
        "datedebut": (DAYS, "debut"),
        "typeur": (("Un", "Deux", "Trois"), "-"),
    },
    "a word before most headings, and none before the others": {
        "zz_titre": (TITLES, "titre"),
        "zz_date": (DAYS, "dates"),
        "zz_organisateur": (NAMES, "etablissement"),
        "insee": ((21231, 21054, 21461), "-"),
        "geo": (("47.3, 5.0", "47.0, 4.8", "46.9, 4.6"), "-"),
    },
    "questions of who, and what a message is about": {
        "Qui porte l’action ?": (SCHOOLS, "etablissement"),
        "À partir de quand ?": (DAYS, "debut"),
        "Jusqu’à quand ?": (DAYS, "fin"),
        "Comment s’appelle votre projet ?": (TITLES, "titre"),
        "Sujet du mail": (("Relance", "Merci", "Bonjour"), "-"),
        "Email payeur": (("a@exemple.fr", "b@exemple.fr", "c@exemple.fr"), "-"),
    },
    "a question that asks for an organisation, and those beside": {
        "Quel est le nom de votre organisme ?": (NAMES, "etablissement"),
        "Partner orgs": (("La Ruche", "Zutique", "Minoterie"), "partenaires"),
        "Coordinator": (("Mairie de Nolay", "Mission locale", "Collège Pardé"), "-"),
        "Assignee": (("Anne Roux", "Marc Petit", "Léa Blanc"), "contact"),
    },
    "who receives and who is beside, and what is open to all": {
        "Structure accueillante": (("Salle Devosge", "Gymnase Carnot", "Parc"), "lieu"),
        "Établissements associés": (SCHOOLS, "partenaires"),
        "Événement public": (TITLES, "titre"),
        "Animateur": (("Anne Roux", "Marc Petit", "Léa Blanc"), "contact"),
    },
    "organisations that lead": {
        "Coordinator": (("Mairie de Nolay", "Mission locale", "Collège Pardé"), "etablissement"),
        "Title": (TITLES, "titre"),
    },
    "themes of ours under a kind, and kinds of events": {
        "Titre": (TITLES, "titre"),
        "Catégorie": (tuple(theme.label for theme in list(CodeTheme)[:3]), "themes"),
        "Type": (("Bal", "Sortie", next(iter(CodeTheme)).label), "-"),
    },
    "who comes, by first names or as people are called": {
        "Titre": (TITLES, "titre"),
        "Intervenant": (("Robin", "Léa, Tom", "Sophie"), "contact"),
    },
    "an agenda whose times are days, and its notes": {
        "name": (("Concert", "Forum des métiers", "Bal"), "titre"),
        "start_time": (("2027-03-08 10:00", "2027-05-10 09:30", "2027-04-05 14:00"), "debut"),
        "end_time": (("2027-03-08 11:00", "2027-05-10 10:30", "2027-04-05 15:00"), "fin"),
        "Notes": (("Voir avec eux.", "Rappeler lundi.", "Salle à réserver."), "-"),
    },
    "the times of an answer, beside who gives it": {
        "Start time": (STAMPS, "-"),
        "Completion time": (STAMPS, "-"),
        "Name": (("Concert", "Forum des métiers", "Bal"), "-"),
        "Object": (TITLES, "titre"),
    },
    "titles in brackets, and what a program keeps in them": {
        "Nom": (("[Complet] Forum : les métiers", "[#2 Café des parents, le soir]", "Visite"), "titre"),
        "Timeline": (("November 8th", "March 8-9 2027", "September 1 - Oct 6 2026"), "dates"),
        "tags": (("['a', 'b']", "['c']", "['d']"), "-"),
        "Type": (("previous", "interview", "prévu"), "-"),
    },
    "who comes, as people are called": {
        "Titre": (TITLES, "titre"),
        "Speaker": (("Marc Bo, Ann Wu", "Eve Ko", "Sol Da Cruz"), "contact"),
        "speakerIds": (("marc.bo", "eve.ko, ann.wu", "sol@exemple.fr"), "-"),
    },
}


@pytest.mark.parametrize("told", LISTS.values(), ids=LISTS)
def test_what_programs_write_is_read(told: Told) -> None:
    columns = {column.heading: column.champ.value for column in found(told)}
    expected = {heading: "ignore" if champ == "-" else champ for heading, (_, champ) in told.items()}
    assert columns == expected


def test_a_column_is_left_aside_with_all_it_could_have_been() -> None:
    told: Told = {"Titre": (TITLES, ""), "Type": (("Sortie", "Bal", "Sortie"), "")}
    why = found(told)[1].reason
    assert why.startswith("l’en-tête ferait penser à « Type d’établissement » ou « Nature » ou « Thèmes »")


def test_neither_time_of_an_answer_is_offered_as_a_day_of_the_action() -> None:
    told: Told = {"Start time": (STAMPS, ""), "Completion time": (STAMPS, ""), "Titre": (TITLES, "")}
    began, ended, _ = found(told)
    assert began.reason == ended.reason


@pytest.mark.parametrize(
    ("word", "words"), [("nomstructure", "nom structure"), ("nom", "nom"), ("lieu", "lieu")]
)
def test_words_written_as_one_are_parted(word: str, words: str) -> None:
    assert unglued(word) == words


@pytest.mark.parametrize("mark", ["/", "-", "."])
def test_one_day_in_figures_tells_that_the_month_comes_first(mark: str) -> None:
    days = tuple(day.replace("/", mark) for day in ("6/3/27", "6/21/27", "6/25/2027"))
    assert found({"Title": (TITLES, ""), "Date": (days, "")})[1].month_first


def test_a_day_that_begins_with_its_year_stays_among_those_that_begin_with_the_month() -> None:
    days: list[Cell] = ["3/19/2027", "2027-03-18", "3/20/2027"]
    rows: list[tuple[int, list[Cell]]] = [(1, ["Titre", "Date"])]
    rows += enumerate(map(list, zip(TITLES, days, strict=True)), 2)
    table = find_table("", rows)
    assert table
    assert RowReader(table, "2026-2027").read(3, rows[2][1]).starts == dt.date(2027, 3, 18)

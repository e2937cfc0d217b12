"""Columns in which people are named, or reached: what is theirs is nothing of an action."""

from __future__ import annotations

import pytest

from accroche.imports.recensement.partenaires import may_be_people, tell_partners
from accroche.imports.recensement.row import Row
from tests.imports.recensement.test_columns import SCHOOLS, STAMPS, TITLES, Told, found

LISTS: dict[str, Told] = {
    "people who learn, beside their first names": {
        "Horodateur": (STAMPS, "-"),
        "Nom de l’apprenant": (("Aguiar", "Bossou", "Chabi"), "-"),
        "Prénoms de l’apprenant": (("Ana", "Luc", "Zoé"), "-"),
        "Contact de l’apprenant": ((91142442, 97204411, 66331278), "-"),
        "Lieu de résidence (commune)": (("Dijon", "Beaune", "Nolay"), "-"),
    },
    "a school beside who answers for it": {
        "Nom": (("Roy", "Ly", "Sow"), "-"),
        "Prénom": (("Ana", "Bo", "Mia"), "-"),
        "Nom de l’établissement": (SCHOOLS, "etablissement"),
        "Nom de l’action": (TITLES, "titre"),
    },
    "people who are asked, and what goes on from an answer": {
        "Timestamp": (STAMPS, "-"),
        "Name": (("Alex Roy", "Bo Ly", "Mia Sow"), "-"),
        "Si oui, dans quelle école ?": (SCHOOLS, "-"),
        "Nom du projet": (TITLES, "titre"),
    },
    "people of other countries, each by their whole name": {
        "Name": (("Ben Best", "Eduardo Klein", "Wei Lin"), "-"),
        "Topic": (TITLES, "titre"),
        "nameKo": (("Job Fair", "Coffee of parents", "A visit"), "-"),
    },
    "volunteers of a planning, by first names, by both, or by what they do": {
        "Qui ?": (("Françoise", "Anne Roux", "Atelier vélo"), "contact"),
        "Quoi ?": (TITLES, "titre"),
    },
    "people who lead, by their surnames first; when it is aimed at": {
        "Project Owner/Lead": (("Sharma, Niraj", "K, Prathima", "Kumar S, Nirmal"), "contact"),
        "Target Timeline": (("1 month", "2 months", "1 month"), "-"),
        "Project Name": (TITLES, "titre"),
    },
    "who speaks, as another tool calls them, and the rooms it calls so too": {
        "title": (TITLES, "titre"),
        "speakers": (("robin_caroff, cyril_hue", "ana.roy", "li_wei"), "-"),
        "room": (("grande_salle", "petite_salle", "grande_salle"), "lieu"),
    },
    "sessions, as programs of meetings call what is theirs, and what somebody does for a living": {
        "Session Title*": (TITLES, "titre"),
        "Sessions Main Location": (("Main hall", "Room 2", "Main hall"), "lieu"),
        "Session id": (("a1", "b2", "c3"), "-"),
        "Job Title": (("Chief of staff", "Head teacher", "Engineer"), "-"),
    },
    "tasks of two kinds, each told on many rows": {
        "Défi": (("Signalement", "Signalement", "Hopper") * 9, "-"),
        "Tâche menée": (tuple(f"Revoir la page {n} du site" for n in range(27)), "titre"),
    },
}


@pytest.mark.parametrize("told", LISTS.values(), ids=LISTS)
def test_what_is_somebody_s_is_left_aside(told: Told) -> None:
    columns = {column.heading: column.champ.value for column in found(told)}
    expected = {heading: "ignore" if champ == "-" else champ for heading, (_, champ) in told.items()}
    assert columns == expected


@pytest.mark.parametrize(
    ("heading", "ours", "kept", "told"),
    [
        ("intervenant", False, ("AFEV", "Anne Roux"), [False, False]),
        ("partenaire", False, ("AFEV", "Anne Roux"), [False]),
        ("partenaire", True, ("AFEV", "Mme Roche", "Anne Roux"), []),
    ],
)
def test_somebody_is_no_partner(heading: str, ours: bool, kept: tuple[str, ...], told: list[bool]) -> None:
    row = Row("", 2, ())
    tell_partners(
        row, "AFEV ; Mme Roche ; Anne Roux", ours=ours, people=not ours and may_be_people([heading])
    )
    assert (row.partners, [one.blocks for one in row.remarks]) == (kept, told)

"""The examples of actions under a heading of the author's own, learnt from the sheets."""

from __future__ import annotations

import pytest

from accroche.rapport.reading import Reading, read

EDITION = "2015-2016"
SHEET = """Académie de {name}

14 – 18 mars 2016

{narrative}

{frame}

{heading}

{actions}


"""
NARRATIVE = """L’Académie de {name} a tenu sa première Semaine de la persévérance scolaire.

Un axe de travail se dégage pour l’an prochain :

- Une place plus large pour le premier degré."""
FRAME = """☑ Premier degré
☐ Collège
☑ Lycée
☐ Lycée professionnel

Nombre d’actions identifiées : 12

Nombre d’écoles/établissements impliqué(e)s : 7

Partenaires
La mairie et un club de {name} y ont pris part."""
ACTIONS = """➢ Une serre partagée, Collège des Tilleuls, {name}

Les élèves y sèment, y arrosent et vendent leurs plants au marché de juin.

➢ Radio du préau, Lycée du Pont, {name}

Une heure d’antenne par mois, que préparent les secondes avec une journaliste."""
NAMES = ("Caen", "Dijon", "Nice", "Lille")


def report(heading: str, actions: str = ACTIONS, *, last: bool = False) -> str:
    """Four sheets; ``last``: their frame comes under the actions."""
    sheet = SHEET.replace("{narrative}", NARRATIVE).replace("{frame}", "" if last else FRAME)
    sheet = sheet.replace("{heading}", heading).replace(
        "{actions}", f"{actions}\n\n{FRAME}" if last else actions
    )
    return "".join(sheet.replace("{name}", name) for name in NAMES)


def titles(reading: Reading) -> list[list[str]]:
    return [[action.title for action in semaine.actions] for semaine in reading.dossier.semaines]


BOTH = [["Une serre partagée", "Radio du préau"]] * len(NAMES)


@pytest.mark.parametrize(
    "heading",
    [
        "ACTIONS",
        "Actions remarquables",
        "Ce que nous avons vu",  # no word of it says so: it comes back, above the actions
        "1.2 Exemples d’actions menées dans l’Académie de {name}",
        "II. Exemples d’actions",
        "Les projets de l’académie de {name} :",
    ],
)
def test_a_heading_of_examples_is_learnt_from_the_sheets(heading: str) -> None:
    reading = read(report(heading, ACTIONS.replace("➢", "•")), EDITION)
    assert titles(reading) == BOTH
    assert [semaine.partners_narrative for semaine in reading.dossier.semaines] == [
        f"La mairie et un club de {name} y ont pris part." for name in NAMES
    ]


def test_what_was_taken_for_the_heading_is_said() -> None:
    told = read(report("Ce que nous avons vu", ACTIONS.replace("➢", "•")), EDITION).conventions
    assert "« Ce que nous avons vu » est lu dans 4 fiches comme le titre des exemples d’actions." in told


def test_numbered_actions_need_no_heading() -> None:
    numbered = ACTIONS.replace("➢ Une", "Action 1 : Une").replace("➢ Radio", "Action 2 : Radio")
    assert titles(read(report("", numbered), EDITION)) == BOTH


def test_a_line_that_comes_back_above_no_action_is_no_heading() -> None:
    told = "Il en reste à écrire"
    reading = read(report(told, "Rien de tout cela n’est encore rédigé, et nul ne sait quand."), EDITION)
    assert titles(reading) == [[]] * len(NAMES)
    assert not [line for line in reading.conventions if told in line]


def test_a_frame_under_the_actions_is_read_with_its_sheet() -> None:
    usual, last = (
        read(
            report("Exemples d’actions de l’académie de {name}", ACTIONS.replace("➢", "•"), last=last),
            EDITION,
        )
        for last in (False, True)
    )
    assert last.dossier == usual.dossier
    assert len(last.problems) == len(usual.problems)

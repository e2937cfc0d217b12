"""The part of a long question that asks."""

from __future__ import annotations

import pytest

from accroche.imports.recensement.questions import asked_in
from tests.imports.recensement.test_columns import Told, found

TEXTS = (
    "On y fabrique des nichoirs avec les élèves, puis on les pose dans la cour, et on les observe.",
    "Les parents viennent raconter leur métier, avec des outils qu’ils apportent, à deux classes.",
    "Une troupe joue une pièce écrite par les élèves, qui préparent les décors et les costumes.",
)
CASES: dict[str, tuple[str, ...]] = {
    "Décrivez": (),
    "Pour aider les classes à choisir, décrivez-nous ce que vous proposez. Ce texte sera lu.": (
        "decrivez nou ce que vou proposez",
    ),
    "Vous êtes un collège ou un lycée du bassin ? Merci de préciser (nom complet) votre établissement": (
        "merci de preciser votre etablissement",
    ),
    "Les porteurs, les partenaires et les dates de chaque action de l’année": (),
    "Si vous venez d’un autre bassin, indiquez votre établissement d’origine.": (),
    "Si possible, avant la fin du mois, indiquez votre établissement": ("indiquez votre etablissement",),
}


@pytest.mark.parametrize(("heading", "parts"), CASES.items())
def test_a_long_heading_is_read_where_it_asks(heading: str, parts: tuple[str, ...]) -> None:
    assert asked_in(heading) == parts


def test_a_form_that_explains_before_it_asks_is_understood() -> None:
    told: Told = {
        "Horodateur": (("08/03/2027 10:02:11", "09/03/2027 11:12:13", "10/03/2027 09:08:07"), "-"),
        "Titre de votre atelier": (("Nichoirs", "Métiers", "Théâtre"), "titre"),
        [*CASES][1]: (TEXTS, "description"),
        [*CASES][3]: (("x", "y", "z"), "-"),
    }
    assert [one.champ.value.replace("ignore", "-") for one in found(told)] == [
        one for _, one in told.values()
    ]


def test_until_when_one_signs_up_is_no_last_day_of_the_action() -> None:
    days = ("08/03/2027", "09/03/2027", "10/03/2027")
    told: Told = {
        "Titre de votre atelier": (("Nichoirs", "Métiers", "Théâtre"), "titre"),
        "À partir de quand a-t-il lieu ?": (days, "debut"),
        "Jusqu’à quand peut-on s’inscrire ?": (days, "ignore"),
        "Depuis quand travaillez-vous ici ?": (days, "ignore"),
    }
    assert [one.champ.value for one in found(told)] == [one for _, one in told.values()]

"""What reports say of alliances and bassins in set phrases; what is not understood is told, never guessed."""

from __future__ import annotations

import pytest

from accroche.campagne.regles import Alliances, Appel, Portage
from accroche.rapport.alliances import read_alliances, read_appel
from accroche.rapport.paragraphs import Paragraph
from accroche.rapport.problems import Problems

FORMED = "formées par les acteurs locaux"


def told(*texts: str) -> list[Paragraph]:
    """Paragraphs, those that begin with a dash as items of a list."""
    return [
        Paragraph(number, text.removeprefix("- "), bullet=text.startswith("- "))
        for number, text in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize(
    ("box", "alliances", "portage"),
    [
        (
            (
                "Ces partenariats sont tissés ici par les porteurs de projets. "
                "Les alliances sont très souvent internes à l’école."
            ),
            Alliances.SURTOUT_INTERNES,
            Portage.PORTEURS,
        ),
        (
            (
                "Nos partenariats sont tissés par les porteurs de projets et les autorités académiques. "
                "Les alliances sont uniquement internes à l’école."
            ),
            Alliances.INTERNES,
            Portage.LES_DEUX,
        ),
        (
            "Les services académiques ont noué les partenariats. Ces partenariats sont internes à l’école.",
            Alliances.INTERNES,
            Portage.SERVICES,
        ),
        (
            f"Les alliances {FORMED} et les services académiques sont internes et externes.",
            Alliances.INTERNES_EXTERNES,
            Portage.LES_DEUX,
        ),
        (
            f"Les alliances {FORMED} sont aussi bien internes qu’externes.",
            Alliances.INTERNES_EXTERNES,
            Portage.PORTEURS,
        ),
        ("N.C.", Alliances.NC, Portage.NC),
        ("", Alliances.UNKNOWN, Portage.UNKNOWN),
        ("La MAIF est partenaire de la journée.", Alliances.UNKNOWN, Portage.UNKNOWN),
    ],
)
def test_set_phrases(box: str, alliances: Alliances, portage: Portage) -> None:
    problems = Problems()
    assert read_alliances(told(box), problems) == (alliances, portage)
    assert problems.close() == ()


@pytest.mark.parametrize(
    ("box", "what"),
    [
        ("Les alliances ne sont pas toujours internes au réseau.", "Cette phrase sur les alliances"),
        ("Les partenariats sont tissés avec patience.", "qui noue les partenariats"),
        (
            "Les alliances sont internes et externes. Les partenariats sont uniquement internes à l’école.",
            "dites de deux façons",
        ),
    ],
)
def test_a_phrase_that_is_not_understood_is_told(box: str, what: str) -> None:
    problems = Problems()
    assert read_alliances(told("", box), problems) == (Alliances.UNKNOWN, Portage.UNKNOWN)
    (problem,) = problems.close()
    assert what in problem.message
    assert problem.line == 2


@pytest.mark.parametrize(
    ("narrative", "appel", "bassins"),
    [
        (
            (
                "Deux bassins ont été sélectionnés :",
                "- Le bassin de l’Est",
                "- Le bassin d’Arras",
                "Le reste.",
            ),
            Appel.CERTAINS,
            ("Est", "Arras"),
        ),
        (
            (
                (
                    "La semaine où trois bassins ont été retenus : le bassin d'Arnay, le bassin de Nolay "
                    "et le bassin d’Épinac/Le Breuil. Le bassin de Nevers a suivi."
                ),
            ),
            Appel.CERTAINS,
            ("Arnay", "Nolay", "Épinac/Le Breuil"),
        ),
        (("Tous les bassins de l’académie ont été sollicités.",), Appel.TOUS, ()),
        (("Les inspecteurs de bassin étaient là.", "http://bassinsyonne.fr"), Appel.UNKNOWN, ()),
    ],
)
def test_bassins(narrative: tuple[str, ...], appel: Appel, bassins: tuple[str, ...]) -> None:
    problems = Problems()
    assert read_appel(told(*narrative), problems) == (appel, bassins)
    assert problems.close() == ()


@pytest.mark.parametrize(
    ("narrative", "found", "what"),
    [
        (
            "Trois bassins ont été retenus : le bassin de Lens.",
            (Appel.CERTAINS, ("Lens",)),
            "1 y sont nommés",
        ),
        ("Quelques bassins ont été retenus.", (Appel.CERTAINS, ()), "0 y sont nommés"),
        ("Les bassins se sont émus.", (Appel.UNKNOWN, ()), "quels bassins ont été appelés"),
    ],
)
def test_bassins_that_are_not_understood_are_told(
    narrative: str, found: tuple[Appel, tuple[str, ...]], what: str
) -> None:
    problems = Problems()
    assert read_appel(told(narrative), problems) == found
    (problem,) = problems.close()
    assert what in problem.message

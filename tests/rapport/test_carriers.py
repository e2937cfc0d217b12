"""Carriers on a line of their own under the title of their action."""

from __future__ import annotations

import pytest

from accroche.rapport.carriers import with_carriers
from accroche.rapport.lines import Line
from accroche.rapport.signs import ACTION


def given(text: str) -> list[Line]:
    rows = text.replace("▸", ACTION).split("|")
    return [Line(n, row.lstrip("_"), len(row) - len(row.lstrip("_"))) for n, row in enumerate(rows, start=1)]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("▸ Un verger|Porteur : Lycée Bel Air, Vire|_Suite.", "▸ Un verger, Lycée Bel Air, Vire|_Suite."),
        ("▸ Un verger|_Porté par : la mairie|_Suite.", "▸ Un verger, la mairie|_Suite."),
        (
            "▸ Un verger|et sa haie|Porteur : Lycée Bel|Air|_Suite.",
            "▸ Un verger et sa haie, Lycée Bel Air|_Suite.",
        ),
        (
            "▸ Un verger|Porteur : Lycée Bel Air|Suite, sans|ligne|vide|ici.",
            "▸ Un verger, Lycée Bel Air|_Suite, sans|ligne|vide|ici.",
        ),
        # learnt: most titles have it, with an organisation
        (
            "▸ A|Lieu : Lycée Un|▸ B|Lieu : Lycée Deux|▸ C|Lieu : Lycée Trois",
            "▸ A, Lycée Un|_▸ B, Lycée Deux|_▸ C, Lycée Trois",
        ),
        ("▸ A|Public : tous|▸ B|Public : les grands|▸ C|Public : les parents", ""),
        ("▸ A|__Porteur : Lycée Un", ""),
        ("▸ A|Voir : http://exemple.fr", ""),
    ],
)
def test_a_labelled_carrier_goes_behind_its_title(text: str, read_as: str) -> None:
    kept, told = with_carriers(given(text))
    shown = "|".join("_" * line.blanks + line.text for line in kept).replace(ACTION, "▸")
    assert shown == (read_as or text)
    assert bool(told) is bool(read_as)

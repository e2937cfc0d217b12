"""Headings of sheets that a narrow column cuts."""

from __future__ import annotations

import pytest

from accroche.rapport.headings import with_whole_headings
from accroche.rapport.lines import Line


@pytest.mark.parametrize(
    ("rows", "read_as"),
    [
        ("Académie de|Caen|14 mars", "Académie de Caen|14 mars"),
        ("Académie d’Aix-|Marseille|14 mars", "Académie de Aix-Marseille|14 mars"),
        ("Académie|Caen|de|14 mars", "Académie de Caen|14 mars"),
        ("Académie|Metz|de|Nancy-|14 mars", "Académie de Nancy-Metz|14 mars"),
        ("Académie de Caen|Lille|14 mars", "Académie de Caen|Lille|14 mars"),
        ("Académie de|Nulle-Part|14 mars", "Académie de|Nulle-Part|14 mars"),
    ],
)
def test_a_heading_that_is_cut_is_whole_again(rows: str, read_as: str) -> None:
    lines = [Line(number, text) for number, text in enumerate(rows.split("|"), start=1)]
    assert "|".join(line.text for line in with_whole_headings(lines)) == read_as

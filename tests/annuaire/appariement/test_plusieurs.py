"""How many schools a mention names."""

from __future__ import annotations

import pytest

from accroche.annuaire.appariement.plusieurs import parts, schools_named


@pytest.mark.parametrize(
    "text",
    [
        "Collèges Jean Moulin et Jules Ferry",
        "Collège Jean Moulin, lycée Jules Ferry",
        "Collège Jean Moulin Collège Jules Ferry",
        "Clg/Lycée Jean Moulin",
        "Collège et lycées Jean Moulin",
        "LP Jean Moulin (Lyon), Jules Ferry (Vienne)",
    ],
)
def test_several(text: str) -> None:
    assert schools_named(text) > 1


@pytest.mark.parametrize(
    "text",
    [
        "Collège Jean Moulin",
        "Collège Pierre et Marie Curie",
        "Lycée général et technologique Jean Moulin",
        "Lycée polyvalent Jean Moulin lycée des métiers du bois",
        "SEGPA du collège Jean Moulin",
        "SEP du lycée Jean Moulin",
        "Micro-lycée du lycée Jean Moulin",
        "Collège Jean Moulin (REP+)",
        "Liaison des collèges : Jean Moulin",
        "",
    ],
)
def test_one(text: str) -> None:
    assert schools_named(text) == 1


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Clg A ; Clg B", ("Clg A", "Clg B")),
        ("Clg Jean + élèves de 3e", ("Clg Jean + élèves de 3e",)),
        ("Clg Jean / Lycée Paul", ("Clg Jean", "Lycée Paul")),
        ("Lyon / Jean Moulin / Clg", ("Lyon / Jean Moulin / Clg",)),
    ],
)
def test_what_parts_for_sure(text: str, sure: tuple[str, ...]) -> None:
    assert tuple(piece if piece in text else "" for piece in parts(text).sure) == sure

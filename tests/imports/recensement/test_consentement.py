"""Who did not let a form publish what they wrote: told, row by row."""

from __future__ import annotations

import pytest

from accroche.imports.recensement.columns import recognise
from accroche.imports.recensement.consentement import asks_to_publish, says_no
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.table import Table

HEADING = "J’autorise la publication de cette fiche"


@pytest.mark.parametrize(
    ("heading", "asks"),
    [
        (HEADING, True),
        ("Acceptez-vous la diffusion de votre action ?", True),
        ("Consentement RGPD", True),
        ("Accord pour la mise en ligne", True),
        ("Public visé", False),
        ("Autorisation de sortie", False),
        ("Accord du public", False),
    ],
)
def test_a_heading_that_asks(heading: str, asks: bool) -> None:
    assert asks_to_publish(heading) == asks


@pytest.mark.parametrize(
    ("answer", "refuses"),
    [("Non", True), ("non, pas encore", True), ("Je n’autorise pas", True), ("No", True), ("Oui", False),
     ("Notre accord", False), ("", False)],
)  # fmt: skip
def test_an_answer_that_refuses(answer: str, refuses: bool) -> None:
    assert says_no(answer) == refuses


def test_the_row_says_it() -> None:
    headings = ["Titre de l’action", "Établissement", HEADING]
    reader = RowReader(Table("", 1, tuple(recognise(headings))), "2026-2027")
    told = [
        [
            (one.column, one.message, one.blocks)
            for one in reader.read(2, ["Forum", "Collège A, Dijon", answer]).remarks
        ]
        for answer in ("Non", "Oui")
    ]
    assert told == [[("C", f"À « {HEADING} », la réponse est « Non ».", False)], []]

"""An action that does not take place becomes no sheet without a word."""

from __future__ import annotations

import pytest

from accroche.imports.recensement.annulation import becomes
from accroche.imports.recensement.columns import recognise
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.table import Table


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("❌ [ANNULÉ] Forum des métiers", "annulée"), ("Forum (annulé faute d’inscrits)", "annulée"),
        ("Forum – annulée", "annulée"), ("Forum ANNULÉ en 3e", "annulée"), ("CANCELLED: fair", "annulée"),
        ("Annulé", "annulée"), ("Forum reporté", "reportée"), ("Postponed", "reportée"),
        ("reporté au 20 mars", "reportée"), ("Le bal annulé de Nolay", ""), ("Reporters en herbe", ""),
        ("Reportage au lycée", ""), ("", ""),
    ],
)  # fmt: skip
def test_what_becomes_of_an_action(text: str, what: str) -> None:
    assert becomes(text) == what


def test_the_row_says_it() -> None:
    headings = ["Titre de l’action", "Établissement", "Date", "Statut", "Annulé ?"]
    reader = RowReader(Table("", 1, tuple(recognise(headings))), "2026-2027")
    rows = (
        ["[ANNULÉ] Forum", "Collège A", "8 mars 2027", ""],
        ["Forum", "Collège A", "8 mars 2027", "Annulé"],
        ["Forum", "Collège A", "8 mars 2027", "Reporté"],
        ["Forum", "Collège A", "8 mars 2027", "Confirmé", "Non"],
        ["Forum", "Collège A", "8 mars 2027", "Confirmé", "Oui"],
    )
    told = [[(one.message, one.blocks) for one in reader.read(2, row).remarks] for row in rows]
    off, later = ("Cette action est dite annulée.", True), ("Cette action est dite reportée.", False)
    assert told == [[off], [off], [later], [], [off]]

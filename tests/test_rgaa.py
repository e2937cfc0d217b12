"""The audit of accessibility: each criterion has its row, what rows name is there, the site says the same."""

from __future__ import annotations

from fractions import Fraction

import pytest

from accroche.commun.rgaa import (
    CRITERES,
    DECLARATION,
    MANQUES,
    SANS_OBJET,
    Conformite,
    ResultatCritere,
    conformite,
    decompte,
    resultat,
    taux,
)
from tests import audit
from tests.strictness import ROOT

PAGE = ROOT / "docs" / "rgaa.md"


def rows() -> list[tuple[str, str, str, str]]:
    return audit.rows(PAGE, r"\d+\.\d+")


def test_each_criterion_has_one_row_in_the_order_of_the_standard() -> None:
    assert len(CRITERES) == 106
    assert tuple(row[0] for row in rows()) == CRITERES


def test_the_site_declares_what_the_audit_found() -> None:
    assert {row[0]: row[1] for row in rows()} == {critere: resultat(critere).value for critere in CRITERES}


def test_what_falls_short_and_what_does_not_apply_are_criteria_told_once() -> None:
    short = [critere for criteres in MANQUES.values() for critere in criteres]
    assert len(short) == len(set(short))
    assert set(short) | SANS_OBJET <= set(CRITERES)
    assert not set(short) & SANS_OBJET


def test_a_row_says_how_and_what_shows_it() -> None:
    for critere, given, how, shown in rows():
        assert len(how) > 6, critere
        assert (shown == "–") == (given == "NA"), critere


@pytest.mark.parametrize("path", sorted({path for row in rows() for path in row[3].split(", ")} - {"–"}))
def test_what_a_row_names_is_there(path: str) -> None:
    file, _, name = path.partition("::")
    assert (ROOT / file).exists()
    if name:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("held", "short", "part", "declared"),
    [
        (83, 0, 1, Conformite.TOTALE),
        (0, 0, 1, Conformite.TOTALE),
        (82, 1, Fraction(82, 83), Conformite.PARTIELLE),
        (40, 40, Fraction(1, 2), Conformite.PARTIELLE),
        (40, 41, Fraction(40, 81), Conformite.AUCUNE),
    ],
)
def test_what_may_be_declared_follows_from_the_part_that_is_held(
    held: int, short: int, part: Fraction, declared: Conformite
) -> None:
    counted = {
        ResultatCritere.CONFORME: held,
        ResultatCritere.NON_CONFORME: short,
        ResultatCritere.NON_APPLICABLE: 106 - held - short,
    }
    assert taux(counted) == part
    assert conformite(taux(counted)) == declared


def test_the_declaration_is_that_of_the_audit() -> None:
    assert sum(decompte().values()) == 106
    assert conformite(taux(decompte())) == DECLARATION

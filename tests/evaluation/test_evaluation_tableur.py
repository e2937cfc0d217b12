"""A grid filled in a workbook, read row by row: what people write, and what is not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from accroche.evaluation.evaluation import COMMENT_LENGTH, ReponseDite, Sans
from accroche.evaluation.evaluation_tableur import (
    ANSWER,
    CODE,
    COMMENT,
    HEADINGS,
    MARK,
    CritereEcrit,
    GrilleRemplie,
    NotAGridError,
    Origine,
    read,
    row_of,
)

if TYPE_CHECKING:
    from accroche.lib.tableur.cellules import Cell

LEVELS = ("Rien.", "Un peu.", "Assez.", "Beaucoup.", "Tout.")
CRITERES = {"1.1": LEVELS, "1.2": LEVELS}
OURS = Origine("2026-2027", "dijon")


def read_back(
    *cells: tuple[Cell, Cell, Cell], held: ReponseDite | None = None, mark: str = ""
) -> GrilleRemplie:
    """Read rows of a code, an answer and a comment."""
    rows: list[tuple[int, list[Cell]]] = [(1, [CODE, ANSWER, COMMENT, MARK])]
    rows += [(number, [*row, mark]) for number, row in enumerate(cells, start=2)]
    return read(rows, CRITERES, {"1.1": held} if held else {}, OURS)


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (3, ReponseDite(3)),
        (3.0, ReponseDite(3)),
        ("3", ReponseDite(3)),
        (" Niveau 3 ", ReponseDite(3)),
        ("3,0", ReponseDite(3)),
        (0, ReponseDite(0)),
        ("beaucoup.", ReponseDite(3)),
        ("Sans objet", ReponseDite(sans=Sans.NOT_APPLICABLE)),
        ("NE SAIT PAS", ReponseDite(sans=Sans.UNKNOWN)),
        ("Nous ne savons pas", ReponseDite(sans=Sans.UNKNOWN)),
    ],
)
def test_an_answer_as_people_write_it(cell: Cell, told: ReponseDite) -> None:
    (line,) = read_back(("1.1", cell, None)).lues
    assert (line.number, line.dite) == (2, told)


@pytest.mark.parametrize("cell", [5, -1, "2 ou 3", "oui", "x", "2.5", 10, True])
def test_what_is_not_understood_names_its_row_and_says_what_to_write(cell: Cell) -> None:
    (line,) = read_back(("1.1", cell, "Un mot.")).fautives
    assert (line.number, line.code) == (2, "1.1")
    assert "écrivez un niveau de 0 à 4" in line.message


def test_a_spreadsheet_may_have_made_a_number_of_a_code() -> None:
    assert [line.code for line in read_back((1.1, 2, None), ("1,2", 3, None)).lues] == ["1.1", "1.2"]


def test_an_empty_answer_erases_nothing() -> None:
    held = ReponseDite(2, comment="Avant.")
    told = read_back(("1.1", None, "Maintenant."), ("1.2", "", ""), held=held)
    assert [line.dite for line in told.lues] == [ReponseDite(2, comment="Maintenant.")]
    assert told.empty == ["1.2"]


def test_an_empty_comment_beside_a_level_erases_nothing() -> None:
    told = read_back(("1.1", 3, ""), held=ReponseDite(2, comment="Avant."))
    assert [line.dite for line in told.lues] == [ReponseDite(3, comment="Avant.")]


def test_a_file_without_its_column_of_comments_takes_none_away() -> None:
    rows: list[tuple[int, list[Cell]]] = [(1, [CODE, ANSWER]), (2, ["1.1", 3]), (3, ["1.2", None])]
    held = {"1.1": ReponseDite(2, comment="Avant."), "1.2": ReponseDite(1, comment="Reste.")}
    told = read(rows, CRITERES, held, OURS)
    assert [line.dite for line in told.lues] == [ReponseDite(3, comment="Avant.")]
    assert told.empty == ["1.2"]


def test_other_mistakes_are_named_too() -> None:
    told = read_back(
        ("1.1", 2, None), ("1.1", 3, None), ("8.8", 2, None), ("1.2", 1, "x" * (COMMENT_LENGTH + 1))
    )
    assert [(line.number, line.message.split()[0]) for line in told.fautives] == [
        (3, "ce"),
        (4, "ce"),
        (5, "le"),
    ]
    assert len(told.lues) == 1


def test_the_grid_of_another_is_refused_whole() -> None:
    with pytest.raises(NotAGridError, match="lyon"):
        read_back(("1.1", 2, None), mark="2026-2027 lyon 3")
    with pytest.raises(NotAGridError, match="2025-2026"):
        read_back(("1.1", 2, None), mark="2025-2026 dijon 3")
    assert read_back(("1.1", 2, None), mark="2026-2027 dijon 3").lues[0].version == 3
    assert read_back(("1.1", 2, None), mark="effacé").lues[0].version is None


@pytest.mark.parametrize("rows", [[], [(1, ["Nom", "Ville"])], [(1, [CODE, ANSWER])]])
def test_what_is_no_grid_is_said_so(rows: list[tuple[int, list[Cell]]]) -> None:
    with pytest.raises(NotAGridError, match="grille"):
        read(rows, CRITERES, {}, OURS)


def test_what_is_written_is_read_back() -> None:
    told = {"1.1": ReponseDite(4, comment="=1+1"), "1.2": ReponseDite(sans=Sans.UNKNOWN, comment="À voir.")}
    written = [
        (number, row_of(CritereEcrit(code, "Objectif", "Titre", LEVELS), told[code], number, OURS))
        for number, code in enumerate(CRITERES, start=2)
    ]
    found = read([(1, list(HEADINGS)), *written], CRITERES, {}, OURS)
    assert [(line.code, line.dite, line.version) for line in found.lues] == [
        ("1.1", told["1.1"], 2),
        ("1.2", told["1.2"], 3),
    ]

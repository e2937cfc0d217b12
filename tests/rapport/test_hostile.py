"""Large and hostile texts: the outcome comes, whatever the size. Nothing is timed here."""

from __future__ import annotations

import pytest

from accroche.rapport.lines import MAX_LINE, MAX_LINES
from accroche.rapport.problems import MAX_EXCERPT, MAX_PROBLEMS
from accroche.rapport.reading import ReadingError, read
from tests.thorough import THOROUGH

#: The long campaign takes these sizes whole, the suite a tenth of them.
SHARE = 1 if THOROUGH else 10
SHEET = "Académie de Caen\n\n21 – 27 Mars 2016\n\n"


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param("a" * (10_000_000 // SHARE), id="one line of 10 MB"),
        pytest.param("http://a-" * (1_000_000 // SHARE), id="one line of addresses"),
        pytest.param("\n" * (1_000_000 // SHARE), id="a million blank lines"),
        pytest.param("\f" * (1_000_000 // SHARE), id="a million page ends"),
        pytest.param("\x01\x02\u202e" * (1_000_000 // SHARE), id="controls and overrides"),
        pytest.param(SHEET * (20_000 // SHARE), id="the same heading again"),
        pytest.param("Académie de Caen\n\n" * (50_000 // SHARE), id="the running title again"),
        pytest.param("http://a.fr/b-\n" + "c-\n" * (100_000 // SHARE), id="an address without end"),
        pytest.param(
            "texte http://a.fr/0 suite\n" + "".join(f"http://a.fr/{n}\n" for n in range(100_000 // SHARE)),
            id="a foot",
        ),
        pytest.param("- a\n" * (100_000 // SHARE), id="bullets"),
        pytest.param("\uf0fe Collège\n" * (100_000 // SHARE), id="boxes"),
        pytest.param("\uf0fe" * (MAX_LINE - 1), id="boxes on a line"),
        pytest.param("\uf0d8 Titre, Collège A\n" * (20_000 // SHARE), id="actions"),
        pytest.param("\uf0d8\n" * (100_000 // SHARE), id="actions without title"),
        pytest.param(("\uf0d8 " + "Collège A du B, " * 1_000 + "\n") * 20, id="carriers without end"),
        pytest.param(("\uf0d8 " + "(prix " * 3_000 + "\n") * 20, id="brackets never closed"),
        pytest.param("Nombre d’actions : " + "1, " * 6_000, id="a long figure"),
        pytest.param("Nombre d’actions : 3\n" + "et 4\n" * (50_000 // SHARE), id="a figure without end"),
        pytest.param("un axe de travail se dégage\n" * (50_000 // SHARE), id="announcements"),
        pytest.param(
            "CONCLUSION\n" + "deux Académies avaient déjà organisé (\n" * (50_000 // SHARE),
            id="a long conclusion",
        ),
        pytest.param(("a" + "\u0301\u0323" * 9_000 + "\n") * 100, id="piled accents"),
    ],
)
def test_a_sheet_comes_out_of_anything(rest: str) -> None:
    reading = read(SHEET + rest, "2015-2016")
    assert [s.academie for s in reading.dossier.semaines] == ["Caen"]
    assert 0 < len(reading.problems) <= MAX_PROBLEMS + 1
    assert all(len(p.excerpt) <= MAX_EXCERPT for p in reading.problems)


def test_an_overlong_line_is_told() -> None:
    reading = read(SHEET + "x" * (MAX_LINE + 1), "2015-2016")
    assert any(p.line == 5 and "n’est pas une ligne de rapport" in p.message for p in reading.problems)


@pytest.mark.parametrize(
    "text",
    [
        char * (number // SHARE)
        for char, number in (
            ("a", 10_000_000),
            ("\n", 1_000_000),
            ("\x00", 1_000_000),
            ("L’Académie de Caen\n", 50_000),
        )
    ],
)
def test_no_heading_no_report(text: str) -> None:
    with pytest.raises(ReadingError, match="Aucun titre"):
        read(text, "2015-2016")


def test_too_many_lines_or_headings_are_refused() -> None:
    with pytest.raises(ReadingError, match=f"plus de {MAX_LINES} lignes"):
        read(SHEET + "a\n" * MAX_LINES, "2015-2016")
    headings = "".join(
        f"Académie de {a}{b}u\n\n1 – 2 Mars 2016\n\n" for a in "BCDFGHJKLMN" for b in "aeiouyàâéè"
    )
    with pytest.raises(ReadingError, match="plus de 100 titres"):
        read(headings, "2015-2016")


def test_invisible_characters_leave_no_trace() -> None:
    reading = read(
        "Aca\u00addémie\u200b de \u202eCaen\n\n21 – 27 Mars 2016\n\nL’Aca\u2066démie\x07 de Caen.\ud800\n",
        "2015-2016",
    )
    assert reading.dossier.semaines[0].academie == "Caen"
    assert reading.dossier.semaines[0].narrative == "L’Académie de Caen.\ufffd"

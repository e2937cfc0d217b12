"""Lines without their markup, whole again, and the counts and headings read from them."""

from __future__ import annotations

import pytest

from accroche.rapport.dressing import undressed
from accroche.rapport.ending import read_ending
from accroche.rapport.fields import read_chiffres
from accroche.rapport.labels import with_whole_labels
from accroche.rapport.lines import Line, split_lines
from accroche.rapport.problems import Problems
from accroche.rapport.sections import is_date


def lines_of(text: str) -> list[Line]:
    return list(split_lines(text, Problems()))


@pytest.mark.parametrize(
    ("text", "date"),
    [("du 29 mars au 1ᵉʳ avril 2016", True), ("3.1.2 Présentation", False), ("1.2.2016", True)],
)
def test_lines_that_are_dates(text: str, date: bool) -> None:
    (line,) = lines_of(text)
    assert is_date(line.text) is date
    assert "ᵉ" not in line.text


@pytest.mark.parametrize(
    ("given", "read_as"),
    [
        (
            "Nombre d’écoles/établissements\nimpliqué(e)s : 30",
            "Nombre d’écoles/établissements impliqué(e)s : 30",
        ),
        ("Nombre d’écoles : 30\nimpliquées : 30", "Nombre d’écoles : 30|impliquées : 30"),
        ("Les écoles\nimpliquées : 30", "Les écoles|impliquées : 30"),
    ],
)
def test_a_label_cut_before_its_colon_is_whole(given: str, read_as: str) -> None:
    assert "|".join(line.text for line in with_whole_labels(lines_of(given))) == read_as


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        (f"**Nombre d’actions :** 12 {'de plus ' * 20}ici", f"Nombre d’actions : 12 {'de plus ' * 20}ici"),
        ("__Nombre d’écoles__ : 5", "Nombre d’écoles : 5"),
        ("**Une phrase :** et sa suite", "**Une phrase :** et sa suite"),
        ("3.2 Exemples d’actions", "Exemples d’actions"),
        ("4 CONCLUSION", "CONCLUSION"),
        ("4 classes y vont", "4 classes y vont"),
    ],
)
def test_markup_and_numbers_of_chapters_are_left_out(text: str, read_as: str) -> None:
    assert [line.text for line in undressed(Line(1, text), ())] == [read_as]


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        (["31 actions pour la Semaine 58", "actions déjà là"], [31, 58]),
        (["31"], [31]),
        (["–"], [None]),
    ],
)
def test_counts_of_one_line(value: list[str], counts: list[int | None]) -> None:
    lines = [Line(1, f"Nombre d’actions : {value[0]}"), *(Line(2, text) for text in value[1:])]
    assert [one.value for one in read_chiffres(lines, "d’actions", 1, "", Problems())] == counts


def test_headings_of_a_conclusion_in_markdown_or_numbered() -> None:
    rows = ["### Mobiliser les partenaires", "On y va.", "4.2 Communiquer et rendre visible", "On le dit."]
    rows += ["### 1) Aller plus loin", "Oui.", "**2. Revenir**", "Non."]
    ending = read_ending([Line(n, text, 1) for n, text in enumerate(rows, start=1)], (), Problems())
    assert [one.code for one in ending.objectifs] == ["mobiliser_partenaires", "communiquer"]
    assert [one.title for one in ending.perspectives] == ["Aller plus loin", "Revenir"]

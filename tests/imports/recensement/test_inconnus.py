"""The names of a file that nobody knows: counted, however many, and held within bounds."""

from __future__ import annotations

import pytest

from accroche.imports.recensement import inconnus
from accroche.imports.recensement.inconnus import Inconnu, Inconnus


def met(found: Inconnus, key: str, answer: str = "") -> None:
    found.meet(key, Inconnu(key.title(), "", 1, is_schoolish=False, answer=answer), "Dijon")


def test_beyond_what_is_held_names_are_counted_and_known_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inconnus, "HELD", 2)
    found = Inconnus()
    for key in ("a", "b", "c", "a", "c", "d"):
        met(found, key)
    met(found, "e", "association")
    told = found.as_json()
    assert [(one["name"], one["count"]) for one in told["asked"]] == [("A", 2), ("B", 1)]
    assert (told["more"], [one["name"] for one in told["told"]]) == (2, ["E"])
    assert all(key in found for key in "abcde")
    assert "f" not in found


@pytest.mark.parametrize(
    ("is_schoolish", "schools", "line"),
    [
        (False, 1, "association"),
        (False, 0, "association"),
        (True, 0, "UAI"),
        (True, 1, "0210001A"),
        (True, 2, "UAI"),
    ],
)
def test_a_line_to_copy_guesses_no_school(is_schoolish: bool, schools: int, line: str) -> None:
    found = Inconnus()
    proposed = tuple((f"021000{number}A", f"École {number}") for number in range(1, schools + 1))
    found.meet("a", Inconnu("Air", "", 2, is_schoolish=is_schoolish, proposed=proposed), "")
    told = list(inconnus.lines_of(found.as_json()))
    assert f'--organisme "Air={line}"' in told[1]
    assert ("est-ce École 1" in told[1]) == (schools > 0)


def test_a_first_name_is_offered_as_no_association() -> None:
    found = Inconnus()
    found.meet("a", Inconnu("Catherine", "", 2, is_schoolish=False), "")
    _, line = inconnus.lines_of(found.as_json())
    assert line.startswith("  « Catherine » est peut-être une personne, qui ne porte pas d’action")


def test_names_are_told_whole_and_asked_about_from_the_most_frequent() -> None:
    found = Inconnus()
    first = Inconnu(
        "Forêt", "Feuil1", 5, is_schoolish=True, proposed=(("0210001A", "École A"), ("B", "École B"))
    )
    for commune in ("Dijon", "", "Beaune", "Dijon", "Nuits", "Sens", "Autun"):
        found.meet("foret", first, commune)
    for key, number in (("b", 4), ("c", 3), ("a", 4)):
        found.meet(key, Inconnu(key, "", number, is_schoolish=False), "")
    told = found.as_json()
    assert [one["name"] for one in told["asked"]] == ["Forêt", "c", "a", "b"]
    assert len({one["field"] for one in told["asked"]}) == 4
    assert told["asked"][0] == {
        "field": inconnus.field_name("foret"),
        "name": "Forêt",
        "sheet": "Feuil1",
        "number": 5,
        "is_schoolish": True,
        "proposed": [["0210001A", "École A"], ["B", "École B"]],
        "answer": "",
        "count": 7,
        "communes": ["Dijon", "Beaune", "Nuits", "Sens"],
    }
    assert list(inconnus.lines_of(told | {"without": 2, "more": 1})) == [
        f"2 lignes ne nomment personne. {inconnus.ASKS_WHO}",
        (
            "5 noms de porteur à reconnaître. Dites ce qu’est chacun, une fois pour toutes ses lignes : "
            "association, collectivite, academie, autre… ou l’UAI d’un établissement."
        ),
        '  --organisme "Forêt=UAI"   (7 lignes, d’abord la 5 ; est-ce École A ou École B ?)',
        '  --organisme "c=association"   (1 ligne, d’abord la 3)',
        '  --organisme "a=association"   (1 ligne, d’abord la 4)',
        '  --organisme "b=association"   (1 ligne, d’abord la 4)',
        "  Pour beaucoup de noms : --porteurs FICHIER.csv, un nom et ce qu’il est par ligne.",
        "  … et 1 de plus, une fois ceux-ci dits.",
    ]
    assert list(inconnus.lines_of({"without": 1}, "CIO")) == [
        "1 ligne ne nomme personne. Porteur dit pour elles : CIO."
    ]

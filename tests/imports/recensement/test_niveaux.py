"""The levels people write in a column: whole, or told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.regles import Niveau
from accroche.imports.recensement.answers import levels_told
from accroche.imports.recensement.champs import Champ
from accroche.imports.recensement.niveaux import read_levels
from tests.imports.recensement.test_lecture import read

PD, CLG, LYC, LP = Niveau
ALL = {PD, CLG, LYC, LP}


WHOLE = [
    (
        {CLG, LYC},
        "Collégiens et lycéens | de la 6e à la Tle | De la 6ème jusqu’à la terminale | 3e et 2nde",
    ),
    (
        ALL,
        (
            "1er et 2nd degrés | 1D/2D | 1D2D | premier et second degrés | 1er degré, 2nd degré "
            "| inter-degrés | Tous | Primaire et secondaire | Tous niveaux | "
            "tous publics scolaires | de la maternelle au lycée"
        ),
    ),
    (
        {PD, CLG, LYC},
        "du CM1 à la terminale | CM1-Tle | école au lycée | Ecole primaire / Collège / Lycée",
    ),
    (
        {PD},
        "PS/MS/GS | CP-CE1 | CE2 - CM1 - CM2 | Grande section | 1er degré | Cycle 1, cycle 2 | École élém.",
    ),
    (
        {PD, CLG},
        (
            "cycle 3 | cycles 2 et 3 | C1, C2, C3 | CM2-6e | primaire + collège | 1er degré et collège "
            "| de la maternelle à la 3e"
        ),
    ),
    (
        {CLG},
        (
            "cycle 4 | élèves de 3ème | 3ᵉ | 6°, 5° | 6/5/4/3 | sixièmes | 6A, 6B | SEGPA | 3e prépa-métiers "
            "| tous les niveaux du collège | second degré (collège) | 2 classes de 4e | ULIS collège"
        ),
    ),
    (
        {LYC},
        "Tle | 2nde | 2des, 1res et Tles | Terminales STMG | 1STI2D | T° | micro-lycée | lycée agricole",
    ),
    (
        {LP},
        "CAP | bac pro | 2de bac pro | CAP 1ère année | Lycée professionnel | Lycéens professionnels | SEP",
    ),
    ({LYC, LP}, "lycées généraux, technologiques et professionnels | lycée GT/pro | LPO | LP et LGT"),
    ({CLG, LP}, "4ème et 3ème, 2nde pro"),
    ({CLG, LYC, LP}, "second degré | Secondaire"),
    (set(), "parents | Elèves décrocheurs"),
]


@pytest.mark.parametrize(("levels", "texts"), WHOLE)
def test_levels_are_read_whole(levels: set[Niveau], texts: str) -> None:
    for text in texts.split(" | "):
        found = read_levels(text)
        assert (text, set(found.levels), found.unread) == (text, levels, ())


@pytest.mark.parametrize(
    ("text", "levels", "unread"),
    [
        ("Lycée et BTS", {LYC}, "BTS"),
        ("CFA, lycée pro", {LP}, "CFA"),
        ("1ère année de BTS", set(), "BTS"),
        ("étudiants", set(), "étudiants"),
        ("post-bac", set(), "post-bac"),
        ("ULIS", set(), "ULIS"),
        ("École de la 2e chance", set(), "ecole de la 2e chance"),
        ("tous sauf les 3e", set(), "tous sauf les 3e"),
        ("7e et 6e", {CLG}, "7e"),
    ],
)
def test_what_is_no_level_of_ours_is_told(text: str, levels: set[Niveau], unread: str) -> None:
    found = read_levels(text)
    assert (set(found.levels), found.unread) == (levels, (unread,))
    (remark,) = read(titre="A", uai="0210001M", niveaux=text).remarks
    assert remark.champ is Champ.NIVEAUX
    assert not remark.blocks
    if levels:
        assert unread in remark.message


@pytest.mark.parametrize(
    ("cells", "levels", "told"),
    [
        ({"public": "1D2D"}, ALL, True),
        ({"public": "Collégiens", "classes": "CM2"}, {CLG}, False),
        ({"classes": "3e A, 2nde 4"}, {CLG, LYC}, True),
        ({"public": "tous publics", "classes": ""}, {CLG}, False),
        ({"public": "Parents, étudiants et lycéens"}, {CLG}, False),
        ({}, {CLG}, False),
    ],
)
def test_a_public_or_classes_tell_the_levels_before_the_school_does(
    cells: dict[str, str], levels: set[Niveau], told: bool
) -> None:
    row = read(titre="A", uai="0210001M", **cells)
    assert set(levels_told(row, {CLG})) == levels
    assert bool(row.remarks) is told


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        *(
            ({"niveaux": text}, text)
            for text in ("5ème", "4e/3e", "PS, MS", "6e SEGPA", "2de bac pro", "Tle")
        ),
        *(
            ({"niveaux": text}, "")
            for text in ("Collège ; Lycée", "1er et 2nd degrés", "cycle 4", "SEGPA", "")
        ),
        ({"niveaux": "5e", "classes": ""}, ""),
        ({"niveaux": "5e", "classes": "5e A"}, "5e A"),
    ],
)
def test_classes_told_as_levels_are_kept_where_no_column_holds_them(cells: dict[str, str], kept: str) -> None:
    assert vars(read(titre="A", uai="0210001M", **cells))["classes"] == kept


WORDS = ["6e", "CM1", "à", "-", "au", "lycée", "cycle", "3", "2D", "pro", "et"]


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text_gives_levels_in_their_order(text: str) -> None:
    levels = read_levels(text).levels
    assert list(levels) == [level for level in Niveau if level in levels]

"""How many schools a mention names."""

from __future__ import annotations

import pytest

from accroche.annuaire.appariement.plusieurs import MOST, Parts, parts, schools_named


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Collège A, X", Parts(("Collège A, X",))),
        ("Collèges A, X ; B, Y", Parts(("Collèges A, X", "college B, Y"))),
        ("Collège A\nCollège B", Parts(("Collège A", "Collège B"))),
        ("Collège A | Lycée B", Parts(("Collège A", "Lycée B"))),
        ("0210038C et 0210001M", Parts(("0210038C", "0210001M"), coded=True)),
        ("0210038C collège A et B", Parts(("0210038C collège A et B",), coded=True)),
        ("Collège A + Lycée B", Parts(("Collège A", "Lycée B"))),
        ("Collège A + élèves", Parts(("Collège A + élèves",))),
        (
            "Biscarrosse / Jean Mermoz / Clg",
            Parts(("Biscarrosse / Jean Mermoz / Clg",), spoken=(("Biscarrosse, Jean Mermoz", "Clg"),)),
        ),
        ("Collèges A / B", Parts(("Collèges A", "college B"))),
        (
            "Collèges Hugo et Stendhal, Besançon",
            Parts(
                ("Collèges Hugo et Stendhal, Besançon",),
                guessed=(
                    ("Collèges Hugo", "college Stendhal", "college Besançon"),
                    ("Collèges Hugo", "college Stendhal, Besançon"),
                    ("Collèges Hugo et Stendhal", "college Besançon"),
                ),
                named=30,
            ),
        ),
        (
            "Collège Hugo, lycée Pergaud",
            Parts(
                ("Collège Hugo, lycée Pergaud",),
                spoken=(("college hugo", "lycee pergaud"), ("Collège Hugo", "lycée Pergaud")),
                named=2,
            ),
        ),
        (
            "Collège et lycée Jean Moulin",
            Parts(
                ("Collège et lycée Jean Moulin",),
                spoken=(("college jean moulin", "lycee jean moulin"), ("Collège", "lycée Jean Moulin")),
                named=2,
            ),
        ),
        (
            "Clg/Lycée Jean Moulin",
            Parts(
                ("Clg/Lycée Jean Moulin",),
                spoken=(("clg jean moulin", "lycee jean moulin"), ("Clg", "Lycée Jean Moulin")),
                named=2,
            ),
        ),
        (
            "Collège Hugo X Collège Zola Y",
            Parts(
                ("Collège Hugo X Collège Zola Y",), spoken=(("college hugo x", "college zola y"),), named=2
            ),
        ),
        (
            "Collèges Hugo, Lyon, Zola, Vienne",
            Parts(
                ("Collèges Hugo, Lyon, Zola, Vienne",),
                guessed=(
                    ("Collèges Hugo", "college Lyon", "college Zola", "college Vienne"),
                    ("Collèges Hugo, Lyon", "college Zola, Vienne"),
                ),
                named=30,
            ),
        ),
        (
            "LP Moulin (Lyon), Ferry (Vienne)",
            Parts(
                ("LP Moulin (Lyon), Ferry (Vienne)",),
                guessed=(("LP Moulin (Lyon)", "lp Ferry (Vienne)"),),
                named=2,
            ),
        ),
        (
            "Collège Hugo - lycée Zola & école Sand",
            Parts(
                ("Collège Hugo - lycée Zola & école Sand",),
                spoken=(
                    ("college hugo", "lycee zola", "ecole sand"),
                    ("Collège Hugo", "lycée Zola", "école Sand"),
                ),
                named=3,
            ),
        ),
        (
            "Collèges Hugo, Zola et Sand",
            Parts(
                ("Collèges Hugo, Zola et Sand",),
                guessed=(
                    ("Collèges Hugo", "college Zola", "college Sand"),
                    ("Collèges Hugo, Zola", "college Sand"),
                    ("Collèges Hugo", "college Zola et Sand"),
                ),
                named=30,
            ),
        ),
        (
            "Lycée professionnel et lycée général Jean Moulin",
            Parts(
                ("Lycée professionnel et lycée général Jean Moulin",),
                spoken=(
                    ("lycee professionnel jean moulin", "lycee general jean moulin"),
                    ("Lycée professionnel", "lycée général Jean Moulin"),
                ),
                named=2,
            ),
        ),
        ("", Parts(("",))),
        (" ; ", Parts((" ; ",))),
        ("A et B", Parts(("A et B",))),
        (
            "École maternelle et élémentaire Jean Zay",
            Parts(
                ("École maternelle et élémentaire Jean Zay",),
                spoken=(
                    ("ecole maternelle jean zay", "elementaire jean zay"),
                    ("École maternelle", "élémentaire Jean Zay"),
                ),
                named=2,
            ),
        ),
        (
            "Lycée polyvalent Hugo lycée des métiers du bois",
            Parts(("Lycée polyvalent Hugo lycée des métiers du bois",)),
        ),
        ("réseau des collèges Hugo", Parts(("réseau des collèges Hugo",))),
        ("SEGPA du collège Hugo", Parts(("SEGPA du collège Hugo",))),
    ],
)
def test_how_a_mention_may_be_parted(text: str, found: Parts) -> None:
    assert parts(text) == found


def test_no_more_schools_are_parted_than_a_line_holds() -> None:
    names = [f"Collège Z{number}" for number in range(MOST + 1)]
    assert parts(" ; ".join(names[:MOST])).sure == tuple(names[:MOST])
    assert parts(" ; ".join(names)).sure == tuple(names[:MOST])
    letters = [f"Z{number}" for number in range(MOST + 1)]
    assert parts("Collèges " + ", ".join(letters[:MOST])).guessed
    assert parts("Collèges " + ", ".join(letters)).guessed == ()

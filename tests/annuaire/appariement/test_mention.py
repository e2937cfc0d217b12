"""Reading one mention: what it says of the school, field by field."""

from __future__ import annotations

import pytest

from accroche.annuaire.appariement.genres import Genre
from accroche.annuaire.appariement.mention import Mention, read, says_kind, uai_codes_in


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        (
            "Collège Jean Moulin, Lyon",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("college", "jean", "moulin", "lyon"),
                core=("jean", "moulin", "lyon"),
                joined="jeanmoulinlyon",
                segments=("Lyon",),
                words=frozenset({"jean", "lyon", "moulin"}),
            ),
        ),
        (
            "LP privé Sainte-Marie (69005)",
            Mention(
                genre=Genre.LP,
                private=True,
                tokens=("lp", "prive", "sainte", "marie"),
                core=("sainte", "marie"),
                joined="saintemarie",
                departement="69",
                words=frozenset({"marie", "prive", "sainte"}),
            ),
        ),
        (
            "Lycée public A. Artaud - Marseille 13e",
            Mention(
                genre=Genre.LYCEE,
                private=False,
                tokens=("lycee", "public", "a", "artaud"),
                core=("artaud",),
                joined="artaud",
                arrondissement="Marseille 13",
                words=frozenset({"a", "artaud", "public"}),
            ),
        ),
        (
            "0210038C Collège X",
            Mention(
                uai="0210038C",
                genre=Genre.COLLEGE,
                tokens=("college", "x"),
                core=("x",),
                joined="x",
                words=frozenset({"x"}),
            ),
        ),
        (
            "collège 021 0038C",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("college", "021", "0038c"),
                core=("021", "0038c"),
                joined="0210038c",
                words=frozenset({"0038c", "021"}),
            ),
        ),
        (
            "0210039C collège",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("0210039c", "college"),
                core=("0210039c",),
                joined="0210039c",
                words=frozenset({"0210039c"}),
            ),
        ),
        ("(0210038 c)", Mention(uai="0210038C")),
        (
            "DSDEN 34",
            Mention(
                genre=Genre.DSDEN,
                tokens=("dsden", "34"),
                core=("34",),
                joined="34",
                departement="34",
                words=frozenset({"34"}),
            ),
        ),
        (
            "DSDEN de l'Hérault (34)",
            Mention(
                genre=Genre.DSDEN,
                tokens=("dsden", "de", "l", "herault"),
                core=("herault",),
                joined="herault",
                departement="34",
                words=frozenset({"de", "herault", "l"}),
            ),
        ),
        (
            "DSDEN 4",
            Mention(
                genre=Genre.DSDEN,
                tokens=("dsden", "4"),
                core=("4",),
                joined="4",
                departement="04",
                words=frozenset({"4"}),
            ),
        ),
        (
            "DSDEN 1234",
            Mention(
                genre=Genre.DSDEN,
                tokens=("dsden", "1234"),
                core=("1234",),
                joined="1234",
                words=frozenset({"1234"}),
            ),
        ),
        (
            "École maternelle Jean Zay 97200 Fort",
            Mention(
                genre=Genre.MATERNELLE,
                tokens=("ecole", "maternelle", "jean", "zay", "fort"),
                core=("jean", "zay", "fort"),
                joined="jeanzayfort",
                departement="972",
                words=frozenset({"fort", "jean", "zay"}),
            ),
        ),
        (
            "École X 20000 Ajaccio",
            Mention(
                genre=Genre.ECOLE,
                tokens=("ecole", "x", "ajaccio"),
                core=("x", "ajaccio"),
                joined="xajaccio",
                words=frozenset({"ajaccio", "x"}),
            ),
        ),
        (
            "École X (2A)",
            Mention(
                genre=Genre.ECOLE,
                tokens=("ecole", "x"),
                core=("x",),
                joined="x",
                departement="2A",
                words=frozenset({"x"}),
            ),
        ),
        (
            "École X (2b)",
            Mention(
                genre=Genre.ECOLE,
                tokens=("ecole", "x"),
                core=("x",),
                joined="x",
                departement="2B",
                words=frozenset({"x"}),
            ),
        ),
        (
            "collège X 75011 Paris",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("college", "x"),
                core=("x",),
                joined="x",
                arrondissement="Paris 11",
                words=frozenset({"x"}),
            ),
        ),
        (
            "Paris (75011) collège X",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("college", "x"),
                core=("x",),
                joined="x",
                arrondissement="Paris 11",
                words=frozenset({"x"}),
            ),
        ),
        (
            "Collège Césaire Paris XVIIIe arrondissement",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("college", "cesaire"),
                core=("cesaire",),
                joined="cesaire",
                arrondissement="Paris XVIIIe",
                words=frozenset({"cesaire"}),
            ),
        ),
        ("Lycée Lyon 3 arr.", Mention(genre=Genre.LYCEE, tokens=("lycee",), arrondissement="Lyon 3")),
        (
            "Groupe scolaire école élémentaire X",
            Mention(
                genre=Genre.ELEMENTAIRE,
                tokens=("groupe", "scolaire", "ecole", "elementaire", "x"),
                core=("x",),
                joined="x",
                words=frozenset({"x"}),
            ),
        ),
        (
            "École maternelle et élémentaire X",
            Mention(
                genre=Genre.MATERNELLE,
                tokens=("ecole", "maternelle", "et", "elementaire", "x"),
                core=("x",),
                joined="x",
                words=frozenset({"et", "x"}),
            ),
        ),
        (
            "Cité scolaire lycée X",
            Mention(
                genre=Genre.LYCEE,
                tokens=("cite", "scolaire", "lycee", "x"),
                core=("x",),
                joined="x",
                words=frozenset({"x"}),
            ),
        ),
        (
            "École collège X",
            Mention(
                genre=Genre.ECOLE,
                tokens=("ecole", "college", "x"),
                core=("x",),
                joined="x",
                words=frozenset({"x"}),
            ),
        ),
        (
            "Groupe lycée X",
            Mention(
                genre=Genre.LYCEE,
                tokens=("groupe", "lycee", "x"),
                core=("x",),
                joined="x",
                words=frozenset({"groupe", "x"}),
            ),
        ),
        (
            "CIO de Verdun",
            Mention(
                genre=Genre.CIO,
                tokens=("cio", "de", "verdun"),
                core=("verdun",),
                joined="verdun",
                words=frozenset({"de", "verdun"}),
            ),
        ),
        (
            "Salle X",
            Mention(
                tokens=("salle", "x"),
                core=("salle", "x"),
                joined="sallex",
                foreign=True,
                words=frozenset({"salle", "x"}),
            ),
        ),
        (
            "Salle du collège X",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("salle", "du", "college", "x"),
                core=("salle", "x"),
                joined="sallex",
                beside=True,
                words=frozenset({"du", "salle", "x"}),
            ),
        ),
        (
            "Association X",
            Mention(
                tokens=("association", "x"),
                core=("association", "x"),
                joined="associationx",
                foreign=True,
                words=frozenset({"association", "x"}),
            ),
        ),
        (
            "Association sportive du collège X",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("association", "sportive", "du", "college", "x"),
                core=("association", "sportive", "x"),
                joined="associationsportivex",
                beside=True,
                words=frozenset({"association", "du", "sportive", "x"}),
            ),
        ),
        (
            "Collège X association",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("college", "x", "association"),
                core=("x", "association"),
                joined="xassociation",
                words=frozenset({"association", "x"}),
            ),
        ),
        (
            "Mission locale",
            Mention(
                tokens=("mission", "locale"),
                core=("mission", "locale"),
                joined="missionlocale",
                foreign=True,
                words=frozenset({"locale", "mission"}),
            ),
        ),
        (
            "collège pr X",
            Mention(
                genre=Genre.COLLEGE,
                private=True,
                tokens=("college", "pr", "x"),
                core=("x",),
                joined="x",
                words=frozenset({"pr", "x"}),
            ),
        ),
        (
            "Collège X / Mme Durand",
            Mention(
                genre=Genre.COLLEGE, tokens=("college", "x"), core=("x",), joined="x", words=frozenset({"x"})
            ),
        ),
        (
            "Collège X, a.b@c.fr",
            Mention(
                genre=Genre.COLLEGE, tokens=("college", "x"), core=("x",), joined="x", words=frozenset({"x"})
            ),
        ),
        (
            "Collège Anatole France A",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("college", "anatole", "france", "a"),
                core=("anatole", "france", "a"),
                joined="anatolefrancea",
                words=frozenset({"a", "anatole", "france"}),
            ),
        ),
        ("", Mention()),
        ("???", Mention()),
        (
            "Collège X;Y\nZ - T",
            Mention(
                genre=Genre.COLLEGE,
                tokens=("college", "x", "y", "z", "t"),
                core=("x", "y", "z", "t"),
                joined="xyzt",
                segments=("Y", "Z", "T"),
                words=frozenset({"t", "x", "y", "z"}),
            ),
        ),
        ("rectorat", Mention(genre=Genre.RECTORAT, tokens=("rectorat",))),
    ],
)
def test_a_mention_is_read(text: str, mention: Mention) -> None:
    assert read(text) == mention
    assert says_kind(text) is (mention.genre is not Genre.UNKNOWN)


def test_the_codes_of_a_text_are_told_once_each_and_only_valid_ones() -> None:
    text = "0210038c, 0210001 M ; 0210038C, 0210039C"
    assert uai_codes_in(text) == ("0210038C", "0210001M")
    assert uai_codes_in("Collège Hugo") == ()


@pytest.mark.parametrize(
    ("postal", "departement"),
    [("98800", "988"), ("97150", "978"), ("97133", "977"), ("97110", "971"), ("21000", "21")],
)
def test_a_postal_code_tells_the_departement_or_the_collectivity(postal: str, departement: str) -> None:
    assert read(f"Collège X {postal} Y").departement == departement

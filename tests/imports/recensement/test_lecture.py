"""Headings, tables and rows on plain lists: the rules of reading, without any file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.actions.regles import CodeTheme, Nature, Temporalite
from accroche.annuaire.regles import Niveau
from accroche.imports.recensement.cases import LONGEST, MOST, CasesLues
from accroche.imports.recensement.champs import CHAMPS, Champ
from accroche.imports.recensement.columns import guess, letter, normal, recognise
from accroche.imports.recensement.row import Row
from accroche.imports.recensement.rows import RowReader
from accroche.imports.recensement.synonymes import SYNONYMS
from accroche.imports.recensement.table import LeftOut, find_table, lines
from accroche.imports.recensement.words import (
    chosen,
    listed,
    mentions_of,
    moment_of,
    nature_of,
    telephone,
    themes_of,
)

EDITION = "2026-2027"
CELLS = st.one_of(st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates())


def read(**cells: Any) -> Row:
    """One row with these fields, read."""
    champs = [Champ(name) for name in cells]
    table = find_table("", [(1, [champ.label for champ in champs])])
    assert table
    chosen = dict(enumerate(champs))
    return RowReader(table.with_fields(chosen), EDITION).read(2, list(cells.values()))


@pytest.mark.parametrize("champ", [champ for champ in Champ if champ is not Champ.IGNORE])
def test_our_own_headings_are_recognised(champ: Champ) -> None:
    assert guess(normal(champ.label)) == (champ, 100)


def test_no_heading_means_two_things() -> None:
    told = {(normal(words), champ) for champ, all_ in SYNONYMS.items() for words in all_}
    assert len(told) == len({words for words, _ in told})
    assert set(SYNONYMS) <= set(CHAMPS) == set(Champ)


@pytest.mark.parametrize(
    ("heading", "champ"),
    [
        ("INTITULE DE L’ACTION", Champ.TITRE),
        ("Nom de l'action (50 caractères max.)", Champ.TITRE),
        ("Etablissement(s) concerné(s)", Champ.ETABLISSEMENT),
        ("N° RNE / UAI", Champ.UAI),
        ("Nb. d'élèves", Champ.EFFECTIF),
        ("Niveau(x)", Champ.NIVEAUX),
        ("Partenaires éventuels", Champ.PARTENAIRES),
        ("Description / objectifs", Champ.DESCRIPTION),
        ("Objectifs poursuivis par l’équipe", Champ.DESCRIPTION),
        ("Combien d’élèves ?", Champ.EFFECTIF),
        ("Combien de classes ?", Champ.IGNORE),
        ("Personne référente", Champ.CONTACT),
        ("Date limite de retour", Champ.IGNORE),
        ("Public / privé", Champ.IGNORE),
        ("Niveau d’intervention", Champ.IGNORE),
        # what a coordinator notes for the office
        ("Observations", Champ.IGNORE),
        ("Présentation des métiers du bâtiment et de la maison par les anciens du lycée", Champ.IGNORE),
        ("Descripitf de l'action", Champ.DESCRIPTION),
        ("Date de début", Champ.DEBUT),
        ("Thématiques", Champ.THEMES),
        ("Dates du", Champ.DEBUT),
        ("Niveaux concernés LP", Champ.LYCEE_PROFESSIONNEL),
        ("Coût", Champ.IGNORE),
        ("", Champ.IGNORE),
    ],
)
def test_headings_people_write(heading: str, champ: Champ) -> None:
    assert recognise([heading])[0].champ is champ


def test_a_school_and_its_town_in_one_cell_are_the_school() -> None:
    assert recognise(["Établissement / Ville"])[0].champ is Champ.ETABLISSEMENT
    # under a heading that stands for both, each has its own
    found = recognise(["Établissement nom", "Établissement ville", "Nom de l’établissement"])
    assert [one.champ for one in found][1:] == [Champ.COMMUNE, Champ.ETABLISSEMENT]


def test_the_surest_of_two_columns_keeps_the_field() -> None:
    found = recognise(["Intitulé de l'acton", "Titre", "Objectifs", "Déroulement"])
    assert [one.champ for one in found] == [
        Champ.IGNORE,
        Champ.TITRE,
        Champ.DESCRIPTION,
        Champ.DESCRIPTION,
    ]


def test_what_an_academie_said_before_wins() -> None:
    found = recognise(["Machin", "Titre"], {"machin": "titre"})
    assert [(one.champ, one.remembered) for one in found] == [(Champ.TITRE, True), (Champ.IGNORE, False)]


def test_columns_have_the_letters_of_spreadsheets() -> None:
    assert [letter(position) for position in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_rows_that_are_no_action_are_left_out_and_said() -> None:
    table = find_table("", [(1, ["Titre", "Établissement", "Commune"])])
    assert table
    rows: list[tuple[int, list[Any]]] = [
        (1, ["Titre", "Établissement", "Commune"]),
        (2, ["Forum", "Clg A", None]),
        (3, ["Total : 1", None, None]),
        (4, ["Nord", "Nord", "Nord"]),
        (5, ["Titre", "Établissement", None]),
        (6, ["Totem et tabou", "Clg A", None]),
        (7, [None, "  ", "-"]),
    ]
    left: list[tuple[int, LeftOut]] = []
    assert [number for number, _ in lines(table, iter(rows), left)] == [2, 6]
    assert left == [(3, LeftOut.TOTAL), (4, LeftOut.SECTION), (5, LeftOut.HEADING)]


def test_lists_in_words() -> None:
    assert themes_of("Orientation ; estime de soi, cuisine") == (
        (CodeTheme.ORIENTATION, CodeTheme.ESTIME_DE_SOI),
        ("cuisine",),
    )
    assert nature_of("Action de prévention") is Nature.PREVENTION
    assert nature_of("prévention et remédiation") is None
    assert moment_of("Pendant la semaine et toute l’année") is Temporalite.LES_DEUX
    assert moment_of("ponctuelle") is Temporalite.SEMAINE
    assert moment_of("peut-être") is None
    assert moment_of("hors semaine") is moment_of("2 semaines") is None
    assert moment_of("une fois par semaine") is moment_of("Toutes les semaines") is Temporalite.ANNEE
    assert mentions_of("Collège Carnot et lycée Carnot ; CIO") == ["Collège Carnot", "lycée Carnot", "CIO"]
    assert mentions_of("Collège Jean et Marie Curie") == ["Collège Jean et Marie Curie"]
    assert mentions_of("Association : Astrée ; Association Ici") == ["Astrée", "Association Ici"]
    assert (chosen("6e;3e;"), chosen("6e;3e")) == ("6e, 3e", "6e;3e")
    assert (listed("a, b,, a"), listed("a, b ; c")) == (["a", "b"], ["a, b", "c"])
    assert (telephone(380000000), telephone("0380000000")) == ("0380000000",) * 2


def test_a_row_keeps_all_it_says() -> None:
    row = read(
        titre="Forum",
        uai="0210001z, 2A0 0001 b",
        etablissement="Collège X",
        debut=dt.date(2027, 3, 14),
        fin="18/03",
        effectif="deux classes",
        courriel="a@ac-dijon.fr ; b@ac-dijon.fr",
        telephone=380000000,
        liens="site www.exemple.fr, ou (https://exemple.org/a). appelez",
        partenaires="Mission locale, CAF",
        college="x",
        lycee="2nde B",
        lycee_professionnel="non concerné",
    )
    assert (row.starts, row.ends) == (dt.date(2027, 3, 14), dt.date(2027, 3, 18))
    assert (row.audience_size, row.audience_note) == (None, "deux classes")
    assert (row.private_email, row.private_contact) == ("a@ac-dijon.fr", "b@ac-dijon.fr")
    assert row.private_phone == "0380000000"
    assert row.links == ("https://www.exemple.fr", "https://exemple.org/a")
    assert [remark.message for remark in row.remarks if remark.champ is Champ.LIENS] == [
        "« site ou appelez » n’est pas une adresse de site : laissé de côté."
    ]
    assert row.partners == ("Mission locale", "CAF")
    assert row.levels == (Niveau.COLLEGE, Niveau.LYCEE)
    assert {remark.column for remark in row.remarks if remark.champ is Champ.UAI} == {"B"}


def test_a_title_that_leads_somewhere_is_its_text() -> None:
    table = find_table("", [(1, ["Titre", "UAI"])])
    assert table
    reader = RowReader(table, EDITION)
    rows = [reader.read(2, [title, "0210001z"]) for title in ("[#1 Le forum](https://a.fr/1)", "Un bal")]
    assert [(row.title, row.links) for row in rows] == [("#1 Le forum", ("https://a.fr/1",)), ("Un bal", ())]
    # all of them, beside those of a column
    both = read(titre="[Bal](https://a.fr/1), [jeu](https://b.fr)", uai="0210001z", liens="https://c.fr")
    assert (both.title, both.links) == ("Bal, jeu", ("https://c.fr", "https://a.fr/1", "https://b.fr"))


def test_a_last_day_of_another_year_is_not_moved_where_the_first_is_refused() -> None:
    row = read(titre="Bal", uai="0210001z", debut="10/08/2027", fin="11/08/2027")
    assert [
        remark.message.partition(" est ")[2][:4] for remark in row.remarks if "est" in remark.message
    ] == [
        "hors",
        "hors",
    ]


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("https://a.fr/f/Règlement du Tournoi.pdf", ("https://a.fr/f/Règlement%20du%20Tournoi.pdf",)),
        ("https://a.fr/plan.html et le plan.pdf", ("https://a.fr/plan.html",)),
        ("https://a.fr voir le plan.pdf", ("https://a.fr",)),
        ("https://a.fr/f/le plan", ("https://a.fr/f/le",)),
    ],
)
def test_an_address_keeps_the_spaces_of_its_file_and_says_so(written: str, links: tuple[str, ...]) -> None:
    row = read(titre="Forum", etablissement="Collège X", liens=written)
    assert row.links == links
    [remark] = [one.message for one in row.remarks if one.champ is Champ.LIENS]
    assert ("une seule adresse" in remark) is ("%20" in links[0])


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"titre": "", "uai": ""}, "Il manque le titre"),
        (
            {"titre": "F", "etablissement": "A", "debut": "18/03/2027", "fin": "14/03/2027"},
            "La fin vient avant le début.",
        ),
        (
            {"titre": "F", "etablissement": "A", "debut": "juin", "fin": "septembre"},
            "Dans cette année scolaire, la fin viendrait avant le début.",
        ),
        ({"titre": "F", "etablissement": "A", "courriel": "dupont"}, "n’est pas une adresse électronique"),
        ({"titre": "F", "etablissement": "A", "contact": "x" * 201}, "200 au plus"),
    ],
)
def test_what_has_to_be_mended_is_told(cells: dict[str, Any], words: str) -> None:
    row = read(**cells)
    assert row.is_blocked
    assert words in " ".join(remark.message for remark in row.remarks)


@given(st.lists(st.lists(CELLS, max_size=12), max_size=8))
def test_any_sheet_is_read_without_a_crash(grid: list[list[Any]]) -> None:
    rows = list(enumerate(grid, start=1))
    table = find_table("x", rows)
    if table:
        reader = RowReader(table, EDITION)
        for number, cells in lines(table, iter(rows), []):
            reader.read(number, cells)


@given(st.dictionaries(st.sampled_from([c.value for c in Champ if c is not Champ.IGNORE]), CELLS, min_size=1))
def test_any_row_is_read_without_a_crash(cells: dict[str, Any]) -> None:
    row = read(**cells)
    assert len(row.title) <= 300 or row.is_blocked


def test_a_date_with_points_is_quoted_whole_and_its_example_apart() -> None:
    [remark] = [
        one for one in read(titre="Forum", dates="14 sept. prochain").remarks if one.champ is Champ.DATES
    ]
    assert remark.message == "« 14 sept. prochain » ne se lit pas comme une date."
    assert remark.suggestion.startswith("Écrivez par exemple")


#: Cells that come back from row to row, right, wrong and equal without being alike.
COMING_BACK: dict[Champ, list[Any]] = {
    Champ.TITRE: ["Forum", "", None],
    Champ.DESCRIPTION: ["On écoute.", None],
    Champ.UAI: ["0210001A", "0210001", "0212345X 0210001A", None],
    Champ.ETABLISSEMENT: ["Collège Carnot, Dijon ; Mairie de Nolay", "Collège 0210001B", None],
    Champ.DATES: ["pendant la semaine", "à définir", "le jour de la fête", dt.date(2027, 3, 15), None],
    Champ.DEBUT: [dt.date(2027, 3, 15), dt.datetime(2027, 3, 15, 9, tzinfo=dt.UTC), "hier", None],
    Champ.FIN: [dt.date(2027, 3, 16), dt.date(2027, 3, 1), None],
    Champ.NIVEAUX: ["Collège, 2de", "Licence", 1, 1.0, True, None],
    Champ.LYCEE: ["x", 1, 1.0, True, 0, False, "non", None],
    Champ.THEMES: ["Orientation ; jardinage", "Orientation", None],
    Champ.NATURE: ["prévention", "fête", None],
    Champ.EFFECTIF: [12, "deux classes", None],
    Champ.PUBLIC: ["6e", None],
    Champ.CONTACT: ["Camille Petit", "x" * 600, 1, True, None],
    Champ.COURRIEL: ["camille@ac-dijon.fr", "camille", "a@gmial.com", None],
    Champ.LIENS: ["www.onisep.fr", "ici", None],
}


@given(st.lists(st.tuples(*map(st.sampled_from, COMING_BACK.values())), min_size=2, max_size=12))
def test_a_row_is_read_after_others_as_it_is_alone(rows: list[tuple[Any, ...]]) -> None:
    """What is known of their cells is the same for each, and no row holds what another was told."""
    table = find_table("", [(1, [champ.label for champ in COMING_BACK])])
    assert table
    table = table.with_fields(dict(enumerate(COMING_BACK)))
    reader = RowReader(table, EDITION)
    alone = [RowReader(table, EDITION).read(number, cells) for number, cells in enumerate(rows)]
    found = [reader.read(number, cells) for number, cells in enumerate(rows)]
    assert list(map(vars, found)) == list(map(vars, alone))
    for row in found:
        row.remarks.clear()
    assert [reader.read(number, cells).remarks for number, cells in enumerate(rows)] == [
        row.remarks for row in alone
    ]


def test_no_more_is_remembered_of_cells_than_there_is_room_for() -> None:
    blank = Row("", 0, ())
    reads: list[Any] = []
    known = CasesLues[Row](lambda _row, values: reads.append(values), (Champ.TITRE,), lambda: Row("", 0, ()))
    for text in ("court", "court", "x" * (LONGEST + 1), "x" * (LONGEST + 1)):
        known.tell(blank, {Champ.TITRE: text})
    assert len(reads) == 3
    for number in range(MOST + 5):
        known.tell(blank, {Champ.TITRE: number})
    known.tell(blank, {Champ.TITRE: "court"})
    assert len(reads) == 3 + MOST + 5 + 1

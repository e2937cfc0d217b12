"""What an edited report has around its text: key messages, results by theme, acronyms, an index."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accroche.dossier.dossier import EditionDossier, SemaineDossier, StatutSemaine
from accroche.lib.chiffres import Chiffre, Kind
from accroche.publications.documents.synthese import build
from accroche.publications.outline import (
    BulletList,
    Document,
    Facts,
    NumberedList,
    Ref,
    Section,
    Table,
    TileMap,
)
from accroche.publications.sigles import SIGLES, employed
from accroche.publications.versions import Imprint
from tests.publications import recit


@pytest.fixture(scope="module")
def document(pack_2015: EditionDossier) -> Document:
    return build(pack_2015, Imprint("Bureau national"))


def section(document: Document, ident: str) -> Section:
    return next(found for _, found in document.walk() if found.id == ident)


def test_without_a_word_of_the_bureau_the_messages_are_counts_and_names(document: Document) -> None:
    facts = next(block for block in section(document, "en-bref").blocks if isinstance(block, Facts))
    told = {label: recit.line(line) for label, line in facts.items}
    assert list(told) == ["Participation", "Calendrier", "Niveaux", "Thèmes", "Alliances", "Suites"]
    assert told["Participation"].startswith("Sur 30 académies, [28](#p-comptes-rendus) ont rendu compte")
    assert "[20](#p-premieres) la tenaient pour la première fois" in told["Participation"]
    assert told["Calendrier"].startswith("Les semaines commencent entre novembre 2015 et avril 2016.")
    assert "en mars 2016" in told["Calendrier"]
    assert told["Niveaux"] == (
        "Les actions touchent le lycée dans [28](#p-niveau-lycee)~académies, le collège dans "
        "[27](#p-niveau-college), le lycée professionnel dans [27](#p-niveau-lycee-professionnel) et le "
        "premier degré dans [13](#p-niveau-premier-degre)."
    )
    # the third and the fourth are as frequent: neither is left out
    assert told["Thèmes"] == (
        "Les thèmes les plus fréquents sont «~Orientation~» (22), «~Raccrochage~» (20), «~Culture et arts~» "
        "(19) et «~Estime de soi~» (19), parmi [97](#p-fiches)~actions présentées."
    )


@pytest.mark.parametrize("word", ["bon", "bien", "insuffisant", "seulement", "encore", "trop", "mieux"])
def test_no_computed_message_judges(pack_2015: EditionDossier, word: str) -> None:
    plain = replace(pack_2015, axes=())
    facts = next(b for b in section(build(plain, Imprint("")), "en-bref").blocks if isinstance(b, Facts))
    told = " ".join(recit.line(line) for label, line in facts.items if label != "Alliances")
    assert word not in told.replace("«~", " ").replace(",", " ").split()


def test_the_messages_of_the_bureau_stand_instead(pack_2015: EditionDossier) -> None:
    written = build(replace(pack_2015, messages=("**Trente** académies.", "Un pas.")), Imprint(""))
    blocks = section(written, "en-bref").blocks
    assert not any(isinstance(block, Facts) for block in blocks)
    (messages,) = (block for block in blocks if isinstance(block, NumberedList))
    assert [recit.line(line) for line in messages.items] == ["**Trente** académies.", "Un pas."]


def test_an_edition_that_tells_nothing_has_neither_messages_nor_themes_nor_index() -> None:
    empty = build(EditionDossier("2026-2027"), Imprint(""))
    assert not any(isinstance(block, Facts) for block in section(empty, "en-bref").blocks)
    assert {"themes", "index", "sigles"} & {found.id for _, found in empty.walk()} == set()


def test_results_by_theme_add_up_sheets_and_not_rows(document: Document) -> None:
    table = next(block for block in section(document, "themes").blocks if isinstance(block, Table))
    rows = [[recit.line(cell) for cell in row] for row in table.rows]
    assert rows[0] == ["Orientation", "1", "9", "8", "7", "4", "22", "13"]
    counts = [int(row[6]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    assert len(rows) == 20
    assert table.total is not None
    assert [recit.line(cell) for cell in table.total] == [
        "Toutes les actions",
        "18",
        "45",
        "21",
        "20",
        "14",
        "97",
        "28",
    ]
    assert sum(counts) > 97


def test_totals_have_a_total_row_and_every_drawing_its_source(document: Document) -> None:
    table = next(block for block in section(document, "totaux").blocks if isinstance(block, Table))
    assert table.total is not None
    assert [recit.line(cell) for cell in table.total][:2] == ["Ensemble", "[au moins 1^153](#p-actions)"]
    drawings = [block for _, found in document.walk() for block in found.blocks if hasattr(block, "source")]
    assert drawings
    unsaid = [b for b in drawings if not b.source and found_in_report(document, b)]
    assert unsaid == []


def found_in_report(document: Document, block: object) -> bool:
    """Whether a drawing is of the whole edition: the figures of a sheet are its académie's own."""
    return not any(block in found.blocks for _, found in document.walk() if found.id.startswith("academie-"))


@pytest.mark.parametrize(
    ("kinds", "printed"),
    [
        ((Chiffre(Kind.EXACT, 89),), "89"),
        ((Chiffre(Kind.MORE_THAN, 30),), "> 30"),
        ((Chiffre(Kind.ABOUT, 30),), "≈ 30"),
        ((Chiffre(Kind.ABOUT, 30), Chiffre(Kind.MORE_THAN, 5)), "≥ 35"),
        ((Chiffre(Kind.NOT_COMMUNICATED),), "N.C."),
        ((Chiffre(Kind.UNAVAILABLE),), ""),
    ],
)
def test_a_tile_prints_its_number_with_its_doubt(kinds: tuple[Chiffre, ...], printed: str) -> None:
    unavailable = kinds[0].kind is Kind.UNAVAILABLE
    status = StatutSemaine.UNAVAILABLE if unavailable else StatutSemaine.REPORTED
    semaine = SemaineDossier("Lyon", (), 1, status, frozenset(), kinds, kinds)
    told = build(EditionDossier("2015-2016", (semaine,)), Imprint(""))
    (tiles,) = (b for _, found in told.walk() for b in found.blocks if isinstance(b, TileMap))
    assert [tile.value.replace("\u00a0", " ") for tile in tiles.tiles] == [printed]


def test_the_index_names_every_example_under_its_themes_and_levels(document: Document) -> None:
    index = section(document, "index")
    assert [part.title for part in index.sections] == ["Par thème", "Par niveau"]
    themes, levels = index.sections
    titles = [part.title for part in themes.sections]
    assert titles[:3] == ["Citoyenneté", "Climat scolaire", "Culture et arts"]
    assert titles.index("Évaluation") == titles.index("Estime de soi") + 1  # accents are no other letters
    assert [part.title for part in levels.sections] == [
        "Premier degré",
        "Collège",
        "Lycée",
        "Lycée professionnel",
    ]
    targets = {one.id for one in document.examples()}
    cited = [
        part.target
        for found in (*themes.sections, *levels.sections)
        for block in found.blocks
        if isinstance(block, BulletList)
        for line in block.items
        for part in line
        if isinstance(part, Ref)
    ]
    assert set(cited) <= targets
    assert len(cited) == 211 + 104


def test_acronyms_are_those_that_the_document_prints(document: Document) -> None:
    (facts,) = section(document, "sigles").blocks
    assert isinstance(facts, Facts)
    listed = [label for label, _ in facts.items]
    assert listed == sorted(listed)
    assert {"CARDIE", "MLDS", "DRDIE"} <= set(listed)
    # in the table, and nowhere in this edition
    assert "PSAD" in SIGLES
    assert "PSAD" not in listed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("la CARDIE et l’ONISEP", ["CARDIE", "ONISEP"]),
        ("des CFAs", ["CFA"]),
        ("la COP 21", []),
        ("un COP et un CIO", ["CIO", "COP"]),
        ("LA CARDIERE, MLDS2, XYZ", []),
        ("http://www.ac-lyon.fr/cardie", []),
    ],
)
def test_an_acronym_is_a_word_of_its_own(text: str, found: list[str]) -> None:
    assert [sigle for sigle, _ in employed([text])] == found

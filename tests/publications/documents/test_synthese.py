"""The national synthesis as an outline: what it computes, links and never leaves out."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

import pytest

from accroche.dossier.comparaison import Difference
from accroche.dossier.dossier import EditionDossier, SemaineDossier, StatutSemaine
from accroche.lib.chiffres import Chiffre, Kind
from accroche.lib.texte import typographie
from accroche.publications.documents.synthese import build
from accroche.publications.outline import (
    Calendar,
    Callout,
    Document,
    Example,
    Figure,
    Inline,
    KeyFigures,
    LevelBoxes,
    Link,
    Paragraph,
    Provenance,
    Ref,
    Section,
    SectionKind,
    Table,
    TileMap,
)
from accroche.publications.versions import Changes, Imprint, Version

FIRST = Version(1, dt.date(2016, 9, 1), "a" * 64)


@pytest.fixture(scope="module")
def document(pack_2015: EditionDossier) -> Document:
    return build(pack_2015, Imprint("Bureau national"))


def inlines(block: object) -> Iterator[Inline]:
    """Every inline of a block, found wherever the block keeps it."""
    if isinstance(block, Inline):
        yield block
    elif isinstance(block, tuple):
        for part in block:
            yield from inlines(part)
    elif dataclasses.is_dataclass(block):
        for field in dataclasses.fields(block):
            yield from inlines(getattr(block, field.name))


def every_inline(document: Document) -> list[Inline]:
    return [item for _, section in document.walk() for block in section.blocks for item in inlines(block)]


def section(document: Document, ident: str) -> Section:
    return next(found for _, found in document.walk() if found.id == ident)


def provenance(document: Document, ident: str) -> Provenance:
    return next(found for found in document.provenances if found.id == ident)


def test_national_total_is_computed_with_who_is_missing(document: Document) -> None:
    total = provenance(document, "p-actions")
    assert total.value == "au moins 1\u202f153\u00a0actions"
    assert len(total.rows) == 30
    lyon = next(row for row in total.rows if row[0] == "Lyon")
    assert lyon[1].startswith("31 (")
    overview = section(document, "en-bref")
    figures = next(block for block in overview.blocks if isinstance(block, KeyFigures))
    assert figures.items[0].figure.text == "au moins 1\u202f153"
    assert figures.items[0].detail == "24 des 28\u00a0académies dont les données sont disponibles"
    missing = next(block for block in overview.blocks if isinstance(block, Callout))
    said = "".join(item.text for item in missing.content)
    assert "Guyane, La Réunion, Orléans-Tours et Reims n’ont pas communiqué leur nombre d’actions." in said
    assert (
        "Les données des académies suivantes ne sont pas disponibles\u00a0: Strasbourg et Toulouse." in said
    )


def test_a_changed_figure_changes_the_total(pack_2015: EditionDossier) -> None:
    semaines = tuple(
        dataclasses.replace(s, actions_figures=(dataclasses.replace(s.actions_figures[0], value=120),))
        if s.academie == "Aix-Marseille"
        else s
        for s in pack_2015.semaines
    )
    changed = build(dataclasses.replace(pack_2015, semaines=semaines), Imprint(""))
    assert provenance(changed, "p-actions").value == "au moins 1\u202f163\u00a0actions"


def test_every_academie_has_its_sheet(document: Document) -> None:
    sheets = [found for _, found in document.walk() if found.kind is SectionKind.SHEET]
    assert len(sheets) == 30
    examples = [block for sheet in sheets for part in sheet.sections for block in part.blocks]
    assert sum(isinstance(block, Example) for block in examples) == 97
    assert [sheet.title.split("’")[-1].split(" de ")[-1] for sheet in sheets][:2] == [
        "Aix-Marseille",
        "Amiens",
    ]


def test_partners_of_actions_are_printed_and_told_as_data(
    document: Document, pack_2015: EditionDossier
) -> None:
    told = [one.name for s in pack_2015.semaines for action in s.actions for one in action.partenaires]
    assert len(told) == 77
    cards = [block for _, one in document.walk() for block in one.blocks if isinstance(block, Example)]
    assert [partner for card in cards for partner in card.partners] == [typographie(name) for name in told]
    (table,) = (one for one in document.data if one.name == "partenaires_actions")
    assert [row[2] for row in table.rows] == told


def test_unavailable_academie_keeps_its_sheet_and_says_so(document: Document) -> None:
    sheet = section(document, "academie-strasbourg")
    assert sheet.summary == "Du 22 au 27\u00a0février 2016"
    assert any(
        isinstance(block, Callout) and "ne sont pas disponibles" in block.content[0].text
        for block in sheet.blocks
    )
    boxes = next(block for block in sheet.blocks if isinstance(block, LevelBoxes))
    assert boxes.unknown
    figures = next(block for block in sheet.blocks if isinstance(block, KeyFigures))
    assert [item.figure.text for item in figures.items] == ["non disponible", "non disponible"]


@pytest.mark.parametrize(
    ("ident", "expected"),
    [
        ("p-lyon-actions", "31 + 58"),
        ("p-rennes-actions", "49 + 13"),
        ("p-rennes-etablissements", "plus de 30"),
        ("p-bordeaux-etablissements", "environ 30"),
        ("p-besancon-actions", "19"),
        ("p-guyane-actions", "N.C."),
        ("p-la-reunion-etablissements", "tous"),
        ("p-toulouse-actions", "non disponible"),
    ],
)
def test_sheet_figures_keep_their_qualifier(document: Document, ident: str, expected: str) -> None:
    assert provenance(document, ident).value == expected


def test_another_perimeter_is_shown_but_not_added(document: Document) -> None:
    found = provenance(document, "p-besancon-actions")
    assert [row[1] for row in found.rows] == ["19", "144"]
    assert any("Expérithèque" in row[0] for row in found.rows)


def test_first_and_later_editions_are_counted(document: Document) -> None:
    assert provenance(document, "p-premieres").value == "20"
    later = provenance(document, "p-suivantes")
    assert later.value == "8"
    assert later.statement.endswith(
        "Ce sont Aix-Marseille, Bordeaux, Clermont-Ferrand, Créteil, Grenoble, "
        "Nancy-Metz, Poitiers et Versailles."
    )


def test_every_reference_and_figure_leads_somewhere(document: Document) -> None:
    targets = {found.id for _, found in document.walk()} | {one.id for one in document.examples()}
    provenances = {found.id for found in document.provenances}
    items = every_inline(document)
    assert {item.target for item in items if isinstance(item, Ref)} <= targets
    assert {item.provenance for item in items if isinstance(item, Figure)} == provenances
    tiles = next(block for block in section(document, "chiffres").blocks if isinstance(block, TileMap))
    assert {tile.target for tile in tiles.tiles} <= targets
    assert len(tiles.tiles) == 30
    assert len({(tile.column, tile.row) for tile in tiles.tiles}) == 30


#: A plain space where a line must not break: before double punctuation, inside guillemets.
BREAKING = re.compile(r"(?<=\S) (?=[;:!?](?:\s|$)|»)|« ")


def test_no_line_breaks_before_double_punctuation(document: Document) -> None:
    told = [inline.text for inline in every_inline(document) if not isinstance(inline, Ref)]
    told += [source.label for source in document.provenances]
    found = [words for words in told if BREAKING.search(words)]
    assert found == []


def test_identifiers_are_unique(document: Document) -> None:
    idents = [found.id for _, found in document.walk()] + [found.id for found in document.provenances]
    assert len(idents) == len(set(idents))


def test_links_are_complete_addresses_with_a_name(document: Document, pack_2015: EditionDossier) -> None:
    links = [item for item in every_inline(document) if isinstance(item, Link)]
    told = [link.url for s in pack_2015.semaines for action in s.actions for link in action.liens]
    told += [resource.url for s in pack_2015.semaines for resource in s.ressources if resource.url]
    told += [one.url for s in pack_2015.semaines for one in s.strategie if one.url]
    told += [one.url for s in pack_2015.semaines for one in s.medias if one.url]
    assert sorted(link.url for link in links) == sorted(told)
    for link in links:
        assert link.url.startswith(("http://", "https://"))
        assert link.text.strip()


def test_calendar_runs_over_the_school_year(document: Document) -> None:
    block = next(block for block in section(document, "academies").blocks if isinstance(block, Calendar))
    assert (block.starts, block.ends) == (dt.date(2015, 9, 1), dt.date(2016, 7, 5))
    dijon = next(span for span in block.spans if span.label == "Dijon")
    assert len(dijon.windows) == 2


def test_equal_arguments_give_equal_documents(pack_2015: EditionDossier, document: Document) -> None:
    assert build(pack_2015, Imprint("Bureau national")) == document


def test_a_working_version_has_no_day_of_its_own(document: Document) -> None:
    assert document.version == "Version de travail"
    assert document.date == dt.date(2016, 7, 5)


def test_a_frozen_version_prints_its_number_day_and_digest(pack_2015: EditionDossier) -> None:
    frozen = build(pack_2015, Imprint("", version=FIRST))
    assert frozen.version == "Version\u00a01, arrêtée le 1er\u00a0septembre 2016"
    assert frozen.date == FIRST.settled
    assert FIRST.digest in section(frozen, "version").blocks[0].content[0].text  # type: ignore[union-attr]


def test_a_correction_is_visible(pack_2015: EditionDossier) -> None:
    changes = Changes(FIRST, (Difference("Lyon", "actions", "31", "32"),))
    corrected = build(pack_2015, Imprint("", changes=changes))
    table = section(corrected, "changements").blocks[0]
    assert isinstance(table, Table)
    assert [line[0].text for line in table.rows[0]] == ["Lyon", "actions", "31", "32"]
    same = build(pack_2015, Imprint("", changes=Changes(FIRST, ())))
    assert section(same, "changements").blocks == (Paragraph(same_text("Rien n’a changé.")),)


def same_text(words: str) -> tuple[Inline, ...]:
    from accroche.publications.outline import Text  # noqa: PLC0415 - a detail of one assertion

    return (Text(words),)


def test_an_edition_without_anything_still_builds() -> None:
    empty = build(EditionDossier("2016-2017"), Imprint(""))
    assert empty.subtitle == "Synthèse nationale de l’édition 2016-2017"
    assert provenance(empty, "p-actions").value == "nombre non disponible"
    assert "Aucune académie n’a encore donné de nombre" in repr(section(empty, "chiffres"))
    assert {table.name: len(table.rows) for table in empty.data}["chiffres"] == 0


def test_no_academie_disappears_from_the_map() -> None:
    semaines = [
        SemaineDossier(name, (), 1, StatutSemaine.REPORTED) for name in ("Lille", "Nouvelle-Ville", "Nice")
    ]
    document = build(EditionDossier("2015-2016", tuple(semaines)), Imprint("Bureau national"))
    (tiles,) = (block for block in section(document, "chiffres").blocks if isinstance(block, TileMap))
    assert [tile.code for tile in tiles.tiles] == ["LIL", "NOU", "NIC"]
    assert len({(tile.column, tile.row) for tile in tiles.tiles}) == len(semaines)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((Chiffre(Kind.NOT_COMMUNICATED),), "nombre non communiqué"),
        ((Chiffre(Kind.ABOUT, 40),), "environ 40"),
        ((Chiffre(Kind.ABOUT, 40), Chiffre(Kind.MORE_THAN, 30)), "70"),
    ],
)
def test_a_large_figure_is_no_firmer_than_its_total(figures: tuple[Chiffre, ...], expected: str) -> None:
    semaine = SemaineDossier("Lyon", (), 1, StatutSemaine.REPORTED, frozenset(), figures, figures)
    document = build(EditionDossier("2015-2016", (semaine,)), Imprint("Bureau national"))
    (key_figures,) = (b for b in section(document, "en-bref").blocks if isinstance(b, KeyFigures))
    assert [item.figure.text for item in key_figures.items[:2]] == [expected, expected]
    # a number that stands bare says beside it that it is a sum
    for item in key_figures.items[:2]:
        assert ("somme des nombres donnés" in item.detail) is any(c.kind is Kind.ABOUT for c in figures)


def test_axes_are_sorted_by_how_many_keep_them(document: Document) -> None:
    table = section(document, "axes").blocks[0]
    assert isinstance(table, Table)
    counts = [int(row[1][0].text) for row in table.rows]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 61


def test_data_hold_every_figure_with_its_source(document: Document) -> None:
    tables = {table.name: table for table in document.data}
    assert len(tables["semaines"].rows) == 30
    assert len(tables["actions"].rows) == 97
    figures = tables["chiffres"]
    names = [field.name for field in figures.fields]
    rows = [dict(zip(names, row, strict=True)) for row in figures.rows]
    lyon = [row for row in rows if row["academie"] == "Lyon" and row["indicateur"] == "actions"]
    assert [row["valeur"] for row in lyon] == [31, 58]
    assert all(row["source"] for row in rows if row["nature"] != "unavailable")
    assert {row["valeur"] for row in rows if row["nature"] == "not_communicated"} == {None}
    added = [row["valeur"] for row in rows if row["indicateur"] == "actions" and row["additionne"]]
    assert sum(value for value in added if isinstance(value, int)) == 1153
    for table in document.data:
        assert all(len(row) == len(table.fields) for row in table.rows)

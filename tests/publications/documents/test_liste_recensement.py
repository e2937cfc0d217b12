"""The census list of an académie, on plain data: what is counted, and where each sheet stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.template.loader import render_to_string

from accroche.actions.cycle import Etat
from accroche.actions.regles import Temporalite
from accroche.annuaire.regles import Niveau
from accroche.publications.documents.liste_recensement import build
from accroche.publications.fiches import FicheCitee, FichesAcademie, PorteurCite
from accroche.publications.outline import Document, Figure, KeyFigures, Section, Table
from accroche.publications.renderers import FORMATS
from accroche.publications.versions import Imprint

DAY = dt.date(2026, 11, 26)
IMPRINT = Imprint("Bureau national")
COLLEGE = PorteurCite("Collège Marcelle Pardé", "Dijon", "0211234A", "Côte-d’Or", is_school=True)
LYCEE = PorteurCite("Lycée Clos Maire", "Beaune", "0210006B", "Côte-d’Or", is_school=True)
NIEVRE = PorteurCite("Collège Adam Billaut", "Nevers", "0580001C", "Nièvre", is_school=True)
CIO = PorteurCite("CIO de Dijon", "Dijon")

FICHES = (
    FicheCitee(1, "Tutorat", Etat.PUBLISHED, (COLLEGE, CIO), (Niveau.COLLEGE,), (DAY, DAY)),
    FicheCitee(2, "élan", Etat.SUBMITTED, (LYCEE,), (Niveau.COLLEGE, Niveau.LYCEE)),
    FicheCitee(3, "Atelier", Etat.TO_COMPLETE, (NIEVRE, COLLEGE), temporality=Temporalite.ANNEE),
    FicheCitee(4, "Forum", Etat.PUBLISHED, (CIO,)),
    FicheCitee(5, "Refusée", Etat.REFUSED, (COLLEGE,), (Niveau.COLLEGE,)),
    FicheCitee(6, "Retirée", Etat.WITHDRAWN, (NIEVRE,)),
    FicheCitee(7, "Réunie", Etat.MERGED, (LYCEE,)),
)
TOLD = FichesAcademie("2026-2027", "Dijon", DAY, FICHES)


def words(line: tuple[object, ...]) -> str:
    return "".join(getattr(part, "text", "") for part in line)


def section(document: Document, ident: str) -> Section:
    return next(found for _, found in document.walk() if found.id == ident)


def table(part: Section, caption: str = "") -> list[list[str]]:
    found = next(b for b in part.blocks if isinstance(b, Table) and b.caption.startswith(caption))
    return [[words(cell).replace("\xa0", " ") for cell in row] for row in found.rows]


def test_sheets_are_listed_by_departement_in_alphabetical_order() -> None:
    document = build(TOLD, IMPRINT)
    parts = section(document, "fiches").sections
    assert [part.title for part in parts] == ["Côte-d’Or", "Nièvre", "Sans établissement de l’annuaire"]
    assert table(parts[0]) == [
        [
            "élan",
            "Lycée Clos Maire, Beaune",
            "Collège et lycée",
            "non précisé",
            "En attente de relecture",
        ],
        [
            "Tutorat",
            "Collège Marcelle Pardé, Dijon ; CIO de Dijon, Dijon",
            "Collège",
            "Le 26 novembre 2026",
            "Publiée",
        ],
    ]
    assert table(parts[1])[0][2:] == ["non précisé", "Toute l’année", "À compléter"]
    assert [row[0] for row in table(parts[2])] == ["Forum"]


def test_a_place_stands_beside_the_days() -> None:
    told = [replace(one, place="Salle des fêtes") for one in (FICHES[0], FICHES[1], FICHES[2])]
    document = build(replace(TOLD, fiches=tuple(told)), IMPRINT)
    rows = [row for part in section(document, "fiches").sections for row in table(part)]
    assert {row[0]: row[3] for row in rows} == {
        "Tutorat": "Le 26 novembre 2026 ; Salle des fêtes",
        "élan": "Jour non précisé ; Salle des fêtes",
        "Atelier": "Toute l’année ; Salle des fêtes",
    }
    (data,) = document.data
    assert [row[[field.name for field in data.fields].index("lieu")] for row in data.rows] == [
        "Salle des fêtes"
    ] * 3


def test_counts_add_up_and_say_where_they_come_from() -> None:
    document = build(TOLD, IMPRINT)
    overview = section(document, "en-bref")
    keys = next(block for block in overview.blocks if isinstance(block, KeyFigures))
    assert [(key.figure.text, key.label) for key in keys.items] == [
        ("4", "fiches déclarées"),
        ("2", "fiches publiées"),
        ("3", "écoles et établissements"),
    ]
    assert table(overview, "Fiches déclarées par niveau") == [
        ["Premier degré", "0"],
        ["Collège", "2"],
        ["Lycée", "1"],
        ["Lycée professionnel", "0"],
        ["Niveau non renseigné", "2"],
    ]
    counts = table(overview, "Fiches déclarées par département")
    assert counts == [["Côte-d’Or", "2"], ["Nièvre", "1"], ["Sans établissement de l’annuaire", "1"]]
    known = {one.id for one in document.provenances}
    cited = {
        part.provenance
        for block in overview.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for part in cell
        if isinstance(part, Figure)
    }
    assert cited <= known
    assert len(known) == 3 + 5 + 3


def test_what_does_not_count_is_told_apart() -> None:
    rows = table(section(build(TOLD, IMPRINT), "ecartees"))
    assert [(row[0], row[-1]) for row in rows] == [
        ("Refusée", "Refusée"),
        ("Retirée", "Retirée"),
        ("Réunie", "Fusionnée"),
    ]
    without = build(replace(TOLD, fiches=FICHES[:4]), IMPRINT)
    assert [found.id for found in without.sections] == ["en-bref", "fiches"]


def test_an_academie_without_a_sheet_is_told_so() -> None:
    document = build(replace(TOLD, fiches=()), IMPRINT)
    assert document.abstract == "Aucune fiche déclarée à ce jour."
    (overview,) = document.sections
    assert "Aucune fiche n’est déclarée dans l’académie de Dijon" in repr(overview)
    assert document.data[0].rows == ()
    only_refused = build(replace(TOLD, fiches=FICHES[4:]), IMPRINT)
    assert [found.id for found in only_refused.sections] == ["en-bref", "ecartees"]


def test_data_hold_every_sheet_and_no_open_licence() -> None:
    document = build(TOLD, IMPRINT)
    (told,) = document.data
    rows = [dict(zip([field.name for field in told.fields], row, strict=True)) for row in told.rows]
    assert [row["numero"] for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert [row["declaree"] for row in rows] == [True] * 4 + [False] * 3
    assert rows[0]["debut"] == rows[0]["fin"] == "2026-11-26"
    assert rows[2]["departement"] == "Nièvre"
    assert rows[0]["uai"] == "0211234A"
    files = FORMATS["data"](document, render_to_string)
    assert isinstance(files, dict)
    assert b"etalab" not in b"".join(files[name] for name in ("donnees.json", "datapackage.json"))


def test_every_format_draws_it_twice_the_same() -> None:
    for name, draw in FORMATS.items():
        first = draw(build(TOLD, IMPRINT), render_to_string)
        assert first
        assert draw(build(TOLD, IMPRINT), render_to_string) == first, name

"""All ways out of an edition say the same: its pages, its workbook, its data package, its JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from accroche.dossier.edition_json import edition_json
from accroche.publications.documents.synthese import build
from accroche.publications.outline import Callout, Document, Figure, KeyFigures, Paragraph
from accroche.publications.renderers import data
from accroche.publications.versions import Imprint

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier

pytestmark = pytest.mark.any_database


@pytest.fixture(scope="module")
def document(pack_2015: EditionDossier) -> Document:
    return build(pack_2015, Imprint("Bureau national"))


@pytest.fixture(scope="module")
def files(document: Document) -> dict[str, bytes]:
    return data.render(document)


def named(files: dict[str, bytes], end: str) -> bytes:
    return next(content for name, content in files.items() if name.endswith(end))


def plain(text: str) -> str:
    return " ".join(text.split())


def test_what_the_pages_say_first_is_said_by_every_file(document: Document, files: dict[str, bytes]) -> None:
    opening = document.sections[0]
    printed = [document.abstract]
    for block in opening.blocks:
        if isinstance(block, KeyFigures):
            printed += [f"{item.figure.text} {item.label}" for item in block.items]
            printed += [item.detail for item in block.items if item.detail]
        elif isinstance(block, Callout):
            printed.append("".join(part.text for part in block.content))
    assert any("747" in line for line in printed)
    assert any("somme des nombres donnés, dont 1" in line for line in printed)
    assert any("recoupements sont possibles pour Lyon" in line for line in printed)
    assert any("ne sont pas disponibles" in line for line in printed)
    sheet = openpyxl.load_workbook(io.BytesIO(named(files, ".xlsx")))["Lisez-moi"]
    read_me = plain(" ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value))
    package = plain(json.loads(named(files, "datapackage.json"))["description"])
    content = plain(json.dumps(json.loads(named(files, "donnees.json"))["en_bref"], ensure_ascii=False))
    for line in printed[1:]:
        assert plain(line) in read_me, line
        assert plain(line) in package, line
        assert plain(line) in content, line
    assert plain(document.abstract) in read_me
    assert plain(document.abstract) in package


def numbers(text: str) -> list[int]:
    return [int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d\u202f]*", text)]


def test_totals_are_one_number_in_pages_data_and_json(
    document: Document, files: dict[str, bytes], pack_2015: EditionDossier
) -> None:
    rows = {
        row["indicateur"]: row for row in csv.DictReader(io.StringIO(named(files, "totaux.csv").decode()))
    }
    told: dict[str, Any] = edition_json(pack_2015)["totals"]
    for name in ("actions", "etablissements"):
        printed = {
            part.text
            for _, section in document.walk()
            for block in section.blocks
            for part in figures(block)
            if part.provenance == f"p-{name}"
        }
        assert len(printed) == 1, "a total is printed in one way"
        (value,) = numbers(printed.pop())
        row = rows[name]
        assert int(row["somme"]) == told[name]["sum"] == value
        assert row["borne_inferieure"] == ("" if told[name]["lower_bound"] is None else str(value))
        assert (row["exact"] == "true") is told[name]["is_exact"]
        assert int(row["academies_comptees"]) == told[name]["counted"]
        assert row["recoupements_possibles"] == " ; ".join(told[name]["overlapping"])
        assert row["nombres_approches"] == " ; ".join(told[name]["approximate"])
        assert row["non_disponible"] == " ; ".join(told[name]["unavailable"])
        provenance = next(one for one in document.provenances if one.id == f"p-{name}")
        assert row["texte"] == provenance.value
    levels = next(one for one in document.data if one.name == "semaines")
    ticks = [field.name for field in levels.fields].index("premier_degre")
    assert sum(row[ticks] is True for row in levels.rows) == told["levels"]["premier_degre"]
    unknown = {str(row[0]) for row in levels.rows if row[ticks] is None}
    assert unknown == {"Strasbourg", "Toulouse"}


def figures(block: object) -> list[Figure]:
    if isinstance(block, KeyFigures):
        return [item.figure for item in block.items]
    if isinstance(block, Paragraph):
        return [part for part in block.content if isinstance(part, Figure)]
    return []

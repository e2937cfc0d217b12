from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json
import warnings
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from accroche.publications import donnees
from accroche.publications.outline import DataField, DataTable, Document
from accroche.publications.renderers.data import JSON_NAME, PACKAGE_NAME, XLSX_NAME, DataError, render
from tests.publications.renderers.processes import outputs
from tests.publications.renderers.sample import HOSTILE, png, sample_document

if TYPE_CHECKING:
    from pathlib import Path

    from accroche.publications.outline import Value

FIELDS = (
    DataField("titre", "string", "Titre de l’action"),
    DataField("eleves", "integer", "Nombre d’élèves"),
    DataField("part", "number", "Part des élèves"),
    DataField("remarquable", "boolean", "Action remarquable"),
    DataField("debut", "date", "Premier jour"),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("Défis 6e, « tutorat »", 30, 0.5, True, "2016-01-18"),
    ('=HYPERLINK("http://x")', -3, 2, False, None),
    ("+33 collèges", None, None, None, None),
    ("-1", 0, 0, False, "2016-03-14"),
    ("@SUM(A1)", 1, 1.25, True, "2016-03-14"),
    ("\tcaché", 1, 1, True, "2016-03-14"),
    ('deux\nlignes, "guillemets" ; points-virgules', 1, 1, True, "2016-03-14"),
    ("sonnerie\x07 et nul\x00", 1, 1, True, "2016-03-14"),
)


def with_tables(*tables: DataTable) -> Document:
    return dataclasses.replace(sample_document(), sections=(), data=tables)


def actions(rows: tuple[tuple[Value, ...], ...] = ROWS) -> DataTable:
    return DataTable("actions", "Les actions", FIELDS, rows)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def workbook(files: dict[str, bytes]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(files[XLSX_NAME]))


def validate(files: dict[str, bytes], folder: Path) -> Any:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with warnings.catch_warnings():
        # The library's own dependencies are behind their time; our files are what is judged.
        warnings.simplefilter("ignore", DeprecationWarning)
        import frictionless  # noqa: PLC0415 - its import warns

        return frictionless.Package(PACKAGE_NAME, basepath=str(folder)).validate()


def test_files_of_the_sample() -> None:
    names = {JSON_NAME, "semaines.csv", "images.csv", PACKAGE_NAME, XLSX_NAME}
    assert set(render(sample_document())) == names


def test_each_picture_is_a_row_that_names_it() -> None:
    first, second = read_csv(render(sample_document())["images.csv"])[1:]
    assert first[:5] == [
        "Note de méthode",
        "Une image légendée",
        "Un rectangle bleu canard.",
        "Atelier du lycée Le Castel",
        "Licence Ouverte 2.0",
    ]
    assert first[5:] == ["image/png", "60", "40", hashlib.sha256(png(60, 40)).hexdigest()]
    assert second[2:6] == [f"Une bande : {HOSTILE}", "Rectorat", "", "image/jpeg"]


def test_json_says_each_figure_and_where_it_comes_from() -> None:
    document = sample_document()
    content = json.loads(render(document)[JSON_NAME])
    assert content["document"]["titre"] == document.title
    assert content["document"]["date"] == document.date.isoformat()
    assert content["document"]["licence"]["name"] == "etalab-2.0"
    known = {provenance["id"] for provenance in content["provenances"]}
    assert known == {provenance.id for provenance in document.provenances}
    essential = content["sections"][0]
    assert {"texte", "libelle", "provenance"} == set(essential["chiffres"][0])
    assert "actions recensées, au moins" in {figure["libelle"] for figure in essential["chiffres"]}

    def used(sections: list[dict[str, Any]]) -> set[str]:
        own = {figure["provenance"] for section in sections for figure in section["chiffres"]}
        return own.union(*(used(section["sections"]) for section in sections))

    assert used(content["sections"]) <= known
    assert [table["nom"] for table in content["tables"]] == ["semaines", "images"]


def test_json_keeps_texts_and_types_untouched() -> None:
    rows = json.loads(render(with_tables(actions()))[JSON_NAME])["tables"][0]["lignes"]
    assert rows[1]["titre"] == '=HYPERLINK("http://x")'
    assert rows[1]["eleves"] == -3
    assert rows[2]["remarquable"] is None


def test_csv_is_rfc_4180_in_utf_8() -> None:
    content = render(with_tables(actions()))["actions.csv"]
    assert content.startswith(b"titre,eleves,part,remarquable,debut\r\n")
    rows = read_csv(content)
    assert rows[1] == ["Défis 6e, « tutorat »", "30", "0.5", "true", "2016-01-18"]
    assert rows[3][1:] == ["", "", "", ""]
    assert rows[7][0] == 'deux\nlignes, "guillemets" ; points-virgules'
    assert rows[8][0] == "sonnerie et nul"


def test_csv_texts_are_no_formula_and_numbers_stay_numbers() -> None:
    rows = read_csv(render(with_tables(actions()))["actions.csv"])
    assert [row[0] for row in rows[2:7]] == [
        '\'=HYPERLINK("http://x")',
        "'+33 collèges",
        "'-1",
        "'@SUM(A1)",
        "'\tcaché",
    ]
    assert rows[2][1] == "-3"


def test_csv_formula_rule_is_documented() -> None:
    files = render(with_tables(actions()))
    assert "apostrophe" in json.loads(files[PACKAGE_NAME])["description"]
    texts = [str(cell.value) for row in workbook(files)["Lisez-moi"].iter_rows() for cell in row]
    assert any("apostrophe" in text for text in texts)


def test_data_package_is_valid(tmp_path: Path) -> None:
    empty = DataTable("vide", "Table vide", FIELDS, ())
    document = dataclasses.replace(sample_document(), data=(*sample_document().data, actions(), empty))
    report = validate(render(document), tmp_path)
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert report.stats["tasks"] == 4


def test_data_package_check_sees_a_changed_file(tmp_path: Path) -> None:
    files = render(with_tables(actions()))
    files["actions.csv"] = files["actions.csv"].replace(b"30", b"31")
    assert not validate(files, tmp_path).valid


def test_data_package_describes_licence_version_and_columns() -> None:
    document = with_tables(actions())
    package = json.loads(render(document)[PACKAGE_NAME])
    assert package["licenses"][0]["name"] == "etalab-2.0"
    assert package["version"] == document.version
    assert package["homepage"] == document.site_url
    (resource,) = package["resources"]
    assert resource["title"] == "Les actions"
    assert resource["schema"]["fields"][1] == {
        "name": "eleves",
        "type": "integer",
        "description": "Nombre d’élèves",
    }


def test_workbook_cells_are_typed() -> None:
    sheet = workbook(render(with_tables(actions())))["actions"]
    assert [cell.value for cell in sheet[1]] == [field.name for field in FIELDS]
    first = [cell.value for cell in sheet[2]]
    assert first == ["Défis 6e, « tutorat »", 30, 0.5, True, dt.datetime(2016, 1, 18)]  # noqa: DTZ001 - a day
    assert [cell.value for cell in sheet[4]][1:] == [None, None, None, None]


def test_workbook_has_neither_formula_nor_automatic_link() -> None:
    sheet = workbook(render(with_tables(actions())))["actions"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b", "d"}
    assert sheet["A3"].value == '=HYPERLINK("http://x")'
    assert sheet["A3"].data_type == "s"
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_workbook_is_ready_to_read() -> None:
    document = sample_document()
    book = workbook(render(document))
    assert book.sheetnames == ["Lisez-moi", "semaines", "images"]
    assert book.properties.created == dt.datetime.combine(document.date, dt.time())
    sheet = book["semaines"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:D{len(document.data[0].rows) + 1}"
    assert sheet["A1"].font.bold
    texts = [str(cell.value) for row in book["Lisez-moi"].iter_rows() for cell in row]
    for field in document.data[0].fields:
        assert field.name in texts
        assert field.description in texts


def test_an_empty_table_keeps_its_header(tmp_path: Path) -> None:
    files = render(with_tables(actions(())))
    assert read_csv(files["actions.csv"]) == [[field.name for field in FIELDS]]
    assert workbook(files)["actions"].max_row == 1
    assert validate(files, tmp_path).valid


def test_without_table_only_json_is_left() -> None:
    assert set(render(with_tables())) == {JSON_NAME}


def test_names_are_safe_and_unique() -> None:
    long = "x" * 40
    names = ("../Étés & co", "../étés & CO", "history", "", long, long + "y")
    tables = (DataTable(name, "Titre", FIELDS[:1], (("a",),)) for name in names)
    files = render(with_tables(*tables))
    assert [name for name in files if name.endswith(".csv")] == [
        "etes-co.csv",
        "etes-co-2.csv",
        "history.csv",
        "table.csv",
        f"{long}.csv",
        f"{long}y.csv",
    ]
    assert len(set(workbook(files).sheetnames)) == 7


def test_a_very_long_text_fits_the_workbook() -> None:
    text = "é" * 40_000
    files = render(with_tables(DataTable("longs", "Titre", FIELDS[:1], ((text,),))))
    assert read_csv(files["longs.csv"])[1] == [text]
    assert str(workbook(files)["longs"]["A2"].value).endswith("…")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "30"),
        ("integer", True),
        ("integer", 1.5),
        ("number", float("nan")),
        ("string", 3),
        ("boolean", 1),
        ("date", "18 janvier 2016"),
        ("geojson", "x"),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: Value) -> None:
    table = DataTable("t", "Titre", (DataField("colonne", kind, ""),), ((value,),))
    with pytest.raises(DataError, match="colonne"):
        render(with_tables(table))


def test_a_ragged_or_ambiguous_table_is_refused() -> None:
    with pytest.raises(DataError, match="2 valeurs au lieu de 1"):
        render(with_tables(DataTable("t", "Titre", FIELDS[:1], (("a", "b"),))))
    with pytest.raises(DataError, match="même nom"):
        render(with_tables(DataTable("t", "Titre", (FIELDS[0], FIELDS[0]), ())))


def test_same_document_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib\n"
        "from tests.publications.renderers.sample import sample_document\n"
        "from accroche.publications.renderers.data import render\n"
        "for name, content in render(sample_document()).items():\n"
        "    print(name, hashlib.sha256(content).hexdigest())\n"
    )
    assert len(outputs(code)) == 1


def test_a_long_table_says_the_same_as_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows are made as they are read, and written into the workbook as text."""
    told: tuple[tuple[Any, ...], ...] = (
        ("Éà <b> & « ’ » 😀", 3, True, "2016-03-14"),
        (" deux espaces ", None, False, None),
        ("_x0041_ n’est pas A", -7, None, "1999-12-31"),
        ("=1+1\net une ligne", 0, True, None),
        ("", 12, None, None),
    )
    fields = (
        DataField("titre", "string", "T"),
        DataField("nombre", "integer", "N"),
        DataField("oui", "boolean", "B"),
        DataField("jour", "date", "J"),
    )
    short = render(with_tables(DataTable("lignes", "Lignes", fields, told)))
    monkeypatch.setattr("accroche.publications.renderers.data.workbook._MANY_ROWS", 1)
    monkeypatch.setattr(donnees, "MOST_KEPT", 1)
    kept = donnees.rows_of(lambda: iter(told), len(told))
    assert not isinstance(kept, tuple)
    assert (len(kept), kept[2], kept[-1], kept[1:3]) == (5, told[2], told[-1], told[1:3])
    long = render(with_tables(DataTable("lignes", "Lignes", fields, kept)))
    assert long["lignes.csv"] == short["lignes.csv"]
    assert long[JSON_NAME] == short[JSON_NAME]
    assert [row["titre"] for row in json.loads(long[JSON_NAME])["tables"][0]["lignes"]] == [
        r[0] for r in told
    ]
    sheets = [workbook(files)["lignes"] for files in (short, long)]
    values = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in sheets]
    # what looks like a code is written as one, in both; this reader undoes it in the short one alone
    assert values[1][3][0] == "_x005F_x0041_ n’est pas A"
    values[1][3][0] = values[0][3][0]
    assert values[0] == values[1]
    styles = [[[cell.number_format for cell in row] for row in sheet.iter_rows()] for sheet in sheets]
    assert styles[1][1][3] == "dd/mm/yyyy"

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile

import openpyxl
from django.template.loader import render_to_string

from accroche.integrations.typst import lost
from accroche.publications.lettres import pertes
from accroche.publications.outline import (
    DataField,
    DataTable,
    Document,
    Example,
    Figure,
    Paragraph,
    Provenance,
    Section,
    SectionKind,
    Text,
)
from accroche.publications.renderers import data, docx, html, pdf
from tests.publications.renderers.lecture_pdf import Reader

TURNED = "Club \u202eerttel\u202c et\u200b \uf0b7 lecture \ue123"
SHOWN = "Club erttel et • lecture \ufffd"


def _document() -> Document:
    sheets = (
        Section("nice", "Académie de Nice", (Example(TURNED, "Lycée", (TURNED,)),), kind=SectionKind.SHEET),
        Section("lyon", "Académie de Lyon", (Paragraph((Text("Fête 🎉 عربي"),)),), kind=SectionKind.SHEET),
        Section("paris", "Académie de Paris", (Paragraph((Text("Tablettes 𐎀𐎁"),)),), kind=SectionKind.SHEET),
    )
    return Document(
        title=TURNED,
        subtitle="",
        organisation="DGESCO",
        version="v",
        date=dt.date(2020, 9, 1),
        abstract="",
        sections=(
            Section("fiches", "Fiches", (Paragraph((Figure("3", "p"),)),), sheets, SectionKind.CHAPTER),
        ),
        provenances=(Provenance("p", TURNED, "3", TURNED),),
        data=(DataTable("t", "T", (DataField("titre", "string", "Titre"),), ((TURNED,),)),),
    )


def test_no_format_turns_the_writing_round_and_json_keeps_it() -> None:
    document = _document()
    assert document.title == SHOWN
    page = html.render(document, render_to_string)
    with Reader(pdf.render(document)) as read:
        printed = " ".join(read.texts)
    with zipfile.ZipFile(io.BytesIO(docx.render(document))) as word:
        written = word.read("word/document.xml").decode()
    for drawn in (page, written, printed):
        assert SHOWN in " ".join(drawn.split())
        assert not set("\u202e\u202c\u200b\uf0b7\ue123") & set(drawn)
    files = data.render(document)
    assert list(csv.reader(io.StringIO(files["t.csv"].decode())))[1] == [SHOWN]
    book = openpyxl.load_workbook(io.BytesIO(files["donnees.xlsx"]))
    assert SHOWN in {cell.value for sheet in book for row in sheet for cell in row}
    assert "\u202e" not in files["donnees.json"].decode()
    assert json.loads(files["donnees.json"])["tables"][0]["lignes"] == [{"titre": TURNED}]


def test_what_no_font_has_is_named_sheet_by_sheet() -> None:
    told = [
        str(one) for one in pertes(_document(), lost) if one.where != SHOWN and "Provenances" not in one.where
    ]
    assert told == [
        "Académie de Nice : « \ufffd » (U+FFFD)",
        "Académie de Paris : « 𐎀 » (U+10380), « 𐎁 » (U+10381)",
    ]

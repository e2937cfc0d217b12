from __future__ import annotations

import datetime as dt
import io
from itertools import pairwise
from typing import TYPE_CHECKING

import openpyxl
from lxml import etree

from accroche.publications.outline import (
    Bar,
    BarChart,
    BulletList,
    Calendar,
    Facts,
    Figure,
    KeyFigure,
    KeyFigures,
    LevelBoxes,
    Section,
    SectionKind,
    Span,
    Table,
    Text,
    Tile,
    TileMap,
)
from accroche.publications.renderers.docx import render
from accroche.publications.renderers.docx.identity import PAPER, STEPS, TEXT_WIDTH, WASH
from tests.publications.renderers.docx_xml import (
    W,
    attribute,
    document_of,
    find,
    parts,
    sample,
    style_of,
    words,
    xml,
)
from tests.publications.renderers.sample import HOSTILE, jpeg, png

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


# -- tables and drawings ------------------------------------------------------------------------


def test_every_table_says_what_it_shows() -> None:
    tables = find(xml(sample()), ".//w:tbl")
    assert tables
    for table in tables:
        for name in ("tblCaption", "tblDescription"):
            assert attribute(find(table, f"w:tblPr/w:{name}")[0], "w:val").strip()


def test_every_data_table_repeats_its_header_row() -> None:
    for table in find(xml(sample()), ".//w:tbl"):
        style = attribute(find(table, "w:tblPr/w:tblStyle")[0], "w:val")
        look = find(table, "w:tblPr/w:tblLook")[0]
        rows = find(table, "w:tr")
        headers = [bool(find(row, "w:trPr/w:tblHeader")) for row in rows]
        # The tile map is a drawing: its cells are places, not columns.
        expected = style != "TableauCarte"
        assert headers == [expected, *[False] * (len(rows) - 1)]
        assert attribute(look, "w:firstRow") == str(int(expected))
        assert all(find(row, "w:trPr/w:cantSplit") for row in rows)


def test_tables_are_regular() -> None:
    for table in find(xml(sample()), ".//w:tbl"):
        widths = [int(attribute(column, "w:w")) for column in find(table, "w:tblGrid/w:gridCol")]
        assert sum(widths) <= TEXT_WIDTH
        assert min(widths) > 0
        for row in find(table, "w:tr"):
            cells = find(row, "w:tc")
            spans = [find(cell, "w:tcPr/w:gridSpan") for cell in cells]
            assert sum(int(attribute(span[0], "w:val")) if span else 1 for span in spans) == len(widths)
            assert all(cell[-1].tag == f"{{{W}}}p" for cell in cells)


def test_tables_never_touch() -> None:
    empty = Table("", (), ())
    body = xml(render(document_of(Table("", (), ()), empty)))
    for content in (body, xml(sample())):
        tags = [child.tag for child in find(content, "w:body")[0]]
        assert (f"{{{W}}}tbl", f"{{{W}}}tbl") not in set(pairwise(tags))


def test_a_picture_keeps_its_bytes_its_shape_and_who_made_it() -> None:
    body = xml(sample())
    shown = find(body, ".//pic:pic")
    files = parts(sample())
    assert [files[f"word/media/image{rank}.{kind}"] for rank, kind in ((1, "png"), (2, "jpg"))] == [
        png(60, 40),
        jpeg(20, 60),
    ]
    sizes = [
        (int(size.attrib["cx"]), int(size.attrib["cy"])) for size in find(body, ".//pic:spPr/a:xfrm/a:ext")
    ]
    assert sizes[0][0] == TEXT_WIDTH * 635 // 2
    assert [round(wide / tall, 2) for wide, tall in sizes] == [1.5, 0.33]
    assert all(tall <= 190 * 36_000 for _, tall in sizes)
    assert [find(one, "pic:nvPicPr/pic:cNvPr")[0].get("descr") for one in shown] == [
        "Un rectangle bleu canard.",
        f"Une bande : {HOSTILE}",
    ]
    notes = [words(p) for p in find(body, ".//w:p") if style_of(p) == "Note"]
    assert "Atelier du lycée Le Castel – Licence Ouverte 2.0" in notes


def test_captions_are_numbered_by_fields() -> None:
    captions = [words(p) for p in find(xml(sample()), ".//w:p") if style_of(p) == "Caption"]
    assert "Figure\u00a01 – Nombre d’actions recensées par académie" in captions
    assert "Tableau\u00a01 – Les semaines, académie par académie" in captions
    assert any("SEQ Tableau" in attribute(f, "w:instr") for f in find(xml(sample()), ".//w:fldSimple"))


def test_drawings_have_a_text_alternative() -> None:
    ground, *drawings = find(xml(sample()), ".//wp:docPr")
    # what is only there to be seen says so, and comes first: the ground of the cover
    assert find(ground, ".//adec:decorative")
    (choice,) = find(xml(sample()), ".//mc:Choice")
    assert choice.get("Requires") in choice.nsmap
    assert [drawing.get("descr") for drawing in drawings] == [
        "Dossiers de presse 21, articles 17, vidéos 9, cartes 2.",
        "Un rectangle bleu canard.",
        f"Une bande : {HOSTILE}",
    ]
    numbers = [drawing.get("id") for drawing in drawings]
    assert len(set(numbers)) == len(numbers)


def test_bar_chart_is_a_live_chart_with_its_workbook() -> None:
    content = parts(sample())
    chart = etree.fromstring(content["word/charts/chart1.xml"])
    names = [found.text for found in find(chart, ".//c:cat//c:v")]
    assert names[3] == "Cartes"
    assert names[5] == "Émissions de radio (N.C.)"
    values = {found.get("idx"): words_of_chart(found) for found in find(chart, ".//c:val//c:pt")}
    # Not communicated is no point at all; zero is one.
    assert values == {"0": "21", "1": "17", "2": "9", "3": "2", "4": "0"}
    texts = [node.text for node in chart.iter() if str(node.tag).endswith("}t")]
    assert texts == ["au moins 2"]
    (name,) = [name for name in content if name.endswith(".xlsx")]
    sheet = openpyxl.load_workbook(io.BytesIO(content[name]))["Données"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Libellé", "Valeur", "Texte imprimé"]
    assert rows[4] == ["Cartes", 2, "au moins 2"]
    assert rows[6] == ["Émissions de radio (N.C.)", None, "N.C."]


def words_of_chart(point: Element) -> str:
    return find(point, "c:v")[0].text or ""


def test_a_chart_longer_than_a_page_is_cut() -> None:
    bars = tuple(Bar(f"Académie {rank}", rank, str(rank)) for rank in range(70))
    content = render(document_of(BarChart("Longue", "En mots.", bars)))
    assert len([name for name in parts(content) if name.startswith("word/charts/chart")]) == 3
    captions = [words(p) for p in find(xml(content), ".//w:p") if style_of(p) == "Caption"]
    assert captions[0] == "Figure\u00a01 – Longue (1 sur 3)"


def test_calendar_writes_days_in_months() -> None:
    day = dt.date
    block = Calendar(
        "Dates",
        "En mots.",
        day(2015, 9, 1),
        day(2016, 7, 5),
        (
            Span("Dijon", ((day(2016, 1, 18), day(2016, 1, 22)), (day(2016, 1, 30), day(2016, 2, 1)))),
            Span("Limoges", ((day(2015, 9, 1), day(2016, 7, 5)),)),
            Span("Toulouse", ()),
        ),
    )
    (table,) = find(xml(render(document_of(block))), "w:body/w:tbl")
    rows = [[words(cell) for cell in find(row, "w:tc")] for row in find(table, "w:tr")]
    assert rows[0][:2] == ["Académie", "sept.2015"]
    assert len(rows[0]) == 12
    assert rows[1][5:7] == ["18–2230–31", "1"]
    assert rows[2][1:] == ["tout"] * 11
    assert rows[3] == ["Toulouse", "dates non communiquées"]


def test_a_calendar_of_many_years_is_written_in_words() -> None:
    span = Span("Dijon", ((dt.date(2016, 1, 18), dt.date(2016, 1, 22)),))
    block = Calendar("Dates", "En mots.", dt.date(2010, 9, 1), dt.date(2030, 7, 5), (span,))
    (table,) = find(xml(render(document_of(block))), "w:body/w:tbl")
    assert words(find(table, "w:tr")[1]) == "Dijondu 18 au 22\u00a0janvier 2016"


def test_tile_map_tells_classes_without_colour() -> None:
    tiles = (
        Tile("DIJ", "Dijon", 2, 1, 2, "19", "partie"),
        Tile("GUY", "Guyane", 1, 3, 0, "non disponible"),
        Tile("LYO", "Lyon", 2, 1, 1, "Lyon : au moins 3"),
    )
    body = xml(render(document_of(TileMap("Carte", "En mots.", tiles, ("Sans", "Peu", "Beaucoup")))))
    grid, legend = find(body, "w:body/w:tbl")
    assert [[words(cell) for cell in find(row, "w:tc")] for row in find(grid, "w:tr")] == [
        ["", "DIJ19LYO•"],
        ["", ""],
        ["GUY–", ""],
    ]
    assert [words(cell) for cell in find(legend, ".//w:tc")] == ["–Sans", "•Peu", "Beaucoup"]
    assert "Dijon\u00a0: 19 ; Guyane\u00a0: non disponible ; Lyon : au moins 3." in words(body)


def test_what_is_no_number_has_no_step_of_the_scale() -> None:
    tiles = (
        Tile("TOU", "Toulouse", 0, 0, 0, "non disponible", value="n.d."),
        Tile("REI", "Reims", 1, 0, 1, "N.C.", value="N.C."),
        Tile("NIC", "Nice", 2, 0, 2, "5", value="5"),
        Tile("VER", "Versailles", 3, 0, 3, "300", value="300"),
    )
    legend = ("Données non disponibles", "Nombre non communiqué (N.C.)", "Moins de 10", "100 et plus")
    grid, keys = find(xml(render(document_of(TileMap("Carte", "Mots.", tiles, legend)))), "w:body/w:tbl")
    for row in (grid, keys):
        grounds = [(attribute(one, "w:val"), attribute(one, "w:fill")) for one in find(row, ".//w:shd")]
        assert grounds == [
            ("clear", WASH),
            ("thinDiagStripe", PAPER),
            ("clear", STEPS[0]),
            ("clear", STEPS[1]),
        ]
    assert [words(cell) for cell in find(grid, ".//w:tc")] == ["TOUn.d.", "REIN.C.", "NIC5", "VER300"]


def test_what_one_looks_up_stands_in_two_columns_under_the_same_running_titles() -> None:
    entries = (
        Facts((("CIO", (Text("Centre d’information et d’orientation"),)),)),
        BulletList(((Text("Une"),),)),
    )
    index = Section("sigles", "Sigles", entries, kind=SectionKind.INDEX)
    body = xml(render(document_of(sections=(index, Section("fin", "Fin", kind=SectionKind.ANNEX)))))
    stretches = find(body, ".//w:sectPr")
    assert [attribute(find(one, "w:cols")[0], "w:num") for one in stretches] == ["", "2", ""]
    assert [len(find(one, "w:headerReference")) for one in stretches] == [1, 0, 0]
    assert [len(find(one, "w:titlePg")) for one in stretches] == [1, 0, 0]
    assert {style_of(p) for p in find(body, ".//w:p")} >= {"IndexFait", "IndexEntree"}


def test_levels_and_figures_of_a_sheet_are_one_band_with_a_head() -> None:
    figures = KeyFigures(
        (KeyFigure(Figure("au moins 12", "x"), "actions"), KeyFigure(Figure("3", "x"), "écoles"))
    )
    body = xml(render(document_of(LevelBoxes("Niveaux", (("Collège", True),)), figures)))
    (band,) = find(body, "w:body/w:tbl")
    head, row = find(band, "w:tr")
    assert find(head, "w:trPr/w:tblHeader")
    assert [words(cell) for cell in find(head, "w:tc")] == ["Niveaux", "actions", "écoles"]
    assert [words(cell) for cell in find(row, "w:tc")] == ["☑\u00a0Collège – oui", "au moins12", "3"]


def test_level_boxes_say_yes_or_no() -> None:
    items = (("Collège", True), ("Lycée", False), ("Lycée professionnel", None))
    body = xml(render(document_of(LevelBoxes("Niveaux", items), LevelBoxes("Niveaux", items, unknown=True))))
    lines = [words(p) for p in find(body, ".//w:p") if style_of(p) == "Case"]
    assert lines == [
        "☑\u00a0Collège – oui",
        "☐\u00a0Lycée – non",
        "Lycée professionnel – non précisé",
        "non précisés",
    ]
    checked = [attribute(box, "w14:val") for box in find(body, ".//w14:checked")]
    assert checked == ["1", "0"]
    numbers = [attribute(number, "w:val") for number in find(body, ".//w:sdt/w:sdtPr/w:id")]
    assert len(set(numbers)) == len(numbers)


def test_an_example_says_whom_it_is_made_with() -> None:
    told = [words(one) for one in find(xml(sample()), ".//w:p")]
    assert "Avec Entreprendre pour apprendre et Ville de Tonnerre (finance)" in told

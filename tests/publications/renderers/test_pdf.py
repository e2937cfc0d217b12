"""The PDF is read back with PDFium, a reader of its own, and judged by veraPDF."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accroche.publications.outline import (
    Calendar,
    Document,
    Example,
    Figure,
    KeyFigure,
    KeyFigures,
    Link,
    Paragraph,
    Ref,
    Section,
    SectionKind,
    Span,
    Text,
    Tile,
    TileMap,
)
from accroche.publications.renderers.pdf import OutlineError, render
from tests.publications.renderers.lecture_pdf import Reader, bare
from tests.publications.renderers.normes import broken
from tests.publications.renderers.sample import HOSTILE, LONG_URL, sample_document
from tests.thorough import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accroche.publications.outline import Block

MARGIN = 23 / 25.4 * 72
#: Punctuation may hang a little in the margin, as good setting wants.
HANG = 4


@pytest.fixture(scope="module")
def sample() -> bytes:
    return render(sample_document())


@pytest.fixture(scope="module")
def reader(sample: bytes) -> Iterator[Reader]:
    with Reader(sample) as read:
        yield read


def document(*blocks: Block, **changes: object) -> Document:
    plain = Document(
        title="Un titre",
        subtitle="",
        organisation="Une organisation",
        version="Version 1",
        date=dt.date(2016, 9, 1),
        abstract="",
        sections=(Section("un", "Un", blocks, kind=SectionKind.CHAPTER),),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


# -- what is said -------------------------------------------------------------------------------


def test_every_sheet_is_bookmarked(reader: Reader) -> None:
    sheets = [s for _, s in sample_document().walk() if s.kind is SectionKind.SHEET]
    pages = [reader.page_at(sheet.title) for sheet in sheets]
    assert len(sheets) == 6
    assert pages == sorted(pages)
    assert all(
        bare(sheet.title) in bare(reader.texts[page]) for sheet, page in zip(sheets, pages, strict=True)
    )


def test_a_sheet_begins_where_the_one_before_it_ends_and_the_head_of_the_page_names_both() -> None:
    def sheet(name: str, words: int) -> Section:
        card = Example(f"Exemple de {name}", "", ("mot " * words,))
        parts = (Section(f"{name}-exemples", "Exemples", (card, card, card)),)
        return Section(name, f"Fiche {name}", (Paragraph((Text("mot " * words),)),), parts, SectionKind.SHEET)

    sheets = (sheet("une", 250), sheet("deux", 120), sheet("trois", 250))
    chapter = Section("fiches", "Fiches", (), sheets, SectionKind.CHAPTER)
    with Reader(render(document(sections=(chapter,)))) as made:
        first, second, third = (made.page_at(one.title) for one in sheets)
        assert first < second < len(made.pages)
        assert bare(made.texts[second]).startswith(bare("Fiche une · Fiche deux"))
        assert third in {second, second + 1}
        # a sheet at the top of a page is alone in its head
        assert not bare(made.texts[first]).startswith(bare("Fiche une Fiche une"))


def test_the_contents_give_the_page_of_every_chapter_and_sheet(reader: Reader) -> None:
    contents = bare(reader.texts[1])
    for _, section in sample_document().walk():
        if section.kind is not SectionKind.PLAIN:
            title = bare(section.title)
            # a divider has its title lower on the page
            found = [n for n, text in enumerate(reader.texts) if n > 1 and title in bare(text)]
            assert any(f"{title}{n + 1}" in contents for n in found), section.title


def test_signs_of_markup_are_printed_and_never_obeyed(reader: Reader) -> None:
    assert bare(HOSTILE) in bare("".join(reader.texts))


def test_an_address_is_printed_whole_and_leads_where_it_says(reader: Reader) -> None:
    page = reader.page_at("Académie de Dijon")
    assert bare(LONG_URL) in bare(reader.texts[page])
    assert LONG_URL in (reader.addresses(page))


def test_an_unavailable_academie_keeps_its_sheet(reader: Reader) -> None:
    text = reader.texts[reader.page_at("Académie de Martinique")]
    assert "Données non disponibles" in text
    assert "Niveaux" in text
    assert "non précisés" in text


def test_an_example_links_to_its_page(reader: Reader) -> None:
    assert "https://accroche.example/actions/matlan" in (
        reader.addresses(reader.page_at("Académie de Dijon") + 1)
    )


def test_an_example_says_whom_it_is_made_with(reader: Reader) -> None:
    assert bare("Avec Entreprendre pour apprendre et Ville de Tonnerre (finance)") in bare(
        "".join(reader.texts)
    )


# -- where links lead ---------------------------------------------------------------------------


def test_a_figure_leads_to_its_provenance_and_back(reader: Reader) -> None:
    sheet = reader.page_at("Académie de Dijon")
    annex = range(reader.page_of("D’où viennent les chiffres"), len(reader.pages))
    assert reader.targets(sheet) & set(annex)
    assert any(sheet in reader.targets(page) for page in annex)
    assert f"p. 5, {sheet + 1}" in " ".join("".join(reader.texts[n] for n in annex).split()).replace(
        "\xa0", " "
    )


def test_tiles_lead_to_their_sheets(reader: Reader) -> None:
    expected = {reader.page_at(f"Académie {name}") for name in ("de Dijon", "de Guyane", "d’Orléans-Tours")}
    assert expected <= reader.targets(reader.page_of("L’essentiel"))


@pytest.mark.parametrize(
    ("blocks", "named"),
    [
        ((Paragraph((Figure("3", "ailleurs"),)),), "ailleurs"),
        ((Paragraph((Ref("voir", "nulle-part"),)),), "nulle-part"),
        ((TileMap("c", "a", (Tile("A", "A", 0, 0, 0, "a", "perdu"),), ("n",)),), "perdu"),
        ((KeyFigures((KeyFigure(Figure("3", "sans"), "actions"),)),), "sans"),
    ],
)
def test_a_link_that_leads_nowhere_is_refused(blocks: tuple[Block, ...], named: str) -> None:
    with pytest.raises(OutlineError, match=named):
        render(document(*blocks))


def test_two_sections_of_one_name_are_refused() -> None:
    with pytest.raises(OutlineError, match="un"):
        render(document(sections=(Section("un", "Un"), Section("un", "Encore un"))))


def test_only_addresses_of_the_web_can_be_clicked() -> None:
    text = Paragraph(
        (Link("piège", "javascript:alert(1)"), Link("vide", ""), Link("long", "http://" + "a" * 9000))
    )
    card = Example("Titre", "Porteur", ("Récit",), (Link("piège", "file:///etc/passwd"),), url="javascript:x")
    with Reader(render(document(text, card))) as made:
        assert made.texts[2].count("piège") == 2
        assert not any(made.addresses(page) for page in range(len(made.pages)))


# -- how it is drawn ----------------------------------------------------------------------------


def test_nothing_runs_into_the_margins(reader: Reader) -> None:
    for number in range(1, len(reader.pages)):
        page = reader.pages[number]
        text = page.get_textpage()
        for index in range(text.count_chars()):
            left, _bottom, right, _top = text.get_charbox(index)
            if left == right:
                continue
            assert left > MARGIN - HANG, (number, index)
            assert right < page.get_width() - MARGIN + HANG, (number, index)


def test_no_title_prize_or_carrier_runs_out_of_the_hanging_column() -> None:
    long = "Anticonstitutionnellementanticonstitutionnellement https://exemple.fr/" + "tres-long-chemin/" * 3
    card = Example(long, long, ("Récit.",), prize=long)
    part = Section("p", long[:60], (Paragraph((Text("Récit."),)),))
    chapter = Section("un", "Un", (card,), (part,), SectionKind.CHAPTER)
    with Reader(render(document(sections=(chapter,)))) as made:
        text = made.pages[2].get_textpage()
        runs = [text.get_rect(n) for n in range(text.count_rects())]
        account = MARGIN + 46 / 25.4 * 72
        # what begins in the hanging column ends in it; the head and the foot of the page are its whole width
        hung = [run for run in runs if run[0] < account - 30 and 90 < run[3] < 740]
        assert len(hung) > 10
        assert [run for run in hung if run[2] > account] == []


def test_a_table_repeats_its_head_on_every_page(reader: Reader) -> None:
    first = reader.page_of("Conclusion et perspectives")
    assert all("Académie" in reader.texts[n] and "Rang" in reader.texts[n] for n in (first, first + 1))


# -- what the file says of itself ---------------------------------------------------------------


def test_metadata_names_the_document(reader: Reader, sample: bytes) -> None:
    known = reader.file.get_metadata_dict()
    assert (
        known["Title"] == "Synthèse nationale de la Semaine de la persévérance scolaire – Édition 2015-2016"
    )
    assert known["Author"] == "Direction générale de l’enseignement scolaire"
    assert "persévérance scolaire" in known["Keywords"]
    assert known["Subject"].startswith("Ce que les académies ont fait")
    assert known["CreationDate"].startswith("D:20160912")
    assert b"/Lang(fr-FR)" in sample.replace(b" ", b"")


def test_drawings_say_in_words_what_they_show(reader: Reader) -> None:
    assert any(alt.startswith("Carte schématique") for _, alt in reader.tags(reader.page_of("L’essentiel")))
    assert any("Limoges agit toute l’année" in alt for _, alt in reader.tags(reader.page_of("Le calendrier")))


def test_a_picture_says_in_words_what_it_shows_and_who_made_it(reader: Reader) -> None:
    page = reader.page_of("Note de méthode")
    said = [alt for number in (page, page + 1) for kind, alt in reader.tags(number) if kind == "Figure"]
    assert sorted(said) == sorted(["Un rectangle bleu canard.", f"Une bande : {HOSTILE}"])
    text = " ".join(reader.texts[page].split())
    assert "Une image légendée" in text
    assert "Atelier du lycée Le Castel – Licence Ouverte 2.0" in text


def test_tick_boxes_are_said_and_copied(reader: Reader) -> None:
    page = reader.page_at("Académie de Dijon")
    said = {alt for _, alt in reader.tags(page)}
    assert any("Premier degré non coché, Collège coché" in alt for alt in said)
    assert "☑ Collège" in reader.texts[page].replace("\r\n", " ")
    assert "☐ Premier degré" in reader.texts[page].replace("\r\n", " ")
    unknown = {alt for _, alt in reader.tags(reader.page_at("Académie de Martinique"))}
    assert any(alt.endswith("non précisés.") for alt in unknown)
    assert "☐" not in reader.texts[reader.page_at("Académie de Martinique")]


def test_structure_is_tagged(reader: Reader, sample: bytes) -> None:
    kinds = {kind for page in range(len(reader.pages)) for kind, _ in reader.tags(page)}
    assert {"H1", "H2", "H3", "L", "LI", "Table", "TH", "TD", "Caption", "Figure", "Link", "TOC"} <= kinds


# -- the same everywhere ------------------------------------------------------------------------

_ELSEWHERE = """
import hashlib
from accroche.publications.renderers.pdf import render
from tests.publications.renderers.lecture_pdf import Reader, bare
from tests.publications.renderers.normes import broken
from tests.publications.renderers.sample import sample_document
print(hashlib.sha256(render(sample_document())).hexdigest())
"""


def test_equal_documents_give_equal_bytes(sample: bytes) -> None:
    assert render(sample_document()) == sample


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_bytes(seed: str, sample: bytes) -> None:
    printed = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-c", _ELSEWHERE],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout.strip() == hashlib.sha256(sample).hexdigest()


# -- odd documents ------------------------------------------------------------------------------


def long_calendar() -> Calendar:
    day = dt.date(2016, 3, 1)
    spans = tuple(Span(f"Académie {n}", ((day, day + dt.timedelta(n % 9)),)) for n in range(120))
    return Calendar("Calendrier", "Cent vingt académies.", dt.date(2015, 9, 1), dt.date(2016, 7, 5), spans)


def odd() -> Document:
    """A calendar longer than a page, signs no font has, a plain section after a sheet, a huge card."""
    sheet = Section("fiche", "Fiche 😀", kind=SectionKind.SHEET)
    after = Section("apres", "Après les fiches", (Paragraph((Text("Suite \x00\uf0b7 العربية e\u0301"),)),))
    card = Example("Carte " * 30, "", ("Un long récit. " * 700,), url="https://example.org")
    chapters = (
        Section("chap", "Chapitre", (Paragraph((Text("Mot."),)),), (sheet, after), kind=SectionKind.CHAPTER),
        Section("dessins", "Dessins", (long_calendar(), card), kind=SectionKind.CHAPTER),
    )
    return document(sections=chapters)


def test_an_empty_document_is_still_a_file() -> None:
    with Reader(render(document(sections=()))) as made:
        assert len(made.pages) == 2


def test_a_plain_section_after_sheets_comes_after_them() -> None:
    with Reader(render(odd())) as made:
        pages = made.texts
    after = next(n for n, text in enumerate(pages) if n > 1 and "Après les fiches" in text)
    assert bare("Fiche 😀") in bare(pages[after - 1])
    assert "•" in pages[after]
    assert "é" in pages[after]


@settings(max_examples=examples(15))
@given(st.text(max_size=80), st.text(max_size=80), st.text(min_size=1, max_size=20))
def test_no_text_stops_the_press(first: str, second: str, third: str) -> None:
    card = Example(
        first, second, (third, first), (Link(second, "https://example.org/" + third),), third, (first,)
    )
    paragraph = Paragraph((Text(first), Text(second, strong=True), Link(third, "http://" + first)))
    assert render(document(paragraph, card, title=f"Titre {first}", abstract=second)).startswith(b"%PDF-")


# -- standards ----------------------------------------------------------------------------------


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_the_sample_keeps_the_standards(flavour: str, sample: bytes) -> None:
    assert broken(sample, flavour) == []


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_odd_documents_keep_them_too(flavour: str) -> None:
    assert broken(render(odd()), flavour) == []


@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_a_file_without_tags_is_found_out(flavour: str) -> None:
    plain = pdfium.PdfDocument.new()
    plain.new_page(200, 200)
    buffer = io.BytesIO()
    plain.save(buffer)
    assert any("StructTreeRoot" in line for line in broken(buffer.getvalue(), flavour))

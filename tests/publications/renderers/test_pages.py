"""The book of a real edition: how many pages it takes, how full they are, and that nothing is left out.

Pages are drawn small by PDFium, which the tests read PDF with, and looked at as pictures: what counts is ink.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from accroche.dossier.dossier import EditionDossier
from accroche.imports.pack import read_pack
from accroche.integrations.typst import printable
from accroche.publications.documents.synthese import build
from accroche.publications.outline import Document, Section, TileMap, Timeline
from accroche.publications.paroles import words
from accroche.publications.renderers.pdf import render
from accroche.publications.versions import Imprint
from tests.publications.renderers.lecture_pdf import Reader, bare
from tests.publications.renderers.normes import broken
from tests.thorough import THOROUGH

#: A book that somebody reads; the edition of 2015-2016 took 78.
MOST_PAGES = 60
#: Millimetres of A4, and of what stands above and under the text.
HEIGHT, HEAD, FOOT = 297, 22, 19
#: Points to a millimetre, and pixels to one in the pictures.
POINTS, PIXELS = 72 / 25.4, 1.0
#: Darker than this is ink: the wash behind a band is none.
INK = 200


@pytest.fixture(scope="module")
def document(pack_2015: EditionDossier) -> Document:
    return build(pack_2015, Imprint("Bureau national", "https://accroche.example"))


@pytest.fixture(scope="module")
def content(document: Document) -> bytes:
    return render(document)


@pytest.fixture(scope="module")
def book(content: bytes) -> Iterator[Reader]:
    with Reader(content) as read:
        yield read


def ends(reader: Reader, number: int) -> float:
    """How far down the room for text of a page its last ink is, from 0 to 1."""
    picture = reader.pages[number].render(scale=PIXELS / POINTS, grayscale=True).to_pil()
    room = picture.crop((0, round(HEAD * PIXELS), picture.width, round((HEIGHT - FOOT) * PIXELS)))
    drawn = room.point(lambda grey: 255 if grey < INK else 0).getbbox()
    return float(drawn[3]) / room.height if drawn else 0.0


def parts(reader: Reader) -> list[int]:
    """The pages on which a part begins: those that the first level of bookmarks names."""
    return sorted({item.get_dest().get_index() for item in reader.file.get_toc() if item.level == 0})


def within(reader: Reader, number: int) -> str:
    """The text of a page without its head and its foot."""
    page = reader.pages[number]
    text = page.get_textpage()
    read = text.get_text_bounded(bottom=FOOT * POINTS, top=(HEIGHT - HEAD) * POINTS)
    text.close()
    return str(read)


def told(document: Document) -> Iterator[str]:
    """Every text that the outline has printed; what a map says in words stands elsewhere in figures."""

    def of(section: Section) -> Iterator[str]:
        yield section.title
        yield section.summary
        for block in section.blocks:
            if isinstance(block, TileMap):
                yield from (block.caption, block.source, *block.legend)
                yield from (text for tile in block.tiles for text in (tile.code, tile.value))
            else:
                # what a drawing says to who does not see it, and a caption that says its title again
                unseen = {getattr(block, "alt", "")} | (
                    {block.caption} if isinstance(block, Timeline) else set()
                )
                yield from (text for text in words(block) if text not in unseen)
        for part in section.sections:
            yield from of(part)

    yield from (document.title, document.subtitle, document.organisation, document.version, document.abstract)
    for section in document.sections:
        yield from of(section)
    for one in document.provenances:
        yield from words(one)


def test_the_edition_is_a_book_of_at_most_sixty_pages(book: Reader) -> None:
    assert len(book.pages) <= MOST_PAGES


def test_a_page_is_at_least_half_full_unless_a_part_ends_on_it(book: Reader) -> None:
    last = {page - 1 for page in parts(book)} | {len(book.pages) - 1}
    # the cover stands alone
    empty = {n + 1: ends(book, n) for n in range(1, len(book.pages)) if n not in last and ends(book, n) < 0.5}
    assert empty == {}
    # and what a part ends on is no leftover of a line or two
    assert {n + 1: ends(book, n) for n in last if n and ends(book, n) < 0.25} == {}


def heights(reader: Reader, number: int, told: str) -> list[float]:
    """How high on a page, in points from its foot, a text stands, each time that it does."""
    text = reader.pages[number].get_textpage()
    search = text.search(told, match_case=True)
    found = []
    while place := search.get_next():
        found.append(float(text.get_charbox(place[0])[1]))
    search.close()
    text.close()
    return found


@pytest.mark.parametrize("academie", ["Strasbourg", "Toulouse"])
def test_an_academie_without_data_takes_a_quarter_of_a_page(book: Reader, academie: str) -> None:
    title = f"Académie de {academie}"
    page = book.page_at(title)
    top = min(heights(book, page, title))
    # the last words of its band of figures
    bottom = max(height for height in heights(book, page, "actions identifiées") if height < top)
    assert top - bottom < HEIGHT / 4 * POINTS


def test_where_the_figures_come_from_takes_two_pages(book: Reader) -> None:
    first = book.page_at("D’où viennent les chiffres")
    after = next(page for page in parts(book) if page > first)
    assert after - first <= 2


def test_nothing_that_the_outline_tells_is_left_out(book: Reader, document: Document) -> None:
    printed = bare("".join(within(book, number) for number in range(len(book.pages))))
    missing = {text for text in told(document) if bare(printable(text)) not in printed}
    assert missing == set()


def test_no_hyphen_cuts_a_name(book: Reader, document: Document) -> None:
    """PDFium tells a hyphen at the end of a line by a sign of its own, whether it was written or put in."""
    written = " ".join(told(document))
    cut = re.compile(r"\b([^\W\d_]+)[\ufffe\u0002\u00ad]\s*(\w+)")
    found = [pair for text in book.texts for pair in cut.findall(text)]
    assert [pair for pair in found if pair[0][0].isupper() and "-".join(pair) not in written] == []
    # while common words are
    assert any(pair[0][0].islower() and "-".join(pair) not in written for pair in found)


def test_the_index_leads_to_the_page_of_each_example(book: Reader) -> None:
    index = range(book.page_at("Index des exemples"), len(book.pages))
    cited = set().union(*(book.targets(n) for n in index))
    first, last = book.page_at("Académie d’Aix-Marseille"), book.page_at("Conclusion")
    assert cited <= set(range(first, last))
    for example in ("MATLAN", "Chaîne humaine"):
        (page, *_) = (n for n in range(first, last) if bare(example) in bare(book.texts[n]))
        assert page in cited


def test_the_cover_title_is_tagged(content: bytes) -> None:
    assert content.count(b"/S/Title") == 1


#: The suite asks veraPDF about the sample, which holds every block; whole books take it a minute each.
whole_books = pytest.mark.skipif(not THOROUGH, reason="whole books are judged by the thorough profile")


@whole_books
@pytest.mark.verapdf
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_the_book_keeps_the_standards(content: bytes, flavour: str) -> None:
    assert broken(content, flavour) == []


@whole_books
@pytest.mark.verapdf
@pytest.mark.parametrize("edition", ["2019-2020", "2020-2021"])
def test_hostile_editions_keep_them_too(shared_dir: Path, edition: str) -> None:
    """Markup, signs that turn the writing round, other scripts, hundreds of sheets, long addresses."""
    book = build(read_pack(edition, shared_dir / "cases" / "packs"), Imprint("Bureau national"))
    made = render(book)
    assert [broken(made, flavour) for flavour in ("ua1", "2a")] == [[], []]

"""The synthesis in a browser: the file that stands alone, and the page of the site."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from accroche.publications.renderers.html import render
from tests.browser.look import COLOURS, SETTLED, THEMES, accessible_in, fits, ready
from tests.publications.renderers.sample import sample_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page

    Opener = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser
# the site is served by a thread of this process, from this database
on_the_site = pytest.mark.django_db(transaction=True)

PATH = "/editions/2015-2016/synthese/"
GROUNDS: dict[Literal["dark", "light"], str] = {"light": "rgb(255, 255, 255)", "dark": "rgb(18, 23, 28)"}
FONT = "document.fonts.ready.then((fonts) => fonts.check('16px \"Accroche Texte\"', 'é'))"
#: The letters of each tile against its ground, as WCAG measures them: axe does not look into drawings.
TILE_CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const fill = (element) => getComputedStyle(element).fill;
  return [...document.querySelectorAll("g.doc-tile")].map((tile) => {
    const ground = fill(tile.querySelector("rect"));
    const paper = getComputedStyle(document.body).backgroundColor;
    const pair = [fill(tile.querySelector("text")), ground === "none" ? paper : ground].map(luminance);
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  });
}"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Return the address of a synthesis in one file, of which nothing else is beside."""
    path = tmp_path / "synthese.html"
    path.write_text(render(sample_document(), render_to_string), encoding="utf-8")
    return path.as_uri()


def printed(page: Page) -> list[str]:
    """Return the text of each page on paper, after its number."""
    content = page.pdf(prefer_css_page_size=True)
    with pypdfium2.PdfDocument(io.BytesIO(content)) as document:
        return [
            document[rank].get_textpage().get_text_bounded().partition("\n")[2]
            for rank in range(len(document))
        ]


def test_the_file_is_accessible_never_scrolls_sideways_and_follows_the_theme(
    open_page: Opener, file: str
) -> None:
    with open_page() as page:
        page.goto(file)
        assert page.evaluate(FONT)  # still: it waits for the fonts
        for theme, ground in GROUNDS.items():
            accessible_in(page, theme, **(COLOURS if theme == "dark" else {}))
            expect(page.locator("body")).to_have_css("background-color", ground)
            # still: the page is loaded, its colours are there
            assert min(page.evaluate(TILE_CONTRASTS)) >= 4.5, theme
        fits(page, folded=True)


def test_a_figure_opens_its_source_and_leads_back_without_a_script(open_page: Opener, file: str) -> None:
    with open_page(java_script_enabled=False) as page:
        page.goto(file)
        figure = page.locator("#dijon .doc-key-value a").first
        figure.click()
        source = page.locator(".doc-source:target")
        expect(source.locator(".doc-source-label")).to_have_text("Actions identifiées, académie de Dijon")
        source.locator(".doc-back a").first.click()
        expect(page.locator(".doc-figure:target")).to_have_text("19")


def test_contents_stay_in_sight_and_say_where_one_is(open_page: Opener, file: str) -> None:
    with open_page(width=1280) as page:
        page.goto(f"{file}#dijon")
        expect(page.locator(".doc-contents-list")).to_be_in_viewport()
        expect(page.locator(".doc-contents-list [aria-current]")).to_have_text("Académie de Dijon")
        expect(page.locator("summary").filter(visible=True)).to_have_count(0)
    with open_page(width=360) as page:
        page.goto(file)
        link = page.locator(".doc-contents-list a", has_text="Dijon")
        expect(link).to_be_hidden()
        page.get_by_text("Sommaire", exact=True).first.click()
        link.click()
        expect(page).to_have_url(f"{file}#dijon")
        expect(link).to_be_hidden()
        expect(page.locator("#dijon .doc-key-figures")).to_be_in_viewport()


def test_on_a_phone_parts_are_folded_and_what_is_sought_unfolds_them(open_page: Opener, file: str) -> None:
    with open_page(width=360) as page:
        page.goto(file)
        sheet = page.locator("#dijon .doc-key-figures")
        expect(sheet).to_be_hidden()
        expect(page.locator("#dijon h3")).to_be_hidden()
        page.locator("#academies > details > summary").click()
        expect(page.locator("#dijon h3")).to_be_visible()
        page.get_by_text("Chercher", exact=True).click()
        page.get_by_role("searchbox").fill("ACADEMIE DE DIJON")
        expect(page.get_by_role("status")).to_contain_text("passages")
        page.locator(".doc-find-list button", has_text="Académie de Dijon").first.click()
        expect(page.locator(".doc-found")).to_be_in_viewport()
        page.goto(f"{file}?de=dehors#dijon")
        expect(sheet).to_be_in_viewport()
        page.locator("#dijon > details > summary").click()
        expect(sheet).to_be_hidden()


def test_without_a_script_an_address_shows_what_it_names_and_paper_shows_all(
    open_page: Opener, file: str
) -> None:
    with open_page(width=360, java_script_enabled=False) as page:
        page.goto(f"{file}#dijon")
        expect(page.locator("#dijon .doc-key-figures")).to_be_visible()
        expect(page.locator("#guyane .doc-key-figures")).to_be_hidden()
        expect(page.get_by_text("Imprimer", exact=True)).to_be_hidden()
        page.emulate_media(media="print")
        expect(page.locator("#guyane .doc-key-figures")).to_be_visible()
        expect(page.locator("summary").filter(visible=True)).to_have_count(0)


def test_on_paper_there_is_no_navigation_and_a_sheet_starts_its_page(open_page: Opener, file: str) -> None:
    with open_page(theme="dark") as page:
        page.goto(file)
        page.emulate_media(media="print")
        for hidden in ("nav", ".doc-skip", ".doc-neighbours", ".doc-back", ".doc-foot"):
            expect(page.locator(hidden).filter(visible=True)).to_have_count(0)
        pages = printed(page)
    sheets = [text for text in pages if text.startswith("Académie d")]
    assert len(sheets) == 6
    # the address of a link follows it, but not that of a figure
    whole = " ".join("".join(pages).split())
    assert "dossiers et vidéos (http" in whole
    assert "#source-" not in whole


def read_in_both_themes(page: Page) -> None:
    """Look at what axe cannot measure, a figure on a tile: the rest of the page is among the public ones."""
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # the two it takes
        page.locator(f"html[data-fr-theme={theme}]").wait_for(state="attached")
        page.evaluate(SETTLED)  # still: it waits itself
        assert min(page.evaluate(TILE_CONTRASTS)) >= 4.5, theme  # still: nothing comes any more


@on_the_site
def test_the_tiles_are_read_in_both_themes(open_page: Opener, site: str) -> None:
    with open_page() as page:
        page.goto(site + PATH)
        ready(page)
        read_in_both_themes(page)

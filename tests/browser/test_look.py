"""What pages are held to finds what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.look import fits, in_both_themes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="fr"><head><title>Page</title>
<style>body {{ color: #111; background: #fff }}
@media (prefers-color-scheme: dark) {{ body {{ {dark} }} }}</style>
</head><body><main><h1>Titre</h1>{more}</main></body></html>"""
WELL = "color: #eee; background: #111"
LINK = "<a href='/' style='color: #334; text-decoration: none'>un lien</a>"
PALE = "<p style='color: #999; background: #fff' {}>Un texte</p>"
GREY = "<div style='background: #777; height: 5em'></div>"
CARD = "<span style='background: #fff; color: #111'>Un texte</span>"
OVER = "<p style='position: absolute; top: {}em'>Un texte</p>"


#: A style in the dark, what the page holds, and the rule that finds it.
CASES = [
    (WELL, "<p>Un texte</p>", ""),
    (WELL, "<img src='data:,'>", "image-alt"),
    ("color: #333; background: #111", "<p>Un texte</p>", "color-contrast"),
    # of texts that look the same one is asked: these are not the same as those before them
    (WELL, "<p>Un</p><p style='opacity: .3'>Deux</p>", "color-contrast"),
    (WELL, "<p>Un</p><ul><li>Deux<li style='background: #777'><p>Trois</p></ul>", "color-contrast"),
    (WELL, "<p>Un</p><p style='position: absolute; top: 0; background: #777'>Deux</p>", "color-contrast"),
    (WELL, f"{PALE.format('aria-hidden=true')}{PALE.format('')}", "color-contrast"),
    (WELL, f"{OVER.format(20)}{GREY}{OVER.format(5)}", "color-contrast"),
    (WELL, f"<p>{LINK}</p><p>Un texte, puis {LINK} et ses mots</p>", "link-in-text-block"),
    # what was read on one page is not asked on the next; what was hidden there or lies elsewhere is
    (WELL, f"{PALE.format('hidden')}<div style='visibility: hidden'>{PALE.format('')}</div>", ""),
    (WELL, f"<div style='overflow: hidden; height: 0'>{PALE.format('')}</div>", ""),
    (WELL, PALE.format(""), "color-contrast"),
    (WELL, OVER.format(20), ""),
    (WELL, f"{GREY}{OVER.format(5)}", "color-contrast"),
    (WELL, f"<p>{CARD}</p>", ""),
    (WELL, f"<p style='opacity: .3'>{CARD}</p>", "color-contrast"),
    ("color: #eee; background: #777", "<p>Un texte</p>", "color-contrast"),
    (WELL, "<button style='width: 20px; height: 20px; padding: 0'>A</button>" * 2, "target-size"),
]


def test_what_hinders_is_found_in_either_theme(open_page: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<!doctype html><html lang=fr><title>Page</title></html>", encoding="utf-8")
    with open_page() as page:
        page.goto(path.as_uri())
        for dark, more, found in CASES:
            page.emulate_media(color_scheme="light")
            page.set_content(PAGE.format(dark=dark, more=more))  # axe stays
            if not found:
                in_both_themes(page)
                continue
            with pytest.raises(AssertionError, match=found):
                in_both_themes(page)


def test_what_is_wider_than_the_screen_is_found(open_page: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    wide = "<div style='width: 500px'>Large</div>"
    with open_page() as page:
        for more, found in ((wide, "at 320 px"), (f"<details>{wide}</details>", "unfolded at 320 px")):
            path.write_text(PAGE.format(dark=WELL, more=more), encoding="utf-8")
            page.goto(path.as_uri())
            with pytest.raises(AssertionError, match=found):
                fits(page, folded=True)
        expect(page.locator("details[open]")).to_have_count(0)

"""What pages are held to finds what it should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

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


@pytest.mark.parametrize(
    ("dark", "more", "found"),
    [
        (WELL, "<p>Un texte</p>", ""),
        (WELL, "<img src='data:,'>", "image-alt"),
        ("color: #333; background: #111", "<p>Un texte</p>", "color-contrast"),
    ],
)
def test_what_hinders_is_found_in_either_theme(
    open_page: Callable[..., Any], tmp_path: Path, dark: str, more: str, found: str
) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(dark=dark, more=more), encoding="utf-8")
    with open_page() as page:
        page.goto(path.as_uri())
        if not found:
            in_both_themes(page)
            return
        with pytest.raises(AssertionError, match=found):
            in_both_themes(page)


def test_what_is_wider_than_the_screen_is_found(open_page: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(dark=WELL, more="<div style='width: 500px'>Large</div>"), encoding="utf-8")
    with open_page() as page:
        page.goto(path.as_uri())
        with pytest.raises(AssertionError, match="at 320 px"):
            fits(page)

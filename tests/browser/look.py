"""What every page is held to in a browser: nobody is hindered, and nothing is wider than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

THEMES = ("light", "dark")
WIDTHS = (320, 360, 768, 1280)
# RGAA 4.1 is WCAG 2.1 A and AA; 2.2 and axe's own advice besides
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# a window that is still fading in has colours that nobody reads, and axe would measure those
SETTLED = "Promise.allSettled(document.getAnimations().map((animation) => animation.finished))"


def accessible(page: Page) -> None:
    """Fail when axe finds something that hinders someone, once the page stands still."""
    page.evaluate(SETTLED)
    result = Axe().run(page, options=AXE)
    assert result.violations_count == 0, f"{page.url}: {result.generate_report()}"


def fits(page: Page, *, widths: tuple[int, ...] = WIDTHS, what: str = "") -> None:
    """Fail when the page is wider than one of the screens, in pixels."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERFLOW) == 0, f"{page.url} {what} at {width} px"


def fine(page: Page) -> None:
    """Hold a page to all of it, in both themes; it is left as wide as a phone."""
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        accessible(page)
    fits(page)
    page.set_viewport_size({"width": 360, "height": 800})

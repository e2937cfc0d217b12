"""What every page is held to in a browser: nobody is hindered, and nothing is wider than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

THEMES = ("light", "dark")
WIDTHS = (320, 360, 768, 1280)
# RGAA 4.1 is WCAG 2.1 A and AA; 2.2 and axe's own advice besides
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: The rules about colours: all else that axe looks at is the same in both themes.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
#: What holds is not sent back: it is fifty thousand characters, to be read by three programs.
RUN = "(options) => axe.run(options).then(({ violations }) => ({ violations }))"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# a window that is still fading in has colours that nobody reads, and axe would measure those
SETTLED = "Promise.allSettled(document.getAnimations().map((animation) => animation.finished))"
#: Two frames, then a rest: what the DSFR and our scripts set up in a page that has come is set up.
RESTED = """new Promise((rested) => requestAnimationFrame(() => requestAnimationFrame(() =>
  requestIdleCallback(rested, { timeout: 5000 }))))"""


def follow(place: Locator, key: str = "") -> None:
    """Click what leads to another page, or press a key there, and wait for that page and its scripts.

    A click is over before its answer comes: what is looked at next would be the page that is left, or half
    of the next one.
    """
    with place.page.expect_navigation():
        if key:
            place.press(key)
        else:
            place.click()


def unfold(page: Page) -> None:
    """Open all that a page folds away."""
    # still: all that folds is of the page as it came
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")


def ready(page: Page) -> None:
    """Wait until the scripts have set up a page of the site: its menu, its folds, its windows."""
    page.wait_for_load_state()
    page.locator("html[data-fr-js]").wait_for(state="attached")
    page.evaluate(RESTED)  # still: it waits itself


def reads(place: Locator, *words: str) -> None:
    """Fail when what a reader sees there does not come to hold these words."""
    for part in words:
        expect(place).to_contain_text(part, use_inner_text=True)


def accessible(page: Page, **options: object) -> None:
    """Fail when axe finds something that hinders someone, once the page stands still."""
    page.wait_for_load_state()
    page.evaluate(SETTLED)  # still: it waits itself
    # still: what axe needs is there as long as the page
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)  # still: the same
    result = AxeResults(page.evaluate(RUN, AXE | options))  # still: the same
    assert result.violations_count == 0, f"{page.url}: {result.generate_report()}"  # still: for the message


def in_both_themes(page: Page) -> None:
    """Hold a page to axe by day, and its colours in the dark."""
    for theme, options in (("light", {}), ("dark", COLOURS)):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # the two it takes
        # our pages follow by a script; a file that stands alone by its style
        page.locator(f"html[data-fr-theme={theme}], html:not([data-fr-theme])").wait_for(state="attached")
        accessible(page, **options)


def fits(page: Page, *, widths: tuple[int, ...] = WIDTHS, what: str = "") -> None:
    """Fail when the page is wider than one of the screens, in pixels."""
    page.wait_for_load_state()
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        # still: the page is there, and measuring it lays it out anew
        assert page.evaluate(OVERFLOW) == 0, f"{page.url} {what} at {width} px"


def fine(page: Page) -> None:
    """Hold a page to all of it; it is left as wide as a phone, in the dark."""
    in_both_themes(page)
    fits(page)
    page.set_viewport_size({"width": 360, "height": 800})

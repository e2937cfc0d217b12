"""What every page is held to in a browser: nobody is hindered, and nothing is wider than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import expect

from tests.browser.targets import LEAST, SMALL
from tests.thorough import THOROUGH

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
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# a window that is still fading in has colours that nobody reads, and axe would measure those
SETTLED = "Promise.allSettled(document.getAnimations().map((animation) => animation.finished))"
#: Colours are half of the work of axe, and a list of a hundred rows has a hundred times the same: one text of
#: each kind is asked (``MARKED``), by ``make audit`` each text.
ONE_OF_EACH: dict[str, object] = {
    "rules": [
        {"id": "color-contrast", "selector": "[data-kind]"},
        {"id": "link-in-text-block", "selector": "a[href][data-kind]"},
    ]
}
#: Marks the first text of each kind: written the same, on the same grounds, as much seen, a link in a
#: sentence or not. What leaves the flow or is cut may lie over anything or be seen in part: each is a kind.
MARKED = """() => {
  const grounds = new Map([[null, ""]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.mixBlendMode,
        style.filter];
      const apart = style.overflow !== "visible" || style.float !== "none" || style.clipPath !== "none" ||
        !["static", "relative"].includes(style.position);
      const plain = own.join() === "rgba(0, 0, 0, 0),none,1,normal,none";
      const off = element.matches(":disabled, [aria-disabled=true], [aria-hidden=true], [inert]") ? "-" : "";
      const around = ground(element.parentElement);
      grounds.set(element, around + (plain ? "" : ` > ${own}`) + (apart ? ` > ${grounds.size}` : "") + off);
    }
    return grounds.get(element);
  };
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.color, style.fontSize, style.fontWeight, style.fontStyle, style.fontFamily, style.display,
      style.textDecoration, style.textShadow, style.textIndent, style.visibility, style.borderBottom];
  };
  const sentence = (link) => {
    let block = link.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    return [look(block), block.textContent.trim() === link.textContent.trim()];
  };
  const written = (element) => element.matches("a[href], input, select, textarea") ||
    [...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  const kinds = new Set();
  document.querySelectorAll("body, body *").forEach((element) => {
    element.removeAttribute("data-kind");
    if (!written(element)) return;
    const { width, height, right, bottom } = element.getBoundingClientRect();
    const kind = [look(element), ground(element), element.localName, element.control?.disabled,
      width > 1 && height > 1 && right > 0 && bottom > 0, element.checkVisibility(),
      element.matches("a[href]") && sentence(element)].join();
    if (!kinds.has(kind)) element.setAttribute("data-kind", "");
    kinds.add(kind);
  });
}"""
#: What axe finds once nothing moves any more, or null where axe is not there yet. What holds is not sent
#: back: it is fifty thousand characters, to be read by three programs.
RUN = f"""async ([options, kinds]) => {{
  await {SETTLED};
  if (typeof axe === "undefined") return null;
  if (kinds) {{
    axe.configure(kinds);
    ({MARKED})();
    // how far what can be pressed is from the next is long to tell, and nothing where none is small
    const enabled = ({SMALL})([{LEAST}, false]).length > 0;
    if (!options.runOnly.type) options.rules = {{ "target-size": {{ enabled }} }};
  }}
  const {{ violations }} = await axe.run(options);
  return {{ violations }};
}}"""
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
    asked = [AXE | options, None if THOROUGH else ONE_OF_EACH]
    found = page.evaluate(RUN, asked)  # still: it waits itself
    if found is None:  # what axe needs is there as long as the page
        page.evaluate(AXE_SCRIPT)  # still: it comes with its last character
        found = page.evaluate(RUN, asked)  # still: it waits itself
    result = AxeResults(found)
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

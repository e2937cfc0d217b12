"""What every page is held to in a browser: nobody is hindered, and nothing is wider than the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from axe_playwright_python.base import AXE_FILE_PATH, AXE_SCRIPT, AxeResults
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.lending import PATIENCE
from tests.browser.targets import LEAST, SMALL
from tests.thorough import THOROUGH

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

THEMES = ("light", "dark")
#: Of a desk first and of a phone last, as pages are come to and left: each change lays a page out anew.
WIDTHS = (1280, 768, 320, 360)
# RGAA 4.1 is WCAG 2.1 A and AA; 2.2 and axe's own advice besides
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: The rules about colours: all else that axe looks at is the same in both themes.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: The same of a page with all that it folds away, which it folds again.
UNFOLDED = f"""() => {{
  const folds = [...document.querySelectorAll("details:not([open])")];
  folds.forEach((fold) => {{ fold.open = true; }});
  const wider = {OVERFLOW};
  folds.forEach((fold) => {{ fold.open = false; }});
  return wider;
}}"""
# a window that is still fading in has colours that nobody reads, and axe would measure those
SETTLED = "Promise.allSettled(document.getAnimations().map((animation) => animation.finished))"
#: Colours are most of the work of axe, and a list of a hundred rows has a hundred times the same: one text of
#: each kind is asked (``MARKED``), and once in a run of the tests (``HELD``); by ``make audit`` each text.
ONE_OF_EACH: dict[str, object] = {
    "rules": [
        {"id": "color-contrast", "selector": "[data-kind]"},
        {"id": "link-in-text-block", "selector": "a[href][data-kind]"},
    ]
}
#: The kinds of text, by day and in the dark, that axe has measured in this process and found readable.
HELD: set[str] = set()
#: Marks the first text of each kind that is seen: written the same, on the same grounds, a link in a
#: sentence or not. What leaves the flow or is cut may lie over anything or be seen in part: each is a kind.
#: The mark is what the kind is called on any page, and nothing where that depends on this one: where a text
#: lies over what no ground of its own hides. What is called as one of ``held`` is not marked.
MARKED = """(held) => {
  const effects = (style) => `${style.opacity},${style.mixBlendMode},${style.filter}`;
  const root = getComputedStyle(document.documentElement).colorScheme;
  // as told on this page and on any, on an image or not, as painted itself or through what is around
  const grounds = new Map([[null, { here: "", anywhere: root, image: false, clear: true }]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const style = getComputedStyle(element);
      const own = [style.backgroundColor, style.backgroundImage, effects(style)].join();
      const cut = style.overflow !== "visible" || style.clipPath !== "none";
      const flows = style.float === "none" && ["static", "relative"].includes(style.position);
      const plain = own === "rgba(0, 0, 0, 0),none,1,normal,none";
      const around = ground(element.parentElement);
      const hides = around.clear && own.startsWith("rgb(") && own.endsWith("),none,1,normal,none");
      const off = element.matches(":disabled, [aria-disabled=true], [aria-hidden=true], [inert]") ? "-" : "";
      let { anywhere } = around;
      if (hides) anywhere = own;
      else if (!flows) anywhere = null;
      else if (anywhere !== null && !plain) anywhere += ` > ${own}`;
      grounds.set(element, {
        here: around.here + (plain ? "" : ` > ${own}`) + (cut || !flows ? ` > ${grounds.size}` : "") + off,
        anywhere,
        image: style.backgroundImage !== "none" || (around.image && !hides),
        clear: around.clear && effects(style) === "1,normal,none",
      });
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
  const words = (element) => element.matches("input, select, textarea") ||
    [...element.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  // a link whose words are in what it holds, and around which there are others
  const linking = (element) => element.matches("a[href]") && getComputedStyle(element).display === "inline" &&
    element.textContent.trim() && !sentence(element)[1];
  // what nobody sees axe leaves aside: in a closed window, above the page, for those who listen alone
  const seen = (element) => {
    if (getComputedStyle(element).display === "contents") return true;
    const { width, height, right, bottom } = element.getBoundingClientRect();
    return width > 1 && height > 1 && right + scrollX > 0 && bottom + scrollY > 0 &&
      element.checkVisibility({ visibilityProperty: true });
  };
  // a short name of many words: two different ones in some billions of pages
  const called = (words) => {
    let [one, other] = [0xdeadbeef, 0x41c6ce57];
    for (let rank = 0; rank < words.length; rank += 1) {
      one = Math.imul(one ^ words.charCodeAt(rank), 2654435761);
      other = Math.imul(other ^ words.charCodeAt(rank), 1597334677);
    }
    return (one >>> 0).toString(36) + (other >>> 0).toString(36);
  };
  const before = new Set(held.split(" "));
  const kinds = new Set();
  document.querySelectorAll("body, body *").forEach((element) => {
    element.removeAttribute("data-kind");
    const own = words(element);
    if (!(own || linking(element)) || !seen(element)) return;
    const text = [look(element), element.localName, element.control?.disabled,
      element.matches("a[href]") && sentence(element)].join();
    const { here, anywhere, image } = ground(element);
    if (kinds.has(text + here)) return;
    kinds.add(text + here);
    const sort = own ? (image ? "~" : "") : "^";
    const name = anywhere === null ? "" : sort + called(text + anywhere);
    if (!name || !before.has(name)) element.setAttribute("data-kind", name);
  });
}"""
#: Waits until the first element of a page is as expected, within the page: for a look from outside a browser
#: reads a quarter of a million characters of script into each page.
COME = f"""(expected) => new Promise((come, late) => {{
  const root = document.documentElement;
  const look = () => expected(root) && (seen.disconnect(), clearTimeout(patience), come());
  const seen = new MutationObserver(look);
  const patience = setTimeout(() => late(new Error(`never came: ${{expected}}`)), {PATIENCE});
  seen.observe(root, {{ attributes: true }});
  look();
}})"""
#: What axe finds once nothing moves any more, or null where it is not there and has to be brought. What holds
#: is not sent back: it is fifty thousand characters, to be written and read by three programs. With it, the
#: kinds of text that axe measured, or can never: what it leaves aside on a page is asked again on the next.
RUN = f"""async ([options, kinds, held, asked]) => {{
  const theme = asked || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  // our pages follow by a script; a file that stands alone by its style
  await ({COME})((root) => (root.dataset.frTheme ?? theme) === theme);
  // a page of the site whose scripts run takes axe from there: its browser has it already, compiled
  const site = "html[data-fr-js] link[href^='{settings.STATIC_URL}']";
  if (typeof axe === "undefined" && navigator.onLine && document.querySelector(site))
    await import("{settings.STATIC_URL}axe/{AXE_FILE_PATH.name}");
  if (typeof axe === "undefined") return null;
  await {SETTLED};
  if (kinds) {{
    ({MARKED})(held);
    const none = {{ violations: [], read: [], theme }};
    if (options.runOnly.type && !document.querySelector("[data-kind]")) return none;
  }}
  if (kinds) {{
    axe.configure(kinds);
    // how far what can be pressed is from the next is long to tell, and nothing where none is small
    const enabled = ({SMALL})([{LEAST}, false]).length > 0;
    if (!options.runOnly.type) options.rules = {{ "target-size": {{ enabled }} }};
  }}
  const reporter = (rules, _options, tell) => {{
    const named = (id, results, begins, such = () => true) => rules.filter((rule) => rule.id === id)
      .flatMap((rule) => rule[results]).filter(such).map((found) => found.node.element.dataset.kind)
      .filter((name) => name && name.startsWith(begins));
    tell({{
      wrong: rules.some((rule) => rule.violations.length > 0),
      read: [
        ...named("color-contrast", "passes", "", (found) => found.any[0].data?.contrastRatio),
        ...named("color-contrast", "incomplete", "~"),
        ...named("link-in-text-block", "passes", "^"),
      ],
    }});
  }};
  const {{ wrong, read }} = await axe.run({{ ...options, reporter }});
  // told in words only where there is something to tell
  return wrong ? {{ read: [], theme, ...(await axe.run(options)) }} : {{ violations: [], read, theme }};
}}"""
#: The scripts are there; then two frames and a rest: what they set up in a page that has come is set up.
RESTED = f"""async () => {{
  await ({COME})((root) => "frJs" in root.dataset);
  await new Promise((rested) => requestAnimationFrame(() => requestAnimationFrame(() =>
    requestIdleCallback(rested, {{ timeout: 5000 }}))));
}}"""


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
    page.evaluate(RESTED)  # still: it waits itself


def reads(place: Locator, *words: str) -> None:
    """Fail when what a reader sees there does not come to hold these words."""
    for part in words:
        expect(place).to_contain_text(part, use_inner_text=True)


def accessible(page: Page, *, theme: Literal["dark", "light", ""] = "", **options: object) -> str:
    """Fail when axe finds something that hinders someone, once the page stands still; return its theme.

    ``theme``: the one that a page was just given, which its scripts follow; otherwise that of its reader.
    """
    page.wait_for_load_state()
    asked = [AXE | options, None if THOROUGH else ONE_OF_EACH, " ".join(HELD), theme]
    found = page.evaluate(RUN, asked)  # still: it waits itself
    if found is None:  # what axe needs is there as long as the page
        page.evaluate(AXE_SCRIPT)  # still: it comes with its last character
        found = page.evaluate(RUN, asked)  # still: it waits itself
    result = AxeResults(found)
    assert result.violations_count == 0, f"{page.url}: {result.generate_report()}"  # still: for the message
    HELD.update(found["read"])
    return str(found["theme"])


def in_both_themes(page: Page) -> None:
    """Hold a page to axe in the theme it has, and its colours in the other one, in which it is left."""
    accessible_in(page, "light" if accessible(page) == "dark" else "dark", **COLOURS)


def accessible_in(page: Page, theme: Literal["dark", "light"], **options: object) -> None:
    """Hold a page to axe in a theme."""
    page.emulate_media(color_scheme=theme)
    accessible(page, theme=theme, **options)


def fits(page: Page, *, widths: tuple[int, ...] = WIDTHS, what: str = "", folded: bool = False) -> None:
    """Fail when the page is wider than one of the screens, in pixels; it is left on the last of them.

    ``folded``: as it is, and with all that it folds away.
    """
    page.wait_for_load_state()
    assert page.viewport_size
    now, height = page.viewport_size["width"], page.viewport_size["height"]
    *before, last = widths
    # as it is laid out already, first
    for width in (*sorted(before, key=now.__ne__), last):
        if width != now:
            page.set_viewport_size({"width": width, "height": height})
        now = width
        # still: the page is there, and measuring it lays it out anew
        assert page.evaluate(OVERFLOW) == 0, f"{page.url} {what} at {width} px"
        if folded:
            # still: the same
            assert page.evaluate(UNFOLDED) == 0, f"{page.url} {what} unfolded at {width} px"


def fine(page: Page) -> None:
    """Hold a page to all of it; it is left as wide as a phone, in the other theme."""
    in_both_themes(page)
    fits(page)

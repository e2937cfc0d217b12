"""What a finger can hit: every thing that can be pressed is 44 px wide and high."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: Pixels, as WCAG 2.2 (2.5.5) and the makers of phones ask; a link within a sentence is let off.
SIDE = 44
#: Pixels below which axe asks how far the next one is (2.5.8).
LEAST = 24
SMALL = """([side, withLabel]) => {
  const PRESSED = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const UNSEEN = '.fr-skiplinks, .doc-skip, [tabindex="-1"]:not(main, nav, footer)';
  const letters = (text) => text.replace(/[^\\p{L}\\p{N}]/gu, '').length;
  const box = (element) => {
    const boxes = [element, ...(withLabel && /radio|checkbox/.test(element.type) ? element.labels : [])]
      .map((one) => one.getBoundingClientRect());
    return {
      width: Math.max(...boxes.map((one) => one.right)) - Math.min(...boxes.map((one) => one.left)),
      height: Math.max(...boxes.map((one) => one.bottom)) - Math.min(...boxes.map((one) => one.top)),
    };
  };
  const inSentence = (element) => {
    if (element.localName !== 'a' || getComputedStyle(element).display !== 'inline') return false;
    const around = element.closest('p, li, dd, td, th, caption, figcaption, label, blockquote, div');
    const inside = [...around.querySelectorAll(PRESSED)].map((one) => letters(one.textContent));
    return letters(around.textContent) > inside.reduce((sum, count) => sum + count, 0);
  };
  return [...document.querySelectorAll(PRESSED)].filter((element) => {
    if (element.closest(UNSEEN) || inSentence(element)) return false;
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    const { width, height } = box(element);
    return width > 1 && (width < side - 0.5 || height < side - 0.5);
  }).map((element) => {
    const { width, height } = box(element);
    const words = (element.textContent || element.name || '').trim().slice(0, 40);
    return `${element.localName}.${element.className} « ${words} » ${width | 0} × ${height | 0}`;
  });
}"""


def too_small(page: Page, side: int = SIDE) -> list[str]:
    """Name what is smaller than a finger on the page as it is, with its size in pixels."""
    found: list[str] = page.evaluate(SMALL, [side, True])  # still: the page was waited for by who asks
    return found

"""What the audit of accessibility (docs/rgaa.md) asks of a page by script, beside what axe knows.

Each finding begins with the number of the criterion it is about.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tinyhtml5.parser import HTMLParser

if TYPE_CHECKING:
    from playwright.sync_api import Page

MARKUP = """() => {
  const found = [];
  const say = (criterion, element, words = '') =>
    found.push(`${criterion} ${element.outerHTML.replace(/\\s+/g, ' ').slice(0, 110)} ${words}`);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const seen = (element) => element.checkVisibility();
  const text = (element) => element.textContent.replace(/\\s+/g, ' ').trim();
  all('img:not([alt])').forEach((one) => say('1.1', one));
  all('svg:not([aria-hidden=true])').filter((one) => one.getAttribute('role') !== 'img' ||
    !(one.getAttribute('aria-label') || one.getAttribute('aria-labelledby') || one.querySelector('title')) )
    .filter((one) => !one.closest('[aria-hidden=true], [role=img], .doc-hidden') && text(one))
    .forEach((one) => one.closest('figure')?.querySelector('.doc-hidden') || say('1.1', one));
  all('iframe:not([title])').forEach((one) => say('2.1', one));
  all('table').forEach((one) => {
    if (!one.caption && !one.matches('[aria-labelledby], [aria-label]')) say('5.4', one);
    one.querySelectorAll('th:not([scope])').forEach((cell) => say('5.7', cell));
    if (!one.querySelector('th')) say('5.6', one);
  });
  const leads = {};
  all('a[href]').filter(seen).forEach((one) => {
    const words = text(one) || one.getAttribute('aria-label') || '';
    if (!words) say('6.2', one);
    const hint = (one.title || one.getAttribute('aria-label') || '').replace(/\\s+/g, ' ');
    if (hint && text(one) && !hint.toLowerCase().includes(text(one).split(/[ ,]/)[0].toLowerCase()))
      say('6.1', one, hint);
    (leads[words] ??= new Set()).add(one.href);
    if (one.target === '_blank' && !/nouve(l|lle) (onglet|fenêtre)/i.test(words + hint)) say('13.2', one);
  });
  all('button[formtarget=_blank]').filter((one) => !/onglet|fenêtre/i.test(text(one) + one.title))
    .forEach((one) => say('13.2', one));
  const ids = all('[id]').map((one) => one.id);
  ids.filter((id, rank) => ids.indexOf(id) !== rank).forEach((id) => found.push(`8.2 id ${id} twice`));
  if (document.documentElement.lang !== 'fr') found.push('8.3');
  if (!/ – Accroche$/.test(document.title)) found.push(`8.5 ${document.title}`);
  all('p, h1, h2, h3, h4, li, dd, dt').filter((one) => !text(one) && !one.children.length &&
    !one.matches('[role=status], [aria-live]') && seen(one)).forEach((one) => say('8.9', one));
  let level = 0;
  all('h1, h2, h3, h4, h5, h6').filter(seen).forEach((one) => {
    const here = Number(one.localName[1]);
    if (here > level + 1) say('9.1', one, `after h${level}`);
    level = here;
  });
  if (all('h1').filter(seen).length !== 1) found.push(`9.1 ${all('h1').length} h1`);
  for (const [place, count] of [['body > header', 1], ['main', 1], ['body > footer', 1]])
    if (all(place).length !== count) found.push(`9.2 ${place}`);
  all('nav').filter((one) => !one.getAttribute('aria-label') && !one.getAttribute('aria-labelledby'))
    .forEach((one) => say('9.2', one));
  all('ul > :not(li, script, template), ol > :not(li, script, template)').forEach((one) => say('9.3', one));
  all('dl > :not(div, dt, dd)').forEach((one) => say('9.3', one));
  all('input:not([type=hidden]), select, textarea').forEach((one) => {
    if (!one.labels.length && !one.getAttribute('aria-label') && !one.getAttribute('aria-labelledby'))
      say('11.1', one);
    if (one.type === 'email' && !one.autocomplete) say('11.13', one);
  });
  all('fieldset').filter((one) => !one.querySelector('legend')).forEach((one) => say('11.6', one));
  all('button:not([aria-label])').filter((one) => !text(one)).forEach((one) => say('11.9', one));
  if (!all('.fr-skiplinks a[href="#contenu"]').length) found.push('12.7');
  return found;
}"""
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter((one) => {
  const style = getComputedStyle(one);
  const clips = /hidden|clip/.test(style.overflowX + style.overflowY);
  return one.checkVisibility() && clips && one.clientHeight > 4 &&
    !one.closest('.fr-sr-only, svg, .doc-hidden, input, textarea') &&
    (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1);
}).map((one) => `10.12 ${one.outerHTML.slice(0, 110)}`)"""
#: Notes each stop of the tabulation key, and « » when the focus leaves the page.
WATCHED = """() => {
  // the DSFR draws some outlines around what it draws before or after the words, or beside a box to tick
  const boxed = (element) => [null, '::before', '::after'].some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element, part);
    return outlineStyle !== 'none' && outlineWidth !== '0px';
  });
  const read = (one) => {
    // the browser itself outlines the day, the month and the year of a date, one after the other
    if (one.type === 'date') return 'date';
    const shown = boxed(one) || [...(one.labels ?? [])].some(boxed);
    const { width, height } = one.getBoundingClientRect();
    const words = one.outerHTML.slice(0, 200).replace(/\\s+/g, ' ').slice(0, 100);
    return shown && width > 0 && height > 0 ? words : `10.7 ${words}`;
  };
  window.stops = [];
  document.addEventListener('focusin', (event) => window.stops.push(read(event.target)));
  document.addEventListener('focusout', (event) => event.relatedTarget || window.stops.push(''));
}"""
STYLED = """(style) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  document.adoptedStyleSheets = [sheet];
}"""
MOST_STOPS = 400
#: Keys pressed before the stops are asked for.
AT_ONCE = 20


def marked_up(page: Page) -> list[str]:
    """What is wrong in the structure of the page as scripts left it."""
    found: list[str] = page.evaluate(MARKUP)  # still: the page was waited for by who asks
    return found


def parsed(source: str) -> list[str]:
    """What is wrong in the page as it was sent: criterion 8.2."""
    parser = HTMLParser()
    parser.parse(io.BytesIO(source.encode()), override_encoding="utf-8")
    return [f"8.2 {error}" for error in parser.errors]


def styled(page: Page, style: str = "") -> None:
    """Give the page a style of ours in the place of the one before; our policy lets a script do it."""
    page.evaluate(STYLED, style)  # still: it is there at once


def spaced(page: Page) -> list[str]:
    """What is cut when lines, words and letters are set apart as the criterion says."""
    styled(page, SPACED)
    found: list[str] = page.evaluate(CUT)  # still: a style is there once it was added
    return found


def walked(page: Page) -> tuple[list[str], int]:
    """Press the tabulation key to the end of the page: what takes the focus unseen, and how many stops."""
    page.evaluate(WATCHED)  # still: the page was waited for by who asks
    for _ in range(MOST_STOPS // AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.press("Tab")
        stops: list[str] = page.evaluate("window.stops")  # still: a key is answered before the next one
        if "" in stops:
            end = stops.index("")
            return [stop for stop in stops[:end] if stop.startswith("10.7")], end
    return ["12.9 no end"], MOST_STOPS

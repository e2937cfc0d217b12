"""Pieces of pages, drawn once for the same facts: sixty cards of a list take half of its page's processor.

A piece is a template and what it tells, and nothing else: no request, nobody who reads, no setting, no query;
its links are those of where the site is mounted. It is remembered by all of that, so that no change can leave
it behind: who tells anything else has another piece, and who asks for one knows already all that it says. No
revision, no moment, nothing to forget; what the public may see is decided where facts are read, as ever.

What is told once and never again (a filter's sixty choices, each with the count of this search) is no piece
worth remembering: its template is drawn with signs for its texts, once, and texts are put in their places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from operator import itemgetter
from typing import Final

from django.conf import settings
from django.db.models import Model
from django.template import engines
from django.template.context import Context
from django.utils.safestring import SafeString

from accroche.commun.chemins import here

#: Pieces that are remembered, one or two kilobytes each; the least asked for go first.
MOST: Final = 4096
#: The same of whole tables, and the letters from which a piece is one: tens of kilobytes each, another after
#: each sheet that is published. All pages together show fewer at once.
MOST_TABLES, LONG = 128, 5_000
#: Templates with signs for their texts; there are as many as calls in our programs.
MOST_MOULDS: Final = 64
#: Stands for a text. A filter that changed it (capitals, accents, length) would be found out.
_SIGN: Final = "\ue0feéÀ a{}z\ue0ff"
_SIGNS: Final = re.compile("\ue0feéÀ a([0-9]+)z\ue0ff")


def drawn(template: str, **facts: Hashable) -> SafeString:
    """Draw ``template`` with ``facts`` alone, or give it again as it was drawn with the same.

    The same are equal and of one type: a text of HTML and a plain one are not. Within a fact, what is equal
    draws the same. Raises ``TypeError`` for what may change and be equal still: a list, a row.
    """
    return _way(template, facts.values())(template, here(), **facts)


def drawn_each(template: str, name: str, each: Iterable[Hashable], **facts: Hashable) -> SafeString:
    """Draw a piece for each of many, told as ``name`` with the same ``facts``, one after the other.

    They are of one kind: the first tells how all are drawn.
    """
    rows = tuple(each)
    draw, mounted = _way(template, (*rows[:1], *facts.values())), here()
    return SafeString("".join([draw(template, mounted, **{name: row}, **facts) for row in rows]))


def _way(template: str, facts: Iterable[Hashable]) -> Callable[..., SafeString]:
    """How pieces that tell such facts are drawn, and remembered."""
    for fact in facts:
        if isinstance(fact, Model):
            raise TypeError(f"{template} is told a row, which is equal to itself whatever it says")
    if settings.DEBUG:
        return _drawn
    return _draw_table if template in _tables else _draw


def _drawn(template: str, _mounted: tuple[str, str], /, **facts: Hashable) -> SafeString:
    engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own, the only one we have
    drawn = engine.get_template(template).render(Context(facts))
    if len(drawn) >= LONG:
        _tables.add(template)
    return SafeString(drawn)


#: Templates that drew one.
_tables: set[str] = set()
_draw = lru_cache(MOST, typed=True)(_drawn)
_draw_table = lru_cache(MOST_TABLES, typed=True)(_drawn)


@dataclass(frozen=True, slots=True)
class Moule:
    """A template as it was drawn, but for its texts: what stands between them, and which stands where."""

    pattern: str
    pick: Callable[[Sequence[str]], object]


def mould(template: str, *texts: str, **facts: Hashable) -> Moule:
    """Draw ``template`` with ``facts``, its ``texts`` (their names) left open, for :func:`filled`.

    The template shows each as it is, and asks nothing of it: ``ValueError`` where one is changed.
    """
    return (_moulded if settings.DEBUG else _mould)(template, here(), *texts, **facts)


def _moulded(template: str, mounted: tuple[str, str], /, *texts: str, **facts: Hashable) -> Moule:
    signs = {name: _SIGN.format(at) for at, name in enumerate(texts)}
    parts = _SIGNS.split(_drawn(template, mounted, **facts, **signs))
    words, places = parts[::2], [int(place) for place in parts[1::2]]
    if set(places) != set(range(len(texts))) or any("\ue0fe" in part for part in words):
        raise ValueError(f"{template} does not show each of these as it is: {', '.join(texts)}")
    return Moule("%s".join(part.replace("%", "%%") for part in words), itemgetter(*places))


_mould = lru_cache(MOST_MOULDS, typed=True)(_moulded)


def filled(rows: Iterable[tuple[Moule, tuple[str, ...]]]) -> SafeString:
    """Draw each row in its mould, one after the other; all of its texts are escaped, in the mould's order."""
    told = list(rows)
    texts = [text for _, row in told for text in row]
    # all at once: five replacements for a list, not for each of its five hundred texts
    safe = escape("\0".join(texts)).split("\0")
    if len(safe) != len(texts):
        safe = list(map(escape, texts))
    drawn, at = [], 0
    for moule, row in told:
        drawn.append(moule.pattern % moule.pick(safe[at : at + len(row)]))
        at += len(row)
    return SafeString("".join(drawn))

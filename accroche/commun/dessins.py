"""Pieces of pages, drawn once for the same facts: sixty cards of a list take half of its page's processor.

A piece is a template and what it tells, and nothing else: no request, nobody who reads, no setting, no query.
It is remembered by all of that, so that no change can leave it behind: who tells anything else has another
piece, and who asks for one knows already all that it says. No revision, no moment, nothing to forget; what
the public may see is decided where facts are read, as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db.models import Model
from django.template import engines
from django.template.context import Context
from django.utils.safestring import SafeString

#: Pieces that are remembered, one or two kilobytes each; the least asked for go first.
MOST: Final = 4096
#: The same of those that tell many things, a whole list of choices: forty kilobytes for a hundred of them,
#: others for each search that strangers make up.
MOST_LISTS: Final = 256


def drawn(template: str, **facts: Hashable) -> SafeString:
    """Draw ``template`` with ``facts`` alone, or give it again as it was drawn with the same.

    The same are equal and of one type: a text of HTML and a plain one are not. Within a fact, what is equal
    draws the same. Raises ``TypeError`` for what may change and be equal still: a list, a row.
    """
    return _way(template, facts.values())(template, **facts)


def drawn_each(template: str, name: str, each: Iterable[Hashable], **facts: Hashable) -> SafeString:
    """Draw a piece for each of many, told as ``name`` with the same ``facts``, one after the other.

    They are of one kind: the first tells how all are drawn.
    """
    rows = tuple(each)
    draw = _way(template, (*rows[:1], *facts.values()))
    return SafeString("".join([draw(template, **{name: row}, **facts) for row in rows]))


def _way(template: str, facts: Iterable[Hashable]) -> Callable[..., SafeString]:
    """How pieces that tell such facts are drawn, and remembered."""
    listed = False
    for fact in facts:
        if isinstance(fact, Model):
            raise TypeError(f"{template} is told a row, which is equal to itself whatever it says")
        # a tuple with names is one thing
        listed = listed or type(fact) is tuple
    if settings.DEBUG:
        return _drawn
    return _draw_list if listed else _draw


def _drawn(template: str, /, **facts: Hashable) -> SafeString:
    engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own, the only one we have
    return SafeString(engine.get_template(template).render(Context(facts)))


_draw = lru_cache(MOST, typed=True)(_drawn)
_draw_list = lru_cache(MOST_LISTS, typed=True)(_drawn)

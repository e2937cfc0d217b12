"""Pieces of pages, drawn once for the same facts: sixty cards of a list take half of its page's processor.

A piece is a template and what it tells, and nothing else: no request, nobody who reads, no setting, no query.
It is remembered by all of that, so that no change can leave it behind: who tells anything else has another
piece, and who asks for one knows already all that it says. No revision, no moment, nothing to forget; what
the public may see is decided where facts are read, as ever.
"""

from __future__ import annotations

from collections.abc import Hashable
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
    if any(isinstance(fact, Model) for fact in facts.values()):
        raise TypeError(f"{template} is told a row, which is equal to itself whatever it says")
    if settings.DEBUG:
        return _drawn(template, **facts)
    draw = _draw_list if any(isinstance(fact, tuple) for fact in facts.values()) else _draw
    return draw(template, **facts)


def _drawn(template: str, /, **facts: Hashable) -> SafeString:
    engine = engines["django"].engine  # type: ignore[attr-defined]  # Django's own, the only one we have
    return SafeString(engine.get_template(template).render(Context(facts)))


_draw = lru_cache(MOST, typed=True)(_drawn)
_draw_list = lru_cache(MOST_LISTS, typed=True)(_drawn)

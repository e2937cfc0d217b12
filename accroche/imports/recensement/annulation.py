"""Whether a row says that its action does not take place, or later: told before it becomes a sheet. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from accroche.lib.texte import slug

#: Letters of which every such word has some, in any case: most titles need no closer look.
_SOME: Final = re.compile(r"annul|cancel|report|postpon", re.IGNORECASE)
_OFF: Final = r"(?:annulee?s?|cancell?ed)"
_LATER: Final = r"(?:reportee?s?|postponed)"
#: At the beginning or the end of a title, in brackets or in capitals: « Le bal annulé de Nolay » is a title.
_SAYS: Final = (
    (re.compile(rf"{_OFF}(?:-|\Z)|(?:.*-)?{_OFF}\Z"), "annulée"),
    (re.compile(rf"{_LATER}(?:-|\Z)|(?:.*-)?{_LATER}\Z"), "reportée"),
)
_APART: Final = re.compile(r"[(\[][^()\[\]]{1,80}[)\]]|\b(?:ANNUL|REPORT|CANCEL|POSTPON)[A-ZÉÈ]+")


@lru_cache(maxsize=4096)
def becomes(text: str) -> str:
    """Return what becomes of an action by its title or its state, « annulée », « reportée »; else nothing."""
    if not _SOME.search(text):
        return ""
    told = [slug(part) for part in (text, *_APART.findall(text))]
    return next((what for pattern, what in _SAYS if any(map(pattern.match, told))), "")

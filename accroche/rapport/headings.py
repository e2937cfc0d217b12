"""The heading of a sheet, however it is written: « Académie : Caen », « — ACADÉMIE DE CAEN — », « Caen »."""

from __future__ import annotations

import re
from typing import Final

from accroche.rapport.lines import folded
from accroche.rapport.plausible import known_academie

_MAX_HEADING: Final = 90
_ORNAMENT: Final = " —–-*=_:•|·#~.[]()«»"
_SHEET = re.compile(
    r"(?:fiches?|bilans?|syntheses?|zoom|focus)(?: academiques?)?(?: n ?[°o]? ?[0-9]{1,2}| [0-9]{1,2})?"
    r" ?[:–—-]+ ?"
)
_NAMED = re.compile(
    r"(?:(?:l'|la |region )?(?:academie|rectorat|vice-rectorat)(?: academique)? ?(?:[:–—-]+ ?)?)?"
    r"(?:de l'|de la |des |de |du |d' ?|la |le |l')?(?P<name>[a-z].{1,40})"
)
_AROUND_DASH = re.compile(r" ?[–—-] ?")


def plain_heading(text: str) -> str:
    """Give « Académie de Caen » for a line that names a known académie and nothing else, empty for another.

    Only a line over dates is asked: a name alone may stand anywhere.
    """
    if len(text) > _MAX_HEADING:
        return ""
    key = folded(text).strip(_ORNAMENT)
    sheet = _SHEET.match(key)
    if sheet:
        key = key[sheet.end() :].strip(_ORNAMENT)
    found = _NAMED.fullmatch(key)
    name = known_academie(_AROUND_DASH.sub("-", found["name"].strip(_ORNAMENT))) if found else ""
    return f"Académie de {name}" if name else ""

"""The heading of a sheet, however it is written: « Académie : Caen », « — ACADÉMIE DE CAEN — », « Caen »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import permutations
from typing import Final

from accroche.rapport.lines import Line, folded
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
_OPENS = re.compile(r"(?:Acad[ée]mie|ACAD[ÉE]MIE) ?(?:[dD][^.,:;]{0,20})?")
_MAX_NAME: Final = 20
#: Over which a heading is cut.
_LINES: Final = 4
_AROUND_DASH = re.compile(r" ?[–—-] ?")


def with_whole_headings(lines: Sequence[Line]) -> list[Line]:
    """Write on one line the headings that a narrow column cuts: « Académie de / Caen ».

    An extractor gives the words of one that is justified out of order: « Académie / Caen / de ».
    """
    kept: list[Line] = []
    rank = 0
    while rank < len(lines):
        line = lines[rank]
        texts = [one.text for one in lines[rank + 1 : rank + _LINES] if len(one.text) <= _MAX_NAME]
        rank += 1
        for whole, taken in _wholes(line.text, texts) if _OPENS.fullmatch(line.text) else ():
            if plain_heading(whole) and not plain_heading(line.text):
                line = replace(line, text=plain_heading(whole))
                rank += taken
                break
        kept.append(line)
    return kept


def _wholes(start: str, texts: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The headings that a start and the next lines may be, and how many of these each takes: most first."""
    for taken in range(len(texts), 0, -1):
        for order in permutations(texts[:taken]):
            yield reduce(_joined, order, start), taken


def _joined(start: str, end: str) -> str:
    return f"{start}{'' if start.endswith(('-', '’')) else ' '}{end}"


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

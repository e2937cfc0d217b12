"""Dates in figures, written in words for the reader of dates: « du 14/03/2016 au 18/03/2016 »."""

from __future__ import annotations

import re
from typing import Final

from accroche.lib.dates import MONTHS
from accroche.rapport.lines import folded

_ISO = re.compile(r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?![0-9])")
_FIGURES = re.compile(
    r"(?<![0-9/.])(?P<d>[0-9]{1,2})(?P<by>[/.])(?P<m>[0-9]{1,2})(?:(?P=by)(?P<y>[0-9]{4}|[0-9]{2}))?(?![0-9/])"
)
_DASHED = re.compile(r"(?<![0-9-])(?P<d>[0-9]{1,2})-(?P<m>[0-9]{1,2})-(?P<y>[0-9]{4})(?![0-9])")
_LABEL = re.compile(
    r"(?:dates?|p[ée]riode|calendrier|semaine)(?: de la semaine| retenues?| de l['’][ée]v[ée]nement)?"
    r" ?(?::|(?=du [0-9])) ?",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"\b(?P<start>janv?|f[ée]vr?|mars?|avri?|mai|juin|juil|ao[uû]|sept?|oct|nov|d[ée]c)\.?(?=[ /–-]|$)",
    re.IGNORECASE,
)
_SCHOOL_YEAR = re.compile(r"ann[ée]e (?=20[0-9]{2} ?[/–-] ?20[0-9]{2}$)", re.IGNORECASE)
_BRACKETS: Final = "()[] "
_BETWEEN = re.compile(r"(?: / ?| ?(?:->|→) ?|(?<=[a-zéû] [0-9]{4})/)(?=[0-9])")
#: A year of two figures is of this century.
_CENTURY: Final = "20"


def without_label(text: str) -> str:
    """Leave out what a line says its dates are: « Dates : », « Période : », « Semaine du »."""
    found = _LABEL.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def in_words(text: str) -> str:
    """Write the dates in figures of a line in words; what is no date of a calendar is left as it is."""
    plain = _SHORT.sub(_month, without_label(text).strip(_BRACKETS))
    for pattern in (_ISO, _DASHED, _FIGURES):
        plain = pattern.sub(_one, plain)
    return _SCHOOL_YEAR.sub("année scolaire ", _BETWEEN.sub(" – ", plain))


def _month(match: re.Match[str]) -> str:
    """The month that three or four letters begin, as people shorten it."""
    start = folded(match["start"])
    return next(month for month in MONTHS if folded(month).startswith(start))


def _one(match: re.Match[str]) -> str:
    day, month = int(match["d"]), int(match["m"])
    if not 1 <= month <= len(MONTHS):
        return match[0]
    year = match["y"] or ""
    if year and len(year) == len(_CENTURY):
        year = _CENTURY + year
    return f"{day} {MONTHS[month - 1]} {year}".rstrip()

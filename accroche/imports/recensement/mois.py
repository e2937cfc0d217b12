"""Whether a table writes the month before the day, « 11/18/2026 », and what to tell where none proves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from accroche.imports.recensement.champs import DAYS
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.contenu import Cases
from accroche.imports.recensement.ecriture import normal
from accroche.lib.dates import MONTHS

#: Headings of the hour of an answer, and of days, as forms in English write them.
_ENGLISH_FORMS: Final = frozenset(("timestamp",))
_ENGLISH_DAYS: Final = re.compile(r"\b(?:start|end|begin|event|when|first|last|from)\b")


def with_months(columns: list[Column], told: Sequence[Cases | None]) -> list[Column]:
    """Say of each column whether the month comes first in its days: one day tells for all of the table.

    Where none does, a form that calls the hour of an answer « Timestamp » writes its days in English too.
    """
    seen = {figure for held in told if held for figure in held.figures}
    why = "mois écrit avant le jour, comme en anglais"
    if seen == {None} and any(normal(one.heading) in _ENGLISH_FORMS for one in columns):
        why += ", d’après « Timestamp » seul"
    elif True not in seen or False in seen:
        return columns
    return [
        replace(one, month_first=True, reason=f"{one.reason} ; {why}")
        if (held := told[one.position]) and held.figures
        else one
        for one in columns
    ]


def doubt_of(columns: Sequence[Column], told: Sequence[Cases | None]) -> str:
    """Return what to tell of days in figures that a table in English may write month first, or not."""
    if any(held and held.figures & {True, False} for held in told):
        return ""
    days = [
        (one, held.either)
        for one in columns
        if one.champ in DAYS and (held := told[one.position]) and held.either
    ]
    english = any(one.month_first or _ENGLISH_DAYS.search(normal(one.heading)) for one, _ in days)
    if not english:
        return ""
    one, either = days[0]
    first, second = (int(number) for number in either.split("/")[:2])
    month, day = (first, second) if one.month_first else (second, first)
    return (
        f"Rien ne dit sûrement si le mois est écrit avant le jour : « {either} » est lu le {day} "
        f"{MONTHS[month - 1]}. Vérifiez-le dans l’aperçu ; si c’est l’inverse, "
        "écrivez les dates comme 2027-03-08."
    )

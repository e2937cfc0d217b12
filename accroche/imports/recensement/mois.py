"""Months and years of a table: before the day, « 11/18/2026 », or told apart from it, beside or above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from accroche.imports.recensement.champs import DAYS, Champ
from accroche.imports.recensement.colonne import Column
from accroche.imports.recensement.contenu import Cases
from accroche.imports.recensement.ecriture import normal
from accroche.imports.recensement.especes import Espece
from accroche.lib.dates import MONTHS
from accroche.lib.tableur.cellules import Cell, is_blank
from accroche.lib.tableur.mois import Above

#: Headings of the hour of an answer, and of days, as forms in English write them.
_ENGLISH_FORMS: Final = frozenset(("timestamp",))
#: Headings of days that are numbers beside their month, and of years.
_DAYS: Final = frozenset(("jour", "day", "date", "quantieme"))
_YEARS: Final = frozenset(("annee", "year", "an", "annee civile"))
_MONTHS: Final = frozenset(("moi", "mois", "month"))
#: « Jours », « 2 »: how many, and no day of a month.
_MANY_DAYS: Final = re.compile(r"\s*(?:jours|days)\b", re.IGNORECASE)
_DATED: Final = DAYS | {Champ.MOIS}
_OF_A_YEAR: Final = 4
_MOST: Final = 0.8
_HALF: Final = 0.5
#: The score of a day or a year told apart from its month.
_APART: Final = 70
#: Why a column of days is one of months.
_ONLY_MONTHS: Final = "des jours qui sont tous le premier d’un mois : le mois entier"
#: Days that are all the first of a month, from which they say no more than the month.
_ENOUGH: Final = 3
#: Headings of hours: an action that says its hour says its day.
_HOURS: Final = re.compile(r"(?:heure|horaire)\b")
_ENGLISH_DAYS: Final = re.compile(r"\b(?:start|end|begin|event|when|first|last|from)\b")


def with_months(columns: list[Column], told: Sequence[Cases | None]) -> list[Column]:
    """Say of each column whether the month comes first in its days: one day tells for all of the table.

    Where none does, a form that calls the hour of an answer « Timestamp » writes its days in English too.
    """
    columns = _told_apart(columns, told)
    seen = {figure for held in told if held for figure in held.figures}
    why = "mois écrit avant le jour, comme en anglais"
    if seen == {None} and any(normal(one.heading) in _ENGLISH_FORMS for one in columns):
        why += ", d’après « Timestamp » seul"
    elif True not in seen or False in seen:
        return columns
    return [
        replace(one, month_first=True, reason=f"{one.reason} ; {why}" if one.champ in DAYS else one.reason)
        if (held := told[one.position]) and held.figures
        else one
        for one in columns
    ]


def _told_apart(columns: list[Column], told: Sequence[Cases | None]) -> list[Column]:
    """Read days that are numbers beside their month, and the year that dates without one have beside them.

    A year that is left aside would be this year's: a list of another would be misread without a word.
    """
    said = {one.champ for one in columns}

    def taken(one: Column) -> Column:
        held, words = told[one.position], normal(one.heading)
        if one.champ is not Champ.IGNORE or held is None:
            return one
        if words in _DAYS and Champ.MOIS in said and not said & DAYS and _are_days(held):
            return replace(one, champ=Champ.DATES, score=_APART, reason="des nombres, à côté du mois")
        return one

    months = [one for one in columns if _is_a_month_in_figures(one, told[one.position])]
    if len(months) == 1 and not said & _DATED and _is_beside_days_and_years(columns, told):
        columns = [
            replace(one, champ=Champ.MOIS, score=_APART, reason="des mois en nombres, à côté du jour")
            if one is months[0]
            else one
            for one in columns
        ]
        said.add(Champ.MOIS)
    columns = [taken(one) for one in columns]
    if Champ.MOIS not in said and not any(_says_hours(one, told[one.position]) for one in columns):
        columns = [_in_months(one, told[one.position]) for one in columns]
    said = {one.champ for one in columns}
    dates = [held for one in columns if one.champ in _DATED and (held := told[one.position])]
    if not dates or all(held.years >= 1 for held in dates):
        return columns
    return [
        replace(one, champ=Champ.MOIS, score=_APART, reason="l’année des dates, qui n’en disent pas")
        if one.champ is Champ.IGNORE
        and normal(one.heading) in _YEARS
        and (held := told[one.position])
        and held.years >= _MOST
        and held.length == _OF_A_YEAR
        else one
        for one in columns
    ]


def _is_a_month_in_figures(one: Column, held: Cases | None) -> bool:
    return (
        one.champ is Champ.IGNORE and normal(one.heading) in _MONTHS and held is not None and held.small == 1
    )


def _is_beside_days_and_years(columns: Sequence[Column], told: Sequence[Cases | None]) -> bool:
    """Whether a day and a year are numbers too, each in its column: « 3 », « 8 », « 2027 »."""
    left = (one for one in columns if one.champ is Champ.IGNORE and not _MANY_DAYS.match(one.heading))
    held = {normal(one.heading): told[one.position] for one in left}
    days = [cases for words in _DAYS if (cases := held.get(words)) and _are_days(cases)]
    years = [cases for words in _YEARS if (cases := held.get(words)) and cases.years >= _MOST]
    return len(days) == len(years) == 1


def _says_hours(one: Column, held: Cases | None) -> bool:
    if held is None or not _HOURS.match(normal(one.heading)):
        return False
    return held.share(Espece.HOUR) > _HALF


def _in_months(one: Column, held: Cases | None) -> Column:
    """Days of a spreadsheet shown as « mars-27 », which keeps the first of the month: the whole month."""
    if one.champ is not Champ.DATES or one.remembered or held is None:
        return one
    return replace(one, champ=Champ.MOIS, reason=_ONLY_MONTHS) if held.firsts == 1 and _vary(held) else one


def _vary(held: Cases) -> bool:
    others = held.share(Espece.DAY) < 1  # « à définir » is no second day
    return held.filled >= _ENOUGH and held.distinct > 1 + others


def months_told(columns: Sequence[Column], told: Sequence[Cases | None]) -> str:
    """Return what to tell of days that are all the first of a month, and what to do; nothing of others."""
    for one in columns:
        held = told[one.position]
        if held is None or one.champ not in _DATED or not _vary(held):
            continue
        where = f"Les jours de la colonne {one.letter}, « {one.heading} », sont tous le premier d’un mois"
        if one.reason == _ONLY_MONTHS:
            return (
                f"{where} : chacun est lu comme le mois entier. Si ce sont des jours, choisissez « Dates »."
            )
        if held.firsts + held.firsts_written == 1 and one.champ in {Champ.DATES, Champ.FIN}:
            return f"{where} : si ce sont des mois, écrivez-les en lettres (« mars 2027 »)."
    return ""


def _are_days(held: Cases) -> bool:
    """Whether cells are days of a month: all numbers are, and few cells are words, « à définir »."""
    return held.small >= _MOST or (held.small >= _HALF and held.small == held.share(Espece.NUMBER))


def carried_down(
    columns: Sequence[Column], rows: Iterable[tuple[int, list[Cell]]]
) -> Iterator[tuple[int, list[Cell]]]:
    """Yield rows with the month or year above them, where they leave it and say no year: « 31 janvier ».

    Lists write « Janvier 2026 », or « 2026 », once: the rows under it would be of this year without a word.
    """
    months = [one.position for one in columns if one.champ is Champ.MOIS]
    dated = [one.position for one in columns if one.champ in _DATED]
    above: dict[int, Above] = {}
    for number, cells in rows:
        for at in months:
            # a row ends with the last cell that says something
            if at < len(cells) and not is_blank(cells[at]):
                above[at] = Above(cells[at])
            elif at in above and any(above[at].of_these([cells[day] for day in dated if day < len(cells)])):
                blanks: list[Cell] = [None] * (at - len(cells))
                cells = [*cells[:at], *blanks, above[at].cell, *cells[at + 1 :]]  # noqa: PLW2901 - the same row
        yield number, cells


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
    first, second = (int(number) for number in re.split(r"[/.-]", either)[:2])
    month, day = (first, second) if one.month_first else (second, first)
    return (
        f"Rien ne dit sûrement si le mois est écrit avant le jour : « {either} » est lu le {day} "
        f"{MONTHS[month - 1]}. Vérifiez-le dans l’aperçu ; si c’est l’inverse, "
        "écrivez les dates comme 2027-03-08."
    )

"""When something happens, as people write it in a spreadsheet: a cell that is a date, or French words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from accroche.lib.dates import (
    DateError,
    edition_of,
    format_figures,
    format_window,
    parse_windows,
    school_year,
)
from accroche.lib.tableur.cellules import Cell, is_blank, line_of
from accroche.lib.texte import slug

#: Day 0 of the numbers spreadsheets keep dates as, and the years in which such a number is one of ours.
_EPOCH: Final = dt.date(1899, 12, 30)
_SERIAL: Final = (32_874, 65_745)  # 1990 to 2079

_MONTHS: Final = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
_SHORT: Final = {
    "janv": 1, "jan": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "sep": 9, "oct": 10,
    "nov": 11, "dec": 12, "dece": 12,
}  # fmt: skip
_MONTH_NAMES: Final = {name: number for number, name in enumerate(_MONTHS, 1)} | _SHORT
_ANY_MONTH: Final = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))

_ALL_YEAR: Final = re.compile(
    r"(?:tou(?:te|t)(?: au long de)? l-annee(?: scolaire)?|a l-annee|tout au long de l-annee(?: scolaire)?"
    r"|annee(?: scolaire)?(?: \d{4}-\d{4})?|l-annee|annuel(?:le)?|permanente?|en continu)"
)
_NUMERIC_DAY: Final = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?"
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]\d{1,2}:\d{2}.*)?")
_NUMERIC: Final = re.compile(rf"(?:le |du )?{_NUMERIC_DAY}(?:\s*(?:au|a|-|et|>|→)\s*{_NUMERIC_DAY})?")
# « 14-18/03 », « du 14 au 18/03/2016 »
_DAYS_OF_MONTH: Final = re.compile(
    r"(?:du |les )?(\d{1,2})\s*(?:-|au|a|et|&)\s*(\d{1,2})\s*/\s*(\d{1,2})(?:\s*/\s*(\d{4}|\d{2}))?"
)
_WEEK: Final = re.compile(r"(?:la )?semaine (?:du |de )?(?:lundi )?(.+)")
_WHOLE_MONTH: Final = re.compile(rf"(?:en |au mois de |mois de |courant )?({_ANY_MONTH})\.?(?: (\d{{4}}))?")
_MONTHS_RANGE: Final = re.compile(
    rf"(?:de |d')?({_ANY_MONTH})\.?(?: (\d{{4}}))?\s*(?:a|-|au|et)\s*({_ANY_MONTH})\.?(?: (\d{{4}}))?"
)
_ABBREVIATED: Final = re.compile(rf"\b({'|'.join(sorted(_SHORT, key=len, reverse=True))})\b\.?")
_HOUR: Final = r"\d{1,2}\s?(?:h|:)\s?\d{0,2}"
_HOURS: Final = re.compile(rf",?\s?(?:de |a |\(|entre )?\b{_HOUR}\b(?:\s?(?:-|a|et)\s?{_HOUR})?\)?")
_WEEKDAYS: Final = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b")
_SCHOOL_DAYS: Final = 5
_FIRST_MONTH: Final = 8
_YEARS: Final = (1900, 2200)
_CENTURY: Final = 100


def advice(edition: str) -> str:
    """Return what to write instead: days of the edition, from a Monday in March, where most semaines are."""
    mid_march = dt.date(int(edition[:4]) + 1, 3, 14)
    monday = mid_march - dt.timedelta(days=mid_march.weekday())
    friday = monday + dt.timedelta(days=_SCHOOL_DAYS - 1)
    return (
        f"Écrivez par exemple « {format_figures(monday)} », « {format_window((monday, friday))} » "
        "ou « toute l’année »."
    )


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included. ``all_year``: the words said the whole school year."""

    starts: dt.date
    ends: dt.date
    all_year: bool = False


@lru_cache(maxsize=4096, typed=True)
def read_period(cell: Cell, edition: str) -> Period | None:
    """Read when, in the school year of ``edition``; None for an empty cell.

    Several windows give the first and the last day of all. Raise :class:`DateError` for what is not
    understood, does not exist, ends before it begins, or is outside the edition.
    """
    if is_blank(cell):
        return None
    day = _day_of_cell(cell)
    if day:
        return _inside(Period(day, day), edition, line_of(cell))
    written = line_of(cell)
    if found := _iso(written.lower(), edition, written):
        return _inside(found, edition, written)
    text = _plain(written)
    if _ALL_YEAR.fullmatch(text.replace("'", "-")):
        return Period(*school_year(edition), all_year=True)
    for read in (_days_of_month, _numeric, _week, _month):
        if found := read(text, edition, written):
            return _inside(found, edition, written)
    return _words(text, edition, written)


def _day_of_cell(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    number = cell
    if isinstance(cell, str) and re.fullmatch(r"\d{5}(?:\.0)?", cell.strip()):
        number = float(cell)
    if isinstance(number, int | float) and not isinstance(number, bool):
        first, last = _SERIAL
        return _EPOCH + dt.timedelta(days=int(number)) if first <= number <= last else None
    return None


def _plain(text: str) -> str:
    """Lower case, no accents, one kind of dash and apostrophe, no hours, no names of days."""
    bare = " ".join(
        slug(word) if re.search(r"[^\W\d_]", word) and not re.search(r"[\d/.'’-]", word) else word.lower()
        for word in text.split()
    )
    bare = re.sub(r"[‐‑‒–—−]", "-", bare).replace("’", "'")
    bare = bare.translate(str.maketrans("éèêëàâûùîïôç", "eeeeaauuiioc"))
    bare = _WEEKDAYS.sub(" ", _HOURS.sub(" ", bare))
    return " ".join(bare.split()).strip(" .,;:")


def _iso(text: str, edition: str, written: str) -> Period | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    day = _date(int(found[1]), int(found[2]), int(found[3]), edition, written)
    return Period(day, day)


def _numeric(text: str, edition: str, written: str) -> Period | None:
    found = _NUMERIC.fullmatch(text)
    if not found:
        return None
    day, month, year, last_day, last_month, last_year = found.groups()
    if last_day is None:
        single = _date(_year(year, int(month), edition), int(month), int(day), edition, written)
        return Period(single, single)
    ends = _date(
        _year(last_year or year, int(last_month), edition), int(last_month), int(last_day), edition, written
    )
    starts = _date(_year(year, int(month), edition), int(month), int(day), edition, written)
    return Period(starts, ends)


def _days_of_month(text: str, edition: str, written: str) -> Period | None:
    found = _DAYS_OF_MONTH.fullmatch(text)
    if not found:
        return None
    year, month = _year(found[4], int(found[3]), edition), int(found[3])
    return Period(
        _date(year, month, int(found[1]), edition, written),
        _date(year, month, int(found[2]), edition, written),
    )


def _week(text: str, edition: str, written: str) -> Period | None:
    found = _WEEK.fullmatch(text)
    if not found:
        return None
    inner = found[1]
    period = _numeric(inner, edition, written) or _days_of_month(inner, edition, written)
    period = period or _words(inner, edition, written)
    if period.starts != period.ends:
        return period
    monday = period.starts - dt.timedelta(days=period.starts.weekday())
    return Period(monday, monday + dt.timedelta(days=_SCHOOL_DAYS - 1))


def _month(text: str, edition: str, written: str) -> Period | None:
    found = _MONTHS_RANGE.fullmatch(text)
    if found:
        first, last = _MONTH_NAMES[found[1]], _MONTH_NAMES[found[3]]
        starts = _date(_year(found[2], first, edition), first, 1, edition, written)
        return Period(starts, _last_day(_date(_year(found[4], last, edition), last, 1, edition, written)))
    found = _WHOLE_MONTH.fullmatch(text)
    if not found:
        return None
    month = _MONTH_NAMES[found[1]]
    starts = _date(_year(found[2], month, edition), month, 1, edition, written)
    return Period(starts, _last_day(starts))


def _words(text: str, edition: str, written: str) -> Period:
    spelt = _ABBREVIATED.sub(lambda found: _MONTHS[_SHORT[found[1]] - 1], text)
    # « le 14 et le 18 mars », « 14 au 18 mars »: as a semaine writes its own days
    spelt = re.sub(r"\bet le\b", "et", spelt)
    spelt = re.sub(r"^le (?=\d)", "", spelt)
    try:
        windows = parse_windows([spelt], edition)
    except DateError as error:
        message = str(error)
        if message.startswith("Dates non comprises") or "Mois inconnu" in message:
            raise DateError(f"« {written} » ne se lit pas comme une date. {advice(edition)}") from error
        raise DateError(f"{message.replace(spelt, written)} {advice(edition)}") from error
    if not windows:
        raise DateError(f"« {written} » ne se lit pas comme une date. {advice(edition)}")
    return Period(min(first for first, _ in windows), max(last for _, last in windows))


def _year(written: str | None, month: int, edition: str) -> int:
    if written:
        number = int(written)
        return number + 2000 if number < _CENTURY else number
    return int(edition[:4]) + (month < _FIRST_MONTH)


def _date(year: int, month: int, day: int, edition: str, written: str) -> dt.date:
    try:
        if not _YEARS[0] <= year <= _YEARS[1]:
            raise ValueError(year)  # noqa: TRY301 - the same refusal as a thirteenth month
        return dt.date(year, month, day)
    except ValueError as error:
        raise DateError(f"« {written} » n’existe pas au calendrier. {advice(edition)}") from error


def _last_day(first: dt.date) -> dt.date:
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _inside(period: Period, edition: str, written: str) -> Period:
    if period.ends < period.starts:
        raise DateError(f"« {written} » finit avant de commencer : inversez les deux dates.")
    if {edition_of(period.starts), edition_of(period.ends)} != {edition}:
        raise DateError(
            f"« {written} » sort de l’année scolaire {edition} : vérifiez l’année, ou choisissez "
            "une autre édition."
        )
    return period

"""Days written in French, in words or figures: « 10 mars, 24 mars et 7 avril 2027 », « 8-12/03 », « S11 ».

The text is cut into tokens from left to right; a month or a year left out is then that of the days beside it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from accroche.lib.dates import FIRST_MONTH, DateError, Window, school_year
from accroche.lib.tableur.jetons import A_MONTH, NUMBER_OF, TOKEN

_NAMED: Final = re.compile(rf"(?<![a-z]){A_MONTH}")
_ANY_MONTH: Final = re.compile(rf"(?<![a-z]){A_MONTH}|\d\s?/\s?\d")
_DATES: Final = frozenset({"iso", "worded", "english", "dayed", "slash", "dot", "dash"})
_ARTICLE: Final = re.compile(r"les?|du|[a-z]+di")
_SCHOOL_DAYS: Final = 5
_CENTURY: Final = 100
_MONTHS: Final = 12
_LONGEST_PROJECT: Final = 7
_YEARS: Final = (1900, 2200)
#: Weeks from this one on are of the autumn.
_AUTUMN: Final = 31


#: Weeks that may be those of a programme, « semaine 1 »: how they are read is told.
_OF_A_PROGRAMME: Final = range(1, 10)


class MissingMonthError(DateError):
    """A day whose month nobody gave."""


class NoSuchDayError(DateError):
    """A day that is in no calendar."""


class BackwardsError(DateError):
    """Days that end before they begin; ``days``: as they are written."""

    def __init__(self, days: Window) -> None:
        """Keep the days."""
        super().__init__()
        self.days = days


@dataclass(slots=True)
class _Day:
    """A day, a month (``day`` is None) or a week (``week_number``) as it is written, and what leads to it."""

    day: int | None = None
    month: int | None = None
    year: int | None = None
    link: str = ""
    week_number: int | None = None
    is_week: bool = False
    after_du: bool = False
    part: str = ""


@dataclass(slots=True)
class DaysRead:
    """What a text says. ``blocks``: first and last day of each stretch, in the order written.

    ``approximate``: a week or a part of a month was named, and days were put to it. ``opened``: « from » or
    « until » when one end is not told. ``vague``: days are named, and none is meant (« avant le 15 mars »).
    ``unread``: figures that are no days. ``years``: school years that are named, by their first year.
    ``span``: first and last year of a project, « 2024-2027 ».
    ``hours``, ``durations``, ``terms`` (« 1er trimestre »), ``weekdays``, ``words``: what else is there.
    """

    blocks: list[Window] = field(default_factory=list)
    approximate: bool = False
    opened: str = ""
    vague: bool = False
    unread: bool = False
    years: set[int] = field(default_factory=set)
    span: tuple[int, int] | None = None
    whole_year: bool = False
    hours: bool = False
    durations: bool = False
    terms: bool = False
    weekdays: bool = False
    words: bool = False


def read_days(text: str, edition: str) -> DaysRead:
    """Read the days of a text in lower case and without accents, in the school year of ``edition``.

    Raise :class:`MissingMonthError`, :class:`NoSuchDayError` or :class:`BackwardsError`, without a message.
    """
    scan = _Scan(text)
    found = scan.told
    if found.unread:
        return found
    days = _completed(scan.days, edition)
    found.approximate |= any(day.week_number in _OF_A_PROGRAMME for day in days)
    found.blocks = list(_blocks(days))
    if found.opened and len(days) == 1:
        first, last = school_year(edition)
        ((starts, ends),) = found.blocks
        found.blocks = [(starts, max(ends, last)) if found.opened == "from" else (min(starts, first), ends)]
    else:
        found.opened = ""
    return found


class _Scan:
    """The days of a text as they are written, and what stands beside them."""

    def __init__(self, text: str) -> None:
        self.told = DaysRead()
        self.days: list[_Day] = []
        self._link = self._last = self._part = ""
        self._week: str = ""
        self._not = self._article = self._du = self._between = False
        self._open = ""
        has_month = _ANY_MONTH.search(text) is not None
        for match in TOKEN.finditer(text):
            kind = match.lastgroup or ""
            if kind in {"dash", "dot"} and not match[f"{kind}_y"] and self._is_pair(match, kind, has_month):
                self._bare(int(match[f"{kind}_d"]))
                self._link = "range"
                self._bare(int(match[f"{kind}_m"]))
                self._last, self._not = "number", False
            elif kind == "filler":
                self._article |= bool(_ARTICLE.fullmatch(match[0]))
                self._du |= match[0] == "du"
                # « lundi 8 » says no more than the day, « les lundis du mois » does
                is_weekday = match[0].rstrip("s").endswith("di")
                self.told.weekdays |= is_weekday and not text[match.end() :].lstrip()[:1].isdigit()
            else:
                self._take(kind, match)
                self._last = kind
                self._article = self._du = False
        # « du 15 mars au »: something is missing
        self.told.words |= self._link == "range" and bool(self.days)

    @staticmethod
    def _is_pair(match: re.Match[str], kind: str, has_month: bool) -> bool:
        """Whether « 8-12 » is two days of a month told elsewhere, or could be, rather than 8 December."""
        return has_month or (kind == "dash" and int(match["dash_d"]) <= int(match["dash_m"]))

    def _bare(self, number: int) -> None:
        """A number whose month is told elsewhere; one that stands by itself is no day: « salle 12 »."""
        beside = self._last in {*_DATES, "month", "monthly", "year"} and not self._link
        self.told.unread |= beside or (self._last in {"word", "rank"} and not self._article)
        self._add(_Day(day=number))

    def _add(self, day: _Day) -> None:
        if self._not:
            self.told.vague = True
        day.link = self._link if self.days else ""
        day.after_du = self._du
        if self._open and not self.days:
            self.told.opened = self._open
        self._open = ""
        day.is_week = bool(self._week) and day.day is not None
        # « semaine de mars »: in that month
        day.part = self._part or ("approx" if self._week and day.month and not day.day else "")
        self.told.approximate |= bool(day.part)
        if self._week != "weeks":
            self._week = ""
        self._link = self._part = ""
        self.days.append(day)

    def _take(self, kind: str, match: re.Match[str]) -> None:
        if kind in _DATES:
            self._dated(_dated(kind, match))
        elif kind == "monthly" and self._last == "number" and not self._link and self._ends_bare():
            # « 12/13 mars 2027 »: of the day right before it
            last = self.days[-1]
            last.month, last.year = _month(match["monthly_m"]), _year(match["monthly_y"])
        elif kind in {"monthly", "figures"}:
            # « 03-04/2027 »: days of April, or March and April
            self.told.unread |= self._link == "range" and self._last == "range" and self._ends_bare()
            # « Sept 26 » is a month here, and may be a day in English: told
            self.told.approximate |= " " in match[0] and int(match[f"{kind}_y"]) < _CENTURY
            self._add(_Day(month=_month(match[f"{kind}_m"]), year=_year(match[f"{kind}_y"])))
        elif kind == "years":
            self._years(int(match["years_1"]), int(match["years_2"]))
        elif kind == "weekno":
            self._add(_Day(week_number=int(match["weekno_n"])))
        elif kind == "number":
            self._bare(int(match["number_d"]))
        elif kind in {"month", "year"}:
            self._complete(kind, match)
        elif kind in {"range", "list"}:
            self._part_of(kind, match[0])
        else:
            self._beside(kind, match)
        self._not = kind == "not"

    def _dated(self, day: _Day) -> None:
        """A day in figures right behind a month, « oct 3/10 », is of that month, or is not understood."""
        if self._last == "month" and not self._link and self.days and self.days[-1].day is None:
            self.told.unread |= self.days.pop().month != day.month
        self._add(day)

    def _ends_bare(self) -> bool:
        """Whether the last is a number alone, of which no month is told."""
        return bool(self.days) and self.days[-1].day is not None and self.days[-1].month is None

    def _years(self, first: int, second: int) -> None:
        """A school year, « 2026-2027 », or a month, « 2027-03 »."""
        if (first + 1) % _CENTURY == second % _CENTURY:
            self.told.years.add(first)
            self.told.whole_year = True
        elif second <= _MONTHS:
            self._add(_Day(month=second, year=first))
        elif 1 < (second - first) % _CENTURY <= _LONGEST_PROJECT and self.told.span is None:
            self.told.span = (first, first + (second - first) % _CENTURY)
        else:
            self.told.unread = True

    def _complete(self, kind: str, match: re.Match[str]) -> None:
        """A month or a year behind a day belongs to it; else a month stands for itself."""
        last = self.days[-1] if self.days else None
        if kind == "month":
            if last and last.day and not last.month and self._last == "number" and not self._link:
                last.month = _month(match[0])
            else:
                self._add(_Day(month=_month(match[0])))
        elif last and last.year is None and self._link in {"", "list"} and self._last not in {"word", "hour"}:
            last.year = int(match["year_y"])
            self._link = ""
        elif not self.days:  # « printemps 2027 »
            self.told.years |= {int(match["year_y"]) - 1, int(match["year_y"])}
        else:
            self.told.unread = True

    def _part_of(self, kind: str, word: str) -> None:
        if kind == "range":
            self._link = "range"
            if not self.days and word.startswith("jusqu"):
                self._open = "until"
        elif self._between and word == "et":
            self._link, self._between = "range", False
        else:
            self._link = self._link or "list"
            self.told.words |= word == "ou"

    def _beside(self, kind: str, match: re.Match[str]) -> None:
        """What is no day, and parts those around it."""
        told = self.told
        if kind in {"part", "approx"}:
            self._part = match[0].partition(" ")[0].strip("- ") if kind == "part" else kind
        elif kind in {"week", "weeks"}:
            self._week = kind
        elif kind == "from":
            self._open = "from"
        elif kind == "between":
            self._between = True
        else:
            told.hours |= kind in {"hour", "daypart"}
            told.durations |= kind == "duration"
            told.terms |= kind in {"term", "holidays"}
            told.words |= kind in {"word", "not", "count", "rank", "relative"}
            # « les 3 classes »: no day either
            lone = kind == "word" and self._last == "number" and self.days[-1].month is None
            told.unread |= lone or kind == "digits" or (kind == "relative" and bool(self.days))
            told.words |= match[0] == "?"
            self._link = self._open = self._part = ""
            self._between = False
            if kind == "word":
                self._week = ""


def _dated(kind: str, match: re.Match[str]) -> _Day:
    month = match[f"{kind}_m"]
    year = match[f"{kind}_y"] if kind != "dayed" else None
    return _Day(
        day=int(match[f"{kind}_d"]),
        month=_month(month),
        year=_year(year) if year else None,
    )


def months_named(text: str) -> frozenset[int]:
    """Return the months that a text names, in lower case and without accents."""
    return frozenset(_month(found[0]) for found in _NAMED.finditer(text))


def _month(word: str) -> int:
    return int(word) if word.isdigit() else NUMBER_OF[word.rstrip(".")]


def _year(word: str) -> int:
    number = int(word)
    return number + 2000 if number < _CENTURY else number


def _completed(days: list[_Day], edition: str) -> list[_Day]:
    """Give each day its month and its year: those of the next that says it, else of the one before."""
    days = _weeks(days)
    for later, day in pairwise(reversed(days)):
        if day.day is not None and day.month is None:
            day.month = later.month
    for before, day in pairwise(days):
        # « 14 mars et le 18 »; not « 15 mars, 10-12 », which may be hours
        if day.day is not None and day.month is None and before.day is not None and before.day < day.day:
            day.month = before.month
    if any(day.month is None and day.week_number is None for day in days):
        raise MissingMonthError
    first = [_school_year(day) for day in days]
    told_years = [year for year in first if year is not None]
    default = told_years[-1] if told_years else int(edition[:4])
    for index, day in enumerate(days):
        year = next((one for one in first[index:] if one is not None), default)
        if day.year is None:
            late = (day.week_number or _AUTUMN) < _AUTUMN or (day.month or FIRST_MONTH) < FIRST_MONTH
            day.year = year + late
    return days


def _weeks(days: list[_Day]) -> list[_Day]:
    """Tell weeks by number from days: « semaine 2 au 6 mars » is of days, « semaines 11 et 12 » is not."""
    if not any(day.week_number for day in days):
        return days
    if any(day.month for day in days):
        joined = {id(day) for day, following in pairwise(days) if following.link and not following.after_du}
        for day in days:
            if day.week_number and id(day) in joined:
                day.day, day.week_number, day.is_week = day.week_number, None, True
        return [day for day in days if not day.week_number]  # « semaine 11, du 15 au 19 mars »
    for day in days:
        if not day.week_number:
            day.week_number, day.day, day.is_week = day.day, None, False
    return days


def _school_year(day: _Day) -> int | None:
    if day.year is None:
        return None
    return day.year - ((day.month or FIRST_MONTH) < FIRST_MONTH)


def _blocks(days: list[_Day]) -> Iterator[Window]:
    """Each stretch of days, from its first to its last."""
    current: Window | None = None
    for index, day in enumerate(days):
        follows = index + 1 < len(days) and days[index + 1].link == "range"
        first, last = _span(day, alone=not follows and day.link != "range")
        if day.link == "range" and current:
            if last < current[0]:
                raise BackwardsError((current[0], last))
            current = (current[0], last)
        else:
            if current:
                yield current
            current = (first, last)
    if current:
        yield current


def _span(day: _Day, *, alone: bool) -> Window:
    """First and last day; ``alone``: no end of a range, so that « semaine du 15 » is the week."""
    if day.week_number is not None:
        try:
            monday = dt.date.fromisocalendar(_checked(day.year), day.week_number, 1)
        except ValueError as error:
            raise NoSuchDayError from error
        return monday, monday + dt.timedelta(days=_SCHOOL_DAYS - 1)
    if day.day is None:
        return _month_span(day)
    single = _date(day.year, day.month, day.day)
    if day.is_week and alone:
        monday = single - dt.timedelta(days=single.weekday())
        return monday, monday + dt.timedelta(days=_SCHOOL_DAYS - 1)
    return single, single


#: First and last day of the parts of a month; 0: its last.
_PARTS: Final = {"debut": (1, 10), "mi": (11, 20), "fin": (21, 0)}


def _month_span(day: _Day) -> Window:
    first, last = _PARTS.get(day.part, (1, 0))
    starts = _date(day.year, day.month, first)
    if last:
        return starts, starts.replace(day=last)
    following = dt.date(starts.year + starts.month // 12, starts.month % 12 + 1, 1)
    return starts, following - dt.timedelta(days=1)


def _checked(year: int | None) -> int:
    if year is None or not _YEARS[0] <= year <= _YEARS[1]:
        raise NoSuchDayError
    return year


def _date(year: int | None, month: int | None, day: int) -> dt.date:
    try:
        return dt.date(_checked(year), month or 0, day)
    except ValueError as error:
        raise NoSuchDayError from error

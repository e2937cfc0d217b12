"""Editions and date windows: what an académie writes, and how we print it.

A window is a closed interval ``(first day, last day)``. An edition is a school year written
« 2015-2016 ».
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

from accroche.lib.texte import NBSP, liste

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A closed interval: first day, last day.
Window: TypeAlias = tuple[date, date]

_WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
#: The months as they are written.
MONTHS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
#: The months as charts print them.
SHORT_MONTHS: Final = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
_MONTH_NUMBER: Final = {name: number for number, name in enumerate(MONTHS, start=1)} | {
    "fevrier": 2,
    "aout": 8,
    "decembre": 12,
}

#: First day of class and first day of the summer holidays, (month, day), from the national
#: calendar. Editions not listed get the default, close to every real one.
_BOUNDS: Final = {
    "2014-2015": ((9, 2), (7, 4)),
    "2015-2016": ((9, 1), (7, 5)),
    "2016-2017": ((9, 1), (7, 8)),
    "2017-2018": ((9, 4), (7, 7)),
    "2018-2019": ((9, 3), (7, 6)),
    "2019-2020": ((9, 2), (7, 4)),
    "2020-2021": ((9, 1), (7, 6)),
    "2021-2022": ((9, 2), (7, 7)),
    "2022-2023": ((9, 1), (7, 8)),
    "2023-2024": ((9, 4), (7, 6)),
    "2024-2025": ((9, 2), (7, 5)),
    "2025-2026": ((9, 1), (7, 4)),
}
_DEFAULT_BOUNDS: Final = ((9, 1), (7, 5))
#: Staff are back, and editions prepared, from August on.
FIRST_MONTH: Final = 8

_EDITION = re.compile(r"((?:19|20)[0-9]{2})-((?:19|20)[0-9]{2})")
_SCHOOL_YEAR = re.compile(r"(?:(?:toute )?l'année scolaire |année scolaire )?([0-9]{4}) ?[-/] ?([0-9]{4})")
_WHOLE_YEAR = re.compile(r"toute l'année(?: scolaire)?")
_NOISE = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b")
_DAY: Final = r"(?P<d{0}>[0-9]{{1,2}})(?: ?er)?(?: (?P<m{0}>[a-zéû]+))?(?: (?P<y{0}>[0-9]{{4}}))?"
_CHUNK = re.compile(
    rf"(?:(?:du|le|les|de) )?{_DAY.format(1)}(?: ?(?:-| au | à | jusqu'au ) ?{_DAY.format(2)})?"
)
_SEPARATOR = re.compile(r" ?[,;] ?(?:et )?| et (?=[0-9dla])")


class DateError(ValueError):
    """A text that is no date of the edition; the message is French and quotes it."""


def edition_of(day: date) -> str:
    """Return the edition a day belongs to; a school year runs from August to July here."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}-{first + 1}"


def school_year(edition: str) -> Window:
    """Return the official bounds of the edition's school year; raise :class:`DateError`."""
    first = _first_year(edition)
    (month, day), (last_month, last_day) = _BOUNDS.get(edition, _DEFAULT_BOUNDS)
    return date(first, month, day), date(first + 1, last_month, last_day)


def next_edition(edition: str) -> str:
    """Return the edition of the year after."""
    first = _first_year(edition)
    return f"{first + 1}-{first + 2}"


def _first_year(edition: str) -> int:
    found = _EDITION.fullmatch(edition)
    if found is None or int(found[2]) != int(found[1]) + 1:
        raise DateError(
            f"« {edition} » n’est pas une édition : écrivez deux années qui se suivent, 2015-2016."
        )
    return int(found[1])


def parse_windows(lines: Sequence[str], edition: str) -> tuple[Window, ...]:
    """Read the windows of a semaine, in the order written; blank lines are skipped.

    A month or year left out is the one that follows in the same line, or that of the edition.
    Raise :class:`DateError` for what is not understood, a date that does not exist, an
    interval that ends before it begins, or a day outside the edition.
    """
    _first_year(edition)
    return tuple(window for line in lines if line.strip() for window in _parse_line(line, edition))


def _parse_line(line: str, edition: str) -> list[Window]:
    text = re.sub(r"[‐‑‒–—−]", "-", line.lower()).replace("’", "'")
    text = " ".join(_NOISE.sub(" ", text).split()).rstrip(" .")
    windows: list[Window] = []
    # Read from the right: in « les 21 et 22 mars » the month comes last.
    month = 0
    joinable = False
    for chunk in reversed(_SEPARATOR.split(text)):
        whole = _read_school_year(chunk, edition)
        if whole is not None:
            windows.insert(0, whole)
            month, joinable = 0, False
            continue
        found = _CHUNK.fullmatch(chunk)
        if found is None:
            raise DateError(
                f"Dates non comprises : « {line.strip()} ». Écrivez par exemple « 23 – 27 novembre 2015 »."
            )
        single = found["d2"] is None
        inherits = found["m1"] is None and single
        end_month = _month(found["m2"] or (found["m1"] if single else None), month, line)
        start_month = end_month if single else _month(found["m1"], end_month, line)
        end = _day(found["d1" if single else "d2"], end_month, found["y1" if single else "y2"], edition, line)
        start = end if single else _day(found["d1"], start_month, found["y1"], edition, line)
        if start > end:
            raise DateError(f"Ces dates finissent avant de commencer : « {line.strip()} ».")
        # « les 21 et 22 mars » is one window of two days, not two windows.
        if inherits and joinable and windows and windows[0][0] - end == timedelta(days=1):
            windows[0] = (start, windows[0][1])
        else:
            windows.insert(0, (start, end))
        month, joinable = start_month, single
    return windows


def _read_school_year(chunk: str, edition: str) -> Window | None:
    if _WHOLE_YEAR.fullmatch(chunk):
        return school_year(edition)
    found = _SCHOOL_YEAR.fullmatch(chunk)
    if found is None:
        return None
    written = f"{found[1]}-{found[2]}"
    if written != edition:
        raise DateError(f"L’année scolaire {written} n’est pas celle de l’édition {edition}.")
    return school_year(edition)


def _month(name: str | None, inherited: int, line: str) -> int:
    if name is None:
        if not inherited:
            raise DateError(f"Il manque le mois : « {line.strip()} ».")
        return inherited
    if name not in _MONTH_NUMBER:
        raise DateError(f"Mois inconnu « {name} » : « {line.strip()} ».")
    return _MONTH_NUMBER[name]


def _day(day: str, month: int, year: str | None, edition: str, line: str) -> date:
    first = _first_year(edition)
    number = int(year) if year else first + (month < FIRST_MONTH)
    try:
        read = date(number, month, int(day))
    except ValueError as error:
        raise DateError(f"Cette date n’existe pas : « {line.strip()} ».") from error
    if edition_of(read) != edition:
        raise DateError(f"« {line.strip()} » est en dehors de l’édition {edition} : vérifiez l’année.")
    return read


def format_date(day: date) -> str:
    """Write a day: « 1er avril 2016 »; its number and its month stay on one line."""
    return f"{format_day(day)} {day.year}"


def format_day(day: date) -> str:
    """Write a day without its year: « 1er avril »."""
    return f"{day_number(day)}{NBSP}{MONTHS[day.month - 1]}"


def format_month(day: date) -> str:
    """Write the month of a day: « avril 2016 »."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def format_figures(day: date) -> str:
    """Write a day as one types it and as tables hold it: « 01/04/2016 »."""
    return f"{day:%d/%m/%Y}"


def format_window(window: Window) -> str:
    """Write a window with as few words as French needs: « du 23 au 27 novembre 2015 »."""
    start, end = window
    edition = edition_of(start)
    if _EDITION.fullmatch(edition) and window == school_year(edition):
        return f"année scolaire {edition}"
    if start == end:
        return f"le {format_date(start)}"
    if start.year != end.year:
        return f"du {format_date(start)} au {format_date(end)}"
    if start.month != end.month:
        return f"du {format_day(start)} au {format_date(end)}"
    return f"du {day_number(start)} au {format_date(end)}"


def format_windows(windows: Sequence[Window]) -> str:
    """Write several windows joined by « et », in their order; none gives an empty text."""
    return liste(format_window(window) for window in windows)


def day_name(day: date) -> str:
    """Write the name of a day of the week: « mardi »."""
    return _WEEKDAYS[day.weekday()]


def day_number(day: date) -> str:
    """Write the number of a day: « 1er », « 2 »."""
    return "1er" if day.day == 1 else str(day.day)

"""When something happens, as people write it in a spreadsheet: a cell that is a date, or French words.

What a cell says is read or refused; what it says and no day can tell (« à définir », « 1er trimestre »,
several days, hours) is handed back with words to tell it.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final

from accroche.lib.dates import (
    FIRST_MONTH,
    DateError,
    Window,
    edition_of,
    format_date,
    format_figures,
    format_window,
    school_year,
)
from accroche.lib.moments import PARIS, format_hour
from accroche.lib.tableur.cellules import Cell, is_blank, line_of, text_of
from accroche.lib.tableur.jetons import A_MONTH
from accroche.lib.tableur.jours import (
    BackwardsError,
    DaysRead,
    MissingMonthError,
    NoSuchDayError,
    read_days,
)
from accroche.lib.tableur.mois import plain
from accroche.lib.tableur.semaine import contradicts

#: Day 0 of the numbers spreadsheets keep dates as, and the years in which such a number is one of ours.
_EPOCH: Final = dt.date(1899, 12, 30)
_SERIAL: Final = (32_874, 65_745)  # 1990 to 2079
#: A longer text is a description.
_LONGEST: Final = 300
_SCHOOL_DAYS: Final = 5
#: How many school years before and after this one a project may begin and end.
_FAR: Final = 7

#: A moment told with its distance from UTC is a day in France.
_ISO_MOMENT: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ t](\d{2}:\d{2})(:\d{2})?(?:[.,]\d{1,9})? ?(z|utc|[+-]\d{2}:?\d{2})?"
)
#: « <2027-03-15 lun.> », as plans of tasks write a day, and « 2027-Mar-15 ».
_IN_BRACKETS: Final = re.compile(r"<(\d{4}-\d\d?-\d\d?[^<>]{0,20})>")
#: « Fri Mar 12 2027 20:30:00 GMT+0100 (CET) »: how far it is from here, behind an hour.
_ZONE: Final = re.compile(r"(?<=:\d\d) ?(?:gmt|utc)? ?[+-]\d{2}:?\d{2}(?: \([^()]{1,40}\))?$")
#: « 8 Mar », « 8 Mar 27 »: no Tuesday stands behind its day.
_ENGLISH_MARCH: Final = re.compile(r"(?<!\d)(\d{1,2}) mar\.?(?=$| \d{2}$)")
_YEAR_FIRST: Final = re.compile(rf"(?<!\d)(\d{{4}})([-/.])({A_MONTH}|mar)\2(\d{{1,2}})(?!\d)")
#: How programs part the ends of a stretch, and stretches: « 2027-01-22<->2027-01-23|2027-03-08 ».
_PARTED: Final = (("<->", " - "), ("|", " ; "))
_ENGLISH_MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_SHORT_MONTH: Final = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
#: « March 9, 2027 », « Mar 9, 2027 », « March 9th », « Jun 4-5 »: in English the month comes first.
_MONTH_FIRST: Final = re.compile(
    rf"(?<![a-z])({_ENGLISH_MONTH}"
    rf"|{_SHORT_MONTH}(?=\.? \d{{1,2}}(?: ?[-–] ?\d{{1,2}})?(?:st|nd|rd|th)?,? \d{{4}})"
    rf"|(?!mar){_SHORT_MONTH}(?=\.? \d{{1,2}} ?- ?\d{{1,2}}(?![\d/:.h])(?! ?[a-z])))\.? ?"
    r"(\d{1,2}(?: ?[-–] ?\d{1,2})?)(?:st|nd|rd|th)?(?![\d:])(?:,(?= \d{4}))?"
)
_IN_ENGLISH: Final = re.compile(
    rf"(?<![a-z])(?:{_ENGLISH_MONTH}(?![a-z])|(?:feb|apr|jun|jul|aug)\.? ?\d)|{_MONTH_FIRST.pattern}"
)
#: « 8:30 AM », « 7 pm »: hours of half a day.
_HALF_DAY: Final = re.compile(r"(?<![\d:])(\d{1,2})(?::(\d{2}))? ?([ap])\.?m(?![a-z])\.?")
_ORDINAL: Final = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)(?![a-z])(?: of(?= ))?")
_ENGLISH_WORDS: Final = {
    **dict.fromkeys(("to", "until", "till", "through"), "au"),
    **dict.fromkeys(("and",), "et"),
    **dict.fromkeys(("from", "on", "the", "between"), ""),
    **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), ""),
    **dict.fromkeys(("mon", "tues", "tue", "wed", "thurs", "thu", "fri", "sat", "sun"), ""),
}
_A_WORD: Final = re.compile(rf"(?<![a-z])(?:{'|'.join(_ENGLISH_WORDS)})(?![a-z])\.?,?")
_FULL_MONTH: Final = (
    r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
)
_CUT_MONTH: Final = r"(?:janv?|feb|fevr?|apr|avr|jun|jul|juil|aug|sept?|oct|nov|dec)\b"
#: « juin 12 », « mars 8, 2027 », « Oct. 3 »: the month first in French too, where no day stands before it.
_DAY_LAST: Final = re.compile(
    rf"(?<![a-z\d])(?<!\d )(?<!er )({_FULL_MONTH}|{_CUT_MONTH}\.?) ?(\d{{1,2}})(?!\d|[:/.-]\d|\s?h(?![a-z]))"
    rf"(?! (?!(?:au|a|et|ou|puis|les?)(?![a-z]))[a-z])(,? \d{{4}}(?!\d))?"
)
#: Two figures that may be a year around the edition, « juin 25 »: a month, as it always was.
_YEARS_AROUND: Final = 4
#: An hour with a point behind a whole day is no other day: « 2027-03-08 18.11 », « 8 mars 14.30 ».
_POINTED_HOUR: Final = re.compile(
    r"((?:\d{4}-\d\d?-\d\d?|\d\d?/\d\d?/(?:\d{4}|\d\d)),? (?:a )?)([01]?\d|2[0-3])\.([0-5]\d)(?![\d.])"
    rf"|((?:(?<=\d )|(?<=1er )){_FULL_MONTH}(?: \d{{4}})?,? (?:a )?)"
    r"([01]?\d|2[0-3])\.(00|1[3-9]|[2-5]\d)(?![\d.])"
)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t(\d{2})(\d{2})(\d{2})?(z|[+-]\d{4})?)?")
_ALL_YEAR: Final = re.compile(
    r"(?:tou(?:te|t)(?: au long de)? l'annee|tout au long de l'annee|sur (?:toute )?l'annee|a l'annee|l'annee"
    r"|(?:^|(?<=[(,;] ))annee(?= scolaire)|(?:^|(?<=[(,;] ))(?:annuel(?:le)?(?:ment)?|permanente?"
    r"|en continu|annee(?=$| \d{4} ?[-/]))(?=$|[ ,;(]))(?: scolaire)?"
)
_OUR_WEEK: Final = re.compile(
    r"(?:(?:pendant|durant|lors de|au cours de|tout au long de|sur|toute) )?(?:la )?"
    r"(?:semaine(?: academique| nationale)? (?:de |du |d')(?:la |l')?"
    r"(?:perseverance|accrochage|raccrochage)(?: scolaire)?"
    r"|(?:semaine )?(?:de la )?\bsps\b)"
    r"|(?:pendant|durant|lors de|au cours de|tout au long de|sur|toute) (?:toute )?la semaine"
    r"(?! ?(?:du|des?|d'|n|\d))"
    r"|toute la semaine(?! ?(?:du|des?|d'|n|\d))|^(?:la )?semaine$"
)  # fmt: skip
#: Words that say that nothing is known: not worth keeping.
_NOTHING: Final = re.compile(
    r"\b(?:definir|preciser|confirmer|determiner|venir|fixer|programmer|planifier|completer|caler|nc|n\.c"
    r"|en cours|attente|neant|aucune?|inconnue?s?"
    r"|non (?:communiquee?s?|connue?s?|definie?s?|fixee?s?|precisee?s?)|tbd|tba)\b|^[?.x ]+$"
)


#: A remark of no day in particular: a list of another year has it once for all of its rows.
_WEEKDAY: Final = "Le jour de la semaine n’est pas celui de cette date : vérifiez l’année."


class OutsideError(DateError):
    """Days of another school year."""


@dataclass(frozen=True, slots=True)
class Period:
    """When, as a cell says it.

    ``starts``, ``ends``: first and last day, both or none. ``all_year``, ``week``: the words said the whole
    school year, the semaine. ``remark``: what has to be told of how it was read. ``words``: what is
    written and no day tells (several days, hours), to be kept as it is. ``opened``: one end was not written.
    """

    starts: dt.date | None = None
    ends: dt.date | None = None
    all_year: bool = False
    week: bool = False
    remark: str = ""
    words: str = ""
    opened: bool = False


def advice(edition: str) -> str:
    """Return what to write instead: days of the edition, from a Monday in March, where most semaines are."""
    mid_march = dt.date(int(edition[:4]) + 1, 3, 14)
    monday = mid_march - dt.timedelta(days=mid_march.weekday())
    friday = monday + dt.timedelta(days=_SCHOOL_DAYS - 1)
    return (
        f"Écrivez par exemple « {format_figures(monday)} », « {format_window((monday, friday))} » "
        "ou « toute l’année »."
    )


@lru_cache(maxsize=4096, typed=True)
def read_when(cell: Cell, edition: str) -> Period | None:
    """Read when, in the school year of ``edition``; None for an empty cell.

    Several stretches of days give the first and the last day of all. Raise :class:`DateError` for what is not
    understood, does not exist, ends before it begins, or is outside the edition.
    """
    if is_blank(cell):
        return None
    if isinstance(cell, dt.date):
        return _of_day(cell, edition)
    if day := _day_of_number(cell):
        return _inside(Period(day, day), edition, line_of(cell))
    written = line_of(cell)
    if len(written) > _LONGEST:
        raise DateError(f"Ce texte est trop long pour une date. {advice(edition)}")
    if found := _COMPACT.fullmatch(written.lower()):
        return _of_compact(found, edition, written)
    if found := _ISO_MOMENT.fullmatch(written.lower()):
        return _of_moment(found, edition, written)
    text, all_year = _ALL_YEAR.subn(" ; ", _day_first(_in_french(plain(text_of(cell))), edition))
    text, week = _OUR_WEEK.subn(" ; ", text)
    return _told(text, edition, written, all_year=bool(all_year), week=bool(week))


def read_end(cell: Cell, edition: str) -> Period | None:
    """Read the last day of what is under way: an action of the whole year « ends » on 31 August.

    It is then the last day of the edition, with a remark. Raise :class:`DateError` as :func:`read_when` does.
    """
    try:
        return read_when(cell, edition)
    except DateError:
        year = int(edition[:4]) + 1
        try:
            late = read_when(cell, f"{year}-{year + 1}")
        except DateError:
            late = None
        if late is None or late.ends is None or (late.ends.year, late.ends.month) != (year, FIRST_MONTH):
            raise
        last = dt.date(year, FIRST_MONTH, 1) - dt.timedelta(days=1)
        remark = f"« {line_of(cell)} » est lu : {format_date(last)}, dernier jour de l’année {edition}."
        return Period(last, last, remark=remark)


def read_span(first: Cell, last: Cell, edition: str) -> Period | None:
    """Read what two cells tell of a project of several years: the part within ``edition``, with a remark.

    None unless one of them is outside, and the edition between: what each says is then asked of it alone.
    """
    began, ended = _in_any_year(first, edition), _in_any_year(last, edition)
    if began is None or ended is None or began.starts is None or ended.ends is None:
        return None
    late = dt.date(int(edition[:4]) + 1, FIRST_MONTH + 1, 1)
    if edition_of(began.starts) == edition and ended.ends < late:
        return None  # within the year, but for a last day in August: see read_end
    return _within((began.starts, ended.ends), edition)


def _in_any_year(cell: Cell, edition: str) -> Period | None:
    """What a cell says, whatever its school year among those around; None when it is not understood."""
    try:
        return read_when(cell, edition)
    except OutsideError:
        year = int(edition[:4])
    except DateError:
        return None
    for far in range(1, _FAR):
        for one in (year - far, year + far):
            with suppress(DateError):
                return read_when(cell, f"{one}-{one + 1}")
    return None


def _within(days: Window, edition: str) -> Period | None:
    """The part of ``days`` within a school year, with a remark; None when there is none."""
    first, last = school_year(edition)
    starts, ends = max(days[0], first), min(days[1], last)
    if ends < starts:
        return None
    whole = (starts, ends) == (first, last)
    kept = "toute l’année" if whole else format_window((starts, ends))
    remark = f"Le projet va {format_window(days)} : la fiche garde ce qui est de l’édition, {kept}."
    return Period(starts, ends, all_year=whole, remark=remark, words=format_window(days))


def _in_french(text: str) -> str:
    """A text in lower case whose days are in English, its days first and its words ours."""
    text = _YEAR_FIRST.sub(r"\4 \3 \1", _IN_BRACKETS.sub(r" \1 ", _ZONE.sub("", text)))
    for mark, ours in _PARTED:
        text = text.replace(mark, ours)
    text = _ENGLISH_MARCH.sub(r"\1 mars", text)
    if not _IN_ENGLISH.search(text):
        return text
    text = _MONTH_FIRST.sub(lambda found: f"{found[2]} {'march' if found[1] == 'mar' else found[1]}", text)
    text = _HALF_DAY.sub(
        lambda found: f"{int(found[1]) % 12 + 12 * (found[3] == 'p')}h{found[2] or ''}", text
    )
    text = _ORDINAL.sub(r"\1", text)
    return _A_WORD.sub(lambda found: f" {_ENGLISH_WORDS[found[0].rstrip('.,')]} ", text)


def _day_first(text: str, edition: str) -> str:
    """A text whose days stand before their month, and whose hours have an h."""

    def turned(found: re.Match[str]) -> str:
        month, number, year = found.groups()
        return found[0] if years and not year else f"{number} {month}{(year or '').replace(',', '')}"

    text = _POINTED_HOUR.sub(lambda found: "{}{}h{}".format(*filter(None, found.groups())), text)
    # « mars 12 - avril 27 »: one that is a day tells of the other
    numbers = [int(found[2]) for found in _DAY_LAST.finditer(text)]
    years = all(abs(number - int(edition[2:4])) < _YEARS_AROUND for number in numbers)
    return _DAY_LAST.sub(turned, text)


def _of_day(cell: dt.date, edition: str) -> Period:
    if not isinstance(cell, dt.datetime):
        return _inside(Period(cell, cell), edition, line_of(cell))
    local = cell.astimezone(PARIS) if cell.tzinfo else cell
    return _at(local, edition, line_of(local.date()))


def _of_moment(found: re.Match[str], edition: str, written: str) -> Period:
    """« 2027-03-15T09:00:00+01:00 »: a day here, whatever it was in UTC."""
    day, time, _, offset = found.groups()
    offset = {"z": "+00:00", "utc": "+00:00"}.get(offset, offset) or ""
    try:
        moment = dt.datetime.fromisoformat(f"{day}T{time}{offset}")
    except ValueError as error:
        raise DateError(f"« {written} » n’existe pas au calendrier. {advice(edition)}") from error
    return _at(moment.astimezone(PARIS) if moment.tzinfo else moment, edition, written)


def _of_compact(found: re.Match[str], edition: str, written: str) -> Period:
    """« 20270315T090000Z », as calendars write it; « 20270315 »."""
    year, month, day, hour, minute, second, offset = found.groups()
    spelt = f"{year}-{month}-{day}t{hour or '00'}:{minute or '00'}:{second or '00'}{offset or ''}"
    moment = _ISO_MOMENT.fullmatch(spelt)
    if moment is None:
        raise DateError(f"« {written} » n’existe pas au calendrier. {advice(edition)}")
    return _of_moment(moment, edition, written)


def _at(moment: dt.datetime, edition: str, written: str) -> Period:
    day = moment.date()
    words = f"{format_figures(day)} à {format_hour(moment.time())}"
    return _inside(Period(day, day, words="" if moment.time() == dt.time() else words), edition, written)


def _day_of_number(cell: Cell) -> dt.date | None:
    """The day of a number as spreadsheets keep dates; None for another number."""
    number = cell
    if isinstance(cell, str) and re.fullmatch(r"\d{5}(?:\.0)?", cell.strip()):
        number = float(cell)
    if isinstance(number, int | float) and not isinstance(number, bool):
        first, last = _SERIAL
        return _EPOCH + dt.timedelta(days=int(number)) if first <= number <= last else None
    return None


def _told(text: str, edition: str, written: str, *, all_year: bool, week: bool) -> Period:
    """What the words of a cell say, those of a whole year or week taken out."""
    found = _read(text, edition, written)
    if found.span and not found.blocks:
        return _of_years(found.span, edition, written)
    if found.years and int(edition[:4]) not in found.years:
        raise OutsideError(_outside(edition, written))
    if found.unread:
        raise DateError(f"« {written} » ne se lit pas comme une date. {advice(edition)}")
    more = found.words or found.hours or found.terms or found.durations
    if found.blocks and not found.vague:
        days = (min(first for first, _ in found.blocks), max(last for _, last in found.blocks))
        remark = " ".join(filter(None, (_remark(found, days, written), _of_weekdays(text, found))))
        if all_year and not remark:
            remark = f"« {written} » est lu : toute l’année, et {format_window(days)}."
        recurs = found.weekdays and days[0] != days[1]
        words = written if more or recurs or (remark and len(found.blocks) > 1) else ""
        told = Period(*days, all_year, week, remark, words, opened=bool(found.opened))
        if len(found.blocks) == 1 and edition_of(days[0]) < edition_of(days[1]):
            # a project of several years, or the summer
            return _within(days, edition) or _inside(told, edition, written)
        return _inside(told, edition, written)
    words = written if more or found.weekdays else ""
    if all_year or (found.whole_year and not found.terms):
        return Period(*school_year(edition), all_year=True, week=week, words=words)
    if week:
        return Period(week=True, words=words)
    what = "ne donne pas de jour"
    if (found.durations or found.hours) and not (found.words or found.terms or found.weekdays):
        what = "dit une durée ou une heure, pas un jour"
    kept = "" if _NOTHING.search(text) else written
    return Period(remark=f"« {written} » {what} : la fiche n’a pas de date.", words=kept)


def _of_years(span: tuple[int, int], edition: str, written: str) -> Period:
    """« 2024-2027 »: every school year from the first to the last."""
    if not span[0] <= int(edition[:4]) < span[1]:
        raise OutsideError(_outside(edition, written))
    remark = f"« {written} » dit plusieurs années : la fiche garde celle de l’édition, {edition}."
    return Period(*school_year(edition), all_year=True, remark=remark, words=written)


def _read(text: str, edition: str, written: str) -> DaysRead:
    try:
        return read_days(text, edition)
    except MissingMonthError as error:
        raise DateError(f"Il manque le mois : « {written} ». {advice(edition)}") from error
    except NoSuchDayError as error:
        raise DateError(f"« {written} » n’existe pas au calendrier. {advice(edition)}") from error
    except BackwardsError as error:
        if {edition_of(day) for day in error.days} != {edition}:
            raise OutsideError(_outside(edition, written)) from error
        began, ended = (day.month for day in error.days)
        if began < FIRST_MONTH <= ended:
            raise DateError(
                f"« {written} » va d’une année scolaire à l’autre : écrivez l’année des deux jours."
            ) from error
        told = f"« {written} » finit avant de commencer"
        raise DateError(f"{told} : inversez les deux dates, ou écrivez le mois des deux.") from error


def _of_weekdays(text: str, found: DaysRead) -> str:
    return _WEEKDAY if contradicts(text, chain.from_iterable(found.blocks)) else ""


def _remark(found: DaysRead, days: Window, written: str) -> str:
    """What to tell of days that say less, or more, than what was written; nothing when they say the same."""
    stretches = sorted(found.blocks)
    if any(first - last > dt.timedelta(days=1) for (_, last), (first, _) in pairwise(stretches)):
        return (
            f"« {written} » nomme plusieurs jours : la fiche va {format_window(days)}, et garde ces mots "
            "dans sa description."
        )
    if found.approximate or found.opened:
        return f"« {written} » est lu : {format_window(days)}."
    if found.words:
        return f"« {written} » est lu : {format_window(days)} ; ces mots sont gardés dans la description."
    return ""


def _outside(edition: str, written: str) -> str:
    return (
        f"« {written} » est hors de l’année scolaire {edition} : vérifiez l’année, ou choisissez une autre "
        "édition."
    )


def _inside(told: Period, edition: str, written: str) -> Period:
    if {edition_of(day) for day in (told.starts, told.ends) if day} != {edition}:
        raise OutsideError(_outside(edition, written))
    return told

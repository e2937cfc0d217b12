"""When something happens, as people write it in a spreadsheet: a cell that is a date, or French words.

What a cell says is read or refused; what it says and no day can tell (« à définir », « 1er trimestre »,
several days, hours) is handed back with words to tell it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
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
from accroche.lib.tableur.jours import (
    A_MONTH,
    BackwardsError,
    DaysRead,
    MissingMonthError,
    NoSuchDayError,
    months_named,
    read_days,
)
from accroche.lib.texte import normalised

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
#: How programs part the ends of a stretch, and stretches: « 2027-01-22<->2027-01-23|2027-03-08 ».
_PARTED: Final = (("<->", " - "), ("|", " ; "))
_ENGLISH_MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_SHORT_MONTH: Final = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
#: « March 9, 2027 », « Mar 9, 2027 », « March 9th »: in English the month comes first.
_MONTH_FIRST: Final = re.compile(
    rf"(?<![a-z])({_ENGLISH_MONTH}|{_SHORT_MONTH}(?=\.? \d{{1,2}}(?:st|nd|rd|th)?, \d{{4}}))\.? "
    r"(\d{1,2}(?: ?- ?\d{1,2})?)(?:st|nd|rd|th)?(?![\d:])(?:,(?= \d{4}))?"
)
_IN_ENGLISH: Final = re.compile(rf"(?<![a-z]){_ENGLISH_MONTH}(?![a-z])|{_MONTH_FIRST.pattern}")
_ORDINAL: Final = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)(?![a-z])(?: of(?= ))?")
_ENGLISH_WORDS: Final = {
    **dict.fromkeys(("to", "until", "till", "through"), "au"),
    **dict.fromkeys(("and",), "et"),
    **dict.fromkeys(("from", "on", "the", "between"), ""),
    **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), ""),
}
_A_WORD: Final = re.compile(rf"(?<![a-z])(?:{'|'.join(_ENGLISH_WORDS)})(?![a-z]),?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t(\d{2})(\d{2})(\d{2})?(z|[+-]\d{4})?)?")
_SPELT: Final = str.maketrans("‐‑‒–—−’ʼ\u00ab\u00bb", "------''  ")
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
_ONLY_A_MONTH: Final = re.compile(rf"(?:en |mois de )?{A_MONTH}(?: ?\d{{4}})?")
_ONLY_A_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_SAYS_A_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)|\d/\d{1,2}/\d{2}(?!\d)")
#: A month, as it is written, that has no year, and a day in figures without one.
_AS_WRITTEN: Final = A_MONTH.replace("fev", "f[ée]v").replace("aout", "ao[uû]t").replace("dec", "d[ée]c")
_NO_YEAR_YET: Final = re.compile(
    rf"(?<![^\W\d_]){_AS_WRITTEN}(?![^\W\d_]|/)"
    r"|(?<=\d)/\d{1,2}(?![^\W_]|/)|(?<=\d)\.(?:0\d|1[0-2])(?![^\W_]|\.)",
    re.IGNORECASE,
)
#: The month of a day in figures that has no year.
_MONTH_IN_FIGURES: Final = re.compile(r"(?<![\d/])\d{1,2} ?/ ?(\d{1,2})(?!\d| ?/)")
_NAMES_A_MONTH: Final = re.compile(rf"(?<![a-z]){A_MONTH}|\d ?/ ?\d|\d{{4}}-\d")
#: Words that say that nothing is known: not worth keeping.
_NOTHING: Final = re.compile(
    r"\b(?:definir|preciser|confirmer|determiner|venir|fixer|programmer|planifier|completer|caler|nc|n\.c"
    r"|en cours|attente|neant|aucune?|inconnue?s?"
    r"|non (?:communiquee?s?|connue?s?|definie?s?|fixee?s?|precisee?s?)|tbd|tba)\b|^[?.x ]+$"
)


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


def put_together(cells: Iterable[Cell]) -> Cell:
    """Return as one cell what several columns tell of a date: a month here, days there, hours in a third.

    The order of the columns does not matter: « mars » and « 8, 9 et 10 » are « 8, 9 et 10 mars ». A year told
    apart, or with the month, is the days' own, where they have none.
    """
    told = [cell for cell in cells if not is_blank(cell)]
    years = [line_of(cell) for cell in told if _ONLY_A_YEAR.fullmatch(line_of(cell))]
    if not years or len(told) == len(years):
        return _with_months(told)
    whole = _with_months([cell for cell in told if line_of(cell) not in years])
    return _of_year(whole, years[0]) if len(years) == 1 else whole


def is_of_these(above: Cell, days: Cell) -> bool:
    """Whether a month or a year above days that say no year is theirs: « Janvier 2026 », « 31 janvier ».

    They name that very month, or any month under a year alone.
    """
    if is_blank(above) or not isinstance(days, str) or _SAYS_A_YEAR.search(line_of(days)):
        return False
    text = _plain(line_of(days))
    named = months_named(text) | set(map(int, _MONTH_IN_FIGURES.findall(text)))
    if _ONLY_A_YEAR.fullmatch(line_of(above)):
        return bool(named)
    month = {above.month} if isinstance(above, dt.date) else months_named(_plain(line_of(above)))
    return bool(named) and named == month


def _with_months(told: list[Cell]) -> Cell:
    if len(told) == 1:
        return told[0]
    months = [cell for cell in told if _ONLY_A_MONTH.fullmatch(_plain(line_of(cell)))]
    rest = [text_of(cell) for cell in told if cell not in months]
    if len(months) == 1 and rest and not any(_NAMES_A_MONTH.search(_plain(text)) for text in rest):
        days = next((text for text in rest if re.match(r"\D*\d{1,2}(?! ?[h:\d])", text)), "")
        if days:
            others = [text for text in rest if text is not days]
            return " ; ".join([f"{days} {line_of(months[0])}", *others])
    if len(months) == 1 and rest and any(_NAMES_A_MONTH.search(_plain(text)) for text in rest):
        # the days name their month themselves; « Janvier 2026 » beside « 31 janvier » has their year
        year = _SAYS_A_YEAR.search(line_of(months[0]))
        return " ; ".join(text_of(_of_year(text, year[0])) if year else text for text in rest)
    return " ; ".join([*map(text_of, months), *rest])


def _of_year(cell: Cell, year: str) -> Cell:
    """A date with the year it does not say: « 31 janvier » is « 31 janvier 2026 »."""
    text = line_of(cell)
    if not isinstance(cell, str) or _SAYS_A_YEAR.search(text):
        return cell
    return _NO_YEAR_YET.sub(
        lambda found: f"{found[0]}{found[0][0] if found[0][0] in '/.' else ' '}{year}", text
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
    text, all_year = _ALL_YEAR.subn(" ; ", _in_french(_plain(text_of(cell))))
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
    for mark, ours in _PARTED:
        text = text.replace(mark, ours)
    if not _IN_ENGLISH.search(text):
        return text
    text = _MONTH_FIRST.sub(lambda found: f"{found[2]} {'march' if found[1] == 'mar' else found[1]}", text)
    text = _ORDINAL.sub(r"\1", text)
    return _A_WORD.sub(lambda found: f" {_ENGLISH_WORDS[found[0].rstrip(',')]} ", text)


def _plain(text: str) -> str:
    """Lower case, no accents, one kind of dash and apostrophe; line ends are kept."""
    plain = text.translate(_SPELT).lower()
    if not plain.isascii():
        plain = "".join(char for char in normalised(plain, "NFKD") if not unicodedata.combining(char))
    return "\n".join(" ".join(line.split()) for line in plain.split("\n")).strip(" .,;:")


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
        remark = _remark(found, days, written)
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
        raise DateError(f"« {written} » finit avant de commencer : inversez les deux dates.") from error


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

"""Moments as people read them: « 1er novembre 2026 à 18 h (heure de Paris) », and what clocks tell overseas.

The one place that words an hour, for pages, mails and documents. A moment is a datetime with its zone. The
site opens and closes by the clock of Paris, which nine territories of the Republic do not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from accroche.lib.dates import format_date, format_day
from accroche.lib.texte import NBSP, liste, slug

#: The clock by which the site opens and closes.
PARIS: Final = ZoneInfo("Europe/Paris")
#: The last minute of a day: deadlines that are days end with it.
LAST_MINUTE: Final = time(23, 59)


@dataclass(frozen=True, slots=True)
class Ailleurs:
    """A territory with a clock of its own, and how one says « there »."""

    there: str
    zone: ZoneInfo


#: Territories whose clock is not that of Paris, by the slug of their name, from west to east.
OUTRE_MER: Final = {
    "polynesie-francaise": Ailleurs("en Polynésie française", ZoneInfo("Pacific/Tahiti")),
    "guadeloupe": Ailleurs("en Guadeloupe", ZoneInfo("America/Guadeloupe")),
    "martinique": Ailleurs("en Martinique", ZoneInfo("America/Martinique")),
    "guyane": Ailleurs("en Guyane", ZoneInfo("America/Cayenne")),
    "saint-pierre-et-miquelon": Ailleurs("à Saint-Pierre-et-Miquelon", ZoneInfo("America/Miquelon")),
    "mayotte": Ailleurs("à Mayotte", ZoneInfo("Indian/Mayotte")),
    "la-reunion": Ailleurs("à La Réunion", ZoneInfo("Indian/Reunion")),
    "nouvelle-caledonie": Ailleurs("en Nouvelle-Calédonie", ZoneInfo("Pacific/Noumea")),
    "wallis-et-futuna": Ailleurs("à Wallis-et-Futuna", ZoneInfo("Pacific/Wallis")),
}


def day_here(value: date) -> date:
    """The day of a moment by the clock of Paris; a day is itself."""
    return value.astimezone(PARIS).date() if isinstance(value, datetime) else value


def end_of(day: date) -> datetime:
    """The last minute of a day in Paris: when what lasts « until » that day closes."""
    return datetime.combine(day, LAST_MINUTE, PARIS)


def format_hour(at: time) -> str:
    """Write an hour: « 18 h », « 9 h 05 », with no-break spaces."""
    minutes = f"{NBSP}{at.minute:02}" if at.minute else ""
    return f"{at.hour}{NBSP}h{minutes}"


def format_moment(at: datetime, place: str = "") -> str:
    """Write a moment: « 20 novembre 2026 à 18 h (heure de Paris) ».

    ``place``: the name of an académie or a territory; where its clock is another, its hour follows:
    « (heure de Paris ; 13 h en Guadeloupe) ».
    """
    here = at.astimezone(PARIS)
    return f"{format_date(here.date())} à {format_hour(here.time())}{zone_words(at, place)}"


def format_recent(at: datetime) -> str:
    """Write a moment of this year: the same without its year."""
    here = at.astimezone(PARIS)
    return f"{format_day(here.date())} à {format_hour(here.time())}{zone_words(at)}"


def format_clock(at: datetime) -> str:
    """Write the hour of a moment alone: « 14 h 05 (heure de Paris) »."""
    return f"{format_hour(at.astimezone(PARIS).time())}{zone_words(at)}"


def zone_words(at: datetime, place: str = "") -> str:
    """What follows an hour: whose clock tells it, and what that of ``place`` tells."""
    elsewhere = OUTRE_MER.get(slug(place)) if place else None
    local = f"{NBSP}; {_hour_there(at, elsewhere.zone)} {elsewhere.there}" if elsewhere else ""
    return f" (heure de Paris{local})"


def format_overseas(at: datetime) -> str:
    """Write what clocks tell overseas, from west to east: « 13 h en Guadeloupe et en Martinique »."""
    by_hour: dict[str, list[str]] = {}
    for elsewhere in OUTRE_MER.values():
        by_hour.setdefault(_hour_there(at, elsewhere.zone), []).append(elsewhere.there)
    return ", ".join(f"{hour} {liste(there)}" for hour, there in by_hour.items())


def _hour_there(at: datetime, zone: ZoneInfo) -> str:
    """The hour of a zone, with its day where it is not that of Paris."""
    there = at.astimezone(zone)
    other = there.date() != day_here(at)
    day = f" le {format_day(there.date())}" if other else ""
    return f"{format_hour(there.time())}{day}"

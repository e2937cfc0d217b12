"""What happens on which day: periods of an agenda, and events put on their days, once each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from accroche.catalogue.criteres import YEARS
from accroche.lib.dates import Window, format_window
from accroche.lib.libelles import Libelle

#: An event that lasts longer than this many days stands apart: it is of no day in particular.
LONG: Final = 14
#: The days after today of which « à venir » tells, the longest span that is not too much to read first.
SPANS: Final = (365, 90, 30, 7)
_WEEK: Final = 7
FIRST: Final = dt.date(YEARS[0], 1, 1)
LAST: Final = dt.date(YEARS[1], 12, 31)
#: Days between which nothing is: where a period and the days of a filter have none in common.
NEVER: Final = (LAST, FIRST)


class Cadence(Libelle):
    """How an agenda is read."""

    LISTE = "liste", "À venir"
    SEMAINE = "semaine", "Par semaine"
    JOUR = "jour", "Par jour"
    LIEU = "lieu", "Par académie"


class TypeRendezvous(Libelle):
    """What an event of the agenda is."""

    SEMAINE = "semaine", "Semaine"
    TEMPS_FORT = "temps_fort", "Temps fort"
    ACTION = "action", "Action"


class Precisions(NamedTuple):
    """What calendars and search engines are told of an event, and no page shows.

    ``sequence`` is how often it changed, ``stamp`` when it last did; ``position`` WGS 84 degrees.
    """

    summary: str
    sequence: int
    stamp: dt.datetime
    position: tuple[float, float] | None = None


class Rendezvous(NamedTuple):
    """Something that happens on days known.

    ``uid`` is what calendars know it by; ``path`` is its page, ``fichier`` it alone as a calendar.
    ``place``: where it is said to be, empty of most; ``carriers``: who carries an action, and where they are.
    ``precisions`` are left out where pages alone are made: of a hundred and fifty, they cost a millisecond.
    """

    kind: TypeRendezvous
    title: str
    first: dt.date
    last: dt.date
    label: str
    place: str
    academie: str
    academie_slug: str
    edition: str
    path: str
    fichier: str
    uid: str
    carriers: str = ""
    precisions: Precisions | None = None

    @property
    def where(self) -> str:
        """Where one goes: the place that was told, then who receives there."""
        return " ; ".join(filter(None, (self.place, self.carriers)))

    @property
    def precise(self) -> Precisions:
        """What only calendars and search engines tell. Raises ``ValueError`` where it was not read."""
        if self.precisions is None:
            raise ValueError(f"{self.uid} was read for a page, without what calendars tell")
        return self.precisions

    @property
    def is_long(self) -> bool:
        """Whether it lasts too long to be of a day."""
        return (self.last - self.first).days >= LONG

    @property
    def several_days(self) -> str:
        """From when to when, when that is more than a day: « du 5 au 9 mars 2027 »."""
        return format_window((self.first, self.last)) if self.last > self.first else ""


@dataclass(frozen=True, slots=True)
class Periode:
    """The days an agenda shows, both included; ``before`` and ``after`` begin the periods around it."""

    cadence: Cadence
    first: dt.date
    last: dt.date
    before: dt.date | None
    after: dt.date | None

    @property
    def words(self) -> str:
        """Its days, as few words as French needs."""
        return format_window((self.first, self.last))


def periode(cadence: Cadence, day: dt.date, span: int = SPANS[0]) -> Periode:
    """The period of a cadence that holds ``day``; ``span`` days from it for the two lists."""
    day = min(max(day, FIRST), LAST)
    if cadence is Cadence.JOUR:
        first, length = day, 1
    elif cadence is Cadence.SEMAINE:
        first, length = day - dt.timedelta(days=day.weekday()), _WEEK
    else:
        first, length = day, span
    last = first + dt.timedelta(days=length - 1)
    before, after = first - dt.timedelta(days=length), last + dt.timedelta(days=1)
    return Periode(
        cadence, first, last, before if before >= FIRST else None, after if after <= LAST else None
    )


def within(period: Periode, du: dt.date | None, au: dt.date | None) -> Window | None:
    """The days of a period that are also between two others; None when there is none."""
    first, last = max(period.first, du or FIRST), min(period.last, au or LAST)
    return (first, last) if first <= last else None


@dataclass(frozen=True, slots=True)
class JourDit:
    """A day (of the period), and what happens from it on."""

    day: dt.date
    events: tuple[Rendezvous, ...]


@dataclass(frozen=True, slots=True)
class LieuDit:
    """An académie and what happens in it, the soonest first."""

    name: str
    slug: str
    events: tuple[Rendezvous, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """The events of a period, each once: those that last stand apart."""

    jours: tuple[JourDit, ...]
    longs: tuple[Rendezvous, ...]


def programme(events: Iterable[Rendezvous], first: dt.date) -> Programme:
    """Put each event on the first of its days that is shown; several days are told beside it."""
    ranked = sorted(events, key=_rank)
    days: dict[dt.date, list[Rendezvous]] = {}
    for event in ranked:
        if not event.is_long:
            days.setdefault(max(event.first, first), []).append(event)
    jours = tuple(JourDit(day, tuple(days[day])) for day in sorted(days))
    return Programme(jours, tuple(event for event in ranked if event.is_long))


def by_place(events: Iterable[Rendezvous]) -> tuple[LieuDit, ...]:
    """The events académie by académie, by their addresses' order."""
    found: dict[tuple[str, str], list[Rendezvous]] = {}
    for event in sorted(events, key=_rank):
        found.setdefault((event.academie_slug, event.academie), []).append(event)
    return tuple(LieuDit(name, slug, tuple(found[slug, name])) for slug, name in sorted(found))


_KINDS: Final = {kind: rank for rank, kind in enumerate(TypeRendezvous)}


def _rank(event: Rendezvous) -> tuple[object, ...]:
    """The soonest first; of one day, semaines, temps forts, then actions, by place and title."""
    return (event.first, _KINDS[event.kind], event.academie_slug, event.title, event.uid)

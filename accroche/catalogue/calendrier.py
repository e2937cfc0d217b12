"""When the semaines take place: their windows, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accroche.lib.dates import Window, school_year


@dataclass(frozen=True, slots=True)
class Repere:
    """An académie as a calendar names it."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Creneau:
    """The académies that share one window."""

    window: Window
    academies: tuple[Repere, ...]


@dataclass(frozen=True, slots=True)
class Mois:
    """A month (its first day) and the windows that begin in it."""

    first: dt.date
    creneaux: tuple[Creneau, ...]


@dataclass(frozen=True, slots=True)
class Calendrier:
    """A whole edition: its months in order, and who holds it all year."""

    mois: tuple[Mois, ...]
    annee: tuple[Repere, ...]


def calendrier(edition: str, rows: Iterable[tuple[str, str, Sequence[Window]]]) -> Calendrier:
    """Group the windows of each (name, slug, windows) by month; whole school years stand apart."""
    whole = school_year(edition)
    year: list[Repere] = []
    shared: dict[Window, list[Repere]] = {}
    for name, slug, windows in rows:
        for window in windows:
            where = year if window == whole else shared.setdefault(window, [])
            where.append(Repere(name, slug))
    months: dict[dt.date, list[Creneau]] = {}
    for window in sorted(shared):
        months.setdefault(window[0].replace(day=1), []).append(Creneau(window, tuple(shared[window])))
    return Calendrier(tuple(Mois(first, tuple(slots)) for first, slots in months.items()), tuple(year))

"""The actions of an académie over the years, semaine by semaine: a page reads what it shows, by index.

All at once they would be put in order for each page: three thousand, where twenty-four are shown. How many
each semaine has is known, and an index holds those of one in their order.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.catalogue.queries.liste import ActionDeCarte, listed
from accroche.catalogue.queries.territoires import COMING
from accroche.commun.preparees import prepared


@dataclass(frozen=True, slots=True)
class ActionsDeSemaines:
    """The published actions of semaines of published editions, of which a page asks a slice: two queries.

    ``counts``: of each semaine, in the order of pages, the year, its number and how many actions it has.
    """

    counts: tuple[tuple[str, int, int], ...]

    @property
    def by_edition(self) -> list[tuple[str, int]]:
        """How many actions each edition holds."""
        return [(year, count) for year, _, count in self.counts]

    def of(self, year: str) -> ActionsDeSemaines:
        """Those of one edition."""
        return ActionsDeSemaines(tuple(row for row in self.counts if row[0] == year))

    def coming(self, today: dt.date) -> list[Action]:
        """The few that are still to come or not over, the soonest first."""
        return _coming(tuple(semaine for _, semaine, _ in self.counts), today)

    def __len__(self) -> int:
        """How many there are."""
        return sum(count for *_, count in self.counts)

    def __getitem__(self, asked: slice) -> list[ActionDeCarte]:
        """Those of a page."""
        before, parts = 0, []
        for _, semaine, count in self.counts:
            first, last = max(asked.start - before, 0), min(asked.stop - before, count)
            if first < last:
                parts.append((semaine, range(first, last)))
            before += count
        if len(parts) > 1:
            held = Q()
            for semaine, rows in parts:
                held |= Q(pk__in=_of(semaine, rows))
            numbers = list(_all().filter(held).order_by().values_list("pk", flat=True))
        else:
            numbers = [number for part in parts for number in _of_one(*part)]
        return list(map(ActionDeCarte._make, _listed(tuple(numbers))))


def _all() -> QuerySet[Action]:
    # nobody's sheets are never published: without what tells them, the index says all
    return Action._base_manager.filter(etat=Etat.PUBLISHED)  # noqa: SLF001


def _of(semaine: int, rows: range) -> QuerySet[Action, int]:
    found = _all().filter(semaine=semaine).order_by("position", "pk").values_list("pk", flat=True)
    return found[rows.start : rows.stop]


_of_one: Final = prepared(_of)


@prepared
def _listed(numbers: tuple[int, ...]) -> QuerySet[Action, tuple[Any, ...]]:
    return listed(Action.objects.published_among(numbers))


@prepared
def _coming(semaines: tuple[int, ...], today: dt.date) -> QuerySet[Action]:
    dated = _all().filter(semaine__in=semaines, starts__isnull=False)
    dated = dated.alias(last=Coalesce("ends", F("starts"))).filter(last__gte=today).order_by("starts", "pk")
    found = Action.objects.published_among(dated.values("pk")[:COMING])
    return found.select_related("semaine__academie", "semaine__edition").order_by("starts", "pk")

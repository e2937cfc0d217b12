"""What a feed reads: the published sheets that changed last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet

from accroche.actions.models import Action
from accroche.catalogue.criteres import Criteres, Ordre
from accroche.catalogue.flux import EntreeDeFlux
from accroche.catalogue.queries import moteur
from accroche.catalogue.queries.agenda import stamp
from accroche.commun.chemins import path_of
from accroche.commun.preparees import prepared
from accroche.lib.texte import de

#: Sheets among which a feed looks for those that changed last.
LATEST: Final = 300


class _FicheLue(NamedTuple):
    """What an entry tells of a sheet, in the order of its columns."""

    pk: int
    title: str
    description: str
    slug: str
    submitted: dt.datetime | None
    changed: dt.datetime | None
    academie: str
    academie_slug: str
    edition: str
    opened: dt.datetime

    @property
    def published(self) -> dt.datetime:
        """When everybody could read it."""
        return stamp(self.submitted, self.opened)

    @property
    def rank(self) -> tuple[dt.datetime, str]:
        """When it changed last, then its name."""
        return stamp(self.changed, self.published), f"action-{self.pk}"


_TOLD: Final = (
    *("pk", "title", "description", "slug", "submitted_at", "updated_at"),
    *("semaine__academie__name", "semaine__academie__slug"),
    *("semaine__edition__year", "semaine__edition__published_at"),
)


def entries(criteres: Criteres, limit: int) -> list[EntreeDeFlux]:
    """The published sheets that answer to a search as entries of a feed, the last that changed first.

    Of many, those that changed last among the :data:`LATEST` that came last.
    """
    asked = replace(criteres, page=1, tri=Ordre.PERTINENCE)
    if asked == Criteres():
        rows = list(map(_FicheLue._make, _latest(range(LATEST))))
    else:
        rows = _answering(replace(asked, tri=Ordre.DATE))
    # of three hundred, some fifty are told
    return [_entree(row) for row in sorted(rows, key=lambda row: row.rank, reverse=True)[:limit]]


def _answering(criteres: Criteres) -> list[_FicheLue]:
    rows: list[_FicheLue] = []

    def seen(pks: Sequence[int]) -> Collection[int]:
        # asked again when an index fails half-way: what it found is no more
        rows[:] = map(_FicheLue._make, _among(tuple(pks)))
        return {row.pk for row in rows}

    moteur.numbers(criteres, seen, size=LATEST, facets=False)
    return rows


@prepared
def _latest(page: range) -> QuerySet[Action, Any]:
    return Action.objects.last_published().values_list(*_TOLD)[page.start : page.stop]


@prepared
def _among(pks: tuple[int, ...]) -> QuerySet[Action, Any]:
    return Action.objects.published_among(pks).order_by().values_list(*_TOLD)


def _entree(row: _FicheLue) -> EntreeDeFlux:
    updated, name = row.rank
    return EntreeDeFlux(
        identifiant=name,
        title=row.title,
        summary=row.description,
        path=path_of("catalogue:action", row.edition, row.academie_slug, row.slug),
        published=row.published,
        updated=updated,
        author=f"Académie {de(row.academie)}",
    )

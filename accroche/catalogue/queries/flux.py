"""What a feed reads: the published sheets that changed last."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from accroche.actions.models import Action
from accroche.actions.queries.adresse import public_path
from accroche.catalogue.criteres import Criteres, Ordre
from accroche.catalogue.flux import EntreeDeFlux
from accroche.catalogue.queries import moteur
from accroche.catalogue.queries.agenda import stamp
from accroche.lib.texte import de

#: Sheets among which a feed looks for those that changed last.
LATEST: Final = 300


def entries(criteres: Criteres, limit: int) -> list[EntreeDeFlux]:
    """The published sheets that answer to a search as entries of a feed, the last that changed first.

    Of many, those that changed last among the :data:`LATEST` that came last.
    """
    asked = replace(criteres, page=1, tri=Ordre.PERTINENCE)
    if asked == Criteres():
        rows = Action.objects.last_published()[:LATEST]
    else:
        found = moteur.search(replace(asked, tri=Ordre.DATE), size=LATEST, facets=False)
        rows = Action.objects.published_among([hit.action_pk for hit in found.hits]).order_by("pk")
    rows = rows.select_related("semaine__academie", "semaine__edition").only(*_TOLD)
    told = [_entree(row) for row in rows]
    return sorted(told, key=lambda entry: (entry.updated, entry.identifiant), reverse=True)[:limit]


#: What an entry tells of a sheet.
_TOLD: Final = (
    *("title", "description", "slug", "submitted_at", "updated_at"),
    *("semaine__academie__name", "semaine__academie__slug"),
    *("semaine__edition__year", "semaine__edition__published_at"),
)


def _entree(row: Action) -> EntreeDeFlux:
    opened = row.semaine.edition.published_at
    published = stamp(row.submitted_at, opened)
    return EntreeDeFlux(
        identifiant=f"action-{row.pk}",
        title=row.title,
        summary=row.description,
        path=public_path(row),
        published=published,
        updated=stamp(row.updated_at, published),
        author=f"Académie {de(row.semaine.academie.name)}",
    )

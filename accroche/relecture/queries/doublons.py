"""Sheets that resemble another: read in three queries, whatever their number.

Only the sheets of one semaine (an edition in an académie) are compared: 3 300 of 100 000.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur
from accroche.annuaire.models import Etablissement
from accroche.campagne.models import Edition, Semaine
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.relecture.doublons import FicheComparee, Proche, alike, proches

#: Where a double would be held against another: what was taken back or refused is none.
STANDING = (Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED)
#: What a moderator may merge: see ``operations.fusion``.
MERGEABLE = (Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED)


@dataclass(frozen=True, slots=True)
class FicheProche:
    """A sheet that resembles another, and why."""

    action: Action
    proche: Proche

    @property
    def schools(self) -> str:
        """Its carriers, in words."""
        return ", ".join(str(portage.porteur) for portage in self.action.portages.all())


def running_semaine(school: Etablissement, day: dt.date) -> Semaine | None:
    """The semaine a school declares in that day, if anything is there yet."""
    academie = school.academie_on(day)
    editions = Edition.objects.declaring_on(day)
    return Semaine.objects.filter(edition__in=editions, academie=academie).order_by("-edition__year").first()


def doublons_of(action: Action, access: Access) -> list[FicheProche]:
    """The sheets of the same semaine a moderator could merge with this one."""
    (mine,) = _notices([(action.pk, action.title)])
    others = Action.objects.filter(semaine=action.semaine_id, etat__in=MERGEABLE)
    return _closest(mine, others.within(access, Right.MODERATE))


def doublons_for(
    title: str, school: Etablissement, semaine: Semaine, access: Access, but: int = 0
) -> list[FicheProche]:
    """The sheets the visitor may see that resemble one being written; ``but``: the number of that one."""
    mine = FicheComparee(
        but,
        title,
        frozenset({school.uai}),
        frozenset({school.commune} if school.commune else ()),
        frozenset({str(school.bassin_id)} if school.bassin_id else ()),
    )
    others = Action.objects.filter(semaine=semaine, etat__in=STANDING)
    return _closest(mine, others.visible_to(access))


def _closest(mine: FicheComparee, others: QuerySet[Action]) -> list[FicheProche]:
    titles = others.exclude(pk=mine.number).order_by("pk").values_list("pk", "title")
    found = proches(mine, _notices(alike(mine.title, tuple(titles))))
    rows = (
        Action.objects.select_related("semaine__academie", "semaine__edition")
        .prefetch_related("portages__porteur")
        .in_bulk([close.number for close in found])
    )
    return [FicheProche(rows[close.number], close) for close in found]


def _notices(titles: Sequence[tuple[int, str]]) -> list[FicheComparee]:
    """Return sheets with where they are: one query."""
    portages = ActionPorteur.objects.filter(action__in=[pk for pk, _ in titles]).order_by("pk")
    places: dict[int, list[tuple[str, str, str]]] = {}
    columns = ("action", "porteur__etablissement", "porteur__commune", "porteur__etablissement__bassin")
    for pk, school, commune, bassin in portages.values_list(*columns):
        places.setdefault(pk, []).append((school or "", commune, str(bassin or "")))
    return [
        FicheComparee(pk, title, *(frozenset(filter(None, names)) for names in _columns(places.get(pk, ()))))
        for pk, title in titles
    ]


def _columns(rows: Sequence[tuple[str, str, str]]) -> list[tuple[str, ...]]:
    return [tuple(row[number] for row in rows) for number in range(3)]

"""Sheets that resemble another: read in three queries, whatever their number.

Only the sheets of one semaine (an edition in an académie) are compared: 3 300 of 100 000.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accroche.actions.cycle import Etat
from accroche.actions.models import Action, ActionPorteur, DoublonEcarte
from accroche.annuaire.models import Etablissement
from accroche.campagne.models import Edition, Semaine
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.relecture.doublons import FicheComparee, Proche, Trace, alike, moved, proches, trace

#: Where a double would be held against another: what was taken back or refused is none.
STANDING = (Etat.DRAFT, Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED)
#: What a moderator may merge: see ``operations.fusion``.
MERGEABLE = (Etat.SUBMITTED, Etat.TO_COMPLETE, Etat.PUBLISHED)


@dataclass(frozen=True, slots=True)
class FicheProche:
    """A sheet that resembles another, and why."""

    action: Action
    proche: Proche
    #: somebody told the two apart, and one of them changed since: what did
    ecarte: DoublonEcarte | None = None
    moved: tuple[str, ...] = ()

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
    """The sheets of the same semaine a moderator could merge with this one, but for those told apart."""
    (mine,) = _notices([(action.pk, action.title)])
    others = Action.objects.filter(semaine=action.semaine_id, etat__in=MERGEABLE)
    return _closest(mine, others.within(access, Right.MODERATE), apart_from(action))


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
    itself = Action.objects.filter(pk=but).first() if but else None
    if itself:
        itself.title = title
    return _closest(mine, others.visible_to(access), apart_from(itself) if itself else [])


def doublons_among(actions: Sequence[Action], access: Access) -> dict[int, list[FicheProche]]:
    """The same of several sheets at once, by number; as many queries for all, but for those told apart."""
    rows = (
        Action.objects.filter(semaine__in={action.semaine_id for action in actions}, etat__in=MERGEABLE)
        .within(access, Right.MODERATE)
        .order_by("pk")
    )
    titles: dict[int, list[tuple[int, str]]] = {}
    for semaine, pk, title in rows.values_list("semaine", "pk", "title"):
        titles.setdefault(semaine, []).append((pk, title))
    close = {
        action.pk: alike(
            action.title, tuple(row for row in titles.get(action.semaine_id, ()) if row[0] != action.pk)
        )
        for action in actions
    }
    named = {action.pk: action.title for action in actions if close[action.pk]}
    named |= {pk: title for found in close.values() for pk, title in found}
    notices = {notice.number: notice for notice in _notices(sorted(named.items()))}
    in_pairs = {
        number
        for pair in DoublonEcarte.objects.of(*(action.pk for action in actions)).values_list("one", "other")
        for number in pair
    }
    held = rows.prefetch_related("portages__porteur").in_bulk(named)
    shown = {}
    for action in actions:
        settled = (
            {one.action.pk for one in apart_from(action) if not one.moved} if action.pk in in_pairs else ()
        )
        others = [notices[pk] for pk, _ in close[action.pk]]
        found = proches(notices[action.pk], others, but=settled) if others else ()
        shown[action.pk] = [FicheProche(held[one.number], one) for one in found]
    return shown


@dataclass(frozen=True, slots=True)
class Ecartee:
    """A sheet that somebody told from another, and what changed since that makes it worth asking again."""

    action: Action
    pair: DoublonEcarte
    moved: tuple[str, ...]


def apart_from(action: Action) -> list[Ecartee]:
    """The sheets told from ``action``, as it stands in memory; one query where there is none."""
    pairs = list(DoublonEcarte.objects.of(action.pk).select_related("actor"))
    rows = (
        Action.objects.select_related("semaine__academie", "semaine__edition")
        .prefetch_related("portages__porteur")
        .in_bulk([pair.beside(action.pk) for pair in pairs])
    )
    found = []
    for pair in pairs:
        other = rows.get(pair.beside(action.pk))
        if other is not None:
            ranked = sorted((action, other), key=lambda one: one.pk)
            told = moved(pair.seen, [trace_of(one) for one in ranked])
            if same_text(action, other) and not pair.same_text:
                told = (*told, "la description, la même désormais")
            found.append(Ecartee(other, pair, told))
    return found


def trace_of(action: Action) -> Trace:
    """What is compared of a sheet when it is told from another."""
    carriers = [row.porteur.uai or str(row.porteur) for row in action.portages.all()]
    return trace(action.title, carriers, action.days)


def same_text(one: Action, other: Action) -> bool:
    """Whether two sheets have the very same account."""
    return bool(one.description) and one.description == other.description


def _closest(mine: FicheComparee, others: QuerySet[Action], apart: Sequence[Ecartee]) -> list[FicheProche]:
    titles = others.exclude(pk=mine.number).order_by("pk").values_list("pk", "title")
    settled = {one.action.pk for one in apart if not one.moved}
    again = {one.action.pk: one for one in apart if one.moved}
    found = proches(mine, _notices(alike(mine.title, tuple(titles))), but=settled)
    rows = (
        Action.objects.select_related("semaine__academie", "semaine__edition")
        .prefetch_related("portages__porteur")
        .in_bulk([close.number for close in found])
    )
    shown = []
    for close in found:
        once = again.get(close.number)
        pair, changes = (once.pair, once.moved) if once else (None, ())
        shown.append(FicheProche(rows[close.number], close, pair, changes))
    return shown


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

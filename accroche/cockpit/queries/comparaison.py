"""Two editions side by side: what académies told of each, whole or one by one. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from accroche.annuaire.models import Academie
from accroche.annuaire.queries.succession import successors
from accroche.campagne.models import Edition, Semaine
from accroche.campagne.regles import Indicateur
from accroche.commun.memoire import remembered
from accroche.dossier.comptage import Decompte
from accroche.dossier.dossier import SemaineDossier
from accroche.dossier.evolution import DeuxEditions, evolution
from accroche.dossier.evolution_academies import CoteEdition, LigneAcademie, by_academie, certain
from accroche.dossier.queries.comptage import decomptes, figures_of, levels_of
from accroche.dossier.queries.dossier import semaine_dossier, with_parts

Told = list[tuple[SemaineDossier, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Two editions of a territory: who it was, who it is, and what changed.

    ``merged``: the académies of before, where they are not the one asked for; ``merged_after``: as after.
    """

    before: Edition
    after: Edition
    academie: Academie | None
    merged: tuple[str, ...]
    merged_after: bool
    evolution: DeuxEditions
    axes_before: tuple[str, ...]
    axes_after: tuple[str, ...]
    #: how many académies of the country chose axes both times, when those are the ones told of; None: all are
    axes_of: int | None
    is_there_before: bool
    is_there_after: bool

    @property
    def axes_kept(self) -> tuple[str, ...]:
        """Axes chosen both times."""
        return tuple(axe for axe in self.axes_before if axe in self.axes_after)

    @property
    def axes_left(self) -> tuple[str, ...]:
        """Axes chosen before, and no longer."""
        return tuple(axe for axe in self.axes_before if axe not in self.axes_after)

    @property
    def axes_new(self) -> tuple[str, ...]:
        """Axes that are new."""
        return tuple(axe for axe in self.axes_after if axe not in self.axes_before)


def choices(
    year_before: str, year_after: str, *, unpublished: bool = False
) -> tuple[Edition | None, Edition | None, list[Edition]]:
    """The two editions an address asks for, by default the latest two reported; and all there are.

    The earlier one comes first, whatever their order in the address; None for one that is not there.
    ``unpublished``: with those the public does not see, for who steers or reads of its own académie.
    """
    known = list(Edition.objects.all() if unpublished else Edition.objects.published())
    by_year = {edition.year: edition for edition in known}
    reported = Edition.objects.reported().values_list("year", flat=True)
    after = by_year.get(year_after) or next((by_year[year] for year in reported if year in by_year), None)
    after = after or (known[0] if known else None)
    earlier = [edition for edition in known if after and edition.year < after.year]
    before = by_year.get(year_before) or (earlier[0] if earlier else None)
    if before and after and before.year > after.year:
        before, after = after, before
    return before, after, known


@dataclass(frozen=True, slots=True)
class ComparaisonPublique:
    """Two published editions of the country, and each académie: the lines of each figure, by its code."""

    country: Comparaison
    academies: dict[str, tuple[LigneAcademie, ...]]


def compare_publicly(before: Edition, after: Edition) -> ComparaisonPublique:
    """Compare two editions as firmly as everybody may be told: what is counted and may rise is a bound."""
    return _compared_publicly(before.pk, after.pk)


@remembered
def _compared_publicly(*numbers: int) -> ComparaisonPublique:
    editions = Edition.objects.in_bulk(numbers)
    before, after = (editions[number] for number in numbers)
    was, now = _both_told(before, after, Q())
    sides = tuple(
        CoteEdition(edition.year, [one for one, _ in told], edition.is_closed)
        for edition, told in ((before, was), (after, now))
    )
    bounded = certain(sides[0], sides[1]), certain(sides[1], sides[0])
    was, now = (
        [(semaine, axes) for semaine, (_, axes) in zip(cote.semaines, told, strict=True)]
        for cote, told in zip(bounded, (was, now), strict=True)
    )
    return ComparaisonPublique(
        _compared(before, after, None, (was, now, ())), by_academie(*bounded, successors())
    )


def compare(before: Edition, after: Edition, academie: Academie | None = None) -> Comparaison:
    """Compare two editions of an académie, or of the country without one."""
    return _compared(before, after, academie, _territories(before, after, academie))


def _compared(
    before: Edition, after: Edition, academie: Academie | None, told: tuple[Told, Told, tuple[str, ...]]
) -> Comparaison:
    was, now, merged = told
    # who is followed took part both times: each is compared with itself
    merged_after = bool(merged and now) and all(one.academie in merged for one, _ in now)
    followers = {} if merged_after else successors()
    chose, among = ((was, now), None) if academie else _chose_twice(was, now, followers)
    return Comparaison(
        before=before,
        after=after,
        academie=academie,
        merged=merged,
        merged_after=merged_after,
        evolution=evolution([one for one, _ in was], [one for one, _ in now], followers),
        axes_before=_axes(chose[0]),
        axes_after=_axes(chose[1]),
        axes_of=among,
        is_there_before=bool(was),
        is_there_after=bool(now),
    )


def _territories(
    before: Edition, after: Edition, academie: Academie | None
) -> tuple[Told, Told, tuple[str, ...]]:
    if academie is None:
        return *_both_told(before, after, Q()), ()
    own = Q(academie=academie)
    was = _told(before, own)
    if was:
        return was, _told(after, own), ()
    # it did not exist yet, or did not take part: those it follows did
    followed = Q(academie__in=academie.predecessors.all())
    was = _told(before, followed)
    return was, _told(after, own) or _told(after, followed), tuple(semaine.academie for semaine, _ in was)


def _told(edition: Edition, which: Q) -> Told:
    """What the semaines of an edition tell; their sheets are counted where they are."""
    return _read([edition], which)[edition.pk]


def _both_told(before: Edition, after: Edition, which: Q) -> tuple[Told, Told]:
    """The same of two editions, in the queries of one, but for their counts."""
    found = _read([before, after], which)
    return found[before.pk], found[after.pk]


def _read(editions: list[Edition], which: Q) -> dict[int, Told]:
    rows = Semaine.objects.filter(which, edition__in=editions).select_related("academie", "edition")
    counted = {edition.pk: decomptes(edition) for edition in editions}
    told: dict[int, Told] = {edition.pk: [] for edition in editions}
    for row in with_parts(rows.order_by("academie__slug")):
        axes = tuple(kept.axe.label for kept in row.axes_retenus.all())
        told[row.edition_id].append((_with_counts(row, counted[row.edition_id]), axes))
    return told


def _with_counts(semaine: Semaine, counted: dict[int, Decompte]) -> SemaineDossier:
    return replace(
        semaine_dossier(semaine, actions=()),
        actions_figures=figures_of(semaine, Indicateur.ACTIONS, counted),
        etablissements_figures=figures_of(semaine, Indicateur.ETABLISSEMENTS, counted),
        levels=frozenset(levels_of(semaine, counted)),
    )


def _chose_twice(was: Told, now: Told, successors: dict[str, str]) -> tuple[tuple[Told, Told], int | None]:
    """Keep the académies that chose axes both times, and how many when some did not: yet is not any more."""

    def territories(told: Told) -> set[str]:
        return {successors.get(one.academie, one.academie) for one, axes in told if axes}

    before, after = territories(was), territories(now)
    both = before & after
    if not both or before == after:
        return (was, now), None

    def kept(told: Told) -> Told:
        return [row for row in told if successors.get(row[0].academie, row[0].academie) in both]

    return (kept(was), kept(now)), len(both)


def _axes(told: Iterable[tuple[SemaineDossier, tuple[str, ...]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label for _, labels in told for label in labels))

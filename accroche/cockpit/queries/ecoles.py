"""Reads of the directory for the cockpit: the same counts as the pages of coverage, and those of a past day.

Schools that carry a sheet are few and read one by one; all the others are counted by the database, from an
index. ``queries/couverture.py`` is what these counts have to agree with: the tests compare them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet

from accroche.actions.models import ARRIVED, ActionPorteur
from accroche.annuaire.models import Etablissement, EtablissementQuerySet
from accroche.annuaire.regles import TypePorteur
from accroche.cockpit.queries.cockpit import Releve
from accroche.pilotage.couverture import SCHOOLS, STATES, Avancement, Effectif, Etape, group
from accroche.pilotage.queries.couverture import BY_COMMUNE, Cadre, cadre_of

#: What a school that carries a sheet is read with.
_SCHOOL: Final = "porteur__etablissement"
_STEP = {etat: etape for etape, states in STATES.items() for etat in states}
#: The furthest step first, as :data:`STATES` has them.
_RANK = {etape: rank for rank, etape in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class EcolePorteuse:
    """A school that carries a sheet: where it is, and how far it has come."""

    number: int
    departement: int
    bassin: int | None
    kind: TypePorteur
    etape: Etape


@dataclass(frozen=True)
class Annuaire:
    """Schools on the day that is counted, those with a sheet one by one; ``departements``: None for all."""

    cadre: Cadre
    departements: tuple[int, ...] | None
    carriers: tuple[EcolePorteuse, ...]

    @property
    def expected(self) -> EtablissementQuerySet:
        """All that are open on that day, with a sheet or not."""
        found = Etablissement.objects.filter(kind__in=SCHOOLS).open_on(self.cadre.day)
        return found if self.departements is None else found.filter(departement__in=self.departements)


def annuaire(asked: Releve, today: dt.date, *, everywhere: bool = False) -> Annuaire | None:
    """The schools of the académies that are asked; None for an edition that a report told: nobody declared.

    A school stands where its furthest sheet of the edition stood on the day that is asked, whatever académie
    reads that sheet. ``everywhere``: also the schools of départements that no académie of the edition holds.
    """
    if not asked.edition.is_counted:
        return None
    cadre = cadre_of(asked.edition, asked.day or today)
    held = {one.academie_id for one in asked.semaines}
    places = tuple(number for number, holder in cadre.academies.items() if holder.pk in held)
    within = None if everywhere else places
    if asked.moment is None:
        steps: Iterable[tuple[tuple[int, int, int | None, str], Etape]] = (
            (tuple(school), _STEP[etat])
            for *school, etat in _carrying(cadre, within)
            .filter(action__etat__in=list(_STEP))
            .values_list(*_COLUMNS, "action__etat")
            .distinct()
        )
    else:
        stood = {sheet.number: _STEP[sheet.etat] for sheet in asked.dated if sheet.etat in _STEP}
        steps = (
            (tuple(school), stood[number])
            for *school, number in _carrying(cadre, within).values_list(*_COLUMNS, "action")
            if number in stood
        )
    return Annuaire(cadre, within, tuple(_furthest(steps)))


_COLUMNS: Final = tuple(f"{_SCHOOL}__{name}" for name in ("pk", "departement", "bassin", "kind"))


def _carrying(cadre: Cadre, places: tuple[int, ...] | None) -> QuerySet[ActionPorteur]:
    """The carriers of the sheets of the edition that are schools of these places, open on the day."""
    open_then = Q((f"{_SCHOOL}__opened_on", None)) | Q((f"{_SCHOOL}__opened_on__lte", cadre.day))
    open_then &= Q((f"{_SCHOOL}__closed_on", None)) | Q((f"{_SCHOOL}__closed_on__gt", cadre.day))
    kept = open_then & Q((f"{_SCHOOL}__kind__in", SCHOOLS))
    if places is not None:
        kept &= Q((f"{_SCHOOL}__departement__in", places))
    return ActionPorteur.objects.order_by().filter(ARRIVED, kept, action__semaine__edition=cadre.edition)


def _furthest(steps: Iterable[tuple[tuple[int, int, int | None, str], Etape]]) -> Iterable[EcolePorteuse]:
    found: dict[int, EcolePorteuse] = {}
    for (number, departement, bassin, kind), etape in steps:
        known = found.get(number)
        if known is None or _RANK[etape] < _RANK[known.etape]:
            found[number] = EcolePorteuse(number, departement, bassin, TypePorteur(kind), etape)
    return found.values()


def effectifs(of: Annuaire, *, by_bassin: bool = False) -> list[Effectif]:
    """Count the schools by place, kind and step; one query. Without ``by_bassin`` the bassin is left out."""
    columns = ("departement", *(("bassin",) if by_bassin else ()), "kind")
    carried = Counter(
        (school.departement, school.bassin if by_bassin else None, school.kind, school.etape)
        for school in of.carriers
    )
    with_sheet: Counter[tuple[int, int | None, TypePorteur]] = Counter()
    for (departement, bassin, kind, _), count in carried.items():
        with_sheet[departement, bassin, kind] += count
    rows = of.expected.order_by().values_list(*columns).annotate(count=Count("*"))
    found = [Effectif(*key, count) for key, count in carried.items()]
    for departement, *bassins, code, count in rows:
        key = (departement, bassins[0] if by_bassin else None, TypePorteur(code))
        if left := count - with_sheet[key]:
            found.append(Effectif(*key, Etape.NOTHING, left))
    return sorted(found, key=lambda row: (row.departement, row.bassin or 0, row.kind, row.etape))


def by_academie(of: Annuaire, rows: Iterable[Effectif]) -> Mapping[int, Avancement]:
    """The schools of each académie, by its row number."""
    held = of.cadre.academies
    return group((held[row.departement].pk, row) for row in rows if row.departement in held)


def ecoles(of: Annuaire, kinds: frozenset[TypePorteur], etapes: frozenset[Etape]) -> EtablissementQuerySet:
    """The schools of some kinds and steps, by commune and name; empty sets keep all."""
    found = of.expected
    if kinds:
        found = found.filter(kind__in=kinds)
    if etapes:
        asked = {one.number for one in of.carriers if one.etape in etapes}
        others = {one.number for one in of.carriers} - asked
        kept = ~Q(pk__in=others) if Etape.NOTHING in etapes else Q(pk__in=asked)
        found = found.filter(kept)
    return found.select_related("departement").order_by(*BY_COMMUNE)

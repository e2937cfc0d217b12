"""Finding or making the carriers and partners that contents name: one place, for one sheet or for many.

Two ways of naming them. Who types a content (:class:`Typed`) names a school by its code, and any other by its
words. A pack or a report (:class:`Told`) prints names: its mention without a code may be a school that people
recognised since, and what it tells of a place or of a kind is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from accroche.actions.saisie import PorteurSaisi
from accroche.annuaire.models import Porteur
from accroche.campagne.models import Partenaire
from accroche.commun.insertion import insert_rows


@dataclass(frozen=True, slots=True)
class Porteurs:
    """The carriers that one sheet names, in the académie of that number; ``own``: see :class:`Told`."""

    academie: int
    rows: Sequence[PorteurSaisi]
    own: bool = False


class AnyPartner(Protocol):
    """What is told of a partner, of a sheet or of a semaine."""

    @property
    def name(self) -> str: ...  # noqa: D102 - its name says it
    @property
    def kind(self) -> str: ...  # noqa: D102 - the same
    @property
    def internal(self) -> bool: ...  # noqa: D102 - the same


Partner = TypeVar("Partner", bound=AnyPartner)


class Organisations(Protocol):
    """What :class:`~accroche.actions.operations.contenu.Writer` asks."""

    def porteurs(self, named: Sequence[Porteurs]) -> list[list[int]]:
        """The numbers of the carriers of each sheet, in its order, each once."""

    def partners(self, named: Sequence[Sequence[Partner]]) -> list[list[tuple[int, Partner]]]:
        """The numbers of the partners of each sheet, in its order, each once as it is first told."""


class Typed:
    """What people type. Each is looked for once, however many sheets name it; two at once make one."""

    def __init__(self) -> None:
        """Nobody was met yet."""
        self._porteurs: dict[tuple[str | int, ...], int] = {}
        self._partners: dict[str, int] = {}

    def forget(self) -> None:
        """Look for all of them again: some were made in a transaction that failed."""
        self._porteurs.clear()
        self._partners.clear()

    def porteurs(self, named: Sequence[Porteurs]) -> list[list[int]]:
        """See :class:`Organisations`; a school is known by its code, any other by its words and académie."""
        wanted = {_key(one.academie, row): (one.academie, row) for one in named for row in one.rows}
        missing = [told for key, told in wanted.items() if key not in self._porteurs]
        if missing:
            self._look_for_porteurs(missing)
        if new := [told for told in missing if _key(*told) not in self._porteurs]:
            Porteur.objects.bulk_create(
                (
                    Porteur(
                        academie_id=academie,
                        kind=row.kind,
                        name=row.name,
                        commune=row.commune,
                        etablissement_id=row.uai or None,
                    )
                    for academie, row in new
                ),
                ignore_conflicts=True,  # one that somebody else makes at this very moment is found next
            )
            self._look_for_porteurs(new)
        return [
            list(dict.fromkeys(self._porteurs[_key(one.academie, row)] for row in one.rows)) for one in named
        ]

    def _look_for_porteurs(self, told: Iterable[tuple[int, PorteurSaisi]]) -> None:
        pairs = list(told)
        columns = ("pk", "etablissement_id", "academie_id", "kind", "name", "commune")
        if codes := [row.uai for _, row in pairs if row.uai]:
            for number, uai, *_ in Porteur.objects.filter(etablissement_id__in=codes).values_list(*columns):
                self._porteurs[uai,] = number
        if names := [row.name for _, row in pairs if not row.uai]:
            found = Porteur.objects.filter(
                academie__in={academie for academie, _ in pairs}, etablissement=None, name__in=names
            )
            for number, _, *words in found.values_list(*columns):
                self._porteurs[tuple(words)] = number

    def partners(self, named: Sequence[Sequence[Partner]]) -> list[list[tuple[int, Partner]]]:
        """See :class:`Organisations`; a partner is known by its name: of several kinds, the first written."""
        missing = [
            name
            for name in dict.fromkeys(p.name for rows in named for p in rows)
            if name not in self._partners
        ]
        if missing:
            self._look_for_partners(missing)
        if new := [name for name in missing if name not in self._partners]:
            Partenaire.objects.bulk_create(
                (Partenaire(name=name, kind="", internal=False) for name in new), ignore_conflicts=True
            )
            self._look_for_partners(new)
        return [_once((self._partners[row.name], row) for row in rows) for rows in named]

    def _look_for_partners(self, names: Sequence[str]) -> None:
        found = Partenaire.objects.filter(name__in=names).order_by("-pk")
        self._partners.update(found.values_list("name", "pk"))


#: What a file tells of where a carrier stands.
_PLACE = ("insee", "uai", "latitude", "longitude")


class Told:
    """What a pack or a report tells, in the académies ``named``, with the schools of ``codes``.

    What it tells of a carrier's place fills what is unknown. It replaces what is known only where nobody else
    wrote these fields (``Porteurs.own``), and never erases it: another sheet may know.
    """

    def __init__(self, academies: Iterable[str], codes: Iterable[str]) -> None:
        """Nobody was met yet; what the database holds is read once, when it is asked for."""
        self._academies, self._codes = frozenset(academies), frozenset(filter(None, codes))

    def porteurs(self, named: Sequence[Porteurs]) -> list[list[int]]:
        """See :class:`Organisations`."""
        new: list[Porteur] = []
        changed: dict[int, tuple[Porteur, set[str]]] = {}
        met = [[self._porteur(one, row, new, changed) for row in one.rows] for one in named]
        insert_rows(Porteur, new)
        for porteur, columns in changed.values():
            if porteur not in new:
                porteur.save(update_fields=["etablissement" if c == "uai" else c for c in sorted(columns)])
        return [list(dict.fromkeys(porteur.pk for porteur in row)) for row in met]

    def _porteur(
        self,
        one: Porteurs,
        told: PorteurSaisi,
        new: list[Porteur],
        changed: dict[int, tuple[Porteur, set[str]]],
    ) -> Porteur:
        names = (one.academie, str(told.kind), told.name, told.commune)
        porteur = self._by_uai.get(told.uai) or self._by_names.get(names)
        if porteur is None:
            porteur = Porteur(academie_id=one.academie, kind=told.kind, name=told.name, commune=told.commune)
            new.append(porteur)
        for column in _PLACE:
            held, value = getattr(porteur, column), getattr(told, column)
            if value not in (None, "", held) and (one.own or held in (None, "")):
                setattr(porteur, column, value)
                changed.setdefault(id(porteur), (porteur, set()))[1].add(column)
        self._by_names[names] = porteur
        if porteur.uai:
            self._by_uai[porteur.uai] = porteur
        return porteur

    @cached_property
    def _by_names(self) -> dict[tuple[int, str, str, str], Porteur]:
        rows = Porteur.objects.filter(academie__name__in=self._academies)
        return {(row.academie_id, row.kind, row.name, row.commune): row for row in rows}

    @cached_property
    def _by_uai(self) -> dict[str, Porteur]:
        """Schools by their code, which they keep when their académie is succeeded by another."""
        if not self._codes:
            return {}
        known = {row.pk: row for row in self._by_names.values()}
        rows = Porteur.objects.filter(etablissement_id__in=self._codes)
        return {row.uai or "": known.get(row.pk, row) for row in rows}

    def partners(self, named: Sequence[Sequence[Partner]]) -> list[list[tuple[int, Partner]]]:
        """See :class:`Organisations`; a partner is known by its name, its kind and whether it is internal."""
        wanted = {_partner_key(row) for rows in named for row in rows}
        new = [
            Partenaire(name=name, kind=kind, internal=internal)
            for name, kind, internal in sorted(wanted - self._known_partners.keys())
        ]
        insert_rows(Partenaire, new)
        self._known_partners.update({_partner_key(row): row.pk for row in new})
        return [_once((self._known_partners[_partner_key(row)], row) for row in rows) for rows in named]

    @cached_property
    def _known_partners(self) -> dict[tuple[str, str, bool], int]:
        rows = Partenaire.objects.values_list("name", "kind", "internal", "pk")
        return {(name, kind, internal): number for name, kind, internal, number in rows}


def _key(academie: int, row: PorteurSaisi) -> tuple[str | int, ...]:
    return (row.uai,) if row.uai else (academie, str(row.kind), row.name, row.commune)


def _partner_key(row: AnyPartner) -> tuple[str, str, bool]:
    return (row.name, str(row.kind), row.internal)


def _once(pairs: Iterable[tuple[int, Partner]]) -> list[tuple[int, Partner]]:
    found: dict[int, Partner] = {}
    for number, row in pairs:
        found.setdefault(number, row)
    return list(found.items())

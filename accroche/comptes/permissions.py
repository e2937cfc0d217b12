"""The one place that decides what a person may see and do.

A right is asked twice: of the queryset, with :meth:`Access.q` behind each model's ``visible_to``, and of
the object, with :meth:`Access.allows`. Both read the same scopes, made from the roles in force.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, QuerySet

from accroche.annuaire.models import Academie, Etablissement
from accroche.commun.limites import Limite
from accroche.commun.plafonds import Uses, of_network
from accroche.commun.preparees import prepared
from accroche.comptes.models import Role, User
from accroche.comptes.regles import GRANTABLE, RIGHTS, Place, Right, Scope, TypeRole
from accroche.lib.texte import comparable

NOBODY_SEES = Q(pk__in=())
EVERYBODY_SEES = ~NOBODY_SEES


@dataclass(frozen=True, slots=True)
class Lookups:
    """The paths from a model to its territories; an empty one: the model has no such territory.

    ``etablissement`` leads to the school's number; départements and bassins are reached through it
    unless given.
    """

    academie: str = ""
    etablissement: str = ""
    departement: str = ""
    bassin: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """What one person may do at one moment: where each right holds, and the sheets opened by a link.

    ``sheets``: numbers of the actions whose confirmed single-use link this visitor followed. ``left``: the
    schools this person answered for once and no longer does; a sheet belongs to its school, so having
    declared one there gives nothing any more. ``network``: where the request comes from, for limits.
    """

    user: User | None = None
    scopes: dict[Right, Scope] = field(default_factory=dict)
    kinds: frozenset[TypeRole] = frozenset()
    sheets: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()
    network: str = ""

    @property
    def is_signed_in(self) -> bool:
        """Whether this is a known person."""
        return self.user is not None

    def scope(self, right: Right) -> Scope:
        """Where ``right`` holds; nowhere when no role gives it."""
        return self.scopes.get(right, Scope())

    def has(self, right: Right) -> bool:
        """Whether ``right`` holds somewhere: enough to be shown a menu or an own list, nothing else."""
        return bool(self.scope(right))

    def allows(self, right: Right, place: Place) -> bool:
        """Whether ``right`` holds at ``place``."""
        return place.within(self.scope(right))

    def q(self, right: Right, lookups: Lookups) -> Q:
        """The condition that keeps the rows where ``right`` holds: none for who has it nowhere.

        Joins through several schools may repeat rows: ask with ``Exists`` or ``pk__in``.
        """
        scope = self.scope(right)
        if scope.france:
            return EVERYBODY_SEES
        condition = NOBODY_SEES
        school = lookups.etablissement
        departement = lookups.departement or (f"{school}__departement" if school else "")
        bassin = lookups.bassin or (f"{school}__bassin" if school else "")
        for path, numbers in (
            (lookups.academie, scope.academies),
            (departement, scope.departements),
            (bassin, scope.bassins),
            (school, scope.etablissements),
        ):
            if path and numbers:
                condition |= Q(**{f"{path}__in": numbers})
        return condition

    def counted(self, person: Limite, *network: Limite) -> Uses:
        """Against what something this visitor asks for counts: themselves, or the network of a stranger."""
        if self.user is not None:
            return [(person, str(self.user.pk))]
        return of_network(self.network, *network)

    def opening(self, sheets: Iterable[int]) -> Access:
        """The same, with ``sheets`` opened too."""
        return replace(self, sheets=self.sheets.union(sheets))

    def grantable(self) -> frozenset[TypeRole]:
        """The roles this person may give somewhere."""
        return frozenset().union(*(GRANTABLE.get(kind, frozenset()) for kind in self.kinds))


#: A visitor nobody knows.
ANONYMOUS = Access()
#: Whoever runs commands on the machine may write everywhere; a command signs with its own name.
OPERATOR = Access(scopes={right: Scope(france=True) for right in Right})


def access_of(user: User | None, at: dt.datetime, sheets: frozenset[int] = frozenset()) -> Access:
    """Return what ``user`` may do at ``at``; one query, none for a visitor nobody knows.

    Raises nothing: a role that is ended, past its end, or of an inactive person gives nothing.
    """
    if user is None or not user.is_active:
        return Access(sheets=sheets)
    held = _held(user.pk)
    roles = [role for role in held if role.is_in_force(at)]
    parts: dict[Right, list[Role]] = {}
    for role in roles:
        for right in RIGHTS[TypeRole(role.kind)]:
            parts.setdefault(right, []).append(role)
    there = {role.etablissement_id for role in roles}
    return Access(
        user=user,
        scopes={right: _scope(given) for right, given in parts.items()},
        kinds=frozenset(TypeRole(role.kind) for role in roles),
        sheets=sheets,
        left=frozenset(
            role.etablissement_id
            for role in held
            if role.etablissement_id and role.etablissement_id not in there
        ),
    )


@prepared
def _held(user: int) -> QuerySet[Role]:
    return Role.objects.filter(user=user).order_by()


def _scope(roles: list[Role]) -> Scope:
    return Scope(
        france=any(TypeRole(role.kind) in {TypeRole.NATIONAL, TypeRole.ADMINISTRATEUR} for role in roles),
        academies=frozenset(role.academie_id for role in roles if role.academie_id),
        departements=frozenset(role.departement_id for role in roles if role.departement_id),
        bassins=frozenset(role.bassin_id for role in roles if role.bassin_id),
        etablissements=frozenset(role.etablissement_id for role in roles if role.etablissement_id),
        organisations=frozenset(comparable(r.organisation.casefold()) for r in roles if r.organisation),
    )


def place_of_role(territory: Mapping[str, Any], at: dt.datetime) -> Place:
    """Where a role given as columns holds; nowhere for who has no territory: only France covers it."""
    row = Role(**territory)
    if row.etablissement:
        return place_of_school(row.etablissement, row.etablissement.academie_on(at.date()))
    if row.bassin:
        return Place(academie=row.bassin.academie_id, bassins=frozenset({row.bassin.pk}))
    if row.departement:
        academie = row.departement.academies.valid_on(at.date()).first()
        return Place(academie.pk if academie else None, departements=frozenset({row.departement.pk}))
    return Place(academie=row.academie_id)


def place_of_school(etablissement: Etablissement, academie: Academie | None) -> Place:
    """Where a school is, in the académie of the day it is asked about."""
    return Place(
        academie=academie.pk if academie else None,
        departements=frozenset({etablissement.departement_id}),
        bassins=frozenset({etablissement.bassin_id} if etablissement.bassin_id else ()),
        etablissements=frozenset({etablissement.pk}),
    )

"""Whom steering writes to: who answers for an académie, and the bureau."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from accroche.annuaire.models import Academie
from accroche.comptes.models import Role
from accroche.comptes.regles import TypeRole


def office_addresses(academie: Academie, at: dt.datetime) -> list[str]:
    """The addresses of who answers for an académie; its office's when nobody signs in for it, or none."""
    roles = Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR, academie=academie)
    found = sorted(set(roles.values_list("user__email", flat=True)))
    return found or ([academie.courriel] if academie.courriel else [])


def bureau_addresses(at: dt.datetime) -> list[str]:
    """The addresses of the national bureau."""
    roles = Role.objects.in_force(at).filter(kind=TypeRole.NATIONAL)
    return sorted(set(roles.values_list("user__email", flat=True)))


def with_account(at: dt.datetime) -> frozenset[int]:
    """The académies somebody signs in for, as row numbers."""
    roles = Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR, academie__isnull=False)
    return frozenset(roles.values_list("academie", flat=True))


def unreachable(academies: Iterable[Academie], at: dt.datetime) -> list[Academie]:
    """Those nobody can be written to."""
    known = with_account(at)
    return [one for one in academies if one.pk not in known and not one.courriel]

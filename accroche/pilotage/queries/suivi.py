"""Reads of what académies and bureau agree on between two editions, kept to the semaines that are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accroche.campagne.models import AxeRetenu, Semaine
from accroche.pilotage.binome import EtatBinome
from accroche.pilotage.models import Binome
from accroche.pilotage.queries.cockpit import Releve


@dataclass(frozen=True)
class Suivi:
    """The semaines that keep an axis, those that ask for help, and the pairs by state."""

    axes: frozenset[int]
    help: frozenset[int]
    pairs: Mapping[EtatBinome, int]


def suivi(asked: Releve) -> Suivi:
    """What the semaines that are asked have come to; two queries."""
    axes = frozenset(retained(asked).order_by().values_list("semaine", flat=True))
    states = Counter(EtatBinome(etat) for etat in pairs(asked).order_by().values_list("state", flat=True))
    return Suivi(axes, frozenset(one.pk for one in helped(asked)), states)


def retained(asked: Releve) -> QuerySet[AxeRetenu]:
    """The axes that the semaines keep."""
    return AxeRetenu.objects.filter(semaine__in=asked.numbers)


def helped(asked: Releve) -> list[Semaine]:
    """The semaines that ask for help themselves."""
    return [one for one in asked.semaines if one.help_asked]


def pairs(asked: Releve) -> QuerySet[Binome]:
    """The pairs of the edition in which an académie that is asked stands on either side."""
    here = [one.academie_id for one in asked.semaines]
    return Binome.objects.filter(Q(mentor__in=here) | Q(mentee__in=here), edition=asked.edition)

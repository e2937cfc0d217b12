"""Reads of what académies and bureau agree on between two editions, kept to the semaines that are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accroche.campagne.models import AxeRetenu, GrilleEdition, Semaine
from accroche.cockpit.queries.cockpit import Releve
from accroche.evaluation.evaluation import EtatEvaluation
from accroche.evaluation.models import Evaluation
from accroche.tutorat.binome import EtatBinome
from accroche.tutorat.models import Binome


@dataclass(frozen=True)
class Engagements:
    """The semaines that keep an axis, those that ask for help, the pairs by state, and so the grids.

    ``unbegun``: semaines whose edition uses a grid of which they have not answered anything.
    """

    axes: frozenset[int]
    help: frozenset[int]
    pairs: Mapping[EtatBinome, int]
    grids: Mapping[EtatEvaluation, int]
    unbegun: int

    @property
    def is_grid_due(self) -> bool:
        """Whether a grid is still to be answered or signed."""
        return bool(self.unbegun) or any(etat.is_open for etat in self.grids)


def suivi(asked: Releve) -> Engagements:
    """What the semaines that are asked have come to; four queries."""
    axes = frozenset(retained(asked).order_by().values_list("semaine", flat=True))
    states = Counter(EtatBinome(etat) for etat in pairs(asked).order_by().values_list("state", flat=True))
    grids = Counter(EtatEvaluation(etat) for etat in evaluations(asked).values_list("state", flat=True))
    uses = GrilleEdition.objects.filter(edition=asked.edition).exists()
    unbegun = len(asked.semaines) - sum(grids.values()) if uses else 0
    asking = frozenset(one.pk for one in helped(asked))
    return Engagements(axes, asking, states, grids, unbegun)


def evaluations(asked: Releve) -> QuerySet[Evaluation]:
    """The grids that the semaines have begun, in no order."""
    return Evaluation.objects.filter(semaine__in=asked.numbers).order_by()


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

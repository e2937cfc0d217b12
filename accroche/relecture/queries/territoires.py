"""Académies where nobody would answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition, Semaine
from accroche.commun.tri import alphabetical
from accroche.comptes.models import Role
from accroche.comptes.regles import TypeRole


@dataclass(frozen=True)
class SansModerateur:
    """An académie of an open edition without a moderator, and how many sheets wait there."""

    academie: Academie
    edition: Edition
    waiting: int


def sans_moderateur(at: dt.datetime) -> list[SansModerateur]:
    """The académies with a semaine in an open edition and no moderator in force, busiest first; one query."""
    moderated = (
        Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR, academie__isnull=False).values("academie")
    )
    # any row: the count is an annotation, which the types of a model do not know
    semaines: Iterable[Any] = (
        Semaine.objects.filter(edition__in=Edition.objects.declaring_on(timezone.localdate(at)).order_by())
        .exclude(academie__in=moderated.order_by())
        .select_related("academie", "edition")
        .annotate(waiting=Count("actions", filter=Q(actions__etat=Etat.SUBMITTED)))
        .order_by("-waiting", alphabetical("academie__name"))
    )
    return [SansModerateur(semaine.academie, semaine.edition, semaine.waiting) for semaine in semaines]

"""Reading opinions, for the national bureau."""

from __future__ import annotations

from django.db.models import Count, Q

from accroche.aide.avis import EtatAvis, Satisfaction
from accroche.aide.models import AvisSite


def counts() -> tuple[dict[EtatAvis, int], dict[Satisfaction, int]]:
    """How many opinions there are in each state, and of each satisfaction; one query."""
    found = AvisSite.objects.aggregate(
        **{one.name: Count("pk", filter=Q(handled_at__isnull=one is EtatAvis.NEW)) for one in EtatAvis},
        **{one.name: Count("pk", filter=Q(satisfaction=one)) for one in Satisfaction},
    )
    return {one: found[one.name] for one in EtatAvis}, {one: found[one.name] for one in Satisfaction}

"""Which editions have a synthesis to read."""

from __future__ import annotations

from django.db.models import Q, Sum

from accroche.actions.models import ComptageSemaine
from accroche.campagne.models import Edition, Semaine
from accroche.commun.memoire import remembered, remembered_apart
from accroche.publications.models import Synthese


@remembered_apart
def told() -> tuple[Edition, ...]:
    """The published editions an académie reported on, or with a version to read, the latest first."""
    frozen = Q(pk__in=Synthese.objects.published().order_by().values("edition"))
    reported = Q(pk__in=Edition.objects.reported().order_by().values("pk"))
    return tuple(Edition.objects.published().filter(frozen | reported).order_by("-year"))


@remembered
def readable() -> frozenset[int]:
    """The published editions whose synthesis is not empty, by their numbers: told, or with sheets."""
    counts = ComptageSemaine.objects.order_by().values("semaine_id").annotate(held=Sum("actions"))
    held = Semaine.objects.filter(pk__in=counts.filter(held__gt=0).values("semaine_id")).order_by()
    running = Edition.objects.published().filter(pk__in=held.values("edition")).order_by()
    return frozenset({*(edition.pk for edition in told()), *running.values_list("pk", flat=True)})

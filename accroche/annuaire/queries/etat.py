"""The state of the directory: what is made from it is kept in memory until this changes."""

from __future__ import annotations

from django.db.models import QuerySet

from accroche.annuaire.models import Etablissement, HistoriqueEtablissement
from accroche.commun.memoire import once
from accroche.commun.preparees import prepared


@once
def directory_state() -> tuple[int | None, int | None]:
    """What changes when the directory does: every import writes a line of history. Asked once a request."""
    return next(iter(_last_school()), None), next(iter(_last_change()), None)


@prepared
def _last_school() -> QuerySet[Etablissement, int]:
    return Etablissement.objects.order_by("-pk").values_list("pk", flat=True)[:1]


@prepared
def _last_change() -> QuerySet[HistoriqueEtablissement, int]:
    return HistoriqueEtablissement.objects.order_by("-pk").values_list("pk", flat=True)[:1]

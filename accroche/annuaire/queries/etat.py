"""The state of the directory: what is made from it is kept in memory until this changes."""

from __future__ import annotations

from django.db.models import Max

from accroche.annuaire.models import Etablissement, HistoriqueEtablissement
from accroche.commun.memoire import once


@once
def directory_state() -> tuple[int | None, int | None]:
    """What changes when the directory does: every import writes a line of history. Asked once a request."""
    rows = Etablissement.objects.aggregate(last=Max("pk"))
    history = HistoriqueEtablissement.objects.aggregate(last=Max("pk"))
    return rows["last"], history["last"]

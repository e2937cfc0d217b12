"""What an académie's headings hold, as its people said before."""

from __future__ import annotations

from accroche.annuaire.models import Academie
from accroche.imports.models import MemoireColonne


def remembered(academie: Academie) -> dict[str, str]:
    """Return the field of each heading somebody corrected."""
    rows = MemoireColonne.objects.filter(academie=academie).order_by("pk")
    return dict(rows.values_list("heading", "champ"))

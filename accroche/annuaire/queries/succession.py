"""Which académie follows which."""

from __future__ import annotations

from accroche.annuaire.models import Academie


def successors() -> dict[str, str]:
    """Who follows each académie that no longer exists, by name; those split between several follow nobody."""
    gone = Academie.objects.exclude(valid_until=None).prefetch_related("successors")
    pairs = ((one.name, list(one.successors.all())) for one in gone)
    return {name: followers[0].name for name, followers in pairs if len(followers) == 1}

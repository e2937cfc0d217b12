"""Who follows whom: académies that are no more, schools that closed."""

from __future__ import annotations

from accroche.annuaire.appariement import Heir
from accroche.annuaire.models import Academie, Etablissement, Succession

#: A chain of schools that followed each other is no longer than this.
LONGEST = 10


def successors() -> dict[str, str]:
    """Who follows each académie that no longer exists, by name; those split between several follow nobody."""
    gone = Academie.objects.exclude(valid_until=None).prefetch_related("successors")
    pairs = ((one.name, list(one.successors.all())) for one in gone)
    return {name: followers[0].name for name, followers in pairs if len(followers) == 1}


def heirs() -> dict[str, Heir]:
    """Who took the place of each school that is no more, by its UAI: the last of those that followed it."""
    told = Succession.objects.values_list(
        "uai", "since", "successeur__uai", "successeur_id", "successeur__name"
    )
    direct = {uai: Heir(heir, pk, name, since.year) for uai, since, heir, pk, name in told}
    found: dict[str, Heir] = {}
    for uai, heir in direct.items():
        last = heir
        for _ in range(LONGEST):
            if last.uai not in direct:
                # when the school itself closed is what explains, whoever took its place in the end
                found[uai] = Heir(last.uai, last.pk, last.name, heir.since)
                break
            last = direct[last.uai]
    return found


def successor_of(school: Etablissement) -> Etablissement | None:
    """The school that took the place of one that closed, when somebody told; else None."""
    heir = heirs().get(school.uai)
    return Etablissement.objects.filter(pk=heir.pk).first() if heir else None

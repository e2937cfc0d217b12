"""What the directory holds that is near a school somebody does not find in it."""

from __future__ import annotations

import datetime as dt
from typing import Final

from accroche.annuaire.models import Departement, Etablissement
from accroche.annuaire.queries.recherche import find_schools
from accroche.annuaire.recherche import words
from accroche.annuaire.regles import departement_code

#: Schools proposed: what a phone shows without losing the question.
NEAR: Final = 6
#: Schools that answer to a commune, or to a name, among which those that are near are looked for.
AMONG: Final = 100


def departement_of(postal_code: str) -> Departement | None:
    """The département of a postal code: that of the schools which have it, else what its figures say."""
    schools = Etablissement.objects.filter(postal_code=postal_code).order_by("pk")
    held = schools.select_related("departement").first()
    return (
        held.departement if held else Departement.objects.filter(code=departement_code(postal_code)).first()
    )


def near_schools(
    name: str, *, commune: str, kind: str, uai: str, departement: Departement, at: dt.date
) -> list[Etablissement]:
    """The open schools that may be the one told so, likeliest first.

    That of its UAI, those that answer to its name and commune, to its name in the département; then those of
    its commune and kind, which is what is left when the name is another than the directory's.
    """
    # a name hundreds of schools bear, a commune of several départements: those of the académie come first
    academie = departement.academies.valid_on(at).first()
    there = find_schools(commune, at=at, limit=AMONG, academie=academie)
    told = set(words(name))

    def shared(school: Etablissement) -> int:
        return len(told.intersection(words(school.name)))

    alike = sorted((one for one in there if one.kind == kind), key=shared, reverse=True)
    found = [
        *(find_schools(uai, at=at, limit=1) if uai else ()),
        *find_schools(f"{name} {commune}", at=at, limit=NEAR, academie=academie),
        *find_schools(name, at=at, limit=AMONG, academie=academie),
        *alike,
    ]
    kept = {one.pk: one for one in found if one.departement_id == departement.pk or one.uai == uai}
    still = set(Etablissement.objects.open_on(at).filter(pk__in=kept).values_list("pk", flat=True))
    return [one for one in kept.values() if one.pk in still][:NEAR]

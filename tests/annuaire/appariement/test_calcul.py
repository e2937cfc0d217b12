"""What speaks for a school, way of writing by way of writing: the sum, and the reasons a person reads.

``weighed.csv`` holds the sums, as the program gave them: « V. Hugo » is worth 0.6 less than « Victor
Hugo », a closed school 2 less than an open one. A weight that moves shows which ways of writing it
moves; whether that is better is measured as docs/appariement.md tells. Columns: the school, the
mention, its commune; then the sum of the evidence, what the name is worth, whether the commune is
known, the odds of a sibling, the reasons.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from accroche.annuaire.appariement import FormerName, Moteur, SchoolFacts
from accroche.annuaire.appariement.cadre import Cadre
from accroche.annuaire.appariement.calcul import weigh
from accroche.annuaire.appariement.mention import read
from accroche.annuaire.appariement.moteur import _at_the_end


def school(
    pk: int,
    kind: str,
    name: str,
    commune: str,
    insee: str,
    *,
    private: bool | None = None,
    former: tuple[FormerName, ...] = (),
    is_open: bool = True,
    place: tuple[float, float] | None = None,
) -> SchoolFacts:
    return SchoolFacts(
        pk=pk,
        uai=f"034{pk:04}A",
        kind=kind,
        name=name,
        commune=commune,
        insee=insee,
        departement="34",
        private=private,
        former_names=former,
        is_open=is_open,
        place=place,
    )


SCHOOLS = [
    school(1, "college", "COLLEGE VICTOR HUGO", "Sète", "34301", private=False, place=(43.40, 3.69)),
    school(2, "college", "COLLEGE PRIVE SAINTE MARIE", "Sète", "34301", private=True),
    school(3, "lycee", "LYCEE GENERAL ET TECHNOLOGIQUE VICTOR HUGO", "Sète", "34301", private=False),
    school(
        4,
        "lycee_professionnel",
        "LYCEE PROFESSIONNEL JEAN JAURES LYCEE DES METIERS DU BOIS",
        "Béziers",
        "34032",
        private=False,
        place=(43.34, 3.21),
    ),
    school(5, "college", "COLLEGE", "Mèze", "34157", private=False, place=(43.42, 3.60)),
    school(6, "ecole", "ECOLE ELEMENTAIRE ANATOLE FRANCE A", "Béziers", "34032", private=False),
    school(7, "ecole", "ECOLE MATERNELLE ANATOLE FRANCE B", "Béziers", "34032", private=False),
    school(
        8,
        "college",
        "COLLEGE FREDERIC JOLIOT CURIE",
        "Lunel-Viel",
        "34146",
        private=False,
        former=(FormerName("Collège ancien Vert Pré", 2019),),
    ),
    school(9, "college", "COLLEGE LA FONTAINE", "Clermont-l'Hérault", "34079", private=False, is_open=False),
    school(10, "ecole", "ECOLE PRIMAIRE", "Aniane", "34010", private=False),
    school(11, "ecole", "ECOLE PRIMAIRE PRIVEE", "Ganges", "34111", private=True),
    school(12, "dsden", "DSDEN de l'Hérault", "Montpellier", "34172", private=None, place=(43.61, 3.88)),
    school(13, "college", "COLLEGE PIERRE MENDES FRANCE", "Montpellier", "34172", private=False),
    school(14, "lycee", "LYCEE POLYVALENT JEAN MOULIN (EX LYCEE DU PORT)", "Pézenas", "34199", private=False),
    school(15, "lycee", "CITE SCOLAIRE RENE GOSSE", "Clermont-l'Hérault", "34079", private=False),
    school(16, "autre", "EREA JEAN JACQUES ROUSSEAU", "Montpellier", "34172", private=False),
    school(17, "ecole", "ECOLE PUBLIQUE HEGESIPPE", "Ganges", "34111", private=False),
    school(18, "college", "COLLEGE SAINT EXUPERY", "Saint-Jean-de-Védas", "34270", private=False),
]


def ways() -> list[dict[str, str]]:
    with Path(__file__).with_name("weighed.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture
def frame() -> Cadre:
    return Moteur(SCHOOLS, {"Montpellier": frozenset({"34"})}).frame("Montpellier")


@pytest.mark.parametrize("way", ways(), ids=lambda way: f"{way['mention']} | {way['commune']}")
def test_what_a_way_of_writing_is_worth(frame: Cadre, way: dict[str, str]) -> None:
    mention, commune = read(way["mention"]), way["commune"]
    said = frame.towns.find(commune) if commune else None
    position = next(i for i, entry in enumerate(frame.entries) if entry.facts.pk == int(way["school"]))
    found = weigh(frame, position, mention, said, {} if commune else _at_the_end(frame, mention))
    assert {
        **way,
        "sum": str(round(found.value, 2)),
        "name": str(round(found.named, 2)),
        "placed": "yes" if found.placed else "no",
        "sibling": str(round(found.sibling, 3)),
        "reasons": ", ".join(found.reasons),
    } == way
    assert found.position == position

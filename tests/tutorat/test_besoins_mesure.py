from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from accroche.campagne.regles import TypeTutorat
from accroche.evaluation.axes_regles import reglement_of
from accroche.evaluation.faits import faits_of
from accroche.lib.texte import slug
from accroche.tutorat.besoins import NEEDY, Besoins, besoins_of
from accroche.tutorat.besoins_mesure import mesurer, report

if TYPE_CHECKING:
    from accroche.dossier.dossier import EditionDossier

DOC = Path("docs/accompagnement.md")


@pytest.fixture(scope="module")
def besoins(pack_2015: EditionDossier) -> dict[str, Besoins]:
    regles, found = reglement_of(pack_2015.edition), {}
    for semaine in sorted(pack_2015.semaines, key=lambda one: slug(one.academie)):
        faits = faits_of(semaine)
        axes = regles.counted(faits) if faits.has_data else None
        found[semaine.academie] = besoins_of(faits, axes=axes)
    return found


def named(pack: EditionDossier, kind: TypeTutorat) -> list[str]:
    return [name for one in pack.tutorats if one.kind == kind for name in one.academies]


def test_what_the_docs_print_is_what_the_components_find(
    besoins: dict[str, Besoins], pack_2015: EditionDossier
) -> None:
    first, also = (named(pack_2015, kind) for kind in (TypeTutorat.PRIORITAIRE, TypeTutorat.POSSIBLE))
    printed = re.search(r"```figures\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
    assert printed
    assert printed.group(1).splitlines() == [*report(besoins, first, also)]
    found = mesurer(besoins, first, also)
    # the goals: three of four in front, seven of nine found
    assert len(found.in_front) >= 3
    assert len(found.found) >= 7
    assert found.by_chance < 0.01


def test_ties_are_in_front_together_and_chance_finds_its_share(besoins: dict[str, Besoins]) -> None:
    names = [*besoins]
    everybody = mesurer(besoins, names[:2], names[2:4], needy=0)
    assert everybody.proposed == tuple(names)
    assert everybody.by_chance == 1
    assert not everybody.missed
    nobody = mesurer(besoins, [], [], needy=NEEDY)
    assert nobody.front == ()
    assert nobody.extra == nobody.proposed

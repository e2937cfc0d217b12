"""What became of the axes of the edition before, by the facts of both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import Alliances, CodeAxe, StatutSemaine
from accroche.dossier.dossier import AxeRetenu, PartenaireDossier, SemaineDossier
from accroche.evaluation.axes_regles import REGLEMENTS
from accroche.evaluation.axes_suivi import MESURES, AxeSuivi, devenirs
from accroche.evaluation.faits import faits_of
from accroche.lib.chiffres import parse

pytestmark = pytest.mark.any_database

REGLES = REGLEMENTS[0]
BEFORE = SemaineDossier(
    "Caen",
    (),
    1,
    StatutSemaine.REPORTED,
    levels=frozenset({Niveau.LYCEE}),
    actions_figures=parse("22"),
    etablissements_figures=parse("Une trentaine"),
    alliances=Alliances.INTERNES,
    axes=(AxeRetenu("partenaires", "Ouvrir le comité."), AxeRetenu("niveaux"), AxeRetenu("animation")),
)
AFTER = replace(
    BEFORE,
    academie="Normandie",
    axes=(),
    alliances=Alliances.INTERNES_EXTERNES,
    etablissements_figures=parse("Plus de 80"),
    partners=(PartenaireDossier("Région", "collectivite"),),
)


def became(before: list[SemaineDossier], after: SemaineDossier) -> dict[str, AxeSuivi]:
    told = [(one, faits_of(one)) for one in before]
    return {one.code: one for one in devenirs(told, (after, faits_of(after)), REGLES, REGLES)}


def test_each_axis_is_told_by_its_own_figures_as_firmly_as_they_allow() -> None:
    found = became([BEFORE], AFTER)
    assert list(found) == ["partenaires", "niveaux", "animation"]
    assert [(one.then, one.now) for one in found.values()] == [(True, False), (False, True), (True, False)]
    assert found["partenaires"].details == (("Caen", "Ouvrir le comité."),)
    (schools, *_) = found["animation"].mesures
    assert (schools.before, schools.after) == ("environ 30", "au moins 80")
    assert schools.phrase.startswith("au moins ")
    (levels,) = found["niveaux"].mesures
    assert (levels.before, levels.phrase) == ("", "les mêmes")


@pytest.mark.parametrize(
    ("then", "now", "phrase"),
    [
        (True, True, "serait encore proposé"),
        (False, True, "serait proposé"),
        (True, False, "n’est plus proposé"),
        (False, False, "ne le proposent pas"),
        (None, False, "ne le proposent pas"),
        (True, None, "ne sont pas encore connus"),
    ],
)
def test_what_the_rules_say_is_a_sentence(*, then: bool | None, now: bool | None, phrase: str) -> None:
    assert phrase in AxeSuivi("niveaux", (), then, now, ()).phrase


def test_what_nobody_told_yet_is_no_news() -> None:
    empty = SemaineDossier("Normandie", (), None, StatutSemaine.PREPARING)
    found = became([BEFORE], empty)
    assert {one.now for one in found.values()} == {None}


def test_the_axes_of_two_academies_that_merged_are_told_together() -> None:
    rouen = replace(
        BEFORE, academie="Rouen", axes=(AxeRetenu("niveaux", "Les écoles."), AxeRetenu("recensement"))
    )
    found = became([BEFORE, rouen], AFTER)
    assert list(found) == ["partenaires", "niveaux", "animation", "recensement"]
    assert found["niveaux"].details == (("Caen", ""), ("Rouen", "Les écoles."))


def test_every_axis_has_something_to_be_told_by() -> None:
    assert set(MESURES) == set(CodeAxe)

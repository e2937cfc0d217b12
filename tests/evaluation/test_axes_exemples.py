"""Whom to look at for an axis: who does the contrary and has something to open, never a ranking."""

from __future__ import annotations

import pytest

from accroche.campagne.regles import CodeAxe, StatutSemaine
from accroche.dossier.dossier import EditionDossier, RessourceDossier, SemaineDossier
from accroche.evaluation.axes_exemples import CONTRAIRES, MOST_EXAMPLES, exemples
from accroche.evaluation.axes_regles import REGLEMENTS
from accroche.evaluation.faits import Faits, faits_of

pytestmark = pytest.mark.any_database

KIT = RessourceDossier("Dossier de presse", "dossier_presse", "https://www.ac-dijon.fr/dossier")
MAP = RessourceDossier("Carte", "carte", "https://www.ac-dijon.fr/carte")
HIDDEN = RessourceDossier("Film", "film", "https://www.ac-dijon.fr/film", published=False)
NO_ADDRESS = RessourceDossier("Site", "site")


def told(name: str, *ressources: RessourceDossier) -> SemaineDossier:
    return SemaineDossier(name, (), None, StatutSemaine.REPORTED, ressources=ressources)


def others(*semaines: SemaineDossier, year: str = "2026-2027") -> list[tuple[str, SemaineDossier, Faits]]:
    return [(year, one, faits_of(one)) for one in semaines]


def test_an_academie_is_shown_with_what_it_published_the_aptest_first() -> None:
    (found,) = exemples("valorisation", others(told("Caen", MAP, KIT, HIDDEN, NO_ADDRESS), told("Lyon", MAP)))
    assert (found.academie, found.year, found.ressources) == ("Caen", "2026-2027", (KIT, MAP))
    assert exemples("valorisation", others(told("Caen", KIT)), but=["Caen"]) == ()
    assert exemples("recensement", others(told("Caen", KIT))) == ()
    assert exemples("inconnu", others(told("Caen", KIT))) == ()


def test_an_academie_is_shown_once_by_its_latest_edition() -> None:
    earlier = others(told("Caen", KIT), year="2025-2026")
    found = exemples("valorisation", [*others(told("Caen", KIT)), *earlier])
    assert [one.year for one in found] == ["2026-2027"]


def test_a_few_are_shown_alphabetically() -> None:
    names = ("Étampes", "Zola", "Aix", "Metz", "Brest")
    found = exemples("valorisation", others(*(told(name, KIT) for name in names)))
    assert [one.academie for one in found] == ["Aix", "Brest", "Étampes"]
    assert len(found) == MOST_EXAMPLES
    found = exemples("valorisation", others(*(told(name, KIT) for name in names)), after="Étampes")
    assert [one.academie for one in found] == ["Metz", "Zola", "Aix"], "not the same for everybody"


def test_every_axis_has_its_contrary_and_whoever_is_shown_is_not_advised_it(
    pack_2015: EditionDossier,
) -> None:
    rows = others(*pack_2015.semaines, year="2015-2016")
    facts = {one.academie: faits for _, one, faits in rows}
    assert set(CONTRAIRES) == set(CodeAxe)
    shown = {code: exemples(code, rows) for code in CodeAxe}
    # in 2015-2016 nobody said that all bassins were called
    assert {code for code in CodeAxe if not shown[code]} == {CodeAxe.DEPLOIEMENT}
    for code in (CodeAxe.VALORISATION, CodeAxe.PARTENAIRES, CodeAxe.NIVEAUX, CodeAxe.STRUCTURATION):
        for one in shown[code]:
            clause = REGLEMENTS[-1].fired(facts[one.academie]).get(code)
            assert clause is None or "avec" in clause.code, (code, one.academie)
            assert all(ressource.published and ressource.url for ressource in one.ressources)

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import Obstacle, StatutSemaine, TypeRessource
from accroche.evaluation.faits import Annonce, Faits, Fiches
from accroche.lib.chiffres import Kind
from accroche.lib.texte import slug
from accroche.pilotage.couverture import Avancement
from accroche.tutorat.besoins import (
    NEEDY,
    Besoins,
    CodeBesoin,
    Composante,
    EtatBesoin,
    Evolution,
    MotifAppui,
    besoins_of,
    evolution,
)
from accroche.tutorat.forces import capacity_of, forces_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from accroche.dossier.dossier import EditionDossier

#: A semaine where nothing asks for help.
WELL = Faits(
    ordinal=3,
    levels=frozenset(Niveau),
    actions=Annonce(50, Kind.EXACT),
    etablissements=Annonce(40, Kind.EXACT),
    events=3,
    published={TypeRessource.SITE: 1, TypeRessource.CARTE: 1},
    resources=2,
    resources_public=2,
    partners_external=4,
    fiches=Fiches(count=50),
    obstacle=Obstacle.AUCUN,
)
NC = Annonce(None, Kind.NOT_COMMUNICATED)


def state(faits: Faits, code: CodeBesoin, **more: Any) -> tuple[EtatBesoin, str]:
    found = next(one for one in besoins_of(faits, **more).composantes if one.code is code)
    return found.etat, found.evidence


@pytest.mark.parametrize("module", ["besoins", "forces", "appariement", "proposition"])
def test_no_rule_names_an_academie_nor_reads_who_was_accompanied(
    module: str, pack_2015: EditionDossier
) -> None:
    code = Path(f"accroche/tutorat/{module}.py").read_text("utf-8").lower()
    names = {semaine.academie.lower() for semaine in pack_2015.semaines}
    assert not [word for word in (*names, *map(slug, names)) if f'"{word}"' in code]
    for word in ("tutorats", "narrative", "citation_", "objectifs", "sponsor", "committee"):
        assert word not in code, word


P, A, U = EtatBesoin.PRESENT, EtatBesoin.ABSENT, EtatBesoin.INCONNU


@pytest.mark.parametrize(
    ("code", "change", "expected", "said"),
    [
        (CodeBesoin.DONNEES, {}, A, "rendu compte"),
        (CodeBesoin.DONNEES, {"status": StatutSemaine.UNAVAILABLE}, P, "pas disponibles"),
        (CodeBesoin.CHIFFRES, {"actions": NC}, A, "l’autre est N.C."),
        (CodeBesoin.CHIFFRES, {"actions": NC, "etablissements": NC}, P, "N.C."),
        (CodeBesoin.CHIFFRES, {"actions": NC, "etablissements": Annonce(None, Kind.ALL)}, A, "l’autre"),
        (CodeBesoin.COUVERTURE, {"etablissements": Annonce(9, Kind.EXACT)}, P, "9 écoles et établissements"),
        (CodeBesoin.COUVERTURE, {"etablissements": Annonce(10, Kind.EXACT)}, A, "10 écoles"),
        (CodeBesoin.COUVERTURE, {"etablissements": Annonce(None, Kind.ALL)}, A, "Toutes"),
        (CodeBesoin.COUVERTURE, {"etablissements": NC}, U, "pas communiqué"),
        (CodeBesoin.COUVERTURE, {"coverage": {Niveau.LYCEE: Avancement(91, 0, 0, 9)}}, P, "9 % "),
        (CodeBesoin.COUVERTURE, {"coverage": {Niveau.LYCEE: Avancement(90, 0, 5, 5)}}, A, "10 % "),
        (CodeBesoin.ACTIONS, {"actions": Annonce(1, Kind.EXACT)}, P, "1 action, moins de dix."),
        (CodeBesoin.ACTIONS, {"actions": Annonce(10, Kind.AT_LEAST)}, A, "10 actions."),
        (CodeBesoin.ACTIONS, {"actions": NC}, U, "pas communiqué"),
        (CodeBesoin.PREMIERE, {"ordinal": 1}, P, "première"),
        (CodeBesoin.PREMIERE, {"ordinal": None}, U, "On ne sait pas"),
        (CodeBesoin.NIVEAUX, {"levels": frozenset()}, U, "Aucun niveau n’est précisé"),
        (CodeBesoin.NIVEAUX, {"levels": frozenset({Niveau.LYCEE})}, P, "Absents : premier degré, collège"),
        (CodeBesoin.PARTENAIRES, {"partners_external": 0}, P, "Aucun"),
        (CodeBesoin.PARTENAIRES, {"alliances": "internes"}, P, "restent dans"),
        (CodeBesoin.PARTENAIRES, {"alliances": "surtout_internes"}, A, "4 partenaires"),
        (CodeBesoin.PARTENAIRES, {"partners_external": 0, "alliances": "internes_externes"}, A, "dépassent"),
        (CodeBesoin.PARTENAIRES, {"partners_external": 0, "alliances": "nc"}, P, "Aucun"),
        (CodeBesoin.RESSOURCES, {"resources_public": 0}, P, "Aucune"),
        (CodeBesoin.VISIBILITE, {"published": {TypeRessource.CARTE: 1}}, P, "Ni dossier de presse"),
        (CodeBesoin.VISIBILITE, {}, A, "En ligne : site."),
        (CodeBesoin.TEMPS_FORTS, {"events": 0}, P, "Aucun"),
        (CodeBesoin.OBSTACLE, {"obstacle": "moyens"}, P, "obstacle"),
        (CodeBesoin.OBSTACLE, {"obstacle": "", "staff_strain": "intenable"}, P, "intenable"),
        (CodeBesoin.OBSTACLE, {"obstacle": "", "staff_strain": "tendue"}, A, "pas signalé"),
        (CodeBesoin.OBSTACLE, {"obstacle": ""}, U, "sans réponse"),
    ],
)
def test_each_component_says_what_it_rests_on(
    code: CodeBesoin, change: dict[str, Any], expected: EtatBesoin, said: str
) -> None:
    found, evidence = state(replace(WELL, **change), code)
    assert found is expected
    assert said in evidence


@pytest.mark.parametrize(
    ("more", "code", "expected"),
    [
        ({"axes": {"a", "b", "c"}}, CodeBesoin.AXES, P),
        ({"axes": {"a", "b"}}, CodeBesoin.AXES, A),
        ({}, CodeBesoin.AXES, U),
        ({"has_account": False}, CodeBesoin.COMPTE, P),
        ({"has_account": True}, CodeBesoin.COMPTE, A),
        ({}, CodeBesoin.COMPTE, U),
    ],
)
def test_what_is_told_beside_the_facts(more: dict[str, Any], code: CodeBesoin, expected: EtatBesoin) -> None:
    assert state(WELL, code, **more)[0] is expected


def test_absent_data_are_a_state_of_their_own() -> None:
    found = besoins_of(Faits(status=StatutSemaine.UNAVAILABLE, obstacle=Obstacle.MOYENS), has_account=False)
    assert found.present == (CodeBesoin.DONNEES, CodeBesoin.COMPTE, CodeBesoin.OBSTACLE)
    assert {one.etat for one in found.composantes if one.code not in found.present} == {U}
    assert found.motif is MotifAppui.DONNEES
    # nothing is known: whatever a mentor does well may serve
    assert set(found.weights) == set(CodeBesoin)


def test_a_semaine_that_is_being_prepared_is_not_judged() -> None:
    found = besoins_of(Faits(status=StatutSemaine.PREPARING, actions=NC, etablissements=NC))
    assert found.present == ()
    assert found.motif is MotifAppui.AUCUN


def needing(count: int, asked: bool | None = None) -> Besoins:
    return Besoins(
        tuple(Composante(code, P if n < count else A, "") for n, code in enumerate([*CodeBesoin][1:])), asked
    )


def test_help_is_proposed_to_who_asks_or_meets_several() -> None:
    assert [needing(n).motif.is_to_help for n in (0, NEEDY - 1, NEEDY)] == [False, False, True]
    assert needing(0, asked=True).motif is MotifAppui.DEMANDE
    assert needing(9, asked=False).motif is MotifAppui.DECLINE
    assert not MotifAppui.DECLINE.is_to_help
    assert set(needing(3).weights.values()) == {1.0}


def test_the_trend_tells_what_came_stayed_and_went() -> None:
    before = besoins_of(replace(WELL, ordinal=1, events=0, resources_public=0))
    now = besoins_of(replace(WELL, events=0, partners_external=0))
    assert evolution(before, now) == {
        CodeBesoin.PREMIERE: Evolution.LEVE,
        CodeBesoin.PARTENAIRES: Evolution.APPARU,
        CodeBesoin.RESSOURCES: Evolution.LEVE,
        CodeBesoin.TEMPS_FORTS: Evolution.RESTE,
    }
    assert evolution(None, now) == {}
    # what nobody knew before is neither new nor gone
    unknown = besoins_of(Faits(status=StatutSemaine.UNAVAILABLE))
    assert evolution(unknown, now) == {CodeBesoin.DONNEES: Evolution.LEVE}


def test_a_strength_asks_for_more_than_no_need() -> None:
    found = forces_of(WELL, axes=["a"], has_account=True)
    assert set(found) == set(CodeBesoin)
    assert found[CodeBesoin.PREMIERE] == "Elle en est à sa troisième semaine."
    middling = replace(
        WELL,
        ordinal=1,
        actions=Annonce(29, Kind.EXACT),
        etablissements=Annonce(29, Kind.EXACT),
        levels=frozenset({Niveau.LYCEE}),
        partners_external=2,
        events=1,
        published={TypeRessource.CARTE: 4},
        obstacle=Obstacle.UNKNOWN,
    )
    assert set(forces_of(middling, axes=["a", "b"])) == {CodeBesoin.DONNEES, CodeBesoin.CHIFFRES}
    assert forces_of(replace(middling, status=StatutSemaine.UNAVAILABLE)) == {}


@pytest.mark.parametrize(
    ("offer", "needs", "forces", "expected"),
    [
        (None, 0, 4, 1),
        (None, 0, 3, 0),
        (None, NEEDY, 9, 0),
        (0, 0, 9, 0),
        (3, NEEDY, 0, 3),
        (9, 0, 9, 3),
    ],
)
def test_how_many_it_could_accompany(offer: int | None, needs: int, forces: int, expected: int) -> None:
    codes: Collection[CodeBesoin] = [*CodeBesoin][:forces]
    assert (
        capacity_of(replace(WELL, mentor_offer=offer), needing(needs), dict.fromkeys(codes, "")) == expected
    )

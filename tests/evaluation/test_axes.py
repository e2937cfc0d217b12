"""The rules that suggest axes: each clause and guard, and that nothing else than facts moves them."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.annuaire.regles import Niveau
from accroche.campagne.regles import (
    Alliances,
    Appel,
    CodeAxe,
    Portage,
    StatutSemaine,
    TypeMedia,
    TypeRessource,
)
from accroche.dossier.dossier import EditionDossier
from accroche.evaluation.axes import Reglement
from accroche.evaluation.axes_regles import REGLEMENTS, reglement_of
from accroche.evaluation.faits import Annonce, Faits, Fiches, faits_of
from accroche.lib.chiffres import Kind
from tests.strictness import ROOT

pytestmark = pytest.mark.any_database

REGLES = REGLEMENTS[-1]

#: A semaine that nothing is suggested to: each test changes what it is about.
QUIET = Faits(
    ordinal=1,
    windows=1,
    days=5,
    levels=frozenset(Niveau),
    actions=Annonce(80, Kind.EXACT),
    etablissements=Annonce(60, Kind.EXACT),
    events=1,
    published={TypeRessource.SITE: 1, TypeRessource.CARTE: 1},
    resources=2,
    resources_public=2,
    alliances=Alliances.INTERNES_EXTERNES,
    portage=Portage.LES_DEUX,
    fiches=Fiches(count=4, with_support=4),
)
FEW = Annonce(9, Kind.EXACT)
UNTOLD: dict[str, object] = {"portage": Portage.UNKNOWN, "alliances": Alliances.UNKNOWN}
SEEN = {TypeRessource.DOSSIER_PRESSE: 1}


CASES: list[tuple[dict[str, object], list[str]]] = [
    ({}, []),
    ({"days": 1}, ["structuration.jour"]),
    ({"windows": 2, "days": 10}, ["structuration.periodes"]),
    ({"etablissements": FEW}, ["animation.peu", "valorisation.avec_animation"]),
    ({"etablissements": Annonce(10, Kind.EXACT)}, []),
    ({"etablissements": Annonce(9, Kind.MORE_THAN, at_least=True)}, []),
    ({"etablissements": Annonce(None, Kind.NOT_COMMUNICATED), "events": 0}, []),
    (
        {"etablissements": Annonce(49, Kind.ABOUT), "events": 0},
        ["animation.sans_temps_fort", "valorisation.avec_animation"],
    ),
    ({"etablissements": Annonce(50, Kind.EXACT), "events": 0}, []),
    ({"published": {TypeRessource.CARTE: 1}}, ["valorisation.rien_a_voir"]),
    ({"published": {}, "unpublished": {TypeRessource.VIDEO: 1}}, ["valorisation.rien_a_voir"]),
    ({"published": {TypeRessource.CARTE: 1}, "medias": {TypeMedia.RADIO: 1}}, ["valorisation.rien_a_voir"]),
    ({"published": {TypeRessource.CARTE: 1}, "medias_linked": 1}, []),
    ({"alliances": Alliances.INTERNES}, ["partenaires.alliances"]),
    ({"alliances": Alliances.SURTOUT_INTERNES}, ["partenaires.alliances"]),
    ({"portage": Portage.PORTEURS}, ["partenaires.portage"]),
    ({"portage": Portage.PORTEURS, "alliances": Alliances.NC}, []),
    (UNTOLD | {"partners_external": 4}, ["partenaires.peu"]),
    (UNTOLD | {"partners_external": 5}, []),
    ({"levels": frozenset({Niveau.LYCEE})}, ["niveaux.premier_degre"]),
    ({"levels": frozenset()}, []),
    (
        {"levels": frozenset({Niveau.LYCEE}), "etablissements": FEW},
        ["animation.peu", "valorisation.avec_animation"],
    ),
    ({"levels": frozenset({Niveau.LYCEE}), "etablissements": Annonce(), "actions": Annonce()}, []),
    (
        {"alliances": Alliances.INTERNES, "published": {TypeRessource.RECENSEMENT: 1, TypeRessource.SITE: 1}},
        ["partenaires.alliances", "dynamique.recensement"],
    ),
    (
        {"alliances": Alliances.INTERNES, "published": SEEN | {TypeRessource.CARTE: 1}},
        ["partenaires.alliances", "dynamique.dossier_presse"],
    ),
    (
        {"alliances": Alliances.INTERNES, "published": {TypeRessource.RECENSEMENT: 1}},
        ["valorisation.rien_a_voir", "partenaires.alliances"],
    ),
    ({"appel": Appel.CERTAINS, "bassins": 2}, ["deploiement.certains"]),
    ({"appel": Appel.TOUS}, []),
    ({"ordinal": 3}, ["consolidation.installee"]),
    ({"ordinal": 3, "published": {TypeRessource.CARTE: 1}}, ["valorisation.rien_a_voir"]),
    ({"ordinal": 3, "alliances": Alliances.NC}, []),
    ({"published": {TypeRessource.SITE: 1}}, ["recensement.sans_liste"]),
    ({"fiches": Fiches(count=4, with_support=1)}, ["valorisation_projet.fiches"]),
    ({"fiches": Fiches(count=4, with_support=2)}, []),
    ({"fiches": Fiches(count=4, told=True)}, ["valorisation_projet.rapport"]),
    ({"status": StatutSemaine.UNAVAILABLE, "days": 1}, []),
]
QUESTIONS = [change for change, _ in CASES]


@pytest.mark.parametrize(
    ("fiches", "words"),
    [
        (Fiches(count=4), "Aucune des 4\xa0fiches n’a de partenaire extérieur"),
        (Fiches(count=4, with_external=1), "1 des 4\xa0fiches a un partenaire extérieur"),
        (Fiches(count=1), "La seule fiche n’a pas de partenaire extérieur"),
    ],
)
def test_sheets_with_a_partner_are_told_in_french(fiches: Fiches, words: str) -> None:
    suggestions = REGLES.suggest(replace(QUIET, fiches=fiches, alliances=Alliances.INTERNES))
    assert words in [proof.text for one in suggestions for proof in one.evidence]


@pytest.mark.parametrize(("change", "clauses"), CASES)
def test_each_clause_speaks_when_it_should(change: dict[str, object], clauses: list[str]) -> None:
    suggestions = REGLES.suggest(replace(QUIET, **change))  # type: ignore[arg-type]
    assert [one.clause for one in suggestions] == clauses


def test_a_suggestion_tells_why_and_what_shows_it() -> None:
    (first, *_) = REGLES.suggest(replace(QUIET, etablissements=Annonce(3, Kind.ABOUT)))
    assert first.axe is CodeAxe.ANIMATION
    assert first.reason == "Environ 3\xa0écoles et établissements seulement ont pris part à la semaine."
    assert [one.text for one in first.evidence] == [
        "Environ 3\xa0écoles et établissements",
        "1\xa0temps fort",
    ]


def test_every_suggestion_of_the_edition_has_its_reason_and_evidence(pack_2015: EditionDossier) -> None:
    for semaine in pack_2015.semaines:
        for one in REGLES.suggest(faits_of(semaine)):
            assert one.reason.endswith("."), one
            assert one.evidence, one
            assert semaine.academie not in one.reason


def test_what_is_to_be_considered_comes_last_and_is_not_counted(pack_2015: EditionDossier) -> None:
    aside = {CodeAxe.RECENSEMENT, CodeAxe.VALORISATION_PROJET}
    for semaine in pack_2015.semaines:
        faits = faits_of(semaine)
        found = REGLES.suggest(faits)
        assert [one.counted for one in found] == sorted((one.counted for one in found), reverse=True)
        assert {one.axe for one in found if not one.counted} <= aside
        assert REGLES.counted(faits) == {one.axe for one in found if one.counted}


def test_names_prose_citations_and_tutoring_change_nothing(pack_2015: EditionDossier) -> None:
    semaines = list(pack_2015.semaines)
    names = [one.academie for one in (*semaines[7:], *semaines[:7])]
    for semaine, name in zip(semaines, names, strict=True):
        bare = replace(
            semaine,
            academie=name,
            title="",
            themes=(),
            pilot="",
            sponsor="",
            committee="",
            funding="",
            narrative="",
            partners_narrative="",
            examples_note="",
            axes=(),
            actions_figures=tuple(
                replace(f, note="", source="", perimeter="") for f in semaine.actions_figures
            ),
            temps_forts=tuple(replace(one, title="", place="", summary="") for one in semaine.temps_forts),
            ressources=tuple(replace(one, title="", url="") for one in semaine.ressources),
            partners=tuple(replace(one, name="") for one in semaine.partners),
            actions=tuple(
                replace(one, title="", description="", porteurs=(), prize="") for one in semaine.actions
            ),
        )
        assert REGLES.suggest(faits_of(bare)) == REGLES.suggest(faits_of(semaine)), semaine.academie


faits = st.builds(
    Faits,
    status=st.sampled_from(StatutSemaine),
    ordinal=st.none() | st.integers(1, 9),
    windows=st.integers(0, 3),
    days=st.integers(0, 9),
    levels=st.frozensets(st.sampled_from(Niveau)),
    etablissements=st.builds(Annonce, st.none() | st.integers(0, 90), st.none() | st.sampled_from(Kind)),
    events=st.integers(0, 2),
    published=st.dictionaries(st.sampled_from(TypeRessource), st.just(1)),
    alliances=st.sampled_from(Alliances),
    portage=st.sampled_from(Portage),
    appel=st.sampled_from(Appel),
)


@given(faits, st.integers(0, 5))
def test_suggestions_are_always_readable(facts: Faits, bassins: int) -> None:
    found = REGLES.suggest(replace(facts, bassins=bassins))
    assert len({one.axe for one in found}) == len(found)
    assert all(one.reason.endswith(".") and one.evidence for one in found)
    assert not found or facts.has_data


def test_the_rules_of_an_edition_are_the_latest_that_serve_it() -> None:
    assert reglement_of("1999-2000") is REGLEMENTS[0]
    assert reglement_of("2015-2016") is REGLEMENTS[0]
    assert [one.version for one in REGLEMENTS] == list(range(1, len(REGLEMENTS) + 1))
    assert [one.since for one in REGLEMENTS] == sorted(one.since for one in REGLEMENTS)


#: A version that an edition has used is never changed: write the next one instead.
FINGERPRINTS = {1: "676b52780c903252"}


@pytest.mark.parametrize("regles", REGLEMENTS)
def test_a_version_never_changes(regles: Reglement) -> None:
    told = [(one.code, one.words) for one in regles.conditions()]
    pairs = product(QUESTIONS, repeat=2)
    answers = [[one.clause for one in regles.suggest(replace(QUIET, **a | b))] for a, b in pairs]  # type: ignore[arg-type]
    found = hashlib.sha256(json.dumps([told, answers]).encode()).hexdigest()[:16]
    assert FINGERPRINTS[regles.version] == found


def test_codes_are_unique_and_named_after_their_axis() -> None:
    codes = [one.code for one in REGLES.conditions()]
    assert len(set(codes)) == len(codes)
    for regle in REGLES.regles:
        assert {one.code.split(".")[0] for one in (*regle.clauses, *regle.guards)} == {regle.axe.value}
    assert {regle.axe for regle in REGLES.regles} == set(CodeAxe)


def test_the_documentation_tells_every_rule() -> None:
    told = (ROOT / "docs" / "axes.md").read_text("utf-8")
    rows = re.findall(r"^\| (\*?)([a-z_]+)\*? \|.*\|$", told, re.MULTILINE)
    named = [(code, not aside) for aside, code in rows if code in set(CodeAxe)]
    assert named == [(regle.axe, regle.counted) for regle in REGLES.regles]

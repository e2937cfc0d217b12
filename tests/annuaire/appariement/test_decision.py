"""From evidence to a decision: the thresholds, each from just above and just below, and people's answers."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import pytest

from accroche.annuaire.appariement import (
    Candidate,
    Decision,
    Heir,
    Match,
    Moteur,
    Remembered,
    SchoolFacts,
    answer_key,
    together,
)
from accroche.annuaire.appariement.cadre import Cadre
from accroche.annuaire.appariement.calcul import Weighed, _near
from accroche.annuaire.appariement.decision import NOT_HELD, decided
from accroche.annuaire.appariement.mention import read
from accroche.annuaire.appariement.trouve import NOTHING

HUGO, ZOLA, GOSSE = "0340001A", "0340002A", "0340003A"


def school(pk: int, kind: str, name: str, *, place: tuple[float, float] | None = None) -> SchoolFacts:
    return SchoolFacts(
        pk=pk,
        uai=f"034{pk:04}A",
        kind=kind,
        name=name,
        commune=f"Ville {'abcdefghijkl'[pk] * 4}",
        insee=f"340{pk:02}",
        departement="34",
        place=place,
    )


@pytest.fixture
def moteur() -> Moteur:
    return Moteur(
        [
            school(1, "college", "COLLEGE VICTOR HUGO", place=(43.0, 3.0)),
            school(2, "college", "COLLEGE EMILE ZOLA", place=(43.1, 3.0)),
            school(3, "lycee", "CITE SCOLAIRE RENE GOSSE", place=(43.0, 3.148)),
            school(4, "lycee", "LYCEE JEAN MOULIN", place=(43.0, 3.147)),
            school(5, "ecole", "ECOLE JULES FERRY"),
            school(6, "dsden", "DSDEN"),
            school(7, "college", "COLLEGE GEORGE SAND", place=(43.108, 3.0)),
        ],
        {"Montpellier": frozenset({"34"}), "Lyon": frozenset({"69"})},
    )


@pytest.fixture
def frame(moteur: Moteur) -> Cadre:
    return moteur.frame("Montpellier")


def weighed(
    odds: float, *, position: int = 0, named: float = 1.0, placed: bool = True, sibling: float = 0.0
) -> Weighed:
    return Weighed(position, math.log(odds), named, placed, sibling, ("même nom", "même commune"))


def odds_of(score: float) -> float:
    """The odds that alone give a score, against « held by nobody »."""
    return NOT_HELD * score / (1 - score)


@pytest.mark.parametrize(
    ("score", "decision"),
    [
        (0.8501, Decision.AUTO),
        (0.8499, Decision.TO_REVIEW),
        (0.0051, Decision.TO_REVIEW),
        (0.0049, Decision.NONE),
    ],
)
def test_the_score_decides(frame: Cadre, score: float, decision: Decision) -> None:
    match = decided(frame, read("Collège Hugo"), [weighed(odds_of(score))])
    assert match.decision is decision
    if decision is not Decision.NONE:
        assert match == Match((Candidate(HUGO, 1, score, "même nom, même commune", named=True),), decision)
        assert (match.score, match.uais) == (score, (HUGO,))
    else:
        assert match == NOTHING
        assert (match.score, match.uais) == (0.0, ())


def test_candidates_share_the_odds_and_a_sibling_nobody_holds_takes_its_part(frame: Cadre) -> None:
    mention = read("Collège Hugo")
    two = decided(frame, mention, [weighed(0.6), weighed(0.35, position=1)])
    assert [(one.uai, one.score) for one in two.candidates] == [(HUGO, 0.6), (ZOLA, 0.35)]
    with_sibling = decided(frame, mention, [weighed(0.5, sibling=0.9), weighed(0.25, position=1)])
    assert [one.score for one in with_sibling.candidates] == [0.4, 0.2]
    # rounded to four places
    assert decided(frame, mention, [weighed(1.0)]).score == 0.9524


def test_no_more_than_five_candidates_are_told(frame: Cadre) -> None:
    found = decided(frame, read("Hugo"), [weighed(1.0, position=position) for position in range(7)])
    assert len(found.candidates) == 5
    assert found.candidates[0].score == round(1 / 7.05, 4)


@pytest.mark.parametrize(
    ("text", "named", "placed", "kept"),
    [
        ("Collège Hugo", 0.1, False, True),
        ("Collège Hugo", 0.0, True, True),
        ("Collège Hugo", 0.0, False, False),
        ("Hugo", 0.0, True, False),
        ("Hugo", 0.1, False, True),
        # another kind is no candidate, whatever its name
        ("Lycée Hugo", 5.0, True, False),
    ],
)
def test_something_speaks_for_a_school_or_it_is_none(
    frame: Cadre, text: str, named: float, placed: bool, kept: bool
) -> None:
    found = decided(frame, read(text), [weighed(100.0, named=named, placed=placed)])
    assert bool(found.candidates) is kept


@pytest.mark.parametrize(("text", "kept"), [("DSDEN 34", True), ("DSDEN 11", False), ("DSDEN", False)])
def test_a_departement_is_enough_for_its_dsden(frame: Cadre, text: str, kept: bool) -> None:
    position = next(i for i, entry in enumerate(frame.entries) if entry.facts.pk == 6)
    found = decided(frame, read(text), [weighed(100.0, position=position, named=0.0, placed=False)])
    assert bool(found.candidates) is kept


@pytest.mark.parametrize(
    ("text", "position", "decision"),
    [
        ("Collège Hugo", 0, Decision.AUTO),
        # somebody beside a school, a code nobody holds
        ("Association du collège Hugo", 0, Decision.TO_REVIEW),
        ("0210038C collège Hugo", 0, Decision.TO_REVIEW),
        # a house of several schools, unless the school's own name says so
        ("Cité scolaire Hugo", 0, Decision.TO_REVIEW),
        ("Cité scolaire Gosse", 2, Decision.AUTO),
        ("Groupe scolaire Hugo", 0, Decision.TO_REVIEW),
        ("Groupe scolaire Ferry", 4, Decision.AUTO),
    ],
)
def test_a_person_decides_however_high_the_score(
    frame: Cadre, text: str, position: int, decision: Decision
) -> None:
    assert decided(frame, read(text), [weighed(100.0, position=position)]).decision is decision


def one(uai: str, score: float, decision: Decision) -> Match:
    return Match((Candidate(uai, 1, score, "même nom"),), decision)


def test_several_schools_are_sure_when_each_is_and_no_two_are_one() -> None:
    hugo, zola = one(HUGO, 0.9, Decision.AUTO), one(ZOLA, 0.95, Decision.AUTO)
    doubt = one(ZOLA, 0.4, Decision.TO_REVIEW)
    assert together([hugo]) == hugo
    both = together([hugo, zola])
    assert (both.decision, both.uais, both.score) == (Decision.AUTO, (HUGO, ZOLA), 0.9)
    assert (both.candidates, both.parts) == (hugo.candidates, (hugo, zola))
    assert together([hugo, doubt]).decision is Decision.TO_REVIEW
    assert together([doubt, doubt]).decision is Decision.TO_REVIEW
    assert together([hugo, hugo]).decision is Decision.TO_REVIEW
    assert together([NOTHING, NOTHING]).decision is Decision.NONE
    half = together([hugo, NOTHING])
    assert (half.decision, half.uais, half.score) == (Decision.TO_REVIEW, (HUGO,), 0.0)


def test_what_a_person_answered_comes_first_whatever_the_spelling(moteur: Moteur) -> None:
    key = answer_key("Académie de Montpellier", "Collège V. Hugo", "Ville-bbbb")
    assert key == ("montpellier", "college v hugo", "villebbbb")
    at = dt.date(2016, 3, 4)
    told = moteur.match("ac-montpellier", "COLLEGE V HUGO", "ville bbbb", {key: Remembered(ZOLA, 2, at)})
    reason = "confirmé par une personne le 4\N{NO-BREAK SPACE}mars 2016"
    assert told == Match((Candidate(ZOLA, 2, 1.0, reason),), Decision.AUTO)
    none = moteur.match("Montpellier", "Collège V. Hugo", "Ville bbbb", {key: Remembered("", 0, at)})
    assert none == NOTHING
    for other in (
        ("Lyon", "Collège V. Hugo", "Ville bbbb"),
        ("Montpellier", "Collège V. Hugo", "Ville cccc"),
    ):
        assert all(
            "confirmé" not in found.reason
            for found in moteur.match(*other, {key: Remembered(ZOLA, 2, at)}).candidates
        )


def test_an_answer_about_one_of_several_is_remembered_too(moteur: Moteur) -> None:
    key = answer_key("Montpellier", "Collège Inconnu", "")
    answers = {key: Remembered(ZOLA, 2, dt.date(2016, 3, 4))}
    found = moteur.match("Montpellier", "Collège Victor Hugo ; Collège Inconnu", "", answers)
    assert (found.uais, found.decision) == ((HUGO, ZOLA), Decision.AUTO)


def test_a_code_decides_at_once(moteur: Moteur) -> None:
    held = Moteur([SchoolFacts(8, "0210038C", "college", "COLLEGE X", "Y", "21001", "21")], {})
    assert held.match("", "0210038C") == Match(
        (Candidate("0210038C", 8, 1.0, "UAI dans la mention"),), Decision.AUTO
    )
    assert moteur.match("", "0210038C") == NOTHING


@pytest.mark.parametrize(
    ("academie", "size"),
    [
        ("Montpellier", 7),
        ("Académie de Montpellier", 7),
        ("Montpelier", 7),
        ("Lyon", 0),
        # the country: nobody knows it, or it is too short to resemble any
        ("Brest", 7),
        ("Lyo", 7),
        ("Monpelier", 7),
        ("Lyon et Rhône", 7),
        ("", 7),
    ],
)
def test_the_frame_of_an_academie(moteur: Moteur, academie: str, size: int) -> None:
    frame = moteur.frame(academie)
    assert len(frame.entries) == size
    assert frame is moteur.frame(academie)
    assert (frame is moteur.country) is (academie in {"Brest", "Lyo", "Lyon et Rhône", ""})


def test_a_commune_is_near_within_twelve_kilometres(frame: Cadre) -> None:
    here, north, farther = "villebbbb", "villecccc", "villehhhh"
    # 0.1° of latitude is 11.1 km, 0.108° is 12.01; of longitude, here, 0.147° is 11.96 and 0.148° is 12.04
    assert _near(frame, here, {north: 0.0})
    assert not _near(frame, here, {farther: 0.0})
    assert _near(frame, here, {"villeeeee": 0.0})
    assert not _near(frame, here, {"villedddd": 0.0})
    assert _near(frame, here, {"villeffff": 0.0, farther: 0.0, north: 0.0})
    assert not _near(frame, "villeffff", {here: 0.0})


@pytest.mark.parametrize(
    ("mention", "commune", "uais", "decision"),
    [
        ("Collège Victor Hugo ; Collège Émile Zola", "Ville bbbb;Ville cccc", (HUGO, ZOLA), Decision.AUTO),
        ("Collège Victor Hugo ; Collège Émile Zola", "Ville bbbb|Ville cccc", (HUGO, ZOLA), Decision.AUTO),
        ("Collège Victor Hugo ; Collège Émile Zola", "", (HUGO, ZOLA), Decision.AUTO),
        ("Collèges Victor Hugo, Émile Zola", "", (HUGO, ZOLA), Decision.AUTO),
        (
            "Collège Victor Hugo, Ville bbbb ; Collège Émile Zola, Ville cccc",
            "Ville dddd",
            (HUGO, ZOLA),
            Decision.AUTO,
        ),
        ("Collège Victor Hugo et Émile Zola", "", (HUGO,), Decision.TO_REVIEW),
        ("x" * 700, "", (), Decision.NONE),
    ],
)
def test_several_schools_each_with_its_commune(
    moteur: Moteur, mention: str, commune: str, uais: tuple[str, ...], decision: Decision
) -> None:
    match = moteur.match("Montpellier", mention, commune)
    assert (match.uais, match.decision) == (uais, decision)


def test_a_mention_is_read_up_to_its_six_hundredth_character(moteur: Moteur) -> None:
    name = "Collège Victor Hugo"
    assert moteur.match("Montpellier", " " * (600 - len(name)) + name).uais == (HUGO,)
    assert moteur.match("Montpellier", " " * (600 - len("Collège")) + name).uais == ()


def test_a_closed_school_answers_through_the_one_that_took_its_place(frame: Cadre) -> None:
    hugo, zola = frame.entries[0].facts, frame.entries[1].facts
    heir = Heir(ZOLA, 2, "Collège Zola", 2022)
    closed = replace(hugo, is_open=False)
    moteur = Moteur([closed, zola], {"Montpellier": frozenset({"34"})}, {HUGO: heir, "0349999J": heir})
    found = moteur.match("Montpellier", "Collège Hugo", closed.commune)
    assert (found.decision, found.uais) == (Decision.AUTO, (ZOLA,))
    assert found.candidates[0].reason.endswith("même type, fermé en 2022, repris par « Collège Zola »")
    # by its code, whether or not the directory ever held it
    coded = moteur.match("Montpellier", "0349999J Collège du Port")
    assert (coded.uais, coded.candidates[0].reason) == (
        (ZOLA,),
        "UAI dans la mention, fermé en 2022, repris par « Collège Zola »",
    )
    # in its time it answers for itself
    then = Moteur([hugo, zola], {"Montpellier": frozenset({"34"})}, {HUGO: heir})
    assert then.match("Montpellier", "Collège Hugo", closed.commune).uais == (HUGO,)

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.tutorat.appariement import (
    BUREAU_COST,
    LOAD_PRICES,
    Aidee,
    AppariementError,
    Enonce,
    Mentor,
    best_alternatives,
    filled_needs,
    pair_cost,
    pair_up,
    total,
)
from accroche.tutorat.rectorats import RECTORATS

PARIS, VERSAILLES, LYON = (RECTORATS[code] for code in ("paris", "versailles", "lyon"))
GUADELOUPE, MARTINIQUE, REUNION = (RECTORATS[code] for code in ("guadeloupe", "martinique", "la-reunion"))


def cheapest(enonce: Enonce) -> float | None:
    """The same, by trying every choice of a mentor for everybody; None when none is allowed."""
    mentors = {one.code: one for one in enonce.mentors}
    costs = {(z.code, m.code): pair_cost(z, m).total for z in enonce.mentors for m in enonce.mentees}
    best = None
    for choice in itertools.product([None, *mentors], repeat=len(enonce.mentees)):
        cost, load = 0.0, dict.fromkeys(mentors, 0)
        for mentee, code in zip(enonce.mentees, choice, strict=True):
            wanted = enonce.pinned.get(mentee.code, code)
            if (code, mentee.code) in enonce.forbidden or wanted != code or code == mentee.code:
                break
            if code is None:
                cost += BUREAU_COST
                continue
            mentor = mentors[code]
            slots = list(mentor.slots)
            if load[code] == len(slots):
                break
            cost += costs[code, mentee.code] + LOAD_PRICES[slots[load[code]]]
            load[code] += 1
        else:
            best = cost if best is None else min(best, cost)
    return best


CODES = st.sampled_from("abcde")
PLACES = st.one_of(st.none(), st.sampled_from([PARIS, LYON, GUADELOUPE, REUNION]))


@st.composite
def enonces(draw: st.DrawFn) -> Enonce:
    mentees = [
        Aidee(
            f"m{n}", draw(st.dictionaries(CODES, st.sampled_from([0.5, 1.0, 2.0]), max_size=4)), draw(PLACES)
        )
        for n in range(draw(st.integers(0, 4)))
    ]
    mentors = [
        Mentor(
            f"z{n}",
            draw(st.dictionaries(CODES, st.sampled_from([0.5, 1.0]), max_size=4)),
            draw(st.integers(0, 3)),
            draw(st.integers(0, 2)),
            draw(PLACES),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    pairs = [(mentor, mentee.code) for mentor in [None, *(z.code for z in mentors)] for mentee in mentees]
    forbidden = draw(st.frozensets(st.sampled_from(pairs), max_size=4)) if pairs else frozenset()
    pins = draw(st.lists(st.sampled_from(pairs), max_size=2)) if pairs else []
    return Enonce(mentees, mentors, forbidden, {mentee: mentor for mentor, mentee in pins})


@given(enonces())
def test_no_other_set_of_pairs_costs_less(enonce: Enonce) -> None:
    expected = cheapest(enonce)
    try:
        found = pair_up(enonce)
    except AppariementError:
        assert expected is None
        return
    assert expected is not None
    assert total(found) == pytest.approx(expected)
    assert [couple.mentee for couple in found] == sorted(one.code for one in enonce.mentees)
    for couple in found:
        assert (couple.mentor, couple.mentee) not in enonce.forbidden
        assert enonce.pinned.get(couple.mentee, couple.mentor) == couple.mentor
    for mentor in enonce.mentors:
        assert sum(couple.mentor == mentor.code for couple in found) <= len(mentor.slots)
    backwards = Enonce(enonce.mentees[::-1], enonce.mentors[::-1], enonce.forbidden, enonce.pinned)
    assert pair_up(backwards) == found


@given(enonces())
def test_the_alternative_of_a_pair_is_the_best_without_it(enonce: Enonce) -> None:
    try:
        found = pair_up(enonce)
    except AppariementError:
        return
    others = best_alternatives(enonce, found)
    for couple in found:
        other = others[couple.mentee]
        if couple.pinned:
            assert other is None
            continue
        without = Enonce(
            enonce.mentees,
            enonce.mentors,
            enonce.forbidden | {(couple.mentor, couple.mentee)},
            enonce.pinned,
        )
        expected = cheapest(without)
        assert (other is None) == (expected is None)
        if other and expected is not None:
            assert other.mentor != couple.mentor
            assert other.extra == pytest.approx(expected - total(found), abs=1e-5)


def test_a_cost_is_the_sum_of_readable_parts() -> None:
    mentee = Aidee("paris", {"a": 2.0, "b": 1.0, "c": 1.0}, PARIS)
    near = Mentor("versailles", {"a": 1.0, "c": 0.5}, 3, lieu=VERSAILLES)
    first, third = (pair_cost(near, mentee, slot) for slot in (0, 2))
    assert first.besoins == pytest.approx(1 - 2.5 / 4)
    assert first.distance == pytest.approx(0.15 * 17.4 / 800, abs=1e-3)
    assert (first.heures, first.charge, third.charge) == (0.0, 0.0, 0.25)
    assert filled_needs(near, mentee) == ("a", "c")
    far = pair_cost(Mentor("z", {}, lieu=GUADELOUPE), mentee)
    assert (far.besoins, far.distance) == (1.0, 0.15)
    assert far.heures == pytest.approx(0.10 * 5 / 6)
    assert pair_cost(Mentor("z", {}), mentee).distance == 0.15  # nobody knows where: as far as can be
    assert LOAD_PRICES == (0.0, 0.10, 0.25)


def test_the_bureau_takes_whom_nobody_suits() -> None:
    useless = Mentor("z", {}, 3, lieu=LYON)
    assert pair_up(Enonce([Aidee("m", {"a": 1.0}, PARIS)], [useless]))[0].mentor is None
    useful = Mentor("z", {"a": 0.5}, 3, lieu=LYON)
    assert pair_up(Enonce([Aidee("m", {"a": 1.0}, PARIS)], [useful]))[0].mentor == "z"


def test_who_accompanies_already_has_fewer_places_and_they_cost_more() -> None:
    mentor = Mentor("z", {"a": 1.0}, 2, taken=1, lieu=PARIS)
    found = pair_up(Enonce([Aidee("m", {"a": 1.0}, PARIS), Aidee("n", {"a": 1.0}, PARIS)], [mentor]))
    assert sorted(str(couple.mentor) for couple in found) == ["None", "z"]
    assert max(couple.cout.charge for couple in found) == 0.10


@pytest.mark.parametrize(
    ("pinned", "forbidden", "said"),
    [
        ({"m": "z"}, {("z", "m")}, "imposé et exclu"),
        ({"m": "z", "n": "z"}, set(), "1 place"),
        ({"m": "inconnue"}, set(), "ne peut pas accompagner"),
        ({"x": "z"}, set(), "sans être à accompagner"),
        ({}, {(None, "m"), ("z", "m")}, "tout est exclu"),
        ({"n": "z"}, {(None, "m")}, "Aucune répartition"),
    ],
)
def test_what_cannot_be_kept_at_once_is_said(
    pinned: dict[str, str | None], forbidden: set[tuple[str | None, str]], said: str
) -> None:
    mentees = [Aidee("m", {"a": 1.0}), Aidee("n", {"a": 1.0})]
    with pytest.raises(AppariementError, match=said):
        pair_up(Enonce(mentees, [Mentor("z", {"a": 1.0})], frozenset(forbidden), pinned))


def test_nothing_loads_the_solver_before_it_is_needed() -> None:
    code = (
        "import sys, accroche.tutorat.proposition as loaded\n"
        "sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own program


def test_offices_far_apart_by_their_clocks() -> None:
    assert GUADELOUPE.hours_from(REUNION) == 8
    assert GUADELOUPE.hours_from(MARTINIQUE) == 0
    assert PARIS.kilometres_to(GUADELOUPE) == pytest.approx(6750, abs=60)

"""Who is written to, and in which words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accroche.pilotage.couverture import Etape
from accroche.pilotage.invitation import TEXT, Empechement, Lettre, Mot, empechement, monday

FINE: dict[str, Any] = {
    "is_open": True,
    "etape": Etape.NOTHING,
    "address": "ce@ac-dijon.fr",
    "opted_out": False,
    "this_week": False,
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"etape": Etape.DRAFT}, None),
        ({"etape": Etape.SENT}, Empechement.DECLARED),
        ({"etape": Etape.PUBLISHED}, Empechement.DECLARED),
        ({"is_open": False}, Empechement.CLOSED),
        ({"address": ""}, Empechement.NO_ADDRESS),
        ({"opted_out": True}, Empechement.OPTED_OUT),
        ({"this_week": True}, Empechement.THIS_WEEK),
        # what no coming week mends is said first
        ({"is_open": False, "etape": Etape.SENT, "this_week": True}, Empechement.CLOSED),
        ({"opted_out": True, "address": "", "this_week": True}, Empechement.OPTED_OUT),
        ({"address": "", "this_week": True}, Empechement.NO_ADDRESS),
    ],
)
def test_why_a_school_is_not_written_to(change: dict[str, Any], expected: Empechement | None) -> None:
    assert empechement(**FINE | change) is expected


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_a_week_begins_on_its_monday(day: dt.date) -> None:
    first = monday(day)
    assert first.weekday() == 0
    assert first.isocalendar()[:2] == day.isocalendar()[:2]


def read(text: str, school: str = "« Collège Carnot, Dijon »") -> str:
    return Lettre(text=text).to(
        school=school, link="https://s/d", closes="15 juillet 2027", stop="https://s/x"
    )


def test_the_ready_text_says_all_once() -> None:
    body = read(TEXT)
    assert body.count("https://s/d") == 1
    assert body.count("https://s/x") == 1
    assert "« Collège Carnot, Dijon »" in body
    assert "15 juillet 2027" in body
    assert "{" not in body


def test_a_text_without_its_link_gets_it_and_always_a_way_out() -> None:
    body = read("Bonjour")
    assert body.startswith("Bonjour\n\nDéclarer une action : https://s/d")
    assert "https://s/x" in body


def test_a_school_whose_name_is_a_word_of_ours_stays_itself() -> None:
    assert read("{etablissement} {lien}", school=Mot.CLOSES).startswith("{date} https://s/d")

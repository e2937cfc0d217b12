"""Two people who wrote the same thing: what is marked, told apart and settled."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from accroche.commun.changements import Vocabulaire
from accroche.commun.conflit import (
    MARKS_LENGTH,
    MarksField,
    auteur,
    ecarts,
    marks,
    preferred,
    settled,
    untouched,
)

VOCABULAIRE = Vocabulaire({"title": "Titre", "days": "Jours", "size": "Taille"}.__getitem__)
VALUES = st.none() | st.integers(-9, 9) | st.text(max_size=4) | st.lists(st.text(max_size=3), max_size=3)


@dataclass(frozen=True)
class Texte:
    title: str = ""
    days: tuple[str, ...] = ()
    size: int | None = None


class Page(forms.Form):
    lu = MarksField()


@given(VALUES, VALUES)
def test_a_mark_tells_whether_a_value_changed(before: Any, after: Any) -> None:
    read = marks({"title": before, "size": 1})
    assert untouched(read, {"title": after, "size": 1}) == (
        {"title", "size"} if before == after else {"size"}
    )


@pytest.mark.parametrize("read", [None, "", [], "lu", {"title": 3}, {"ailleurs": "12345678"}])
def test_a_page_without_marks_touched_everything(read: Any) -> None:
    assert untouched(read, {"title": "A"}) == frozenset()


def test_marks_go_and_come_back_with_the_page() -> None:
    held = marks({"title": "Été", "days": ["lundi"]})
    page = Page({"lu": json.dumps(held)})
    assert page.is_valid()
    assert page.cleaned_data["lu"] == held
    assert Page({}).is_valid(), "a page opened before there were marks"


@pytest.mark.parametrize("sent", ["x" * (MARKS_LENGTH + 1), "[[1]]", '{"a": {"b": 1}}'])
def test_marks_that_are_none_of_ours_are_refused(sent: str) -> None:
    assert not Page({"lu": sent}).is_valid()


def test_both_writings_are_shown_and_what_one_left_alone_is_not_imposed() -> None:
    found = ecarts({"title": ("Le leur", ""), "size": (3, 4)}, VOCABULAIRE, {"title"})
    assert [(e.label, e.site, e.typed, e.untouched) for e in found] == [
        ("Titre", "Le leur", "", True),
        ("Taille", "3", "4", False),
    ]
    context: dict[str, Any] = {"ecarts": found, "titre": "Quelqu’un a écrit", "auteur": ""}
    shown = render_to_string("commun/_conflit.html", context)
    checked = [part.split('id="')[-1].split('"')[0] for part in shown.split("checked")[:-1]]
    assert checked == ["choix-title-site", "choix-size-saisie"]
    assert "(vide)" in shown
    assert "C’était" not in shown


def test_who_wrote_meanwhile_is_named_when_the_journal_knows() -> None:
    at = dt.datetime(2026, 11, 26, 18, 5, tzinfo=dt.UTC)
    day = "le 26\u00a0novembre 2026 à 19\u00a0h\u00a005 (heure de Paris)"
    told = [
        (auteur("Une collègue", at, 1, 2), "Elle a écrit", "Une collègue"),
        (auteur("", at, None, None), "Elle a écrit", "une autre personne"),
        (auteur("Une collègue", at, 2, 2), "Vous avez enregistré entre-temps, dans un autre onglet", "vous"),
    ]
    for who, title, name in told:
        context = {"ecarts": [], "titre": "Elle a écrit", "auteur": who}
        shown = " ".join(render_to_string("commun/_conflit.html", context).split(" "))
        assert f"C’était {name}, {day}" in shown
        assert title in shown
        assert ("Elle a écrit" in shown) is (title == "Elle a écrit")


def test_two_writings_are_settled_field_by_field() -> None:
    mine, theirs = Texte("Le mien", ("lundi",), 1), Texte("Le leur", ("mardi",), 2)
    sent = {"choix-title": "site", "choix-days": "saisie", "choix-inconnu": "site"}
    kept = preferred(sent, ["title", "days", "size"])
    assert settled(mine, theirs, kept) == Texte("Le leur", ("lundi",), 1)
    assert settled(mine, theirs, []) == mine

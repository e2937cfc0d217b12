"""The kit of lists in forms: what is a row, what is refused and where, what its page holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict

from accroche.commun.listes import Listes, Rangee, Sorte, after_button, anchor
from accroche.commun.rangees import MOST


class EtapeRangee(Rangee):
    place = forms.CharField(required=False, max_length=20)
    day = forms.DateField(required=False)
    free = forms.BooleanField(required=False)
    number = forms.IntegerField(required=False, widget=forms.HiddenInput)

    needed = "place"


class NoteRangee(Rangee):
    words = forms.CharField(required=False, max_length=20)

    def row(self) -> str:
        return str(self.cleaned_data["words"])


SORTES = {
    "etapes": Sorte(EtapeRangee, "Étapes", "Ajouter une étape", ordered=True),
    "notes": Sorte(NoteRangee, "Notes", "Ajouter une note", blank=1, first=2),
}
NONE: dict[str, list[dict[str, Any]]] = {"etapes": [], "notes": []}


def typed(size: int, *, had: int = 0, **values: str) -> QueryDict:
    """What a browser sends: ``size`` rows of « etapes », of which ``had`` were there, and no note."""
    data = QueryDict(mutable=True)
    data.update({"etapes-TOTAL_FORMS": str(size), "etapes-INITIAL_FORMS": str(had)})
    data.update({"notes-TOTAL_FORMS": "0", "notes-INITIAL_FORMS": "0"})
    data.update({name.replace("__", "-"): value for name, value in values.items()})
    return data


def listes(data: Any = None, **initial: list[dict[str, Any]]) -> Listes:
    return Listes(SORTES, data, NONE | initial)


def test_rows_come_back_in_their_order_as_plain_data() -> None:
    found = listes(typed(2, etapes__0__place="Cher", etapes__1__place="Indre", etapes__1__free="on"))
    assert found.is_valid()
    rows = found.content()["etapes"]
    assert [(row["place"], row["free"]) for row in rows] == [("Cher", False), ("Indre", True)]


@pytest.mark.parametrize("had", [0, 1, 2])
def test_a_row_left_empty_is_no_row(had: int) -> None:
    """Also one that was there before, whose number its page hides; spaces are nothing."""
    found = listes(typed(2, had=had, etapes__0__place="  ", etapes__0__number="7", etapes__1__place="Indre"))
    assert found.is_valid()
    assert [row["place"] for row in found.content()["etapes"]] == ["Indre"]


@pytest.mark.parametrize("had", [0, 1])
@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"etapes__0__day": "15/03/2027"}, {"place"}),
        ({"etapes__0__free": "on"}, {"place"}),
        ({"etapes__0__day": "jamais"}, {"place", "day"}),
        ({"etapes__0__place": "x" * 21}, {"place"}),
    ],
)
def test_what_is_wrong_is_told_on_its_field(had: int, values: dict[str, str], wrong: set[str]) -> None:
    found = listes(typed(1, had=had, **values))
    assert not found.is_valid()
    assert found.faulty == {"etapes"}
    assert set(found["etapes"].rows.errors[0]) == wrong
    for liste in found:
        shown = render_to_string("commun/_liste.html", {"liste": liste, "touchee": ""})
        for name in wrong if liste.name == "etapes" else ():
            assert f'id="id_etapes-0-{name}_error"' in shown
            assert re.search(rf'aria-describedby="id_etapes-0-{name}_error"', shown)


def test_no_list_is_longer_than_a_list_can_be() -> None:
    found = listes(typed(MOST + 1))
    assert not found.is_valid()
    assert len(found["etapes"].rows.forms) == MOST
    assert "60" in str(found["etapes"].rows.non_form_errors())


def test_silent_rows_show_what_is_typed_and_are_not_judged() -> None:
    found = listes(typed(1, etapes__0__day="jamais"))
    found.keep_silent()
    assert found.faulty == set()
    shown = render_to_string("commun/_liste.html", {"liste": found["etapes"], "touchee": "etapes"})
    assert "jamais" in shown
    assert "fr-error-text" not in shown
    assert "autofocus" in shown


def test_the_page_holds_the_rows_that_were_there_and_a_model_of_the_next() -> None:
    found = listes(etapes=[{"place": "Cher", "number": 7}])
    shown = render_to_string("commun/_liste.html", {"liste": found["etapes"], "touchee": ""})
    assert shown.count("data-ligne ") == 2
    assert 'value="Cher"' in shown
    assert 'type="hidden" name="etapes-0-number" value="7"' in shown
    assert 'name="etapes-__prefix__-place"' in shown
    for button, value in (("ajouter", "etapes"), ("retirer", "etapes-0"), ("monter", "etapes-0")):
        assert re.search(rf'name="{button}"\s+value="{value}"', shown), button
    notes = render_to_string("commun/_liste.html", {"liste": found["notes"], "touchee": ""})
    assert 'name="monter"' not in notes
    # the page calls its first row the second: what comes before has a field of its own
    assert 'id="id_notes-2"' in notes
    assert 'name="notes-0-words"' in notes
    assert anchor("etapes", SORTES["etapes"], 2) == "id_etapes-1-place"


def test_every_button_works_without_scripts() -> None:
    data = typed(2, etapes__0__place="Cher", etapes__1__place="Indre")

    def after(name: str, value: str) -> list[str]:
        sent = data.copy()
        sent[name] = value
        again, touched = after_button(sent)
        assert touched == "etapes"
        rows = listes(again)["etapes"].rows.forms
        return [row["place"].value() or "" for row in rows]

    assert after("ajouter", "etapes") == ["Cher", "Indre", ""]
    assert after("retirer", "etapes-0") == ["", "Indre"]
    assert after("monter", "etapes-1") == ["Indre", "Cher"]
    assert after("descendre", "etapes-0") == ["Indre", "Cher"]


def test_the_whole_form_is_what_was_typed() -> None:
    again, touched = after_button(typed(1, etapes__0__place="Cher", enregistrer="1"))
    assert touched == ""
    assert isinstance(again, MultiValueDict)
    assert again["etapes-0-place"] == "Cher"

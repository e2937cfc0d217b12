"""Fields that all forms share: what they ask for, and what they say when it is not given."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms

from accroche.commun.saisies import ADDRESS_LENGTH, courriel, jour, ligne, prose
from accroche.comptes.models import Invitation, User


class Tout(forms.Form):
    titre = ligne("Titre", 10, "Court", required=True, autocomplete="off")
    mot = prose("Un mot", 20, rows=3, help_text="Facultatif")
    adresse = courriel("Adresse", required="Écrivez une adresse.")
    autre = courriel("Autre adresse", example="a@exemple.fr")
    quand = jour("Quand")


def errors(**sent: str) -> dict[str, list[str]]:
    found = Tout({"titre": "A", "adresse": "a@b.fr"} | sent).errors
    return {name: [str(error) for error in found[name]] for name in found}


def test_what_is_asked_for_and_what_may_stay_empty() -> None:
    assert errors() == {}
    found = errors(titre="", adresse="")
    assert found["adresse"] == ["Écrivez une adresse."]
    assert set(found) == {"titre", "adresse"}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("titre", "x" * 11, "10"),
        ("mot", "x" * 21, "20"),
        ("adresse", "a@", "prenom.nom@ac-dijon.fr"),
        ("autre", "a@", "a@exemple.fr"),
        ("adresse", f"a@{'b' * ADDRESS_LENGTH}.fr", "254"),
        ("quand", "jamais", "23/11/2026"),
    ],
)
def test_what_is_wrong_is_told_on_its_field(name: str, value: str, words: str) -> None:
    found = errors(**{name: value})
    assert list(found) == [name]
    assert words in " ".join(found[name])


@pytest.mark.parametrize("typed", ["2026-11-23", "23/11/2026"])
def test_a_day_is_read_as_browsers_and_people_write_it(typed: str) -> None:
    form = Tout({"titre": "A", "adresse": "a@b.fr", "quand": typed})
    assert form.is_valid()
    assert form.cleaned_data["quand"] == dt.date(2026, 11, 23)


def test_an_address_that_a_form_takes_has_room_in_its_table() -> None:
    for model in (User, Invitation):
        assert model._meta.get_field("email").max_length == ADDRESS_LENGTH


def test_each_field_looks_as_all_the_others() -> None:
    shown = str(Tout()["titre"])
    assert 'class="fr-input"' in shown
    assert 'autocomplete="off"' in shown
    assert 'maxlength="10"' in shown
    assert 'rows="3"' in str(Tout()["mot"])
    assert 'type="date"' in str(Tout()["quand"])


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("2026-11-23", "date"),
        ("12/3", "text"),
        ("2026-02-31", "text"),
        ("23/11/2026", "text"),
        ("", "date"),
        (dt.date(2026, 11, 23), "date"),
    ],
)
def test_what_is_no_day_is_given_back_as_it_was_typed(typed: object, kind: str) -> None:
    """A box with a calendar would show nothing."""
    box = Tout({"quand": typed})["quand"].subwidgets[0].data
    assert (box["type"], box["value"] or "") == (kind, str(typed))

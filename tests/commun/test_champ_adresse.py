"""The field of an address: what it takes, what it refuses, and the question it asks."""

from __future__ import annotations

import pytest
from django import forms

from accroche.commun.saisies import courriel


class OneForm(forms.Form):
    email = courriel("Adresse", required="Écrivez votre adresse.")


def form(**data: str) -> OneForm:
    return OneForm({name.replace("_", "-"): value for name, value in data.items()})


MISTYPED, MEANT = "camille@gmial.com", "camille@gmail.com"


def test_an_address_is_cleaned() -> None:
    asked = form(email=" mailto:Camille@AC-Dijon.fr. ")
    assert asked.is_valid()
    assert asked.cleaned_data["email"] == "Camille@ac-dijon.fr"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Écrivez votre adresse."),
        ("camille@", "Exemple : prenom.nom@ac-dijon.fr"),
        ("secrétariat@college.fr", "sans accent"),
        ("a@אb1.fr", "n’est pas une adresse"),
        ("a@b.fr, c@d.fr", "plusieurs adresses"),
        ("a@" + "b.c" * 100 + ".fr", "254"),
    ],
)
def test_what_cannot_be_written_to_is_refused_in_words(typed: str, said: str) -> None:
    asked = form(email=typed)
    assert not asked.is_valid()
    assert said in str(asked.errors["email"])
    assert "radio" not in str(asked["email"])


def test_what_looks_mistyped_is_asked_about_with_two_answers() -> None:
    asked = form(email=MISTYPED)
    assert not asked.is_valid()
    assert f"Vouliez-vous dire {MEANT}" in str(asked.errors["email"])
    shown = str(asked["email"])
    assert f'value="{MISTYPED}"' in shown, "what was typed stays"
    assert f'name="email-confirmee" value="{MEANT}"' in shown
    assert f"Non, c’est bien {MISTYPED}" in shown


@pytest.mark.parametrize("answer", [MISTYPED, MEANT])
def test_the_answer_decides(answer: str) -> None:
    asked = form(email=MISTYPED, email_confirmee=answer)
    assert asked.is_valid()
    assert asked.cleaned_data["email"] == answer
    assert f'value="{answer}" checked' in str(asked["email"]), "kept when another field is wrong"


def test_an_answer_about_another_address_does_not_count() -> None:
    assert not form(email="camille@hotmial.fr", email_confirmee=MISTYPED).is_valid()
    corrected = form(email="camille@ac-dijon.fr", email_confirmee=MEANT)
    assert corrected.is_valid()
    assert corrected.cleaned_data["email"] == "camille@ac-dijon.fr"


def test_a_stored_address_is_not_asked_about_again() -> None:
    shown = str(OneForm(initial={"email": MISTYPED})["email"])
    assert f'type="hidden" name="email-confirmee" value="{MISTYPED}"' in shown
    assert "Vouliez-vous" not in shown


def test_what_is_typed_is_shown_as_text() -> None:
    hostile = '"><script>@gmial.com'
    assert "<script>" not in str(form(email=hostile)["email"])

"""Choosing a school that closed: refused with who took its place, but where a sheet holds it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accroche.annuaire.forms import EtablissementField
from accroche.annuaire.models import Etablissement, Succession
from tests import factories

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = pytest.mark.django_db
CLOSED = dt.date(2021, 8, 31)


@pytest.fixture
def gone(where: Territory) -> Etablissement:
    return factories.school(where, 7, name="Collège du Parc", commune="Dijon", closed_on=CLOSED)


def refusal(text: str, **kwargs: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        EtablissementField(**kwargs).clean(text)
    return str(refused.value.messages[0])


def test_it_is_refused_by_its_code_or_its_name_and_the_one_that_followed_is_proposed(
    where: Territory, gone: Etablissement
) -> None:
    alone = "« Collège du Parc, Dijon » a fermé en 2021. Choisissez l’établissement d’aujourd’hui."
    assert refusal(gone.uai) == refusal("collège du parc dijon") == alone
    heir = factories.school(where, 8, name="Collège du Lac", commune="Dijon")
    Succession.objects.create(uai=gone.uai, successeur=heir, since=CLOSED)
    told = refusal(gone.uai)
    assert told == (
        f"« Collège du Parc, Dijon » a fermé en 2021 ; son successeur : Collège du Lac, Dijon ({heir.uai}). "
        "Choisissez-le si c’est le vôtre."
    )
    assert EtablissementField().clean(told) != gone, "the refusal itself names the one that followed"
    Etablissement.objects.filter(pk=heir.pk).update(closed_on=CLOSED)
    assert refusal(gone.uai) == alone, "nobody is sent from one that closed to another"


def test_it_may_be_asked_about_and_one_that_closes_later_still_acts(
    where: Territory, gone: Etablissement
) -> None:
    assert EtablissementField(closed=True).clean(gone.uai) == gone
    later = factories.school(where, 9, closed_on=dt.date(2999, 8, 31))
    assert EtablissementField().clean(later.uai) == later


@pytest.mark.any_database
def test_suggestions_say_that_one_closed(gone: Etablissement) -> None:
    found = Client().get(reverse("annuaire:suggestions"), {"q": "collège du parc"}).json()["schools"]
    assert found[0]["place"] == f"Dijon · {gone.uai} · fermé en 2021"
    told = " ".join(Client().get(reverse("annuaire:recherche"), {"q": gone.uai}).content.decode().split())
    assert f"({gone.uai}), académie&nbsp;: Dijon, fermé en 2021" in told
    address = reverse("comptes:etablissement_absent")
    told = Client().get(address, {"q": "collège du parc dijon"}).content.decode()
    assert gone.uai not in told, "it could not be chosen"


@pytest.mark.any_database
def test_where_none_answers_to_all_words_the_nearest_are_named_as_such(where: Territory) -> None:
    school = factories.school(where, 7, name="Collège Victor Hugo", commune="Dijon")
    told = refusal("collège victor hugau dijon")
    assert told == (
        f"Aucun établissement ne répond à ces mots. Les plus proches : {school} ({school.uai}). "
        "Recopiez le code du vôtre s’il y est."
    )
    typed = {"q": "collège victor hugau dijon"}
    found = Client().get(reverse("annuaire:suggestions"), typed).json()
    assert ([row["label"] for row in found["schools"]], found["near"]) == ([f"{school} ({school.uai})"], True)
    assert Client().get(reverse("annuaire:suggestions"), {"q": "hugo"}).json()["near"] is False
    page = " ".join(Client().get(reverse("annuaire:recherche"), typed).content.decode().split())
    assert "Aucun établissement ne répond à tous les mots" in page
    assert school.uai in page
    assert "Mon établissement n’y est pas" in page
    guessed = Client().get(reverse("comptes:etablissement_absent"), typed).content.decode()
    assert school.uai in guessed

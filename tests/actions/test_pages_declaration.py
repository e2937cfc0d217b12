"""The pages of declaring: what they show, to whom, in which state; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.campagne.models import Edition
from accroche.commun import journal
from tests import factories

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User
    from tests.factories import Territory

pytestmark = pytest.mark.django_db

START = {"title": "Forum des métiers", "description": "Les élèves rencontrent des professionnels."}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the factories, whatever the calendar says."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: factories.NOW)


@pytest.fixture
def where() -> Territory:
    return factories.territory()


@pytest.fixture
def school(where: Territory) -> Etablissement:
    return factories.school(where)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def sheet_address(action: Action) -> str:
    return reverse("actions:modifier", args=[action.pk])


def fields(client: Client, action: Action) -> dict[str, Any]:
    """What the form of a sheet sends when nobody touches it."""
    form = client.get(sheet_address(action)).context["form"]
    data: dict[str, Any] = {}
    forms = [form, *(line for *_, rows in form.lignes for line in (rows.management_form, *rows.forms))]
    for part in forms:
        for bound in part:
            value = bound.value()
            if value not in (None, "", []):
                data[bound.html_name] = value
    return data


def begin(client: Client, school: Etablissement, **more: str) -> Action:
    sent = {**START, "etablissement": school.uai, **more}
    response = client.post(reverse("actions:declarer"), sent)
    assert response.status_code == 302, response.context["form"].errors
    return Action.objects.latest("pk")


def test_no_open_edition_is_told_with_the_day_of_the_next(where: Territory) -> None:
    Edition.objects.update(declaration_closes=dt.date(2026, 10, 1))
    assert "Aucune édition n’est ouverte" in html(Client(), reverse("actions:declarer"))
    factories.edition("2027-2028")
    for name in ("actions:declarer", "actions:reprendre"):
        assert "ouvrent le 1 septembre 2027" in html(Client(), reverse(name))
    assert Client().post(reverse("actions:declarer"), START).status_code == 200
    assert not Action.objects.exists()


def test_a_signed_in_person_declares_completes_and_sends(school: Etablissement) -> None:
    client = signed_in(factories.user())
    action = begin(client, school)
    page = html(client, sheet_address(action))
    assert "Dites si l’action a lieu pendant la semaine" in page
    assert "Cochez au moins un niveau" not in page, "a collège ticks its own level"
    sent = fields(client, action) | {"temporality": "semaine", "envoyer": "1"}
    response: Any = client.post(sheet_address(action), sent)
    assert response.url == reverse("actions:envoyee", args=[action.pk])
    assert "votre fiche est envoyée" in html(client, response.url)
    action.refresh_from_db()
    assert action.etat == Etat.SUBMITTED
    assert [entry.verb for entry in journal.entries(action)] == ["submit", "edit", "declare"]

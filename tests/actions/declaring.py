"""Declaring as a browser does, for the tests of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from accroche.actions.models import Action

if TYPE_CHECKING:
    from accroche.annuaire.models import Etablissement
    from accroche.comptes.models import User

START = {"title": "Forum des métiers", "description": "Les élèves rencontrent des professionnels."}


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
    lists = [liste.rows for liste in form.listes]
    forms = [form, *(line for rows in lists for line in (rows.management_form, *rows.forms))]
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
    return Action.with_unconfirmed.latest("pk")

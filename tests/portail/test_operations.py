"""The demo's content goes through the operations people's own would."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Etablissement
from accroche.annuaire.operations import load_reference
from accroche.campagne.models import Edition
from accroche.commun.models import Message
from accroche.comptes.models import Role
from accroche.comptes.regles import TypeRole
from accroche.lib import uai
from accroche.portail.operations import ACCOUNTS, load_demonstration

pytestmark = pytest.mark.django_db

NOVEMBER = dt.datetime(2026, 11, 25, 10, 0, tzinfo=dt.UTC)
AUGUST = dt.datetime(2026, 8, 20, 10, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("at", [NOVEMBER, AUGUST])
def test_the_demo_has_people_and_sheets_in_every_hand(at: dt.datetime) -> None:
    load_reference()
    assert load_demonstration(at=at) == Action.objects.count() > 0
    assert set(Action.objects.values_list("etat", flat=True)) == {
        Etat.DRAFT,
        Etat.SUBMITTED,
        Etat.TO_COMPLETE,
        Etat.PUBLISHED,
    }
    edition = Edition.objects.get()
    assert edition.year == "2026-2027"
    assert edition in Edition.objects.declaring_on(at.date())
    assert set(Role.objects.values_list("kind", flat=True)) == set(ACCOUNTS)


@pytest.mark.any_database
def test_again_it_writes_nothing() -> None:
    load_reference()
    load_demonstration(at=NOVEMBER)
    before = (Action.objects.count(), Role.objects.count(), Etablissement.objects.count())
    assert load_demonstration(at=NOVEMBER + dt.timedelta(days=1)) == 0
    assert (Action.objects.count(), Role.objects.count(), Etablissement.objects.count()) == before


@pytest.mark.any_database
def test_its_schools_are_well_numbered_and_nobody_real_is_written_to() -> None:
    load_reference()
    load_demonstration(at=NOVEMBER)
    schools = Etablissement.objects.order_by("uai")
    assert all(uai.is_valid(school.uai) for school in schools)
    assert all(school.email.endswith("@exemple.fr") for school in schools)
    assert TypeRole.PARTENAIRE not in ACCOUNTS


@pytest.mark.any_database
def test_the_mails_of_the_demo_lead_to_its_own_port(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_URL = "http://127.0.0.1:8000"
    settings.ALLOWED_HOSTS = ["127.0.0.1"]  # without the host that the test runner adds
    load_reference()
    monkeypatch.setattr("accroche.portail.management.commands.demo.call_command", lambda *_, **__: None)
    call_command("demo", port=8123, no_serve=True)
    assert all("http://127.0.0.1:8000" not in body for body in Message.objects.values_list("body", flat=True))
    assert Message.objects.filter(body__contains="http://127.0.0.1:8123/mon-espace/").exists()

"""The demo's content goes through the operations people's own would."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Etablissement
from accroche.annuaire.operations import load_reference
from accroche.campagne.models import Edition
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


def test_again_it_writes_nothing() -> None:
    load_reference()
    load_demonstration(at=NOVEMBER)
    before = (Action.objects.count(), Role.objects.count(), Etablissement.objects.count())
    assert load_demonstration(at=NOVEMBER + dt.timedelta(days=1)) == 0
    assert (Action.objects.count(), Role.objects.count(), Etablissement.objects.count()) == before


def test_its_schools_are_well_numbered_and_nobody_real_is_written_to() -> None:
    load_reference()
    load_demonstration(at=NOVEMBER)
    schools = Etablissement.objects.order_by("uai")
    assert all(uai.is_valid(school.uai) for school in schools)
    assert all(school.email.endswith("@exemple.fr") for school in schools)
    assert TypeRole.PARTENAIRE not in ACCOUNTS

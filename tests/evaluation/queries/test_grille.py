"""The versions of the grid, as lists show them."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.campagne.models import Grille
from accroche.comptes.permissions import OPERATOR
from accroche.evaluation.queries.grille import grilles
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_the_latest_version_comes_first() -> None:
    for number, code in enumerate(("une", "deux", "trois")):
        at = NOW + dt.timedelta(days=number)
        Grille.objects.create(code=code, name=code, created_at=at, updated_at=at)
    # a row that is written again moves in its table
    Grille.objects.filter(code="une").update(name="La première")
    assert [one.code for one in grilles(OPERATOR)] == ["trois", "deux", "une"]

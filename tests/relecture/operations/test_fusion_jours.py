"""The days of two sheets that become one: a last day never comes without its first."""

from __future__ import annotations

import datetime as dt

import pytest

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.comptes.regles import TypeRole
from accroche.relecture.operations.fusion import merge
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY, FRIDAY = (dt.date(2026, 11, day) for day in (23, 24, 27))

Days = tuple[dt.date | None, dt.date | None]


@pytest.mark.parametrize(
    ("kept", "absorbed", "after"),
    [
        ((TUESDAY, None), (MONDAY, FRIDAY), (TUESDAY, None)),
        ((FRIDAY, None), (MONDAY, TUESDAY), (FRIDAY, None)),
        ((None, None), (MONDAY, FRIDAY), (MONDAY, FRIDAY)),
        ((None, None), (MONDAY, None), (MONDAY, None)),
        ((MONDAY, TUESDAY), (MONDAY, FRIDAY), (MONDAY, TUESDAY)),
        ((MONDAY, TUESDAY), (None, None), (MONDAY, TUESDAY)),
    ],
)
def test_days_are_taken_both_or_not_at_all(kept: Days, absorbed: Days, after: Days) -> None:
    where = factories.territory()
    moderator = factories.person(TypeRole.MODERATEUR, academie=where.academie)
    into = factories.action(where, etat=Etat.SUBMITTED, starts=kept[0], ends=kept[1])
    action = factories.action(where, etat=Etat.SUBMITTED, starts=absorbed[0], ends=absorbed[1])
    merge(action, into, access=factories.access(moderator), at=NOW)
    found = Action.objects.get(pk=into.pk)
    assert (found.starts, found.ends) == after

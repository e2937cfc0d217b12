"""The actions of an académie over the years: by slices of semaines, the same as all of them in order."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.annuaire.models import Porteur
from accroche.catalogue.queries.annees import ActionsDeSemaines
from accroche.catalogue.queries.territoires import ActionsDuLieu, semaines_of
from accroche.dossier.queries.comptage import published_in
from tests import factories

if TYPE_CHECKING:
    from tests.factories import Territory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def there() -> Territory:
    return factories.territory("Dijon", "58")


@pytest.fixture
def both(there: Territory) -> tuple[ActionsDeSemaines, ActionsDuLieu]:
    """Nine published sheets in three years, their places in another order than their numbers, two hidden."""
    years = [there, *(factories.territory("Dijon", "58", year=year) for year in ("2025-2026", "2024-2025"))]
    school = factories.school(there)
    for n in range(9):
        where = years[(n * 2) % 3]
        days: Any = (
            {"starts": DAY + dt.timedelta(days=5 - n), "ends": DAY + dt.timedelta(days=7)} if n % 2 else {}
        )
        factories.action(where, school, Etat.PUBLISHED, slug=f"fiche-{n}", position=9 - n // 2, **days)
    before = DAY - dt.timedelta(days=1)
    factories.action(there, school, Etat.PUBLISHED, slug="passee", position=20, starts=before)
    for etat in (Etat.DRAFT, Etat.WITHDRAWN):
        factories.action(there, school, etat, slug=f"cachee-{etat}", position=1, starts=DAY)
    own = semaines_of([there.academie])
    counts = published_in(own)
    rows = ActionsDeSemaines(tuple((one.edition.year, one.pk, counts[one.pk]) for one in own))
    return rows, ActionsDuLieu((Porteur.objects.get(etablissement=school).pk,))


def test_each_slice_is_that_of_all(both: tuple[ActionsDeSemaines, ActionsDuLieu]) -> None:
    rows, whole = both
    everything = whole[0:99]
    assert len(everything) == len(rows) == 10
    assert rows.by_edition == whole.by_edition
    for size in (1, 2, 3, 4, 99):
        for first in range(0, 12, size):
            assert rows[first : first + size] == everything[first : first + size], (first, size)
    one = rows.of("2025-2026")
    assert one[0:99] == whole.of("2025-2026")[0:99] == [row for row in everything if row.year == "2025-2026"]
    with CaptureQueriesContext(connection) as asked:
        rows[0:2]
    with CaptureQueriesContext(connection) as across:
        rows[0:9]
    assert len(asked) == len(across) == 2


def test_what_comes_is_the_same(both: tuple[ActionsDeSemaines, ActionsDuLieu]) -> None:
    rows, whole = both
    assert [action.slug for action in whole.coming(DAY)] == ["fiche-7", "fiche-5", "fiche-3"]
    for days in (-9, 0, 7, 8):
        day = DAY + dt.timedelta(days=days)
        assert rows.coming(day) == whole.coming(day), day
    assert ActionsDeSemaines(()).coming(DAY) == []
    assert ActionsDeSemaines(())[0:24] == []


def test_what_was_withdrawn_meanwhile_is_not_shown(both: tuple[ActionsDeSemaines, ActionsDuLieu]) -> None:
    rows, _ = both
    Action.objects.filter(slug="fiche-0").update(etat=Etat.WITHDRAWN)
    assert "fiche-0" not in [action.slug for action in rows[0:24]]

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.commun.insertion import TOGETHER, insert_many
from accroche.commun.models import JournalEntry
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_rows_are_what_the_model_would_have_written() -> None:
    """Given columns as given, the others at their default: days, moments, JSON, booleans."""
    semaine = factories.territory().semaine
    day = dt.date(2027, 3, 14)
    columns = ("semaine_id", "slug", "position", "title", "starts", "created_at", "college")
    insert_many(Action, columns, [(semaine.pk, "a", 1, "Forum", day, NOW, True)])
    Action.objects.create(
        semaine=semaine, slug="b", position=1, title="Forum", starts=day, created_at=NOW, college=True
    )
    first, second = Action.objects.order_by("slug").values()
    assert first["etat"] == Etat.SUBMITTED
    assert first | {"id": 0, "slug": ""} == second | {"id": 0, "slug": ""}


def test_no_row_is_no_statement_and_a_broken_rule_is_refused() -> None:
    insert_many(JournalEntry, ("subject", "at", "verb"), [])
    semaine = factories.territory().semaine
    rows = [(semaine.pk, "a", 1, "A"), (semaine.pk, "a", 2, "B")]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(Action, ("semaine_id", "slug", "position", "title"), rows)
    assert not Action.objects.exists()


@pytest.mark.parametrize("count", [1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 2 * TOGETHER + 3])
def test_rows_are_written_together_each_with_its_own_values(count: int) -> None:
    """Groups, and what is left of them: every row, in its order, its constants beside it."""
    day = dt.datetime(2027, 3, 14, tzinfo=dt.UTC)
    rows = [(f"action:{n}", day + dt.timedelta(minutes=n), "import") for n in range(count)]
    with CaptureQueriesContext(connection) as sent:
        insert_many(JournalEntry, ("subject", "at", "verb"), rows)
    assert len(sent) == (count >= TOGETHER) + (count % TOGETHER > 0)
    written = JournalEntry.objects.order_by("pk").values_list("subject", "at", "verb", "note", "changes")
    assert [*written] == [(*row, "", {}) for row in rows]

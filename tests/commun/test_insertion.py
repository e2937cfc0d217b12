from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.commun.insertion import insert_many
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

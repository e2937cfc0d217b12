"""Which sheets the rows of an import became."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from accroche.actions.models import Action
from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition

_AT_A_TIME: Final = 500


def with_numbers(
    rows: Iterable[dict[str, Any]], academie: Academie, edition: Edition
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a report, each with the number of the sheet it became, if it was written."""
    following = iter(rows)
    sheets = Action.objects.filter(semaine__academie=academie, semaine__edition=edition)
    while some := list(islice(following, _AT_A_TIME)):
        addresses = [slug for row in some if (slug := row.get("slug"))]
        numbers = dict(sheets.filter(slug__in=addresses).order_by("pk").values_list("slug", "pk"))
        for row in some:
            yield row | {"action": numbers.get(row["slug"])} if row.get("slug") else row

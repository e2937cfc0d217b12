"""What the search index was told long ago is forgotten."""

from __future__ import annotations

import datetime as dt

from accroche.catalogue.models import AIndexer
from accroche.catalogue.queries.aindexer import KEPT


def purge(at: dt.datetime) -> int:
    """Remove what every node has read, or will find too old; return how many rows.

    The last one stays: SQLite's numbers go on from it.
    """
    last = AIndexer.objects.order_by("-pk").values_list("pk", flat=True).first()
    removed, _ = AIndexer.objects.filter(at__lt=at - KEPT, pk__lt=last or 0).delete()
    return removed

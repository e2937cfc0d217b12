"""When the public site changes by the clock alone."""

from __future__ import annotations

import datetime as dt

from django.apps import apps
from django.db.models import Min

from accroche.catalogue.visible import VISIBLE


def next_moment(after: dt.datetime) -> dt.datetime | None:
    """Return the next moment told in what the public sees: a vote opens, closes. Two short queries."""
    found = []
    for label, vue in VISIBLE.items():
        rows = apps.get_model(label)._base_manager  # noqa: SLF001 - Django's own name for it
        found += [
            rows.filter(**{f"{name}__gt": after}).aggregate(next=Min(name))["next"] for name in vue.clock
        ]
    return min((moment for moment in found if moment), default=None)

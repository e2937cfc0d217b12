"""Tying sheets that files brought to those they take up, once both are there."""

from __future__ import annotations

from typing import Final

from django.db import connection

from accroche.actions.lignee import FicheReprise
from accroche.actions.models import Action
from accroche.actions.queries.lignee import ascendance

#: Names, among PostgreSQL's own locks, the one of who ties sheets of two lineages.
_LOCK: Final = 0x4C49474E


def hold_lineages() -> None:
    """Wait for who ties sheets, until the transaction ends: two at once could close a circle neither sees.

    Asked before any sheet is locked, so that nobody waits in turn. On SQLite one writes at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def tie_told() -> int:
    """Tie each sheet whose file names another to it, if it is there now; return how many were tied.

    What would make a sheet its own origin stays a word. Files of two editions may come in any order: this
    runs after each of them, in its transaction.
    """
    waiting = {
        number: told
        for number, text in Action.objects.filter(previous=None)
        .exclude(reprise_de="")
        .order_by("pk")
        .values_list("pk", "reprise_de")
        if (told := FicheReprise.read(text))
    }
    if not waiting:
        return 0
    hold_lineages()
    there = Action.objects.order_by().filter(
        semaine__edition__year__in={told.edition for told in waiting.values()},
        semaine__academie__slug__in={told.academie for told in waiting.values()},
        slug__in={told.slug for told in waiting.values()},
    )
    known = {
        FicheReprise(*place): number
        for number, *place in there.values_list(
            "pk", "semaine__edition__year", "semaine__academie__slug", "slug"
        )
    }
    tied = 0
    for number, told in waiting.items():
        source = known.get(told)
        if source and number not in ascendance(source):
            tied += Action.objects.filter(pk=number, previous=None).update(previous=source)
    return tied

"""Tying sheets that files brought to those they take up, once both are there."""

from __future__ import annotations

from accroche.actions.lignee import FicheReprise
from accroche.actions.models import Action
from accroche.actions.queries.lignee import ascendance


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

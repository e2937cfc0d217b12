"""Who was reminded of something on one day: one reminder a day is enough, whoever sends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Final

from django.utils import timezone

from accroche.campagne.models import Semaine
from accroche.commun import journal
from accroche.commun.models import JournalEntry

#: How the journal names each reminder: on the académie, or on its semaine.
OF_ACADEMIE, OF_GRID, OF_SHEET = "remind_academie", "remind_of_grid", "remind_of_sheet"
REMINDERS: Final = (OF_ACADEMIE, OF_GRID, OF_SHEET)


def reminded_on(
    semaines: Iterable[Semaine], at: dt.datetime, verbs: Collection[str] = REMINDERS
) -> frozenset[int]:
    """The semaines, by number, whose académie was reminded on the day of ``at``; one query."""
    subjects: dict[str, set[int]] = {}
    for one in semaines:
        for subject in (one, one.academie):
            subjects.setdefault(journal.subject_of(subject), set()).add(one.pk)
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    told = JournalEntry.objects.filter(subject__in=list(subjects), verb__in=list(verbs))
    today = told.filter(at__gte=start, at__lt=start + dt.timedelta(days=1)).order_by()
    return frozenset(
        number for subject in today.values_list("subject", flat=True) for number in subjects[subject]
    )

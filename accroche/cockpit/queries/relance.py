"""Reads of reminders: who lacks a sign, whom one writes to there, when it was last done."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accroche.annuaire.models import Academie
from accroche.campagne.models import Edition
from accroche.campagne.queries.relances import OF_ACADEMIE, OF_GRID, OF_SHEET, reminded_on
from accroche.cockpit.cockpit import EtatAcademie, Signe, having
from accroche.cockpit.queries.cockpit import Releve, etats
from accroche.cockpit.relance import note_of
from accroche.commun import journal
from accroche.commun.models import JournalEntry
from accroche.comptes.models import Role
from accroche.comptes.regles import TypeRole


@dataclass(frozen=True)
class Destinataire:
    """An académie to remind: where it stands, whom to write to, and when that was last done.

    ``otherwise``: whether it was reminded today of its grid or of its sheet of the report.
    """

    row: EtatAcademie
    academie: Academie
    addresses: tuple[str, ...]
    last: dt.datetime | None
    otherwise: bool = False

    def is_due(self, at: dt.datetime) -> bool:
        """Whether it may be written to: somebody is there, and nobody did today."""
        done = self.last is not None and timezone.localdate(self.last) == timezone.localdate(at)
        return bool(self.addresses) and not done and not self.otherwise


def are_reminded(edition: Edition) -> bool:
    """Whether académies may be reminded of an edition: held here, and something can still be written."""
    return edition.is_counted and not edition.is_closed


def destinataires(asked: Releve, signe: Signe, at: dt.datetime) -> list[Destinataire]:
    """The académies that lack a sign, in alphabetical order; a fixed number of queries.

    Moderators are written to; where there is none, the office. Nobody when
    :func:`are_reminded` says so.
    """
    if not are_reminded(asked.edition):
        return []
    rows = having(etats(asked, at), signe, present=False)
    known = {one.academie_id: one.academie for one in asked.semaines}
    people = _moderators([row.academie for row in rows], at)
    last = _last(asked, signe, [known[row.academie] for row in rows])
    lacking = {row.semaine for row in rows}
    others = reminded_on((one for one in asked.semaines if one.pk in lacking), at, (OF_GRID, OF_SHEET))
    found = []
    for row in rows:
        academie = known[row.academie]
        office = (academie.courriel,) if academie.courriel else ()
        addresses = tuple(sorted(people[row.academie])) or office
        found.append(Destinataire(row, academie, addresses, last.get(academie.pk), row.semaine in others))
    return found


def _moderators(academies: Iterable[int], at: dt.datetime) -> dict[int, set[str]]:
    roles = Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR, academie__in=list(academies))
    found: dict[int, set[str]] = defaultdict(set)
    for academie, address in roles.order_by().values_list("academie", "user__email"):
        found[academie].add(address)
    return found


def _last(asked: Releve, signe: Signe, academies: Iterable[Academie]) -> dict[int, dt.datetime]:
    subjects = {journal.subject_of(one): one.pk for one in academies}
    lines = JournalEntry.objects.filter(
        subject__in=list(subjects), verb=OF_ACADEMIE, note=note_of(signe, asked.edition.year)
    )
    return {subjects[subject]: at for subject, at in lines.order_by("at").values_list("subject", "at")}

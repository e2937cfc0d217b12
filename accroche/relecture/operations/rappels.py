"""The weekly digests: what waits for a moderator, for a school, for the national bureau."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accroche.actions.cycle import Etat
from accroche.actions.models import Action
from accroche.actions.operations.adresses import title_for
from accroche.actions.operations.notices import declarant_left, owners
from accroche.actions.queries import complements_of
from accroche.campagne.models import Semaine
from accroche.commun import journal, lieux, mail
from accroche.commun.models import JournalEntry, Message
from accroche.comptes.models import Role
from accroche.comptes.regles import TypeRole
from accroche.lib.texte import pluriel
from accroche.relecture.queries.territoires import sans_moderateur
from accroche.relecture.rappels import (
    EVERY_DAYS,
    NAMED,
    WAIT_DAYS,
    Objet,
    is_still_recalled,
    may_write,
    patience,
    week_of,
)

PREFIX = "rappel:"
#: Oldest sheets of an académie looked at to name the first of them.
LOOKED_AT = 500


@dataclass
class Rappel:
    """One person's digest: its paragraphs, and the sheets it names with why."""

    to: str
    subjects: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    sheets: list[tuple[Action, Objet]] = field(default_factory=list)

    @property
    def subject(self) -> str:
        """What the mail is about, in one line."""
        return ", ".join(self.subjects)

    @property
    def body(self) -> str:
        """The whole mail."""
        end = f"Votre espace : {settings.SITE_URL}{lieux.address('espace')}"
        return "\n\n".join(["Bonjour,", *self.parts, end]) + "\n"


def send_reminders(*, at: dt.datetime, wait_days: int = WAIT_DAYS, dry_run: bool = False) -> list[Rappel]:
    """Write the digests due at ``at``, one a person, and return them; ``dry_run`` writes nothing.

    A person gets one at most in seven days and one in an ISO week, however often this runs, even twice at
    once. A sheet is recalled in three weeks at most, counted again once it changes.
    """
    today, recent = timezone.localdate(at), at - dt.timedelta(days=EVERY_DAYS + 1)
    week = week_of(today)
    last: dict[str, dt.date] = {}
    written = Message.objects.filter(key__startswith=PREFIX, created_at__gt=recent).order_by("created_at")
    for to, when in written.values_list("to", "created_at"):
        last[to] = timezone.localdate(when)
    found: dict[str, Rappel] = {}
    _add_moderators(found, at=at, week=week, wait_days=wait_days)
    _add_owners(found, at=at, week=week, wait_days=wait_days)
    _add_territories(found, at=at)
    due = [found[to] for to in sorted(found) if may_write(last.get(to), today)]
    return due if dry_run else [rappel for rappel in due if _write(rappel, week=week, at=at)]


@transaction.atomic
def _write(rappel: Rappel, *, week: str, at: dt.datetime) -> bool:
    key = f"{PREFIX}{week}:{rappel.to}"
    if not mail.queue(
        to=rappel.to,
        subject=rappel.subject,
        body=rappel.body,
        key=key,
        at=at,
        priority=mail.Priority.BULK,
        reply_to=_office(rappel),
    ):
        return False
    for action, objet in rappel.sheets:
        # one line a sheet and week, however many people read of it
        lines = journal.entries(action).filter(verb=objet).order_by("-at")
        if not any(week_of(timezone.localdate(line.at)) == week for line in lines[:1]):
            journal.record(action, objet, at=at)
    return True


def _rappel(found: dict[str, Rappel], to: str) -> Rappel:
    return found.setdefault(to.lower(), Rappel(to.lower()))


def _link(name: str, *arguments: object) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=arguments)}"


def _named(actions: Sequence[Action], to: str, *, asked: bool = False) -> str:
    """A line a sheet; ``asked``: with what its académie asks, so that one may answer at once."""
    complements = complements_of(actions) if asked else {}
    lines = []
    for action in actions:
        link = _link("relecture:fiche", action.pk)
        lines.append(f"- {title_for(action, to) or 'Fiche sans titre'} : {link}")
        if complement := complements.get(action.pk):
            lines += [f"  > {line}" for line in complement.asked.note.splitlines()]
    return "\n".join(lines)


def _recalled(actions: list[Action], objet: Objet, week: str) -> list[Action]:
    """Keep those that may be recalled once more; recalls before the last change do not count."""
    since = {
        journal.subject_of(action): (action.submitted_at if objet is Objet.TO_READ else action.updated_at)
        for action in actions
    }
    weeks: dict[str, set[str]] = defaultdict(set)
    lines = JournalEntry.objects.filter(verb=objet, subject__in=since).order_by("pk")
    for subject, when in lines.values_list("subject", "at"):
        start = since[subject]
        if start is None or when >= start:
            weeks[subject].add(week_of(timezone.localdate(when)))
    return [action for action in actions if is_still_recalled(weeks[journal.subject_of(action)], week)]


def _add_moderators(found: dict[str, Rappel], *, at: dt.datetime, week: str, wait_days: int) -> None:
    waiting = Action.objects.waiting().filter(submitted_at__lte=at - patience(Objet.TO_READ, wait_days))
    roles = Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR).select_related("user")
    people: dict[int, set[str]] = defaultdict(set)
    for role in roles.order_by("pk"):
        if role.academie_id:
            people[role.academie_id].add(role.user.email)
    for academie, addresses in sorted(people.items()):
        here = waiting.filter(semaine__academie=academie)
        oldest = list(here.order_by("submitted_at", "pk")[:LOOKED_AT])
        recalled = _recalled(oldest, Objet.TO_READ, week)
        if not recalled:
            continue
        count, named = here.count(), recalled[:NAMED]
        words = pluriel(count, "fiche attend", "fiches attendent")
        part = f"{count} {words} votre relecture depuis plus de {wait_days} jours. Les plus anciennes :"
        for to in addresses:
            rappel = _rappel(found, to)
            rappel.subjects.append(f"{count} {pluriel(count, 'fiche', 'fiches')} à relire")
            rappel.parts.append(f"{part}\n{_named(named, to)}\nToute la file : {_link('relecture:file')}")
            rappel.sheets += [(action, Objet.TO_READ) for action in named]


def _office(rappel: Rappel) -> str:
    """Where an answer goes: the office of the académie, when it is about one."""
    semaines = {action.semaine_id for action, _ in rappel.sheets}
    found = set(Semaine.objects.filter(pk__in=semaines).values_list("academie__courriel", flat=True))
    return found.pop() if len(found) == 1 else ""


_WORDS = {
    Objet.TO_COMPLETE: ("à compléter", "L’académie attend un complément :"),
    Objet.DRAFT: ("à terminer", "Vous avez commencé, et pas encore envoyé :"),
}


def _add_owners(found: dict[str, Rappel], *, at: dt.datetime, week: str, wait_days: int) -> None:
    for etat, objet in ((Etat.TO_COMPLETE, Objet.TO_COMPLETE), (Etat.DRAFT, Objet.DRAFT)):
        resting = Action.objects.filter(etat=etat, updated_at__lte=at - patience(objet, wait_days))
        people: dict[str, list[Action]] = defaultdict(list)
        for batch in _batches(resting):
            for action in _recalled(batch, objet, week):
                for to in _addresses(action, objet, at):
                    people[to].append(action)
        about, intro = _WORDS[objet]
        for to, actions in people.items():
            rappel, named = _rappel(found, to), actions[:NAMED]
            count = len(actions)
            rappel.subjects.append(f"{count} {pluriel(count, 'fiche', 'fiches')} {about}")
            without = f"Sans compte, recevez un lien : {_link('actions:retrouver')}"
            told = _named(named, to, asked=objet is Objet.TO_COMPLETE)
            rappel.parts.append(f"{intro}\n{told}\n{without}")
            rappel.sheets += [(action, objet) for action in named]


def _batches(actions: QuerySet[Action], size: int = 200) -> Iterable[list[Action]]:
    """Sheets by so many, so that memory does not follow their number."""
    last = 0
    ordered = actions.order_by("pk").select_related("declarant").prefetch_related("porteurs__etablissement")
    while batch := list(ordered.filter(pk__gt=last)[:size]):
        yield batch
        last = batch[-1].pk


def _addresses(action: Action, objet: Objet, at: dt.datetime) -> list[str]:
    """Whom to remind. A draft is its author's: an address nobody confirmed is never written to."""
    if objet is not Objet.DRAFT:
        return owners(action, at)
    if declarant_left(action, at):
        return []
    if action.declarant and action.declarant.is_active:
        return [action.declarant.email]
    confirmed = action.declarant_email and action.acces.filter(used_at__isnull=False).exists()
    return [action.declarant_email] if confirmed else []


def _add_territories(found: dict[str, Rappel], *, at: dt.datetime) -> None:
    alone = sans_moderateur(at)
    if not alone:
        return
    roles = Role.objects.in_force(at).filter(kind__in=[TypeRole.NATIONAL, TypeRole.ADMINISTRATEUR])
    lines = "\n".join(
        f"- {row.academie} ({row.waiting} {pluriel(row.waiting, 'fiche', 'fiches')} en attente)"
        for row in alone
    )
    part = f"Académies sans modérateur :\n{lines}\nLes voir et inviter : {_link('relecture:territoires')}"
    for to in sorted(set(roles.values_list("user__email", flat=True))):
        rappel = _rappel(found, to)
        rappel.subjects.append(f"{len(alone)} {pluriel(len(alone), 'académie', 'académies')} sans modérateur")
        rappel.parts.append(part)

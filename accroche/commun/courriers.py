"""What becomes of mails, for people: what waits, what failed and why, which addresses do not receive ours.

How they leave is ``delivery.py``; here they are listed, tried again or given up, and those that came back are
marked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from accroche.commun import delivery
from accroche.commun.models import Message, Priority
from accroche.integrations.courriel import en_clair, lire_avis
from accroche.lib.libelles import Libelle

#: More tries than there are: how a mail that is given up is told from one that waits.
NO_MORE: Final = len(delivery.RETRIES) + 1


class Devenir(Libelle):
    """Where a mail that is not simply sent stands."""

    WAITING = "attente", "En attente"
    FAILING = "echec", "Refusés, retentés"
    LOST = "abandonnes", "Abandonnés"
    RETURNED = "retournes", "Revenus"
    DOUBTFUL = "douteux", "Douteux"

    @property
    def empty(self) -> str:
        """What is said when there is none."""
        return {
            Devenir.WAITING: "Aucun courriel n’attend : tous sont partis.",
            Devenir.FAILING: "Aucun courriel n’est refusé en ce moment.",
            Devenir.LOST: "Aucun courriel n’a été abandonné.",
            Devenir.RETURNED: "Aucun courriel n’est revenu.",
            Devenir.DOUBTFUL: "Aucun courriel n’est douteux : on sait de chacun s’il est parti.",
        }[self]


@dataclass(frozen=True, slots=True)
class CourrielEnListe:
    """A mail as its list shows it, never what it says. ``error``: the server's own words, if any."""

    number: int
    to: str
    about: str
    at: dt.datetime
    attempts: int
    next: dt.datetime | None
    reason: str
    error: str
    can_retry: bool
    can_give_up: bool


@dataclass(frozen=True, slots=True)
class Defaut:
    """An address our mails do not reach: why, in words, and since when."""

    address: str
    reason: str
    at: dt.datetime


def of(devenir: Devenir, at: dt.datetime) -> QuerySet[Message]:
    """The mails that stand there, latest first."""
    waiting = delivery.waiting(at)
    found = {
        Devenir.WAITING: waiting.filter(attempts=0),
        Devenir.FAILING: waiting.filter(attempts__gt=0),
        Devenir.LOST: Message.objects.filter(sent_at=None, handed_at=None, attempts__gt=0).exclude(
            pk__in=waiting.order_by().values("pk")
        ),
        Devenir.RETURNED: Message.objects.filter(bounced_at__isnull=False),
        Devenir.DOUBTFUL: delivery.doubtful(at),
    }
    return found[devenir].order_by("-created_at", "-pk")


def counts(at: dt.datetime) -> dict[Devenir, int]:
    """How many stand where."""
    return {devenir: of(devenir, at).count() for devenir in Devenir}


def told(message: Message, at: dt.datetime) -> CourrielEnListe:
    """A mail as its list shows it. The subject of a code is that code, and is not shown."""
    reason = en_clair(message.error) if message.error else ""
    useful = bool(message.subject) and (message.until is None or message.until > at)
    open_ = not message.sent_at and not message.handed_at
    about = message.subject or "texte oublié"
    return CourrielEnListe(
        number=message.pk,
        to=message.to,
        about="code ou lien à usage unique" if message.priority == Priority.URGENT else about,
        at=message.created_at,
        # what we said ourselves, no server was asked about
        attempts=min(message.attempts, len(delivery.RETRIES)) if message.error != reason else 0,
        next=message.retry_at if open_ and useful and 0 < message.attempts < NO_MORE else None,
        reason=reason,
        error=message.error if message.error != reason else "",
        can_retry=useful and not message.sent_at and bool(message.attempts or message.handed_at),
        can_give_up=open_ and useful and message.attempts < NO_MORE,
    )


def retry(number: int, at: dt.datetime) -> bool:
    """Have a mail that failed, or that nobody can tell about, leave now; return whether it could be."""
    useful = Q(until=None) | Q(until__gt=at)
    failed = Q(attempts__gt=0, handed_at=None) | Q(pk__in=delivery.doubtful(at).order_by().values("pk"))
    kept = Message.objects.filter(useful, failed, pk=number, sent_at=None).exclude(subject="")
    return bool(kept.update(attempts=0, handed_at=None, claim="", retry_at=at))


def give_up(number: int) -> bool:
    """Have a mail that waits never leave; return whether it could be. One that changes hands is not held."""
    kept = Message.objects.filter(pk=number, sent_at=None, handed_at=None, attempts__lt=NO_MORE)
    return bool(kept.update(attempts=NO_MORE, claim="", error="Abandonné par l’administration du site."))


def record_return(raw: bytes, at: dt.datetime) -> tuple[Message, ...]:
    """Mark the mails that a notice of non-delivery gives back; return them, nothing when it tells of none.

    Anybody may write to the mailbox that gets these notices. One is believed of a mail of ours by its name,
    made of chance, which only who received it knows; a mail has one address, whatever it was forwarded to.
    Raises ``AvisError``.
    """
    told = {avis.message_id: avis.reason for avis in lire_avis(raw) if avis.message_id}
    found: list[Message] = []
    for name, reason in told.items():
        returned = Message.objects.filter(message_id=name, handed_at__isnull=False, bounced_at=None)
        numbers = list(returned.order_by("pk").values_list("pk", flat=True))
        if returned.update(bounced_at=at, error=delivery.storable(reason)):
            found += Message.objects.filter(pk__in=numbers).order_by("pk")
    return tuple(found)


def in_trouble(addresses: Iterable[str]) -> dict[str, Defaut]:
    """Which of these addresses our latest mail did not reach, by address; two queries, however many.

    A mail that came through since says that it was mended.
    """
    wanted = {address.lower() for address in addresses if address}
    failed = Q(bounced_at__isnull=False) | Q(sent_at=None, handed_at=None, attempts__gt=0)
    # few ever fail: they are read first, and only then what became of the others
    faulty = set(Message.objects.filter(failed).order_by().values_list("to", flat=True)) & wanted
    if not faulty:
        return {}
    over = failed | Q(sent_at__isnull=False)
    rows = Message.objects.filter(over, to__in=faulty).order_by("to", "-created_at", "-pk")
    latest: dict[str, Message] = {}
    for row in rows.only("to", "sent_at", "bounced_at", "created_at", "error"):
        latest.setdefault(row.to, row)
    return {
        address: Defaut(address, en_clair(row.error), row.bounced_at or row.created_at)
        for address, row in latest.items()
        if row.bounced_at or not row.sent_at
    }

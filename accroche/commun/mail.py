"""Mails leave through one door: a row written with what it tells, sent once that is certain.

Without a mail server (``ACCROCHE_MAIL_URL`` empty, as in the demo) they stay in the table, to be read.
"""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q

from accroche.commun.models import Message
from accroche.lib.texte import typographie

#: Wait after each failed attempt; after the last one the mail is given up, and shown as such.
RETRIES = tuple(dt.timedelta(minutes=minutes) for minutes in (5, 30, 120, 720, 1440))


def queue(*, to: str, subject: str, body: str, key: str, at: dt.datetime, later: bool = False) -> bool:
    """Write a mail that leaves when the transaction is certain; return whether ``key`` was new.

    The same ``key`` writes nothing: what is told twice is mailed once. ``later``: it waits for the next
    ``send_mails``, as one of many that nobody should wait for in front of a page.
    """
    # the spaces of a French sentence are set here, for all mails
    row = {
        "to": to,
        "subject": typographie(" ".join(subject.split()))[:250],
        "body": typographie(body),
        "created_at": at,
    }
    _, created = Message.objects.get_or_create(key=key, defaults=row)
    if created and settings.MAIL_ENABLED and not later:
        transaction.on_commit(lambda: deliver(at), robust=True)
    return created


def deliver(now: dt.datetime, limit: int = 100) -> tuple[int, int]:
    """Send what waits and is due, oldest first; return how many left and how many failed.

    A mail is claimed with a conditional update: two deliveries at once never send it twice.
    """
    sent = failed = 0
    if not settings.MAIL_ENABLED:
        return sent, failed
    due = Message.objects.filter(sent_at=None, attempts__lte=len(RETRIES)).filter(
        Q(retry_at=None) | Q(retry_at__lte=now)
    )
    for message in due.order_by("created_at", "pk")[:limit]:
        later = now + RETRIES[min(message.attempts, len(RETRIES) - 1)]
        claimed = Message.objects.filter(pk=message.pk, sent_at=None, attempts=message.attempts).update(
            attempts=F("attempts") + 1, retry_at=later
        )
        if not claimed:
            continue
        try:
            EmailMessage(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.to]).send()
        except (SMTPException, OSError) as error:
            Message.objects.filter(pk=message.pk).update(error=str(error)[:1000])
            failed += 1
        else:
            Message.objects.filter(pk=message.pk).update(sent_at=now, error="")
            sent += 1
    return sent, failed

"""Mails leave through one door: a row written with what it tells, sent by the worker once that is certain.

No request ever talks to a mail server. Without one (``ACCROCHE_MAIL_URL`` empty, as in the demo) mails stay
in the table, to be read. How they leave: ``commun/delivery.py``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from accroche.commun import lanes
from accroche.commun.models import Message, Priority
from accroche.lib.texte import typographie

__all__ = ["Priority", "purge", "queue"]

#: How long what a mail said is kept, to repair what went wrong; then that it was sent, and to whom.
TEXT_KEPT: Final = dt.timedelta(days=90)
ROW_KEPT: Final = dt.timedelta(days=400)
#: Letters of the column.
_LONGEST_KEY: Final = 200


def queue(
    *,
    to: str,
    subject: str,
    body: str,
    key: str,
    at: dt.datetime,
    priority: Priority = Priority.USUAL,
    until: dt.datetime | None = None,
    reply_to: str = "",
) -> bool:
    """Write a mail that leaves when the transaction is certain; return whether ``key`` was new.

    The same ``key`` writes nothing: what is told twice is mailed once. ``until``: when the code or link in it
    ends; it is not sent after that, and what it says is forgotten. ``reply_to``: the office answers go
    to, the site's contact when empty.
    """
    # the spaces of a French sentence are set here, for all mails
    row = {
        "to": to,
        "subject": typographie(" ".join(subject.split()))[:250],
        "body": typographie(body),
        "reply_to": reply_to,
        "message_id": new_message_id(),
        "priority": priority,
        "created_at": at,
        "until": until,
    }
    _, created = Message.objects.get_or_create(key=_held(key), defaults=row)
    if created:
        transaction.on_commit(lambda: lanes.wake(lanes.Lane.MAIL))
    return created


def _held(key: str) -> str:
    """The same as the column holds it: addresses have 254 letters, and are told by strangers."""
    if len(key) <= _LONGEST_KEY:
        return key
    digest = hashlib.blake2b(key.encode(), digest_size=20).hexdigest()
    return f"{key[: _LONGEST_KEY - len(digest) - 1]}:{digest}"


def new_message_id() -> str:
    """What names one mail for ever, made of chance and of our host."""
    return f"<{secrets.token_hex(16)}@{own_host()}>"


def own_host() -> str:
    """The host name of this site, by which it also presents itself to the mail server."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def purge(at: dt.datetime) -> int:
    """Forget what mails said once it cannot serve, and remove the oldest rows; return how many changed.

    The text of a code or a link goes when it ends, of any other after :data:`TEXT_KEPT`; what has no text any
    more is not sent.
    """
    removed, _ = Message.objects.filter(created_at__lte=at - ROW_KEPT).delete()
    old = Q(until__lte=at) | Q(created_at__lte=at - TEXT_KEPT)
    forgotten = Message.objects.filter(old).exclude(subject="", body="")
    return removed + forgotten.update(subject="", body="")

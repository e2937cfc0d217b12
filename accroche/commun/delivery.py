"""How mails leave: claimed before, handed over once, marked after (see docs/adr).

A sender that is killed leaves one of three traces: a claim that lapses, and the mail is sent by another; a
mail that was being handed over, *doubtful*: nobody can tell whether it left, it is not sent again by itself,
it is counted and a person decides; or a mail that is sent.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection
from django.db.models import F, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from accroche.commun.mail import own_host
from accroche.commun.models import Message, Outage
from accroche.integrations.courriel import AdresseError, acheminable
from accroche.integrations.smtp import (
    BrokenError,
    RefusedError,
    Server,
    Session,
    Tls,
    UncertainError,
    UnreachableError,
)

logger = logging.getLogger(__name__)

#: Wait after each refusal; after the last one the mail is given up, and shown as such.
RETRIES: Final = tuple(dt.timedelta(minutes=minutes) for minutes in (5, 30, 120, 720, 1440))
#: How long a claim holds: longer than a message may take (``Server.patience``) and a locked database.
CLAIMED: Final = dt.timedelta(minutes=3)
#: How long a server that does not answer is left alone: one sender tries then, for all.
PAUSES: Final = tuple(dt.timedelta(seconds=seconds) for seconds in (10, 30, 60, 120, 300))
#: The name of the mail server among outside services.
SERVICE: Final = "mail"
#: Seconds before each new try to write that a mail left, while the database is locked.
MARK_AGAIN: Final = (0.0, 1.0, 3.0, 10.0)

Clock = Callable[[], dt.datetime]


class LostError(Exception):
    """The mail is not ours to send any more: somebody else's, or forgotten with its person."""


class _End(Enum):
    SENT = auto()
    #: by the server, which therefore answers
    REFUSED = auto()
    #: by what it holds, or by nobody: the server was not asked
    UNSENT = auto()
    DOUBTFUL = auto()
    #: the server is in trouble, and the others wait too
    BROKEN = auto()
    DOWN = auto()


ANSWERED: Final = frozenset({_End.SENT, _End.REFUSED})
TROUBLE: Final = frozenset({_End.DOUBTFUL, _End.BROKEN, _End.DOWN})


@dataclass(slots=True)
class Delivered:
    """What became of the mails of one delivery."""

    sent: int = 0
    failed: int = 0
    doubtful: int = 0


@dataclass(frozen=True, slots=True)
class MailState:
    """How the mails stand. ``oldest``: since when the first one that could leave waits."""

    waiting: int
    oldest: dt.datetime | None
    doubtful: int
    given_up: int
    outage: Outage | None


def deliver(
    now: Clock,
    *,
    limit: int = 1000,
    stop: Callable[[], bool] = lambda: False,
    told: Callable[[], None] = lambda: None,
) -> Delivered:
    """Send what waits and is due, urgent first, then oldest; several deliveries at once are safe.

    ``stop`` is asked before each mail; ``told`` is called after each, as a sign of life.
    """
    done = Delivered()
    if not settings.MAIL_ENABLED or not _due(now()).exists():
        return done
    outage = Outage.objects.filter(service=SERVICE).first()
    if outage is not None and not _may_try(outage, now()):
        return done
    with closing(Session(_server())) as session:
        for _ in range(limit):
            message = None if stop() else _claim(now())
            if message is None:
                break
            end = _send(session, message, now)
            done.sent += end is _End.SENT
            done.doubtful += end is _End.DOUBTFUL
            done.failed += end not in {_End.SENT, _End.DOUBTFUL}
            told()
            if end in TROUBLE:
                break
            if end in ANSWERED and outage is not None:
                outage.delete()
                outage = None
                logger.warning("the mail server answers again")
    return done


def try_server() -> None:
    """Connect to the mail server and sign in, sending nothing. Raises ``UnreachableError``."""
    with closing(Session(_server())) as session:
        session.greet()


def state(now: dt.datetime) -> MailState:
    """How the mails stand; what the health of the site and its doctor read."""
    due = _due(now)
    return MailState(
        waiting=waiting(now).count(),
        oldest=due.aggregate(since=Min(Coalesce("retry_at", "created_at")))["since"],
        doubtful=doubtful(now).count(),
        given_up=Message.objects.filter(sent_at=None, attempts__gt=len(RETRIES)).count(),
        outage=Outage.objects.filter(service=SERVICE).first(),
    )


def doubtful(now: dt.datetime) -> QuerySet[Message]:
    """The mails nobody can tell about: handed over, and not known to have left since."""
    return Message.objects.filter(sent_at=None, handed_at__lte=now - CLAIMED).exclude(subject="")


def send_doubtful_again(now: dt.datetime) -> int:
    """Let the doubtful mails leave again, under the same Message-ID; return how many."""
    return doubtful(now).update(handed_at=None, claim="", retry_at=now)


def hold_back(now: dt.datetime) -> int:
    """Make all that waits doubtful: a backup was put back, and it may have left since; return how many."""
    return waiting(now).update(handed_at=now - CLAIMED, claim="")


def waiting(at: dt.datetime) -> QuerySet[Message]:
    """The mails that will leave: not yet sent, handed over nor given up, and of use still."""
    useful = Q(until=None) | Q(until__gt=at)
    unsent = Message.objects.filter(useful, sent_at=None, handed_at=None, attempts__lte=len(RETRIES))
    return unsent.exclude(subject="")  # its text is forgotten


def _due(at: dt.datetime) -> QuerySet[Message]:
    return waiting(at).filter(Q(retry_at=None) | Q(retry_at__lte=at))


def _claim(at: dt.datetime) -> Message | None:
    """Take the next mail; None when nothing is due."""
    while (message := _due(at).order_by("priority", "created_at", "pk").first()) is not None:
        before, message.claim = message.claim, secrets.token_hex(16)
        if _due(at).filter(pk=message.pk, claim=before).update(claim=message.claim, retry_at=at + CLAIMED):
            return message
    return None


def _held(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, claim=message.claim, sent_at=None)


def _send(session: Session, message: Message, now: Clock) -> _End:
    def hand_over() -> None:
        if not _held(message).filter(handed_at=None).update(handed_at=now()):
            raise LostError

    try:
        to, content = _content(message)
        session.send(settings.DEFAULT_FROM_EMAIL, to, content, hand_over=hand_over)
    except LostError:
        return _End.UNSENT
    except DatabaseError:  # nothing left, and nothing can be written: the claim lapses
        raise
    except UnreachableError as error:
        _held(message).update(claim="", retry_at=None)
        _is_down(now(), error)
        return _End.DOWN
    except UncertainError as error:
        _is_down(now(), error)
        _mark(message, error=storable(error))
        return _End.DOUBTFUL
    except Exception as error:  # noqa: BLE001 - whatever one mail has, the others leave
        if isinstance(error, BrokenError):
            _is_down(now(), error)
        # what is no address no server takes, and no time mends
        hopeless = isinstance(error, AdresseError)
        _mark(
            message,
            attempts=len(RETRIES) + 1 if hopeless else F("attempts") + 1,
            retry_at=now() + RETRIES[min(message.attempts, len(RETRIES) - 1)],
            handed_at=None,
            claim="",
            error=storable(error),
        )
        if isinstance(error, BrokenError):
            return _End.BROKEN
        return _End.REFUSED if isinstance(error, RefusedError) else _End.UNSENT
    _mark(message, sent_at=now(), error="")
    return _End.SENT


def _mark(message: Message, **values: Any) -> None:
    """Write what became of a mail, again while the database is locked: what is not written is doubtful."""
    for pause in MARK_AGAIN:
        time.sleep(pause)
        try:
            _held(message).update(**values)
        except DatabaseError:
            logger.warning("mail %s: what became of it could not be written yet", message.pk, exc_info=True)
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
        else:
            return


def _content(message: Message) -> tuple[str, bytes]:
    """The address as commands carry it, and the message; the same bytes at each try.

    Raises ``AdresseError``, before anything is asked of a server.
    """
    to = acheminable(message.to)
    mail = EmailMessage(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={
            "Message-ID": message.message_id,
            "Date": message.created_at.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            # nobody's machine answers it: RFC 3834, and what Exchange reads instead
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        },
        reply_to=[address] if (address := message.reply_to or settings.CONTACT) else [],
    )
    return to, mail.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own message


def _server() -> Server:
    given = settings
    tls = Tls.ALWAYS if given.EMAIL_USE_SSL else Tls.START if given.EMAIL_USE_TLS else Tls.NONE
    return Server(
        host=given.EMAIL_HOST,
        port=given.EMAIL_PORT,
        own_name=own_host(),
        user=given.EMAIL_HOST_USER,
        password=given.EMAIL_HOST_PASSWORD,
        tls=tls,
        timeout=given.EMAIL_TIMEOUT,
        patience=given.MAIL_PATIENCE,
    )


def _may_try(outage: Outage, at: dt.datetime) -> bool:
    """Whether it is up to us to see if the server answers again; the others wait for what we find."""
    ours = Outage.objects.filter(pk=outage.pk, retry_at__lte=at, failures=outage.failures)
    return bool(ours.update(retry_at=at + CLAIMED))


def _is_down(at: dt.datetime, error: Exception) -> None:
    new = {"since": at, "failures": 0, "retry_at": at}
    outage, _ = Outage.objects.get_or_create(service=SERVICE, defaults=new)
    pause = PAUSES[min(outage.failures, len(PAUSES) - 1)]
    Outage.objects.filter(pk=outage.pk).update(
        failures=F("failures") + 1, retry_at=at + pause, error=storable(error)
    )
    logger.warning("the mail server is in trouble: %s", error)


def storable(error: object) -> str:
    """What went wrong, as both databases can hold it, whatever a server or an address is made of."""
    return f"{error}".encode("utf-8", "replace").decode().replace("\0", "�")[:1000]

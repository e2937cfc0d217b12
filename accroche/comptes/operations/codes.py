"""Sign-in codes: sent to an address, tried in the browser that asked, dead for everybody at once.

A guess is only ever compared with a code asked for by the same browser, and each code is compared at most
:data:`TRIES` times, counted in its row. So guesses at an account are bounded by the codes that may be asked
for it (``commun.plafonds``), whatever the machines: docs/exploitation.md has the sum.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from accroche.commun import mail, plafonds, securite
from accroche.commun.limites import take
from accroche.commun.models import Message
from accroche.commun.securite import Evenement
from accroche.comptes.models import CodeConnexion, User
from accroche.comptes.operations import person_of

#: Short enough to be typed on a telephone, long enough for the sum of docs/exploitation.md.
DIGITS = 8
TRIES = 5
LASTS = dt.timedelta(minutes=15)


class CodeError(ValueError):
    """The code is not the right one; the message says what to do."""


class DeadCodeError(CodeError):
    """No code can be tried any more: it was used, has expired, or was tried too often."""

    def __init__(self) -> None:
        """Say the same whatever the reason."""
        super().__init__(
            "Ce code a déjà servi, a expiré, ou a été essayé trop de fois. Demandez-en un autre."
        )


def ask_code(email: str, *, known: bool, network: str, at: dt.datetime) -> CodeConnexion:
    """Mail a code to an address, known or not: the answer is the same, and no account is made yet.

    ``known``: the browser is one where the person of this address signed in; what strangers ask for then
    counts for nothing.
    Codes sent before stay as they are. Raises ``LimitError``.
    """
    address = email.strip().lower()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    shown = f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"
    with transaction.atomic():
        row = CodeConnexion.objects.create(
            email=address, code_hash=_sealed(address, code), created_at=at, expires_at=at + LASTS
        )
        mail.queue(
            to=address,
            subject=f"{shown} est votre code de connexion",
            body=(
                f"Bonjour,\n\nVotre code pour vous connecter à Accroche : {shown}\n\n"
                "Il sert une fois, pendant quinze minutes, là où vous l’avez demandé. Si vous n’avez rien "
                "demandé, ignorez ce message : personne ne peut se connecter sans ce code.\n"
            ),
            key=_mail_key(row.pk),
            at=at,
            priority=mail.Priority.URGENT,
            until=row.expires_at,
        )
        take(_limits(address, known=known, network=network), at=at)
    securite.tell(Evenement.CODE_SENT, code=row.pk)
    return row


def _limits(address: str, *, known: bool, network: str) -> plafonds.Uses:
    if known:
        return [(plafonds.CODES_KNOWN_HOUR, address), (plafonds.CODES_KNOWN_DAY, address)]
    return [
        *plafonds.of_mailbox(address, network, plafonds.CODES_MAILBOX_NETWORK, plafonds.CODES_MAILBOX_HOUR),
        (plafonds.CODES_MAILBOX_DAY, address),
        *plafonds.of_network(network, plafonds.CODES_NETWORK_MINUTE, plafonds.CODES_NETWORK_HOUR),
        (plafonds.CODES_ALL, ""),
    ]


def try_code(numbers: Sequence[int], given: str, *, at: dt.datetime) -> User:
    """Use up the code ``given`` (digits) among the rows ``numbers`` of this browser; return whose it is.

    The account of a new address is made now, not when the code was asked for.
    Each comparison is counted before it is made, and outside of any transaction: nothing takes it back.
    Raises :class:`CodeError` for a wrong code, :class:`DeadCodeError` when none can be tried.
    """
    alive = CodeConnexion.objects.filter(used_at=None, expires_at__gt=at)
    left = 0
    for number in numbers:
        if not alive.filter(pk=number, tries__lt=TRIES).update(tries=F("tries") + 1):
            continue
        row = CodeConnexion.objects.get(pk=number)
        if not hmac.compare_digest(row.code_hash, _sealed(row.email, given)):
            left = max(left, TRIES - row.tries)
        elif alive.filter(pk=number).update(used_at=at):
            _forget_mails(CodeConnexion.objects.filter(pk=number))
            return person_of(row.email)
    securite.tell(Evenement.WRONG_CODE, code=numbers[0] if numbers else None, left=left)
    if not left:
        raise DeadCodeError
    more = f"Il vous reste {left} essai{'s' if left > 1 else ''}."
    raise CodeError(f"Ce code n’est pas le bon. {more} Vérifiez-le, ou demandez-en un autre.")


def waiting(numbers: Sequence[int], at: dt.datetime) -> list[CodeConnexion]:
    """Of the rows ``numbers``, those whose code has not expired yet, latest first."""
    rows = CodeConnexion.objects.filter(pk__in=numbers, expires_at__gt=at)
    return list(rows.order_by("-created_at", "-pk"))


def code_in_mail(row: CodeConnexion) -> str:
    """The code as its mail tells it, for the demo, whose mails everybody reads; nothing once it was used."""
    found = Message.objects.filter(key=_mail_key(row.pk)).first()
    return found.subject.partition(" est ")[0] if found else ""


def purge(at: dt.datetime) -> int:
    """Remove the codes that have expired, and the mails that still tell them; return how many codes."""
    rows = CodeConnexion.objects.filter(expires_at__lte=at)
    _forget_mails(rows)
    count, _ = rows.delete()
    return count


def _forget_mails(rows: QuerySet[CodeConnexion]) -> None:
    Message.objects.filter(
        key__in=[_mail_key(number) for number in rows.values_list("pk", flat=True)]
    ).delete()


def _mail_key(number: int) -> str:
    return f"code:{number}"


def _sealed(address: str, code: str) -> str:
    """The form under which a code is kept: without the instance's key, trying all of them finds nothing."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"code:{address}:{code}".encode(), "sha256").hex()

"""Sign-in codes: sent to an address, tried in the browser that asked, dead for everybody at once.

A guess is only ever compared with a code asked for by the same browser, and each code is compared at most
:data:`TRIES` times, counted in its row. So guesses at an account are bounded by the codes that may be asked
for it (``commun.plafonds``), whatever the machines: docs/exploitation.md has the sum.

The mail also has a link, which serves in any browser as long as more codes may be refused: whoever asks until
the owner is sent no more has sent them as many ways in.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from accroche.commun import mail, plafonds, securite
from accroche.commun.limites import take
from accroche.commun.models import Message
from accroche.commun.securite import Evenement
from accroche.comptes.models import CodeConnexion, User
from accroche.comptes.operations.personnes import person_of
from accroche.comptes.sessions import digest

#: Short enough to be typed on a telephone, long enough for the sum of docs/exploitation.md.
DIGITS = 8
TRIES = 5
LASTS = dt.timedelta(minutes=15)
#: How long the link of the same mail serves: until its owner, refused another code, is sent one again.
LINK_LASTS = plafonds.CODES_MAILBOX.period


T = TypeVar("T")


class CodeError(ValueError):
    """The code is not the right one; the message says what to do."""


class DeadCodeError(CodeError):
    """Nothing can be tried any more: it was used, has expired, or was tried too often."""


DEAD_CODE = "Ce code a déjà servi, a expiré, ou a été essayé trop de fois. Demandez-en un autre."
DEAD_LINK = "Ce lien a déjà servi, ou a plus d’une heure. Demandez un autre code."


def ask_code(email: str, *, known: bool, network: str, at: dt.datetime) -> CodeConnexion:
    """Mail a code to an address, known or not: the answer is the same, and no account is made yet.

    ``known``: the browser is one where the person of this address signed in; what strangers ask for then
    counts for nothing.
    Codes sent before stay as they are. Raises ``LimitError``.
    """
    address = email.strip().lower()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    shown = f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"
    token = secrets.token_urlsafe(32)
    link = f"{settings.SITE_URL}{reverse('comptes:lien_connexion', args=[token])}"
    with transaction.atomic():
        row = CodeConnexion.objects.create(
            email=address,
            code_hash=_sealed(address, code),
            link_hash=digest(token),
            created_at=at,
            expires_at=at + LASTS,
        )
        mail.queue(
            to=address,
            subject=f"{shown} est votre code de connexion",
            body=(
                f"Bonjour,\n\nVotre code pour vous connecter à Accroche : {shown}\n\n"
                "Il sert une fois, pendant quinze minutes, là où vous l’avez demandé. Ailleurs, ou s’il "
                f"n’est pas accepté, ouvrez ce lien dans l’heure, puis confirmez :\n{link}\n\n"
                "Si vous n’avez rien demandé, ignorez ce message : personne ne peut se connecter sans lui. "
                "Ne le transférez pas.\n"
            ),
            key=_mail_key(row.pk),
            at=at,
            priority=mail.Priority.URGENT,
            until=at + LINK_LASTS,
        )
        take(_limits(address, known=known, network=network), at=at)
    securite.tell(Evenement.CODE_SENT, code=row.pk)
    return row


def _limits(address: str, *, known: bool, network: str) -> plafonds.Uses:
    if known:
        return [(plafonds.CODES_KNOWN_HOUR, address), (plafonds.CODES_KNOWN_DAY, address)]
    return [
        *plafonds.of_mailbox(address, network, plafonds.CODES_MAILBOX_NETWORK, plafonds.CODES_MAILBOX),
        *plafonds.of_network(network, plafonds.CODES_NETWORK_MINUTE, plafonds.CODES_NETWORK_HOUR),
        (plafonds.CODES_ALL, ""),
    ]


def _whose(person: Any) -> Any:
    return person


def try_code(numbers: Sequence[int], given: str, *, at: dt.datetime, then: Callable[[User], T] = _whose) -> T:
    """Use up the code ``given`` (digits) among the rows ``numbers`` of this browser, for whose it is.

    ``then`` signs them in, in the same transaction: what could not be written leaves the code as it was.

    The account of a new address is made now, not when the code was asked for.
    Each comparison is counted before it is made, in a transaction of its own: nothing takes it back.
    Raises :class:`CodeError` for a wrong code, :class:`DeadCodeError` when none can be tried.
    """
    alive = CodeConnexion.objects.filter(used_at=None, expires_at__gt=at)
    left = 0
    for number in numbers:
        with transaction.atomic(durable=True):
            counted = alive.filter(pk=number, tries__lt=TRIES).update(tries=F("tries") + 1)
        if not counted:
            continue
        row = CodeConnexion.objects.get(pk=number)
        if not hmac.compare_digest(row.code_hash, _sealed(row.email, given)):
            left = max(left, TRIES - row.tries)
        elif found := _enter(row, alive, at, then):
            return found[0]
    securite.tell(Evenement.WRONG_CODE, code=numbers[0] if numbers else None, left=left)
    if not left:
        raise DeadCodeError(DEAD_CODE)
    more = f"Il vous reste {left} essai{'s' if left > 1 else ''}."
    raise CodeError(f"Ce code n’est pas le bon. {more} Vérifiez-le, ou demandez-en un autre.")


def open_link(token: str, *, at: dt.datetime) -> CodeConnexion:
    """Return the row behind the link of a mail, without using it. Raises :class:`DeadCodeError`."""
    row = _linked(at).filter(link_hash=digest(token)).first()
    if row is None:
        securite.tell(Evenement.WRONG_LINK, kind="sign-in")
        raise DeadCodeError(DEAD_LINK)
    return row


def use_link(token: str, *, at: dt.datetime, then: Callable[[User], T] = _whose) -> T:
    """Use up the link of a mail, and its code with it, for whose it is; ``then``: as :func:`try_code`.

    Guesses at the code do not count here: the link has 256 bits of its own. Raises :class:`DeadCodeError`.
    """
    row = open_link(token, at=at)
    found = _enter(row, _linked(at), at, then)
    if found is None:
        raise DeadCodeError(DEAD_LINK)
    return found[0]


def _linked(at: dt.datetime) -> QuerySet[CodeConnexion]:
    """The rows whose link still serves."""
    return CodeConnexion.objects.filter(used_at=None, created_at__gt=at - LINK_LASTS)


@transaction.atomic
def _enter(
    row: CodeConnexion, usable: QuerySet[CodeConnexion], at: dt.datetime, then: Callable[[User], T]
) -> tuple[T] | None:
    """Use a row up and do ``then`` for whose mailbox it proves, once; what was sent there is forgotten."""
    if not usable.filter(pk=row.pk).update(used_at=at):
        return None
    _forget_mails(CodeConnexion.objects.filter(pk=row.pk))
    return (then(person_of(row.email)),)


def waiting(numbers: Sequence[int], at: dt.datetime) -> list[CodeConnexion]:
    """Of the rows ``numbers``, those whose code has not expired yet, latest first."""
    rows = CodeConnexion.objects.filter(pk__in=numbers, expires_at__gt=at)
    return list(rows.order_by("-created_at", "-pk"))


def code_in_mail(row: CodeConnexion) -> str:
    """The code as its mail tells it, for the demo, whose mails everybody reads; nothing once it was used."""
    found = Message.objects.filter(key=_mail_key(row.pk)).first()
    return found.subject.partition(" est ")[0] if found else ""


def purge(at: dt.datetime) -> int:
    """Remove the codes and links that have expired, and the mails that still tell them; return how many."""
    rows = CodeConnexion.objects.filter(created_at__lte=at - LINK_LASTS)
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

"""Changing the address of an account: proved at the new one, told at the old one, which may take it back.

The code goes to the new mailbox and serves on the page where the person is signed in: nobody can be led to
confirm somebody else's account by a link. An address that has an account is answered like one that has none;
only its mailbox is told. The address one left stays one's own while the change may be taken back: nobody else
is given it, and a code sent there still opens the account.

What an account holds moves here; ``actions.operations.adresse`` has the sheets follow, and is what pages
call.
"""

from __future__ import annotations

import datetime as dt
import hmac
import secrets

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from accroche.commun import journal, lieux, mail, plafonds, securite
from accroche.commun.limites import take
from accroche.commun.models import Message
from accroche.commun.securite import Evenement
from accroche.comptes.models import ChangementAdresse, Invitation, User
from accroche.comptes.operations.appareils import end_sign_ins
from accroche.comptes.operations.codes import DIGITS, TRIES
from accroche.comptes.sessions import digest
from accroche.lib.moments import format_moment

#: How long the code of the new address serves, and the link of the old one.
LASTS = dt.timedelta(minutes=30)
BACK = dt.timedelta(days=30)

SAME = "C’est déjà l’adresse de votre compte."
DEAD = "Ce code ne sert plus : il a expiré, ou a été essayé trop de fois. Demandez-en un autre."
TAKEN = "Cette adresse vient d’être prise par un autre compte. Choisissez-en une autre."
DEAD_BACK = "Ce lien a déjà servi, ou date de plus de trente jours."


class AddressError(ValueError):
    """The address does not change; the message says why and what to do."""


def ask_address(user: User, email: str, *, network: str, at: dt.datetime) -> ChangementAdresse:
    """Send a code to the address a person wants, or tell that mailbox that it has an account already.

    The answer is the same; a request under way is replaced. Raises :class:`AddressError` for one's own
    address, and ``LimitError``.
    """
    address = email.strip().lower()
    if address == user.email:
        raise AddressError(SAME)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    taken = _is_taken(address, user)
    with transaction.atomic():
        row, _ = ChangementAdresse.objects.update_or_create(
            user=user,
            confirmed_at=None,
            defaults={
                "before": user.email,
                "after": address,
                # what is sent to nobody is given by nobody
                "code_hash": _sealed(user, address, secrets.token_hex() if taken else code),
                "tries": 0,
                "asked_at": at,
                "expires_at": at + LASTS,
            },
        )
        (_tell_owner if taken else _send_code)(row, code, at)
        take(
            [
                (plafonds.ADDRESSES_PERSON, str(user.pk)),
                *plafonds.of_mailbox(
                    address, network, plafonds.CODES_MAILBOX_NETWORK, plafonds.ADDRESSES_MAILBOX
                ),
            ],
            at=at,
        )
    return row


def _send_code(row: ChangementAdresse, code: str, at: dt.datetime) -> None:
    shown = f"{code[: DIGITS // 2]} {code[DIGITS // 2 :]}"
    mail.queue(
        to=row.after,
        subject=f"{shown} confirme votre nouvelle adresse",
        body=(
            "Bonjour,\n\nPour que votre compte Accroche réponde à cette adresse, écrivez ce code sur la "
            f"page « Changer d’adresse », là où vous êtes connecté : {shown}\n\n"
            "Il sert une fois, pendant trente minutes. Si vous n’avez rien demandé, ignorez ce message : "
            "rien ne change sans ce code. Ne le transférez pas.\n"
        ),
        key=_code_key(row, at),
        at=at,
        priority=mail.Priority.URGENT,
        until=row.expires_at,
    )


def _tell_owner(row: ChangementAdresse, _code: str, at: dt.datetime) -> None:
    mail.queue(
        to=row.after,
        subject="Votre adresse a déjà un compte Accroche",
        body=(
            "Bonjour,\n\nQuelqu’un vient de demander qu’un autre compte Accroche réponde à votre adresse, "
            "qui a déjà le sien. Rien n’a changé.\n\n"
            "Si c’est vous, et que vous préférez garder l’autre compte : connectez-vous avec cette adresse, "
            "passez la main sur ses fiches puis supprimez-le dans « Mon compte », et recommencez. Sinon, il "
            "n’y a rien à faire.\n"
        ),
        key=_code_key(row, at),
        at=at,
        priority=mail.Priority.URGENT,
    )


def pending(user: User, at: dt.datetime) -> ChangementAdresse | None:
    """The change a person asked for and has not confirmed yet."""
    return ChangementAdresse.objects.pending(at).filter(user=user).first()


def give_up(user: User) -> None:
    """Forget the change a person asked for: its code serves no more."""
    ChangementAdresse.objects.filter(user=user, confirmed_at=None).delete()


def check_code(user: User, given: str, *, at: dt.datetime) -> ChangementAdresse:
    """Return the change that the code ``given`` (digits) confirms; it is not made yet.

    A try is counted before it is compared, in a transaction of its own. Raises :class:`AddressError`.
    """
    alive = ChangementAdresse.objects.pending(at).filter(user=user)
    with transaction.atomic(durable=True):
        counted = alive.filter(tries__lt=TRIES).update(tries=F("tries") + 1)
    row = alive.first() if counted else None
    if row is None:
        raise AddressError(DEAD)
    if not hmac.compare_digest(row.code_hash, _sealed(user, row.after, given)):
        left = TRIES - row.tries
        securite.tell(Evenement.WRONG_CODE, code=None, left=left)
        if left <= 0:
            raise AddressError(DEAD)
        more = f"Il vous reste {left} essai{'s' if left > 1 else ''}."
        raise AddressError(f"Ce code n’est pas le bon. {more} Vérifiez-le, ou demandez-en un autre.")
    return row


@transaction.atomic
def move_account(row: ChangementAdresse, *, at: dt.datetime) -> ChangementAdresse:
    """Have the account answer at its new address, once, and tell the old one how to take it back.

    Sign-ins and devices stay, invitations that wait follow. Raises :class:`AddressError` when another request
    was faster, or when somebody has the address by now.
    """
    user, token = row.user, secrets.token_urlsafe(32)
    ends = at + BACK
    mine = ChangementAdresse.objects.filter(user=user)
    # back where one was: that address is left no more
    mine.standing().filter(before=row.after).update(undone_at=at)
    made = {"confirmed_at": at, "back_hash": digest(token), "back_until": ends}
    try:
        with transaction.atomic():
            if not mine.pending(at).filter(pk=row.pk).update(**made):
                raise AddressError(DEAD)
            if not User.objects.filter(pk=user.pk, email=row.before).update(email=row.after):
                raise AddressError(DEAD)
    except IntegrityError as error:
        raise AddressError(TAKEN) from error
    # asked again now: who left it a moment ago may come back to it
    if _is_taken(row.after, user):
        raise AddressError(TAKEN)
    waiting = Invitation.objects.filter(email=row.before, accepted_at=None, cancelled_at=None)
    followed = list(waiting.order_by("pk").values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=followed).update(email=row.after)
    mine.filter(pk=row.pk).update(moved={"invitations": followed})
    Message.objects.filter(to=row.after, key__startswith=f"adresse:{row.pk}:").delete()
    journal.record(user, "change_address", at=at, actor=user)
    back = f"{settings.SITE_URL}{lieux.address('retour_adresse', token)}"
    mail.queue(
        to=row.before,
        subject="L’adresse de votre compte Accroche a changé",
        body=(
            f"Bonjour,\n\nLe {format_moment(at)}, votre compte Accroche a changé d’adresse : il répond "
            f"désormais à {_masked(row.after)}. Ses fiches et ses rôles le suivent.\n\n"
            f"Si c’est vous, il n’y a rien à faire. Sinon, reprenez votre compte par ce lien, avant le "
            f"{format_moment(ends)} : tous les appareils seront déconnectés.\n{back}\n\n"
            "Ne transférez pas ce message.\n"
        ),
        key=f"adresse:{row.pk}:retour",
        at=at,
        priority=mail.Priority.URGENT,
        until=ends,
    )
    row.refresh_from_db()
    return row


def open_back(token: str, *, at: dt.datetime) -> ChangementAdresse:
    """The change that a link of the old mailbox takes back, not done yet. Raises :class:`AddressError`."""
    standing = ChangementAdresse.objects.standing().filter(back_until__gt=at)
    row = standing.filter(back_hash=digest(token)).select_related("user").first()
    if row is None:
        securite.tell(Evenement.WRONG_LINK, kind="address")
        raise AddressError(DEAD_BACK)
    return row


@transaction.atomic
def move_back(token: str, *, at: dt.datetime) -> list[ChangementAdresse]:
    """Give an account back to the mailbox it left, and end every sign-in; return what is taken back.

    Changes made since go with it, the latest first, and so does a ProConnect that was joined since. Raises
    :class:`AddressError`.
    """
    row = open_back(token, at=at)
    user = row.user
    mine = ChangementAdresse.objects.filter(user=user)
    since = list(mine.standing().filter(confirmed_at__gte=row.confirmed_at).order_by("-confirmed_at", "-pk"))
    if not mine.standing().filter(pk__in=[one.pk for one in since], back_until__gt=at).update(undone_at=at):
        raise AddressError(DEAD_BACK)
    mine.filter(confirmed_at=None).delete()
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(email=row.before)
    except IntegrityError as error:
        raise AddressError(TAKEN) from error
    for one in since:
        waiting = Invitation.objects.filter(pk__in=one.moved.get("invitations", ()), accepted_at=None)
        waiting.update(email=row.before)
    SocialAccount.objects.filter(user=user, date_joined__gte=row.asked_at).delete()
    user.refresh_from_db()
    end_sign_ins(user, at=at)
    journal.record(user, "restore_address", at=at, actor=user)
    mail.queue(
        to=since[0].after,
        subject="L’adresse de votre compte Accroche est revenue à la précédente",
        body=(
            "Bonjour,\n\nDepuis l’ancienne adresse du compte, quelqu’un a annulé le changement : le compte "
            "ne répond plus à cette adresse-ci.\n"
        ),
        key=f"adresse:{row.pk}:annule",
        at=at,
    )
    return since


def purge(at: dt.datetime) -> int:
    """Remove the changes that nobody can confirm or take back any more; return how many."""
    count, _ = ChangementAdresse.objects.filter(confirmed_at=None, expires_at__lte=at).delete()
    over, _ = ChangementAdresse.objects.filter(back_until__lte=at).delete()
    return count + over


def _is_taken(address: str, user: User) -> bool:
    """Whether somebody else has an address, or left it and may come back to it."""
    others = User.objects.exclude(pk=user.pk).filter(email=address)
    left = ChangementAdresse.objects.standing().exclude(user=user).filter(before=address)
    return others.exists() or left.exists()


def _masked(address: str) -> str:
    """Enough of an address for its owner: whoever reads the old mailbox by now is not told it."""
    local, _, domain = address.partition("@")
    return f"{local[:1]}…@{domain}"


def _code_key(row: ChangementAdresse, at: dt.datetime) -> str:
    return f"adresse:{row.pk}:{at.timestamp()}"


def _sealed(user: User, address: str, code: str) -> str:
    told = f"adresse:{user.pk}:{address}:{code}"
    return hmac.digest(settings.SECRET_KEY.encode(), told.encode(), "sha256").hex()

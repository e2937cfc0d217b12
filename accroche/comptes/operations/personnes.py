"""People: found by their address, named, and forgotten."""

from __future__ import annotations

import datetime as dt
from functools import partial

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from accroche.commun import journal, oubli, securite
from accroche.commun.models import JournalEntry, Message
from accroche.commun.securite import Evenement
from accroche.comptes.models import (
    Appareil,
    ChangementAdresse,
    CodeConnexion,
    DemandeInvitation,
    DemandeRattachement,
    Invitation,
    Role,
    User,
)
from accroche.comptes.operations.absents import forget_teller
from accroche.comptes.queries import GONE, PROCONNECT, addresses_of

#: How long an account nobody signed in to is kept: a mistyped address opened it.
UNUSED = dt.timedelta(days=7)


def person_of(email: str) -> User:
    """Find or make the person of an address; two requests at once make one.

    An address that somebody left stays theirs while they may come back to it.
    """
    address = email.strip().lower()
    left = ChangementAdresse.objects.standing().filter(before=address).select_related("user").first()
    found = User.objects.filter(email=address).first() or (left.user if left else None)
    if found:
        return found
    try:
        with transaction.atomic():
            return User.objects.create_user(address)
    except IntegrityError:
        return User.objects.get(email=address)


@transaction.atomic
def rename(user: User, name: str, *, at: dt.datetime) -> None:
    """Change how a person is named."""
    before, after = user.name, " ".join(name.split())
    if before != after:
        User.objects.filter(pk=user.pk).update(name=after)
        journal.record(user, "rename", at=at, actor=user, changes={"name": (before, after)})


@transaction.atomic
def link_proconnect(user: User, sub: str, *, at: dt.datetime) -> User:
    """Let who ProConnect calls ``sub`` sign in as ``user``; return whose ``sub`` it is now.

    The mailbox of ``user`` must be proved theirs. Two requests at once link one person.
    """
    link, new = SocialAccount.objects.get_or_create(provider=PROCONNECT, uid=sub, defaults={"user": user})
    if new:
        journal.record(user, "link_proconnect", at=at, actor=user)
    owner: User = link.user
    return owner


def name_at_first(user: User, name: str, *, at: dt.datetime) -> None:
    """Name who has chosen no name yet."""
    if name and not user.name:
        rename(user, name, at=at)


def purge_unused(at: dt.datetime) -> int:
    """Remove the accounts that nobody signed in to for :data:`UNUSED`; return how many.

    Whoever was given something to do stays: a role, or a seat on the jury of a vote.
    """
    unused = User.objects.filter(
        last_login=None, created_at__lt=at - UNUSED, roles=None, demandes=None, scrutins=None
    )
    count, _ = unused.delete()
    return count


def names_of(user: User) -> set[str]:
    """How a person named themselves, one time after the other, but for the names others bear too.

    Whoever takes a colleague's name and leaves does not take the colleague out of the journal.
    """
    names = journal.names_of(user) | ({user.name} if user.name else set())
    shared = User.objects.exclude(pk=user.pk).filter(name__in=names).values_list("name", flat=True)
    return names - set(shared)


@transaction.atomic
def delete_account(user: User, *, at: dt.datetime) -> None:
    """Forget a person: roles ended, name and address gone; what they did stays, without their name.

    Only what accounts hold: ``actions.operations.oubli.delete_person`` forgets the sheets too, and is what
    a page calls.
    """
    Role.objects.filter(user=user, ended_at=None).update(ended_at=at)
    former = addresses_of(user)[1:]
    ChangementAdresse.objects.filter(user=user).delete()
    Appareil.objects.filter(user=user).delete()
    CodeConnexion.objects.filter(email=user.email).delete()
    DemandeRattachement.objects.filter(user=user).delete()
    forget_teller([user.email, *former])
    DemandeInvitation.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    Invitation.objects.filter(email=user.email, accepted_at=None, cancelled_at=None).update(cancelled_at=at)
    Invitation.objects.filter(email=user.email).update(email=f"efface-{user.pk}{GONE}")
    # what they wrote to be let in, and the mails they were sent
    JournalEntry.objects.filter(actor=user, verb="ask_to_join").update(note="")
    Message.objects.filter(to__in=[user.email, *former]).delete()
    names = names_of(user)
    journal.forget(user, user.email)
    oubli.strike_names(names)
    for address in (user.email, *former):
        oubli.strike_address(address)
    transaction.on_commit(partial(securite.tell, Evenement.ACCOUNT_DELETED, subject=journal.subject_of(user)))
    User.objects.filter(pk=user.pk).update(
        email=f"efface-{user.pk}{GONE}", name=oubli.NOBODY, is_active=False
    )

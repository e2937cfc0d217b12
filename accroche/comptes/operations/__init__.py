"""Every write about people, their roles, and how they get them."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from functools import partial
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from accroche.annuaire.models import Etablissement
from accroche.commun import journal, mail, oubli, plafonds, securite
from accroche.commun.limites import LimitError, take
from accroche.commun.models import JournalEntry, Message
from accroche.commun.securite import Evenement
from accroche.comptes.models import (
    Appareil,
    CodeConnexion,
    DemandeInvitation,
    DemandeRattachement,
    Invitation,
    Role,
    User,
)
from accroche.comptes.operations.appareils import end_sign_ins
from accroche.comptes.permissions import Access, access_of, place_of_role, place_of_school
from accroche.comptes.queries import GONE, PROCONNECT
from accroche.comptes.regles import Right, TypeRole
from accroche.comptes.sessions import digest

#: How long an invitation may be accepted.
INVITATION_DAYS = 14

#: How long an account nobody signed in to is kept: a mistyped address opened it.
UNUSED = dt.timedelta(days=7)


class LinkError(ValueError):
    """A link cannot be followed; the message says why and what to do."""


class OtherAddressError(LinkError):
    """An invitation was sent to another address than the one its reader signed in with."""


def person_of(email: str) -> User:
    """Find or make the person of an address; two requests at once make one."""
    address = email.strip().lower()
    found = User.objects.filter(email=address).first()
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


def check_may_grant(access: Access, kind: TypeRole, territory: Mapping[str, Any], at: dt.datetime) -> None:
    """Raise ``PermissionDenied`` unless ``access`` may give ``kind`` on ``territory``."""
    if kind not in access.grantable() or not access.allows(Right.GRANT, place_of_role(territory, at)):
        raise PermissionDenied


def _lasting(
    user: User, kind: str, expires_at: dt.datetime | None, territory: Mapping[str, Any], at: dt.datetime
) -> Role | None:
    """The same role, in force for at least as long; None when there is none."""
    same = Role.objects.in_force(at).filter(user=user, kind=kind, **territory)
    long_enough = Q(expires_at=None)
    if expires_at is not None:
        long_enough |= Q(expires_at__gte=expires_at)
    return same.filter(long_enough).first()


@transaction.atomic
def grant(
    user: User,
    kind: TypeRole,
    *,
    access: Access | None,
    at: dt.datetime,
    expires_at: dt.datetime | None = None,
    **territory: Any,
) -> Role:
    """Give a role; one in force already on the same territory, for as long, is returned as it is.

    ``access``: who gives it, None for the operator's console. Raises ``PermissionDenied``.
    """
    if access is not None:
        check_may_grant(access, kind, territory, at)
    if same := _lasting(user, kind, expires_at, territory, at):
        return same
    giver = access.user if access else None
    role = Role.objects.create(
        user=user, kind=kind, granted_at=at, granted_by=giver, expires_at=expires_at, **territory
    )
    journal.record(user, "grant", at=at, actor=giver, note=str(role))
    mail.queue(
        to=user.email,
        subject=f"Vous êtes {TypeRole(kind).label.lower()}",
        body=(
            f"Bonjour,\n\nVous avez maintenant le rôle « {role} » sur Accroche.\n\n"
            f"Votre espace : {settings.SITE_URL}{reverse('portail:tableau')}\n"
        ),
        key=f"role:{role.pk}",
        at=at,
    )
    return role


@transaction.atomic
def end_role(role: Role, *, access: Access, at: dt.datetime) -> None:
    """End a role: one's own, or one that ``access`` may give. Raises ``PermissionDenied``."""
    own = access.user is not None and role.user_id == access.user.pk
    if not own:
        check_may_grant(access, TypeRole(role.kind), role.columns, at)
    if Role.objects.filter(pk=role.pk, ended_at=None).update(ended_at=at):
        journal.record(role.user, "end_role", at=at, actor=access.user, note=str(role))
        if not own:
            _cancel_what_nobody_may_give(role.user, access=access, at=at)
            if not Role.objects.in_force(at).filter(user=role.user).exists():
                end_sign_ins(role.user, at=at)


def _cancel_what_nobody_may_give(sender: User, *, access: Access, at: dt.datetime) -> None:
    """Take back the waiting invitations of who was put out: a way back in is not prepared beforehand."""
    left = access_of(sender, at)
    for invitation in Invitation.objects.filter(invited_by=sender, accepted_at=None, cancelled_at=None):
        try:
            check_may_grant(left, TypeRole(invitation.kind), invitation.columns, at)
        except PermissionDenied:
            _take_back(invitation, access=access, at=at)


def _take_back(invitation: Invitation, *, access: Access, at: dt.datetime) -> None:
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, cancelled_at=None)
    if waiting.update(cancelled_at=at):
        journal.record(invitation, "cancel_invitation", at=at, actor=access.user, note=invitation.role_words)


@transaction.atomic
def resume_role(role: Role, *, access: Access, at: dt.datetime) -> None:
    """Take back the end of a role. Raises ``PermissionDenied``."""
    check_may_grant(access, TypeRole(role.kind), role.columns, at)
    if Role.objects.filter(pk=role.pk, ended_at__isnull=False).update(ended_at=None):
        journal.record(role.user, "resume_role", at=at, actor=access.user, note=str(role))


@transaction.atomic
def invite(
    email: str,
    kind: TypeRole,
    *,
    access: Access,
    at: dt.datetime,
    role_expires_at: dt.datetime | None = None,
    **territory: Any,
) -> Invitation:
    """Offer a role to an address, by a single-use link. Raises ``PermissionDenied`` and ``LimitError``."""
    check_may_grant(access, kind, territory, at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        kind=kind,
        token_hash=digest(token),
        invited_at=at,
        invited_by=access.user,
        expires_at=at + dt.timedelta(days=INVITATION_DAYS),
        role_expires_at=role_expires_at,
        **territory,
    )
    journal.record(invitation, "invite", at=at, actor=access.user, note=invitation.role_words)
    link = f"{settings.SITE_URL}{reverse('comptes:invitation', args=[token])}"
    sender = access.user.email if access.user else settings.ORGANISATION
    mail.queue(
        to=invitation.email,
        subject="Invitation à rejoindre Accroche",
        body=(
            # by their address: a name is whatever its owner writes, and this mailbox knows nobody here yet
            f"Bonjour,\n\n{sender} vous propose le rôle « {invitation.role_words} » pour la Semaine de "
            f"la persévérance scolaire.\n\nPour l’accepter, ouvrez ce lien avant le "
            f"{invitation.expires_at:%d/%m/%Y} ; il ne sert qu’une fois :\n{link}\n"
        ),
        key=f"invitation:{invitation.pk}",
        at=at,
        until=invitation.expires_at,
    )
    if access.user:
        own = str(access.user.pk)
        mailbox = (plafonds.INVITATIONS_MAILBOX, f"{own} {invitation.email}")
        take([(plafonds.INVITATIONS_PERSON, own), mailbox], at=at)
    return invitation


@transaction.atomic
def cancel_invitation(invitation: Invitation, *, access: Access, at: dt.datetime) -> None:
    """Take an invitation back before it is accepted. Raises ``PermissionDenied``."""
    check_may_grant(access, TypeRole(invitation.kind), invitation.columns, at)
    _take_back(invitation, access=access, at=at)


def open_invitation(token: str, at: dt.datetime) -> Invitation:
    """Return the invitation a link leads to. Raises :class:`LinkError`."""
    invitation = Invitation.objects.filter(token_hash=digest(token)).first()
    if invitation is None:
        securite.tell(Evenement.WRONG_LINK, kind="invitation")
        raise LinkError("Ce lien n’existe pas. Vérifiez qu’il est complet.")
    if invitation.accepted_at:
        raise LinkError("Cette invitation a déjà servi. Connectez-vous pour retrouver votre espace.")
    if invitation.cancelled_at:
        raise LinkError("Cette invitation a été annulée. Demandez-en une autre à qui l’a envoyée.")
    if invitation.expires_at <= at:
        raise LinkError("Cette invitation a expiré. Demandez-en une autre à la personne qui l’a envoyée.")
    return invitation


@transaction.atomic
def accept_invitation(token: str, user: User, *, at: dt.datetime) -> Role:
    """Turn an invitation into a role, once, for the person of the address it was sent to.

    Holding the link is not enough: links are forwarded. Raises :class:`OtherAddressError` for another person
    (``operations.invitations`` lets them ask), :class:`LinkError` when it cannot be accepted any more.
    """
    invitation = open_invitation(token, at)
    if invitation.email != user.email:
        raise OtherAddressError("Cette invitation a été envoyée à une autre adresse que la vôtre.")
    return give_offered(invitation, user, by=invitation.invited_by, at=at)


def give_offered(invitation: Invitation, user: User, *, by: User | None, at: dt.datetime) -> Role:
    """Give the role of an invitation, once, in the caller's transaction. Raises :class:`LinkError`."""
    claimed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, cancelled_at=None).update(
        accepted_at=at
    )
    if not claimed:
        raise LinkError("Cette invitation a déjà servi. Connectez-vous pour retrouver votre espace.")
    until = invitation.role_expires_at
    role = _lasting(user, invitation.kind, until, invitation.columns, at) or Role.objects.create(
        user=user,
        kind=invitation.kind,
        granted_at=at,
        granted_by=by,
        expires_at=until,
        **invitation.columns,
    )
    journal.record(user, "accept_invitation", at=at, actor=user, note=str(role))
    return role


@transaction.atomic
def ask_to_join(user: User, etablissement: Etablissement, *, message: str, at: dt.datetime) -> bool:
    """Ask to share a school's sheets; return whether the request is new.

    The school's people are told, and the académie's moderators. Raises ``LimitError``.
    """
    if Role.objects.in_force(at).filter(user=user, kind=TypeRole.PORTEUR, etablissement=etablissement):
        return False
    waiting = DemandeRattachement.objects.filter(user=user, decided_at=None)
    if waiting.filter(etablissement=etablissement).exists():
        return False
    try:
        with transaction.atomic():
            # their row is held from here on: no other request of theirs is counted or made meanwhile
            take([(plafonds.REQUESTS, str(user.pk))], at=at)
            if waiting.count() >= plafonds.REQUESTS.most:
                raise LimitError(plafonds.REQUESTS, at + plafonds.REQUESTS.period)
            request = DemandeRattachement.objects.create(
                user=user, etablissement=etablissement, message=message.strip(), asked_at=at
            )
    except IntegrityError:  # the same request was made at this very moment
        return False
    journal.record(etablissement, "ask_to_join", at=at, actor=user, note=message.strip())
    academie = etablissement.academie_on(at.date())
    holders = Role.objects.in_force(at).filter(kind=TypeRole.PORTEUR, etablissement=etablissement)
    if academie:
        holders |= Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR, academie=academie)
    link = f"{settings.SITE_URL}{reverse('comptes:demandes')}"
    for address in sorted(set(holders.values_list("user__email", flat=True))):
        mail.queue(
            to=address,
            subject=f"{user} demande à rejoindre {etablissement.name}",
            body="\n\n".join(
                filter(
                    None,
                    [
                        f"{user} ({user.email}) demande à partager les fiches de « {etablissement} ».",
                        message.strip(),
                        f"Répondre : {link}",
                    ],
                )
            ),
            key=f"demande:{request.pk}:{address}",
            at=at,
        )
    return True


@transaction.atomic
def answer_request(
    request: DemandeRattachement, *, accepted: bool, access: Access, at: dt.datetime, note: str = ""
) -> bool:
    """Accept or refuse a request to join; return False when somebody already did.

    Raises ``PermissionDenied``.
    """
    school = request.etablissement
    if not access.allows(Right.GRANT, place_of_school(school, school.academie_on(at.date()))):
        raise PermissionDenied
    decided = DemandeRattachement.objects.filter(pk=request.pk, decided_at=None).update(
        decided_at=at, decided_by=access.user, accepted=accepted
    )
    if not decided:
        return False
    verb = "accept_request" if accepted else "refuse_request"
    journal.record(school, verb, at=at, actor=access.user, note=note)
    if accepted:
        grant(request.user, TypeRole.PORTEUR, access=access, at=at, etablissement=school)
    else:
        mail.queue(
            to=request.user.email,
            subject=f"Votre demande pour {school.name}",
            body=f"Bonjour,\n\nVotre demande pour « {school} » n’a pas été acceptée.\n\n{note}".strip(),
            key=f"demande:{request.pk}:refus",
            at=at,
        )
    return True


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
    Appareil.objects.filter(user=user).delete()
    CodeConnexion.objects.filter(email=user.email).delete()
    DemandeRattachement.objects.filter(user=user).delete()
    DemandeInvitation.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    Invitation.objects.filter(email=user.email, accepted_at=None, cancelled_at=None).update(cancelled_at=at)
    Invitation.objects.filter(email=user.email).update(email=f"efface-{user.pk}{GONE}")
    # what they wrote to be let in, and the mails they were sent
    JournalEntry.objects.filter(actor=user, verb="ask_to_join").update(note="")
    Message.objects.filter(to=user.email).delete()
    names = names_of(user)
    journal.forget(user, user.email)
    oubli.strike_names(names)
    oubli.strike_address(user.email)
    transaction.on_commit(partial(securite.tell, Evenement.ACCOUNT_DELETED, subject=journal.subject_of(user)))
    User.objects.filter(pk=user.pk).update(
        email=f"efface-{user.pk}{GONE}", name=oubli.NOBODY, is_active=False
    )

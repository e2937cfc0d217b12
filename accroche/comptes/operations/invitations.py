"""A role offered to an address, accepted once by its person."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accroche.commun import journal, mail, plafonds, securite
from accroche.commun.limites import take
from accroche.commun.securite import Evenement
from accroche.comptes.models import Invitation, Role, User
from accroche.comptes.operations.roles import check_may_grant, lasting, take_back
from accroche.comptes.permissions import Access
from accroche.comptes.queries import addresses_of, office_of
from accroche.comptes.regles import TypeRole
from accroche.comptes.sessions import digest
from accroche.lib.moments import format_moment

#: How long an invitation may be accepted.
INVITATION_DAYS = 14


class LinkError(ValueError):
    """A link cannot be followed; the message says why and what to do."""


class OtherAddressError(LinkError):
    """An invitation was sent to another address than the one its reader signed in with."""


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
    until = format_moment(invitation.expires_at, invitation.clock_of)
    sender = access.user.email if access.user else settings.ORGANISATION
    mail.queue(
        to=invitation.email,
        subject="Invitation à rejoindre Accroche",
        body=(
            # by their address: a name is whatever its owner writes, and this mailbox knows nobody here yet
            f"Bonjour,\n\n{sender} vous propose le rôle « {invitation.role_words} » pour la Semaine de "
            f"la persévérance scolaire.\n\nPour l’accepter, ouvrez ce lien avant le {until} ; "
            f"il ne sert qu’une fois :\n{link}\n"
        ),
        key=f"invitation:{invitation.pk}",
        at=at,
        reply_to=office_of(territory, at),
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
    take_back(invitation, access=access, at=at)


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
    (``operations.demandes`` lets them ask), :class:`LinkError` when it cannot be accepted any more.
    """
    invitation = open_invitation(token, at)
    if invitation.email not in addresses_of(user):
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
    role = lasting(user, invitation.kind, until, invitation.columns, at) or Role.objects.create(
        user=user,
        kind=invitation.kind,
        granted_at=at,
        granted_by=by,
        expires_at=until,
        **invitation.columns,
    )
    journal.record(user, "accept_invitation", at=at, actor=user, note=str(role))
    return role

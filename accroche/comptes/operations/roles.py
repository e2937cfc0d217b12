"""Roles given, ended and resumed, by who may give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from accroche.commun import journal, lieux, mail
from accroche.comptes.models import Invitation, Role, User
from accroche.comptes.operations.appareils import end_sign_ins
from accroche.comptes.permissions import Access, access_of, place_of_role
from accroche.comptes.queries import office_of
from accroche.comptes.regles import Right, TypeRole


def check_may_grant(access: Access, kind: TypeRole, territory: Mapping[str, Any], at: dt.datetime) -> None:
    """Raise ``PermissionDenied`` unless ``access`` may give ``kind`` on ``territory``."""
    if kind not in access.grantable() or not access.allows(Right.GRANT, place_of_role(territory, at)):
        raise PermissionDenied


def lasting(
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
    if same := lasting(user, kind, expires_at, territory, at):
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
            f"Votre espace : {settings.SITE_URL}{lieux.address('espace')}\n"
        ),
        key=f"role:{role.pk}",
        at=at,
        reply_to=office_of(territory, at),
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
            take_back(invitation, access=access, at=at)


def take_back(invitation: Invitation, *, access: Access, at: dt.datetime) -> None:
    """Cancel an invitation that still waits, whoever asks: who may is the caller's to check."""
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, cancelled_at=None)
    if waiting.update(cancelled_at=at):
        journal.record(invitation, "cancel_invitation", at=at, actor=access.user, note=invitation.role_words)


@transaction.atomic
def resume_role(role: Role, *, access: Access, at: dt.datetime) -> None:
    """Take back the end of a role. Raises ``PermissionDenied``."""
    check_may_grant(access, TypeRole(role.kind), role.columns, at)
    if Role.objects.filter(pk=role.pk, ended_at__isnull=False).update(ended_at=None):
        journal.record(role.user, "resume_role", at=at, actor=access.user, note=str(role))

"""An invitation opened by somebody of another address: nothing is given before its sender's side agrees."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from accroche.commun import journal, mail, plafonds
from accroche.commun.limites import take
from accroche.comptes.models import DemandeInvitation, User
from accroche.comptes.operations import check_may_grant, give_offered, open_invitation
from accroche.comptes.permissions import Access
from accroche.comptes.regles import TypeRole


@transaction.atomic
def ask_for_invitation(token: str, user: User, *, at: dt.datetime) -> bool:
    """Ask who sent an invitation to let ``user`` accept it with their address; False when they did already.

    Raises ``LinkError``, and ``LimitError`` when they ask too much: each one mails somebody.
    """
    invitation = open_invitation(token, at)
    try:
        with transaction.atomic():
            asked = DemandeInvitation.objects.create(invitation=invitation, user=user, asked_at=at)
    except IntegrityError:  # once and for all: a refusal is not asked about again
        return False
    take([(plafonds.REQUESTS, str(user.pk))], at=at)
    journal.record(invitation, "ask_for_invitation", at=at, actor=user)
    sender = invitation.invited_by
    if sender and sender.is_active:
        mail.queue(
            to=sender.email,
            subject="Une autre adresse souhaite accepter votre invitation",
            body=(
                f"Bonjour,\n\nVous avez proposé le rôle « {invitation.role_words} » à {invitation.email}. "
                f"Quelqu’un qui a reçu le lien souhaite l’accepter avec une autre adresse : {user.email}\n\n"
                "N’acceptez que si vous reconnaissez cette personne : le lien a pu être transféré.\n\n"
                f"Répondre : {settings.SITE_URL}{reverse('comptes:demandes')}\n"
            ),
            key=f"demande-invitation:{asked.pk}",
            at=at,
        )
    return True


@transaction.atomic
def answer_for_invitation(
    asked: DemandeInvitation, *, accepted: bool, access: Access, at: dt.datetime
) -> bool:
    """Let another address accept an invitation, or refuse; return False when somebody already answered.

    Raises ``PermissionDenied``, and ``LinkError`` when the invitation has served, or was taken back.
    """
    invitation = asked.invitation
    check_may_grant(access, TypeRole(invitation.kind), invitation.columns, at)
    decided = DemandeInvitation.objects.filter(pk=asked.pk, decided_at=None, user__is_active=True).update(
        decided_at=at, decided_by=access.user, accepted=accepted
    )
    if not decided:
        return False
    if accepted:
        role = give_offered(invitation, asked.user, by=access.user, at=at)
        text = f"Vous avez maintenant le rôle « {role} ». Votre espace : "
        text += f"{settings.SITE_URL}{reverse('portail:tableau')}"
    else:
        journal.record(invitation, "refuse_for_invitation", at=at, actor=access.user)
        text = "L’invitation que vous vouliez accepter avec votre adresse reste à celle qui l’a reçue."
    mail.queue(
        to=asked.user.email,
        subject="Votre demande au sujet d’une invitation",
        body=f"Bonjour,\n\n{text}\n",
        key=f"demande-invitation:{asked.pk}:reponse",
        at=at,
    )
    return True

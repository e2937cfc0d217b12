"""What people ask for and those concerned answer: a school's sheets, an invitation of another address."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from accroche.annuaire.models import Etablissement
from accroche.commun import journal, lieux, mail, plafonds
from accroche.commun.limites import LimitError, take
from accroche.comptes.models import DemandeInvitation, DemandeRattachement, Role, User
from accroche.comptes.operations.invitations import give_offered, open_invitation
from accroche.comptes.operations.roles import check_may_grant, grant
from accroche.comptes.permissions import Access, place_of_school
from accroche.comptes.queries import office_of
from accroche.comptes.regles import Right, TypeRole


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
            reply_to=academie.courriel if academie else "",
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
            reply_to=office_of({"etablissement": school}, at),
        )
    return True


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
            reply_to=office_of(invitation.columns, at),
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
        text += f"{settings.SITE_URL}{lieux.address('espace')}"
    else:
        journal.record(invitation, "refuse_for_invitation", at=at, actor=access.user)
        text = "L’invitation que vous vouliez accepter avec votre adresse reste à celle qui l’a reçue."
    mail.queue(
        to=asked.user.email,
        subject="Votre demande au sujet d’une invitation",
        body=f"Bonjour,\n\n{text}\n",
        key=f"demande-invitation:{asked.pk}:reponse",
        at=at,
        reply_to=office_of(invitation.columns, at),
    )
    return True

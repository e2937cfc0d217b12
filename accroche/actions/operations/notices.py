"""Who is told of a step, and in which words."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse

from accroche.actions.cycle import Etat, Side, Step
from accroche.actions.models import Action
from accroche.commun import mail
from accroche.comptes.models import Role
from accroche.comptes.permissions import Access
from accroche.comptes.regles import TypeRole


def owners(action: Action, at: dt.datetime) -> list[str]:
    """The addresses of who answers for a sheet: who declared it, and the people of its schools."""
    schools = [porteur.etablissement.pk for porteur in action.porteurs.all() if porteur.etablissement]
    roles = Role.objects.in_force(at).filter(kind=TypeRole.PORTEUR, etablissement__in=schools)
    found = [action.declarant.email if action.declarant else action.declarant_email, action.private_email]
    found += roles.values_list("user__email", flat=True)
    return sorted({address.lower() for address in found if address})


def moderators(action: Action, at: dt.datetime) -> list[str]:
    """The addresses of who moderates its académie."""
    roles = Role.objects.in_force(at).filter(kind=TypeRole.MODERATEUR, academie=action.semaine.academie_id)
    return sorted(set(roles.values_list("user__email", flat=True)))


def tell_other_side(
    action: Action, step: Step, *, side: Side, reason: str, access: Access, at: dt.datetime
) -> None:
    """Mail the other side once about ``step``; who made it is not told of it."""
    addresses = owners(action, at) if side is Side.MODERATOR else moderators(action, at)
    own = access.user.email if access.user else ""
    address = f"{settings.SITE_URL}{reverse('actions:fiche', args=[action.pk])}"
    for to in addresses:
        if to != own:
            mail.queue(
                to=to,
                subject=f"{action.title} : {Etat(action.etat).label.lower()}",
                body="\n\n".join(filter(None, [f"« {action.title} » : {step.label}.", reason, address])),
                key=f"action:{action.pk}:{action.version}:{to}",
                at=at,
            )

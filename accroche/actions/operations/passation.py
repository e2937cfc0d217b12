"""A sheet belongs to its school: who leaves hands over, who declared without an account takes up.

Handing over waits for nobody. What named the person names the colleague's address or the school at once;
the colleague's rights come from the role they accept. So nothing is ever half handed over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q

from accroche.actions.models import Action
from accroche.actions.operations.confirmation import confirm
from accroche.actions.operations.liens import revoke_links
from accroche.actions.queries.passation import sheets_naming, sheets_to_attach
from accroche.commun import journal
from accroche.comptes import operations as comptes
from accroche.comptes.models import Invitation, Role, User
from accroche.comptes.permissions import Access, place_of_school
from accroche.comptes.regles import Right, TypeRole


class HandoverError(ValueError):
    """The handover cannot be; the message says what to change."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a handover did: how many sheets changed hands, and whether the colleague was invited."""

    sheets: int
    invited: bool


@transaction.atomic
def hand_over(
    role: Role, *, access: Access, at: dt.datetime, to: str = "", leave: bool = False
) -> HandedOver:
    """Hand the sheets of a porteur's school over to ``to``, an address, or to the school when empty.

    ``leave`` also ends the role. Raises ``PermissionDenied`` (only the person, or who may give the role) and
    :class:`HandoverError`.
    """
    school, person = role.etablissement, role.user
    if school is None or not Role.objects.in_force(at).filter(pk=role.pk).exists():
        raise HandoverError("Ce rôle est déjà terminé : rien n’a changé.")
    own = access.user is not None and access.user.pk == person.pk
    place = place_of_school(school, school.academie_on(at.date()))
    if not access.allows(Right.GRANT, place) or not (own or access.allows(Right.MODERATE, place)):
        raise PermissionDenied
    address = to.strip().lower()
    if address == person.email:
        raise HandoverError("Donnez l’adresse d’un collègue : celle-ci est celle de la personne qui part.")
    colleague = User.objects.filter(email=address, is_active=True).first() if address else None
    there = Role.objects.in_force(at).filter(
        user=colleague, kind=TypeRole.PORTEUR, etablissement=school, user__isnull=False
    )
    already = there.exists()
    invited = bool(address) and not already and _invite_once(address, role, access=access, at=at)
    count = 0
    for action in sheets_naming(person, school):
        count += _give(action, person, address, colleague if already else None, access=access, at=at)
    if leave:
        comptes.end_role(role, access=access, at=at)
    journal.record(school, "hand_over", at=at, actor=access.user)
    return HandedOver(count, invited)


def _invite_once(address: str, role: Role, *, access: Access, at: dt.datetime) -> bool:
    """Invite unless an invitation to the same school already waits for that address."""
    waiting = Invitation.objects.filter(
        email=address,
        kind=TypeRole.PORTEUR,
        etablissement=role.etablissement,
        accepted_at=None,
        cancelled_at=None,
        expires_at__gt=at,
    )
    if waiting.exists():
        return False
    comptes.invite(address, TypeRole.PORTEUR, access=access, at=at, etablissement=role.etablissement)
    return True


def _give(
    action: Action, person: User, address: str, colleague: User | None, *, access: Access, at: dt.datetime
) -> int:
    """Put the colleague, or nobody in particular, where a sheet names ``person``; return 1 when it did.

    A draft under an address that nobody confirmed is nobody's yet, and changes no hands: it is shut.
    """
    columns: dict[str, object] = {}
    if action.declarant_id == person.pk:
        columns["declarant"] = colleague
    if action.declarant_email.lower() == person.email:
        columns["declarant_email"] = ""
    if action.private_email.lower() == person.email or "declarant" in columns:
        columns |= {"private_contact": "", "private_phone": "", "private_email": address}
    # only while it still names the person: of two handovers at once, the first counts
    named = Q(declarant=person) | Q(private_email__iexact=person.email)
    named |= Q(declarant_email__iexact=person.email)
    revoke_links(action, at=at, email=person.email)
    changed = Action.with_unconfirmed.filter(named, pk=action.pk).update(
        **columns, version=F("version") + 1, updated_at=at
    )
    if changed:
        # no name and no address here: what the journal holds outlives the account
        journal.record(action, "hand_over", at=at, actor=access.user)
    return 0 if action.unconfirmed else changed


@transaction.atomic
def attach(person: User, chosen: Iterable[int], *, at: dt.datetime) -> int:
    """Make sheets declared without an account, from the person's proved address, their own; return how many.

    What is not theirs to take, or was taken meanwhile, is left alone.
    """
    count = 0
    for action in sheets_to_attach(person).filter(pk__in=set(chosen)):
        # from now on the account opens it, wherever its person signs in
        revoke_links(action, at=at)
        confirm(action)
        taken = Action.objects.filter(pk=action.pk, declarant=None, declarant_email__iexact=person.email)
        if taken.update(declarant=person, declarant_email="", version=F("version") + 1, updated_at=at):
            journal.record(action, "attach", at=at, actor=person)
            count += 1
    return count

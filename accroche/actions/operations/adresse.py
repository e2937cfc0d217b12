"""The sheets of a person whose account answers at another address: they follow, and come back with it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Q

from accroche.actions.models import Action, LienAcces
from accroche.comptes.models import ChangementAdresse, User
from accroche.comptes.operations import adresses


def confirm_address(user: User, code: str, *, at: dt.datetime) -> ChangementAdresse:
    """Change the address of an account by the code sent there, with the sheets that name the old one.

    Raises ``AddressError``.
    """
    row = adresses.check_code(user, code, at=at)
    with transaction.atomic():
        row = adresses.move_account(row, at=at)
        moved = _follow(row.before, row.after, at)
        ChangementAdresse.objects.filter(pk=row.pk).update(moved=row.moved | moved)
    return row


@transaction.atomic
def take_address_back(token: str, *, at: dt.datetime) -> User:
    """Undo a change of address from the old mailbox, and all that followed. Raises ``AddressError``."""
    undone = adresses.move_back(token, at=at)
    before = undone[-1].before
    for row in undone:
        # only what still stands as it was moved: what changed hands since is theirs who have it
        declared = Action.with_unconfirmed.filter(pk__in=row.moved.get("declared", ()), declarant=None)
        declared.filter(declarant_email=row.after).update(declarant_email=before)
        LienAcces.objects.filter(email=row.after, action__in=row.moved.get("declared", ())).update(
            email=before, revoked_at=at
        )
        contacts = Action.with_unconfirmed.filter(pk__in=row.moved.get("contacts", ()))
        contacts.filter(private_email=row.after).update(
            private_email=before, version=F("version") + 1, updated_at=at
        )
    return undone[0].user


def _follow(before: str, after: str, at: dt.datetime) -> dict[str, list[int]]:
    """Have the sheets declared from ``before`` without an account, or that name it, say ``after``."""
    every = Action.with_unconfirmed.order_by("pk")
    declared = list(every.filter(declarant=None, declarant_email=before).values_list("pk", flat=True))
    contacts = list(every.filter(private_email__iexact=before).values_list("pk", flat=True))
    Action.with_unconfirmed.filter(pk__in=declared).update(declarant_email=after)
    Action.with_unconfirmed.filter(pk__in=contacts).update(
        private_email=after, version=F("version") + 1, updated_at=at
    )
    links = LienAcces.objects.filter(email=before, action__in=declared)
    # what waits in the old mailbox opens nothing any more; who followed one goes on
    links.filter(Q(used_at=None)).update(revoked_at=at)
    links.update(email=after)
    return {"declared": declared, "contacts": contacts}

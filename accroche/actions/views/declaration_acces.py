"""Whom a browser may write for: its person, the sheets opened by a link, and the drafts it began."""

from __future__ import annotations

from django.http import HttpRequest

from accroche.actions.models import Action
from accroche.comptes.http import current_access, current_session
from accroche.comptes.permissions import Access

#: Where the session keeps the numbers of the drafts this browser began without an account.
DRAFTS = "drafts"


def writing_access(request: HttpRequest) -> Access:
    """What the visitor may do, with the drafts this browser began and whose address nobody confirmed yet.

    These are written here only: the rest of the site opens a sheet to a confirmed address. Once a link
    was followed, whoever holds the mailbox decides, not the browser that typed its address.
    """
    access = current_access(request)
    begun = current_session(request).get(DRAFTS, ())
    if not begun:
        return access
    # without an address, its author deleted their account
    own = Action.with_unconfirmed.filter(pk__in=begun, unconfirmed=True).exclude(declarant_email="")
    return access.opening(own.values_list("pk", flat=True))


def is_unconfirmed(request: HttpRequest, action: Action) -> bool:
    """Whether the sheet still waits for its visitor to confirm an address, in this browser."""
    begun = set(current_session(request).get(DRAFTS, ()))
    return action.declarant_id is None and action.pk in begun - current_access(request).sheets

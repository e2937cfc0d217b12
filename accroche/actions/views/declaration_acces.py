"""Whom a browser may write for: its person, the sheets opened by a link, and the drafts it began."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from accroche.actions.models import Action
from accroche.comptes.http import current_access, current_session, sign_in_first
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


def or_sign_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Ask who finds no such sheet, and is not signed in, to sign in: it may be theirs.

    « Introuvable » is what they read once their sign-in had ended. What was sent is given back as before.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if current_access(request).is_signed_in or request.method == "POST":
                raise
            return sign_in_first(request)

    return shown

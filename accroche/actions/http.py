"""What a view or a middleware reads of a request about sheets: those whose link the browser followed."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from accroche.actions.models import LienAcces
from accroche.comptes.http import current_session

#: Where the session keeps the numbers of the links this browser followed, and how many at most.
LINKS = "liens"
LINKS_KEPT = 50


def remember_link(request: HttpRequest, number: int) -> None:
    """Let this browser open the sheet of a link it just followed, under a new session key."""
    request.session[LINKS] = [*request.session.get(LINKS, ()), number][-LINKS_KEPT:]
    request.session.cycle_key()


def opened_sheets(request: HttpRequest, at: dt.datetime) -> frozenset[int]:
    """The numbers of the sheets this browser's links still open; one query, none for who followed none."""
    numbers = current_session(request).get(LINKS)
    if not numbers:
        return frozenset()
    links = LienAcces.objects.opening(at).filter(pk__in=numbers)
    return frozenset(links.order_by().values_list("action", flat=True))

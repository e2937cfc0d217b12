"""Making a single-use link to one sheet: few within an hour, each for a short time."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.urls import reverse

from accroche.actions.models import Action, LienAcces
from accroche.comptes.sessions import digest

#: How long a link may be followed.
LINK_HOURS = 48
#: Links within an hour, for one sheet and for one address: nobody's mailbox is filled through us.
LINKS_PER_SHEET = 3
LINKS_PER_ADDRESS = 6


def revoke_links(action: Action, *, at: dt.datetime, email: str = "") -> int:
    """Have the links to a sheet open nothing any more, followed or not; return how many.

    ``email``: those of one address alone. To be called before the sheet is written: who follows a link takes
    the link first and its sheet next, and two who wait for each other would both be refused.
    """
    links = action.acces.filter(revoked_at=None)
    if email:
        links = links.filter(email__iexact=email)
    return links.update(revoked_at=at)


def new_link(action: Action, email: str, *, submits: bool, at: dt.datetime) -> tuple[LienAcces, str] | None:
    """Make a link and its address; None when the sheet or the mailbox had enough within the hour."""
    recent = LienAcces.objects.filter(created_at__gt=at - dt.timedelta(hours=1))
    if (
        recent.filter(action=action).count() >= LINKS_PER_SHEET
        or recent.filter(email=email).count() >= LINKS_PER_ADDRESS
    ):
        return None
    token = secrets.token_urlsafe(32)
    link = LienAcces.objects.create(
        action=action,
        email=email,
        token_hash=digest(token),
        submits=submits,
        created_at=at,
        expires_at=at + dt.timedelta(hours=LINK_HOURS),
    )
    return link, f"{settings.SITE_URL}{reverse('actions:lien', args=[token])}"

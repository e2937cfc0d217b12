"""Making a single-use link to one sheet: few within an hour (``commun.plafonds``), each for a short time."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.urls import reverse

from accroche.actions.models import Action, LienAcces
from accroche.commun import plafonds
from accroche.commun.limites import take
from accroche.comptes.sessions import digest

#: How long a link that somebody asked for may be followed.
LINK_HOURS = 48
#: How long one in a mail about a sheet: it is read, and answered, when its reader has the time.
NOTICE_DAYS = 14


def revoke_links(action: Action, *, at: dt.datetime, email: str = "") -> int:
    """Have the links to a sheet open nothing any more, followed or not; return how many.

    ``email``: those of one address alone. To be called before the sheet is written: who follows a link takes
    the link first and its sheet next, and two who wait for each other would both be refused.
    """
    links = action.acces.filter(revoked_at=None)
    if email:
        links = links.filter(email__iexact=email)
    return links.update(revoked_at=at)


def new_link(
    action: Action, email: str, *, submits: bool, at: dt.datetime, network: str | None = ""
) -> tuple[LienAcces, str]:
    """Make a link and its address; ``network``: where it is asked from, None for a mail of the site's own.

    Raises ``LimitError`` when the sheet or the mailbox had enough within the hour.
    """
    mailbox = plafonds.of_mailbox(email, network or "", plafonds.LINKS_MAILBOX, plafonds.LINKS_MAILBOX_ALL)
    take([(plafonds.LINKS_SHEET, str(action.pk)), *mailbox], at=at)
    token = secrets.token_urlsafe(32)
    link = LienAcces.objects.create(
        action=action,
        email=email,
        token_hash=digest(token),
        submits=submits,
        created_at=at,
        expires_at=at
        + (dt.timedelta(days=NOTICE_DAYS) if network is None else dt.timedelta(hours=LINK_HOURS)),
    )
    return link, f"{settings.SITE_URL}{reverse('actions:lien', args=[token])}"

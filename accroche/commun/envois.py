"""A form is done once, however often it is sent: by two taps on a slow line, or by a page sent again.

Each form that posts carries a key of its own (``{% csrf_token %}`` gives it: ``templatetags/envois.py``). The
first request that comes with it claims it, which a unique constraint decides; the others wait, and are led to
what the first one made (``middleware.OnceOnly``). What failed gives the key back. A key counts for one
browser and one address only, and its row tells neither: all three are hashed into one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase

from accroche.commun.models import Envoi

#: A form that was sent, as the middleware holds it from claim to settle.
Sent = Envoi

#: The hidden field that holds the key.
FIELD: Final = "cle_envoi"
#: Fields no person typed, and which each page has anew.
OURS: Final = frozenset({FIELD, "csrfmiddlewaretoken"})
#: A request that has not ended by then was killed with its server: another may do its work.
ABANDONED: Final = dt.timedelta(minutes=2)
#: How long the browser whose first answer was lost is given the session that answer opened.
HANDED_ON: Final = dt.timedelta(minutes=2)
KEPT: Final = dt.timedelta(days=2)

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")


def new_key() -> str:
    """A key for one form of one page."""
    return secrets.token_urlsafe(16)


def key_of(request: HttpRequest) -> str:
    """What a form that was sent is known by; empty when it carries no key of ours."""
    told = request.POST.get(FIELD, "")
    if not _KEY.fullmatch(told):
        return ""
    browser = request.META.get("CSRF_COOKIE") or ""
    return hmac.digest(
        settings.SECRET_KEY.encode(), f"envoi:{told}:{request.get_full_path()}:{browser}".encode(), "sha256"
    ).hex()


def content_of(request: HttpRequest) -> str:
    """A digest of all that was sent, files too: the same form sent again, or another answer."""
    found = hashlib.sha256()
    for name, values in request.POST.lists():
        if name not in OURS:
            found.update(repr((name, values)).encode())
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            found.update(repr((name, upload.name)).encode())
            for chunk in upload.chunks():
                found.update(chunk)
            upload.seek(0)
    return found.hexdigest()


def claim(key: str, content: str, *, at: dt.datetime) -> tuple[Envoi | None, bool]:
    """Take ``key``: the row, and whether it is this request's, to settle or release whatever happens.

    Otherwise it is the settled row of who took it before; None while they are still at it.
    """
    try:
        with transaction.atomic():
            return Envoi.objects.create(key=key, content=content, claimed_at=at), True
    except IntegrityError:
        row = Envoi.objects.filter(key=key).first()
    if row is None or row.settled_at:
        return row, False
    if at - row.claimed_at >= ABANDONED:
        left = Envoi.objects.filter(pk=row.pk, claimed_at=row.claimed_at, settled_at=None)
        if left.update(claimed_at=at, content=content):
            return Envoi.objects.get(pk=row.pk), True
    return None, False


def settle(row: Envoi, location: str, *, session: str = "", at: dt.datetime) -> None:
    """Keep where the form led; ``session``: the one its answer opened for the browser."""
    Envoi.objects.filter(pk=row.pk, claimed_at=row.claimed_at).update(
        settled_at=at, location=location, session=session
    )


def release(row: Envoi) -> None:
    """Give the key back: nothing was done, and the form is sent again."""
    Envoi.objects.filter(pk=row.pk, claimed_at=row.claimed_at, settled_at=None).delete()


def done(response: HttpResponseBase) -> None:
    """Say that this page, which leads nowhere else, is the answer of a form that was done."""
    response.envoi_fait = True  # type: ignore[attr-defined]


def was_done(response: HttpResponseBase) -> bool:
    """Whether an answer says that a form was done: it leads elsewhere, or says so (:func:`done`)."""
    return 300 <= response.status_code < 400 or getattr(response, "envoi_fait", False)  # noqa: PLR2004 - redirections


def purge(at: dt.datetime) -> int:
    """Forget the forms sent long ago; return how many."""
    count, _ = Envoi.objects.filter(claimed_at__lte=at - KEPT).delete()
    return count

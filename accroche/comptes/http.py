"""What a view reads of a request about its visitor, and of the device they come with."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accroche.commun import envois
from accroche.commun.preparees import prepared
from accroche.commun.renvoi import posted
from accroche.comptes.models import Appareil, User
from accroche.comptes.permissions import Access
from accroche.comptes.sessions import RECOGNISED, digest

logger = logging.getLogger(__name__)


def current_access(request: HttpRequest) -> Access:
    """Return what the visitor may do, as the middleware found it."""
    access: Access = request.access  # type: ignore[attr-defined]
    return access


def current_session(request: HttpRequest) -> SessionBase:
    """The visitor's session, once it is known whether their sign-in holds: over, it takes all along."""
    request.user.is_authenticated  # noqa: B018 - reading it is what asks
    return request.session


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """Ask who is not signed in to sign in: what they asked for may be theirs."""
    if request.method == "POST" and envois.FIELD in request.POST:
        # a page of ours, which only opens to who is signed in: what was typed in it stays
        return render(request, "comptes/connexion_perdue.html", posted(request), status=403)
    return redirect_to_login(request.get_full_path(), reverse("comptes:connexion"))


#: Where the session keeps the secret of its sign-in, and under which salt the device's cookie is signed.
APPAREIL = "appareil"


def device_token(request: HttpRequest) -> str:
    """What this browser was given to be recognised by; empty when it has nothing of ours."""
    name = settings.DEVICE_COOKIE_NAME
    return str(request.get_signed_cookie(name, "", salt=APPAREIL, max_age=RECOGNISED))


def remember_device(request: HttpRequest, device: Appareil, token: str) -> None:
    """Let the answer to this request give the browser what ``device`` is recognised by."""
    request.appareil = device  # type: ignore[attr-defined]
    request.appareil_token = token  # type: ignore[attr-defined]


def give_device_token(request: HttpRequest, response: HttpResponse) -> None:
    """Have the browser recognised next time: for months when it is one's own, else until it is closed."""
    token = getattr(request, "appareil_token", "")
    if token:
        device = current_device(request)
        response.set_signed_cookie(
            settings.DEVICE_COOKIE_NAME,
            token,
            salt=APPAREIL,
            max_age=RECOGNISED if device and device.kept else None,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def current_device(request: HttpRequest) -> Appareil | None:
    """The device the visitor is signed in on, once ``request.user`` was read; None for nobody's."""
    return getattr(request, "appareil", None)


def person_of(request: HttpRequest, at: dt.datetime) -> User | AnonymousUser:
    """Who is signed in in this browser: nobody once the sign-in is over, or its device or account closed.

    One query. A visit is noted from time to time, without a session being written; that a database which
    takes no write cannot note it stops nobody from reading. Over, the whole session counts for nothing.
    """
    secret = request.session.get(APPAREIL)
    if not secret:  # nobody, or a sign-in from before devices were kept: it ends with its session
        return get_user(request)
    device = next(iter(_devices(digest(secret))), None)
    if device is None or not device.is_open(at) or str(device.user_id) != request.session.get(SESSION_KEY):
        # nothing is written: an empty session takes its cookie away
        request.session = type(request.session)()
        return AnonymousUser()
    if at - device.seen_at >= device.duree.mark:
        try:
            with transaction.atomic():
                Appareil.objects.mark(device, at)
        except DatabaseError:
            logger.warning("A visit could not be noted.", exc_info=True)
    request.appareil = device  # type: ignore[attr-defined]
    request._cached_user = device.user  # type: ignore[attr-defined]  # noqa: SLF001 - where the log looks
    return device.user


@prepared
def _devices(hashed: str) -> QuerySet[Appareil]:
    # by itself: the order of a list of devices is nothing to a secret that is one's
    return Appareil.objects.of_session(hashed).order_by()[:1]


def next_page(request: HttpRequest) -> str:
    """Where the visitor wanted to go before signing in, if it is on this site; empty otherwise."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # an address of ours, never the name of a page, which may not exist
    return wanted if safe and wanted.startswith("/") else ""

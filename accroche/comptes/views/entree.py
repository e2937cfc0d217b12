"""The one door: where a person is signed in, however they proved who they are. HTTP only."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accroche.commun import securite
from accroche.commun.securite import Evenement
from accroche.comptes.http import APPAREIL, device_token, remember_device
from accroche.comptes.models import User
from accroche.comptes.navigateur import label_of
from accroche.comptes.operations.appareils import open_device
from accroche.comptes.sessions import KEPT

#: The box of the form that signs in (``forms.CodeForm``): stay signed in on this device. Without it, as after
#: ProConnect where one click signs in again, the sign-in is a short one.
STAY = "rester"


def enter(request: HttpRequest, user: User, to: str) -> HttpResponse:
    """Sign ``user`` in and lead them ``to`` (an address or a name); a closed account is told so."""
    if not user.is_active:
        return redirect("comptes:inactif")
    sign_in(request, user, at=timezone.now())
    return redirect(to)


def sign_in(request: HttpRequest, user: User, *, at: dt.datetime) -> None:
    """Sign ``user`` in on this device; the answer has the browser recognised from then on."""
    first, kept = user.last_login is None, bool(request.POST.get(STAY))
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    label = label_of(request.headers.get("User-Agent", ""))
    entree = open_device(user, device_token(request), label=label, kept=kept, at=at, first=first)
    request.session[APPAREIL] = entree.secret
    # how long the browser keeps the cookie; how long it opens anything, the device says (``sessions``)
    request.session.set_expiry(int(KEPT.longest.total_seconds()) if kept else 0)
    remember_device(request, entree.appareil, entree.token)
    securite.tell(Evenement.SIGNED_IN, by=f"user:{user.pk}", kept="yes" if kept else "no")

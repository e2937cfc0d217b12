"""The devices one is signed in on, ended one by one or all at once: HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accroche.commun import lieux
from accroche.comptes import queries
from accroche.comptes.decorators import signed_in
from accroche.comptes.http import current_access, current_device
from accroche.comptes.operations import appareils


@signed_in
@require_safe
def presence(_request: HttpRequest) -> HttpResponse:
    """Note that somebody is there who writes, without asking for a page (``presence.js``)."""
    return HttpResponse(status=204)


@signed_in
@require_POST
def oublier(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out of one of one's devices, and forget it."""
    user = current_access(request).user
    if user is None:
        raise PermissionDenied
    device = get_object_or_404(queries.devices_of(user), pk=pk)
    appareils.end_device(device, at=timezone.now())
    messages.success(request, f"« {device} » est oublié : vous n’y êtes plus connecté.")
    if device == current_device(request):
        logout(request)
        return redirect(lieux.address("accueil"))
    return redirect("comptes:mon_compte")


@signed_in
@require_POST
def partout(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere; with ``autres``, everywhere else."""
    user = current_access(request).user
    if user is None:
        raise PermissionDenied
    others = bool(request.POST.get("autres"))
    appareils.sign_out_everywhere(user, at=timezone.now(), but=current_device(request) if others else None)
    if others:
        update_session_auth_hash(request, user)  # for a sign-in that has no device of ours
        messages.success(request, "Vous n’êtes plus connecté que sur cet appareil.")
        return redirect("comptes:mon_compte")
    logout(request)
    messages.success(request, "Vous êtes déconnecté de tous vos appareils.")
    return redirect(lieux.address("accueil"))

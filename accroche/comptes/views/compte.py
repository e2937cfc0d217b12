"""One's own account: HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes import operations, queries
from accroche.comptes.decorators import signed_in
from accroche.comptes.forms import NomForm, RejoindreForm
from accroche.comptes.http import current_access, current_device


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mon_compte(request: HttpRequest) -> HttpResponse:
    """One's own name, roles and requests."""
    access = current_access(request)
    user = access.user
    if user is None:
        raise PermissionDenied
    form = NomForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        operations.rename(user, form.cleaned_data["name"], at=timezone.now())
        messages.success(request, "C’est enregistré.")
        return redirect("comptes:mon_compte")
    now = timezone.now()
    devices = queries.devices_shown(user, current_device(request), now)
    context = {
        "form": form,
        "appareils": devices,
        "connecte_ailleurs": any(device.is_open and not device.here for device in devices),
        "roles": queries.roles_of(user).in_force(now),
        "demandes": user.demandes.filter(decided_at=None).select_related("etablissement"),
        "rubrique": "espace",
    }
    return render(request, "comptes/mon_compte.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rejoindre(request: HttpRequest) -> HttpResponse:
    """Ask to share a school's sheets."""
    user = current_access(request).user
    if user is None:
        raise PermissionDenied
    initial, now, refusal = {"etablissement": request.GET.get("etablissement", "")}, timezone.now(), None
    form = RejoindreForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        school = form.cleaned_data["etablissement"]
        try:
            new = operations.ask_to_join(user, school, message=form.cleaned_data["message"], at=now)
        except LimitError as error:
            refusal = error
            form.add_error(None, str(error))
        else:
            if new:
                messages.success(request, f"Votre demande pour « {school} » est partie.")
            else:
                text = f"Vous avez déjà demandé à rejoindre « {school} », ou vous y êtes déjà."
                messages.info(request, text)
            return redirect("comptes:mon_compte")
    response = render(request, "comptes/rejoindre.html", {"form": form, "rubrique": "espace"})
    return too_many(response, refusal, now) if refusal else response

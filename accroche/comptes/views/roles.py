"""Roles, invitations and requests to join: HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.comptes import operations, queries
from accroche.comptes.decorators import public, requires, signed_in
from accroche.comptes.forms import InvitationForm
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right, TypeRole


@requires(Right.GRANT)
@require_http_methods(["GET", "HEAD", "POST"])
def demandes(request: HttpRequest) -> HttpResponse:
    """Requests to join the schools one answers for."""
    access = current_access(request)
    waiting = queries.requests_for(access)
    if request.method == "POST":
        asked = get_object_or_404(waiting, pk=request.POST.get("demande") or 0)
        done = operations.answer_request(
            asked,
            accepted=request.POST.get("reponse") == "oui",
            access=access,
            at=timezone.now(),
            note=request.POST.get("mot", "")[:1000].strip(),
        )
        text = "Votre réponse est partie." if done else "Quelqu’un avait déjà répondu."
        messages.success(request, text)
        return redirect("comptes:demandes")
    return render(request, "comptes/demandes.html", {"demandes": waiting, "rubrique": "espace"})


@requires(Right.GRANT)
@require_safe
def personnes(request: HttpRequest) -> HttpResponse:
    """Who has which role on one's territory, and who is invited."""
    access = current_access(request)
    now = timezone.now()
    page = Paginator(queries.roles_for(access), 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "invitations": queries.invitations_for(access).filter(accepted_at=None, cancelled_at=None)[:100],
        "maintenant": now,
        "passe_la_main": access.has(Right.MODERATE),
        "rubrique": "espace",
    }
    return render(request, "comptes/personnes.html", context)


@requires(Right.GRANT)
@require_http_methods(["GET", "HEAD", "POST"])
def inviter(request: HttpRequest) -> HttpResponse:
    """Offer a role to an address."""
    access = current_access(request)
    now = timezone.now()
    form = InvitationForm(request.POST or None, kinds=access.grantable(), at=now)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            operations.invite(
                data["email"],
                TypeRole(data["kind"]),
                access=access,
                at=now,
                role_expires_at=data["expires_at"],
                **data["territory"],
            )
        except PermissionDenied:
            form.add_error(None, "Ce territoire n’est pas le vôtre : choisissez-en un de votre ressort.")
        else:
            messages.success(request, f"L’invitation est partie à {data['email']}.")
            return redirect("comptes:personnes")
    return render(request, "comptes/inviter.html", {"form": form, "rubrique": "espace"})


@requires(Right.GRANT)
@require_POST
def annuler_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    access = current_access(request)
    found = get_object_or_404(queries.invitations_for(access), pk=pk)
    operations.cancel_invitation(found, access=access, at=timezone.now())
    messages.success(request, f"L’invitation de {found.email} est annulée.")
    return redirect("comptes:personnes")


@signed_in
@require_POST
def terminer_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role, or take its end back."""
    access = current_access(request)
    found = get_object_or_404(queries.roles_for(access) | queries.own_roles(access), pk=pk)
    if request.POST.get("reprendre"):
        operations.resume_role(found, access=access, at=timezone.now())
        messages.success(request, f"Le rôle « {found} » est rétabli.")
    else:
        operations.end_role(found, access=access, at=timezone.now())
        messages.success(request, f"Le rôle « {found} » est terminé.")
    own = access.user is not None and found.user_id == access.user.pk
    return redirect("comptes:mon_compte" if own else "comptes:personnes")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: shown first, so that a mail scanner does not accept it."""
    user = current_access(request).user
    now = timezone.now()
    try:
        found = operations.open_invitation(token, now)
        if request.method == "POST" and user is not None:
            role = operations.accept_invitation(token, user, at=now)
            messages.success(request, f"Vous avez maintenant le rôle « {role} ».")
            return redirect("portail:tableau")
    except operations.LinkError as error:
        return render(request, "comptes/lien_perdu.html", {"raison": str(error)}, status=410)
    return render(request, "comptes/invitation.html", {"invitation": found, "personne": user})

"""Signing in and out, one's own page, roles and invitations: HTTP only."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.commun.models import Message
from accroche.comptes import operations, queries
from accroche.comptes.decorators import public, requires, signed_in
from accroche.comptes.forms import AdresseForm, CodeForm, InvitationForm, NomForm, RejoindreForm
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right, TypeRole

#: Mails shown on one page of the demo's mailbox.
MAILS_SHOWN = 50


class Connexion(allauth_views.RequestLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """Ask for a code."""

    form_class = AdresseForm
    template_name = "comptes/connexion.html"

    def get_form_class(self) -> type[AdresseForm]:
        """Our form, which knows no unknown address."""
        return AdresseForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows besides its form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo": settings.DEMO}


class Code(allauth_views.ConfirmLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """Give the code back."""

    template_name = "comptes/code.html"

    def get_form_class(self) -> type[Any]:
        """Our form, or allauth's empty one when another code is asked for."""
        found = super().get_form_class()
        return CodeForm if issubclass(found, CodeForm.__mro__[1]) else found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows besides its form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        process = self._process
        return context | {
            "adresse": process.state.get("email"),
            "renvoi": process.can_resend,
            "demo": settings.DEMO,
        }


connexion = public(Connexion.as_view())
code = public(Code.as_view())


@signed_in
@require_POST
def deconnexion(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    messages.success(request, "Vous êtes déconnecté.")
    return redirect("portail:accueil")


@public
@require_safe
def compte_inactif(request: HttpRequest) -> HttpResponse:
    """The account was closed."""
    return render(request, "comptes/inactif.html", status=403)


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
    context = {
        "form": form,
        "roles": queries.roles_of(user).in_force(now),
        "demandes": user.demandes.filter(decided_at=None).select_related("etablissement"),
        "rubrique": "espace",
    }
    return render(request, "comptes/mon_compte.html", context)


@signed_in
@require_safe
def mes_donnees(request: HttpRequest) -> HttpResponse:
    """All the site holds about oneself, as a file."""
    user = current_access(request).user
    if user is None:
        raise PermissionDenied
    response = JsonResponse(queries.own_data(user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="mes-donnees-accroche.json"'
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def supprimer(request: HttpRequest) -> HttpResponse:
    """Delete one's own account, once it is confirmed."""
    user = current_access(request).user
    if user is None:
        raise PermissionDenied
    if request.method == "POST":
        operations.delete_account(user, at=timezone.now())
        logout(request)
        messages.success(request, "Votre compte est supprimé. Les fiches de votre établissement restent.")
        return redirect("portail:accueil")
    return render(request, "comptes/supprimer.html", {"rubrique": "espace"})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rejoindre(request: HttpRequest) -> HttpResponse:
    """Ask to share a school's sheets."""
    user = current_access(request).user
    if user is None:
        raise PermissionDenied
    initial = {"etablissement": request.GET.get("etablissement", "")}
    form = RejoindreForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        school = form.cleaned_data["etablissement"]
        new = operations.ask_to_join(user, school, message=form.cleaned_data["message"], at=timezone.now())
        if new:
            messages.success(request, f"Votre demande pour « {school} » est partie.")
        else:
            messages.info(request, f"Vous avez déjà demandé à rejoindre « {school} », ou vous y êtes déjà.")
        return redirect("comptes:mon_compte")
    return render(request, "comptes/rejoindre.html", {"form": form, "rubrique": "espace"})


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


@public
@require_safe
def courrier(request: HttpRequest) -> HttpResponse:
    """The mails of the demo, to read codes and links; nothing elsewhere."""
    if not settings.DEMO:
        raise Http404
    shown = Message.objects.all()[:MAILS_SHOWN]
    return render(request, "comptes/courrier.html", {"courriels": shown})

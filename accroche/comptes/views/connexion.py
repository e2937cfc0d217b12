"""Signing in with a code, and out: HTTP only."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accroche.commun.models import Message
from accroche.comptes.decorators import public, signed_in
from accroche.comptes.forms import AdresseForm, CodeForm
from accroche.comptes.http import current_device
from accroche.comptes.operations.appareils import close_device
from accroche.comptes.queries import demo_accounts
from accroche.comptes.views import proconnect

#: Mails shown on one page of the demo's mailbox.
MAILS_SHOWN = 50


class Connexion(allauth_views.RequestLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """Ask for a code."""

    form_class = AdresseForm
    template_name = "comptes/connexion.html"

    def get_form_class(self) -> type[AdresseForm]:
        """Our form, which knows no unknown address."""
        return AdresseForm

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> None:
        """Let who mistyped an address give another one, rather than wait for a code nobody will read."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows besides its form."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "demo": settings.DEMO,
            "essais": demo_accounts(timezone.now()) if settings.DEMO else (),
            "proconnect": bool(settings.PROCONNECT),
        }


class Code(allauth_views.ConfirmLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """Give the code back."""

    template_name = "comptes/code.html"

    def get_form_class(self) -> type[Any]:
        """Our form, or allauth's empty one when another code is asked for."""
        found = super().get_form_class()
        return CodeForm if issubclass(found, CodeForm.__mro__[1]) else found

    def get_initial(self) -> dict[str, Any]:
        """In the demo, whose mails everybody reads, the code is already there."""
        initial: dict[str, Any] = super().get_initial()
        return initial | ({"code": self._process.code} if settings.DEMO else {})

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in; who came through ProConnect has now proved the mailbox."""
        response: HttpResponse = super().form_valid(form)
        return proconnect.mailbox_proved(self.request) or response

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
    """Sign out, of ProConnect too for who came through it."""
    id_token = request.session.get(proconnect.ID_TOKEN, "")
    if device := current_device(request):
        close_device(device)
    logout(request)
    if id_token and (farewell := proconnect.farewell(request, id_token)):
        return farewell
    messages.success(request, "Vous êtes déconnecté.")
    return redirect("portail:accueil")


@public
@require_safe
def compte_inactif(request: HttpRequest) -> HttpResponse:
    """The account was closed."""
    return render(request, "comptes/inactif.html", status=403)


@public
@require_safe
def courrier(request: HttpRequest) -> HttpResponse:
    """The mails of the demo, to read codes and links; nothing elsewhere."""
    if not settings.DEMO:
        raise Http404
    shown = Message.objects.all()[:MAILS_SHOWN]
    return render(request, "comptes/courrier.html", {"courriels": shown})

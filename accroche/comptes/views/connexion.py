"""Signing in with a code, and out: HTTP only."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.commun import lieux, securite
from accroche.commun.http import network_of, too_many
from accroche.commun.limites import LimitError
from accroche.commun.models import Message
from accroche.commun.securite import Evenement
from accroche.comptes.decorators import public, signed_in
from accroche.comptes.forms import AdresseForm, CodeForm, EntreeForm
from accroche.comptes.http import current_device, device_token, next_page
from accroche.comptes.operations import appareils, codes
from accroche.comptes.queries import demo_accounts
from accroche.comptes.views import entree, proconnect

#: Where the session keeps the numbers of the codes this browser asked for: several, as mails cross.
CODES = "codes"
CODES_KEPT = 3
#: Mails shown on one page of the demo's mailbox.
MAILS_SHOWN = 50


def _to_code(request: HttpRequest) -> HttpResponse:
    wanted = next_page(request)
    return redirect(reverse("comptes:code") + (f"?{urlencode({'next': wanted})}" if wanted else ""))


def _send(request: HttpRequest, address: str, kept: list[int]) -> None:
    """Have a code sent, and remember that this browser asked for it. Raises ``LimitError``."""
    now = timezone.now()
    known = appareils.is_known(address, device_token(request))
    row = codes.ask_code(address, known=known, network=network_of(request), at=now)
    request.session[CODES] = [*kept, row.pk][-CODES_KEPT:]


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def connexion(request: HttpRequest) -> HttpResponse:
    """Ask for a code."""
    if request.user.is_authenticated:
        return redirect(next_page(request) or lieux.address("espace"))
    form = AdresseForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, form.cleaned_data["email"], [])
        except LimitError as error:
            refusal = error
            form.add_error(None, str(error))
        else:
            return _to_code(request)
    now = timezone.now()
    context = {
        "form": form,
        "suite": next_page(request),
        "demo": settings.DEMO,
        "essais": demo_accounts(now) if settings.DEMO else (),
        "proconnect": bool(settings.PROCONNECT),
    }
    response = render(request, "comptes/connexion.html", context)
    return too_many(response, refusal, now) if refusal else response


@public
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Give the code back, or ask for another one."""
    if request.user.is_authenticated:
        return redirect(next_page(request) or lieux.address("espace"))
    now = timezone.now()
    asked = codes.waiting(request.session.get(CODES, ()), now)
    if not asked:
        if request.method == "POST":
            messages.error(request, "Ce code a expiré. Demandez-en un autre.")
        return redirect("comptes:connexion")
    numbers, refusal = [row.pk for row in asked], None
    resend = request.POST.get("action") == "resend"
    form = CodeForm(
        request.POST if request.method == "POST" and not resend else None,
        initial={"code": codes.code_in_mail(asked[0])} if settings.DEMO else None,
    )
    if resend:
        try:
            _send(request, asked[0].email, numbers[::-1])
        except LimitError as error:
            refusal = error
        else:
            return _to_code(request)
    elif request.method == "POST" and form.is_valid():
        try:
            to = next_page(request) or lieux.address("espace")
            response = codes.try_code(
                numbers,
                form.cleaned_data["code"],
                at=now,
                then=lambda person: entree.enter(request, person, to),
            )
        except codes.CodeError as error:
            form.add_error("code", str(error))
        else:
            request.session.pop(CODES, None)
            proconnect.mailbox_proved(request)
            return response
    context = {
        "form": form,
        "adresse": asked[0].email,
        "suite": next_page(request),
        "refus": str(refusal or ""),
        "demo": settings.DEMO,
    }
    response = render(request, "comptes/code.html", context)
    return too_many(response, refusal, now) if refusal else response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lien_connexion(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by the link of a mail: shown first, so that a mail scanner does not use it up."""
    if request.user.is_authenticated:
        return redirect(lieux.address("espace"))
    now = timezone.now()
    try:
        row = codes.open_link(token, at=now)
        if request.method == "POST":
            response = codes.use_link(
                token, at=now, then=lambda person: entree.enter(request, person, lieux.address("espace"))
            )
            proconnect.mailbox_proved(request)
            return response
    except codes.DeadCodeError as error:
        return render(request, "comptes/lien_perdu.html", {"raison": str(error)}, status=410)
    return render(request, "comptes/lien_connexion.html", {"adresse": row.email, "form": EntreeForm()})


@signed_in
@require_POST
def deconnexion(request: HttpRequest) -> HttpResponse:
    """Sign out, of ProConnect too for who came through it."""
    id_token = request.session.get(proconnect.ID_TOKEN, "")
    securite.tell(Evenement.SIGNED_OUT, by=f"user:{request.user.pk}")
    if device := current_device(request):
        appareils.close_device(device)
    logout(request)
    if id_token and (farewell := proconnect.farewell(request, id_token)):
        return farewell
    messages.success(request, "Vous êtes déconnecté.")
    return redirect(lieux.address("accueil"))


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

"""The links of who declares without an account: HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accroche.actions import operations
from accroche.actions.forms.declaration_liens import RetrouverForm
from accroche.actions.http import remember_link
from accroche.actions.operations.retrouver import ask_for_links
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import public
from accroche.comptes.http import current_access
from accroche.comptes.operations import LinkError

ASKED = (
    "Si cette adresse a déclaré des fiches, un courriel vient de lui partir. Regardez aussi les indésirables."
)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def retrouver(request: HttpRequest) -> HttpResponse:
    """Ask for links to the sheets of an address: the answer never says whether there are any."""
    form, now, refusal = RetrouverForm(request.POST or None), timezone.now(), None
    if request.method == "POST" and form.is_valid():
        network = current_access(request).network
        try:
            ask_for_links(form.cleaned_data["email"], network=network, at=now)
        except LimitError as error:
            refusal = error
            form.add_error(None, str(error))
        else:
            messages.info(request, ASKED)
            return redirect("actions:retrouver")
    context = {"form": form, "rubrique": "declarer"}
    response = render(request, "actions/declaration/retrouver.html", context)
    return too_many(response, refusal, now) if refusal else response


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lien(request: HttpRequest, token: str) -> HttpResponse:
    """Follow a link: shown first, so that a mail scanner does not use it up."""
    try:
        found = operations.open_link(token, timezone.now())
        if request.method == "POST":
            access = current_access(request)
            with transaction.atomic():  # what the browser cannot be given leaves the link as it was
                return _opened(request, operations.follow_link(token, access=access, at=timezone.now()))
    except LinkError as error:
        if sheet := operations.sheet_behind(token, current_access(request)):
            messages.info(request, "Ce lien ne sert plus, mais votre fiche vous est déjà ouverte : la voici.")
            return redirect("actions:modifier", sheet.pk)
        context = {"raison": str(error), "form": RetrouverForm(), "rubrique": "declarer"}
        return render(request, "actions/declaration/lien_perdu.html", context, status=410)
    except operations.StaleError:
        messages.error(request, "La fiche vient de changer. Confirmez de nouveau.")
        return redirect("actions:lien", token)
    return render(request, "actions/declaration/lien.html", {"lien": found, "rubrique": "declarer"})


@public
@require_POST
def refermer(request: HttpRequest) -> HttpResponse:
    """Have this browser forget the sheets it opened or began: what signing out is for who has an account."""
    if not current_access(request).is_signed_in:
        request.session.flush()
        messages.success(request, "C’est refermé. Pour les retrouver, demandez un lien.")
    return redirect("actions:mes_fiches")


def _opened(request: HttpRequest, followed: operations.Followed) -> HttpResponse:
    """Open the sheet to this browser, under a new session key."""
    action = followed.action
    remember_link(request, followed.link)
    if followed.sent:
        return redirect("actions:envoyee", action.pk)
    if followed.remarks:
        messages.error(
            request, "Votre adresse est confirmée ; la fiche n’est pas partie : il lui manque encore ceci."
        )
    else:
        messages.success(request, "Votre adresse est confirmée.")
    return redirect("actions:modifier", action.pk)

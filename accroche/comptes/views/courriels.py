"""The mails of an académie: where answers go, and who does not receive ours. HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accroche.comptes import queries
from accroche.comptes.decorators import requires
from accroche.comptes.forms import BureauForm
from accroche.comptes.http import current_access
from accroche.comptes.operations.bureaux import set_office
from accroche.comptes.regles import Right


@requires(Right.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def courriels(request: HttpRequest) -> HttpResponse:
    """The office of one's académie, to give or change, and the addresses to mend."""
    access, now = current_access(request), timezone.now()
    moderated = list(queries.moderated(access, now.date()))
    wanted = request.GET.get("academie", "")
    academie = next((row for row in moderated if wanted in {"", row.slug}), None)
    if academie is None:
        raise Http404
    form = BureauForm(request.POST or None, initial={"courriel": academie.courriel})
    if request.method == "POST" and form.is_valid():
        set_office(academie, form.cleaned_data["courriel"], access=access, at=now)
        messages.success(request, "C’est enregistré.")
        return redirect(f"{reverse('comptes:courriels')}?academie={academie.slug}")
    context = {
        "academie": academie,
        "academies": moderated if len(moderated) > 1 else (),
        "form": form,
        "defauts": queries.unreached(academie, now),
        "rubrique": "espace",
    }
    return render(request, "comptes/courriels.html", context)

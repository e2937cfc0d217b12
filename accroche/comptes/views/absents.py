"""A school somebody does not find in the directory: HTTP only."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.annuaire.queries import find_alike, find_schools, near_schools
from accroche.annuaire.queries.proches import NEAR
from accroche.commun.http import public_page, too_many
from accroche.commun.limites import LimitError
from accroche.comptes import operations, queries
from accroche.comptes.decorators import public, requires
from accroche.comptes.forms import EtablissementAbsentForm, IssueAbsenceForm
from accroche.comptes.http import current_access
from accroche.comptes.models import EtablissementAbsent
from accroche.comptes.operations.absents import SETTLED_KEPT
from accroche.comptes.permissions import Access
from accroche.comptes.regles import IssueAbsence, Right
from accroche.comptes.views.roles import show_requests, tell_answer
from accroche.lib.texte import de

#: Characters of a name that an address may hold.
LONGEST = 200


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signaler(request: HttpRequest) -> HttpResponse:
    """Tell the académie that a school is not in the directory, once those that are near were looked at."""
    access, now = current_access(request), timezone.now()
    context: dict[str, Any] = {}
    refusal: LimitError | None = None
    if request.method == "POST":
        form = EtablissementAbsentForm(request.POST)
        if form.is_valid():
            told = {name: value for name, value in form.cleaned_data.items() if name != "site"}
            near = [] if request.POST.get("autre") else _near(told)
            if near:
                context["proches"] = near
            else:
                try:
                    words = {name: told.pop(name) for name in ("email", "message")}
                    operations.report_absent(EtablissementAbsent(**told), **words, access=access, at=now)
                except LimitError as error:
                    refusal = error
                    form.add_error(None, str(error))
                else:
                    return redirect("comptes:etablissement_absent_envoye")
    else:
        text = request.GET.get("q", "").strip()[:LONGEST]
        form = EtablissementAbsentForm(initial=_initial(text, access))
        found = find_schools(text, at=now.date(), limit=NEAR) if text else []
        if text and not found:
            found = find_alike(text, at=now.date(), limit=NEAR)
        context["devines"] = [one for one in found if not one.has_closed(now.date())]
    context |= {"form": form, "jours": SETTLED_KEPT.days}
    response = render(request, "comptes/etablissement_absent.html", context)
    return too_many(response, refusal, now) if refusal else response


def _near(told: dict[str, Any]) -> list[Any]:
    names = ("commune", "kind", "uai", "departement")
    return near_schools(told["name"], **{name: told[name] for name in names}, at=timezone.localdate())


def _initial(text: str, access: Access) -> dict[str, str]:
    return {"name": text, "email": access.user.email if access.user else ""}


@public
@require_safe
@public_page
def envoye(request: HttpRequest) -> HttpResponse:
    """The académie is told."""
    return render(request, "comptes/etablissement_absent_envoye.html")


@requires(Right.GRANT)
@require_POST
def regler(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer who does not find their school."""
    access = current_access(request)
    absent = get_object_or_404(queries.absents_for(access), pk=pk)
    form = IssueAbsenceForm(request.POST, auto_id=f"absent-{pk}-%s")
    if not form.is_valid():
        return show_requests(request, access, answered=(absent.pk, form))
    issue = IssueAbsence(form.cleaned_data["issue"])
    done = operations.settle_absent(
        absent,
        issue,
        etablissement=form.cleaned_data["etablissement"],
        note=form.cleaned_data["mot"],
        access=access,
        at=timezone.now(),
    )
    told = f"Votre réponse au sujet {de(absent.name)} est partie : « {issue.label} »."
    tell_answer(request, told, done=done)
    return redirect("comptes:demandes")

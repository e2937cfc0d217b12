"""Inviting schools to declare, and the way out of it: HTTP only."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accroche.annuaire.models import Etablissement
from accroche.comptes.decorators import public, requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.pilotage.forms.couverture import FiltresForm, LettreForm
from accroche.pilotage.invitation import BATCH, SUBJECT, TEXT, Empechement, Lettre, Mot
from accroche.pilotage.operations import invitation as operations
from accroche.pilotage.queries import couverture as queries
from accroche.pilotage.views.couverture import Consultation, asked, form_of

#: Schools of a long list that are looked at for one sending; the next sending takes the next.
LOOKED_AT = 4 * BATCH
#: Addresses that are not a number of a row cannot name one.
DIGITS = 18


@dataclass
class Choix:
    """Who gets the mail, who does not and why, and how many of the list are left for another sending."""

    schools: list[Etablissement] = field(default_factory=list)
    refused: dict[Empechement, list[Etablissement]] = field(default_factory=dict)
    left: int = 0


def _chosen(request: HttpRequest, consultation: Consultation) -> Choix:
    """Read the boxes that were ticked, or the whole list that was filtered."""
    today, access = timezone.localdate(), current_access(request)
    if request.GET.get("tous"):
        form = form_of(FiltresForm, request, consultation)
        if not form.is_valid() or form.laisses:  # a filter nobody understands must not widen the list
            raise Http404
        asked_for = queries.filtered(consultation.found, form.filtres, consultation.cadre, today)
    else:
        numbers = [text for text in request.GET.getlist("ecole") if text.isdecimal() and len(text) <= DIGITS]
        every = queries.schools(consultation.cadre, access, Right.INVITE_SCHOOL)
        asked_for = every.filter(pk__in=numbers[:LOOKED_AT]).order_by(*queries.BY_COMMUNE)
    # those of this week come last: after one sending, the same list offers the next schools
    order = ("this_week", "opted_out", *queries.BY_COMMUNE)
    rows = list(queries.for_invitation(asked_for, today).order_by(*order)[: LOOKED_AT + 1])
    choix = Choix(left=max(0, len(rows) - LOOKED_AT))
    for school in rows[:LOOKED_AT]:
        reason = operations.why_not(school)
        if reason:
            choix.refused.setdefault(reason, []).append(school)
        elif len(choix.schools) < BATCH:
            choix.schools.append(school)
        else:
            choix.left += 1
    return choix


@requires(Right.INVITE_SCHOOL)
@require_http_methods(["GET", "HEAD", "POST"])
def inviter(request: HttpRequest) -> HttpResponse:
    """Write to the chosen schools: the text, who gets it, who does not and why."""
    consultation = asked(request, Right.INVITE_SCHOOL)
    if consultation is None:
        return render(request, "pilotage/couverture/vide.html", {"rubrique": "espace"})
    choix = _chosen(request, consultation)
    form = LettreForm(request.POST or None, initial={"subject": SUBJECT, "text": TEXT})
    lettre = Lettre()
    if request.method == "POST" and form.is_valid():
        lettre = Lettre(form.cleaned_data["subject"], form.cleaned_data["text"])
        if "envoyer" in request.POST:
            return _send(request, consultation, lettre)
    context = {
        "form": form,
        "edition": consultation.edition,
        "ouverte": consultation.is_open,
        "ecoles": choix.schools,
        "numeros": ",".join(str(school.pk) for school in choix.schools),
        "refusees": [(reason.label, refused) for reason, refused in choix.refused.items()],
        "reste": choix.left,
        "maximum": BATCH,
        "mots": [(mot.value, mot.label) for mot in Mot],
        "exemple": operations.mail_of(lettre, choix.schools[0], consultation.edition)
        if choix.schools
        else "",
        "objet": lettre.subject,
        "rubrique": "espace",
    }
    return render(request, "pilotage/couverture/inviter.html", context)


def _send(request: HttpRequest, consultation: Consultation, lettre: Lettre) -> HttpResponse:
    shown = request.POST.get("numeros", "").split(",")
    numbers = [int(text) for text in shown if text.isdecimal() and len(text) <= DIGITS][:BATCH]
    try:
        sent = operations.invite_schools(
            numbers, consultation.edition, lettre, access=current_access(request), at=timezone.now()
        )
    except operations.NotDeclaringError as error:
        messages.error(request, str(error))
    else:
        if sent:
            one = "1 invitation part" if sent == 1 else f"{sent} invitations partent"
            messages.success(request, f"{one} dans les minutes qui viennent.")
        if left := len(set(numbers)) - sent:
            messages.info(
                request,
                f"Sans message, parce qu’ils ont déclaré ou viennent d’être invités : {left} des "
                "établissements choisis.",
            )
    back = reverse("pilotage:etablissements")
    return redirect(f"{back}?edition={consultation.edition.year}")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ne_plus_inviter(request: HttpRequest, token: str) -> HttpResponse:
    """The way out of a mail: shown first, so that a mail scanner does not take it."""
    now = timezone.now()
    try:
        school = operations.school_of_link(token)
        if request.method == "POST":
            if request.POST.get("reprendre"):
                operations.resume_inviting(token, at=now)
                messages.success(request, "L’établissement pourra de nouveau être invité.")
            else:
                operations.stop_inviting(token, at=now)
                messages.success(request, "C’est noté : cet établissement ne recevra plus d’invitation.")
            return redirect(request.path)
    except operations.StopLinkError as error:
        return render(request, "pilotage/couverture/lien_perdu.html", {"raison": str(error)}, status=410)
    stopped = queries.opted_out(school)
    return render(request, "pilotage/couverture/arret.html", {"ecole": school, "arretee": stopped})

"""One pair of tutoring: its answer, its plan, its contacts, its way out and its assessment. HTTP only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accroche.commun import journal
from accroche.commun.changements import lignes
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.tutorat.besoins import CodeBesoin
from accroche.tutorat.binome import (
    Cote,
    EtatBinome,
    MotifSortie,
    Pas,
    PasImpossibleError,
    ReponseContact,
    Utilite,
    steps_of,
)
from accroche.tutorat.forms.tutorat import BilanForm, ContactForm, EtapeBinomeForm, SortieForm
from accroche.tutorat.gestes import VERBS
from accroche.tutorat.models import Binome, ContactBinome, EtapeBinome
from accroche.tutorat.operations import binome as operations
from accroche.tutorat.presentation.tutorat import VOCABULAIRE, RaisonDite, distance_words, waiting_words

#: Lines of the journal that are shown.
SHOWN = 30
UNPROCESSABLE = 422
#: What each step says once it is done.
DONE = {
    Pas.ACCEPT: "C’est noté. Merci.",
    Pas.DECLINE: "C’est noté : la proposition est déclinée.",
    Pas.WITHDRAW: "La proposition est retirée.",
    Pas.PAUSE: "L’accompagnement est en pause.",
    Pas.RESUME: "L’accompagnement reprend.",
    Pas.FINISH: "L’accompagnement est terminé.",
    Pas.LEAVE: "Votre retrait est noté, et les autres sont prévenus. Merci pour ce que vous avez fait.",
}
#: What one agrees to by each step, told beside its button.
HINTS = {
    Pas.ACCEPT: "Cela n’engage à rien de plus qu’un premier échange.",
    Pas.WITHDRAW: "Les deux académies sont prévenues.",
    Pas.PAUSE: "Plus aucune question ne part ; le plan reste.",
    Pas.RESUME: "Les questions sur vos échanges reprennent.",
    Pas.FINISH: "Ce qui reste au plan est clos ; chacun écrit un bilan.",
}


def side_of(binome: Binome, access: Access) -> Cote | None:
    """The side a person acts for; the bureau's comes first, and is the mentor's where it accompanies."""
    held = binome.sides_of(access)
    if Cote.BUREAU in held:
        return Cote.BUREAU if binome.mentor_id else Cote.MENTOR
    return next((one for one in (Cote.MENTOR, Cote.MENTEE) if one in held), None)


@requires(Right.SEE_STEERING)
@require_http_methods(["GET", "HEAD", "POST"])
def binome(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair; each form says its gesture."""
    access = current_access(request)
    seen = Binome.objects.visible_to(access).select_related("mentor", "mentee", "edition")
    found = get_object_or_404(seen, pk=pk)
    side = side_of(found, access)
    if request.method != "POST":
        return _shown(request, found, side)
    if side is None:
        raise PermissionDenied
    gesture = GESTURES.get(request.POST.get("geste", ""))
    if gesture is None:
        raise Http404
    try:
        refused = gesture(request, found, side)
    except (ValueError, operations.StaleBinomeError) as error:
        messages.error(request, str(error))
        refused = None
    if refused:
        return _shown(request, found, side, **refused)
    return redirect("tutorat:binome", pk)


#: What a gesture gives back: the form it could not take, by the name the page gives it; nothing once it is
#: done.
Refused = dict[str, Any] | None


def _with(form: forms.Form, name: str) -> Refused:
    return None if form.is_valid() else {name: form}


def _move(request: HttpRequest, found: Binome, side: Cote) -> Refused:
    pas = next((one for one in Pas if one == request.POST.get("pas")), None)
    if pas is None:
        raise Http404
    reason, text = None, ""
    if pas in {Pas.DECLINE, Pas.LEAVE}:
        form = SortieForm(request.POST, auto_id=f"{pas}-%s")
        if refused := _with(form, "sortie"):
            return refused
        reason, text = MotifSortie(form.cleaned_data["raison"]), form.cleaned_data["mot"]
    operations.move(
        found,
        pas,
        side=side,
        access=current_access(request),
        at=timezone.now(),
        reason=reason,
        text=text,
    )
    messages.success(request, DONE[pas])
    return None


def _add_step(request: HttpRequest, found: Binome, side: Cote) -> Refused:
    form = EtapeBinomeForm(request.POST, auto_id="etape-%s")
    if refused := _with(form, "etape_form"):
        return refused
    data, access = form.cleaned_data, current_access(request)
    new = operations.add_step(
        found, data["titre"], data["pour_le"], side=side, access=access, at=timezone.now()
    )
    messages.success(request, "L’étape est au plan." if new else "Cette étape était déjà au plan.")
    return None


def _step(request: HttpRequest, found: Binome) -> EtapeBinome:
    number = request.POST.get("etape", "")
    if not number.isdecimal() or len(number) > len("999999999999999999"):
        raise Http404
    return get_object_or_404(found.etapes.select_related("binome"), pk=int(number))


def _finish_step(request: HttpRequest, found: Binome, side: Cote) -> Refused:
    done = request.POST.get("fait") == "oui"
    operations.finish_step(
        _step(request, found), done=done, side=side, access=current_access(request), at=timezone.now()
    )
    return None


def _remove_step(request: HttpRequest, found: Binome, side: Cote) -> Refused:
    operations.remove_step(
        _step(request, found), side=side, access=current_access(request), at=timezone.now()
    )
    return None


def _tell_contact(request: HttpRequest, found: Binome, side: Cote) -> Refused:
    form = ContactForm(request.POST, auto_id="contact-%s")
    if refused := _with(form, "contact_form"):
        return refused
    data = form.cleaned_data
    operations.tell_contact(
        found,
        data["jour"],
        note=data["note"],
        side=side,
        access=current_access(request),
        at=timezone.now(),
    )
    messages.success(request, "L’échange est noté.")
    return None


def _assess(request: HttpRequest, found: Binome, side: Cote) -> Refused:
    form = BilanForm(request.POST, auto_id="bilan-%s")
    if refused := _with(form, "bilan_form"):
        return refused
    data = form.cleaned_data
    operations.assess(
        found,
        Utilite(data["utile"]),
        data["texte"],
        version=data["version"] or 0,
        side=side,
        access=current_access(request),
        at=timezone.now(),
    )
    messages.success(request, "Votre bilan est enregistré. Merci.")
    return None


GESTURES: dict[str, Callable[[HttpRequest, Binome, Cote], Refused]] = {
    "pas": _move,
    "etape": _add_step,
    "fait": _finish_step,
    "retirer": _remove_step,
    "contact": _tell_contact,
    "bilan": _assess,
}


def _shown(request: HttpRequest, found: Binome, side: Cote | None, **refused: Any) -> HttpResponse:
    etat, access, today = found.etat, current_access(request), timezone.localdate()
    offered = steps_of(etat, side, found.accepted) if side else ()
    bilans = list(found.bilans.all())
    own = next((one for one in bilans if one.side == side), None)
    assessed = etat is EtatBinome.CLOSED and found.started_at is not None
    initial = {"utile": own.useful, "texte": own.text, "version": own.version} if own else {"version": 0}
    entries = journal.entries(found)[:SHOWN]
    context = {
        "binome": found,
        "etat": etat,
        "cote": side,
        "mots": waiting_words(found, today),
        "raisons": [
            RaisonDite(CodeBesoin(one["besoin"]).label, one["fait"], one["preuve"])
            for one in found.reasons.get("comble", ())
        ],
        "distance": distance_words(found.reasons.get("kilometres"), found.reasons.get("heures")),
        "gestes": [(one, HINTS.get(one, "")) for one in offered if one not in {Pas.DECLINE, Pas.LEAVE}],
        "sortie_pas": next((one for one in offered if one in {Pas.DECLINE, Pas.LEAVE}), None),
        "sortie": SortieForm(auto_id="sortie-%s"),
        "etapes": list(found.etapes.all()),
        "contacts": list(found.contacts.all()),
        "vit": etat.has_life and side is not None,
        "aujourdhui": today,
        "etape_form": EtapeBinomeForm(auto_id="etape-%s"),
        "contact_form": ContactForm(auto_id="contact-%s"),
        "bilans": [(Cote(one.side), Utilite(one.useful), one) for one in bilans],
        "bilan_form": BilanForm(initial=initial, auto_id="bilan-%s")
        if assessed and side in {Cote.MENTOR, Cote.MENTEE}
        else None,
        "raison_fin": MotifSortie(found.end_reason).label if found.end_reason else "",
        "fin_par": found.ended_by_words,
        "journal": [(line, VERBS.get(line.verb, line.verb)) for line in lignes(entries, VOCABULAIRE)],
        "adresses": _offices(found, access),
        "rubrique": "espace",
    }
    status = UNPROCESSABLE if refused else 200
    return render(request, "tutorat/binome.html", context | refused, status=status)


def _offices(found: Binome, access: Access) -> list[tuple[str, str]]:
    """The mailboxes of both offices, once they work together: how the two reach each other."""
    if not found.etat.has_life or not access.is_signed_in:
        return []
    both = [one for one in (found.mentor, found.mentee) if one]
    return [(one.name, one.courriel) for one in both if one.courriel]


@requires(Right.SEE_STEERING)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """« Avez-vous pu vous parler ? »: the page of the mail's link, answered by one button."""
    access = current_access(request)
    seen = Binome.objects.visible_to(access)
    asked = get_object_or_404(
        ContactBinome.objects.select_related("binome__mentor", "binome__mentee", "binome__edition"),
        pk=pk,
        binome__in=seen,
        asked_on__isnull=False,
    )
    side = side_of(asked.binome, access)
    form = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if side is None:
            raise PermissionDenied
        answer = ReponseContact.YES if request.POST.get("reponse") == "oui" else ReponseContact.NO
        if form.is_valid():
            try:
                operations.answer_contact(
                    asked,
                    answer,
                    side=side,
                    access=access,
                    at=timezone.now(),
                    talked_on=form.cleaned_data["jour"],
                    note=form.cleaned_data["note"],
                )
            except (ValueError, PasImpossibleError, operations.StaleBinomeError) as error:
                messages.error(request, str(error))
            else:
                messages.success(request, "C’est noté, merci.")
            return redirect("tutorat:binome", asked.binome_id)
    context = {"contact": asked, "binome": asked.binome, "cote": side, "form": form, "rubrique": "espace"}
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "tutorat/contact.html", context, status=status)

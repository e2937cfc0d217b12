"""One académie's sheet of the report: what it lacks, its thread, what is signed of it. HTTP only."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accroche.campagne.models import Semaine
from accroche.campagne.operations import AbsenceError, lift_absence, sign_absence, signataire_of
from accroche.campagne.operations.absence import LIFT, SIGN
from accroche.commun import journal, lieux
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import requires
from accroche.comptes.http import current_access
from accroche.comptes.regles import Right
from accroche.evaluation.forms.evaluation import MotForm
from accroche.redaction.attendus import Attendu
from accroche.redaction.echanges import CoteFiche
from accroche.redaction.forms.suivi import AbsenceForm
from accroche.redaction.operations.echanges import (
    OVER,
    ArchivedError,
    mark_read,
    settle,
    side_of,
    write_message,
)
from accroche.redaction.queries.suivi import fil_of, suivi_of_semaine

#: What was signed, by how the journal names it.
_SIGNED: Final = {SIGN: "données non disponibles", LIFT: "annulé"}
#: Where what is not told on the page of the semaine is.
_PAGES: Final = {Attendu.AXES: "evaluation:choisir_axes", Attendu.GRILLE: "evaluation:evaluation"}
#: A number that is longer names no message.
DIGITS = 18


def _page(semaine: Semaine, attendu: Attendu) -> str:
    """Where an académie gives what its sheet lacks; examples are chosen sheet by sheet."""
    if attendu is Attendu.EXEMPLES:
        return lieux.address("file") + "?etat=published"
    return reverse(
        _PAGES.get(attendu, "pilotage:semaine"), args=[semaine.edition.year, semaine.academie.slug]
    )


def read(request: HttpRequest, year: str, academie: str) -> Semaine:
    """The semaine whose sheet one may read; any other is not there. Raises ``Http404``."""
    found = Semaine.objects.within(current_access(request), Right.SEE_STEERING)
    return get_object_or_404(
        found.select_related("edition", "academie"), edition__year=year, academie__slug=academie
    )


@requires(Right.SEE_STEERING)
@require_safe
def fiche(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """What the sheet lacks, what bureau and académie wrote to each other, and what is signed of it."""
    return page_of(request, read(request, year, academie))


def page_of(
    request: HttpRequest, semaine: Semaine, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    """The whole page; ``more``: what a form that was refused says."""
    access, at = current_access(request), timezone.now()
    side = side_of(semaine, access)
    told = suivi_of_semaine(semaine, at)
    found = fil_of(semaine, side)
    writes = side == CoteFiche.ACADEMIE and not semaine.edition.is_closed
    signatures = journal.entries(semaine).filter(verb__in=list(_SIGNED))
    context = {
        "semaine": semaine,
        "edition": semaine.edition,
        "suivi": told,
        "cases": [
            (attendu, case, _page(semaine, attendu) if writes and case.is_missing else "")
            for attendu, case in told.cases.items()
        ],
        "retard": told.is_late(timezone.localdate(at)),
        "fil": found,
        "cote": side,
        "archivee": OVER if semaine.edition.archived_at else "",
        "message": MotForm(auto_id="message_%s", label="Votre message"),
        "absence": AbsenceForm(auto_id="absence_%s"),
        "signe": bool(signataire_of(semaine, access)) and not semaine.edition.is_closed,
        "signatures": [(line, _SIGNED[line.verb]) for line in signatures],
        "bureau": access.scope(Right.STEER).france,
        "refus": "",
        "refusee": None,
        "rubrique": "espace",
    }
    return render(request, "redaction/fiche.html", context | more, status=status)


def _back(semaine: Semaine, anchor: str) -> HttpResponse:
    page = reverse("redaction:fiche", args=[semaine.edition.year, semaine.academie.slug])
    return redirect(f"{page}#{anchor}")


@requires(Right.STEER, Right.EDIT_SEMAINE)
@require_POST
def message(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Write a message of the thread."""
    semaine = read(request, year, academie)
    form = MotForm(request.POST, auto_id="message_%s", label="Votre message")
    if not form.is_valid():
        return page_of(request, semaine, message=form, refusee=form)
    at = timezone.now()
    try:
        written = write_message(semaine, form.cleaned_data["texte"], access=current_access(request), at=at)
    except ArchivedError as error:
        return page_of(request, semaine, message=form, refus=str(error), status=HTTPStatus.CONFLICT)
    except LimitError as error:
        return too_many(page_of(request, semaine, message=form, refus=str(error)), error, at)
    messages.success(request, "Votre message est parti.")
    return _back(semaine, f"message-{written.pk}")


@requires(Right.STEER, Right.EDIT_SEMAINE)
@require_POST
def fil(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Say that one has read the thread, or that all is settled: of what one was shown, no more."""
    semaine = read(request, year, academie)
    upto, access = request.POST.get("jusqu", ""), current_access(request)
    if not upto.isdecimal() or len(upto) > DIGITS:
        raise Http404
    try:
        if "regle" not in request.POST:
            mark_read(semaine, int(upto), access=access)
        elif settle(semaine, int(upto), access=access, at=timezone.now()):
            messages.success(request, "L’échange est réglé. Un nouveau message le rouvrira.")
        else:
            messages.info(request, "Un message est arrivé entre-temps : lisez-le d’abord.")
    except ArchivedError as error:
        return page_of(request, semaine, refus=str(error), status=HTTPStatus.CONFLICT)
    return _back(semaine, "echanges")


@requires(Right.STEER, Right.EDIT_SEMAINE)
@require_POST
def donnees(request: HttpRequest, year: str, academie: str) -> HttpResponse:
    """Sign that there are no data, or take it back."""
    semaine = read(request, year, academie)
    form = AbsenceForm(request.POST, auto_id="absence_%s")
    if not form.is_valid():
        return page_of(request, semaine, absence=form, refusee=form)
    word, access, at = form.cleaned_data["d_apres"], current_access(request), timezone.now()
    lifts = "lever" in request.POST
    try:
        (lift_absence if lifts else sign_absence)(semaine, word, access=access, at=at)
    except AbsenceError as error:
        semaine.refresh_from_db()
        return page_of(request, semaine, absence=form, refus=str(error), status=HTTPStatus.CONFLICT)
    messages.success(
        request,
        "C’est annulé : la semaine est de nouveau en préparation."
        if lifts
        else "C’est signé : la fiche dit que les données ne sont pas disponibles.",
    )
    return _back(semaine, "donnees")

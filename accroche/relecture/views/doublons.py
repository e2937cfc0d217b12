"""Near-duplicates while one writes, and two sheets side by side: HTTP only."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accroche.actions import operations
from accroche.actions.cycle import Etat, TransitionError
from accroche.actions.models import Action
from accroche.actions.queries import CONTENT_PARTS
from accroche.commun import lieux
from accroche.commun.http import too_many
from accroche.commun.limites import LimitError
from accroche.comptes.decorators import public, requires
from accroche.comptes.http import current_access
from accroche.comptes.permissions import Access
from accroche.comptes.regles import Right
from accroche.relecture.forms.doublons import AvecForm, FusionForm, PaireForm, RechercheForm
from accroche.relecture.operations import fusion
from accroche.relecture.operations.doublons import not_apart, tell_apart
from accroche.relecture.presentation.cote_a_cote import compared
from accroche.relecture.queries.doublons import (
    FicheProche,
    apart_from,
    doublons_for,
    doublons_of,
    running_semaine,
)
from accroche.relecture.views.fiche import (
    CONFLICT,
    UNPROCESSABLE,
    beside,
    followed,
    page_of,
    tell_of_beside,
    write_beside,
)


@public
@require_safe
def doublons(request: HttpRequest) -> HttpResponse:
    """The sheets that resemble the one being written: public ones, and the visitor's own."""
    form = RechercheForm(request.GET)
    found: list[FicheProche] = []
    access = current_access(request)
    if form.is_valid():
        data = form.cleaned_data
        semaine = running_semaine(data["etablissement"], timezone.localdate())
        if semaine:
            found = doublons_for(
                data["title"], data["etablissement"], semaine, access, but=data["fiche"] or 0
            )
    return JsonResponse({"fiches": [_row(close, access) for close in found]})


def _row(close: FicheProche, access: Access) -> dict[str, str | int]:
    action = close.action
    if action.may(access, Right.SEE_ACTION):
        address = reverse("relecture:fiche", args=[action.pk])
    else:
        semaine = action.semaine
        address = lieux.address("action", semaine.edition.year, semaine.academie.slug, action.slug)
    return {
        "titre": action.title,
        "etablissements": close.schools,
        "etat": Etat(action.etat).label,
        "raison": close.proche.reason,
        "adresse": address,
    }


@requires(Right.MODERATE)
@require_safe
def fusionner(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheets that resemble one, those it absorbed, and the way to any other."""
    access = current_access(request)
    mine = Action.objects.within(access, Right.MODERATE)
    action = get_object_or_404(mine, pk=pk)
    form = AvecForm(request.GET if "avec" in request.GET else None)
    if form.is_valid():
        other = form.cleaned_data["avec"]
        if other != pk and mine.filter(pk=other).exists():
            return redirect("relecture:comparer", pk, other)
        form.add_error("avec", "Aucune autre fiche de votre académie n’a ce numéro.")
    context = {
        "action": action,
        "proches": doublons_of(action, access),
        "ecartees": [one for one in apart_from(action) if not one.moved],
        "absorbees": action.absorbed.all(),
        "form": form,
        "rubrique": "espace",
    }
    return render(request, "relecture/doublons/fusionner.html", context)


def _two(access: Access, pk: int, other: int) -> tuple[Action, Action]:
    """Two sheets of those the person moderates, with all that is compared of them."""
    readable = Action.objects.within(access, Right.MODERATE).select_related(
        "semaine__academie", "semaine__edition", "declarant", "merged_into"
    )
    readable = readable.prefetch_related(*CONTENT_PARTS, "pieces", "commentaires", "porteurs__etablissement")
    if pk == other:
        raise Http404
    return get_object_or_404(readable, pk=pk), get_object_or_404(readable, pk=other)


@requires(Right.MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def comparer(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two sheets side by side, to merge them; once they are merged, to part them."""
    access = current_access(request)
    pair = _two(access, pk, other)
    merged = next((one for one, two in (pair, pair[::-1]) if one.merged_into_id == two.pk), None)
    form = FusionForm(request.POST if request.method == "POST" and not merged else None, pair=pair)
    if request.method == "POST":
        kept = _part(request, merged) if merged else _merge(request, pair, form)
        if kept:
            return redirect("relecture:fiche", kept.pk)
    context = {
        "pair": [(side, action, Etat(action.etat).label) for side, action in zip("AB", pair, strict=True)],
        "lignes": compared(*pair),
        "form": form,
        "fusionnee": merged,
        "ecartee": next((one for one in apart_from(pair[0]) if one.action.pk == other), None),
        "relecture": {Etat(action.etat) is Etat.PUBLISHED for action in pair} == {True, False},
        "rubrique": "espace",
    }
    return render(request, "relecture/doublons/comparer.html", context)


@requires(Right.MODERATE)
@require_POST
def ecarter(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Say that two sheets are two actions: nobody is asked again; a message typed beside goes with it."""
    access = current_access(request)
    pair = _two(access, pk, other)
    form, message, now = PaireForm(request.POST), beside(request), timezone.now()
    if message is not None and not message.is_valid():
        return page_of(request, followed(access, pk), status=UNPROCESSABLE, message=message)
    try:
        with transaction.atomic():
            write_beside(pair[0], message, access)
            tell_apart(*pair, access=access, at=now, versions=form.read if form.is_valid() else (-1, -1))
    except operations.StaleError:
        return page_of(request, followed(access, pk), status=CONFLICT, alert=CHANGED_APART, message=message)
    except LimitError as error:
        return too_many(page_of(request, followed(access, pk), alert=str(error), message=message), error, now)
    tell_of_beside(request, message)
    messages.success(
        request,
        f"C’est noté : « {pair[1].title} » est une autre action, et ne sera plus proposée. "
        "« Comparer avec une autre fiche » permet d’y revenir.",
    )
    return redirect("relecture:fiche", pk)


@requires(Right.MODERATE)
@require_POST
def rapprocher(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Take that back."""
    access = current_access(request)
    not_apart(*_two(access, pk, other), access=access, at=timezone.now())
    messages.success(request, "C’est annulé : ces deux fiches peuvent de nouveau être la même action.")
    return redirect("relecture:comparer", pk, other)


CHANGED_APART = "L’une des fiches a changé entre-temps : relisez-les avant de dire que ce sont deux actions."
CHANGED = "L’une des fiches a changé entre-temps : relisez-les ci-dessous, puis recommencez."


def _merge(request: HttpRequest, pair: tuple[Action, Action], form: FusionForm) -> Action | None:
    """Merge as the form says; None when it cannot be, and the form or a message says why."""
    if not form.is_valid():
        return None
    rows = list(zip(pair, form.read, strict=True))
    if form.cleaned_data["garder"] == str(pair[0].pk):
        rows.reverse()
    (action, version), (into, into_version) = rows
    try:
        kept = fusion.merge(
            action,
            into,
            access=current_access(request),
            at=timezone.now(),
            reason=form.cleaned_data["mot"],
            version=version,
            into_version=into_version,
        )
    except operations.StaleError:
        messages.error(request, CHANGED)
        return None
    except (fusion.FusionError, TransitionError) as error:
        form.add_error(None, str(error))
        return None
    messages.success(
        request,
        f"« {action.title} » est réunie à cette fiche. Pour revenir en arrière, comparez-les à nouveau : "
        "la fusion s’y défait.",
    )
    return kept


def _part(request: HttpRequest, merged: Action) -> Action | None:
    try:
        parted = fusion.split(merged, access=current_access(request), at=timezone.now())
    except operations.StaleError:
        messages.error(request, CHANGED)
        return None
    except (fusion.FusionError, TransitionError) as error:
        messages.error(request, str(error))
        return None
    messages.success(request, "La fusion est défaite : cette fiche attend de nouveau votre relecture.")
    return parted
